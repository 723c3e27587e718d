package audit

import (
	"testing"

	"cadre/policy"
	"cadre/posting"
)

func TestHeadcount(t *testing.T) {
	k := clause("headcount", policy.Hard, nil)
	// Groups without a headcount: the five seats. With a headcount of deputies of U2: six.
	deputies := func(n int) func(*world) { return func(w *world) { w.unit(2).Deps = n } }
	also := func(w *world) { w.b().Also = []string{"P5"} }
	check(t, []kindCase{
		{"nobody moves", k, nil, "", "kept 5"},
		{"to an empty seat", k, nil, "a>P4", "kept 5"},
		{"two on one seat", k, nil, "a>P2", "kept 4; violated K P2,a,b 2/1 seat"},
		{"into the seat of one who moves", k, nil, "a>P2 b>P4", "kept 5"},
		{"into the seat of one who leaves", k, func(w *world) { w.leave("b", 12) }, "a>P2", "kept 5"},
		{"before he leaves", k, func(w *world) { w.cal.Periods = 2; w.leave("b", 13) }, "a>P2", "kept 9; violated K P2,a,b 2/1 seat"},
		{"a concurrent holder", k, also, "a>P5", "kept 4; violated K P5,a,b 2/1 seat"},
		{"a concurrent holder moves", k, also, "a>P5 b>P4", "kept 5"},
		{"two on a seat from the start", k, func(w *world) { w.c().Also = []string{"P2"} }, "", "kept 5"},
		{"the same, another comes for one who goes", k, func(w *world) { w.c().Also = []string{"P2"} }, "a>P2 b>P4", "kept 4; violated K P2,a,c 2/1 seat"},
		{"within the headcount", k, deputies(3), "a>P5", "kept 6"},
		{"above the headcount", k, deputies(2), "a>P5", "kept 5; violated K U2,a,b,c 3/2 seat"},
		{"one for one", k, deputies(2), "a>P5 b>P4", "kept 6"},
		{"above from the start", k, deputies(1), "", "kept 6"},
		{"above, a move inside", k, deputies(1), "b>P5", "kept 6"},
		{"above, one for one", k, deputies(1), "a>P5 b>P4", "kept 5; violated K U2,a,c 2/1 seat"},
		{"down to the limit", k, deputies(1), "a>P5 b>P4 c>P1", "kept 6"},
		{"seats that do not count", k, func(w *world) { deputies(2)(w); w.post(5).Counts = false }, "a>P5", "kept 6"},
		{"another grade", k, func(w *world) { deputies(2)(w); w.post(5).Role = posting.MiddleHead }, "a>P5", "kept 6"},
		{"concurrent posts count", k, func(w *world) { deputies(3)(w); also(w) }, "", "kept 6"},
		{"concurrent posts above", k, func(w *world) { deputies(2)(w); also(w) }, "a>P3 c>P4", "kept 5; violated K U2,a,b 3/2 seat"},
		{"exceptions do not help", k, func(w *world) { w.except("P2") }, "a>P2", "kept 4; violated K P2,a,b 2/1 seat"},
		{"report", clause("headcount", policy.Report, nil), nil, "a>P2", "kept 0"},
	})
}

func TestKeepsPost(t *testing.T) {
	k := clause("keeps_post", policy.Level, nil)
	check(t, []kindCase{
		{"all keep theirs", k, nil, "", "kept 3"},
		{"one is dropped", k, nil, "a>", "kept 2; violated K a 0/1 post"},
		{"one leaves by the input", k, func(w *world) { w.leave("a", 1) }, "a>", "kept 3"},
		{"dropped before he leaves", k, func(w *world) { w.cal.Periods = 2; w.leave("a", 13) }, "a>@1", "kept 2; violated K a 0/1 post"},
		{"arrival placed", k, func(w *world) { w.arrive(1) }, "d>P4", "kept 4"},
		{"arrival unplaced", k, func(w *world) { w.arrive(1) }, "d>", "kept 3; missed K d 0/1 post; arrivals_unplaced=1"},
		{"arrival not listed", k, func(w *world) { w.arrive(1) }, "", "kept 3; missed K d 0/1 post; arrivals_unplaced=1"},
		{"arrives after the horizon", k, func(w *world) { w.arrive(13) }, "", "kept 3"},
		{"must be placed", clause("keeps_post", policy.Hard, nil), func(w *world) { w.arrive(1) }, "", "kept 3; violated K d 0/1 post"},
		{"nobody is left out", k, func(w *world) { w.arrive(1); w.except("d") }, "", "kept 3; missed K d 0/1 post; arrivals_unplaced=1"},
	})
}

