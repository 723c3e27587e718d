package workbook

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"cadre/internal/i18n"
	"cadre/posting"
)

// DecisionWords and StageWords are what the decision and stage columns of plan.xlsx offer, in both languages.
var (
	DecisionWords = []i18n.Text{i18n.T(string(posting.Agreed), "agreed"), i18n.T(string(posting.NoChange), "no change"),
		i18n.T(string(posting.Another), "consider somebody else"), i18n.T(string(posting.Assigned), "assign to post"),
		i18n.T(string(posting.NotSuited), "unsuited for this post"), i18n.T(string(posting.Deferred), "deferred until")}
	StageWords = []i18n.Text{i18n.T(string(posting.DepartmentMeeting), "department meeting"), i18n.T(string(posting.SecretaryMeeting), "secretary's meeting"),
		i18n.T(string(posting.StandingCommittee), "standing committee"), i18n.T(string(posting.Talk), "talk"), i18n.T(string(posting.UnitOpinion), "opinion of the unit")}
)

// decisionRow is a row of the sheet as it came back.
type decisionRow struct{ cadre, post, word, stage, remark string }

func decisionTable() table[decisionRow] {
	return table[decisionRow]{
		TableInfo: TableInfo{ID: "decisions", Zh: PlanSheet, Required: true, Open: true},
		fresh:     func() decisionRow { return decisionRow{} },
		columns: []column[decisionRow]{
			text("cadre", "编号", func(r *decisionRow) *string { return &r.cadre }).alias("干部编号", "人员编号", "id").present(),
			text("to", "拟任岗位编号", func(r *decisionRow) *string { return &r.post }).alias("proposed post id"),
			text("decision", "决定", func(r *decisionRow) *string { return &r.word }).present(),
			text("stage", "阶段", func(r *decisionRow) *string { return &r.stage }),
			text("remarks", "备注", func(r *decisionRow) *string { return &r.remark }),
		},
	}
}

// ReadDecisions reads what a meeting decided on a plan, from the sheet 拟任免建议名单 of its workbook: one decision for each
// row with a word. Rows may stand in any order. What is read is held against the plan that was put up (its assignments and
// standing decisions) and against the tables. The error is for a file that cannot be read (exit 1).
func ReadDecisions(path string, plan *posting.Plan, x *posting.Index) ([]posting.Decision, *Problems, error) {
	ps := &Problems{}
	s := &sheet{name: PlanSheet, title: true}
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return nil, nil, i18n.E("决定不能读取：%s", "cannot read the decisions: %s", err)
	}
	defer f.Close()
	if i, err := f.GetSheetIndex(PlanSheet); err != nil || i < 0 {
		ps.add("E1901", place{name: filepath.Base(path)}, i18n.F("没有 %s 工作表", "has no sheet %s", PlanSheet))
		return nil, ps, nil
	}
	if err := s.readXLSX(f, PlanSheet, ps); err != nil {
		return nil, nil, i18n.E("决定不能读取：%s", "cannot read the decisions: %s", err)
	}
	r := newDecisionReader(plan, x, ps)
	r.rows = readTable(decisionTable(), s, ps)
	return r.read(), ps, nil
}

// decisionReader holds rows against the plan that was put up.
type decisionReader struct {
	x        *posting.Index
	ps       *Problems
	rows     *records[decisionRow]
	plan     *posting.Plan
	proposed map[string]*posting.Assignment // by cadre
	standing map[string]posting.Decision    // by cadre
	seen     map[string]int                 // row in which a cadre stands
}

func newDecisionReader(plan *posting.Plan, x *posting.Index, ps *Problems) *decisionReader {
	r := &decisionReader{x: x, ps: ps, plan: plan, proposed: map[string]*posting.Assignment{}, standing: map[string]posting.Decision{}, seen: map[string]int{}}
	for i := range plan.Assignments {
		r.proposed[plan.Assignments[i].Cadre] = &plan.Assignments[i]
	}
	for _, d := range plan.Process.Standing() {
		r.standing[d.Cadre] = d
	}
	return r
}

