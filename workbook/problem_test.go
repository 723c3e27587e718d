package workbook

import (
	"slices"
	"strings"
	"testing"

	"cadre/internal/i18n"
)

// mistake is one change of the sample and what the reader must say about it: code, place, and a part of the message.
type mistake struct {
	name, file, old, new string
	want                 string // code and place
	says                 string // part of the English message
}

var mistakes = []mistake{
	{"table renamed in part", "posts.csv", "-", "", "E1001", "accepted names"},
	{"heading renamed", "cadres.csv", "post_since", "begun", "E1101 cadres.csv!1", "任现职时间"},
	{"unknown heading", "cadres.csv", "disposition", "dispositon", "W1101 cadres.csv!I1", "did you mean disposition?"},
	{"heading twice", "cadres.csv", "hold", "姓  名", "E1102 cadres.csv!J1", "column B"},
	{"no headings", "places.csv", "id,name,parent\n", "", "E1103 places.csv", "编号"},
	{"headings only", "places.csv", sample()["places.csv"], "id,name,parent\n", "E1104 places.csv", "no rows"},
	{"cell under no heading", "places.csv", "L2,县城,", "L2,县城,,x", "W1102 places.csv!D3", "no heading"},
	{"broken quotes", "places.csv", "县城", `"县城`, "E1004 places.csv!3", "quotation"},
	{"not a text", "places.csv", "县城", "\xff\xff\xff", "E1004 places.csv", "GB18030"},
	{"too many columns", "places.csv", "L2,县城,", "L2,县城,\nL3" + strings.Repeat(",x", MaxColumns), "E1005 places.csv!4", "256"},
	{"blank name", "cadres.csv", "李二", " ", "E1201 cadres.csv!B3", "name must not be blank"},
	{"month 13", "cadres.csv", "1970.05", "1899-13-45", "E1202 cadres.csv!C2", "1899-13-45"},
	{"day 31 in April", "cadres.csv", "1970.05", "19700431", "E1202 cadres.csv!C2", "usable date"},
	{"January or October", "cadres.csv", "1970.05", "1970.1", "E1207 cadres.csv!C2", "1970.01 or 1970.10"},
	{"text in a number", "units.csv", "L1,,1", "L1,,一", "E1203 units.csv!F2", "whole number"},
	{"fraction", "units.csv", "L1,,1", "L1,,1.5", "E1203 units.csv!F2", "whole number"},
	{"negative headcount", "units.csv", "L1,,1", "L1,,-1", "E1205 units.csv!F2", "out of range"},
	{"minutes negative", "trips.csv", "40", "-40", "E1205 trips.csv!C2", "out of range"},
	{"level not in the list", "posts.csv", "P1,甲乡党委书记,U1,书记,乡科级正职", "P1,甲乡党委书记,U1,书记,科级正职", "E1204 posts.csv!E2", "did you mean 乡科级正职?"},
	{"disposition", "cadres.csv", "不动", "定岗", "E1209 cadres.csv!I4", "定岗:post"},
	{"formula error", "units.csv", "农业局", "#REF!", "E1210 units.csv!B3", "#REF!"},
	{"id with a separator", "places.csv", "L2,县城", "L2；L3,县城", "E1211 places.csv!A3", "separator"},
	{"unknown post", "cadres.csv", "乡科级副职,P2", "乡科级副职,P20", "E1301 cadres.csv!F3", "did you mean P2?"},
	{"post by name", "cadres.csv", "乡科级副职,P2", "乡科级副职,甲乡副乡长", "E1301 cadres.csv!F3", "the id of that name is P2"},
	{"unknown fixed post", "cadres.csv", "不动", "定岗:P9", "E1301 cadres.csv!I4", `"P9" is no id of posts`},
	{"unknown concurrent post", "cadres.csv", ",P4,", ",P4；P7,", "E1301 cadres.csv!H3", `"P7"`},
	{"unknown cadre leaves", "departures.csv", "C3", "C9", "E1301 departures.csv!A2", "no id of cadres"},
	{"unknown subject", "exceptions.csv", "C2", "K2", "E1301 exceptions.csv!C2", "posts/units"},
	{"exception without document", "exceptions.csv", "县发〔2025〕1号", "", "E1201 exceptions.csv!F2", "document"},
	{"unit under itself", "units.csv", "乡镇,L1,", "乡镇,L1,U1", "E1302 units.csv!E2", "U1 → U1"},
	{"places in a ring", "places.csv", "L2,县城,", "L2,县城,L1", "E1302 places.csv!C2", "L1 → L2 → L1"},
	{"superiors in a ring", "posts.csv", "U1,书记,乡科级正职,", "U1,书记,乡科级正职,P2", "E1302 posts.csv!F2", "P1 → P2 → P1"},
	{"kin of oneself", "ties.csv", "C1,C2", "C1,C1", "E1303 ties.csv!B2", "same person"},
	{"row twice", "places.csv", "L2,县城,", "L2,县城,\nL2,县城,", "E1401 places.csv!4", "row 3"},
	{"id twice", "places.csv", "L2,县城,", "L2,县城,\nL2,乙地,", "E1402 places.csv!A4", "row 3"},
	{"cadre arrives again", "arrivals.csv", "N1", "C1", "E1402 arrivals.csv!A2", "cadres.csv!A2"},
	{"identity twice", "cadres.csv", "P4,,,,", "P4,,,420000197005010011,", "E1403 cadres.csv!K3", "one person"},
	{"identity against birth", "cadres.csv", "420000197005010011", "420000197105010011", "W1402 cadres.csv!C2", "identity number"},
	{"namesakes", "arrivals.csv", "周七,1985.02", "李二,1980-06", "W1401 arrivals.csv!B2", "cadres.csv!B3"},
	{"two main posts", "cadres.csv", "C3,赵三,198103", "C1,王一,197005", "E1404 cadres.csv!F4", "two main posts"},
	{"two main posts in a cell", "cadres.csv", "乡科级副职,P2", "乡科级副职,P2；P4", "E1404 cadres.csv!F3", "more than one post"},
	{"main post also concurrent", "cadres.csv", ",P4,", ",P2,", "E1405 cadres.csv!H3", "main post"},
	{"departure twice", "departures.csv", "C3,2026-05,退休", "C3,2026-05,退休\nC3,2026-06,调出", "E1406 departures.csv!A3", "row 2"},
	{"trips differ", "trips.csv", "L1,L2,40", "L1,L2,40\nL2,L1,50", "E1406 trips.csv!C3", "40 minutes"},
	{"work before birth", "cadres.csv", "1992.07", "1969.07", "E1501 cadres.csv!D2", "birth month"},
	{"post in childhood", "cadres.csv", "P1,2015.03", "P1,1986.04", "E1501 cadres.csv!G2", "age of 16"},
	{"end before beginning", "history.csv", "2015.03", "2004.12", "E1501 history.csv!E2", "before it begins"},
	{"tenure after the plan date", "cadres.csv", "P1,2015.03", "P1,2026.02", "E1502 cadres.csv!G2", "after the plan date 2026-01"},
	{"exception expired", "exceptions.csv", "2026-12", "2025-12", "E1503 exceptions.csv!G2", "2025-12"},
	{"unknown document", "documents.csv", "〔2025〕1号", "〔2025〕11号", "E1407 exceptions.csv!F2", "did you mean 县发〔2025〕11号?"},
	{"document twice", "documents.csv", "县委,2025.06", "县委,2025.06\n县发〔2025〕1号,另一件,县委,2025.07", "E1402 documents.csv!A3", "row 2"},
	{"document of tomorrow", "documents.csv", "2025.06", "2026.02", "E1502 documents.csv!D2", "after the plan date"},
	{"left before the plan date", "departures.csv", "2026-05", "2025-05", "W1502 departures.csv!B2", "2025-05"},
	{"deduction too large", "cadres.csv", "0011,6,", "0011,131,", "W1503 cadres.csv!L2", "131 months"},
	{"unit after post", "cadres.csv", ",2015.03,2024", ",2015.04,2024", "W1504 cadres.csv!M2", "later"},
	{"appraisal without year", "cadres.csv", "2024优秀；", "优秀；", "E1208 cadres.csv!N2", "2024优秀"},
	{"appraisal of an unknown grade", "cadres.csv", "2024优秀", "2024良好", "E1208 cadres.csv!N2", "优秀、称职"},
	{"appraisal of next year", "cadres.csv", "2025称职", "2027称职", "E1502 cadres.csv!N2", "2027"},
	{"cadre without post", "cadres.csv", "乡科级副职,P2", "乡科级副职,", "E1601 cadres.csv!F3", "arrivals"},
	{"arrival with a post", "arrivals.csv", "level\nN1,周七,1985.02,2026.02,乡科级副职", "post\nN1,周七,1985.02,2026.02,P4", "E1602 arrivals.csv!E2", "cannot hold"},
	{"above headcount", "units.csv", "L1,,1", "L1,,0", "W1601 units.csv!F2", "1 above"},
	{"two holders", "cadres.csv", "乡科级正职,P3", "乡科级正职,P1", "W1602 cadres.csv!F4", "cadres.csv!F2"},
	{"test without a post", "tests.csv", "C2,P3,,拒绝", "C2,,,拒绝", "E1213 tests.csv!C2", "wants a post"},
	{"duty on another post", "tests.csv", "C1,,1,", "C1,P3,1,", "E1213 tests.csv!C3", "P1"},
	{"unknown expectation", "tests.csv", "not due", "not duee", "E1204 tests.csv!E3", "不应交流"},
	{"test of nobody", "tests.csv", "T1,C2", "T1,C22", "E1301 tests.csv!B2", "did you mean C2?"},
	{"period of a test", "tests.csv", "C1,,1,", "C1,,0,", "E1205 tests.csv!D3", "1 to 100"},
	{"test twice", "tests.csv", "T2,", "T1,", "E1402 tests.csv!A3", "row 2"},
	{"flag", "cadres.csv", "正常,否", "正常,住院", "E1206 cadres.csv!J2", "content is neither"},
}