func TestPrincipalsApart(t *testing.T) {
	k := clause("principals_apart", policy.Level, nil)
	two := func(w *world) { w.post(2).Role, w.post(3).Role = posting.PartyPrincipal, posting.GovernmentPrincipal }
	with := func(f func(*world)) func(*world) { return func(w *world) { two(w); f(w) } }
	broken := "kept 0; missed K U2,b,c 2/1 person; lv=1"
	check(t, []kindCase{
		{"one goes", k, two, "b>P4", "kept 1"},
		{"both go", k, two, "b>P4 c>P5", broken},
		{"one goes, one leaves", k, with(func(w *world) { w.leave("b", 6) }), "c>P5", broken},
		{"both leave", k, with(func(w *world) { w.leave("b", 6); w.leave("c", 6) }), "", "kept 0"},
		{"in two periods", k, with(func(w *world) { w.cal.Periods = 2 }), "b>P4 c>P5@2", "kept 2"},
		{"one principal", k, func(w *world) { w.post(2).Role = posting.PartyPrincipal }, "b>P4 c>P5", "kept 0"},
		{"one is to move", k, with(func(w *world) { w.b().Disposition = posting.MustMove }), "b>P4 c>P5", "kept 0; waived K U2,b,c 2/1 person by pin"},
		{"one is fixed elsewhere", k, with(func(w *world) { w.fix(w.c(), "P5") }), "b>P4 c>P5", "kept 0; waived K U2,b,c 2/1 person by pin"},
		{"both by pins", k, with(func(w *world) { w.b().Disposition = posting.MustMove; w.fix(w.c(), "P5") }), "b>P4 c>P5", "kept 0"},
		{"exception on the unit", k, with(func(w *world) { w.except("U2") }), "b>P4 c>P5", "kept 0; waived K U2,b,c 2/1 person by E1"},
		{"exception on a post", k, with(func(w *world) { w.except("P3") }), "b>P4 c>P5", "kept 0; waived K U2,b,c 2/1 person by E1"},
		{"waivable", clause("principals_apart", policy.Waivable, nil), two, "b>P4 c>P5", "kept 0; violated K U2,b,c 2/1 person"},
		{"hard", clause("principals_apart", policy.Hard, nil), with(func(w *world) { w.except("U2") }), "b>P4 c>P5", "kept 0; violated K U2,b,c 2/1 person"},
		{"one not matched", selecting(k, policy.Selector{Cadres: []string{"b"}}), two, "b>P4 c>P5", "kept 0"},
	})
}

// reaching is the clause with a selector `to`.
func reaching(c policy.Clause, s policy.Selector) policy.Clause { c.To = s; return c }

// selecting is the clause with a selector `for`.
func selecting(c policy.Clause, s policy.Selector) policy.Clause { c.For = s; return c }

func TestTeamOutflow(t *testing.T) {
	third := params{"share": policy.Ratio{Num: 1, Den: 3}, "least": 1}
	none := params{"share": policy.Ratio{Num: 1, Den: 3}, "least": 0}
	k := clause("team_outflow", policy.Waivable, third)
	out := func(w *world) { w.arriveOn("P4") } // U1 has P1 and P4, U2 P2, P3 and P5: limits 1 and 1
	check(t, []kindCase{
		{"one of three", k, nil, "b>P4", "kept 2"},
		{"two of three", k, nil, "b>P4 c>P1 a>P5", "kept 1; violated K U2,b,c 2/1 person"},
		{"two thirds allowed", clause("team_outflow", policy.Waivable, params{"share": policy.Ratio{Num: 2, Den: 3}, "least": 1}), nil, "b>P4 c>P1 a>P5", "kept 2"},
		{"inside the team", k, nil, "b>P5 c>P2", "kept 2"},
		{"to a post of the unit outside the team", k, func(w *world) { w.post(5).Team = false }, "b>P5 c>P4", "kept 1; violated K U2,b,c 2/1 person"},
		{"one may always go", k, out, "d>P5", "kept 2"},
		{"least 0", clause("team_outflow", policy.Waivable, none), nil, "a>P5", "kept 1; violated K U1,a 1/0 person"},
		{"departures do not count", k, func(w *world) { w.leave("b", 1) }, "c>P4", "kept 2"},
		{"pins do not count", k, func(w *world) { w.b().Disposition = posting.MustMove }, "b>P4 c>P1 a>P5", "kept 1; waived K U2,b,c 2/1 person by pin"},
		{"nor do exceptions", k, func(w *world) { w.except("c") }, "b>P4 c>P1 a>P5", "kept 1; waived K U2,b,c 2/1 person by E1"},
		{"the unit left out", k, func(w *world) { w.except("U2") }, "b>P4 c>P1 a>P5", "kept 1; waived K U2,b,c 2/1 person by E1"},
		{"a pin that makes no breach", k, func(w *world) { w.b().Disposition = posting.MustMove }, "b>P4", "kept 2"},
		{"only matching movers", selecting(k, policy.Selector{Cadres: []string{"b"}}), nil, "b>P4 c>P1 a>P5", "kept 2"},
		{"election", k, func(w *world) { w.regime = policy.Election }, "b>P4 c>P1 a>P5", "kept 0"},
		{"level", clause("team_outflow", policy.Level, none), nil, "b>P4 c>P1 a>P5", "kept 0; missed K U1,a 1/0 person; missed K U2,b,c 2/1 person; lv=2"},
		{"by period", k, func(w *world) { w.cal.Periods = 2 }, "b>P4 c>P1@2 a>P5", "kept 4"},
	})
}

