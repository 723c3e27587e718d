package audit

import (
	"fmt"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

func TestImpossibleSequences(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(w *world)
		moves  string
		want   string
	}{
		{"a stay listed", nil, "a>P1", "kept 0"},
		{"a stay, then a move", two, "a>P1 a>P4@2", "kept 0"},
		{"twice in one period", nil, "a>P4 a>P5", "kept 0; violated P02 a 2/1 assignment"},
		{"the same twice", nil, "a>P4 a>P4", "kept 0; violated P02 a 2/1 assignment"},
		{"two moves", two, "a>P4 a>P5@2", "kept 0; violated P02 a 2/1 assignment @2"},
		{"there and back", two, "a>P4 a>P1@2", "kept 0; violated P02 a 2/1 assignment @2"},
		{"outside the horizon", nil, "a>P4@2", "kept 0; violated P02 a 2/1 assignment @2"},
		{"before it", nil, "a>P4@-1", "kept 0; violated P02 a -1/1 assignment @-1"},
		{"a leaver moves", func(w *world) { w.leave("a", 1) }, "a>P4", "kept 0; violated P02 a 1/0 assignment"},
		{"a leaver moves before he leaves", func(w *world) { two(w); w.leave("a", 13) }, "a>P4", "kept 0; violated P02 a 1/0 assignment"},
		{"a leaver stays, then leaves", func(w *world) { two(w); w.leave("a", 13) }, "a>P1 a>@2", "kept 0"},
		{"dropped", nil, "a>", "kept 0; violated P02 a 0/1 post"},
		{"dropped, then back", two, "a> a>P4@2", "kept 0; violated P02 a 0/1 post; violated P02 a 2/1 assignment @2"},
		{"placed before he comes", func(w *world) { two(w); w.arrive(13) }, "d>P4", "kept 0; violated P02 d 1/2 assignment"},
		{"placed twice", func(w *world) { two(w); w.arrive(1) }, "d>P4 d>P5@2", "kept 0; violated P02 d 2/1 assignment @2"},
	} {
		w := newWorld()
		if tc.change != nil {
			tc.change(w)
		}
		if got := told(w.judge(t, tc.moves)); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}

func two(w *world) { w.cal.Periods = 2 }

func TestUnknownIdsAreErrors(t *testing.T) {
	w := newWorld()
	_, err := Judge(w.index(), w.policy(), plan("x>P4 a>P9 b>P5"), i18n.En)
	if err == nil || !strings.Contains(err.Error(), `"x"`) || !strings.Contains(err.Error(), `"P9"`) {
		t.Errorf("want both ids in the error, got %v", err)
	}
	w.clauses = []policy.Clause{{ID: "K", Kind: "no_such_kind", Where: "p.yaml:3:5"}}
	if _, err := Judge(w.index(), w.policy(), plan(""), i18n.En); err == nil || !strings.Contains(err.Error(), "no_such_kind") {
		t.Errorf("want the kind in the error, got %v", err)
	}
	table := policy.Row{"sex": "男", "level_from": "处长", "age": "60", "to_age": "63", "from": "2025-01", "step_months": "4"}
	w.clauses = []policy.Clause{clause("near_retirement", policy.Level, params{"months": 24, "table": []policy.Row{table}})}
	if _, err := Judge(w.index(), w.policy(), plan(""), i18n.En); err == nil || !strings.Contains(err.Error(), "处长") {
		t.Errorf("want the cell in the error, got %v", err)
	}
}

// A period that is not given is the first possible one.
func TestPeriodNotGiven(t *testing.T) {
	w := newWorld()
	two(w)
	w.arrive(13)
	w.leave("c", 13)
	w.clauses = []policy.Clause{clause("few_moves", policy.Level, nil), clause("keeps_post", policy.Level, nil)}
	p := &posting.Plan{Assignments: []posting.Assignment{{Cadre: "a", To: "P5"}, {Cadre: "c"}, {Cadre: "d", To: "P4"}}}
	r, err := Judge(w.index(), w.policy(), p, i18n.Zh)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(r), "kept 4; moves=1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// derivedPlan is a full plan of the world: a moves to the empty P5, b takes P1 after a, c stays, e leaves.
func derivedPlan() (*world, *posting.Plan) {
	w := newWorld()
	w.b().Also = []string{"P4"}
	w.in.Cadres = append(w.in.Cadres, person("e", ""))
	e := &w.in.Cadres[3]
	e.Name, e.Post = "戊五", "P6"
	w.in.Posts = append(w.in.Posts, posting.Post{ID: "P6", Unit: "U2", Weight: 3})
	w.leave("e", 4)
	return w, &posting.Plan{Assignments: []posting.Assignment{
		{Cadre: "a", From: "P1", To: "P5", Appoint: []string{"P5"}, Remove: []string{"P1"}, Move: posting.MoveTransfer, Period: 1,
			Date: posting.NewMonth(2026, 3), Order: 1, Grounds: []string{"vacancy"}},
		{Cadre: "b", From: "P2", To: "P1", Appoint: []string{"P1"}, Remove: []string{"P4", "P2"}, Move: posting.MoveTransfer, Period: 1,
			Date: posting.NewMonth(2026, 1), Order: 2, Grounds: []string{"chain:a"}},
		{Cadre: "c", From: "P3", To: "P3", Move: posting.MoveStay, Period: 1, Date: posting.NewMonth(2021, 1), Grounds: []string{}},
		{Cadre: "e", From: "P6", Remove: []string{"P6"}, Move: posting.MoveLeave, Period: 1, Date: posting.NewMonth(2026, 4), Grounds: []string{"departure:调出"}},
	}}
}

func TestDerivedFieldsAreRecomputed(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(a []posting.Assignment)
		want   string
	}{
		{"as computed", func([]posting.Assignment) {}, ""},
		{"from", func(a []posting.Assignment) { a[0].From = "P2" }, "a 原岗位"},
		{"move", func(a []posting.Assignment) { a[0].Move = posting.MoveRotate }, "a 调整类别"},
		{"a secondment", func(a []posting.Assignment) { a[0].Move, a[0].ReturnsTo, a[0].Keeps = posting.MoveSecond, "P1", "P1" }, "a 保留岗位 a 调整类别 a 返回岗位"},
		{"also", func(a []posting.Assignment) { a[1].Also = []string{"P4"} }, "b 兼任"},
		{"appoint", func(a []posting.Assignment) { a[0].Appoint = []string{"P5", "P4"} }, "a 拟任"},
		{"remove", func(a []posting.Assignment) { a[1].Remove = []string{"P2"} }, "b 拟免"},
		{"date", func(a []posting.Assignment) { a[0].Date = posting.NewMonth(2027, 1) }, "a 日期"},
		{"the order is judged by its own kind", func(a []posting.Assignment) { a[1].Order = 1; a[0].Order = 2 }, ""},
		{"as are dates among moves", func(a []posting.Assignment) { a[0].Date, a[1].Date = a[1].Date+3, a[0].Date }, ""},
		{"leaving before the month recorded", func(a []posting.Assignment) { a[3].Date-- }, "e 日期"},
		{"an end", func(a []posting.Assignment) { a[0].Until = posting.NewMonth(2028, 1) }, "a 截止时间"},
		{"a ground that is none", func(a []posting.Assignment) { a[1].Grounds = []string{"vacancy"} }, "b 依据"},
		{"another chain", func(a []posting.Assignment) { a[1].Grounds = []string{"chain:c"} }, "b 依据"},
		{"a clause that gives none", func(a []posting.Assignment) { a[0].Grounds = []string{"vacancy", "R01"} }, "a 依据"},
		{"a pin that is none", func(a []posting.Assignment) { a[0].Grounds = []string{"pin"} }, "a 依据"},
		{"an exception that is not recorded", func(a []posting.Assignment) { a[0].Grounds = []string{"exception:E1"} }, "a 依据"},
		{"leaving later than recorded", func(a []posting.Assignment) { a[3].Period, a[3].Date = 2, 0 }, "e 离任期次"},
		{"a stay has none", func(a []posting.Assignment) { a[2].Grounds = []string{"vacancy"} }, "c 依据"},
		{"another departure", func(a []posting.Assignment) { a[3].Grounds = []string{"retirement"} }, "e 依据"},
	} {
		w, p := derivedPlan()
		two(w)
		tc.change(p.Assignments)
		if got := contradictions(t, w, p); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

// Exceptions are a ground where they waive a breach of a clause on single spells: not E6, for a duty, nor E8, of another.
func TestTrueGroundsAreAdmitted(t *testing.T) {
	w, p := derivedPlan()
	due := clause("long_tenure", policy.Waivable, params{"must_years": 60})
	retire := clause("near_retirement", policy.Level, params{"months": 600, "table": []policy.Row{
		{"sex": "男", "level_from": "", "age": "60", "to_age": "63", "from": "2025-01", "step_months": "4"}}})
	retire.ID = "R25"
	w.clauses = []policy.Clause{due, retire}
	w.in.Exceptions = []posting.Exception{{No: "E6", Clause: "K", Subject: "b"}, {No: "E7", Clause: "R25", Subject: "b"}, {No: "E8", Clause: "R25", Subject: "c"}}
	w.fix(w.a(), "P5")
	p.Assignments[0].Grounds = []string{"K", "pin", "vacancy"}
	p.Assignments[1].Grounds = []string{"exception:E7"} // fewer than all
	r, err := Judge(w.index(), w.policy(), p, i18n.Zh)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Violated) > 0 {
		t.Errorf("no contradiction expected: %+v", r.Violated)
	}
	p.Assignments[0].Grounds = []string{"R01"} // the pin admits itself, no other ground
	if r, err = Judge(w.index(), w.policy(), p, i18n.Zh); err != nil || len(r.Violated) != 1 {
		t.Errorf("want one contradiction: %v %+v", err, r.Violated)
	}
	got, err := Grounds(w.index(), w.policy(), p)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"a": {"K", "pin", "vacancy"}, "b": {"K", "exception:E7"}, "e": {"departure:调出"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("grounds %v, want %v", got, want)
	}
}

func TestGroundsOfLeavers(t *testing.T) {
	for ground, want := range map[string]int{"departure:退休": 1, "retirement": 0, "departure:调出": 1, "vacancy": 1} {
		w, p := derivedPlan()
		w.in.Departures[0].Class = posting.LeaveRetirement
		p.Assignments[3].Grounds = []string{ground}
		r, err := Judge(w.index(), w.policy(), p, i18n.Zh)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Violated) != want {
			t.Errorf("%s: %d findings, want %d: %+v", ground, len(r.Violated), want, r.Violated)
		}
	}
}

func TestLists(t *testing.T) {
	w := newWorld()
	must := clause("long_tenure", policy.Waivable, params{"must_years": 120})
	must.ID = "R01"
	eligible := shareClause(1, 4, nil)
	eligible.ID = "R12"
	off := shareClause(1, 4, nil)
	off.ID, off.Off = "R13", true
	w.clauses = []policy.Clause{must, eligible, off}
	long, young := posting.NewMonth(2016, 1), posting.NewMonth(2022, 1)
	for id, change := range map[string]func(*posting.Cadre){
		"due":               func(c *posting.Cadre) { c.PostSince = long },
		"due and held":      func(c *posting.Cadre) { c.PostSince, c.Hold = long, true },
		"eligible":          func(*posting.Cadre) {},
		"held":              func(c *posting.Cadre) { c.Hold = true },
		"hold over":         func(c *posting.Cadre) { c.Hold, c.HoldUntil = true, posting.NewMonth(2025, 12) },
		"reviewed, young":   func(c *posting.Cadre) { c.PostSince, c.Review = young, true },
		"deferred":          func(c *posting.Cadre) { c.Care = true },
		"consents to one":   func(c *posting.Cadre) { c.Care, c.Consents = true, []string{"P4"} },
		"young":             func(c *posting.Cadre) { c.PostSince = young },
		"blank":             func(c *posting.Cadre) { c.PostSince = 0 },
		"on support":        func(c *posting.Cadre) { c.Duty = posting.Support },
		"arrival":           func(c *posting.Cadre) { c.Post, c.PostSince, c.Arrives = "", 0, posting.NewMonth(2026, 1) },
		"leaver, else due":  func(c *posting.Cadre) { c.PostSince = long },
		"of another county": func(c *posting.Cadre) { c.Authority = "市委" },
	} {
		c := person("a", "P1")
		c.ID = id
		change(&c)
		w.in.Cadres = append(w.in.Cadres, c)
	}
	w.in.Cadres = w.in.Cadres[3:]
	w.leave("leaver, else due", 6)
	got, err := Lists(w.index(), w.policy())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"due": "应交流 R01", "due and held": "应交流 R01", "eligible": "可交流 R12", "held": "暂不列入本批 HOLD",
		"hold over": "可交流 R12", "reviewed, young": "暂不列入本批 HOLD", "deferred": "暂不列入本批 HOLD", "consents to one": "可交流 R12",
		"young": "不列入", "blank": "不列入", "on support": "不列入", "arrival": "不列入", "leaver, else due": "不列入", "of another county": "不列入"}
	if len(got) != len(want) {
		t.Errorf("%d listings, want %d", len(got), len(want))
	}
	for _, l := range got {
		if s := strings.TrimSpace(string(l.List) + " " + strings.Join(l.Clauses, ",")); s != want[l.Cadre] {
			t.Errorf("%s: %q, want %q", l.Cadre, s, want[l.Cadre])
		}
	}
}