// TestMistakes: each mistake is found at its cell, and an error yields no instance.
func TestMistakes(t *testing.T) {
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			files := sample()
			if m.old == "-" {
				delete(files, m.file)
			} else {
				edit(t, files, m.file, m.old, m.new)
			}
			in, ps := readSample(t, files)
			i := slices.Index(lines(ps), m.want)
			if i < 0 {
				t.Fatalf("got %v, want %s", lines(ps), m.want)
			}
			if got := ps.All()[i].Text; !strings.Contains(got.En, m.says) || got.Zh == "" {
				t.Errorf("message %q does not say %q", got.En, m.says)
			}
			if (in == nil) != (ps.Errors() > 0) {
				t.Errorf("instance given: %v, errors: %d", in != nil, ps.Errors())
			}
		})
	}
}

// TestSampleIsClean: the sample itself has no problem, so that each mistake is the only one.
func TestSampleIsClean(t *testing.T) {
	if _, ps := readSample(t, sample()); ps.Len() != 0 {
		t.Fatal(lines(ps))
	}
}

// TestMistakesDoNotFlood: a missing table or column is said once; nothing is said about references to it.
func TestMistakesDoNotFlood(t *testing.T) {
	files := sample()
	delete(files, "posts.csv")
	if _, ps := readSample(t, files); len(lines(ps)) != 1 {
		t.Errorf("missing table: %v", lines(ps))
	}
	files = sample()
	edit(t, files, "posts.csv", "id,name", "number,name")
	if _, ps := readSample(t, files); ps.Errors() != 1 {
		t.Errorf("missing column: %v", lines(ps))
	}
}

