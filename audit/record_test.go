package audit

import (
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// wish adds wishes "a:1=P5", and refusals "a:0=U2".
func wish(list string) func(*world) {
	return func(w *world) {
		for _, one := range strings.Fields(list) {
			who, what, _ := strings.Cut(one, ":")
			rank, target, _ := strings.Cut(what, "=")
			n := int(rank[0] - '0')
			w.in.Wishes = append(w.in.Wishes, posting.Wish{Cadre: who, Rank: n, Target: target, Refuse: n == 0})
		}
	}
}

// waited adds a row of the ledger of a with the cycles in which no wish was met.
func waited(cycles int) func(*world) {
	return func(w *world) { w.in.Ledger = append(w.in.Ledger, posting.LedgerRow{Cadre: "a", Unmet: cycles}) }
}

func TestWishes(t *testing.T) {
	p := func(more params) params {
		out := params{"use": "rank", "rank_points": 1, "miss_points": 5, "credit_points": 3, "most_cycles": 2}
		for name, v := range more {
			out[name] = v
		}
		return out
	}
	k := clause("wishes", policy.Weighted, p(nil))
	anyWish := clause("wishes", policy.Weighted, p(params{"credit_unit": "any"}))
	bare := clause("wishes", policy.Weighted, params{"use": "rank"})
	unbounded := clause("wishes", policy.Weighted, params{"use": "rank", "credit_points": 3})
	check(t, []kindCase{
		{"nobody wishes", k, nil, "a>P5", "kept 0"},
		{"the first wish", k, wish("a:1=P5"), "a>P5", "kept 1"},
		{"the second", k, wish("a:1=P4 a:2=P5"), "a>P5", "kept 0; missed K a,P5 2/1 rank; weighted=2000"},
		{"by unit", k, wish("a:1=U2"), "a>P5", "kept 1"},
		{"by place", k, wish("a:1=P4 a:2=P3 a:3=Z2"), "a>P5", "kept 0; missed K a,P5 3/1 rank; weighted=4000"},
		{"the least of several", k, wish("a:3=P5 a:1=Z2 a:2=U2"), "a>P5", "kept 1"},
		{"none", k, wish("a:1=P4"), "a>P5", "kept 0; missed K a,P5 -1/1 rank; weighted=10000"},
		{"a refusal is no wish", k, wish("a:0=P5"), "a>P5", "kept 0"},
		{"waited two cycles", k, also(wish("a:1=P4 a:2=P5"), waited(2)), "a>P5", "kept 0; missed K a,P5 2/1 rank; weighted=14000"},
		{"three count as two, rows add up", k, also(wish("a:1=P4"), waited(2), waited(1)), "a>P5", "kept 0; missed K a,P5 -1/1 rank; weighted=22000"},
		{"the first wish ends the waiting", k, also(wish("a:1=P5"), waited(2)), "a>P5", "kept 1"},
		{"any wish ends it", anyWish, also(wish("a:1=P4 a:2=P5"), waited(2)), "a>P5", "kept 0; missed K a,P5 2/1 rank; weighted=2000"},
		{"none goes on waiting", anyWish, also(wish("a:1=P4"), waited(1)), "a>P5", "kept 0; missed K a,P5 -1/1 rank; weighted=16000"},
		{"parameters not given are 0", bare, also(wish("a:1=P4"), waited(9)), "a>P5", "kept 1"},
		{"no bound of cycles", unbounded, also(wish("a:1=P4"), waited(9)), "a>P5", "kept 0; missed K a,P5 -1/1 rank; weighted=54000"},
		{"a stay to the end", k, wish("a:1=P5 a:2=P1"), "", "kept 0; missed K a,P1 2/1 rank; weighted=2000"},
		{"a stay until he moves is not judged", k, also(wish("a:1=P5"), two), "a>P5@2", "kept 1"},
		{"a stay until he leaves is", k, also(wish("a:1=P5"), two, func(w *world) { w.leave("a", 13) }), "", "kept 0; missed K a,P1 -1/1 rank; weighted=10000"},
		{"a placement", k, also(wish("d:1=P4"), func(w *world) { w.arrive(1) }), "d>P5", "kept 0; missed K d,P5 -1/1 rank; weighted=10000"},
		{"a secondment, and the stay beside it", k, also(wish("a:1=P5 a:2=P1"), lent(12)), "a>P5", "kept 1; missed K a,P1 2/1 rank; weighted=2000"},
		{"exception", k, also(wish("a:1=P4"), func(w *world) { w.except("a") }), "a>P5", "kept 0; waived K a,P5 -1/1 rank by E1"},
		{"fixed", k, also(wish("a:1=P4"), func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 0; waived K a,P5 -1/1 rank by pin"},
		{"to stay", k, also(wish("a:1=P4"), func(w *world) { w.a().Disposition = posting.Stay }), "", "kept 0; waived K a,P1 -1/1 rank by pin"},
	})
	refusal := clause("wishes", policy.Hard, params{"use": "refusal"})
	check(t, []kindCase{
		{"refused post", refusal, wish("a:0=P5"), "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"refused unit", refusal, wish("a:0=U2"), "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"refused place", refusal, wish("a:0=Z2"), "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"another", refusal, wish("a:0=P4 b:0=P5 a:1=P5"), "a>P5", "kept 1"},
		{"a stay on a refused post", refusal, wish("a:0=P1"), "", "kept 0"},
		{"a secondment", refusal, also(wish("a:0=P5"), lent(12)), "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"a placement", refusal, also(wish("d:0=P5"), func(w *world) { w.arrive(1) }), "d>P5", "kept 0; violated K d,P5 1/0 post"},
	})
}

func TestWishMetrics(t *testing.T) {
	w := newWorld()
	wish("a:1=P5 b:1=P4 b:2=P5 b:3=P2 c:1=P4 d:1=P4")(w)
	w.arrive(1)
	lent(12)(w)
	w.clauses = []policy.Clause{clause("wishes", policy.Report, params{"use": "rank", "miss_points": 1})}
	m := w.judge(t, "a>P5").Metrics // a's seat is his first, b stays on his third, c on none, d is not placed
	for name, want := range map[string]float64{"people": 3, "first": 1, "top3": 2, "unmet": 1, "breach": 2} {
		if m["K."+name] != want {
			t.Errorf("%s = %g, want %g", name, m["K."+name], want)
		}
	}
}

// rate adds ratings "P5:a=2": rank; "U2:a=-" ranks nobody.
func rate(list string) func(*world) {
	return func(w *world) {
		for _, one := range strings.Fields(list) {
			by, what, _ := strings.Cut(one, ":")
			who, value, _ := strings.Cut(what, "=")
			r := posting.Rating{By: by, Cadre: who, Rank: posting.Unknown, Grade: posting.Unknown}
			switch value[0] {
			case '-':
			case 'g':
				r.Grade = int(value[1] - '0')
			case 'v':
				r.Veto = true
			default:
				r.Rank = int(value[0] - '0')
			}
			w.in.Ratings = append(w.in.Ratings, r)
		}
	}
}

func TestUnitPreference(t *testing.T) {
	k := clause("unit_preference", policy.Weighted, params{"use": "rank", "points": 2, "missing": 4, "most": 3})
	bare := clause("unit_preference", policy.Weighted, params{"use": "rank"})
	grade := clause("unit_preference", policy.Weighted, params{"use": "grade", "missing": 1})
	veto := clause("unit_preference", policy.Waivable, params{"use": "veto"})
	check(t, []kindCase{
		{"nobody is rated", k, nil, "a>P5", "kept 0"},
		{"others are rated elsewhere", k, rate("P4:a=1 U1:a=1"), "a>P5", "kept 0"},
		{"the first", k, rate("P5:a=1"), "a>P5", "kept 1"},
		{"the second", k, rate("P5:a=2"), "a>P5", "kept 0; missed K a,P5 1/0 rank; weighted=4000"},
		{"no more than three steps", k, rate("P5:a=9"), "a>P5", "kept 0; missed K a,P5 8/0 rank; weighted=12000"},
		{"not rated, others are", k, rate("P5:b=1"), "a>P5", "kept 0; missed K a,P5 4/0 rank; weighted=12000"},
		{"rated, not ranked", k, rate("P5:a=g1"), "a>P5", "kept 0; missed K a,P5 4/0 rank; weighted=12000"},
		{"by the unit", k, rate("U2:a=3"), "a>P5", "kept 0; missed K a,P5 2/0 rank; weighted=8000"},
		{"the post before its unit", k, rate("U2:a=3 P5:a=1"), "a>P5", "kept 1"},
		{"the post rates others, the unit him", k, rate("U2:a=3 P5:b=1"), "a>P5", "kept 0; missed K a,P5 2/0 rank; weighted=8000"},
		{"points and steps not given", bare, rate("P5:a=9"), "a>P5", "kept 0; missed K a,P5 8/0 rank; weighted=16000"},
		{"missing not given", bare, rate("P5:b=1"), "a>P5", "kept 1"},
		{"a placement", k, also(rate("P5:d=2"), func(w *world) { w.arrive(1) }), "d>P5", "kept 0; missed K d,P5 1/0 rank; weighted=4000"},
		{"a secondment", k, also(rate("P5:a=2"), lent(12)), "a>P5", "kept 0; missed K a,P5 1/0 rank; weighted=4000"},
		{"stays", k, rate("P1:a=2"), "", "kept 0"},
		{"exception", k, also(rate("P5:a=2"), func(w *world) { w.except("a") }), "a>P5", "kept 0; waived K a,P5 1/0 rank by E1"},
		{"the best grade", grade, rate("P5:a=g1"), "a>P5", "kept 1"},
		{"the third grade", grade, rate("P5:a=g3"), "a>P5", "kept 0; missed K a,P5 2/0 rank; weighted=4000"},
		{"no grade", grade, rate("P5:a=2"), "a>P5", "kept 0; missed K a,P5 1/0 rank; weighted=2000"},
		{"a veto", veto, rate("P5:a=v"), "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"a veto of the unit", veto, rate("U2:a=v"), "a>P5", "kept 0; violated K a,P5 1/0 post"},
		{"the post does not share it", veto, rate("U2:a=v P5:a=1"), "a>P5", "kept 1"},
		{"a veto of another", veto, rate("P5:b=v"), "a>P5", "kept 1"},
		{"no opinion", veto, nil, "a>P5", "kept 1"},
		{"exception to a veto", veto, also(rate("P5:a=v"), func(w *world) { w.except("P5") }), "a>P5", "kept 0; waived K a,P5 1/0 post by E1"},
		{"fixed against a veto", veto, also(rate("P5:a=v"), func(w *world) { w.fix(w.a(), "P5") }), "a>P5", "kept 0; waived K a,P5 1/0 post by pin"},
		{"a hard veto", clause("unit_preference", policy.Hard, params{"use": "veto"}), also(rate("P5:a=v"), func(w *world) { w.except("P5") }), "a>P5", "kept 0; violated K a,P5 1/0 post"},
	})
	w := newWorld()
	also(rate("P5:a=3 P5:b=1 U1:c=1 P2:b=g1"), func(w *world) { w.in.Cadres[1].Name = "乙二" })(w)
	w.clauses = []policy.Clause{k}
	r := w.judge(t, "a>P5 c>P4 b>P1")
	for name, want := range map[string]float64{"posts": 3, "first": 1, "top3": 2} { // P5 by its third, P4 by the unit's first, P1 by one not ranked
		if r.Metrics["K."+name] != want {
			t.Errorf("%s = %g, want %g", name, r.Metrics["K."+name], want)
		}
	}
	for _, f := range r.Missed {
		if strings.ContainsAny(f.Text, "0123456789") && !strings.Contains(f.Text, "副职") {
			t.Errorf("a number stands beside a name: %s", f.Text)
		}
	}
}

// bears adds a row of the ledger.
func bears(row posting.LedgerRow) func(*world) {
	return func(w *world) { w.in.Ledger = append(w.in.Ledger, row) }
}

// balance is a clause of hardship_balance: a step is 12 weighted months.
func balance(m policy.Modality, method string, more params) policy.Clause {
	p := params{"method": method, "hardship": 1, "far": 0, "apart": 0, "care": 0, "overdue": 0, "far_minutes": 60, "step": 12}
	for name, v := range more {
		p[name] = v
	}
	return clause("hardship_balance", m, p)
}

// In the world a serves at Z1 of class 3, 90 minutes from home; b and c at Z2 of class 0, at home.
func TestHardshipBalance(t *testing.T) {
	convex := balance(policy.Level, "convex", nil)
	onlyA := selecting(convex, policy.Selector{Cadres: []string{"a"}})
	all := params{"hardship": 1, "far": 2, "apart": 3, "care": 4, "overdue": 5, "tiers": []policy.Row{{"share": "100%", "weight": "1"}}}
	weighted := selecting(balance(policy.Level, "gini", all), policy.Selector{Cadres: []string{"b"}})
	row := posting.LedgerRow{Cadre: "b", Hardship: 1, Far: 1, Apart: 1, Care: 1, Overdue: 1}
	far := selecting(balance(policy.Level, "convex", params{"hardship": 0, "far": 1, "care": 2}), policy.Selector{Cadres: []string{"a"}})
	overdue := selecting(balance(policy.Level, "convex", params{"hardship": 0, "overdue": 1}), policy.Selector{Cadres: []string{"b"}})
	due := func(w *world) {
		c := selecting(clause("long_tenure", policy.Waivable, params{"must_years": 60}), policy.Selector{Cadres: []string{"b"}})
		c.ID = "R01"
		w.clauses = append(w.clauses, c)
	}
	care := func(w *world) { w.a().ParentCare = posting.Yes }
	check(t, []kindCase{
		{"36 months are three steps", convex, nil, "", "kept 0; missed K  9/0 step; lv=9"},
		{"the page's example", onlyA, also(bears(posting.LedgerRow{Cadre: "a", Hardship: 30}), func(w *world) { w.place(1).Hardship = 2 }), "", "kept 0; missed K  12/0 step; lv=12"},
		{"moved to an easy place", convex, nil, "a>P5", "kept 1"},
		{"moved in the second year", convex, two, "a>P5@2", "kept 0; missed K  9/0 step; lv=9"},
		{"two years", convex, two, "", "kept 0; missed K  36/0 step; lv=36"},
		{"seconded to a hard place", convex, func(w *world) { w.post(4).Term, w.post(4).TermMonths = posting.TermSecondment, 12 }, "b>P4", "kept 0; missed K  18/0 step; lv=18"},
		{"for one year of two", selecting(convex, policy.Selector{Cadres: []string{"b"}}), also(two, func(w *world) { w.post(4).Term, w.post(4).TermMonths = posting.TermSecondment, 12 }), "b>P4",
			"kept 0; missed K  9/0 step; lv=9"},
		{"seconded from a hard place to an easy one", convex, lent(12), "a>P5", "kept 1"},
		{"each weight of the ledger, 15 months", weighted, bears(row), "", "kept 0; missed K  1/0 step; lv=1"},
		{"rows add up, 30 months", weighted, also(bears(row), bears(row)), "", "kept 0; missed K  2/0 step; lv=2"},
		{"11 months are no step", selecting(convex, policy.Selector{Cadres: []string{"b"}}), bears(posting.LedgerRow{Cadre: "b", Hardship: 11}), "", "kept 1"},
		{"far", far, nil, "", "kept 0; missed K  1/0 step; lv=1"},
		{"far, with parents to care for", far, care, "", "kept 0; missed K  9/0 step; lv=9"},
		{"60 minutes are not far", far, also(care, func(w *world) { w.in.Trips[0].Minutes = 60 }), "", "kept 1"},
		{"overdue", overdue, due, "", "kept 0; missed K  1/0 step; missed R01 b 60/60 month; lv=1; overdue_not_moved=1"},
		{"moved in time", overdue, due, "b>P5", "kept 2"},
		{"a leaver bears nothing", convex, func(w *world) { w.leave("a", 6) }, "", "kept 1"},
		{"an arrival bears nothing", convex, func(w *world) { w.arrive(1) }, "a>P5 d>P4", "kept 1"},
		{"class blank", onlyA, func(w *world) { w.place(1).Hardship = -1 }, "", "kept 1; unverifiable K a -1/0 datum"},
		{"class blank, no weight", far, func(w *world) { w.place(1).Hardship = -1 }, "", "kept 0; missed K  1/0 step; lv=1"},
		{"home blank", far, func(w *world) { w.a().Home = "" }, "", "kept 1; unverifiable K a -1/0 datum"},
		{"home blank, no weight", onlyA, func(w *world) { w.a().Home = "" }, "", "kept 0; missed K  9/0 step; lv=9"},
		{"home blank, care does not matter", balance(policy.Level, "convex", params{"hardship": 0, "care": 1}), func(w *world) { w.a().Home = "" }, "", "kept 1"},
		{"home blank, care matters", balance(policy.Level, "convex", params{"hardship": 0, "care": 1}), also(care, func(w *world) { w.a().Home = "" }), "", "kept 1; unverifiable K a -1/0 datum"},
		{"listed once for two years", onlyA, also(two, func(w *world) { w.place(1).Hardship = -1 }), "", "kept 1; unverifiable K a -1/0 datum"},
		{"forbid changes nothing", forbid(onlyA), func(w *world) { w.place(1).Hardship = -1 }, "", "kept 1; unverifiable K a -1/0 datum"},
		{"weighted", balance(policy.Weighted, "convex", nil), nil, "", "kept 0; missed K  9/0 step; weighted=18000"},
		{"nobody is exempt", convex, func(w *world) { w.except("a"); w.a().Disposition = posting.Stay }, "", "kept 0; missed K  9/0 step; lv=9"},
	})
}

func TestHardshipCap(t *testing.T) {
	limit := func(m policy.Modality, n int) policy.Clause { return balance(m, "cap", params{"cap": n}) }
	k := limit(policy.Waivable, 2)
	earlier := func(months int) func(*world) { return bears(posting.LedgerRow{Cadre: "a", Hardship: months}) }
	check(t, []kindCase{
		{"at the cap", limit(policy.Waivable, 3), nil, "", "kept 3"},
		{"above it", k, nil, "", "kept 2; violated K a 3/2 step"},
		{"above it already, given no more", k, earlier(60), "a>P5", "kept 3"},
		{"above it already, given more", k, earlier(60), "", "kept 2; violated K a 8/5 step"},
		{"exception", k, func(w *world) { w.except("a") }, "", "kept 2; waived K a 3/2 step by E1"},
		{"exception past", k, func(w *world) { w.exceptUntil("a", posting.NewMonth(2025, 12)) }, "", "kept 2; violated K a 3/2 step"},
		{"exception on the post", k, func(w *world) { w.except("P1") }, "", "kept 2; violated K a 3/2 step"},
		{"pins are none", k, func(w *world) { w.a().Disposition = posting.Stay }, "", "kept 2; violated K a 3/2 step"},
		{"exceptions are for waivable clauses", limit(policy.Level, 2), func(w *world) { w.except("a") }, "", "kept 2; missed K a 3/2 step; lv=1"},
		{"hard", limit(policy.Hard, 2), func(w *world) { w.except("a") }, "", "kept 2; violated K a 3/2 step"},
	})
}

func TestHardshipGini(t *testing.T) {
	tiers := func(rows ...policy.Row) policy.Clause { return balance(policy.Level, "gini", params{"tiers": rows}) }
	row := func(share, weight string) policy.Row { return policy.Row{"share": share, "weight": weight} }
	bc := also(bears(posting.LedgerRow{Cadre: "b", Hardship: 24}), bears(posting.LedgerRow{Cadre: "c", Hardship: 12})) // 3, 2, 1 steps
	check(t, []kindCase{
		{"the largest of three", tiers(row("1/3", "1")), bc, "", "kept 0; missed K  3/0 step; lv=3"},
		{"rounded up", tiers(row("34%", "1")), bc, "", "kept 0; missed K  5/0 step; lv=5"},
		{"all", tiers(row("100%", "1")), bc, "", "kept 0; missed K  6/0 step; lv=6"},
		{"none", tiers(row("0", "1")), bc, "", "kept 1"},
		{"weights of two tiers", tiers(row("10%", "4"), row("0.5", "2")), bc, "", "kept 0; missed K  22/0 step; lv=22"},
	})
	w := newWorld()
	w.clauses = []policy.Clause{tiers(row("a third", "1"))}
	if _, err := Judge(w.index(), w.policy(), plan(""), i18n.En); err == nil || !strings.Contains(err.Error(), "a third") {
		t.Errorf("want the cell in the error, got %v", err)
	}
}

func TestHardshipLeximin(t *testing.T) {
	w := newWorld()
	w.clauses = []policy.Clause{balance(policy.Level, "leximin", params{"top": 3})}
	w.clauses[0].Level = "burden"
	bears(posting.LedgerRow{Cadre: "b", Hardship: 12 * 7})(w) // above the top counts as the top
	bears(posting.LedgerRow{Cadre: "c", Hardship: 12})(w)
	pol := w.policy()
	pol.Levels = []policy.LevelSpec{{Name: policy.Threshold("burden", 3)}, {Name: policy.Threshold("burden", 2)}, {Name: policy.Threshold("burden", 1)}, {Name: policy.WeightedLevel}}
	w.place(1).Hardship = 2
	r, err := Judge(w.index(), pol, plan(""), i18n.Zh)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(r), "kept 0; missed K  7/0 step; burden@3=1; burden@2=2; burden@1=3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for name, want := range map[string]float64{"people": 3, "total": 10, "most": 7, "at_most": 1} {
		if r.Metrics["K."+name] != want {
			t.Errorf("%s = %g, want %g", name, r.Metrics["K."+name], want)
		}
	}
	if text := r.Missed[0].Text; strings.Contains(text, "乙二") {
		t.Errorf("somebody is named: %s", text)
	}
	pol.Clauses[0].Modality = policy.Report
	if r, err = Judge(w.index(), pol, plan(""), i18n.Zh); err != nil || r.Metrics["K.breach"] != 7 {
		t.Errorf("reported: %v, K.breach = %g, want 7", err, r.Metrics["K.breach"])
	}
}

func TestFamilyMoved(t *testing.T) {
	row := func(cadre string, year, month int, family posting.Tri) posting.FollowUp {
		f := posting.FollowUp{Cadre: cadre, Family: family}
		if year != 0 {
			f.Date = posting.NewMonth(year, month)
		}
		return f
	}
	w := newWorld()
	w.clauses = []policy.Clause{clause("family_moved", policy.Report, params{"share": policy.Ratio{Num: 2, Den: 3}, "months": 36})}
	w.in.FollowUps = []posting.FollowUp{
		row("a", 2025, 3, posting.Yes), row("a", 2023, 2, posting.No), row("b", 2024, 1, posting.No), row("b", 2026, 1, posting.No),
		row("c", 2025, 1, posting.Blank),
		row("c", 2023, 1, posting.Yes), // 36 months ago
		row("c", 2026, 2, posting.Yes), // not yet
		row("x", 2025, 1, posting.Yes), // no longer there
		row("c", 0, 0, posting.Yes),
	}
	r := w.judge(t, "")
	for name, want := range map[string]float64{"rows": 5, "known": 4, "moved": 1, "asked": 3, "breach": 2} {
		if r.Metrics["K."+name] != want {
			t.Errorf("%s = %g, want %g", name, r.Metrics["K."+name], want)
		}
	}
	if got := told(r); got != "kept 0" {
		t.Errorf("an indicator lists nothing: %s", got)
	}
}