func TestSelectorsDecide(t *testing.T) {
	k := clause("level_match", policy.Hard, params{"up": 0, "down": 0})
	up := func(w *world) { w.post(4).Level = posting.TownshipHead }
	to := k
	to.To = policy.Selector{Units: []string{"U2"}}
	rank := selecting(k, policy.Selector{Rank: []posting.Level{posting.TownshipDeputy}})
	staff := selecting(k, policy.Selector{Staff: []posting.StaffType{posting.Administrative}})
	blank := func(w *world) { up(w); w.a().Staff = "" }
	check(t, []kindCase{
		{"matching", rank, up, "a>P4", "kept 0; violated K a,P4 1/0 level"},
		{"another rank", rank, func(w *world) { up(w); w.a().Level = posting.TownshipHead; w.post(4).Level = posting.CountyHead }, "a>P4", "kept 0"},
		{"another destination", to, up, "a>P4", "kept 0"},
		{"this destination", to, nil, "a>P5", "kept 1"},
		{"blank", staff, blank, "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"blank forbidden", forbid(staff), blank, "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"off", func() policy.Clause { c := k; c.Off = true; return c }(), up, "a>P4", "kept 0"},
		{"not in force yet", func() policy.Clause { c := k; c.From = posting.NewMonth(2026, 2); return c }(), up, "a>P4", "kept 0"},
		{"in force from today", func() policy.Clause { c := k; c.From = posting.NewMonth(2026, 1); return c }(), up, "a>P4", "kept 0; violated K a,P4 1/0 level"},
		{"no longer in force", func() policy.Clause { c := k; c.Until = posting.NewMonth(2025, 12); return c }(), up, "a>P4", "kept 0"},
	})
}

