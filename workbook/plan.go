package workbook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/xuri/excelize/v2"

	"cadre/internal/i18n"
	"cadre/posting"
)

// PlanSheet is the sheet of plan.xlsx that holds the assignments. ReadPlan needs its columns 编号 and 拟任岗位编号.
const PlanSheet = "拟任免建议名单"

// maxPlanBytes bounds a plan file.
const maxPlanBytes = 64 << 20

// mostPeriods bounds the period of an assignment.
const mostPeriods = 100

// ReadPlan reads a plan from .json (posting.Plan), .xlsx (sheet PlanSheet, else the first sheet with both columns) or
// .csv (cadre,to[,period,move]). Of a json file everything is kept as it stands; only cadre, to and period are
// looked at. A period that is not given is 1. The error is for a file that cannot be read (exit 1). Cadres and posts
// that the instance does not have are problems (exit 2); then the plan is nil.
func ReadPlan(path string, in *posting.Instance) (*posting.Plan, *Problems, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, i18n.E("方案不能读取：%s", "cannot read the plan: %s", err)
	}
	if info.Size() > maxPlanBytes {
		return nil, nil, i18n.E("方案不能读取：%s 超过 %d MB", "cannot read the plan: %s is larger than %d MB", path, maxPlanBytes>>20)
	}
	ps := &Problems{}
	r := planReader{in: posting.NewIndex(in, posting.Calendar{Periods: 1, Length: 1}), ps: ps, seen: map[spell]bool{}}
	var plan *posting.Plan
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json":
		plan, err = r.readJSON(path)
	case ".csv":
		plan, err = r.readCSV(path)
	case ".xlsx":
		plan, err = r.readXLSX(path)
	default:
		err = i18n.E("方案应为 .json、.xlsx 或 .csv 文件", "a plan is a .json, .xlsx or .csv file")
	}
	if err != nil {
		return nil, nil, i18n.E("方案 %s 不能读取：%s", "cannot read the plan %s: %s", filepath.Base(path), err)
	}
	if ps.Errors() > 0 {
		return nil, ps, nil
	}
	return plan, ps, nil
}

type spell struct {
	cadre    string
	period   int
	seconded bool // a secondment goes beside the main post
}

type planReader struct {
	in   *posting.Index
	ps   *Problems
	seen map[spell]bool
}

func (r *planReader) readJSON(path string) (*posting.Plan, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	name := filepath.Base(path)
	var plan posting.Plan
	if err := json.Unmarshal(data, &plan); err != nil {
		r.ps.add("E1701", place{name: name + jsonPlace(data, err)}, i18n.F("不是方案文件：%s", "is no plan: %s", err))
		return nil, nil
	}
	for i := range plan.Assignments {
		at := func(field string) place { return place{name: fmt.Sprintf("%s!assignments[%d].%s", name, i, field)} }
		r.check(&plan.Assignments[i], at)
	}
	return &plan, nil
}

// jsonPlace is the line and column of a decoding error, "" where it names none.
func jsonPlace(data []byte, err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(-1)
	if errors.As(err, &syntax) {
		offset = syntax.Offset
	} else if errors.As(err, &kind) {
		offset = kind.Offset
	}
	if offset < 1 || offset > int64(len(data)) {
		return ""
	}
	before := data[:offset-1] // the offset lies behind the byte at fault
	line := bytes.Count(before, []byte("\n")) + 1
	return fmt.Sprintf(":%d:%d", line, len(before)-bytes.LastIndexByte(before, '\n'))
}

func (r *planReader) readCSV(path string) (*posting.Plan, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &sheet{name: filepath.Base(path)}
	s.readCSV(data, r.ps)
	return r.decode(s), nil
}

func (r *planReader) readXLSX(path string) (*posting.Plan, error) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names := f.GetSheetList()
	if i, err := f.GetSheetIndex(PlanSheet); err == nil && i >= 0 {
		names = []string{PlanSheet}
	}
	for _, name := range names {
		s := &sheet{name: name, title: true}
		if err := s.readXLSX(f, name, r.ps); err != nil {
			return nil, err
		}
		if len(names) == 1 || hasPlan(s) {
			return r.decode(s), nil
		}
	}
	r.ps.add("E1701", place{name: filepath.Base(path)}, i18n.F("没有 %s 工作表，也没有含 编号 和 拟任岗位编号 两列的工作表",
		"has neither a sheet %s nor one with the columns cadre and to", PlanSheet))
	return nil, nil
}

// hasPlan tells whether a sheet has both columns of a plan.
func hasPlan(s *sheet) bool {
	r := readTable(planTable(allCodes()), s, &Problems{})
	return r.cols["cadre"] != 0 && r.cols["to"] != 0
}

