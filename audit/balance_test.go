package audit

import (
	"strings"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

func TestKinFunction(t *testing.T) {
	spouses := params{"kin": []string{"配偶"}, "functions": []string{"人事", "财务"}}
	k := clause("kin_function", policy.Waivable, spouses)
	// b leads by P2, c does finance on P3; both posts are of U2.
	kin := func(w *world) {
		w.kin("c", "b", posting.Spouse)
		for p := range w.in.Posts {
			w.in.Posts[p].Leading = false
		}
		w.post(2).Leading, w.post(3).Function = true, "财务"
	}
	with := func(f func(*world)) func(*world) { return func(w *world) { kin(w); f(w) } }
	broken := "violated K c,b,P3,P2 1/0 pair"
	check(t, []kindCase{
		{"both stay", k, kin, "", "kept 0; " + broken},
		{"every period", k, with(func(w *world) { w.cal.Periods = 2 }), "", "kept 0; " + broken + "; " + broken + " @2"},
		{"one goes", k, with(func(w *world) { w.cal.Periods = 2 }), "c>P4@2", "kept 1; " + broken},
		{"to another post of the unit", k, kin, "c>P5", "kept 1"},
		{"the leader is the one who does it", k, with(func(w *world) { w.post(3).Function, w.post(2).Function = "", "财务" }), "", "kept 1"},
		{"both lead, one does it", k, with(func(w *world) { w.post(3).Leading = true }), "", "kept 0; " + broken},
		{"in two units", k, with(func(w *world) { w.post(3).Unit = "U1" }), "", "kept 1"},
		{"neither leads", k, with(func(w *world) { w.post(2).Leading = false }), "", "kept 1"},
		{"a function not listed", k, with(func(w *world) { w.post(3).Function = "审计" }), "", "kept 1"},
		{"function blank", forbid(k), with(func(w *world) { w.post(3).Function = "" }), "", "kept 1"},
		{"a group not listed", k, with(func(w *world) { w.in.Ties[0].Kin = posting.InLaw }), "", "kept 0"},
		{"one leaves", k, with(func(w *world) { w.leave("b", 1) }), "", "kept 0"},
		{"a tie entered twice", k, with(func(w *world) { w.kin("b", "c", posting.Spouse) }), "", "kept 0; " + broken},
		{"exception on the unit", k, with(func(w *world) { w.except("U2") }), "", "kept 0; waived K c,b,P3,P2 1/0 pair by E1"},
		{"both fixed by pins", k, with(func(w *world) { w.b().Disposition = posting.Stay; w.fix(w.c(), "P3") }), "", "kept 0; waived K c,b,P3,P2 1/0 pair by pin"},
		{"one fixed by a pin", k, with(func(w *world) { w.b().Disposition = posting.Stay }), "", "kept 0; " + broken},
		{"hard", clause("kin_function", policy.Hard, spouses), with(func(w *world) { w.except("U2") }), "", "kept 0; " + broken},
		{"level", clause("kin_function", policy.Level, spouses), kin, "", "kept 0; missed K c,b,P3,P2 1/0 pair; lv=1"},
	})
}

func TestFlowBalance(t *testing.T) {
	k := clause("flow_balance", policy.Weighted, params{"by": "place"})
	check(t, []kindCase{
		{"one up", k, nil, "a>P5", "kept 0; missed K a 1/0 person; weighted=2000"},
		{"one up, one down", k, nil, "a>P5 b>P4", "kept 1"},
		{"one down", k, nil, "b>P4", "kept 1"},
		{"two up, one down", k, func(w *world) { w.arriveOn("P4") }, "a>P5 d>P2 b>P1", "kept 0; missed K a,d 2/1 person; weighted=2000"},
		{"each period by itself", k, func(w *world) { w.cal.Periods = 2 }, "a>P5 b>P4@2", "kept 1; missed K a 1/0 person; weighted=2000"},
		{"by unit", clause("flow_balance", policy.Weighted, params{"by": "unit"}), func(w *world) { w.unit(1).Tier = 1 }, "a>P5", "kept 1"},
		{"by unit, up", clause("flow_balance", policy.Level, params{"by": "unit"}), func(w *world) { w.place(1).Tier = 1 }, "a>P5", "kept 0; missed K a 1/0 person; lv=1"},
		{"level ground", k, nil, "b>P5", "kept 1"},
		{"a tier blank", k, func(w *world) { w.place(1).Tier = posting.Unknown }, "a>P5", "kept 1"},
		{"advances do not count", k, func(w *world) { w.post(5).Weight = 4 }, "a>P5", "kept 1"},
		{"promotions do not balance", k, func(w *world) { w.post(4).Level = posting.TownshipHead }, "a>P5 b>P4", "kept 0; missed K a 1/0 person; weighted=2000"},
		{"pins do not count", k, func(w *world) { w.a().Disposition = posting.MustMove }, "a>P5", "kept 1"},
		{"returns do not count", k, sent(3), "a>P5", "kept 1"},
		{"a move before the mission ends does", k, also(sent(13), two), "a>P5", "kept 1; missed K a 1/0 person; weighted=2000"},
		{"nor do they balance", k, func(w *world) { w.fix(w.b(), "P4") }, "a>P5 b>P4", "kept 0; missed K a 1/0 person; weighted=2000"},
		{"only matching movers", selecting(k, policy.Selector{Cadres: []string{"a"}}), nil, "a>P5 b>P4", "kept 0; missed K a 1/0 person; weighted=2000"},
		{"arrivals are no movers", k, func(w *world) { w.arrive(1) }, "d>P4 a>P5", "kept 0; missed K a 1/0 person; weighted=2000"},
		{"exceptions do not help", k, func(w *world) { w.except("a") }, "a>P5", "kept 0; missed K a 1/0 person; weighted=2000"},
	})
}

func TestFlowBalanceMetrics(t *testing.T) {
	w := newWorld()
	w.cal.Periods = 2
	w.clauses = []policy.Clause{clause("flow_balance", policy.Report, params{"by": "place"})}
	w.a().Disposition = posting.MustMove
	m := w.judge(t, "a>P5 b>P4 c>P1@2").Metrics
	if m["K.up"] != 1 || m["K.down"] != 2 {
		t.Errorf("up %g, down %g; want 1 and 2", m["K.up"], m["K.down"])
	}
}

func presenceOf(who, scope string, least int) params {
	return params{"who": who, "age": 35, "least": least, "apply_to": scope}
}

func TestTeamPresence(t *testing.T) {
	k := clause("team_presence", policy.Level, presenceOf("women", "each", 1))
	two := clause("team_presence", policy.Level, presenceOf("women", "each", 2))
	all := clause("team_presence", policy.Level, presenceOf("women", "together", 2))
	women := func(w *world) { w.b().Sex, w.c().Sex = "女", "女" }
	with := func(f func(*world)) func(*world) { return func(w *world) { women(w); f(w) } }
	check(t, []kindCase{
		{"a team without is made no worse", k, nil, "b>P4", "kept 2"},
		{"one remains", k, women, "b>P4", "kept 2"},
		{"the last goes", k, women, "b>P4 c>P1 a>P5", "kept 1; missed K U2 0/1 person; lv=1"},
		{"one less than two", two, women, "b>P4", "kept 1; missed K U2 1/2 person; lv=1"},
		{"both go", two, women, "b>P4 c>P1 a>P5", "kept 1; missed K U2 0/2 person; lv=2"},
		{"one was the most", two, func(w *world) { w.b().Sex = "女" }, "", "kept 2"},
		{"a departure lowers what is asked", k, func(w *world) { w.b().Sex = "女"; w.leave("b", 1) }, "", "kept 2"},
		{"from the period of leaving on", two, with(func(w *world) { w.cal.Periods = 2; w.leave("b", 13) }), "c>P4@2", "kept 3; missed K U2 0/1 person @2; lv=1"},
		{"one for one", k, func(w *world) { w.b().Sex, w.arrive(1).Sex = "女", "女" }, "b>P4 d>P5", "kept 2"},
		{"a seat outside the team", k, func(w *world) { w.b().Sex = "女"; w.post(5).Team = false }, "b>P5", "kept 1; missed K U2 0/1 person; lv=1"},
		{"main posts only", two, with(func(w *world) { w.c().Also = []string{"P5"} }), "b>P4", "kept 1; missed K U2 1/2 person; lv=1"},
		{"teams not matched", reaching(k, policy.Selector{UnitKind: []posting.UnitKind{posting.Township}}), women, "b>P4 c>P1 a>P5", "kept 1"},
		{"a selector of persons matches no post", reaching(k, policy.Selector{Cadres: []string{"b"}}), women, "b>P4 c>P1 a>P5", "kept 0"},
		{"together", all, women, "b>P4 c>P1 a>P5", "kept 1"},
		{"together, one team less", reaching(all, policy.Selector{Units: []string{"U2"}}), women, "b>P4", "kept 0; missed K  1/2 person; lv=1"},
		{"exception on the unit", k, with(func(w *world) { w.except("U2") }), "b>P4 c>P1 a>P5", "kept 1; waived K U2 0/1 person by E1"},
		{"exception on a person", k, with(func(w *world) { w.except("b") }), "b>P4 c>P1 a>P5", "kept 1; missed K U2 0/1 person; lv=1"},
		{"waivable", clause("team_presence", policy.Waivable, presenceOf("women", "each", 1)), women, "b>P4 c>P1 a>P5", "kept 1; violated K U2 0/1 person"},
		{"weighted", clause("team_presence", policy.Weighted, presenceOf("women", "each", 2)), women, "b>P4 c>P1 a>P5", "kept 1; missed K U2 0/2 person; weighted=4000"},
	})
}

func TestTeamPresenceClasses(t *testing.T) {
	of := func(who string) policy.Clause {
		return clause("team_presence", policy.Level, presenceOf(who, "each", 1))
	}
	lost := "kept 1; missed K U2 0/1 person; lv=1"
	check(t, []kindCase{
		{"no party", of("non_party"), func(w *world) { w.b().Party = "群众" }, "b>P4", lost},
		{"a probationary member", of("non_party"), func(w *world) { w.b().Party = "中共预备党员" }, "b>P4", "kept 2"},
		{"party blank", of("non_party"), func(w *world) { w.b().Party = "" }, "b>P4", "kept 2"},
		{"minority", of("minority"), func(w *world) { w.b().Ethnicity = "回族" }, "b>P4", lost},
		{"ethnicity blank", of("minority"), func(w *world) { w.b().Ethnicity = "" }, "b>P4", "kept 2"},
		{"35 years", of("young"), func(w *world) { w.b().Birth = posting.NewMonth(1990, 2) }, "b>P4", lost},
		{"36 years", of("young"), func(w *world) { w.b().Birth = posting.NewMonth(1990, 1) }, "b>P4", "kept 2"},
		{"grown older", of("young"), func(w *world) { w.b().Birth = posting.NewMonth(1990, 2); w.cal.Periods = 2 }, "", "kept 3; missed K U2 0/1 person @2; lv=1"},
		{"birth blank", of("young"), func(w *world) { w.b().Birth = 0 }, "b>P4", "kept 2"},
	})
}

// A finding on a team names no member of it.
func TestTeamPresenceNamesNobody(t *testing.T) {
	w := newWorld()
	w.b().Sex = "女"
	w.clauses = []policy.Clause{clause("team_presence", policy.Level, presenceOf("women", "each", 1))}
	r := w.judge(t, "b>P4")
	if len(r.Missed) != 1 {
		t.Fatalf("missed %v", r.Missed)
	}
	for _, c := range w.in.Cadres {
		if strings.Contains(r.Missed[0].Text, c.Name) {
			t.Errorf("%q names %s", r.Missed[0].Text, c.Name)
		}
	}
}

func TestKnowledgeKept(t *testing.T) {
	half := params{"share": policy.Ratio{Num: 1, Den: 2}, "months": 24}
	k := clause("knowledge_kept", policy.Level, half)
	since := func(unit, post posting.Month) func(*world) {
		return func(w *world) { w.b().UnitSince, w.b().PostSince = unit, post }
	}
	check(t, []kindCase{
		{"nobody moves", k, nil, "", "kept 2"},
		{"one of two who are asked goes", k, nil, "b>P4", "kept 1; missed K U2 1/2 person; lv=1"},
		{"both go", k, nil, "b>P4 c>P1 a>P5", "kept 0; missed K U1 0/1 person; missed K U2 0/2 person; lv=3"},
		{"to another post of the unit", k, nil, "b>P5", "kept 2"},
		{"newcomers know nothing", k, nil, "a>P5", "kept 1; missed K U1 0/1 person; lv=1"},
		{"who leaves is not asked for", k, func(w *world) { w.leave("b", 1) }, "", "kept 2"},
		{"from the period of leaving on", k, func(w *world) { w.cal.Periods = 2; w.leave("b", 13) }, "c>P4@2", "kept 3; missed K U2 0/1 person @2; lv=1"},
		{"24 months in the unit", k, since(posting.NewMonth(2024, 1), 0), "b>P4", "kept 1; missed K U2 1/2 person; lv=1"},
		{"23 months in the unit", k, since(posting.NewMonth(2024, 2), posting.NewMonth(2020, 1)), "b>P4", "kept 2"},
		{"23 months in post, unit blank", k, since(0, posting.NewMonth(2024, 2)), "b>P4", "kept 2"},
		{"both blank", forbid(k), since(0, 0), "b>P4", "kept 2"},
		{"a third of three", clause("knowledge_kept", policy.Level, params{"share": policy.Ratio{Num: 1, Den: 3}, "months": 24}), nil, "b>P4", "kept 2"},
		{"exception on the unit", k, func(w *world) { w.except("U2") }, "b>P4", "kept 1; waived K U2 1/2 person by E1"},
		{"hard", clause("knowledge_kept", policy.Hard, half), func(w *world) { w.except("U2") }, "b>P4", "kept 1; violated K U2 1/2 person"},
	})
}

func TestClassBalance(t *testing.T) {
	within := func(points int) params { return params{"class": "principal", "points": points} }
	k := clause("class_balance", policy.Weighted, within(0))
	specialist := clause("class_balance", policy.Weighted, params{"class": "specialist", "points": 0})
	head := func(w *world) { w.post(2).Role = posting.PartyPrincipal }
	with := func(f func(*world)) func(*world) { return func(w *world) { head(w); f(w) } }
	one := "kept 0; missed K  0/1 person; weighted=2000"
	check(t, []kindCase{
		{"nobody moves", k, head, "", "kept 1"},
		{"a third moves, no principal", k, head, "a>P5", one},
		{"33 points are not enough", clause("class_balance", policy.Weighted, within(33)), head, "a>P5", one},
		{"34 are", clause("class_balance", policy.Weighted, within(34)), head, "a>P5", "kept 1"},
		{"the principal moves", k, head, "b>P4", "kept 1"},
		{"two principals, two thirds move", k, with(func(w *world) { w.post(3).Role = posting.GovernmentPrincipal }), "a>P5 b>P4", "kept 0; missed K  1/2 person; weighted=2000"},
		{"none of the class", k, nil, "a>P5", "kept 0"},
		{"leavers are no people", k, with(func(w *world) { w.leave("b", 1) }), "a>P5", "kept 0"},
		{"a departure after the horizon is none", k, with(func(w *world) { w.leave("b", 13) }), "a>P5", one},
		{"another authority", k, with(func(w *world) { w.b().Authority = "市委" }), "a>P5", "kept 0"},
		{"arrivals are no people", k, with(func(w *world) { w.arrive(1) }), "d>P4", "kept 1"},
		{"each period by itself", k, with(func(w *world) { w.cal.Periods = 2 }), "a>P5@2 b>P4", "kept 1; missed K  0/1 person @2; weighted=2000"},
		{"a licence of the person", specialist, func(w *world) { w.c().Licences = []string{"会计师"} }, "a>P5", one},
		{"a licence of the post", specialist, func(w *world) { w.post(3).NeedLicence = "会计师" }, "a>P5", one},
		{"no specialist", specialist, head, "a>P5", "kept 0"},
		{"level", clause("class_balance", policy.Level, within(0)), head, "a>P5", "kept 0; missed K  0/1 person; lv=1"},
	})
}

func TestClassBalanceMetrics(t *testing.T) {
	w := newWorld()
	w.cal.Periods = 2
	w.post(2).Role, w.post(3).Role = posting.PartyPrincipal, posting.GovernmentPrincipal
	w.clauses = []policy.Clause{clause("class_balance", policy.Report, params{"class": "principal", "points": 0})}
	m := w.judge(t, "a>P5 b>P4 c>P1@2").Metrics
	if m["K.moved"] != 2 || m["K.class"] != 1 {
		t.Errorf("moved %g, class %g; want 2 and 1", m["K.moved"], m["K.class"])
	}
}
