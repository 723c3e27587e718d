package audit

import (
	"slices"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// lent makes P5 a secondment seat of the months (0: not given).
func lent(months int) func(*world) {
	return func(w *world) { w.post(5).Term, w.post(5).TermMonths = posting.TermSecondment, months }
}

// also is several changes of a world, in turn.
func also(changes ...func(*world)) func(*world) {
	return func(w *world) {
		for _, change := range changes {
			change(w)
		}
	}
}

// onP5 lets c hold the seat P5 beside his post, for a duty to the month of 2026 (0: no end).
func onP5(month int) func(*world) {
	return func(w *world) {
		w.c().Also, w.c().Duty = []string{"P5"}, posting.Secondment
		if month != 0 {
			w.c().DutyUntil = posting.NewMonth(2026, 1) + posting.Month(month-1)
		}
	}
}

func TestSecondment(t *testing.T) {
	p := func(ages ...policy.Row) params { return params{"months": 24, "most_months": 36, "ages": ages} }
	row := func(level, age string) policy.Row { return policy.Row{"level_from": level, "age": age} }
	k := clause("secondment", policy.Waivable, p(row("", "46")))
	strict := clause("secondment", policy.Waivable, p(row("", "45")))
	county := clause("secondment", policy.Waivable, p(row("", "40"), row("县处级副职", "46")))
	level := func(l posting.Level) func(*world) { return func(w *world) { w.a().Level = l } }
	noBirth := func(w *world) { w.a().Birth = 0 }
	check(t, []kindCase{
		{"24 months of the clause, 46 years", k, lent(0), "a>P5", "kept 1"},
		{"36 months of the seat", k, lent(36), "a>P5", "kept 1"},
		{"37 months", k, lent(37), "a>P5", "kept 0; violated K a,P5 37/36 month"},
		{"too old", strict, lent(24), "a>P5", "kept 0; violated K a,P5 46/45 year"},
		{"too old in the second period", k, also(lent(24), two), "a>P5@2", "kept 0; violated K a,P5 47/46 year @2"},
		{"too long and too old", strict, lent(37), "a>P5", "kept 0; violated K a,P5 37/36 month"},
		{"the row of the level", county, also(lent(24), level(posting.CountyDeputy)), "a>P5", "kept 1"},
		{"below the level of the row", county, lent(24), "a>P5", "kept 0; violated K a,P5 46/40 year"},
		{"the last row that holds", clause("secondment", policy.Waivable, p(row("县处级副职", "50"), row("", "40"))), also(lent(24), level(posting.CountyDeputy)), "a>P5",
			"kept 0; violated K a,P5 46/40 year"},
		{"no row holds", clause("secondment", policy.Waivable, p(row("县处级副职", "40"))), lent(24), "a>P5", "kept 1"},
		{"no row holds, birth blank", clause("secondment", policy.Waivable, p(row("县处级副职", "40"))), also(lent(24), noBirth), "a>P5", "kept 1"},
		{"no ages", clause("secondment", policy.Waivable, params{"months": 24, "most_months": 36}), also(lent(24), noBirth), "a>P5", "kept 1"},
		{"birth blank", k, also(lent(24), noBirth), "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"birth blank, forbidden", forbid(k), also(lent(24), noBirth), "a>P5", "kept 0; violated K a,P5 -1/0 datum"},
		{"birth blank and too long", k, also(lent(37), noBirth), "a>P5", "kept 0; violated K a,P5 37/36 month"},
		{"level blank and asked", county, also(lent(24), level(0)), "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"level blank and not asked", strict, also(lent(24), level(0)), "a>P5", "kept 0; violated K a,P5 46/45 year"},
		{"exception", strict, also(lent(24), func(w *world) { w.except("a") }), "a>P5", "kept 0; waived K a,P5 46/45 year by E1"},
		{"fixed on the seat", strict, also(lent(24), func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 0; waived K a,P5 46/45 year by pin"},
		{"to move", strict, also(lent(24), func(w *world) { w.a().Disposition = posting.MustMove }), "a>P5", "kept 0; violated K a,P5 46/45 year"},
		{"hard", clause("secondment", policy.Hard, p(row("", "45"))), also(lent(24), func(w *world) { w.except("a") }), "a>P5", "kept 0; violated K a,P5 46/45 year"},
		{"moves and stays are not judged", strict, lent(37), "a>P4", "kept 0"},
	})
	w := newWorld()
	w.clauses = []policy.Clause{clause("secondment", policy.Report, p(row("", "45")))}
	lent(37)(w)
	if m := w.judge(t, "a>P5").Metrics; m["K.breach"] != 2 { // months and age
		t.Errorf("K.breach = %g, want 2", m["K.breach"])
	}
	w.clauses = []policy.Clause{clause("secondment", policy.Hard, p(row("处长", "45")))}
	if _, err := Judge(w.index(), w.policy(), plan(""), i18n.En); err == nil {
		t.Error("a level that is none is no error")
	}
}

func TestImpossibleSecondments(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(w *world)
		moves  string
		want   string
	}{
		{"a stay and a secondment", lent(24), "a>P1 a>P5", "kept 0"},
		{"the same, the other way round", lent(24), "a>P5 a>P1", "kept 0"},
		{"a stay, then a secondment, then home", also(lent(12), func(w *world) { w.cal.Periods = 3 }), "a>P1 a>P5@2 a>P1@3", "kept 0"},
		{"listed as going on", also(lent(24), two), "a>P5 a>P5@2", "kept 0"},
		{"again after its end", also(lent(12), two), "a>P5 a>P5@2", "kept 0; violated P02 a 2/1 assignment @2"},
		{"the same twice", lent(24), "a>P5 a>P5", "kept 0; violated P02 a 2/1 assignment"},
		{"two seats", also(lent(24), func(w *world) { w.post(4).Term = posting.TermSecondment }), "a>P4 a>P5", "kept 0; violated P02 a 2/1 assignment"},
		{"moved and seconded", lent(24), "a>P4 a>P5", "kept 0; violated P02 a 2/1 assignment"},
		{"moved, then seconded", also(lent(24), two), "a>P4 a>P5@2", "kept 0; violated P02 a 2/1 assignment @2"},
		{"seconded, then moved", also(lent(12), two), "a>P5 a>P4@2", "kept 0; violated P02 a 2/1 assignment @2"},
		{"seconded, then dropped", also(lent(12), two), "a>P5 a>@2", "kept 0; violated P02 a 2/1 assignment @2"},
		{"dropped, then seconded", also(lent(12), two), "a> a>P5@2", "kept 0; violated P02 a 0/1 post; violated P02 a 2/1 assignment @2"},
		{"a leaver", also(lent(12), two, func(w *world) { w.leave("a", 13) }), "a>P5", "kept 0; violated P02 a 1/0 assignment"},
		{"one who leaves after the horizon", also(lent(12), func(w *world) { w.leave("a", 13) }), "a>P5", "kept 0"},
		{"an arrival", also(lent(12), func(w *world) { w.arrive(1) }), "d>P5", "kept 0; violated P02 d 1/0 assignment"},
		{"outside the horizon", lent(12), "a>P5@2", "kept 0; violated P02 a 2/1 assignment @2"},
	} {
		w := newWorld()
		tc.change(w)
		if got := told(w.judge(t, tc.moves)); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}

// An arrival on a secondment seat is not placed.
func TestArrivalOnSecondmentSeatIsUnplaced(t *testing.T) {
	check(t, []kindCase{{"unplaced", clause("keeps_post", policy.Level, nil), also(lent(12), func(w *world) { w.arrive(1) }), "d>P5",
		"kept 3; violated P02 d 1/0 assignment; missed K d 0/1 post; arrivals_unplaced=1"}})
}

// Who holds what while somebody is seconded, and after.
func TestSecondmentLeavesTheHomeSeatTaken(t *testing.T) {
	empty := clause("seats_filled", policy.Level, params{"seats": "other"})
	seats := clause("headcount", policy.Hard, nil)
	deputies := func(w *world) { w.unit(2).Deps = 2 }
	check(t, []kindCase{
		{"an ordinary post", empty, nil, "a>P5", "kept 3; missed K P1 0/1 seat; missed K P4 0/1 seat; lv=2"},
		{"a secondment seat", empty, lent(24), "a>P5", "kept 4; missed K P4 0/1 seat; lv=1"},
		{"12 months are one period", empty, also(lent(12), two), "a>P5", "kept 7; missed K P4 0/1 seat; missed K P4 0/1 seat @2; missed K P5 0/1 seat @2; lv=3"},
		{"13 are two", empty, also(lent(13), two), "a>P5", "kept 8; missed K P4 0/1 seat; missed K P4 0/1 seat @2; lv=2"},
		{"without months to the end", empty, also(lent(0), two), "a>P5", "kept 8; missed K P4 0/1 seat; missed K P4 0/1 seat @2; lv=2"},
		{"a duty that ends in period 2", empty, also(lent(0), two, onP5(12)), "", "kept 7; missed K P4 0/1 seat; missed K P4 0/1 seat @2; missed K P5 0/1 seat @2; lv=3"},
		{"a duty without end", empty, also(lent(0), two, onP5(0)), "", "kept 8; missed K P4 0/1 seat; missed K P4 0/1 seat @2; lv=2"},
		{"a duty that ends after the horizon", empty, also(lent(0), two, onP5(24)), "", "kept 8; missed K P4 0/1 seat; missed K P4 0/1 seat @2; lv=2"},
		{"an ordinary concurrent post goes on", empty, also(two, onP5(12)), "", "kept 8; missed K P4 0/1 seat; missed K P4 0/1 seat @2; lv=2"},
		{"no headcount of the host", seats, also(deputies, lent(24)), "a>P5", "kept 6"},
		{"but of an ordinary post", seats, deputies, "a>P5", "kept 5; violated K U2,a,b,c 3/2 seat"},
		{"a seat that is held", seats, also(lent(24), onP5(0)), "a>P5", "kept 4; violated K P5,a,c 2/1 seat"},
		{"a seat whose holder is done", seats, also(lent(24), onP5(3)), "a>P5", "kept 5"},
		{"two at once", seats, lent(24), "a>P5 b>P5", "kept 4; violated K P5,a,b 2/1 seat"},
		{"one after the other", seats, also(lent(12), two), "a>P5 b>P5@2", "kept 10"},
		{"the holder himself again", seats, also(lent(24), onP5(0)), "c>P5", "kept 5"},
		{"one for one in a seat held twice", seats, also(lent(24), onP5(3), func(w *world) { w.b().Also = []string{"P5"} }), "a>P5", "kept 4; violated K P5,a,b 2/1 seat"},
	})
}

// A kind whose page does not say so judges no secondment; one that does judges it as a move.
func TestWhoJudgesSecondments(t *testing.T) {
	up := func(w *world) { w.post(5).Level = posting.TownshipHead }
	match := clause("level_match", policy.Hard, params{"up": 0, "down": 0})
	within := clause("authority", policy.Hard, params{"nominated": "allow", "staff_within": "unit"})
	lentP4 := func(w *world) { w.post(4).Term = posting.TermSecondment }
	fill := clause("filling", policy.Hard, nil)
	reserved := func(f posting.Filling) func(*world) { return also(lent(12), func(w *world) { w.post(5).Filling = f }) }
	care := clause("care_deferral", policy.Hard, nil)
	check(t, []kindCase{
		{"level_match", match, also(lent(12), up), "a>P5", "kept 0"},
		{"few_moves", clause("few_moves", policy.Level, nil), lent(12), "a>P5", "kept 0"},
		{"commute", clause("commute", policy.Weighted, params{"soft_minutes": 60, "step_minutes": 15, "most_steps": 6}), lentP4, "b>P4",
			"kept 0; missed K b,P4 90/60 minute; weighted=4000"},
		{"another unit", within, also(lent(12), func(w *world) { w.post(1).Leading = false }), "a>P5", "kept 1"},
		{"a mission in another unit", within, func(w *world) { w.post(1).Leading = false; w.post(5).Term = posting.TermMission }, "a>P5", "kept 1"},
		{"another authority", within, also(lent(12), func(w *world) { w.post(5).Authority = "市委" }), "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"frozen", fill, reserved(posting.Frozen), "a>P5", "kept 0; violated K a,P5 1/0 seat"},
		{"reserved for a promotion", fill, also(reserved(posting.ReservePromotion), up), "a>P5", "kept 0; violated K a,P5 1/0 seat"},
		{"reserved for an arrival", fill, reserved(posting.ReserveArrival), "a>P5", "kept 0; violated K a,P5 1/0 seat"},
		{"held", clause("hold", policy.Hard, params{"flag": "review"}), also(lent(12), func(w *world) { w.a().Review = true }), "a>P5", "kept 0; violated HOLD a 1/0 person"},
		{"deferred, to a harder place", care, also(lentP4, func(w *world) { w.b().Care = true; w.post(4).Level = posting.CountyHead }), "b>P4", "kept 0; violated HOLD b 1/0 person"},
		{"on a duty", clause("term_in_progress", policy.Hard, nil), also(lent(12), func(w *world) { w.a().Duty = posting.Village }), "a>P5", "kept 0; violated K a 1/0 person"},
		{"the area in which he grew up", clause("area_avoidance", policy.Hard, params{"area": "place"}), also(lentP4, func(w *world) { w.post(4).HomeArea, w.b().GrewUp = true, "Z1" }), "b>P4",
			"kept 3; violated K b,P4 1/0 post"},
		{"the share counts no secondment", shareClause(1, 3, nil), lent(12), "a>P5", "kept 0; missed K  0/1 person; yearly_shares=1"},
		{"a team loses nobody", clause("team_outflow", policy.Hard, params{"share": policy.Ratio{Num: 0, Den: 1}, "least": 0}), lent(12), "a>P5", "kept 2"},
		{"couples by their main posts", clause("couple_near", policy.Weighted, params{"minutes": 60}), also(lentP4, func(w *world) { w.kin("b", "c", posting.Spouse) }), "b>P4", "kept 0"},
		{"an unmet duty stays unmet", selecting(clause("long_tenure", policy.Waivable, params{"must_years": 60}), policy.Selector{Cadres: []string{"a"}}), lent(12), "a>P5",
			"kept 0; missed K a 60/60 month; overdue_not_moved=1"},
	})
}

func TestDispositionAndSecondment(t *testing.T) {
	k := clause("disposition", policy.Hard, nil)
	set := func(d posting.Disposition) func(*world) { return func(w *world) { w.a().Disposition = d } }
	on := func(post string) func(*world) { return func(w *world) { w.fix(w.a(), post) } }
	check(t, []kindCase{
		{"to stay", k, also(lent(12), set(posting.Stay)), "a>P5", "kept 1; violated K a,P5 1/0 decision"},
		{"to move is not met", k, also(lent(12), set(posting.MustMove)), "a>P5", "kept 1; violated K a,P1 1/0 decision"},
		{"fixed on the seat, seconded", k, also(lent(12), on("P5")), "a>P5", "kept 2"},
		{"fixed on the seat, stays", k, also(lent(12), on("P5")), "", "kept 1; violated K a,P5 1/0 decision"},
		{"fixed on the seat, seconded later", k, also(lent(12), two, on("P5")), "a>P5@2", "kept 1; violated K a,P5 1/0 decision @2"},
		{"fixed on the seat, moved", k, also(lent(12), on("P5")), "a>P4", "kept 0; violated K a,P4 1/0 decision; violated K a,P5 1/0 decision"},
		{"fixed on the seat, not matched", selecting(k, policy.Selector{Cadres: []string{"b"}}), also(lent(12), on("P5")), "", "kept 0"},
		{"fixed on the seat, leaves at once", k, also(lent(12), on("P5"), func(w *world) { w.leave("a", 1) }), "", "kept 0"},
		{"fixed elsewhere, seconded", k, also(lent(12), on("P4")), "a>P5", "kept 0; violated K a,P1 1/0 decision; violated K a,P5 1/0 decision"},
		{"fixed at home, seconded", k, also(lent(12), on("P1")), "a>P5", "kept 1; violated K a,P5 1/0 decision"},
		{"unsuited", k, also(lent(12), func(w *world) { w.a().Unsuited = []string{"P5"} }), "a>P5", "kept 1; violated K a,P5 1/0 decision"},
		{"an arrival fixed on the seat", k, also(lent(12), func(w *world) { w.fix(w.arrive(1), "P5") }), "", "kept 0; violated K d,P5 1/0 decision"},
	})
}

func TestGroundsOfSecondments(t *testing.T) {
	k := clause("move_ground", policy.Hard, params{"max_chain": 2})
	none := clause("move_ground", policy.Hard, params{"max_chain": 2, "max_moves": 0})
	broken := "kept 0; violated K a,P5 -1/2 link"
	check(t, []kindCase{
		{"an open seat", k, lent(12), "a>P5", "kept 1"},
		{"a seat that is held", k, also(lent(12), onP5(0)), "a>P5", broken},
		{"its holder is done in this period", k, also(lent(12), onP5(11)), "a>P5", "kept 1"},
		{"its holder is done in the next", k, also(lent(12), two, onP5(12)), "a>P5", broken},
		{"after he is done", k, also(lent(12), two, onP5(12)), "a>P5@2", "kept 1"},
		{"its holder leaves", k, also(lent(12), onP5(0), func(w *world) { w.leave("c", 5) }), "a>P5", "kept 1"},
		{"its holder only moves", k, also(lent(12), onP5(0)), "a>P5 c>P4", "kept 1; violated K a,P5 -1/2 link"},
		{"fixed on it", k, also(lent(12), onP5(0), func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 1"},
		{"fixed elsewhere", k, also(lent(12), onP5(0), func(w *world) { w.fix(w.a(), "P4") }), "a>P5", broken},
		{"a duty to move is no ground for it", k, also(lent(12), onP5(0), func(w *world) { w.a().Disposition = posting.MustMove }), "a>P5", broken},
		{"a move of one who is to be seconded", k, also(lent(12), func(w *world) { w.fix(w.a(), "P5"); w.c().Also = []string{"P4"} }), "a>P4", "kept 0; violated K a,P4 -1/2 link"},
		{"no move is counted", none, lent(12), "a>P5", "kept 2"},
	})
	for _, tc := range []struct {
		change func(*world)
		want   []string
	}{
		{lent(12), []string{"vacancy"}},
		{also(lent(12), onP5(0)), nil},
		{also(lent(12), onP5(5)), []string{"vacancy"}},
		{also(lent(12), onP5(0), func(w *world) { w.fix(w.a(), "P5") }), []string{"pin"}},
		{also(lent(48), func(w *world) { w.fix(w.a(), "P5"); w.except("a") }), []string{"pin", "vacancy", "exception:E1"}},
	} {
		w := newWorld()
		w.clauses = []policy.Clause{clause("secondment", policy.Waivable, params{"months": 12, "most_months": 36})}
		tc.change(w)
		got, err := Grounds(w.index(), w.policy(), plan("a>P5"))
		if err != nil {
			t.Fatal(err)
		}
		if g, listed := got["a"]; !listed || !slices.Equal(g, tc.want) || len(got) != 1 {
			t.Errorf("grounds %v, want a: %v", got, tc.want)
		}
	}
}

func TestKinAndSecondment(t *testing.T) {
	k := clause("kin_avoidance", policy.Waivable, params{"kin": []string{"配偶"}})
	near := also(lent(12), func(w *world) {
		w.kin("a", "b", posting.Spouse)
		w.post(5).Superior, w.post(2).Superior = "P3", "P3"
	})
	with := func(f func(*world)) func(*world) { return also(near, f) }
	// b's main post and his seat P5 both stand under c, his spouse.
	twice := also(lent(12), func(w *world) { w.kin("b", "c", posting.Spouse); w.post(5).Superior, w.post(2).Superior = "P3", "P3" })
	function := clause("kin_function", policy.Waivable, params{"kin": []string{"配偶"}, "functions": []string{"财务"}})
	finance := also(lent(12), func(w *world) { w.kin("a", "b", posting.Spouse); w.post(5).Function = "财务" })
	check(t, []kindCase{
		{"at home they do not clash", k, near, "", "kept 1"},
		{"the seat clashes", k, near, "a>P5", "kept 0; violated K a,b,P5,P2 1/0 pair"},
		{"as long as it is held", k, with(two), "a>P5", "kept 1; violated K a,b,P5,P2 1/0 pair"},
		{"both fixed", k, with(func(w *world) { w.fix(w.a(), "P5"); w.b().Disposition = posting.Stay }), "a>P5", "kept 0; waived K a,b,P5,P2 1/0 pair by pin"},
		{"fixed at home is not fixed on the seat", k, with(func(w *world) { w.a().Disposition, w.b().Disposition = posting.Stay, posting.Stay }), "a>P5",
			"kept 0; violated K a,b,P5,P2 1/0 pair"},
		{"a superior is blank", k, with(func(w *world) { w.post(5).Superior = "" }), "a>P5", "kept 0; unverifiable K a,b,P5,P2 -1/0 pair"},
		{"main posts first", k, twice, "b>P5", "kept 0; violated K b,c,P2,P3 1/0 pair"},
		{"the first that is not exempt", k, also(twice, func(w *world) { w.except("P2") }), "b>P5", "kept 0; violated K b,c,P5,P3 1/0 pair"},
		{"all exempt", k, also(twice, func(w *world) { w.except("P3") }), "b>P5", "kept 0; waived K b,c,P2,P3 1/0 pair by E1"},
		{"a concurrent seat is none of the plan", k, with(func(w *world) { w.a().Also = []string{"P5"} }), "", "kept 1"},
		{"a barred function", function, finance, "a>P5", "kept 0; violated K a,b,P5,P2 1/0 pair"},
		{"not held", function, finance, "", "kept 1"},
	})
}

func TestLodgingOfTheSeconded(t *testing.T) {
	k := clause("lodging", policy.Waivable, params{"commute_minutes": 60, "family_of": 4})
	at := func(there int) func(*world) {
		return func(w *world) {
			w.post(4).Term, w.post(4).TermMonths, w.place(1).Lodging = posting.TermSecondment, 12, there
		}
	}
	lodged := func(place string) func(*world) { return func(w *world) { w.b().Lodging = place } }
	check(t, []kindCase{
		{"one needs a place", k, at(1), "b>P4", "kept 2"},
		{"none there", k, at(0), "b>P4", "kept 1; violated K Z1,b 1/0 place"},
		{"only while seconded", k, also(at(0), two), "b>P4", "kept 3; violated K Z1,b 1/0 place"},
		{"lodged there already", k, also(at(1), lodged("Z1")), "b>P4", "kept 2"},
		{"lodged elsewhere, he keeps that", k, also(at(1), lodged("Z2"), func(w *world) { w.place(2).Lodging = 0; w.c().Home = "" }), "b>P4", "kept 2"},
		{"lodged elsewhere, he needs another", k, also(at(0), lodged("Z2")), "b>P4", "kept 1; violated K Z1,b 1/0 place"},
		{"fixed on it", k, also(at(0), func(w *world) { w.fix(w.b(), "P4") }), "b>P4", "kept 1; waived K Z1,b 1/0 place by pin"},
		{"exception", k, also(at(0), func(w *world) { w.except("b") }), "b>P4", "kept 1; waived K Z1,b 1/0 place by E1"},
		{"number blank", k, at(-1), "b>P4", "kept 1; unverifiable K b,P4 -1/0 datum"},
	})
	w := newWorld()
	at(1)(w)
	lodged("Z2")(w)
	w.clauses = []policy.Clause{k}
	if m := w.judge(t, "b>P4").Metrics; m["lodging_used.Z1"] != 1 || m["lodging_used.Z2"] != 1 || m["secondments"] != 1 || m["moves"] != 0 || m["stays"] != 3 {
		t.Errorf("metrics %v", m)
	}
}

// A secondment seat is no lawful destination.
func TestSecondmentIsNoLawfulDestination(t *testing.T) {
	due := selecting(clause("long_tenure", policy.Hard, params{"must_years": 60}), policy.Selector{Cadres: []string{"a"}})
	all := func(term posting.Term) func(*world) {
		return func(w *world) {
			for i := range w.in.Posts {
				w.in.Posts[i].Term = term
			}
			w.in.Posts[0].Term = posting.TermOrdinary
		}
	}
	check(t, []kindCase{
		{"ordinary posts", due, all(posting.TermOrdinary), "", "kept 0; violated K a 60/60 month; overdue_not_moved=1"},
		{"secondment seats only", due, func(w *world) { w.in.Cadres = w.in.Cadres[:1]; all(posting.TermSecondment)(w) }, "", "kept 0; missed K a 60/60 month; overdue_not_moved=1"},
	})
}

// secondedPlan is a full plan: c leaves the seat P5 at the end of March, a takes it for 24 months.
func secondedPlan() (*world, *posting.Plan) {
	w := newWorld()
	also(lent(24), onP5(3), two)(w)
	w.a().Also = []string{"P4"}
	return w, &posting.Plan{Assignments: []posting.Assignment{
		{Cadre: "a", From: "P1", To: "P1", Also: []string{"P4"}, Move: posting.MoveStay, Period: 1},
		{Cadre: "a", From: "P1", To: "P5", Also: []string{"P4"}, Appoint: []string{"P5"}, Move: posting.MoveSecond, Period: 1, Keeps: "P1", ReturnsTo: "P1",
			Date: posting.NewMonth(2026, 4), Until: posting.NewMonth(2028, 3), Order: 1, Grounds: []string{"vacancy"}},
	}}
}

func TestDerivedFieldsOfSecondments(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(a *posting.Assignment)
		want   string
	}{
		{"as computed", func(*posting.Assignment) {}, ""},
		{"keeps", func(a *posting.Assignment) { a.Keeps = "P4" }, "a 保留岗位"},
		{"returns to", func(a *posting.Assignment) { a.ReturnsTo = "P4" }, "a 返回岗位"},
		{"gives up", func(a *posting.Assignment) { a.Remove = []string{"P1"} }, "a 拟免"},
		{"another kind", func(a *posting.Assignment) { a.Move = posting.MoveTransfer }, "a 调整类别"},
		{"before the seat is free", func(a *posting.Assignment) { a.Date, a.Until = posting.NewMonth(2026, 3), 0 }, "a 日期"},
		{"a month later", func(a *posting.Assignment) { a.Date, a.Until = posting.NewMonth(2026, 5), posting.NewMonth(2028, 4) }, ""},
		{"in the next period", func(a *posting.Assignment) { a.Date, a.Until = posting.NewMonth(2027, 1), 0 }, "a 日期"},
		{"until", func(a *posting.Assignment) { a.Until = posting.NewMonth(2028, 2) }, "a 截止时间"},
		{"until, from the first possible date", func(a *posting.Assignment) { a.Date = 0 }, ""},
		{"a ground that is none", func(a *posting.Assignment) { a.Grounds = []string{"chain:c"} }, "a 依据"},
	} {
		w, p := secondedPlan()
		tc.change(&p.Assignments[1])
		if got := contradictions(t, w, p); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

// contradictions are the cadres and fields that the audit contradicts, sorted; whatever else is violated names its clause.
func contradictions(t *testing.T, w *world, p *posting.Plan) string {
	t.Helper()
	r, err := Judge(w.index(), w.policy(), p, i18n.Zh)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range r.Violated {
		_, field, _ := strings.Cut(f.Text, "方案所列")
		field, _, _ = strings.Cut(field, "为“")
		out = append(out, f.Clause+" "+f.Subjects[0]+" "+field)
	}
	slices.Sort(out)
	return strings.ReplaceAll(strings.Join(out, " "), "P01 ", "")
}