func TestExceptionNamesTheStemOfAnID(t *testing.T) {
	w := newWorld()
	c := clause("post_weight", policy.Waivable, params{"most_drop": 1, "advance": false})
	c.ID = "K.b"
	w.clauses = []policy.Clause{c}
	w.post(4).Weight = 1
	w.except("a") // names K
	if got, want := told(w.judge(t, "a>P4")), "kept 0; waived K.b a,P4 -2/-1 weight by E1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMetrics(t *testing.T) {
	w := newWorld()
	w.clauses = []policy.Clause{
		clause("long_tenure", policy.Waivable, params{"must_years": 60}),
		clause("lodging", policy.Waivable, params{"commute_minutes": 60, "family_of": 4}),
		clause("level_match", policy.Report, params{"up": 0, "down": 0}),
	}
	w.clauses[1].ID, w.clauses[2].ID = "LODGE", "LEVEL"
	w.place(1).Lodging = 0
	w.b().Sex, w.b().Ethnicity, w.b().Birth = "女", "畲族", posting.NewMonth(1991, 1)
	w.in.Exceptions = []posting.Exception{{No: "E1", Clause: "LODGE", Subject: "b"}, {No: "E2", Clause: "LODGE", Subject: "c"}}
	w.fix(w.a(), "P5")
	w.arrive(1)
	w.leave("c", 3)
	w.post(4).Level = posting.SectionHead
	m := w.judge(t, "a>P5 b>P4").Metrics
	want := map[string]float64{"cadres_seated": 3, "cadres_arriving": 1, "stays": 0, "moves": 2, "moves_transfer": 2, "moves_rotate": 0,
		"placements": 0, "unplaced": 1, "departures": 1, "seats_empty": 3, "seats_opened": 3,
		"flow_place_better_to_harder": 1, "flow_place_harder_to_better": 1, "flow_unit_better_to_harder": 1, "flow_place_unknown": 0,
		"due": 2, "due_moved": 2, "pins_fixed": 1, "pins_stay": 0, "exceptions_recorded": 2, "exceptions_used": 1, "waived_by_pin": 0,
		"lodging_used.Z1": 1, "lodging_limit.Z1": 0, "lodging_used.Z2": 0, "lodging_limit.Z2": 10, "LEVEL.breach": 1,
		"office_moved_women": 1, "office_hard_women": 1, "office_moved_men": 1, "office_hard_men": 0, "office_hard_minority": 1,
		"office_hard_age_to_35": 1, "office_moved_age_46_to_55": 1}
	for name, v := range want {
		if m[name] != v {
			t.Errorf("%s = %g, want %g", name, m[name], v)
		}
	}
}