func TestUnitInflow(t *testing.T) {
	k := clause("unit_inflow", policy.Level, params{"share": policy.Ratio{Num: 1, Den: 3}, "least": 1})
	half := clause("unit_inflow", policy.Level, params{"share": policy.Ratio{Num: 1, Den: 2}, "least": 0})
	arrival := func(w *world) { w.arrive(1) }
	check(t, []kindCase{
		{"one newcomer", k, nil, "a>P5", "kept 2"},
		{"two newcomers", k, arrival, "a>P5 d>P2", "kept 1; missed K U2,a,d 2/1 person; lv=1"},
		{"from the unit itself", k, arrival, "d>P5 b>P5", "kept 2"},
		{"half of two is one, half of three too", half, arrival, "b>P4 d>P1", "kept 1; missed K U1,b,d 2/1 person; lv=1"},
		{"two thirds of three are two", clause("unit_inflow", policy.Level, params{"share": policy.Ratio{Num: 2, Den: 3}, "least": 0}), arrival, "a>P5 d>P2", "kept 2"},
		{"only matching destinations", reaching(k, policy.Selector{Posts: []string{"P5"}}), arrival, "a>P5 d>P2", "kept 2"},
		{"whoever comes", selecting(k, policy.Selector{Cadres: []string{"a"}}), arrival, "a>P5 d>P2", "kept 1; missed K U2,a,d 2/1 person; lv=1"},
		{"fixed ones do not count", k, func(w *world) { w.fix(w.arrive(1), "P2") }, "a>P5 d>P2", "kept 1; waived K U2,a,d 2/1 person by pin"},
		{"to move does", k, func(w *world) { arrival(w); w.a().Disposition = posting.MustMove }, "a>P5 d>P2", "kept 1; missed K U2,a,d 2/1 person; lv=1"},
		{"exceptions do not count", k, func(w *world) { arrival(w); w.except("a") }, "a>P5 d>P2", "kept 1; waived K U2,a,d 2/1 person by E1"},
		{"the unit left out", k, func(w *world) { arrival(w); w.except("U2") }, "a>P5 d>P2", "kept 1; waived K U2,a,d 2/1 person by E1"},
		{"waivable", clause("unit_inflow", policy.Waivable, params{"share": policy.Ratio{Num: 1, Den: 3}, "least": 1}), arrival, "a>P5 d>P2",
			"kept 1; violated K U2,a,d 2/1 person"},
	})
}

