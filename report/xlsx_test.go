package report

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
	"cadre/workbook"
)

func writePlan(t *testing.T, opt Options) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := WriteXLSX(path, fixture(), opt); err != nil {
		t.Fatal(err)
	}
	return path
}

func openBook(t *testing.T, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// rowsOf reads a sheet; row 0 is the title.
func rowsOf(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// everything is the text of all cells.
func everything(t *testing.T, f *excelize.File) string {
	var b strings.Builder
	for _, s := range f.GetSheetList() {
		for _, r := range rowsOf(t, f, s) {
			b.WriteString(s + "|" + strings.Join(r, "|") + "\n")
		}
	}
	return b.String()
}

func TestSheets(t *testing.T) {
	f := openBook(t, writePlan(t, options(t, i18n.Zh, "office")))
	want := []string{"先看这里", "拟任免建议名单", "干部交流方案", "连锁调整", "班子前后对比", "腾空岗位及建议补充方式", "报批与征求意见清单", "比例要求落实情况",
		"符合交流条件人员名册", "应交流未能安排", "需核实事项", "组织决定和例外", "逐条核对", "跟踪台账", "艰苦地区调整结构核对", "技术附件"}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets\n%q, want\n%q", got, want)
	}
	text := everything(t, f)
	for _, s := range []string{
		"供集体研究参考的比选方案，不代替组织决定", "内部资料 · 严禁外传",
		"C1|赵一|柳河镇书记|县水利局局长|P2|柳河镇书记|同一岗位任职满十年（本地实施办法）；科级领导干部年度交流比例（本地实施办法）",
		"C6|吴六|柳河镇组织委员|离任（到龄退休）||柳河镇组织委员|到龄退休",
		"郑七→柳河镇书记→赵一→县水利局局长→钱二→县信访办主任→空缺", "孙三→县水利局副局长→李四→柳河镇副镇长→孙三（循环调整，同日进行）",
		"接替孙三调整后腾出的岗位", "经批准的例外（LW-1）", "提请人大常委会依法任免", "双重管理", "由有关机关提名", "10年0个月", "R12|科级领导干部年度交流比例|25 %|5|2|0|2|0|1|本地实施办法",
		"P7|柳河镇组织委员|乡科级副职|吴六|提拔补充", "离家车程：55→0分钟", "0.08 %", "女|4|1|25 %",
	} {
		if !strings.Contains(text, s) {
			t.Errorf("plan.xlsx lacks %q", s)
		}
	}
	for _, row := range []string{
		"柳河镇|3|2|0|1|2|50.0|50.0|0|0|0|0|0|0", // 赵一, 孙三, 吴六 go; 郑七, of unknown age, and 李四 come
		"县信访办|1|2|1|0|1|50.0|50.0|1|1|1|1|0|0",
	} {
		if !strings.Contains(text, row) {
			t.Errorf("班子前后对比 lacks %q", row)
		}
	}
}

// The sheet is read by the audit as a plan, and holds the columns of the second round.
func TestNominationsAreAPlan(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Zh, i18n.En} {
		path := writePlan(t, options(t, lang, "office"))
		got, ps, err := workbook.ReadPlan(path, fixture().Index.Instance)
		if err != nil || got == nil {
			t.Fatalf("%s: %v %v", lang, err, ps)
		}
		moved := map[string]string{}
		for _, a := range got.Assignments {
			moved[a.Cadre] = a.To
		}
		want := map[string]string{"C1": "P2", "C2": "P3", "C3": "P5", "C4": "P4", "C6": "", "C7": "P1"}
		for c, p := range want {
			if q, ok := moved[c]; !ok || q != p {
				t.Errorf("%s: %s goes to %q, want %q", lang, c, q, p)
			}
		}
		if len(moved) != len(want) {
			t.Errorf("%s: %d rows, want %d", lang, len(moved), len(want))
		}
	}
}

// A plan that changes nothing says so above its headings, and is read as a plan all the same.
func TestNoChangeIsAPlanToo(t *testing.T) {
	o := fixture()
	for i := range o.Plan.Assignments {
		a := &o.Plan.Assignments[i]
		a.To, a.Move = a.From, posting.MoveStay
	}
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := WriteXLSX(path, o, options(t, i18n.Zh, "office")); err != nil {
		t.Fatal(err)
	}
	if rows := rowsOf(t, openBook(t, path), workbook.PlanSheet); len(rows) != tableHead || rows[1][0] != "无" {
		t.Errorf("sheet %q, want 无 above the headings and no row", rows)
	}
	got, ps, err := workbook.ReadPlan(path, o.Index.Instance)
	if err != nil || got == nil || len(got.Assignments) != 0 {
		t.Errorf("read %+v, %v, %v", got, ps, err)
	}
}

