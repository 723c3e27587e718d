package audit

import (
	"testing"

	"cadre/policy"
	"cadre/posting"
)

func TestMinimumTerm(t *testing.T) {
	three := params{"years": 36, "except": []string{"promotion", "avoidance"}}
	k := clause("minimum_term", policy.Waivable, three)
	since := func(year, month int) func(*world) {
		return func(w *world) { w.a().PostSince = posting.NewMonth(year, month) }
	}
	short := since(2023, 2) // 35 months
	check(t, []kindCase{
		{"36 months are enough", k, since(2023, 1), "a>P4", "kept 1"},
		{"35 are not", k, short, "a>P4", "kept 0; violated K a,P4 35/36 month"},
		{"deduction counts", k, func(w *world) { w.a().Deduct = 25 }, "a>P4", "kept 0; violated K a,P4 35/36 month"},
		{"stays are not judged", k, short, "", "kept 0"},
		{"second period", k, func(w *world) { short(w); w.cal.Periods = 2 }, "a>P4@2", "kept 1"},
		{"promotion lifts it", k, func(w *world) { short(w); w.post(4).Level = posting.TownshipHead }, "a>P4", "kept 1"},
		{"unknown", k, func(w *world) { w.a().PostSince = 0 }, "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"unknown forbidden", forbid(k), func(w *world) { w.a().PostSince = 0 }, "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"exception on the cadre", k, func(w *world) { short(w); w.except("a") }, "a>P4", "kept 0; waived K a,P4 35/36 month by E1"},
		{"exception on the unit left", k, func(w *world) { short(w); w.except("U1") }, "a>P5", "kept 0; waived K a,P5 35/36 month by E1"},
		{"exception on another", k, func(w *world) { short(w); w.except("b") }, "a>P4", "kept 0; violated K a,P4 35/36 month"},
		{"exception past", k, func(w *world) { short(w); w.exceptUntil("a", posting.NewMonth(2025, 12)) }, "a>P4", "kept 0; violated K a,P4 35/36 month"},
		{"exception in its last month", k, func(w *world) { short(w); w.exceptUntil("a", posting.NewMonth(2026, 1)) }, "a>P4", "kept 0; waived K a,P4 35/36 month by E1"},
		{"pin to move", k, func(w *world) { short(w); w.a().Disposition = posting.MustMove }, "a>P4", "kept 0; waived K a,P4 35/36 month by pin"},
		{"pin to move speaks of period 1 only", k, func(w *world) {
			w.a().PostSince = posting.NewMonth(2025, 1)
			w.cal.Periods = 2
			w.a().Disposition = posting.MustMove
		},
			"a>P4@2", "kept 0; violated K a,P4 24/36 month @2"},
		{"pin on the post", k, func(w *world) { short(w); w.fix(w.a(), "P4") }, "a>P4", "kept 0; waived K a,P4 35/36 month by pin"},
		{"pin on another post", k, func(w *world) { short(w); w.fix(w.a(), "P5") }, "a>P4", "kept 0; violated K a,P4 35/36 month"},
		{"hard is never waived", clause("minimum_term", policy.Hard, three), func(w *world) { short(w); w.except("a"); w.fix(w.a(), "P4") }, "a>P4",
			"kept 0; violated K a,P4 35/36 month"},
		{"level", clause("minimum_term", policy.Level, three), short, "a>P4", "kept 0; missed K a,P4 35/36 month; lv=1"},
		{"weighted", clause("minimum_term", policy.Weighted, three), short, "a>P4", "kept 0; missed K a,P4 35/36 month; weighted=2000"},
		{"report", clause("minimum_term", policy.Report, three), short, "a>P4", "kept 0"},
		{"arrivals are not judged", k, func(w *world) { w.arrive(1) }, "d>P4", "kept 0"},
	})
}