func TestLodging(t *testing.T) {
	k := clause("lodging", policy.Waivable, params{"commute_minutes": 60, "family_of": 4})
	// Z1 has two places, its post P4 is 90 minutes from everybody's home; P1 is left by a.
	places := func(n, outside int) func(*world) {
		return func(w *world) { w.place(1).Lodging, w.place(1).Outside = n, outside }
	}
	blank := func(w *world) { w.place(1).Lodging = posting.Unknown }
	check(t, []kindCase{
		{"two for two", k, nil, "b>P4 c>P1 a>P5", "kept 2"},
		{"one for two", k, places(2, 1), "b>P4 c>P1 a>P5", "kept 1; violated K Z1,b,c 2/1 place"},
		{"can commute", k, func(w *world) { places(0, 0)(w); w.in.Trips[0].Minutes = 60 }, "b>P4", "kept 2"},
		{"just too far", k, func(w *world) { places(0, 0)(w); w.in.Trips[0].Minutes = 61 }, "b>P4", "kept 1; violated K Z1,b 1/0 place"},
		{"must live in", k, func(w *world) { places(0, 0)(w); w.in.Trips[0].Minutes = 5; w.post(4).LiveIn = true }, "b>P4", "kept 1; violated K Z1,b 1/0 place"},
		{"a family of four", k, func(w *world) { places(1, 0)(w); w.b().FamilySize = 4 }, "b>P4", "kept 1; violated K Z1,b 2/1 place"},
		{"lodgers stay", k, func(w *world) { places(1, 0)(w); w.a().Lodging = "Z1" }, "b>P4", "kept 1; violated K Z1,b 2/1 place"},
		{"lodgers release", k, func(w *world) { places(1, 0)(w); w.a().Lodging = "Z1" }, "b>P4 a>P5", "kept 2"},
		{"leavers release, but not by more than there is", k, func(w *world) { places(0, 0)(w); w.a().Lodging = "Z1"; w.leave("a", 1) }, "b>P4",
			"kept 1; violated K Z1,b 1/0 place"},
		{"over from the start", k, func(w *world) { places(0, 0)(w); w.a().Lodging = "Z1" }, "b>P4 a>P5", "kept 2"},
		{"a mover keeps his places", k, func(w *world) { places(1, 0)(w); w.a().Lodging = "Z1" }, "a>P4", "kept 2"},
		{"fixed", k, func(w *world) { places(0, 0)(w); w.fix(w.b(), "P4") }, "b>P4", "kept 1; waived K Z1,b 1/0 place by pin"},
		{"exception on the unit", k, func(w *world) { places(0, 0)(w); w.except("U1") }, "b>P4", "kept 1; waived K Z1,b 1/0 place by E1"},
		{"exception on the seat left is none", k, func(w *world) { places(0, 0)(w); w.except("P2") }, "b>P4", "kept 1; violated K Z1,b 1/0 place"},
		{"exception that makes no breach", k, func(w *world) { w.except("b") }, "b>P4", "kept 2"},
		{"lodging blank", k, blank, "b>P4", "kept 1; unverifiable K b,P4 -1/0 datum"},
		{"lodging blank, forbidden", forbid(k), blank, "b>P4", "kept 1; violated K Z1,b 1/0 place"},
		{"minutes blank", k, func(w *world) { w.b().Home = "" }, "b>P4", "kept 2; unverifiable K b,P4 -1/0 datum"},
		{"minutes blank, forbidden", forbid(k), func(w *world) { places(0, 0)(w); w.b().Home = "" }, "b>P4", "kept 1; violated K Z1,b 1/0 place"},
		{"level", clause("lodging", policy.Level, params{"commute_minutes": 60, "family_of": 4}), places(0, 0), "b>P4", "kept 1; missed K Z1,b 1/0 place; lv=1"},
		{"second period", k, func(w *world) { places(0, 0)(w); w.cal.Periods = 2 }, "b>P4@2", "kept 3; violated K Z1,b 1/0 place @2"},
	})
}