func (r *decisionReader) read() []posting.Decision {
	var out []posting.Decision
	for i := range r.rows.items {
		row := &r.rows.items[i]
		if row.cadre == "" {
			if row.word != "" {
				r.ps.add("E1905", r.rows.cell(i, "decision"), i18n.T("有决定而没有编号", "stands in a row without an id"))
			}
			continue
		}
		if d, ok := r.decision(i, row); ok {
			out = append(out, d)
		}
	}
	r.missing()
	return out
}

// decision is what a row says, where it says something new: a word, or a blank where one stood before.
func (r *decisionReader) decision(i int, row *decisionRow) (posting.Decision, bool) {
	at := r.rows.cell(i, "decision")
	if !r.known(i, row) {
		return posting.Decision{}, false
	}
	word, rest := r.word(at, row.word)
	d := posting.Decision{Cadre: row.cadre, Post: r.planned(row.cadre), Decision: word, Stage: r.stage(i, row.stage)}
	before, stood := r.standing[row.cadre]
	switch {
	case word == posting.NoDecision && !stood:
		return d, false
	case word == posting.NoDecision:
		d.Decision = posting.TakenBack
		return d, true
	case word == posting.Assigned:
		d.To = r.post(at, rest+" "+row.remark)
	case word == posting.Deferred:
		d.Until = r.month(at, rest+" "+row.remark, before.Until)
	}
	r.fits(at, &d)
	if stood && before.Decision == d.Decision && before.To == d.To && before.Until == d.Until && (d.Stage == "" || d.Stage == before.Stage) {
		return d, false // it stood before, and still does
	}
	return d, true
}

// known checks the key and the planned post of a row.
func (r *decisionReader) known(i int, row *decisionRow) bool {
	at := r.rows.cell(i, "cadre")
	if first, twice := r.seen[row.cadre]; twice {
		r.ps.add("E1904", at, i18n.F("%[1]s 在第 %[2]d 行已经列出；一人一行", "%[1]s stands in row %[2]d already; one row a person", quote(row.cadre), first))
		return false
	}
	r.seen[row.cadre] = r.rows.rows[i]
	if r.x.CadreAt(row.cadre) == posting.None {
		ids := make([]string, len(r.x.Cadres))
		for c := range ids {
			ids[c] = r.x.Cadres[c].ID
		}
		text := i18n.F("没有编号为 %s 的干部", "there is no cadre %s", quote(row.cadre))
		if n := nearest(row.cadre, ids); n != "" {
			text = i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", text, n)
		}
		r.ps.add("E1905", at, text)
		return false
	}
	if planned := r.planned(row.cadre); row.post != "" && r.proposed[row.cadre] != nil && row.post != planned {
		r.ps.add("E1908", r.rows.cell(i, "to"), i18n.F("原方案是 %[1]s，这里改成了 %[2]s；要改岗位请在“决定”写 指定到岗，岗位写在备注",
			"the plan says %[1]s and this cell %[2]s; to name another post write 指定到岗 (assign to post) under 决定 and the post under 备注", quote(planned), quote(row.post)))
		return false
	}
	return true
}

// planned is the post that the plan holds for a cadre, "" for one who leaves or is not placed.
func (r *decisionReader) planned(cadre string) string {
	if a := r.proposed[cadre]; a != nil {
		return a.To
	}
	return ""
}

// argument divides a word from what follows it: 缓议至2026.09, 指定到岗：P012.
var argument = regexp.MustCompile(`^[\s:：,，]*`)

// word finds a decision, in either language, and what follows it in the cell.
func (r *decisionReader) word(at place, cell string) (posting.Word, string) {
	text := fold(cell)
	if text == "" {
		return posting.NoDecision, ""
	}
	var all []string
	for _, w := range DecisionWords {
		for _, name := range []string{w.Zh, w.En} {
			if rest, ok := strings.CutPrefix(strings.ToLower(text), name); ok && (rest == "" || w.Zh == string(posting.Assigned) || w.Zh == string(posting.Deferred)) {
				return posting.Word(w.Zh), argument.ReplaceAllString(text[len(text)-len(rest):], "")
			}
			all = append(all, name)
		}
	}
	said := i18n.F("%[1]s 不是决定用语；应为 %[2]s", "%[1]s is no decision; expected one of %[3]s", quote(cell), both2(DecisionWords, true), both2(DecisionWords, false))
	if n := nearest(text, all); n != "" {
		said = i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", said, n)
	}
	r.ps.add("E1902", at, said)
	return posting.NoDecision, ""
}

