package audit

import (
	"strings"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

func TestCommute(t *testing.T) {
	p := params{"soft_minutes": 60, "step_minutes": 15, "most_steps": 6}
	k := clause("commute", policy.Weighted, p)
	trip := func(n int) func(*world) { return func(w *world) { w.in.Trips[0].Minutes = n } }
	check(t, []kindCase{
		{"at home", k, nil, "a>P5", "kept 1"},
		{"60 cost nothing", k, trip(60), "b>P4", "kept 1"},
		{"61 are a step", k, trip(61), "b>P4", "kept 0; missed K b,P4 61/60 minute; weighted=2000"},
		{"75 are a step", k, trip(75), "b>P4", "kept 0; missed K b,P4 75/60 minute; weighted=2000"},
		{"90 are two", k, trip(90), "b>P4", "kept 0; missed K b,P4 90/60 minute; weighted=4000"},
		{"the ceiling", k, func(w *world) { w.b().Home = posting.Elsewhere }, "b>P5", "kept 0; missed K b,P5 240/60 minute; weighted=12000"},
		{"unknown", k, func(w *world) { w.b().Home = "" }, "b>P4", "kept 0; missed K b,P4 -1/60 minute; unverifiable K b,P4 -1/60 minute; weighted=2000"},
		{"unknown, waivable", clause("commute", policy.Waivable, p), func(w *world) { w.b().Home = "" }, "b>P4", "kept 0; unverifiable K b,P4 -1/60 minute"},
		{"unknown, waivable, forbidden", forbid(clause("commute", policy.Waivable, p)), func(w *world) { w.b().Home = "" }, "b>P4", "kept 0; violated K b,P4 -1/60 minute"},
		{"placement", k, func(w *world) { w.arrive(1) }, "d>P4", "kept 0; missed K d,P4 90/60 minute; weighted=4000"},
		{"stays", k, nil, "", "kept 0"},
		{"exception", k, func(w *world) { w.except("P4") }, "b>P4", "kept 0; waived K b,P4 90/60 minute by E1"},
		{"fixed", k, func(w *world) { w.fix(w.b(), "P4") }, "b>P4", "kept 0; waived K b,P4 90/60 minute by pin"},
		{"hard", clause("commute", policy.Hard, p), func(w *world) { w.fix(w.b(), "P4") }, "b>P4", "kept 0; violated K b,P4 90/60 minute"},
	})
}

func TestFamilyBurden(t *testing.T) {
	k := clause("family_burden", policy.Weighted, params{"minutes": 60})
	exam := func(year int) func(*world) { return func(w *world) { w.b().ExamYear = year } }
	both := func(w *world) { exam(2026)(w); w.b().ParentCare = posting.Yes }
	check(t, []kindCase{
		{"no burden", k, nil, "b>P4", "kept 1"},
		{"exam this year", k, exam(2026), "b>P4", "kept 0; missed K b,P4 1/0 burden; weighted=2000"},
		{"exam next year", k, exam(2027), "b>P4", "kept 1"},
		{"exam in the year of the second period", k, func(w *world) { exam(2027)(w); w.cal.Periods = 2 }, "b>P4@2", "kept 0; missed K b,P4 1/0 burden @2; weighted=2000"},
		{"both", k, both, "b>P4", "kept 0; missed K b,P4 2/0 burden; weighted=4000"},
		{"near", k, func(w *world) { both(w); w.in.Trips[0].Minutes = 60 }, "b>P4", "kept 1"},
		{"just far", k, func(w *world) { both(w); w.in.Trips[0].Minutes = 61 }, "b>P4", "kept 0; missed K b,P4 2/0 burden; weighted=4000"},
		{"care blank", k, func(w *world) { w.b().ParentCare = posting.Blank }, "b>P4", "kept 1"},
		{"minutes unknown", k, func(w *world) { both(w); w.b().Home = "" }, "b>P4", "kept 0; missed K b,P4 2/0 burden; unverifiable K b,P4 2/0 burden; weighted=4000"},
		{"minutes unknown, no burden", k, func(w *world) { w.b().Home = "" }, "b>P4", "kept 1"},
		{"minutes unknown, waivable", clause("family_burden", policy.Waivable, params{"minutes": 60}), func(w *world) { both(w); w.b().Home = "" }, "b>P4",
			"kept 0; violated K b,P4 2/0 burden; unverifiable K b,P4 2/0 burden"},
		{"exception", k, func(w *world) { both(w); w.except("b") }, "b>P4", "kept 0; waived K b,P4 2/0 burden by E1"},
		{"fixed", k, func(w *world) { both(w); w.fix(w.b(), "P4") }, "b>P4", "kept 0; waived K b,P4 2/0 burden by pin"},
		{"hard", clause("family_burden", policy.Hard, params{"minutes": 60}), func(w *world) { both(w); w.except("b") }, "b>P4", "kept 0; violated K b,P4 2/0 burden"},
	})
	told := func(change func(*world)) string {
		w := newWorld()
		w.clauses = []policy.Clause{k}
		change(w)
		return w.judge(t, "b>P4").Missed[0].Text
	}
	if a, b := told(exam(2026)), told(func(w *world) { w.b().ParentCare = posting.Yes }); a != b || !strings.Contains(a, "家庭") {
		t.Errorf("the text tells the burden: %q, %q", a, b)
	}
}

func TestFavourMove(t *testing.T) {
	k := clause("favour_move", policy.Weighted, nil)
	occupied := func(w *world) { w.arriveOn("P5") } // P5 is held, so that its vacancy is no ground
	with := func(f func(*world)) func(*world) { return func(w *world) { occupied(w); f(w) } }
	favour := "kept 0; missed K a,P5 1/0 move; weighted=2000"
	check(t, []kindCase{
		{"to a better place", k, occupied, "a>P5", favour},
		{"to a harder place", k, func(w *world) { w.in.Cadres[2].Also = []string{"P4"} }, "b>P4", "kept 1"},
		{"only the unit is better", k, with(func(w *world) { w.place(1).Tier = 1 }), "a>P5", favour},
		{"equal", k, with(func(w *world) { w.place(1).Tier, w.unit(1).Tier = 1, 1 }), "a>P5", "kept 1"},
		{"one tier blank", k, with(func(w *world) { w.place(1).Tier, w.unit(1).Tier = -1, 1 }), "a>P5", "kept 1"},
		{"both tiers of a side blank", k, with(func(w *world) { w.place(1).Tier, w.unit(1).Tier = -1, -1 }), "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"both blank, forbidden", forbid(k), with(func(w *world) { w.place(2).Tier, w.unit(2).Tier = -1, -1 }), "a>P5",
			"kept 0; missed K a,P5 -1/0 datum; weighted=2000"},
		{"to an empty post", k, nil, "a>P5", "kept 1"},
		{"all its holders leave", k, with(func(w *world) { w.leave("d", 4) }), "a>P5", "kept 1"},
		{"they leave later", k, with(func(w *world) { w.cal.Periods = 2; w.leave("d", 13) }), "a>P5", favour},
		{"to move", k, with(func(w *world) { w.a().Disposition = posting.MustMove }), "a>P5", "kept 1"},
		{"fixed on it", k, with(func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 1"},
		{"fixed on another", k, with(func(w *world) { w.fix(w.a(), "P4") }), "a>P5", favour},
		{"registered hardship", k, with(func(w *world) { w.a().Hardship = posting.Yes }), "a>P5", "kept 1"},
		{"a written ground", k, with(func(w *world) { w.except("a") }), "a>P5", "kept 1"},
		{"arrivals", k, func(w *world) { w.arrive(1) }, "d>P5", "kept 0"},
	})
	w := newWorld()
	occupied(w)
	due := clause("long_tenure", policy.Waivable, params{"must_years": 60})
	due.ID = "DUE"
	w.clauses = []policy.Clause{k, due}
	if r := w.judge(t, "a>P5"); len(r.Missed) != 3 { // b, c and d are due and stay; a's move is no favour
		t.Errorf("want three unmet duties and no favour: %s", told(r))
	}
}

// arriveOn seats a fourth cadre, d, on the post.
func (w *world) arriveOn(post string) {
	w.in.Cadres = append(w.in.Cadres, person("d", post))
}

func TestYoungToHard(t *testing.T) {
	k := clause("young_to_hard", policy.Weighted, params{"age": 35, "grassroots_months": 24, "hardship": 2})
	young := func(w *world) { w.a().Birth, w.a().Grassroots = posting.NewMonth(1990, 2), 23 } // 35 years and 11 months
	with := func(f func(*world)) func(*world) { return func(w *world) { young(w); f(w) } }
	check(t, []kindCase{
		{"35, 23 months", k, young, "a>P5", "kept 0; missed K a,P5 1/0 person; weighted=2000"},
		{"36", k, with(func(w *world) { w.a().Birth = posting.NewMonth(1990, 1) }), "a>P5", "kept 0"},
		{"24 months", k, with(func(w *world) { w.a().Grassroots = 24 }), "a>P5", "kept 0"},
		{"to a township", k, with(func(w *world) { w.place(1).Hardship = 0 }), "a>P4", "kept 1"},
		{"to a hard place", k, with(func(w *world) { w.place(2).Hardship = 2 }), "a>P5", "kept 1"},
		{"not hard enough", k, with(func(w *world) { w.place(2).Hardship = 1 }), "a>P5", "kept 0; missed K a,P5 1/0 person; weighted=2000"},
		{"hardship blank is not hard", k, with(func(w *world) { w.place(2).Hardship = -1 }), "a>P5", "kept 0; missed K a,P5 1/0 person; weighted=2000"},
		{"birth blank", k, with(func(w *world) { w.a().Birth = 0 }), "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"birth blank, to a township", k, with(func(w *world) { w.a().Birth = 0 }), "a>P4", "kept 1"},
		{"too old, months blank", k, func(w *world) { w.a().Grassroots = -1 }, "a>P5", "kept 0"},
		{"blank, forbidden", forbid(k), with(func(w *world) { w.a().Grassroots = -1 }), "a>P5", "kept 0; missed K a,P5 -1/0 datum; weighted=2000"},
		{"stays", k, young, "", "kept 0"},
		{"exception", k, with(func(w *world) { w.except("a") }), "a>P5", "kept 0; waived K a,P5 1/0 person by E1"},
		{"fixed", k, with(func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 0; waived K a,P5 1/0 person by pin"},
	})
}

func TestFewMoves(t *testing.T) {
	k := clause("few_moves", policy.Level, nil)
	check(t, []kindCase{
		{"none", k, nil, "", "kept 0"},
		{"two", k, nil, "a>P4 b>P5", "kept 0; moves=2"},
		{"a placement is none", k, func(w *world) { w.arrive(1) }, "d>P4 b>P5", "kept 0; moves=1"},
		{"a departure is none", k, func(w *world) { w.leave("a", 2) }, "a>", "kept 0"},
		{"by pin", k, func(w *world) { w.a().Disposition = posting.MustMove; w.fix(w.b(), "P5") }, "a>P4 b>P5 c>P1", "kept 2; moves=1"},
		{"weighted", clause("few_moves", policy.Weighted, nil), nil, "a>P4", "kept 0; weighted=2000"},
		{"exception", k, func(w *world) { w.except("a") }, "a>P4", "kept 0"},
	})
}

func TestTieOrder(t *testing.T) {
	k := clause("tie_order", policy.Weighted, params{"most_months": 70, "step_months": 12})
	check(t, []kindCase{
		{"10 months short of 70", k, nil, "a>P4", "kept 1"},
		{"12 months short", k, func(w *world) { w.a().Deduct = 2 }, "a>P4", "kept 0; weighted=2000"},
		{"longer than 70", k, func(w *world) { w.a().PostSince = posting.NewMonth(2001, 1) }, "a>P4", "kept 1"},
		{"unknown counts as 0", k, func(w *world) { w.a().PostSince = 0 }, "a>P4", "kept 0; weighted=10000"},
		{"stays and placements", k, func(w *world) { w.arrive(1) }, "d>P4", "kept 0"},
	})
}