func TestKinAvoidance(t *testing.T) {
	k := clause("kin_avoidance", policy.Waivable, params{"kin": []string{"配偶", "直系血亲"}})
	kin := func(w *world) {
		w.kin("a", "b", posting.Spouse)
		w.post(5).Superior, w.post(2).Superior, w.post(3).Superior = "P3", "P3", "X"
	}
	with := func(f func(*world)) func(*world) { return func(w *world) { kin(w); f(w) } }
	broken := "kept 0; violated K a,b,P5,P2 1/0 pair"
	check(t, []kindCase{
		{"in two units", k, kin, "", "kept 1"},
		{"under one leader", k, kin, "a>P5", broken},
		{"one above the other", k, with(func(w *world) { w.post(2).Superior = "P5" }), "a>P5", broken},
		{"other leaders", k, with(func(w *world) { w.post(5).Superior = "Y" }), "a>P5", "kept 1"},
		{"a group that is not listed", k, with(func(w *world) { w.in.Ties[0].Kin = posting.InLaw }), "a>P5", "kept 0"},
		{"stays count", k, func(w *world) { kin(w); w.kin("b", "c", posting.Lineal) }, "", "kept 1; violated K b,c,P2,P3 1/0 pair"},
		{"every period", k, func(w *world) { kin(w); w.cal.Periods = 2 }, "a>P5@2", "kept 1; violated K a,b,P5,P2 1/0 pair @2"},
		{"a leader is not known", k, with(func(w *world) { w.post(5).Superior = "" }), "a>P5", "kept 0; unverifiable K a,b,P5,P2 -1/0 pair"},
		{"the same, forbidden", forbid(k), with(func(w *world) { w.post(5).Superior = "" }), "a>P5", broken},
		{"a principal needs none", k, with(func(w *world) { w.post(5).Superior = ""; w.post(2).Role = posting.GovernmentPrincipal }), "a>P5", "kept 1"},
		{"both blank", k, with(func(w *world) { w.post(5).Superior, w.post(2).Superior = "", "" }), "a>P5", "kept 0; unverifiable K a,b,P5,P2 -1/0 pair"},
		{"exception on one", k, with(func(w *world) { w.except("b") }), "a>P5", "kept 0; waived K a,b,P5,P2 1/0 pair by E1"},
		{"exception on the unit", k, with(func(w *world) { w.except("U2") }), "a>P5", "kept 0; waived K a,b,P5,P2 1/0 pair by E1"},
		{"exception on the unit left", k, with(func(w *world) { w.except("U1") }), "a>P5", broken},
		{"both pinned", k, with(func(w *world) { w.fix(w.a(), "P5"); w.b().Disposition = posting.Stay }), "a>P5", "kept 0; waived K a,b,P5,P2 1/0 pair by pin"},
		{"one pinned", k, with(func(w *world) { w.fix(w.a(), "P5") }), "a>P5", broken},
		{"hard", clause("kin_avoidance", policy.Hard, params{"kin": []string{"配偶"}}), with(func(w *world) { w.except("a") }), "a>P5", broken},
		{"level", clause("kin_avoidance", policy.Level, params{"kin": []string{"配偶"}}), kin, "a>P5", "kept 0; missed K a,b,P5,P2 1/0 pair; lv=1"},
		{"an arrival", k, with(func(w *world) { w.arrive(1); w.in.Ties[0].A = "d" }), "d>P5", "kept 0; violated K d,b,P5,P2 1/0 pair"},
		{"no selector is asked", selecting(k, policy.Selector{Cadres: []string{"c"}}), kin, "a>P5", broken},
		{"an arrival unplaced", k, with(func(w *world) { w.arrive(1); w.in.Ties[0].A = "d" }), "", "kept 0"},
	})
}

func TestCoupleNear(t *testing.T) {
	k := clause("couple_near", policy.Weighted, params{"minutes": 60})
	pair := func(a, b string) func(*world) { return func(w *world) { w.kin(a, b, posting.Spouse) } }
	broken := "kept 0; missed K b,c 90/60 minute; weighted=2000"
	bc := pair("b", "c")
	with := func(f func(*world)) func(*world) { return func(w *world) { bc(w); f(w) } }
	check(t, []kindCase{
		{"nobody moves", k, pair("a", "b"), "", "kept 0"},
		{"moved apart", k, bc, "b>P4", broken},
		{"moved together", k, bc, "b>P4 c>P1 a>P5", "kept 1"},
		{"near", k, with(func(w *world) { w.in.Trips[0].Minutes = 60 }), "b>P4", "kept 1"},
		{"61 is not near", k, with(func(w *world) { w.in.Trips[0].Minutes = 61 }), "b>P4", "kept 0; missed K b,c 61/60 minute; weighted=2000"},
		{"still apart after a move", k, pair("a", "b"), "b>P5", "kept 0; missed K a,b 90/60 minute; weighted=2000"},
		{"every period", k, with(func(w *world) { w.cal.Periods = 2 }), "b>P4", "kept 0; missed K b,c 90/60 minute; missed K b,c 90/60 minute @2; weighted=4000"},
		{"one leaves", k, with(func(w *world) { w.leave("c", 1) }), "b>P4", "kept 0"},
		{"other kin", k, func(w *world) { w.kin("b", "c", posting.Lineal) }, "b>P4", "kept 0"},
		{"minutes unknown", k, with(func(w *world) { w.in.Trips = nil }), "b>P4", "kept 0; missed K b,c -1/60 minute; unverifiable K b,c -1/60 minute; weighted=2000"},
		{"exception", k, with(func(w *world) { w.except("c") }), "b>P4", "kept 0; waived K b,c 90/60 minute by E1"},
		{"the mover is fixed", k, with(func(w *world) { w.fix(w.b(), "P4") }), "b>P4", "kept 0; waived K b,c 90/60 minute by pin"},
		{"only one of two movers is fixed", k, with(func(w *world) { w.fix(w.b(), "P4") }), "b>P4 c>P5", broken},
		{"no selector is asked", selecting(k, policy.Selector{Cadres: []string{"a"}}), bc, "b>P4", broken},
		{"level", clause("couple_near", policy.Level, params{"minutes": 60}), bc, "b>P4", "kept 0; missed K b,c 90/60 minute; lv=1"},
	})
}
