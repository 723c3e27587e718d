package workbook

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cadre/internal/i18n"
	"cadre/posting"
)

// book makes a workbook; build gets a function that sets one cell.
func book(t *testing.T, build func(f *excelize.File, set func(sheet, cell string, value any))) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	build(f, func(sheet, cell string, value any) {
		if i, _ := f.GetSheetIndex(sheet); i < 0 {
			if _, err := f.NewSheet(sheet); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellValue(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	})
	path := filepath.Join(t.TempDir(), "county.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func rowOf(set func(sheet, cell string, value any), sheet string, row int, values ...any) {
	for i, v := range values {
		if v != nil {
			set(sheet, fmt.Sprintf("%s%d", columnName(i+1), row), v)
		}
	}
}

// roster writes a workbook as departments keep it: titles above the headings, padded names, dates as serials and
// numbers, a unit merged over its posts, a formula, blank rows.
func roster(f *excelize.File, set func(sheet, cell string, value any)) {
	rowOf(set, "干部名册", 1, "甲县科级干部一览表")
	rowOf(set, "干部名册", 3, "编 号", "姓  名", "出生\n年月", "职务层次", "现任职务", "任现职时间", "扣减时间（月）")
	rowOf(set, "干部名册", 4, "C1", "王　一", "1970.05（55岁）", "正科级", "P1", 42064, "６")
	rowOf(set, "干部名册", 6, "C2", "李二", 198006, "乡科级副职", "P2", 2020.08)
	rowOf(set, "岗位", 1, "岗位编号", "岗位名称", "单位", "职务属性", "职务层次")
	rowOf(set, "岗位", 2, "P1", "甲乡党委书记", "U1", "党委书记", "乡科级正职")
	rowOf(set, "岗位", 3, "P2", "甲乡副乡长", nil, "副职", "乡科级副职")
	f.MergeCell("岗位", "C2", "C3")
	rowOf(set, "单位", 1, "单位编号", "单位名称", "机构类别", "地点")
	rowOf(set, "单位", 2, "U1", "甲乡", "乡镇", "L1")
	rowOf(set, "地点", 1, "地点编号", "名称", "周转房(套)")
	rowOf(set, "地点", 2, "L1", "甲地", 12)
	f.SetCellFormula("地点", "C2", "6*2")
}

// TestRoster: habits of real rosters are understood.
func TestRoster(t *testing.T) {
	s, err := Open(book(t, roster))
	if err != nil {
		t.Fatal(err)
	}
	in, ps, err := s.Read(Options{Date: sampleDate})
	if err != nil {
		t.Fatal(err)
	}
	if ps.Len() > 0 {
		t.Fatal(lines(ps))
	}
	c := in.Cadres[0]
	if c.Name != "王一" || c.Birth != posting.NewMonth(1970, 5) || c.PostSince != posting.NewMonth(2015, 3) || c.Deduct != 6 || c.Level != posting.TownshipHead {
		t.Errorf("first cadre: %+v", c)
	}
	if in.Cadres[1].PostSince != posting.NewMonth(2020, 8) || in.Cadres[1].Order != 2 {
		t.Errorf("second cadre: %+v", in.Cadres[1])
	}
	if in.Posts[1].Unit != "U1" {
		t.Errorf("merged unit: %+v", in.Posts[1])
	}
	if in.Places[0].Lodging != 12 {
		t.Errorf("cached value of a formula: %+v", in.Places[0])
	}
	if got := s.Where("cadres", "C2", "id"); got != "干部名册!A6" {
		t.Errorf("C2 stands at %q", got)
	}
	if in.Name != "county" || s.Where("posts", "P9", "id") != "" {
		t.Errorf("name %q, place of nothing %q", in.Name, s.Where("posts", "P9", "id"))
	}
}

// TestSheetCells: problems of a workbook cite sheet and cell.
func TestSheetCells(t *testing.T) {
	path := book(t, func(f *excelize.File, set func(string, string, any)) {
		roster(f, set)
		set("岗位", "E3", "科级副职")
		set("拟离仼", "A1", "编号")
		set("posts", "A1", "id")
		date1904 := true
		f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904})
	})
	_, ps, err := Read(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"E1006", "E1002 posts", "W1001 拟离仼", "E1204 岗位!E3"} {
		if !slices.Contains(lines(ps), want) {
			t.Errorf("%s is not among %v", want, lines(ps))
		}
	}
}

