package report

import (
	"testing"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
)

// injected is a name that a spreadsheet would take for a formula.
const injected = "=HYPERLINK(1)"

// fixture is a small outcome made by hand. Chain: 赵一 takes 钱二's seat, 钱二 a vacant one; 孙三 and 李四 change seats; 周五
// is held, in the reserve and a woman of a minority; 吴六 retires; 郑七 arrives; a cadre bears a name like a formula.
func fixture() *planning.Outcome {
	date := posting.NewMonth(2026, 1)
	month := func(y int) posting.Month { return posting.NewMonth(y, 1) }
	person := func(id, name, post string, since int) posting.Cadre {
		return posting.Cadre{ID: id, Name: name, Post: post, PostSince: month(since), Birth: month(1976), Level: posting.TownshipHead,
			Sex: "男", Ethnicity: "汉族", Party: "中共党员", Home: "L1", Degree: 3, Fields: []string{"农业"},
			Appraisals: []posting.Appraisal{{Year: 2023, Grade: "称职"}, {Year: 2025, Grade: "优秀"}}}
	}
	in := &posting.Instance{
		Cadres: []posting.Cadre{
			person("C1", "赵一", "P1", 2016), person("C2", "钱二", "P2", 2019), person("C3", "孙三", "P4", 2019), person("C4", "李四", "P5", 2019),
			person("C5", "周五", "P6", 2014), person("C6", "吴六", "P7", 2012),
			{ID: "C7", Name: "郑七", Arrives: date, Level: posting.TownshipHead}, person("C8", injected, "P8", 2020),
		},
		Posts: []posting.Post{
			{ID: "P1", Name: "书记", Unit: "U1", Role: posting.PartyPrincipal, Team: true, Level: posting.TownshipHead, Approval: posting.ByParty, Authority: "县"},
			{ID: "P2", Name: "局长", Unit: "U2", Role: posting.GovernmentPrincipal, Team: true, Level: posting.TownshipHead, Approval: posting.ByCongress, Authority: "县"},
			{ID: "P3", Name: "主任", Unit: "U3", Role: posting.GovernmentPrincipal, Team: true, Level: posting.TownshipHead, Approval: posting.ByParty, Authority: "县"},
			{ID: "P4", Name: "副镇长", Unit: "U1", Team: true, Level: posting.TownshipDeputy, Approval: posting.ByElection, Authority: "县"},
			{ID: "P5", Name: "副局长", Unit: "U2", Team: true, Level: posting.TownshipDeputy, Approval: posting.ByDual, Authority: "县"},
			{ID: "P6", Name: "副主任", Unit: "U3", Team: true, Level: posting.TownshipDeputy, Authority: "县"},
			{ID: "P7", Name: "组织委员", Unit: "U1", Team: true, Level: posting.TownshipDeputy, Authority: "县"},
			{ID: "P8", Name: "=1+1", Unit: "U3", Level: posting.TownshipDeputy, Authority: "县"},
			{ID: "P9", Name: "纪检组组长", Unit: "U2", Team: true, Level: posting.TownshipDeputy, Nominated: true, Authority: "县"},
		},
		Units:      []posting.Unit{{ID: "U1", Name: "柳河镇", Place: "L2"}, {ID: "U2", Name: "县水利局", Place: "L1"}, {ID: "U3", Name: "县信访办", Place: "L1"}},
		Places:     []posting.Place{{ID: "L1", Name: "县城", Tier: 1}, {ID: "L2", Name: "柳河", Tier: 4}},
		Trips:      []posting.Trip{{From: "L1", To: "L2", Minutes: 55}},
		Departures: []posting.Departure{{Cadre: "C6", Month: date + 3, Class: posting.LeaveRetirement}},
		Hash:       "h",
	}
	in.Cadres[4].Hold, in.Cadres[4].Care, in.Cadres[4].Review, in.Cadres[4].Reserve = true, true, true, true
	in.Cadres[4].Sex, in.Cadres[4].Ethnicity, in.Cadres[4].NativePlace = "女", "畲族", "云岭"
	in.Cadres[0].ParentCare, in.Cadres[0].ExamYear = posting.Yes, 2027
	cal := posting.Calendar{Date: date, Periods: 1, Length: 12}
	x := posting.NewIndex(in, cal)
	return &planning.Outcome{Index: x, Policy: rules(cal), Status: solver.Optimal, Plan: plan(date), Briefing: briefing()}
}

func rules(cal posting.Calendar) *policy.Policy {
	source := policy.Citation{Text: i18n.T("本地实施办法", "local rules"), Covers: []posting.Level{posting.TownshipHead}}
	return &policy.Policy{Name: i18n.T("示例政策", "sample policy"), Authority: "县", Calendar: cal, Levels: []policy.LevelSpec{
		{Name: "moves", Text: i18n.T("调整人数", "people moved"), Unit: "person"}, {Name: policy.WeightedLevel, Text: i18n.T("综合考虑", "weighed"), Unit: "point"}},
		Clauses: []policy.Clause{
			{ID: "R01", Kind: "long_tenure", Name: i18n.T("同一岗位任职满十年", "ten years in one post"), Modality: policy.Waivable, Citation: source},
			{ID: "R12", Kind: "yearly_share", Name: i18n.T("科级领导干部年度交流比例", "yearly share of leaders"), Modality: policy.Level,
				Params: map[string]any{"share": policy.Ratio{Num: 1, Den: 4}}, Citation: source},
			{ID: "R24", Kind: "hold", Name: i18n.T("审查期间", "under review"), Modality: policy.Hard},
			{ID: "R42", Kind: "favour_move", Name: i18n.T("政策依据待说明", "ground to be stated"), Modality: policy.Weighted, Weight: 3000},
			{ID: "R54", Kind: "fit", Name: i18n.T("人岗相适", "fit"), Modality: policy.Weighted, Weight: 1000},
		}}
}

