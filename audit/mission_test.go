package audit

import (
	"fmt"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

// mission makes P5 a mission seat of the months.
func mission(months int) func(*world) {
	return func(w *world) { w.post(5).Term, w.post(5).TermMonths = posting.TermMission, months }
}

// sent makes a's P1 a mission seat, for a duty to the month counted from 2026-01 as 1 (Unknown: blank).
func sent(month int) func(*world) {
	return func(w *world) {
		w.post(1).Term, w.a().Duty = posting.TermMission, posting.Support
		if month != posting.Unknown {
			w.a().DutyUntil = posting.NewMonth(2026, 1) + posting.Month(month-1)
		}
	}
}

func promise(post string) func(*world) { return func(w *world) { w.a().ReturnsTo = post } }

func TestSupportMissionSentOut(t *testing.T) {
	p := params{"months": 36, "most_months": 36}
	k := clause("support_mission", policy.Waivable, p)
	check(t, []kindCase{
		{"36 months", k, mission(36), "a>P5", "kept 3"},
		{"36 of the clause", k, mission(0), "a>P5", "kept 3"},
		{"37 months", k, mission(37), "a>P5", "kept 2; violated K a,P5 37/36 month"},
		{"37 of the clause", clause("support_mission", policy.Waivable, params{"months": 37, "most_months": 36}), mission(0), "a>P5", "kept 2; violated K a,P5 37/36 month"},
		{"12 months end with the first of two periods", k, also(mission(12), two), "a>P5", "kept 2; violated K a,P5 1/2 batch"},
		{"13 months do not", k, also(mission(13), two), "a>P5", "kept 3"},
		{"12 months of the last period", k, also(mission(12), two), "a>P5@2", "kept 4"},
		{"an ordinary post is no mission", k, nil, "a>P5", "kept 3"},
		{"a placement is not judged", k, also(mission(37), func(w *world) { w.arrive(1) }), "d>P5", "kept 3"},
		{"exception", k, also(mission(37), func(w *world) { w.except("P5") }), "a>P5", "kept 2; waived K a,P5 37/36 month by E1"},
		{"fixed on it", k, also(mission(37), func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 2; waived K a,P5 37/36 month by pin"},
		{"hard", clause("support_mission", policy.Hard, p), also(mission(37), func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 2; violated K a,P5 37/36 month"},
		{"level", clause("support_mission", policy.Level, p), mission(37), "a>P5", "kept 2; missed K a,P5 37/36 month; lv=1"},
		{"too long, and at an end within the horizon", clause("support_mission", policy.Level, p), also(mission(48), func(w *world) { w.cal.Periods = 5 }), "a>P5",
			"kept 2; missed K a,P5 48/36 month; lv=2"},
	})
}

func TestSupportMissionReturns(t *testing.T) {
	p := params{"months": 36, "most_months": 36}
	k := clause("support_mission", policy.Waivable, p)
	level := clause("support_mission", policy.Level, p)
	origin := func(l posting.Level) func(*world) { return func(w *world) { w.a().OriginLevel = l } }
	blankLevels := func(w *world) { w.a().Level, w.a().OriginLevel = 0, 0 }
	followed := also(sent(7), func(w *world) {
		w.in.FollowUps = []posting.FollowUp{
			{Cadre: "a", Date: posting.NewMonth(2023, 8), ReturnsTo: "P4"},
			{Cadre: "a", Date: posting.NewMonth(2022, 8), ReturnsTo: "P2"},
			{Cadre: "a", Date: posting.NewMonth(2024, 8)},
			{Cadre: "b", Date: posting.NewMonth(2025, 8), ReturnsTo: "P5"},
		}
	})
	check(t, []kindCase{
		{"to 2026-07, stays", k, sent(7), "", "kept 2; violated K a,P1 5/0 month"},
		{"to 2026-07, returns", k, sent(7), "a>P5", "kept 3"},
		{"to 2026-11 ends in the batch", k, sent(11), "", "kept 2; violated K a,P1 1/0 month"},
		{"to 2026-12 ends after it", k, sent(12), "", "kept 3"},
		{"over since 2025-06", k, sent(-6), "", "kept 2; violated K a,P1 18/0 month"},
		{"to 2026-12, stays through the second", k, also(sent(12), two), "", "kept 2; violated K a,P1 12/0 month"},
		{"to 2026-12, moves in the first", k, also(sent(12), two), "a>P5", "kept 2; violated K a,P5 12/0 month"},
		{"to 2026-12, returns in the second", k, also(sent(12), two), "a>P5@2", "kept 4"},
		{"returns late", k, also(sent(7), two), "a>P5@2", "kept 3; violated K a,P1 5/0 month"},
		{"leaves before it ends", k, also(sent(13), two, func(w *world) { w.leave("a", 13) }), "", "kept 3"},
		{"no last month, stays", k, sent(posting.Unknown), "", "kept 2; unverifiable K a,P1 -1/0 datum"},
		{"no last month, moves", k, sent(posting.Unknown), "a>P5", "kept 2; unverifiable K a,P5 -1/0 datum"},
		{"no last month, forbidden", forbid(k), sent(posting.Unknown), "", "kept 2; violated K a,P1 -1/0 datum"},
		{"no duty at all", k, also(sent(7), func(w *world) { w.a().Duty = posting.NoDuty }), "", "kept 2; unverifiable K a,P1 -1/0 datum"},
		{"to the level before", k, also(sent(7), origin(posting.TownshipDeputy)), "a>P5", "kept 3"},
		{"one below it", k, also(sent(7), origin(posting.TownshipHead)), "a>P5", "kept 2; violated K a,P5 1/0 level"},
		{"above it", k, also(sent(7), origin(posting.SectionHead)), "a>P5", "kept 3"},
		{"two below his own, none recorded", level, also(sent(7), func(w *world) { w.a().Level = posting.CountyDeputy }), "a>P5", "kept 2; missed K a,P5 2/0 level; lv=2"},
		{"level of the post blank", k, also(sent(7), func(w *world) { w.post(5).Level = 0 }), "a>P5", "kept 2; unverifiable K a,P5 -1/0 datum"},
		{"both levels blank", k, also(sent(7), blankLevels), "a>P5", "kept 2; unverifiable K a,P5 -1/0 datum"},
		{"to the post promised", k, also(sent(7), promise("P5")), "a>P5", "kept 3"},
		{"to another", k, also(sent(7), promise("P4")), "a>P5", "kept 2; violated K a,P5 1/0 post"},
		{"another, level blank", k, also(sent(7), promise("P4"), func(w *world) { w.post(5).Level = 0 }), "a>P5", "kept 2; violated K a,P5 1/0 post"},
		{"another, and below", level, also(sent(7), promise("P4"), origin(posting.TownshipHead)), "a>P5", "kept 2; missed K a,P5 1/0 level; lv=2"},
		{"promised in the follow-up sheet", k, followed, "a>P4", "kept 3"},
		{"not that one", k, followed, "a>P5", "kept 2; violated K a,P5 1/0 post"},
		{"his own row first", k, also(followed, promise("P5")), "a>P5", "kept 3"},
		{"promised though it is held", k, also(sent(7), promise("P2")), "a>P5", "kept 2; violated K a,P5 1/0 post"},
		{"to stay", k, also(sent(7), func(w *world) { w.a().Disposition = posting.Stay }), "", "kept 2; waived K a,P1 5/0 month by pin"},
		{"exception", k, also(sent(7), func(w *world) { w.except("P1") }), "", "kept 2; waived K a,P1 5/0 month by E1"},
		{"seconded while he should return", k, also(sent(7), lent(12)), "a>P5", "kept 2; violated K a,P1 5/0 month"},
	})
}

// A return is judged by none of these, a move before the mission ends by each.
func TestReturnsAreSpared(t *testing.T) {
	pension := policy.Row{"sex": "男", "level_from": "", "age": "60", "to_age": "63", "from": "2025-01", "step_months": "4"}
	back := posting.Stint{Cadre: "a", Unit: "U2", Post: "P5", From: posting.NewMonth(2019, 1), To: posting.NewMonth(2025, 6)}
	for _, tc := range []struct {
		clause policy.Clause
		change func(*world)
		found  string
	}{
		{clause("minimum_term", policy.Hard, params{"years": 72}), nil, "K a,P5 60/72 month"},
		{clause("special_change", policy.Hard, params{"term_years": 72, "most": 0}), nil, "K a,P5 1/0 change"},
		{clause("no_early_return", policy.Hard, params{"years": 36, "scope": "post"}), func(w *world) { w.in.History = []posting.Stint{back} }, "K a,P5 7/36 month"},
		{clause("post_weight", policy.Hard, params{"most_drop": 0, "advance": false}), func(w *world) { w.post(5).Weight = 2 }, "K a,P5 -1/0 weight"},
		{clause("favour_move", policy.Report, nil), func(w *world) { w.c().Also = []string{"P5"} }, ""},
		{clause("area_limit", policy.Hard, params{"years": 12, "area": "place"}), func(w *world) { w.a().AreaMonths, w.unit(1).Place = 60, "Z2" }, "K a,P5 60/12 month"},
		{clause("level_limit", policy.Hard, params{"years": 12}), func(w *world) { w.a().LevelSince = posting.NewMonth(2021, 1) }, "K a,P5 60/12 month"},
		{clause("near_retirement", policy.Hard, params{"months": 600, "table": []policy.Row{pension}}), nil, "K a,P5 204/600 month"},
		{clause("regime_freeze", policy.Hard, params{"regime": "election", "approvals": []string{"选举"}}), func(w *world) { w.regime, w.post(1).Approval = policy.Election, posting.ByElection }, "K a,P5 1/0 post"},
		{clause("hold", policy.Hard, params{"flag": "review"}), func(w *world) { w.a().Review = true }, "HOLD a 1/0 person"},
		{clause("term_in_progress", policy.Hard, nil), nil, "K a 1/0 person"},
		{clause("authority", policy.Hard, params{"nominated": "allow", "staff_within": "unit"}), func(w *world) { w.post(1).Leading = false }, "K a,P5 1/0 post"},
	} {
		for until, found := range map[int]bool{3: false, 13: true} { // the mission ends in the batch, or after it
			w := newWorld()
			w.clauses = []policy.Clause{tc.clause}
			if tc.change != nil {
				tc.change(w)
			}
			sent(until)(w)
			r := w.judge(t, "a>P5")
			got, want := told(r), "kept 0"
			switch {
			case tc.clause.Modality == policy.Report:
				if (r.Metrics["K.breach"] > 0) != found {
					t.Errorf("%s, mission to month %d: K.breach = %g", tc.clause.Kind, until, r.Metrics["K.breach"])
				}
			case found:
				want = "kept 0; violated " + tc.found
			case tc.clause.Kind == "authority": // it judges all else of a return
				want = "kept 1"
			}
			if got != want {
				t.Errorf("%s, mission to month %d: got %s, want %s", tc.clause.Kind, until, got, want)
			}
		}
	}
}

// What a mission and a return are to the other kinds.
func TestMissionsElsewhere(t *testing.T) {
	few := clause("few_moves", policy.Level, nil)
	term := clause("term_in_progress", policy.Hard, nil)
	due := selecting(clause("long_tenure", policy.Waivable, params{"must_years": 60}), policy.Selector{Cadres: []string{"a"}})
	ground := clause("move_ground", policy.Hard, params{"max_chain": 0})
	check(t, []kindCase{
		{"being sent is no move that is spared", few, mission(36), "a>P5", "kept 1"},
		{"nor is a return", few, sent(7), "a>P5", "kept 1"},
		{"a move before the end is one", few, also(sent(12), two), "a>P5", "kept 0; moves=1"},
		{"a return does not interrupt", term, sent(7), "a>P5", "kept 0"},
		{"a move before the end does", term, also(sent(12), two), "a>P5", "kept 0; violated K a 1/0 person"},
		{"nobody on a mission is due", due, sent(7), "", "kept 0"},
		{"nor is a blank of his listed", due, also(sent(7), func(w *world) { w.a().PostSince = 0 }), "", "kept 0"},
		{"he is in no share", shareClause(1, 2, nil), sent(-6), "b>P4", "kept 1"},
		{"his return is grounded", ground, also(sent(7), func(w *world) { w.in.Cadres[2].Also = []string{"P5"} }), "a>P5", "kept 1"},
		{"an earlier move is not", ground, also(sent(12), two, func(w *world) { w.in.Cadres[2].Also = []string{"P5"} }), "a>P5", "kept 0; violated K a,P5 -1/0 link"},
		{"a mission seat counts in the headcount", clause("headcount", policy.Hard, nil), also(mission(36), func(w *world) { w.unit(2).Deps = 2 }), "a>P5",
			"kept 5; violated K U2,a,b,c 3/2 seat"},
	})
	w := newWorld()
	also(mission(36), func(w *world) { w.post(4).Term = posting.TermMission; w.b().Duty = posting.Support })(w)
	w.in.Posts[1].Term, w.b().DutyUntil = posting.TermMission, posting.NewMonth(2026, 3)
	m := w.judge(t, "a>P5 b>P1").Metrics
	if m["moves"] != 2 || m["moves_support"] != 1 || m["moves_transfer"] != 1 || m["returns"] != 1 {
		t.Errorf("metrics %v", m)
	}
	got, err := Grounds(w.index(), w.policy(), plan("a>P5 b>P1"))
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string][]string{"a": {"vacancy"}, "b": {"return"}}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("grounds %v, want %v", got, want)
	}
}

// From a mission seat to another mission seat nobody is sent out: the type is that of any move.
func TestTypesOfMissions(t *testing.T) {
	for _, tc := range []struct {
		from, to posting.Term
		level    posting.Level
		want     posting.Move
	}{
		{posting.TermOrdinary, posting.TermMission, posting.TownshipDeputy, posting.MoveSupport},
		{posting.TermOrdinary, posting.TermMission, posting.TownshipHead, posting.MoveSupport}, // though it is a promotion
		{posting.TermMission, posting.TermMission, posting.TownshipDeputy, posting.MoveTransfer},
		{posting.TermMission, posting.TermOrdinary, posting.TownshipHead, posting.MovePromote},
		{posting.TermOrdinary, posting.TermSecondment, posting.TownshipHead, posting.MoveSecond},
	} {
		w := newWorld()
		w.post(1).Term, w.post(5).Term, w.post(5).Level = tc.from, tc.to, tc.level
		s, err := newScene(w.index(), w.policy(), plan(""))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.spell(0, 4, 1).move; got != tc.want {
			t.Errorf("%q to %q: %s, want %s", tc.from, tc.to, got, tc.want)
		}
	}
}

func TestDerivedFieldsOfMissions(t *testing.T) {
	home := posting.Assignment{Cadre: "a", From: "P1", To: "P4", Appoint: []string{"P4"}, Remove: []string{"P1"}, Move: posting.MoveRotate, Period: 1,
		Date: posting.NewMonth(2026, 8), Order: 1, Grounds: []string{"return", "vacancy"}}
	out := posting.Assignment{Cadre: "b", From: "P2", To: "P5", Appoint: []string{"P5"}, Remove: []string{"P2"}, Move: posting.MoveSupport, Period: 1,
		Date: posting.NewMonth(2026, 1), Until: posting.NewMonth(2028, 12), Grounds: []string{"vacancy"}}
	after := posting.Assignment{Cadre: "c", From: "P3", To: "P1", Move: posting.MoveSupport, Period: 1, Date: posting.NewMonth(2026, 8), Order: 2, Grounds: []string{"chain:a"}}
	for _, tc := range []struct {
		name   string
		change func(home, out, after *posting.Assignment)
		want   string
	}{
		{"as computed", func(_, _, _ *posting.Assignment) {}, ""},
		{"a return before the mission ends", func(h, _, _ *posting.Assignment) { h.Date = posting.NewMonth(2026, 7) }, "a 日期"},
		{"whoever follows is a matter of the order", func(_, _, c *posting.Assignment) { c.Date = posting.NewMonth(2026, 7) }, ""},
		{"being sent returns nowhere yet", func(_, o, _ *posting.Assignment) { o.ReturnsTo = "P2" }, "b 返回岗位"},
		{"the mission without a date", func(_, o, _ *posting.Assignment) { o.Date = 0 }, ""},
		{"a mission that ends sooner", func(_, o, _ *posting.Assignment) { o.Until = posting.NewMonth(2028, 11) }, "b 截止时间"},
		{"an end where there is none", func(h, _, _ *posting.Assignment) { h.Until = posting.NewMonth(2028, 12) }, "a 截止时间"},
		{"being sent is no transfer", func(_, o, _ *posting.Assignment) { o.Move = posting.MoveTransfer }, "b 调整类别"},
		{"a return keeps nothing", func(h, _, _ *posting.Assignment) { h.Keeps = "P1" }, "a 保留岗位"},
		{"ahead of who gives it up", func(h, _, c *posting.Assignment) { h.Order, c.Order = 2, 1 }, ""},
		{"no return", func(_, o, _ *posting.Assignment) { o.Grounds = []string{"return"} }, "b 依据"},
	} {
		w := newWorld()
		also(sent(7), mission(0))(w)
		w.clauses = []policy.Clause{clause("support_mission", policy.Hard, params{"months": 36, "most_months": 36})}
		h, o, c := home, out, after
		tc.change(&h, &o, &c)
		if got := contradictions(t, w, &posting.Plan{Assignments: []posting.Assignment{h, o, c}}); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

// One on a mission who stays may name the post promised to him.
func TestPromiseOfOneOnAMission(t *testing.T) {
	for post, want := range map[string]string{"P4": "", "P5": "a 返回岗位"} {
		w := newWorld()
		also(sent(24), promise("P4"))(w)
		p := &posting.Plan{Assignments: []posting.Assignment{{Cadre: "a", To: "P1", Period: 1, ReturnsTo: post}}}
		if got := contradictions(t, w, p); got != want {
			t.Errorf("%s: got %q, want %q", post, got, want)
		}
	}
}

// Whoever is relieved of his post leaves by the input; the plan says so.
func TestRelief(t *testing.T) {
	for move, want := range map[posting.Move]string{posting.MoveRelieve: "", posting.MoveLeave: "a 调整类别"} {
		w := newWorld()
		w.leave("a", 4)
		w.in.Departures[0].Class = posting.LeaveRelief
		p := &posting.Plan{Assignments: []posting.Assignment{{Cadre: "a", From: "P1", Remove: []string{"P1"}, Move: move, Period: 1,
			Date: posting.NewMonth(2026, 4), Grounds: []string{"departure:改任职级"}}}}
		if got := contradictions(t, w, p); got != want {
			t.Errorf("%s: got %q, want %q", move, got, want)
		}
	}
}