// The groups of the office check meet without gap or overlap.
func TestAgeGroups(t *testing.T) {
	for age, want := range map[int]string{35: "age_to_35", 36: "age_36_to_45", 45: "age_36_to_45", 46: "age_46_to_55", 55: "age_46_to_55", 56: "age_from_56"} {
		w := newWorld()
		w.a().Birth = posting.NewMonth(2026-age, 1)
		if m := w.judge(t, "a>P5").Metrics; m["office_moved_"+want] != 1 {
			t.Errorf("age %d is not in %s: %v", age, want, m)
		}
	}
}

// The order of assignments, and of equal runs, changes nothing.
func TestReportIsDeterministic(t *testing.T) {
	w := newWorld()
	w.clauses = append(holdClauses(policy.Hard), clause("level_match", policy.Hard, params{"up": 0, "down": 0}), clause("few_moves", policy.Level, nil))
	w.post(4).Level, w.post(5).Level = posting.TownshipHead, posting.TownshipHead
	w.a().Hold, w.b().Review = true, true
	w.in.Cadres[1].Also = []string{"P5"}
	a, b := w.judge(t, "a>P4 b>P5 c>P1"), w.judge(t, "c>P1 b>P5 a>P4")
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("reports differ:\n%v\n%v", a, b)
	}
	if got, want := told(a), "kept 2; violated HOLD a 1/0 person; violated HOLD b 1/0 person; violated K a,P4 1/0 level; violated K b,P5 1/0 level; moves=3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Every kind of the spec is judged, pages and judgements have the same names, and scope pair means a pair kind.