// both2 lists words in one language.
func both2(words []i18n.Text, zh bool) string {
	out := make([]string, len(words))
	for i, w := range words {
		if out[i] = w.En; zh {
			out[i] = w.Zh
		}
	}
	return strings.Join(out, "、")
}

// stage finds a stage, in either language.
func (r *decisionReader) stage(i int, cell string) posting.Stage {
	text := strings.ToLower(fold(cell))
	if text == "" {
		return ""
	}
	for _, w := range StageWords {
		if text == w.Zh || text == w.En {
			return posting.Stage(w.Zh)
		}
	}
	r.ps.add("E1903", r.rows.cell(i, "stage"), i18n.F("%[1]s 不是阶段用语；应为 %[2]s", "%[1]s is no stage; expected one of %[3]s", quote(cell), both2(StageWords, true), both2(StageWords, false)))
	return ""
}

// fits reports decisions that cannot be taken on what was planned.
func (r *decisionReader) fits(at place, d *posting.Decision) {
	c := r.x.CadreAt(d.Cadre)
	leaves := r.x.Leaves(c) > 0
	switch {
	case r.proposed[d.Cadre] != nil && r.proposed[d.Cadre].Period > 1:
		r.ps.add("E1910", at, i18n.T("以后批次的安排只供参考，不作决定", "moves of later batches are advisory: nothing is decided on them yet"))
	case leaves && d.Decision != posting.Agreed:
		r.ps.add("E1910", at, i18n.T("离任由拟离任表决定；要改变请改该表", "departures are decided by the table of departures; change it there"))
	case (d.Decision == posting.Another || d.Decision == posting.NotSuited) && (d.Post == "" || r.x.PostAt(d.Post) == r.x.Seat(c)):
		r.ps.add("E1910", at, i18n.T("原方案没有为此人安排新岗位，没有可以否定的去向", "the plan proposes no new post for this person that could be refused"))
	case d.Decision == posting.Agreed && d.Post == "" && !leaves:
		r.ps.add("E1910", at, i18n.T("原方案没有安排此人，无从同意", "the plan holds no post for this person that could be agreed"))
	}
}

// missing tells of people whom the plan put up and the sheet no longer lists. Their earlier decisions still stand.
func (r *decisionReader) missing() {
	for i := range r.plan.Assignments {
		a := &r.plan.Assignments[i]
		_, listed := r.seen[a.Cadre]
		if a.Move == posting.MoveStay || listed || a.Period > 1 || r.x.CadreAt(a.Cadre) == posting.None {
			continue
		}
		r.ps.add("W1909", r.rows.sheet.at(0, 0), i18n.F("少了 %[1]s 的一行（拟任 %[2]s）；按没有决定处理，原有决定仍然有效", "the row of %[1]s (proposed post %[2]s) is missing; taken as without decision, an earlier one still stands",
			quote(a.Cadre), quote(a.To)))
	}
}

// word characters of ids and months in a remark.
var token = regexp.MustCompile(`[0-9A-Za-z][0-9A-Za-z_.\-]*`)