func plan(date posting.Month) *posting.Plan {
	move := func(c, from, to string, kind posting.Move, order int, grounds ...string) posting.Assignment {
		a := posting.Assignment{Cadre: c, From: from, To: to, Move: kind, Period: 1, Date: date, Firm: true, Order: order, Grounds: grounds}
		if to != "" {
			a.Appoint = []string{to}
		}
		if from != "" {
			a.Remove = []string{from}
		}
		return a
	}
	stay := func(c, p string) posting.Assignment {
		return posting.Assignment{Cadre: c, From: p, To: p, Move: posting.MoveStay, Period: 1}
	}
	return &posting.Plan{Version: 1, Status: "optimal", Limit: "gap", Gap: 0.00074, Assignments: []posting.Assignment{
		move("C1", "P1", "P2", posting.MoveTransfer, 2, "R01", "R12"), move("C2", "P2", "P3", posting.MoveTransfer, 1, "vacancy"),
		move("C3", "P4", "P5", posting.MoveTransfer, 1, "R12", "exception:LW-1"), move("C4", "P5", "P4", posting.MoveTransfer, 1, "chain:C3"),
		stay("C5", "P6"), move("C6", "P7", "", posting.MoveLeave, 1, "retirement"),
		move("C7", "", "P1", posting.MoveArrive, 3, "arrival", "pin"), stay("C8", "P8")},
		Unfilled: []posting.Unfilled{{Post: "P7", How: "promotion", Reasons: []string{"预留提拔补充"}}, {Post: "P9", How: "nomination", Reasons: []string{"需由有关机关提名"}}},
		Levels: []posting.LevelValue{{Name: "moves", Unit: "person", Scale: 1, Value: 4, Bound: 4, Status: "optimal"},
			{Name: "weighted", Unit: "point", Scale: 1000, Value: 7.531, Bound: 7.525, GapRel: 0.00074, Status: "optimal"}},
		Audit: posting.AuditReport{
			Satisfied: []posting.ClauseCount{{Clause: "R01", Count: 1}, {Clause: "R12", Count: 1}, {Clause: "HOLD", Count: 5}, {Clause: "R42", Count: 4}},
			Missed: []posting.Finding{
				{Clause: "R01", Subjects: []string{"C8"}, Measured: 130, Limit: 120, Text: injected + "：任现职10年10个月，应交流未能安排，原因：没有符合条件的去向"},
				{Clause: "R42", Subjects: []string{"C1", "P2"}, Measured: 1, Text: "赵一拟任县水利局局长：FAVOURTEXT"},
				{Clause: "R54", Subjects: []string{"C1", "P2"}, Measured: 4, Text: "赵一拟任县水利局局长：POINTTEXT"}},
			Waived: []posting.Finding{{Clause: "R12", Subjects: []string{"C3"}, Exception: "LW-1", Text: "孙三的例外"},
				{Clause: "R54", Subjects: []string{"C3", "P5"}, Exception: "pin", Text: "WEIGHEDTEXT"}},
			Unverifiable: []posting.Finding{{Clause: "R01", Subjects: []string{"C4"}, Text: "李四：任现职时间缺失，无法核实"}}},
		Metrics: map[string]float64{"R12.eligible": 5, "R12.asked": 2, "R12.earlier": 0, "R12.moved": 2, "R12.short": 0, "R12.pinned": 1,
			"pins_stay": 1, "pins_move": 0, "pins_fixed": 1, "pins_unsuited": 0, "exceptions_recorded": 2, "exceptions_used": 1,
			"office_moved_women": 4, "office_hard_women": 1},
		Inputs: posting.Inputs{Instance: "h", Solver: "glpk", Engine: "cadre", Date: date},
	}
}

func briefing() *planning.Briefing {
	return &planning.Briefing{
		Due:    []planning.Listed{{Cadre: 0, Months: 120, Known: true, Clauses: []string{"R01"}}},
		May:    []planning.Listed{{Cadre: 1, Months: 84, Known: true, Clauses: []string{"R12"}}, {Cadre: 2, Months: 84, Known: true, Clauses: []string{"R12"}}},
		NotNow: []planning.Listed{{Cadre: 4, Months: 144, Known: true, Clauses: []string{policy.Hold}}},
		Others: []planning.Listed{{Cadre: 7, Months: 72, Known: true}},
		Seats: []planning.Seat{{Post: 2, Opens: "vacant", Leaver: posting.None, Candidates: []int{0, 1}, Eligible: 2},
			{Post: 6, Opens: "departure:退休", Leaver: 5}},
	}
}

func options(t *testing.T, lang i18n.Lang, audience string) Options {
	t.Helper()
	o, err := NewOptions(lang, audience)
	if err != nil {
		t.Fatal(err)
	}
	return o
}