func TestEveryKindIsJudged(t *testing.T) {
	for _, name := range policy.KindNames() {
		k, ok := kinds[name]
		if !ok {
			t.Errorf("no judgement for %s", name)
			continue
		}
		if _, pair := k.(pairKind); pair != policy.Kinds()[name].Pair() {
			t.Errorf("%s: scope of the page and of the judgement differ", name)
		}
	}
	if len(kinds) != len(policy.KindNames()) {
		t.Errorf("%d judgements for %d kinds", len(kinds), len(policy.KindNames()))
	}
}

// builtinLevels are the levels of the plan below that are not 0: a and b move; P2 and P4 stay empty; one of three
// eligible goes, as a quarter asks; b travels 90 minutes, two steps at half a point, and both are 180 months short of
// the longest tenure of the order of ties, 15 steps at a thousandth of a point each; a and b leave their units with one
// less who knows them than half of the posts and those who knew them ask, at one point each; b bears a year of class 3 and
// far from home, 48 months or 4 steps, whose square counts a twentieth of a point.
var builtinLevels = map[string]int64{"moves": 2, "open_seats": 2, "weighted": 2*500 + 2*15 + 2*1000 + 4*4*50}

// The built-in rule book judges the world, in both languages.
func TestBuiltinRuleBook(t *testing.T) {
	w := newWorld()
	pol := policy.Builtin()
	pol.Calendar, pol.Authority = w.cal, home
	for _, lang := range []i18n.Lang{i18n.Zh, i18n.En} {
		r, err := Judge(w.index(), pol, plan("a>P5 b>P1"), lang)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Violated) > 0 {
			t.Errorf("nothing is violated here: %+v", r.Violated)
		}
		for i, l := range r.Levels {
			want := builtinLevels[l.Name]
			if got := Values(r)[i]; got != want {
				t.Errorf("level %s: %d, want %d", l.Name, got, want)
			}
		}
	}
}