func planTable(l codes) table[posting.Assignment] {
	return table[posting.Assignment]{
		TableInfo: TableInfo{ID: "plan", Zh: PlanSheet, Required: true, Open: true},
		fresh:     func() posting.Assignment { return posting.Assignment{Period: 1} },
		columns: []column[posting.Assignment]{
			key("cadre", "编号", func(a *posting.Assignment) *string { return &a.Cadre }).alias("干部编号", "人员编号", "id").present(),
			key("to", "拟任岗位编号", func(a *posting.Assignment) *string { return &a.To }).alias("proposed post id").present(),
			number("period", "批次", func(a *posting.Assignment) *int { return &a.Period }, 0, 1, mostPeriods),
			code("move", "任用方式", l.moves, func(a *posting.Assignment) *posting.Move { return &a.Move }),
		},
	}
}

// decode turns the rows of a sheet into assignments. Rows that name neither person nor post are remarks.
func (r *planReader) decode(s *sheet) *posting.Plan {
	plan := &posting.Plan{Version: 1}
	rows := readTable(planTable(allCodes()), s, r.ps)
	for i := range rows.items {
		a := rows.items[i]
		if a.Cadre == "" && a.To == "" {
			continue
		}
		r.check(&a, func(field string) place { return rows.cell(i, field) })
		plan.Assignments = append(plan.Assignments, a)
	}
	return plan
}

// check looks up cadre and post of an assignment and completes its period.
func (r *planReader) check(a *posting.Assignment, at func(field string) place) {
	if a.Period == 0 {
		a.Period = 1
	}
	if a.Period < 0 || a.Period > mostPeriods {
		r.ps.add("E1704", at("period"), i18n.F("批次 %d 超出范围；应为 1 至 %d", "period %d is out of range; expected 1 to %d", a.Period, mostPeriods))
	}
	if r.in.CadreAt(a.Cadre) == posting.None {
		ids := make([]string, len(r.in.Cadres))
		for i := range ids {
			ids[i] = r.in.Cadres[i].ID
		}
		r.unknown("E1702", at("cadre"), i18n.T("没有编号为 %s 的干部", "there is no cadre %s"), a.Cadre, ids)
	}
	if a.To != "" && r.in.PostAt(a.To) == posting.None {
		ids := make([]string, len(r.in.Posts))
		for i := range ids {
			ids[i] = r.in.Posts[i].ID
		}
		r.unknown("E1703", at("to"), i18n.T("没有编号为 %s 的岗位", "there is no post %s"), a.To, ids)
	}
	key := spell{a.Cadre, a.Period, a.To != "" && r.in.Seconded(r.in.PostAt(a.To))}
	if r.seen[key] {
		r.ps.add("E1705", at("cadre"), i18n.F("%s 在第 %d 批中出现两次", "%s is listed twice in period %d", quote(a.Cadre), a.Period))
	}
	r.seen[key] = true
}

func (r *planReader) unknown(code string, at place, format i18n.Text, id string, ids []string) {
	text := i18n.F(format.Zh, format.En, quote(id))
	if !r.ps.full() {
		if best := nearest(id, ids); best != "" {
			text = i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", text, best)
		}
	}
	r.ps.add(code, at, text)
}

// WritePlanJSON writes plan.json in its canonical form: indented by two spaces, letters unescaped, empty lists as
// [], a line break at the end. The same plan gives the same bytes.
func WritePlanJSON(w io.Writer, p *posting.Plan) error {
	whole := reflect.New(reflect.TypeFor[posting.Plan]()).Elem()
	fillNil(whole, reflect.ValueOf(*p))
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(whole.Interface()); err != nil {
		return i18n.E("方案不能写出：%s", "cannot write the plan: %s", err)
	}
	return nil
}

// fillNil copies a value and makes its nil lists and maps empty ones, which JSON shows as [] and {}.
func fillNil(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.Struct:
		for i := range from.NumField() {
			fillNil(to.Field(i), from.Field(i))
		}
	case reflect.Slice:
		to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			fillNil(to.Index(i), from.Index(i))
		}
	case reflect.Map:
		to.Set(reflect.MakeMap(from.Type()))
		for _, k := range from.MapKeys() {
			to.SetMapIndex(k, from.MapIndex(k))
		}
	case reflect.String:
		to.SetString(strings.ToValidUTF8(from.String(), "\ufffd"))
	default:
		to.Set(from)
	}
}

// LoadPlanJSON reads a plan.json of ours as it stands, without holding it against any data.
func LoadPlanJSON(path string) (*posting.Plan, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	plan := &posting.Plan{}
	if err := json.Unmarshal(data, plan); err != nil {
		return nil, i18n.E("%s：%s", "%s: %s", path, err)
	}
	return plan, nil
}
