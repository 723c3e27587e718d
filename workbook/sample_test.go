package workbook

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadre/posting"
)

// sampleDate is the plan date of the samples.
var sampleDate = posting.NewMonth(2026, 1)

// sample is a small input without any problem, as CSV files.
func sample() map[string]string {
	return map[string]string{
		"cadres.csv": `id,name,birth_month,work_since,level,post,post_since,also,disposition,hold,identity,deduct_months,unit_since,appraisals
C1,王一,1970.05,1992.07,乡科级正职,P1,2015.03,,正常,否,420000197005010011,6,2015.03,2024优秀；2025称职
C2,李二,1980-06,2003年7月,乡科级副职,P2,2020-08,P4,,,,,,
C3,赵三,198103,2004.08,乡科级正职,P3,202201,,不动,,,,,
`,
		"posts.csv": `id,name,unit,role,level,superior,weight
P1,甲乡党委书记,U1,书记,乡科级正职,,4
P2,甲乡副乡长,U1,副职,乡科级副职,P1,2
P3,农业局局长,U2,行政正职,乡科级正职,,3
P4,农业局副局长,U2,副职,乡科级副职,P3,2
`,
		"units.csv": `id,name,kind,place,parent,heads
U1,甲乡,乡镇,L1,,1
U2,农业局,部门,L2,,1
`,
		"places.csv":     "id,name,parent\nL1,甲地,L2\nL2,县城,\n",
		"departures.csv": "cadre,month,class\nC3,2026-05,退休\n",
		"exceptions.csv": "no,clause,subject,ground,approver,document,until\nX1,R07,C2,工作需要,县委,县发〔2025〕1号,2026-12\n",
		"documents.csv":  "no,title,body,date\n县发〔2025〕1号,关于例外事项的批复,县委,2025.06\n",
		"trips.csv":      "from,to,minutes\nL1,L2,40\n",
		"ties.csv":       "a,b,kin\nC1,C2,近姻亲\n",
		"arrivals.csv":   "id,name,birth_month,arrives,level\nN1,周七,1985.02,2026.02,乡科级副职\n",
		"history.csv":    "cadre,unit,post,from,to\nC1,U2,P3,2005.01,2015.03\n",
		"tests.csv":      "no,cadre,post,period,expect,clause\nT1,C2,P3,,拒绝,R21\nT2,C1,,1,not due,\n",
		"done.csv":       "cadre,from,to,month\nC3,P4,P3,2025.09\n",
	}
}

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "county")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// edit replaces text in one file of the sample; the old text must be there exactly once.
func edit(t *testing.T, files map[string]string, name, old, new string) {
	t.Helper()
	if strings.Count(files[name], old) != 1 {
		t.Fatalf("%q stands %d times in %s", old, strings.Count(files[name], old), name)
	}
	files[name] = strings.Replace(files[name], old, new, 1)
}

func readSample(t *testing.T, files map[string]string) (*posting.Instance, *Problems) {
	t.Helper()
	in, ps, err := Read(writeFiles(t, files), Options{Date: sampleDate})
	if err != nil {
		t.Fatal(err)
	}
	return in, ps
}

// lines are the problems as code and place.
func lines(ps *Problems) []string {
	var out []string
	for _, p := range ps.All() {
		out = append(out, strings.TrimSpace(p.Code+" "+p.Where))
	}
	return out
}