func TestDecisionColumn(t *testing.T) {
	f := openBook(t, writePlan(t, options(t, i18n.Zh, "office")))
	head := rowsOf(t, f, workbook.PlanSheet)[tableHead-1]
	if want := []string{"编号", "姓名", "现任职务", "拟任职务", "拟任岗位编号", "拟免职务", "任免理由", "决定", "阶段", "备注"}; !slices.Equal(head, want) {
		t.Fatalf("heading %q, want %q", head, want)
	}
	dv, err := f.GetDataValidations(workbook.PlanSheet)
	if err != nil || len(dv) != 2 {
		t.Fatalf("drop-downs %v, %v", dv, err)
	}
	if dv[0].Sqref != "H4:H9" || dv[0].Formula1 != `"同意,不作调整,另行考虑人选,指定到岗,不宜到该岗,缓议至"` {
		t.Errorf("decision drop-down at %s: %s", dv[0].Sqref, dv[0].Formula1)
	}
	for cell, locked := range map[string]bool{"A4": true, "E4": true, "H4": false, "I9": false, "J4": false} {
		id, err := f.GetCellStyle(workbook.PlanSheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil || s.Protection == nil || s.Protection.Locked != locked {
			t.Errorf("%s: protection %+v, %v, want locked %v", cell, s.Protection, err, locked)
		}
	}
	if p, err := f.GetSheetProtection(workbook.PlanSheet); err != nil || !p.SelectUnlockedCells || p.Password != "" {
		t.Errorf("protection %+v, %v", p, err)
	}
}

// The only formulas are those that count what a meeting fills in; no text of the input ever becomes one.
func TestNoFormula(t *testing.T) {
	f := openBook(t, writePlan(t, options(t, i18n.Zh, "office")))
	found := false
	for _, s := range f.GetSheetList() {
		for y, r := range rowsOf(t, f, s) {
			for x, v := range r {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				formula, err := f.GetCellFormula(s, cell)
				ours := s == "先看这里" && strings.HasPrefix(formula, "6-COUNTBLANK('"+workbook.PlanSheet+"'!$H$4:$H$9)")
				if err != nil || formula != "" && !ours || strings.Contains(formula, injected) {
					t.Errorf("%s!%s holds the formula %q (%v)", s, cell, formula, err)
				}
				found = found || strings.HasPrefix(v, injected)
			}
		}
	}
	if !found {
		t.Error("the planted name was not printed at all")
	}
}

func TestSameBytes(t *testing.T) {
	opt := options(t, i18n.Zh, "analyst")
	a, err := os.ReadFile(writePlan(t, opt))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(writePlan(t, opt))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two runs write different bytes")
	}
}

// twoBatches is the fixture over two batches, in which the second assignment, of C2, is of the second.
func twoBatches() *planning.Outcome {
	o := fixture()
	cal := o.Index.Calendar
	cal.Periods = 2
	o.Index = posting.NewIndex(o.Index.Instance, cal)
	o.Plan.Assignments[1].Period = 2
	return o
}

// Over several batches the analyst's sheet says in which one each change happens.
func TestBatchColumn(t *testing.T) {
	o := twoBatches()
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := WriteXLSX(path, o, options(t, i18n.Zh, "analyst")); err != nil {
		t.Fatal(err)
	}
	got, _, err := workbook.ReadPlan(path, o.Index.Instance)
	if err != nil || len(got.Assignments) != 6 || got.Assignments[0].Period != 1 || got.Assignments[1].Period != 2 {
		t.Errorf("read back %+v, %v", got, err)
	}
}

// Papers for anybody but the analyst say of later batches how many, and who is due, never where anybody goes.
func TestLaterBatchesNameNobody(t *testing.T) {
	o := twoBatches()
	who := o.Plan.Assignments[1]
	o.Briefing.Coming = []planning.Coming{{Listed: planning.Listed{Cadre: 4, Months: 150, Known: true, Clauses: []string{"R01"}}, Period: 2}}
	for _, audience := range []string{"leaders", "office", "unit:U2", "person:" + who.Cadre} {
		var page, summary bytes.Buffer
		path := filepath.Join(t.TempDir(), "plan.xlsx")
		opt := options(t, i18n.Zh, audience)
		if err := errors.Join(WriteXLSX(path, o, opt), WriteHTML(&page, o, opt), Summary(&summary, o, opt)); err != nil {
			t.Fatal(err)
		}
		got, _, err := workbook.ReadPlan(path, o.Index.Instance)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range got.Assignments {
			if a.Cadre == who.Cadre || a.Period > 1 {
				t.Errorf("%s: the list of nominations names %s of batch %d", audience, a.Cadre, a.Period)
			}
		}
		f := openBook(t, path)
		later := false
		for _, sheet := range f.GetSheetList() {
			for _, r := range rowsOf(t, f, sheet) {
				line := strings.Join(r, "|")
				later = later || sheet == "各年到期名单" && strings.Contains(line, "周五")
				if strings.Contains(line, "钱二") && strings.Contains(line, "县信访办主任") {
					t.Errorf("%s: %s tells where he goes in the second batch: %s", audience, sheet, line)
				}
			}
		}
		if audience == "office" && !later {
			t.Error("the list of those who become due does not name 周五")
		}
		if (audience == "office" || audience == "leaders") && !strings.Contains(summary.String(), "第 2 批") {
			t.Errorf("%s: the summary does not count the second batch", audience)
		}
	}
}