// post finds the one post that a remark names, by id or by full name.
func (r *decisionReader) post(at place, remark string) string {
	var found []string
	add := func(id string) {
		if !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	for _, w := range token.FindAllString(fold(remark), -1) {
		if r.x.PostAt(w) != posting.None {
			add(w)
		}
	}
	for p := range r.x.Posts {
		q := &r.x.Posts[p]
		if len(found) == 0 && q.Name != "" && strings.Contains(remark, q.Name) && r.unique(q.Name) {
			add(q.ID)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	r.ps.add("E1906", at, i18n.F("指定到岗要写明一个岗位编号（写在本格或者备注），现在找到 %d 个", "assigning to a post takes the id of one post, here or under remarks; %d found", len(found)))
	return ""
}

func (r *decisionReader) unique(name string) bool {
	n := 0
	for p := range r.x.Posts {
		if r.x.Posts[p].Name == name {
			n++
		}
	}
	return n == 1
}

// monthIn finds months such as 2026.09, 2026-09, 202609 and 2026年9月 in a remark.
var monthIn = regexp.MustCompile(`(?:19|20|21)\d\d(?:年\d{1,2}月?|[.\-/]\d{1,2}|\d{2})`)

// month finds the one month that a remark names; one that stood before still does where nothing new is written.
func (r *decisionReader) month(at place, remark string, before posting.Month) posting.Month {
	all := monthIn.FindAllString(fold(remark), -1)
	if len(all) == 0 && before.Known() {
		return before
	}
	if len(all) == 1 {
		if m, bad := parseMonth(all[0]); bad == nil && m >= r.x.Calendar.Date {
			return m
		}
	}
	r.ps.add("E1907", at, i18n.F("缓议至要写明一个年月，如 2026.09（写在本格或者备注），不早于基准日 %s", "a deferral takes one month such as 2026.09, here or under remarks, not before the plan date %s", r.x.Calendar.Date.String()))
	return 0
}

// decisionCodes are the codes of faults in decisions.
func decisionCodes() []Code {
	return []Code{
		{"E1901", i18n.T("没有任免名单", "no sheet of nominations"), i18n.T("工作簿里没有 拟任免建议名单。", "The workbook has no sheet 拟任免建议名单."),
			i18n.T("使用上一轮文件夹里的 plan.xlsx。", "Use the plan.xlsx of the round before.")},
		{"E1902", i18n.T("不是决定用语", "no decision"), i18n.T("“决定”一栏写了别的词。", "Another word stands under 决定."), i18n.T("从下拉框中选择。", "Choose from the drop-down.")},
		{"E1903", i18n.T("不是阶段用语", "no stage"), i18n.T("“阶段”一栏写了别的词。", "Another word stands under 阶段."), i18n.T("从下拉框中选择。", "Choose from the drop-down.")},
		{"E1904", i18n.T("一人两行", "a person twice"), i18n.T("名单里同一人出现两次。", "A person stands in two rows."), i18n.T("只留一行。", "Keep one row.")},
		{"E1905", i18n.T("名单里的干部不存在", "unknown cadre in the list"), i18n.T("编号不在表中，或者没有编号。", "The id is in no table, or there is none."), i18n.T("改正编号。", "Mend the id.")},
		{"E1906", i18n.T("指定到岗没有写明岗位", "assignment without a post"), i18n.T("备注里没有岗位编号，或者不止一个。", "The remarks name no post, or more than one."), i18n.T("写一个岗位编号。", "Write the id of one post.")},
		{"E1907", i18n.T("缓议至没有写明年月", "deferral without a month"), i18n.T("备注里没有年月，或者早于基准日。", "The remarks name no month, or one before the plan date."), i18n.T("写一个年月，如 2026.09。", "Write one month such as 2026.09.")},
		{"E1908", i18n.T("拟任岗位被改动", "the proposed post was changed"), i18n.T("拟任岗位编号与原方案不同。", "The proposed post differs from the plan."), i18n.T("恢复原样；另定岗位写 指定到岗。", "Restore it; to name another post use 指定到岗.")},
		{"W1909", i18n.T("少了一行", "a row is missing"), i18n.T("原方案列出的人不在名单里。", "Somebody whom the plan listed is gone."), i18n.T("如有决定，请补上该行。", "Put the row back if something was decided.")},
		{"E1910", i18n.T("决定不适用", "a decision that does not fit"), i18n.T("决定与原方案的安排不相容。", "The decision cannot be taken on what was planned."), i18n.T("改正决定，或者改输入表。", "Mend the decision, or the tables.")},
	}
}
