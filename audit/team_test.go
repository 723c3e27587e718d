package audit

import (
	"strings"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

// The team of U2 is P2 (b), P3 (c) and P5, that of U1 P1 (a) and P4.
func TestFieldCoverage(t *testing.T) {
	k := clause("field_coverage", policy.Waivable, params{"fields": []string{"财务"}, "least": 1})
	both := clause("field_coverage", policy.Level, params{"fields": []string{"财务", "农业"}, "least": 2})
	knows := func(cs ...string) func(*world) {
		return func(w *world) {
			for _, id := range cs {
				c := &w.in.Cadres[strings.Index("abcd", id)]
				c.Fields = append(c.Fields, "财务")
			}
		}
	}
	broken := "kept 1; violated K U2 0/1 person"
	check(t, []kindCase{
		{"nobody knew it, nobody does", k, nil, "b>P4", "kept 2"},
		{"one who knows it goes", k, knows("b"), "b>P4", broken},
		{"another knows it", k, knows("b", "c"), "b>P4", "kept 2"},
		{"one who knows it comes", k, knows("a", "b"), "b>P4 a>P2", "kept 2"},
		{"he who knows it is seconded away", k, also(knows("b"), func(w *world) { w.post(4).Term = posting.TermSecondment }), "b>P4", "kept 2"},
		{"he goes to a post outside the team", k, also(knows("b"), func(w *world) { w.post(5).Team = false }), "b>P5", broken},
		{"he leaves, as he does anyway", k, also(knows("b"), func(w *world) { w.leave("b", 1) }), "", "kept 2"},
		{"he moves in the second period", k, also(knows("b"), two), "b>P4@2", "kept 3; violated K U2 0/1 person @2"},
		{"two asked, one today", both, knows("b"), "", "kept 4"},
		{"fields by themselves", both, knows("b", "c"), "b>P4", "kept 2; missed K U2 1/2 person; missed K U2 1/2 person; lv=2"},
		{"fields blank", k, also(knows("b"), func(w *world) { w.c().Fields = nil }), "b>P4", broken},
		{"only matching posts", toRole(k, posting.GovernmentPrincipal), knows("b"), "b>P4", "kept 0"},
		{"exception on the unit", k, also(knows("b"), func(w *world) { w.except("U2") }), "b>P4", "kept 1; waived K U2 0/1 person by E1"},
		{"exception on the person", k, also(knows("b"), func(w *world) { w.except("b") }), "b>P4", broken},
		{"hard", clause("field_coverage", policy.Hard, params{"fields": []string{"财务"}, "least": 1}), also(knows("b"), func(w *world) { w.except("U2") }), "b>P4", broken},
	})
	named(t, k, knows("b"), "b>P4", "财务")
}

// named checks that the text of the one finding names the word, and nobody.
func named(t *testing.T, k policy.Clause, change func(*world), moves, word string) {
	t.Helper()
	w := newWorld()
	w.clauses = []policy.Clause{k}
	change(w)
	r := w.judge(t, moves)
	list := append(r.Violated, r.Missed...)
	if len(list) != 1 {
		t.Fatalf("want one finding, got %+v", list)
	}
	if text := list[0].Text; !strings.Contains(text, word) || strings.Contains(text, "甲一") || strings.Contains(text, "乙二") || strings.Contains(text, "丙三") {
		t.Errorf("the text does not name %s, or names somebody: %s", word, text)
	}
}

// toRole is the clause for posts of a role.
func toRole(c policy.Clause, r posting.Role) policy.Clause {
	c.To = policy.Selector{Role: []posting.Role{r}}
	return c
}

func TestTeamComplement(t *testing.T) {
	k := clause("team_complement", policy.Level, params{"by": "temperament", "most": 1})
	fields := clause("team_complement", policy.Level, params{"by": "fields", "most": 1})
	calm := func(cs ...string) func(*world) {
		return func(w *world) {
			for _, id := range cs {
				w.in.Cadres[strings.Index("abcd", id)].Temperament = []string{"沉稳"}
			}
		}
	}
	check(t, []kindCase{
		{"nothing is listed", k, nil, "a>P5", "kept 2"},
		{"one is no more than one", k, calm("a", "c"), "", "kept 2"},
		{"two are", k, calm("a", "c"), "a>P5", "kept 1; missed K U2 2/1 person; lv=1"},
		{"two may", clause("team_complement", policy.Level, params{"by": "temperament", "most": 2}), calm("a", "c"), "a>P5", "kept 2"},
		{"as one-sided as today", k, calm("b", "c"), "", "kept 2"},
		{"more so", k, calm("a", "b", "c"), "a>P5", "kept 1; missed K U2 3/2 person; lv=1"},
		{"one for one who leaves", k, also(calm("a", "b", "c"), func(w *world) { w.leave("b", 1) }), "a>P5", "kept 2"},
		{"outside the team", k, also(calm("a", "c"), func(w *world) { w.post(5).Team = false }), "a>P5", "kept 2"},
		{"seconded to it", k, also(calm("a", "c"), lent(12)), "a>P5", "kept 2"},
		{"an arrival", k, also(calm("c"), func(w *world) { w.arrive(1); calm("d")(w) }), "d>P5", "kept 1; missed K U2 2/1 person; lv=1"},
		{"every period", k, also(calm("a", "c"), two), "a>P5", "kept 2; missed K U2 2/1 person; missed K U2 2/1 person @2; lv=2"},
		{"each word by itself", k, also(calm("a", "c"), func(w *world) {
			w.a().Temperament = []string{"沉稳", "果断"}
			w.b().Temperament = []string{"果断"}
		}), "a>P5",
			"kept 1; missed K U2 2/1 person; missed K U2 2/1 person; lv=2"},
		{"by field", fields, nil, "a>P5", "kept 1; missed K U2 3/2 person; lv=1"}, // all know 农业
		{"a word listed twice is one", fields, func(w *world) {
			w.b().Fields, w.c().Fields, w.a().Fields = []string{"财务"}, nil, []string{"农业", "农业"}
		}, "a>P5", "kept 2"},
		{"only matching posts", toRole(k, posting.GovernmentPrincipal), calm("a", "c"), "a>P5", "kept 0"},
		{"exceptions do not help", k, also(calm("a", "c"), func(w *world) { w.except("U2") }), "a>P5", "kept 1; missed K U2 2/1 person; lv=1"},
		{"weighted", clause("team_complement", policy.Weighted, params{"by": "temperament", "most": 1}), calm("a", "c"), "a>P5", "kept 1; missed K U2 2/1 person; weighted=2000"},
	})
	named(t, k, calm("a", "c"), "a>P5", "沉稳")
}

// All are excellent in 2025; a serves at Z1, b and c at Z2.
func TestAppraisalKept(t *testing.T) {
	share := func(num, den int64) policy.Clause {
		return clause("appraisal_kept", policy.Level, params{"years": 3, "share": policy.Ratio{Num: num, Den: den}})
	}
	k := share(1, 2)
	last := func(year int) func(*world) {
		return func(w *world) { w.a().Appraisals = []posting.Appraisal{{Year: year, Grade: "优秀"}} }
	}
	check(t, []kindCase{
		{"nobody moves", k, nil, "", "kept 2"},
		{"half of one is one", k, nil, "a>P5", "kept 1; missed K Z1 0/1 person; lv=1"},
		{"half of two is one", k, nil, "b>P4", "kept 2"},
		{"two thirds of two are two", share(2, 3), nil, "b>P4", "kept 1; missed K Z2 1/2 person; lv=1"},
		{"none is asked", share(0, 1), nil, "a>P5", "kept 2"},
		{"another comes", k, nil, "a>P5 b>P1", "kept 2"},
		{"an arrival comes", k, func(w *world) { w.arrive(1) }, "a>P5 d>P4", "kept 2"},
		{"he leaves, as he does anyway", k, func(w *world) { w.leave("a", 1) }, "", "kept 2"},
		{"excellent in the last of three years", k, last(2023), "a>P5", "kept 1; missed K Z1 0/1 person; lv=1"},
		{"four years ago", k, last(2022), "a>P5", "kept 2"},
		{"this year", k, last(2026), "a>P5", "kept 2"},
		{"no appraisal", k, func(w *world) { w.a().Appraisals = nil }, "a>P5", "kept 2"},
		{"the follow-up sheet adds none", k, func(w *world) {
			w.a().Appraisals = nil
			w.in.FollowUps = []posting.FollowUp{{Cadre: "a", Date: posting.NewMonth(2024, 1), OneYear: "优秀"}}
		}, "a>P5", "kept 2"},
		{"only matching cadres", selecting(k, policy.Selector{Cadres: []string{"b"}}), nil, "a>P5", "kept 2"},
		{"seconded away", k, lent(12), "a>P5", "kept 2"},
		{"by period", k, two, "a>P5@2", "kept 3; missed K Z1 0/1 person @2; lv=1"},
		{"no place", k, func(w *world) { w.unit(1).Place = "" }, "a>P5", "kept 2"},
		{"exceptions do not help", k, func(w *world) { w.except("a") }, "a>P5", "kept 1; missed K Z1 0/1 person; lv=1"},
		{"weighted", clause("appraisal_kept", policy.Weighted, params{"years": 3, "share": policy.Ratio{Num: 1, Den: 1}}), nil, "a>P5", "kept 1; missed K Z1 0/1 person; weighted=2000"},
	})
	named(t, k, func(*world) {}, "a>P5", "青石")
}

// Z1 lies in the zone 山区, Z2 in 城区; a is 46 and has served 60 months at Z1.
func TestZoneCoverage(t *testing.T) {
	asked := func(years, age int) policy.Clause {
		return clause("zone_coverage", policy.Waivable, params{"zones": []string{"山区", "城区", "海岛"}, "years": years, "from_age": age})
	}
	k := asked(60, 46)
	zones := func(w *world) { w.place(1).Zone, w.place(2).Zone = "山区", "城区" }
	with := func(f func(*world)) func(*world) { return also(zones, f) }
	served := func(unit string, from, to posting.Month) func(*world) {
		return func(w *world) {
			w.in.History = append(w.in.History, posting.Stint{Cadre: "a", Unit: unit, From: from, To: to})
		}
	}
	five := served("U2", posting.NewMonth(2014, 1), posting.NewMonth(2019, 1))
	check(t, []kindCase{
		{"to an open zone", k, zones, "a>P5", "kept 1"},
		{"to one that is covered", k, zones, "a>P4", "kept 0; violated K a,P4 2/0 zone"},
		{"59 months do not cover", k, with(func(w *world) { w.a().Deduct = 1 }), "a>P4", "kept 1"},
		{"stints cover", k, with(five), "a>P5", "kept 0; violated K a,P5 1/0 zone"},
		{"stints add up", k, with(also(served("U2", posting.NewMonth(2014, 1), posting.NewMonth(2016, 1)), served("U2", posting.NewMonth(2017, 1), posting.NewMonth(2020, 1)))), "a>P5",
			"kept 0; violated K a,P5 1/0 zone"},
		{"a month short", k, with(served("U2", posting.NewMonth(2014, 2), posting.NewMonth(2019, 1))), "a>P5", "kept 1"},
		{"a stint without an end", k, with(served("U2", posting.NewMonth(2014, 1), 0)), "a>P5", "kept 1"},
		{"a stint without a start", k, with(served("U2", 0, posting.NewMonth(2019, 1))), "a>P5", "kept 1"},
		{"a stint elsewhere", k, with(served("省厅", posting.NewMonth(2014, 1), posting.NewMonth(2019, 1))), "a>P5", "kept 1"},
		{"all are covered", k, with(also(five, func(w *world) { w.place(2).Zone = "海岛"; served("U2", 0, 0)(w) }, func(w *world) {
			w.in.Places = append(w.in.Places, posting.Place{ID: "Z3", Zone: "城区"})
			w.in.Units = append(w.in.Units, posting.Unit{ID: "U3", Place: "Z3"})
			served("U3", posting.NewMonth(2000, 1), posting.NewMonth(2005, 1))(w)
		})), "a>P4", "kept 1"},
		{"45", asked(60, 47), zones, "a>P4", "kept 1"},
		{"old enough in the second period", asked(60, 47), with(two), "a>P4@2", "kept 0; violated K a,P4 2/0 zone @2"},
		{"birth blank", k, with(func(w *world) { w.a().Birth = 0 }), "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"birth blank, forbidden", forbid(k), with(func(w *world) { w.a().Birth = 0 }), "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"zone blank", k, with(func(w *world) { w.place(2).Zone = "" }), "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"zone blank, too young", asked(60, 47), with(func(w *world) { w.place(2).Zone = "" }), "a>P5", "kept 1"},
		{"tenure blank covers nothing", k, with(func(w *world) { w.a().PostSince = 0 }), "a>P4", "kept 1"},
		{"an arrival", k, with(func(w *world) { w.arrive(1) }), "d>P4", "kept 0"},
		{"a secondment", k, with(func(w *world) { w.post(4).Term = posting.TermSecondment }), "a>P4", "kept 0"},
		{"exception", k, with(func(w *world) { w.except("a") }), "a>P4", "kept 0; waived K a,P4 2/0 zone by E1"},
		{"fixed", k, with(func(w *world) { w.fix(w.a(), "P4") }), "a>P4", "kept 0; waived K a,P4 2/0 zone by pin"},
		{"hard", clause("zone_coverage", policy.Hard, k.Params), with(func(w *world) { w.except("a") }), "a>P4", "kept 0; violated K a,P4 2/0 zone"},
	})
}

func TestTeamOutflowRounding(t *testing.T) {
	share := func(how string, least int) policy.Clause {
		p := params{"share": policy.Ratio{Num: 1, Den: 2}, "least": least}
		if how != "" {
			p["rounding"] = how
		}
		return clause("team_outflow", policy.Hard, p)
	}
	two := "b>P4 c>P1" // of the three seats of U2, half of which are one and a half
	check(t, []kindCase{
		{"down where not given", share("", 0), nil, two, "kept 1; violated K U2,b,c 2/1 person"},
		{"down", share("down", 0), nil, two, "kept 1; violated K U2,b,c 2/1 person"},
		{"nearest, halves up", share("nearest", 0), nil, two, "kept 2"},
		{"up", share("up", 0), nil, two, "kept 2"},
	})
	for how, want := range map[string]string{
		"":   "民政局：班子一次交流2人，上限1人（班子职位3个×1/2，舍去小数为1）：乙二、丙三（条款）",
		"up": "民政局：班子一次交流3人，上限2人（班子职位3个×1/2，小数进一为2）：乙二、丙三、丁四（条款）",
	} {
		w := newWorld()
		w.clauses = []policy.Clause{share(how, 0)}
		if w.arriveOn("P5"); how == "up" {
			w.in.Posts = append(w.in.Posts, posting.Post{ID: "P6", Unit: "U1"})
		}
		moves := map[string]string{"": "b>P4 c>P1", "up": "b>P4 c>P1 d>P6"}[how]
		if r := w.judge(t, moves); len(r.Violated) != 1 || r.Violated[0].Text != want {
			t.Errorf("got %+v\nwant %s", r.Violated, want)
		}
	}
	w := newWorld()
	w.clauses = []policy.Clause{share("", 2)}
	w.arriveOn("P5")
	w.in.Posts = append(w.in.Posts, posting.Post{ID: "P6", Unit: "U1"})
	want := "民政局：班子一次交流3人，上限2人（班子职位3个×1/2，舍去小数为1；至少允许2人）：乙二、丙三、丁四（条款）"
	if r := w.judge(t, "b>P4 c>P1 d>P6"); len(r.Violated) != 1 || r.Violated[0].Text != want {
		t.Errorf("got %+v\nwant %s", r.Violated, want)
	}
}