// TestEmptyWorkbook: an empty workbook lacks the four required tables.
func TestEmptyWorkbook(t *testing.T) {
	in, ps, err := Read(book(t, func(*excelize.File, func(string, string, any)) {}), Options{})
	if err != nil || in != nil || ps.Errors() != 4 {
		t.Fatalf("instance %v, problems %v, error %v", in, lines(ps), err)
	}
}

// TestEndlessSheet: a sheet filled beyond the limit is refused in one message, not read to its end.
func TestEndlessSheet(t *testing.T) {
	path := book(t, func(f *excelize.File, set func(string, string, any)) {
		roster(f, set)
		f.NewSheet("任职经历")
		w, err := f.NewStreamWriter("任职经历")
		if err != nil {
			t.Fatal(err)
		}
		w.SetRow("A1", []any{"干部编号", "任职时间"})
		for i := range MaxSheetRows + headingDepth {
			w.SetRow(fmt.Sprintf("A%d", i+2), []any{"C1", 200001})
		}
		w.Flush()
	})
	_, ps, err := Read(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(ps); len(got) != 1 || !strings.HasPrefix(got[0], "E1003 任职经历!") {
		t.Fatal(got)
	}
}

// TestLargeSheetSkipsMerges: beyond the limit merged cells are left alone, and that is said.
func TestLargeSheetSkipsMerges(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	ps := &Problems{}
	s := &sheet{name: "岗位"}
	if err := s.fillMerged(f, "Sheet1", maxMergeCells+1, ps); err != nil || !slices.Equal(lines(ps), []string{"N1002 岗位"}) {
		t.Fatal(err, lines(ps))
	}
}

// TestSameHash: the hash and the instance do not depend on the form, nor on the order of rows and columns.
func TestSameHash(t *testing.T) {
	in, _ := readSample(t, sample())
	path := filepath.Join(t.TempDir(), "county.xlsx")
	if err := WriteXLSX(path, in, i18n.Zh); err != nil {
		t.Fatal(err)
	}
	fromBook, ps, err := Read(path, Options{Date: sampleDate})
	if err != nil || fromBook == nil {
		t.Fatal(err, lines(ps))
	}
	files := sample()
	files["places.csv"] = "上级地点,地点名称,排序,编号\n,县城,2,L2\nL2,甲地,1,L1\n"
	turned, _ := readSample(t, files)
	edit(t, files, "places.csv", "县城", "县里")
	other, _ := readSample(t, files)
	slices.Reverse(in.Cadres)
	slices.Reverse(in.Trips)
	if Hash(in) != in.Hash {
		t.Error("the order of an instance changes its hash")
	}
	if fromBook.Hash != in.Hash || turned.Hash != in.Hash || other.Hash == in.Hash || len(in.Hash) != 64 {
		t.Errorf("csv %s, xlsx %s, turned %s, changed %s", in.Hash, fromBook.Hash, turned.Hash, other.Hash)
	}
}

// TestWrittenBook: the workbook is fit to be filled in: Chinese names, frozen headings, drop-downs, typed cells.
func TestWrittenBook(t *testing.T) {
	in, _ := readSample(t, sample())
	path := filepath.Join(t.TempDir(), "county.xlsx")
	if err := WriteXLSX(path, in, i18n.Zh); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), " "); got != "干部 岗位 单位 地点 拟调入 拟离任 亲属关系 任职经历 例外审批 文件 本年度已交流 车程" {
		t.Error(got)
	}
	if panes, err := f.GetPanes("岗位"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	rules, err := f.GetDataValidations("岗位")
	if err != nil {
		t.Fatal(err)
	}
	var lists []string
	for _, v := range rules {
		lists = append(lists, v.Sqref+" "+v.Formula1)
	}
	if want := `E2:E505 "书记,行政正职,副职,班子成员,中层正职,中层副职,其他"`; !slices.Contains(lists, want) {
		t.Errorf("%s is not among %v", want, lists)
	}
	for cell, want := range map[string]string{"A1": "编号", "A2": "C1", "E2": "1970.05"} {
		if got, err := f.GetCellValue("干部", cell); err != nil || got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	if kind, err := f.GetCellType("岗位", "B2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("the order is written as %v, %v", kind, err)
	}
}