func TestMinimumTermLiftedByAvoidance(t *testing.T) {
	w := newWorld()
	w.clauses = []policy.Clause{clause("minimum_term", policy.Waivable, params{"years": 72, "except": []string{"avoidance"}})}
	kin := clause("kin_avoidance", policy.Hard, params{"kin": []string{"配偶"}})
	kin.ID = "KIN"
	w.clauses = append(w.clauses, kin)
	w.kin("b", "c", posting.Spouse)
	w.post(2).Superior = "P3"
	if got, want := told(w.judge(t, "b>P4")), "kept 2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := told(w.judge(t, "a>P4")), "kept 0; violated K a,P4 60/72 month; violated KIN b,c,P2,P3 1/0 pair"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNearRetirement(t *testing.T) {
	table := []policy.Row{
		{"sex": "男", "level_from": "", "age": "60", "to_age": "63", "from": "2025-01", "step_months": "4"},
		{"sex": "女", "level_from": "县处级副职", "age": "60", "to_age": "63", "from": "2025-01", "step_months": "4"},
		{"sex": "女", "level_from": "", "age": "55", "to_age": "58", "from": "2025-01", "step_months": "4"},
	}
	k := clause("near_retirement", policy.Level, params{"months": 24, "table": table})
	born := func(sex string, year, month int) func(*world) {
		return func(w *world) { w.a().Sex, w.a().Birth = sex, posting.NewMonth(year, month) }
	}
	check(t, []kindCase{
		// 1967-05: base 2027-05, 28 months after 2025-01, delay 28/4+1 = 8: 2028-01, 24 months from 2026-01.
		{"24 months left", k, born("男", 1967, 5), "a>P4", "kept 1"},
		// 1967-04: base 2027-04, delay 27/4+1 = 7: 2027-11, 22 months.
		{"22 months left", k, born("男", 1967, 4), "a>P4", "kept 0; missed K a,P4 22/24 month; lv=1"},
		// 1965-05: 2025-07 by the spec's example, 6 months before the plan date.
		{"past", k, born("男", 1965, 5), "a>P4", "kept 0; missed K a,P4 -6/24 month; lv=1"},
		// 1972-05: base 2027-05 at 55, as the man of 1967.
		{"women at 55", k, born("女", 1972, 5), "a>P4", "kept 1"},
		{"women of county level at 60", k, func(w *world) { born("女", 1972, 4)(w); w.a().Level = posting.CountyDeputy }, "a>P4", "kept 1"},
		{"women at 55, short", k, born("女", 1972, 4), "a>P4", "kept 0; missed K a,P4 22/24 month; lv=1"},
		{"level asked and blank", k, func(w *world) { born("女", 1972, 4)(w); w.a().Level = 0 }, "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"level not asked", k, func(w *world) { born("男", 1967, 5)(w); w.a().Level = 0 }, "a>P4", "kept 1"},
		{"birth blank", k, func(w *world) { w.a().Birth = 0 }, "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"sex blank, forbidden", forbid(k), func(w *world) { w.a().Sex = "" }, "a>P4", "kept 0; missed K a,P4 -1/0 datum; lv=1"},
		{"arrivals too", k, func(w *world) { w.arrive(1).Birth = posting.NewMonth(1967, 4) }, "d>P4", "kept 0; missed K d,P4 22/24 month; lv=1"},
		{"pin to move", k, func(w *world) { born("男", 1967, 4)(w); w.a().Disposition = posting.MustMove }, "a>P4", "kept 0; waived K a,P4 22/24 month by pin"},
		{"exception", k, func(w *world) { born("男", 1967, 4)(w); w.except("P4") }, "a>P4", "kept 0; waived K a,P4 22/24 month by E1"},
		// Delay has its ceiling: 1990-01 retires at 63, in 2053-01.
		{"far from it", k, born("男", 1990, 1), "a>P4", "kept 1"},
	})
}

func TestRetirementCeiling(t *testing.T) {
	r := pensionRow{age: 720, to: 756, from: posting.NewMonth(2025, 1), step: 4}
	for birth, want := range map[posting.Month]posting.Month{
		posting.NewMonth(1964, 12): posting.NewMonth(2024, 12), // before the reform
		posting.NewMonth(1965, 1):  posting.NewMonth(2025, 2),
		posting.NewMonth(1965, 4):  posting.NewMonth(2025, 5),
		posting.NewMonth(1965, 5):  posting.NewMonth(2025, 7),
		posting.NewMonth(1976, 8):  posting.NewMonth(2039, 7), // 139/4+1 = 35 months
		posting.NewMonth(1976, 9):  posting.NewMonth(2039, 9), // the full 36
		posting.NewMonth(1990, 1):  posting.NewMonth(2053, 1),
	} {
		if got := r.retires(birth); got != want {
			t.Errorf("born %s: retires %s, want %s", birth, got, want)
		}
	}
}

func TestTermInProgress(t *testing.T) {
	k := clause("term_in_progress", policy.Waivable, nil)
	duty := func(d posting.Duty, until posting.Month) func(*world) {
		return func(w *world) { w.a().Duty, w.a().DutyUntil = d, until }
	}
	probation := func(year, month int) func(*world) {
		return func(w *world) { w.a().Probation = posting.NewMonth(year, month) }
	}
	check(t, []kindCase{
		{"none", k, nil, "a>P4", "kept 1"},
		{"probation to this month", k, probation(2026, 1), "a>P4", "kept 0; violated K a 1/0 person"},
		{"probation over", k, probation(2025, 12), "a>P4", "kept 1"},
		{"duty without end", k, duty(posting.Village, 0), "a>P4", "kept 0; violated K a 1/0 person"},
		{"task force", k, duty(posting.TaskForce, posting.NewMonth(2026, 6)), "a>P4", "kept 0; violated K a 1/0 person"},
		{"duty over", k, duty(posting.Support, posting.NewMonth(2025, 12)), "a>P4", "kept 1"},
		{"over in the second period", k, func(w *world) { w.cal.Periods = 2; probation(2026, 12)(w) }, "a>P4@2", "kept 1"},
		{"pin to move", k, func(w *world) { probation(2026, 1)(w); w.a().Disposition = posting.MustMove }, "a>P4", "kept 0; waived K a 1/0 person by pin"},
		{"exception", k, func(w *world) { probation(2026, 1)(w); w.except("a") }, "a>P4", "kept 0; waived K a 1/0 person by E1"},
		{"hard", clause("term_in_progress", policy.Hard, nil), func(w *world) { probation(2026, 1)(w); w.except("a") }, "a>P4", "kept 0; violated K a 1/0 person"},
		{"stays", k, probation(2026, 1), "", "kept 0"},
	})
}

func TestAreaAvoidance(t *testing.T) {
	k := clause("area_avoidance", policy.Waivable, params{"area": "place"})
	parent := clause("area_avoidance", policy.Waivable, params{"area": "parent"})
	grew := func(place string) func(*world) {
		return func(w *world) { w.post(4).HomeArea = true; w.a().GrewUp = place }
	}
	under := func(w *world) {
		grew("Z3")(w)
		w.in.Places = append(w.in.Places, posting.Place{ID: "Z3", Parent: "Z9"})
		w.place(1).Parent = "Z9"
	}
	check(t, []kindCase{
		{"elsewhere", k, grew(posting.Elsewhere), "a>P4", "kept 3"},
		{"another place", k, grew("Z2"), "a>P4", "kept 3"},
		{"the place", k, grew("Z1"), "a>P4", "kept 2; violated K a,P4 1/0 post"},
		{"post not marked", k, func(w *world) { w.a().GrewUp = "Z1" }, "a>P4", "kept 3"},
		{"a stay", k, func(w *world) { w.post(1).HomeArea = true; w.a().GrewUp = "Z1" }, "", "kept 2; violated K a,P1 1/0 post"},
		{"a stay pinned", k, func(w *world) { w.post(1).HomeArea = true; w.a().GrewUp = "Z1"; w.a().Disposition = posting.Stay }, "", "kept 2; waived K a,P1 1/0 post by pin"},
		{"a stay fixed", k, func(w *world) { w.post(1).HomeArea = true; w.a().GrewUp = "Z1"; w.fix(w.a(), "P1") }, "", "kept 2; waived K a,P1 1/0 post by pin"},
		{"exception on the post", k, func(w *world) { grew("Z1")(w); w.except("P4") }, "a>P4", "kept 2; waived K a,P4 1/0 post by E1"},
		{"unknown", k, grew(""), "a>P4", "kept 2; unverifiable K a,P4 -1/0 datum"},
		{"unknown stay is listed", k, func(w *world) { w.post(1).HomeArea = true; w.a().GrewUp = "" }, "", "kept 2; unverifiable K a,P1 -1/0 datum"},
		{"unknown forbidden", forbid(k), grew(""), "a>P4", "kept 2; violated K a,P4 -1/0 datum"},
		{"same parent counts", parent, under, "a>P4", "kept 2; violated K a,P4 1/0 post"},
		{"same parent, place asked", k, under, "a>P4", "kept 3"},
		{"hard", clause("area_avoidance", policy.Hard, params{"area": "place"}), func(w *world) { grew("Z1")(w); w.except("a") }, "a>P4", "kept 2; violated K a,P4 1/0 post"},
		{"level", clause("area_avoidance", policy.Level, params{"area": "place"}), grew("Z1"), "a>P4", "kept 2; missed K a,P4 1/0 post; lv=1"},
	})
}

func TestAuthority(t *testing.T) {
	k := clause("authority", policy.Hard, params{"nominated": "forbid", "staff_within": "system"})
	unit := clause("authority", policy.Hard, params{"nominated": "allow", "staff_within": "unit"})
	anywhere := clause("authority", policy.Hard, params{"nominated": "allow", "staff_within": "any"})
	staff := func(w *world) { w.post(1).Leading = false }
	sameSystem := func(w *world) { staff(w); w.unit(1).System = "政法" }
	check(t, []kindCase{
		{"within", k, nil, "a>P5", "kept 1"},
		{"person of another", k, func(w *world) { w.a().Authority = "市委" }, "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"both of another", k, func(w *world) { w.a().Authority, w.post(5).Authority = "市委", "市委" }, "a>P5", "kept 0; violated K a,P5 2/0 post"},
		{"blank", k, func(w *world) { w.post(5).Authority = "" }, "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"blank forbidden", forbid(k), func(w *world) { w.post(5).Authority = "" }, "a>P5", "kept 0; violated K a,P5 -1/0 datum"},
		{"blank does not hide a breach", k, func(w *world) { w.post(5).Authority = ""; w.a().Authority = "市委" }, "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"nominated", k, func(w *world) { w.post(5).Nominated = true }, "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"nominated and fixed", k, func(w *world) { w.post(5).Nominated = true; w.fix(w.a(), "P5") }, "a>P5", "kept 1"},
		{"nominated allowed", unit, func(w *world) { w.post(5).Nominated = true }, "a>P5", "kept 1"},
		{"staff across systems", k, staff, "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"staff to a leading post", k, func(w *world) { w.post(5).Leading = false }, "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"staff inside the system", k, sameSystem, "a>P5", "kept 1"},
		{"staff inside the system, unit asked", unit, sameSystem, "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"staff inside the unit", unit, staff, "a>P4", "kept 1"},
		{"staff anywhere", anywhere, staff, "a>P5", "kept 1"},
		{"arrivals may", k, func(w *world) { w.post(5).Leading = false; w.arrive(1) }, "d>P5", "kept 1"},
	})
}

func TestDisposition(t *testing.T) {
	k := clause("disposition", policy.Hard, nil)
	set := func(d posting.Disposition) func(*world) { return func(w *world) { w.a().Disposition = d } }
	fixed := func(w *world) { w.fix(w.a(), "P4") }
	two := func(f func(*world)) func(*world) { return func(w *world) { f(w); w.cal.Periods = 2 } }
	check(t, []kindCase{
		{"nobody", k, nil, "a>P4", "kept 0"},
		{"to stay, stays", k, set(posting.Stay), "", "kept 1"},
		{"to stay, moves", k, set(posting.Stay), "a>P4", "kept 0; violated K a,P4 1/0 decision"},
		{"to move, moves", k, set(posting.MustMove), "a>P4", "kept 1"},
		{"to move, stays", k, set(posting.MustMove), "", "kept 0; violated K a,P1 1/0 decision"},
		{"to move, later", k, two(set(posting.MustMove)), "a>P4@2", "kept 1; violated K a,P1 1/0 decision"},
		{"fixed, there", k, fixed, "a>P4", "kept 1"},
		{"fixed, elsewhere", k, fixed, "a>P5", "kept 0; violated K a,P5 1/0 decision"},
		{"fixed, stays", k, fixed, "", "kept 0; violated K a,P1 1/0 decision"},
		{"fixed at home, stays", k, func(w *world) { w.fix(w.a(), "P1") }, "", "kept 1"},
		{"fixed at home, moves", k, func(w *world) { w.fix(w.a(), "P1") }, "a>P4", "kept 0; violated K a,P4 1/0 decision"},
		{"unsuited post", k, func(w *world) { w.a().Unsuited = []string{"P4"} }, "a>P4", "kept 0; violated K a,P4 1/0 decision"},
		{"unsuited unit", k, func(w *world) { w.a().Unsuited = []string{"U2"} }, "a>P5", "kept 0; violated K a,P5 1/0 decision"},
		{"unsuited elsewhere", k, func(w *world) { w.a().Unsuited = []string{"U2"} }, "a>P4", "kept 1"},
		{"a leaver is not judged", k, func(w *world) { set(posting.MustMove)(w); w.leave("a", 3) }, "", "kept 0"},
		{"arrival placed", k, func(w *world) { w.fix(w.arrive(1), "P4") }, "d>P4", "kept 1"},
		{"arrival elsewhere", k, func(w *world) { w.fix(w.arrive(1), "P4") }, "d>P5", "kept 0; violated K d,P5 1/0 decision"},
		{"arrival unplaced", k, func(w *world) { w.fix(w.arrive(1), "P4") }, "", "kept 0; violated K d,P4 1/0 decision"},
		{"arrival late", k, two(func(w *world) { w.fix(w.arrive(1), "P4") }), "d>P4@2", "kept 0; violated K d,P4 1/0 decision @2"},
		{"exceptions do not help", k, func(w *world) { set(posting.Stay)(w); w.except("a") }, "a>P4", "kept 0; violated K a,P4 1/0 decision"},
	})
}
