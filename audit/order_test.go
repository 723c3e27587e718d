package audit

import (
	"fmt"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// dated is a plan whose lines read "a>P4@2/2026-03#1": period, date and order, each where it is given.
func dated(lines string) *posting.Plan {
	out := plan("")
	for _, line := range strings.Fields(lines) {
		line, order, _ := strings.Cut(line, "#")
		line, date, _ := strings.Cut(line, "/")
		a := plan(line).Assignments[0]
		fmt.Sscan(order, &a.Order)
		if err := a.Date.UnmarshalText([]byte(date)); err != nil {
			panic(err)
		}
		out.Assignments = append(out.Assignments, a)
	}
	return out
}

// orderReport judges dated lines by executable_order alone.
func orderReport(t *testing.T, modality policy.Modality, change func(*world), lines string) posting.AuditReport {
	t.Helper()
	w := newWorld()
	w.clauses = []policy.Clause{clause("executable_order", modality, params{"most_days": 30})}
	if change != nil {
		change(w)
	}
	r, err := Judge(w.index(), w.policy(), dated(lines), i18n.Zh)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestExecutableOrder(t *testing.T) {
	leaver := func(w *world) { w.leave("b", 4) }
	ba := "violated K b,a 1/0 order"
	for _, tc := range []struct {
		name   string
		change func(*world)
		lines  string
		want   string
	}{
		{"neither date nor order", nil, "a>P5 b>P1", "kept 0"},
		{"the seat is empty before", nil, "a>P5/2026-01 b>P1/2026-01", "kept 1"},
		{"later", nil, "a>P5/2026-01 b>P1/2026-03", "kept 1"},
		{"a month too early", nil, "a>P5/2026-03 b>P1/2026-02", "kept 0; " + ba},
		{"one without a date", nil, "a>P5 b>P1/2026-02", "kept 0"},
		{"in order", nil, "a>P5#1 b>P1#2", "kept 1"},
		{"the same number", nil, "a>P5#1 b>P1#1", "kept 1"},
		{"out of order", nil, "a>P5#2 b>P1#1", "kept 0; " + ba},
		{"by date and by order, once", nil, "a>P5/2026-03#2 b>P1/2026-02#1", "kept 0; " + ba},
		{"one without a number", nil, "a>P5#2 b>P1", "kept 0"},
		{"in two periods", two, "a>P5@1/2026-12 b>P1@2/2027-01", "kept 0"},
		{"after one who leaves", leaver, "a>P2/2026-04 b>/2026-04", "kept 1"},
		{"before one who leaves", leaver, "a>P2/2026-03 b>/2026-04", "kept 0; violated P01 a 1/0 field; violated K a,b 1/0 order"},
		{"before one who leaves by the input", leaver, "a>P2/2026-03", "kept 0; violated P01 a 1/0 field; violated K a,b 1/0 order"},
		{"a concurrent post given up", func(w *world) { w.a().Also = []string{"P4"} }, "a>P5/2026-03 c>P4/2026-02", "kept 0; violated K c,a 1/0 order"},
		{"a concurrent post that becomes the main one is not", func(w *world) { w.a().Also = []string{"P5"}; w.b().Also = []string{"P5"} }, "a>P5/2026-03 b>P4/2026-04",
			"kept 0; violated K a,b 1/0 order"},
		{"a secondment that ends", also(lent(12), onP5(3)), "a>P5/2026-04", "kept 1"},
		{"before it ends", also(lent(12), onP5(3)), "a>P5/2026-03", "kept 0; violated P01 a 1/0 field; violated K a,c 1/0 order"},
		{"a secondment of the plan that ends", also(lent(12), two), "a>P5/2026-02 b>P5@2/2027-02", "kept 1"},
		{"before that ends", also(lent(12), two), "a>P5/2026-02 b>P5@2/2027-01", "kept 0; violated K b,a 1/0 order @2"},
		{"that secondment without a date", also(lent(12), two), "a>P5 b>P5@2/2027-01", "kept 0"},
		{"two swap on one day", nil, "a>P2/2026-02#1 b>P1/2026-02#1", "kept 1"},
		{"on two days", nil, "a>P2/2026-02#1 b>P1/2026-03#1", "kept 0; violated K a,b 1/0 order"},
		{"with two numbers", nil, "a>P2/2026-02#1 b>P1/2026-02#2", "kept 0; violated K a,b 1/0 order"},
		{"one of them not dated", nil, "a>P2/2026-02#1 b>P1", "kept 1"},
		{"three in a ring", nil, "a>P2/2026-02 c>P1/2026-02 b>P3/2026-03", "kept 0; violated K a,b,c 1/0 order"},
	} {
		if got := told(orderReport(t, policy.Hard, tc.change, tc.lines)); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestExecutableOrderMetrics(t *testing.T) {
	five := func(w *world) { w.arriveOn("P4") } // d
	for _, tc := range []struct {
		name, lines                            string
		days, longest, over, chains, long, cyc float64
	}{
		// b takes P1 two months after a (59 days), c takes P2 a month after b (31).
		{"a chain of three", "a>P5/2026-01 b>P1/2026-03 c>P2/2026-04", 90, 59, 2, 1, 3, 0},
		{"28 days are not over", "a>P5/2026-02 b>P1/2026-03", 28, 28, 0, 1, 2, 0},
		{"no vacancy before the time", "a>P5/2026-03 b>P1/2026-02", 0, 0, 0, 1, 2, 0},
		{"a move alone is no chain", "a>P5/2026-01", 0, 0, 0, 0, 0, 0},
		{"a swap", "a>P2/2026-01 b>P1/2026-01", 0, 0, 0, 0, 0, 1},
		{"a swap and a chain", "a>P2 b>P1 d>P5 c>P4", 0, 0, 0, 1, 2, 1},
	} {
		m := orderReport(t, policy.Report, five, tc.lines).Metrics
		want := map[string]float64{"vacancy_days": tc.days, "longest": tc.longest, "over": tc.over, "chains": tc.chains, "longest_chain": tc.long, "cycles": tc.cyc}
		for name, v := range want {
			if m["K."+name] != v {
				t.Errorf("%s: %s = %g, want %g", tc.name, name, m["K."+name], v)
			}
		}
	}
}

func TestStatedGround(t *testing.T) {
	k := clause("stated_ground", policy.Hard, nil)
	held := also(lent(12), onP5(0)) // a seat that is not open
	due := clause("long_tenure", policy.Waivable, params{"must_years": 60})
	due.ID, due.Citation.Covers = "R01", []posting.Level{posting.CountyHead}
	covering := func(levels ...posting.Level) func(*world) {
		return func(w *world) {
			d := selecting(due, policy.Selector{Cadres: []string{"a"}})
			d.Citation.Covers = levels
			w.clauses = append(w.clauses, d)
		}
	}
	check(t, []kindCase{
		{"a vacancy", k, nil, "a>P5", "kept 1"},
		{"a chain", k, nil, "a>P5 b>P1", "kept 2"},
		{"a placement", k, func(w *world) { w.arrive(1) }, "d>P5", "kept 1"},
		{"stays and departures are no changes", k, func(w *world) { w.leave("a", 1) }, "", "kept 0"},
		{"an open seat", k, lent(12), "a>P5", "kept 1"},
		{"a seat that is held", k, held, "a>P5", "kept 0; violated K a,P5 0/1 ground"},
		{"held, but fixed on it", k, also(held, func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 1"},
		{"the level is covered", k, covering(posting.TownshipDeputy), "a>P5", "kept 2"},
		{"no levels stated cover all", k, covering(), "a>P5", "kept 2"},
		{"not covered", k, covering(posting.TownshipHead, posting.CountyDeputy), "a>P5", "kept 1; violated K a,P5 1/0 level"},
		{"level blank", k, also(covering(posting.TownshipHead), func(w *world) { w.a().Level = 0 }), "a>P5", "kept 1; unverifiable K a,P5 -1/0 level"},
		{"level blank, forbidden all the same", forbid(k), also(covering(posting.TownshipHead), func(w *world) { w.a().Level = 0 }), "a>P5", "kept 1; unverifiable K a,P5 -1/0 level"},
		{"not cited for one who is not due", k, covering(posting.TownshipHead), "b>P5", "kept 1; missed R01 a 60/60 month; overdue_not_moved=1"},
		{"exceptions do not help", k, also(held, func(w *world) { w.except("a") }), "a>P5", "kept 0; violated K a,P5 0/1 ground"},
	})
	w := newWorld()
	w.clauses = []policy.Clause{k}
	covering(posting.TownshipHead)(w)
	r := w.judge(t, "a>P5")
	if len(r.Violated) != 1 || !strings.Contains(r.Violated[0].Text, "R01") {
		t.Errorf("the clause is not named: %+v", r.Violated)
	}
}

// Each change is counted by its first ground.
func TestStatedGroundMetrics(t *testing.T) {
	w := newWorld()
	also(lent(12), func(w *world) {
		w.arrive(1)
		w.in.Cadres = append(w.in.Cadres, person("e", "P6"), person("f", "P7"))
		for _, id := range []string{"P6", "P7", "P8"} {
			w.in.Posts = append(w.in.Posts, posting.Post{ID: id, Unit: "U2", Weight: 3, Authority: home})
		}
		w.leave("e", 2)
		w.kin("b", "c", posting.Spouse)
		w.post(2).Superior = "P3"
		w.post(7).Term, w.in.Cadres[5].Duty, w.in.Cadres[5].DutyUntil = posting.TermMission, posting.Support, posting.NewMonth(2026, 3)
	})(w)
	due := selecting(clause("long_tenure", policy.Waivable, params{"must_years": 60}), policy.Selector{Cadres: []string{"c"}})
	due.ID = "R01"
	kin := clause("kin_avoidance", policy.Waivable, params{"kin": []string{"配偶"}})
	kin.ID = "R17"
	w.clauses = []policy.Clause{clause("stated_ground", policy.Report, nil), due, kin}
	// a is seconded, b goes by avoidance to the seat of c, c by his duty to P4, d arrives on P2, e leaves, f returns to P8.
	m := w.judge(t, "a>P5 b>P3 c>P4 d>P2 f>P8").Metrics
	for name, want := range map[string]float64{"training": 1, "avoidance": 1, "long": 1, "work": 2, "other": 1} {
		if m["K."+name] != want {
			t.Errorf("%s = %g, want %g", name, m["K."+name], want)
		}
	}
}

func TestRegimeFreeze(t *testing.T) {
	elected := params{"regime": "election", "approvals": []string{"选举"}}
	k := clause("regime_freeze", policy.Hard, elected)
	stable := clause("regime_freeze", policy.Waivable, params{"regime": "stability", "approvals": []string{"选举", "人大任免"}, "except": []string{"avoidance", "duty"}})
	strict := clause("regime_freeze", policy.Waivable, params{"regime": "stability", "approvals": []string{"选举", "人大任免"}})
	in := func(r policy.Regime, n int, how posting.Approval) func(*world) {
		return func(w *world) { w.regime, w.post(n).Approval = r, how }
	}
	from, to := in(policy.Election, 1, posting.ByElection), in(policy.Election, 5, posting.ByElection)
	stability := in(policy.Stability, 1, posting.ByCongress)
	due := func(w *world) {
		c := selecting(clause("long_tenure", policy.Waivable, params{"must_years": 60}), policy.Selector{Cadres: []string{"a"}})
		w.clauses = append(w.clauses, c)
	}
	kin := func(w *world) {
		c := clause("kin_avoidance", policy.Report, params{"kin": []string{"配偶"}})
		c.Modality = policy.Level
		c.Level = "lv"
		w.clauses = append(w.clauses, c)
		w.kin("a", "b", posting.Spouse)
		w.post(1).Superior, w.post(2).Superior, w.post(2).Unit = "P9", "P9", "U1"
	}
	broken := "kept 0; violated K a,P5 1/0 post"
	check(t, []kindCase{
		{"from an elected seat", k, from, "a>P5", broken},
		{"to an elected seat", k, to, "a>P5", broken},
		{"a placement", k, also(to, func(w *world) { w.arrive(1) }), "d>P5", "kept 0; violated K d,P5 1/0 post"},
		{"neither", k, from, "b>P5", "kept 1"},
		{"by another procedure", k, in(policy.Election, 1, posting.ByCongress), "a>P5", "kept 1"},
		{"a blank is 党委任免", clause("regime_freeze", policy.Hard, params{"regime": "election", "approvals": []string{"党委任免"}}), in(policy.Election, 1, ""), "a>P5", broken},
		{"in an ordinary year", k, in(policy.Ordinary, 1, posting.ByElection), "a>P5", "kept 0"},
		{"in the other regime", k, in(policy.Stability, 1, posting.ByElection), "a>P5", "kept 0"},
		{"stays", k, from, "", "kept 0"},
		{"a secondment", k, also(from, lent(12)), "a>P5", "kept 0"},
		{"a return", stable, also(stability, sent(3)), "a>P5", "kept 0"},
		{"stability", strict, stability, "a>P5", broken},
		{"a duty lifts it", stable, also(stability, due), "a>P5", "kept 2"},
		{"not where it is no exception", strict, also(stability, due), "a>P5", "kept 1; violated K a,P5 1/0 post"},
		{"avoidance lifts it", stable, also(stability, kin), "a>P5", "kept 2"},
		{"exception", strict, also(stability, func(w *world) { w.except("a") }), "a>P5", "kept 0; waived K a,P5 1/0 post by E1"},
		{"to move", strict, also(stability, func(w *world) { w.a().Disposition = posting.MustMove }), "a>P5", "kept 0; waived K a,P5 1/0 post by pin"},
		{"hard", k, also(from, func(w *world) { w.except("a") }), "a>P5", broken},
	})
}

func TestDepartureAudit(t *testing.T) {
	k := clause("departure_audit", policy.Waivable, nil)
	audited := func(w *world) { w.post(1).Audited = true }
	check(t, []kindCase{
		{"a listed post is left", k, audited, "a>P5", "kept 0; violated K a,P1 1/0 audit"},
		{"another post is left", k, audited, "b>P5", "kept 1"},
		{"to a listed post", k, func(w *world) { w.post(5).Audited = true }, "a>P5", "kept 1"},
		{"stays", k, audited, "", "kept 0"},
		{"a secondment keeps the post", k, also(audited, lent(12)), "a>P5", "kept 0"},
		{"a departure", k, also(audited, func(w *world) { w.leave("a", 1) }), "", "kept 0"},
		{"a placement", k, func(w *world) { w.arrive(1) }, "d>P5", "kept 0"},
		{"exception on the post left", k, also(audited, func(w *world) { w.except("P1") }), "a>P5", "kept 0; waived K a,P1 1/0 audit by E1"},
		{"weighted", clause("departure_audit", policy.Weighted, nil), audited, "a>P5", "kept 0; missed K a,P1 1/0 audit; weighted=2000"},
	})
	w := newWorld()
	audited(w)
	w.clauses = []policy.Clause{clause("departure_audit", policy.Report, nil)}
	if m := w.judge(t, "a>P5").Metrics; m["K.breach"] != 1 {
		t.Errorf("K.breach = %g, want 1", m["K.breach"])
	}
}