// TestNoReasonIsRepeated: what stands in a private column, or looks like an identity number, is in no message.
func TestNoReasonIsRepeated(t *testing.T) {
	files := sample()
	edit(t, files, "cadres.csv", "hold,identity", "hold,暂缓理由")
	edit(t, files, "cadres.csv", "正常,否,420000197005010011", "正常,因病住院,420000197005010011")
	edit(t, files, "cadres.csv", "乡科级副职,P2", "乡科级副职,420000198006010022")
	_, ps := readSample(t, files)
	var b strings.Builder
	if err := ps.Write(&b, i18n.Zh); err != nil {
		t.Fatal(err)
	}
	if ps.Errors() < 2 {
		t.Fatal(b.String())
	}
	for _, secret := range []string{"住院", "420000"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("%q is repeated in\n%s", secret, b.String())
		}
	}
}

// TestPrintLimit: all problems are counted, PrintLimit of them printed, errors first.
func TestPrintLimit(t *testing.T) {
	ps := &Problems{}
	for range keepLimit + 100 {
		ps.add("W1101", place{name: "x"}, i18n.T("警告", "a warning"))
	}
	ps.add("E1001", place{}, i18n.T("错误", "an error"))
	var b strings.Builder
	if err := ps.Write(&b, i18n.En); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSpace(b.String()), "\n")
	if got[0] != "E1001 an error" || got[len(got)-1] != "and 1901 more" || len(got) != PrintLimit+1 {
		t.Errorf("%d lines, first %q, last %q", len(got), got[0], got[len(got)-1])
	}
}
