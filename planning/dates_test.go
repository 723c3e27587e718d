package planning

import (
	"slices"
	"testing"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// awayPolicy says how long secondments and missions last where the seat does not.
const awayPolicy = `version: 1
plan_date: 2026-01
authority: 县管
horizon: {periods: 2, months: 12}
levels: [{name: weighted, zh: weighted, en: weighted, unit: point}]
clauses:
  - {id: R29, kind: secondment, modality: hard, parameters: {months: 24, most_months: 36}, citation: drawn}
  - {id: R30, kind: support_mission, modality: hard, parameters: {months: 36, most_months: 36}, citation: drawn}
`

// awayWorld: M is on a mission until July 2026, S seconded to S1 until October 2026, A and B are at home; S2 is a secondment
// seat of half a year, M1 and M2 mission seats, H the vacant post that M was promised.
func awayWorld(t *testing.T) (*posting.Index, *policy.Policy) {
	t.Helper()
	pol, problems := policy.Decode("policy.yaml", []byte(awayPolicy), policy.Options{})
	if pol == nil || len(problems.List) > 0 {
		t.Fatal(problems.List)
	}
	post := func(id string, term posting.Term, months int) posting.Post {
		return posting.Post{ID: id, Authority: "县管", Filling: posting.Fillable, Term: term, TermMonths: months}
	}
	in := &posting.Instance{
		Posts: []posting.Post{post("PA", "", 0), post("PB", "", 0), post("PS", "", 0), post("H", "", 0), post("M1", posting.TermMission, 0),
			post("M2", posting.TermMission, 18), post("S1", posting.TermSecondment, 0), post("S2", posting.TermSecondment, 6)},
		Cadres: []posting.Cadre{
			{ID: "A", Name: "A", Post: "PA"}, {ID: "B", Name: "B", Post: "PB"},
			{ID: "M", Name: "M", Post: "M1", Duty: posting.Support, DutyUntil: posting.NewMonth(2026, 7), ReturnsTo: "H"},
			{ID: "S", Name: "S", Post: "PS", Also: []string{"S1"}, Duty: posting.Secondment, DutyUntil: posting.NewMonth(2026, 10)},
		},
	}
	return posting.NewIndex(in, pol.Calendar), pol
}

// leaves are the months in which those leave whom a test has leave: before the plan date, and before the end of a secondment.
var leaves = map[string]posting.Month{"B": posting.NewMonth(2025, 11), "S": posting.NewMonth(2026, 3)}

// enriched is a plan of two periods in which everybody who is not named stays.
func enriched(t *testing.T, changes ...posting.Assignment) map[string]posting.Assignment {
	t.Helper()
	x, pol := awayWorld(t)
	plan := &posting.Plan{}
	for c := range x.Cadres {
		a := posting.Assignment{Cadre: x.Cadres[c].ID, From: x.Cadres[c].Post, To: x.Cadres[c].Post, Move: posting.MoveStay, Period: 1}
		if i := slices.IndexFunc(changes, func(b posting.Assignment) bool { return b.Cadre == a.Cadre }); i >= 0 {
			a.To, a.Move, a.Period = changes[i].To, changes[i].Move, changes[i].Period
			if a.To == "" {
				x.Departures = append(x.Departures, posting.Departure{Cadre: a.Cadre, Month: leaves[a.Cadre]})
			}
		}
		plan.Assignments = append(plan.Assignments, a)
	}
	enrich(x, pol, plan, i18n.En)
	out := map[string]posting.Assignment{}
	for _, a := range plan.Assignments {
		out[a.Cadre] = a
	}
	for _, u := range plan.Unfilled {
		out["unfilled"] = posting.Assignment{Also: append(out["unfilled"].Also, u.Post)}
	}
	return out
}

// TestDatesOfSecondmentsAndMissions: when a change takes effect and until when it lasts.
func TestDatesOfSecondmentsAndMissions(t *testing.T) {
	change := func(cadre, to string, move posting.Move, period int) posting.Assignment {
		return posting.Assignment{Cadre: cadre, To: to, Move: move, Period: period}
	}
	month := posting.NewMonth
	for _, c := range []struct {
		what        string
		changes     []posting.Assignment
		who         string
		date, until posting.Month
	}{
		{"the seat's own term", []posting.Assignment{change("A", "S2", posting.MoveSecond, 2)}, "A", month(2027, 1), month(2027, 6)},
		{"the policy's, from when the seat is free", []posting.Assignment{change("A", "S1", posting.MoveSecond, 1)}, "A", month(2026, 11), month(2028, 10)},
		{"the seat is free long since", []posting.Assignment{change("A", "S1", posting.MoveSecond, 2)}, "A", month(2027, 1), month(2028, 12)},
		{"its holder moves when his secondment ends", []posting.Assignment{change("S", "H", posting.MoveTransfer, 1), change("A", "S1", posting.MoveSecond, 1)}, "A", month(2026, 11), month(2028, 10)},
		{"he goes on elsewhere after it", []posting.Assignment{change("S", "S2", posting.MoveSecond, 1)}, "S", month(2026, 11), month(2027, 4)},
		{"a departure takes effect in its month", []posting.Assignment{change("S", "", posting.MoveLeave, 1)}, "S", month(2026, 3), 0},
		{"one before the plan date at its start", []posting.Assignment{change("B", "", posting.MoveRelieve, 1)}, "B", month(2026, 1), 0},
		{"the seat is free when its holder has left", []posting.Assignment{change("S", "", posting.MoveLeave, 1), change("A", "S1", posting.MoveSecond, 1)}, "A", month(2026, 3), month(2028, 2)},
		{"a return waits for the end", []posting.Assignment{change("M", "H", posting.MoveTransfer, 1)}, "M", month(2026, 8), 0},
		{"and so does who follows", []posting.Assignment{change("M", "H", posting.MoveTransfer, 1), change("A", "M1", posting.MoveSupport, 1)}, "A", month(2026, 8), month(2029, 7)},
		{"a later return does not", []posting.Assignment{change("M", "H", posting.MoveTransfer, 2)}, "M", month(2027, 1), 0},
		{"a mission's own term", []posting.Assignment{change("B", "M2", posting.MoveSupport, 1)}, "B", month(2026, 1), month(2027, 6)},
	} {
		if a := enriched(t, c.changes...)[c.who]; a.Date != c.date || a.Until != c.until {
			t.Errorf("%s: from %v until %q, want %v until %q", c.what, a.Date, a.Until, c.date, c.until)
		}
	}
}

// TestPostsOfSecondmentsAndMissions: what is taken, given up and kept.
func TestPostsOfSecondmentsAndMissions(t *testing.T) {
	all := enriched(t, posting.Assignment{Cadre: "A", To: "S2", Move: posting.MoveSecond, Period: 1})
	for cadre, want := range map[string]posting.Assignment{
		"A": {Appoint: []string{"S2"}, Keeps: "PA", ReturnsTo: "PA", Order: 1},
		"B": {},
		"M": {ReturnsTo: "H"},
		"S": {Also: []string{"S1"}},
	} {
		got := all[cadre]
		if !slices.Equal(got.Appoint, want.Appoint) || !slices.Equal(got.Also, want.Also) || len(got.Remove) > 0 ||
			got.Keeps != want.Keeps || got.ReturnsTo != want.ReturnsTo || got.Order != want.Order {
			t.Errorf("%s: got %+v", cadre, got)
		}
	}
	if got := all["unfilled"].Also; !slices.Equal(got, []string{"H", "M2", "S1", "S2"}) { // both secondments are over at the end
		t.Errorf("unfilled: %v", got)
	}
	if got := enriched(t, posting.Assignment{Cadre: "S", To: "H", Move: posting.MoveTransfer, Period: 1})["S"].Remove; !slices.Equal(got, []string{"PS", "S1"}) {
		t.Errorf("in the period in which his secondment ends S gives up %v", got)
	}
	if got := enriched(t, posting.Assignment{Cadre: "S", To: "H", Move: posting.MoveTransfer, Period: 2})["S"].Remove; !slices.Equal(got, []string{"PS"}) {
		t.Errorf("in a later one he gives up %v", got)
	}
	if got := enriched(t, posting.Assignment{Cadre: "A", To: "S1", Move: posting.MoveSecond, Period: 1})["unfilled"].Also; !slices.Equal(got, []string{"H", "M2", "S2"}) {
		t.Errorf("with A on S1 to the end, unfilled: %v", got)
	}
}

// TestOpenSeatsOfSecondmentsAndMissions: a seat opens when its holder returns or his secondment ends in the first period.
func TestOpenSeatsOfSecondmentsAndMissions(t *testing.T) {
	x, pol := awayWorld(t)
	opens := map[string]string{}
	for _, s := range Brief(x, pol).Seats {
		opens[x.Posts[s.Post].ID] = s.Opens
		if (s.Opens == "vacant") != (s.Leaver == posting.None) {
			t.Errorf("%s opens by %q, leaver %d", x.Posts[s.Post].ID, s.Opens, s.Leaver)
		}
		if id := x.Posts[s.Post].ID; id == "S2" && s.Eligible != len(x.Cadres) {
			t.Errorf("%d could be seconded to S2, want all %d", s.Eligible, len(x.Cadres))
		}
	}
	want := map[string]string{"H": "vacant", "M1": MissionEnds, "M2": "vacant", "S1": SecondmentEnds, "S2": "vacant"}
	for id, by := range want {
		if opens[id] != by {
			t.Errorf("%s opens by %q, want %q", id, opens[id], by)
		}
	}
	if len(opens) != len(want) {
		t.Errorf("open: %v", opens)
	}
}

// A departure that was due before the plan date takes effect on it; a later one in its own month.
func TestDepartureDates(t *testing.T) {
	x, pol := awayWorld(t)
	for month, want := range map[posting.Month]posting.Month{posting.NewMonth(2025, 5): posting.NewMonth(2026, 1), posting.NewMonth(2026, 8): posting.NewMonth(2026, 8)} {
		in := *x.Instance
		in.Departures = []posting.Departure{{Cadre: "A", Month: month, Class: posting.LeaveRetirement}}
		y := posting.NewIndex(&in, x.Calendar)
		plan := &posting.Plan{Assignments: []posting.Assignment{{Cadre: "A", From: "PA", Move: posting.MoveLeave, Period: 1}}}
		enrich(y, pol, plan, i18n.En)
		if got := plan.Assignments[0].Date; got != want {
			t.Errorf("a departure of %s is dated %s, want %s", month, got, want)
		}
	}
}
