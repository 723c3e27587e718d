package audit

import (
	"testing"

	"cadre/policy"
	"cadre/posting"
)

func TestLongTenure(t *testing.T) {
	five := params{"must_years": 60}
	k := selecting(clause("long_tenure", policy.Waivable, five), policy.Selector{Cadres: []string{"a"}})
	hard := selecting(clause("long_tenure", policy.Hard, five), policy.Selector{Cadres: []string{"a"}})
	short := func(w *world) { w.a().PostSince = posting.NewMonth(2021, 2) }
	unmet := "missed K a 60/60 month; overdue_not_moved=1"
	check(t, []kindCase{
		{"due and moved", k, nil, "a>P4", "kept 1"},
		{"due and not moved", k, nil, "", "kept 0; " + unmet},
		{"59 months", k, short, "", "kept 0"},
		{"due in the second period", k, func(w *world) { short(w); w.cal.Periods = 2 }, "", "kept 0; missed K a 71/60 month @2; overdue_not_moved=1"},
		{"moved in the second", k, func(w *world) { w.cal.Periods = 2 }, "a>P4@2", "kept 1; " + unmet},
		{"a leaver", k, func(w *world) { w.leave("a", 1) }, "", "kept 0"},
		{"of another authority", k, func(w *world) { w.a().Authority = "市委" }, "", "kept 0"},
		{"his post of another authority", k, func(w *world) { w.post(1).Authority = "市委" }, "", "kept 0"},
		{"of another authority, blank", k, func(w *world) { w.a().Authority, w.a().PostSince = "市委", 0 }, "", "kept 0"},
		{"blank", k, func(w *world) { w.a().PostSince = 0 }, "", "kept 0; unverifiable K a -1/60 month"},
		{"level counts as waivable does", selecting(clause("long_tenure", policy.Level, five), policy.Selector{Cadres: []string{"a"}}), nil, "", "kept 0; " + unmet},
		{"hard with a lawful destination", hard, nil, "", "kept 0; violated K a 60/60 month; overdue_not_moved=1"},
		{"exception", k, func(w *world) { w.except("P1") }, "", "kept 0; waived K a 60/60 month by E1"},
		{"to stay", k, func(w *world) { w.a().Disposition = posting.Stay }, "", "kept 0; waived K a 60/60 month by pin"},
		{"fixed at home", k, func(w *world) { w.fix(w.a(), "P1") }, "", "kept 0; waived K a 60/60 month by pin"},
		{"fixed elsewhere", k, func(w *world) { w.fix(w.a(), "P4") }, "", "kept 0; " + unmet},
		{"report", selecting(clause("long_tenure", policy.Report, five), policy.Selector{Cadres: []string{"a"}}), nil, "", "kept 0"},
	})
}

func TestOverdueCountsOnceForTwoClauses(t *testing.T) {
	w := newWorld()
	one, two := clause("long_tenure", policy.Waivable, params{"must_years": 60}), clause("long_tenure", policy.Level, params{"must_years": 48})
	two.ID = "L"
	w.clauses = []policy.Clause{one, two}
	w.except("b") // names K only
	want := "kept 2; missed K c 60/60 month; missed L b 60/48 month; missed L c 60/48 month; waived K b 60/60 month by E1; overdue_not_moved=2"
	if got := told(w.judge(t, "a>P4")); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// Causes are looked for in the order of the page.
func TestOverdueCause(t *testing.T) {
	due := selecting(clause("long_tenure", policy.Hard, params{"must_years": 60}), policy.Selector{Cadres: []string{"b"}})
	level := clause("level_match", policy.Hard, params{"up": 0, "down": 0})
	apart := clause("principals_apart", policy.Level, nil)
	pension := clause("near_retirement", policy.Level, params{"months": 600, "table": []policy.Row{
		{"sex": "男", "level_from": "", "age": "60", "to_age": "63", "from": "2025-01", "step_months": "4"}}})
	for _, tc := range []struct {
		name    string
		clauses []policy.Clause
		change  func(w *world)
		moves   string
		bin     string
		cause   string
	}{
		{"none lawful", []policy.Clause{due, level, pension}, func(w *world) { w.b().Level = posting.BureauHead }, "", "missed", "没有符合条件的去向"},
		{"held by a hard clause is none lawful", append(holdClauses(policy.Hard), due), func(w *world) { w.b().Review = true }, "", "missed", "没有符合条件的去向"},
		{"retirement", []policy.Clause{due, level, pension}, nil, "", "violated", "临近退休"},
		// Born 1980-01, b retires at 63 in 2043-01: 204 months.
		{"just not near retirement", []policy.Clause{due, months(pension, 204)}, nil, "", "violated", "受其他要求或者更优先的目标所限"},
		{"just near retirement", []policy.Clause{due, months(pension, 205)}, nil, "", "violated", "临近退休"},
		{"partner", []policy.Clause{due, apart}, func(w *world) {
			w.post(2).Role, w.post(3).Role = posting.PartyPrincipal, posting.GovernmentPrincipal
		}, "c>P4", "violated", "同一单位另一名党政正职已调整"},
		{"partner stays", []policy.Clause{due, apart}, func(w *world) {
			w.post(2).Role, w.post(3).Role = posting.PartyPrincipal, posting.GovernmentPrincipal
		}, "a>P4", "violated", "受其他要求或者更优先的目标所限"},
		{"the second principal, partner stays", []policy.Clause{due, apart}, func(w *world) {
			w.post(3).Role, w.post(2).Role = posting.PartyPrincipal, posting.GovernmentPrincipal
		}, "a>P4", "violated", "受其他要求或者更优先的目标所限"},
		{"the second principal, partner goes", []policy.Clause{due, apart}, func(w *world) {
			w.post(3).Role, w.post(2).Role = posting.PartyPrincipal, posting.GovernmentPrincipal
		}, "c>P4", "violated", "同一单位另一名党政正职已调整"},
		{"hold", []policy.Clause{due}, func(w *world) { w.b().Care = true }, "", "violated", "暂不列入本批（组织掌握）"},
		{"higher level", []policy.Clause{due}, nil, "", "violated", "受其他要求或者更优先的目标所限"},
	} {
		w := newWorld()
		w.clauses = tc.clauses
		if tc.change != nil {
			tc.change(w)
		}
		r := w.judge(t, tc.moves)
		list := map[string][]posting.Finding{"missed": r.Missed, "violated": r.Violated}[tc.bin]
		want := "乙二（民政局副职2）：任现职5年0个月，应交流未能安排，原因：" + tc.cause + "（条款）"
		if len(list) != 1 || list[0].Text != want {
			t.Errorf("%s: got %+v\nwant one %s: %s", tc.name, list, tc.bin, want)
		}
	}
}

// months is a clause on retirement with another number of months.
func months(c policy.Clause, n int) policy.Clause {
	c.Params = params{"months": n, "table": c.Params["table"]}
	return c
}

// shareClause is a clause of yearly_share over all, in whole years, that counts moves to another unit.
func shareClause(num, den int64, change func(p params)) policy.Clause {
	p := params{"share": policy.Ratio{Num: num, Den: den}, "candidate_years": 60, "counts": "other_unit", "rounding": "up",
		"apply_to": "together", "count": "batch", "exclude": []string(nil)}
	if change != nil {
		change(p)
	}
	return clause("yearly_share", policy.Level, p)
}

func TestYearlyShare(t *testing.T) {
	third := shareClause(1, 3, nil)
	half := shareClause(1, 2, nil)
	posts := shareClause(1, 2, func(p params) { p["counts"] = "other_post" })
	year := shareClause(1, 2, func(p params) { p["count"] = "year" })
	units := shareClause(1, 2, func(p params) { p["apply_to"] = "each_unit" })
	waivableUnits := units
	waivableUnits.Modality = policy.Waivable
	without := func(classes ...string) policy.Clause {
		return shareClause(1, 1, func(p params) { p["exclude"] = classes })
	}
	short := func(w *world) { w.a().PostSince = posting.NewMonth(2021, 2) }
	done := func(cadre, from, to string) func(*world) {
		return func(w *world) {
			short(w) // a is not eligible, b and c are
			w.in.Done = append(w.in.Done, posting.Done{Cadre: cadre, From: from, To: to})
		}
	}
	check(t, []kindCase{
		{"a third of three", third, nil, "a>P5", "kept 1"},
		{"none moved", third, nil, "", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"half of three, up", half, nil, "a>P5", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"half of three, down", shareClause(1, 2, func(p params) { p["rounding"] = "down" }), nil, "a>P5", "kept 1"},
		{"half of three, nearest", shareClause(1, 2, func(p params) { p["rounding"] = "nearest" }), nil, "a>P5", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"a quarter of three, nearest", shareClause(1, 4, func(p params) { p["rounding"] = "nearest" }), nil, "a>P5", "kept 1"},
		{"a sixth of three, nearest: halves up", shareClause(1, 6, func(p params) { p["rounding"] = "nearest" }), nil, "", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"59 months are not eligible", half, short, "b>P4", "kept 1"},
		{"moves of others do not count", half, short, "a>P5", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"inside the unit does not count", third, nil, "b>P5", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"inside the unit counts for posts", posts, nil, "b>P5 a>P2", "kept 1"},
		{"advances never count", third, func(w *world) { w.post(5).Weight = 4 }, "a>P5", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"promotions never count", third, func(w *world) { w.post(5).Level = posting.TownshipHead }, "a>P5", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"leavers are out", half, func(w *world) { w.leave("a", 1) }, "b>P4", "kept 1"},
		{"village duty is out", half, func(w *world) { w.a().Duty = posting.Village }, "b>P4", "kept 1"},
		{"task force is in", half, func(w *world) { w.a().Duty = posting.TaskForce }, "b>P4", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"duty over is in", half, func(w *world) { w.a().Duty, w.a().DutyUntil = posting.Village, posting.NewMonth(2025, 12) }, "b>P4",
			"kept 0; missed K  1/2 person; yearly_shares=1"},
		{"another authority is out", half, func(w *world) { w.post(1).Authority = "市委" }, "b>P4", "kept 1"},
		{"blank tenure", half, func(w *world) { w.a().PostSince = 0 }, "b>P4", "kept 1; unverifiable K a -1/60 month"},
		{"held are in", shareClause(1, 1, nil), func(w *world) { w.a().Hold = true }, "b>P4 c>P1", "kept 0; missed K  2/3 person; yearly_shares=1"},
		{"unless left out", without("held"), func(w *world) { w.a().Hold = true }, "b>P4", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"pinned left out", without("pinned"), func(w *world) { w.a().Disposition = posting.Stay }, "b>P4", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"fixed left out", without("pinned"), func(w *world) { w.fix(w.a(), "P4") }, "b>P4", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"to move is not left out", without("pinned"), func(w *world) { w.a().Disposition = posting.MustMove }, "b>P4 c>P1", "kept 0; missed K  2/3 person; yearly_shares=1"},
		{"deferred left out", without("deferred"), func(w *world) { w.a().Care = true }, "b>P4", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"consenting are not deferred", without("deferred"), func(w *world) { w.a().Care, w.a().Consents = true, []string{"P4"} }, "b>P4 c>P1",
			"kept 0; missed K  2/3 person; yearly_shares=1"},
		{"moved earlier this year", year, done("a", "P2", "P1"), "", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"counted once", year, func(w *world) { done("a", "P2", "P1")(w); done("a", "P3", "P1")(w) }, "b>P4", "kept 1"},
		{"inside the unit earlier", year, done("a", "P4", "P1"), "", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"to where he was", year, done("a", "P1", "P1"), "b>P4", "kept 1"},
		{"from a post that is not in the table", year, done("a", "old", "P1"), "b>P4", "kept 1"},
		{"to a post that is not in the table", year, done("a", "P1", "old"), "b>P4", "kept 1"},
		{"by one who is not in the table", year, done("x", "P2", "P1"), "b>P4", "kept 1"},
		{"by promotion earlier", year, func(w *world) { done("a", "P2", "P1")(w); w.post(1).Level = posting.TownshipHead }, "", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"eligible again", year, func(w *world) { done("a", "P2", "P1")(w); w.a().PostSince = posting.NewMonth(2021, 1) }, "b>P4", "kept 0; missed K  1/2 person; yearly_shares=1"},
		{"not with batch", half, done("a", "P2", "P1"), "", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"unit by unit", units, nil, "a>P5", "kept 1; missed K U2 0/1 person; yearly_shares=1"},
		{"unit by unit, two short", units, nil, "", "kept 0; missed K U1 0/1 person; missed K U2 0/1 person; yearly_shares=2"},
		{"unit by unit, earlier in the unit of now", shareClause(1, 2, func(p params) { p["apply_to"] = "each_unit"; p["count"] = "year" }), done("a", "P2", "P1"), "b>P4", "kept 2"},
		{"a unit left out", waivableUnits, func(w *world) { w.except("U2") }, "a>P5", "kept 1; waived K U2 0/1 person by E1"},
		{"pins stay in", shareClause(1, 1, nil), func(w *world) { w.a().Disposition = posting.Stay }, "b>P4 c>P1", "kept 0; missed K  2/3 person; yearly_shares=1"},
		{"two periods", shareClause(1, 3, nil), func(w *world) { w.cal.Periods = 2 }, "a>P5", "kept 1; missed K  0/1 person @2; yearly_shares=1"},
	})
}

// The page's own example: 81 eligible, 2 earlier, 25 %, up: 21 asked, 19 more to move.
func TestShareRoundingOfTheExample(t *testing.T) {
	quarter := policy.Ratio{Num: 1, Den: 4}
	for how, want := range map[string]int{"up": 21, "down": 20, "nearest": 21} {
		if got := rounded(quarter, 83, how); got != want {
			t.Errorf("25%% of 83, %s: %d, want %d", how, got, want)
		}
	}
	if got := rounded(quarter, 84, "up"); got != 21 {
		t.Errorf("25%% of 84: %d, want 21", got)
	}
}

func TestShareMetrics(t *testing.T) {
	w := newWorld()
	c := shareClause(1, 2, func(p params) { p["count"] = "year" })
	c.ID = "R12"
	w.clauses = []policy.Clause{c}
	w.cal.Periods = 2
	w.a().PostSince = posting.NewMonth(2021, 2)
	w.c().Disposition = posting.Stay
	w.in.Done = []posting.Done{{Cadre: "a", From: "P2", To: "P1"}}
	m := w.judge(t, "").Metrics
	for name, want := range map[string]float64{"R12.eligible": 3, "R12.asked": 2, "R12.earlier": 1, "R12.moved": 1, "R12.short": 1, "R12.pinned": 1,
		"R12.eligible@1": 3, "R12.asked@2": 2, "R12.eligible@2": 3, "R12.moved@2": 0, "R12.earlier@2": 0, "R12.short@2": 2} {
		if got, ok := m[name]; !ok || got != want {
			t.Errorf("%s = %g (%v), want %g", name, got, ok, want)
		}
	}
}

func TestMoveGround(t *testing.T) {
	k := clause("move_ground", policy.Hard, params{"max_chain": 6})
	full := func(w *world) { w.arriveOn("P4"); w.in.Posts = w.in.Posts[:4] } // a P1, b P2, c P3, d P4, no seat empty
	pin := func(w *world) { full(w); w.a().Disposition = posting.MustMove }
	check(t, []kindCase{
		{"to an empty seat", k, nil, "a>P4", "kept 1"},
		{"to a leaver's seat", k, func(w *world) { full(w); w.leave("d", 3) }, "a>P4", "kept 1"},
		{"a chain that ends at an empty seat", k, nil, "a>P4 b>P1", "kept 2"},
		{"a chain that ends at a pin", k, pin, "a>P4 d>P2 b>P1", "kept 3"},
		{"a swap without a ground", k, full, "a>P2 b>P1", "kept 0; violated K a,P2 -1/6 link; violated K b,P1 -1/6 link"},
		{"a swap with one", k, pin, "a>P2 b>P1", "kept 2"},
		{"after one who stays", k, full, "a>P2", "kept 0; violated K a,P2 -1/6 link"},
		{"too long a chain", clause("move_ground", policy.Hard, params{"max_chain": 1}), nil, "a>P4 b>P1 c>P2", "kept 2; violated K c,P2 2/1 link"},
		{"just long enough", clause("move_ground", policy.Hard, params{"max_chain": 2}), nil, "a>P4 b>P1 c>P2", "kept 3"},
		{"the predecessor goes later", k, func(w *world) { w.cal.Periods = 2 }, "a>P4@2 b>P1", "kept 1; violated K b,P1 -1/6 link"},
		{"the predecessor went before", k, func(w *world) { w.cal.Periods = 2 }, "a>P4 b>P1@2", "kept 2"},
		{"placements need none", k, func(w *world) { full(w); w.arrive(1).ID = "e" }, "e>P1", "kept 0"},
		{"most moves", clause("move_ground", policy.Hard, params{"max_chain": 6, "max_moves": 1}), nil, "a>P4 b>P5", "kept 2; violated K  2/1 move"},
		{"just most moves", clause("move_ground", policy.Hard, params{"max_chain": 6, "max_moves": 2}), nil, "a>P4 b>P5", "kept 3"},
		{"exceptions do not help", k, func(w *world) { full(w); w.except("a") }, "a>P2", "kept 0; violated K a,P2 -1/6 link"},
	})
}

// areaClause is a clause on the home area that comes after the others.
func areaClause() policy.Clause {
	c := clause("area_avoidance", policy.Level, params{"area": "place"})
	c.ID = "AREA"
	return c
}

// Own grounds by clause: due, eligible, avoidance; held and deferred members have none.
func TestOwnGroundsCarryAMove(t *testing.T) {
	ground := clause("move_ground", policy.Hard, params{"max_chain": 6})
	eligible := shareClause(1, 100, func(p params) { p["rounding"] = "down" })
	eligible.ID = "R12"
	for _, tc := range []struct {
		name   string
		change func(w *world)
		want   string
	}{
		{"eligible", nil, "kept 2"},
		{"held", func(w *world) { w.a().Hold = true }, "kept 1; violated K a,P2 -1/6 link"},
		{"held, to move by pin", func(w *world) { w.a().Hold, w.a().Disposition = true, posting.MustMove }, "kept 2"},
		{"held, seat to be avoided", func(w *world) {
			w.a().Hold, w.a().GrewUp, w.post(1).HomeArea = true, "Z1", true
			w.clauses = append(w.clauses, areaClause())
		}, "kept 5"},
		{"held, seat not to be avoided", func(w *world) {
			w.a().Hold, w.a().GrewUp, w.post(1).HomeArea = true, "Z2", true
			w.clauses = append(w.clauses, areaClause())
		}, "kept 4; violated K a,P2 -1/6 link"},
		{"deferred", func(w *world) { w.a().Care = true }, "kept 1; violated K a,P2 -1/6 link"},
		{"not eligible", func(w *world) { w.a().PostSince = posting.NewMonth(2021, 2) }, "kept 1; violated K a,P2 -1/6 link"},
		{"the share is off", func(w *world) { w.clauses[1].Off = true }, "kept 0; violated K a,P2 -1/6 link"},
		{"the share is measured only", func(w *world) { w.clauses[1].Modality = policy.Report }, "kept 0; violated K a,P2 -1/6 link"},
		{"the share is not in force yet", func(w *world) { w.clauses[1].From = posting.NewMonth(2026, 2) }, "kept 0; violated K a,P2 -1/6 link"},
	} {
		w := newWorld()
		w.clauses = []policy.Clause{ground, eligible}
		if tc.change != nil {
			tc.change(w)
		}
		if got := told(w.judge(t, "a>P2")); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}
