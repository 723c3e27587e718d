package planning

import (
	"slices"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

var january = posting.NewMonth(2026, 1)

// records is a round of four: C1 stays at a hard place far from home though a move is due, C2 moves to a hard place far from his
// spouse C3, and C4 arrives at home.
func records() *Outcome {
	in := &posting.Instance{
		Cadres: []posting.Cadre{
			{ID: "C1", Post: "P1", Home: "Z1", ParentCare: posting.Yes}, {ID: "C2", Post: "P2", Home: "Z1"}, {ID: "C3", Post: "P3", Home: "Z1"},
			{ID: "C4", Home: "Z1", Arrives: january},
		},
		Posts:  []posting.Post{{ID: "P1", Unit: "U2"}, {ID: "P2", Unit: "U1"}, {ID: "P3", Unit: "U1"}, {ID: "P4", Unit: "U2"}, {ID: "P5", Unit: "U1"}},
		Units:  []posting.Unit{{ID: "U1", Place: "Z1"}, {ID: "U2", Place: "Z2"}},
		Places: []posting.Place{{ID: "Z1", Hardship: 0}, {ID: "Z2", Hardship: 3}},
		Trips:  []posting.Trip{{From: "Z1", To: "Z2", Minutes: 90}},
		Ties:   []posting.Tie{{A: "C2", B: "C3", Kin: posting.Spouse}},
		Wishes: []posting.Wish{{Cadre: "C2", Rank: 1, Target: "U1"}, {Cadre: "C4", Rank: 1, Target: "Z1"}},
		Ledger: []posting.LedgerRow{{Cadre: "C2", Year: 2025, Far: 12}},
	}
	pol := policy.Builtin().WithDate(january)
	return &Outcome{Index: posting.NewIndex(in, posting.Calendar{Date: january, Periods: 1, Length: 12}), Policy: pol,
		Briefing: &Briefing{Due: []Listed{{Cadre: 0}}},
		Plan: &posting.Plan{Assignments: []posting.Assignment{
			{Cadre: "C1", From: "P1", To: "P1", Move: posting.MoveStay, Period: 1},
			{Cadre: "C2", From: "P2", To: "P4", Move: posting.MoveTransfer, Period: 1, Date: january},
			{Cadre: "C4", To: "P5", Move: posting.MoveArrive, Period: 1, Date: january + 2},
		}}}
}

func TestNextLedger(t *testing.T) {
	want := []posting.LedgerRow{
		{Cadre: "C1", Year: 2026, Hardship: 36, Far: 12, Care: 12, Overdue: 12},
		{Cadre: "C2", Year: 2025, Far: 12},
		{Cadre: "C2", Year: 2026, Hardship: 36, Far: 12, Apart: 12, Unmet: 1},
		{Cadre: "C3", Year: 2026, Apart: 12},
	}
	if got := NextLedger(records()); !slices.Equal(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// The sheet has a row for whoever takes a post, with the month of the half-year appraisal as reminder.
func TestFollowUpSheet(t *testing.T) {
	o := records()
	got := FollowUpSheet(o.Index, o.Plan)
	if len(got) != 2 || got[0].Cadre != "C2" || got[0].Post != "P4" || got[0].Date != january || got[0].Remind != january+6 || got[1].Cadre != "C4" {
		t.Errorf("got %+v", got)
	}
}

func TestReminders(t *testing.T) {
	o := records()
	o.Index.FollowUps = []posting.FollowUp{
		{Cadre: "C1", Post: "P1", Date: january - 6, Reported: january - 6, HalfYear: "称职", Promised: []string{"住房", "医疗", "津贴"}, Housing: posting.Yes, Medical: posting.No},
		{Cadre: "C2", Post: "P2", Date: january - 6},
		{Cadre: "C3", Post: "P3", Date: january + 1},
		{Cadre: "C9", Post: "P3", Date: january - 12},
	}
	var got []string
	for _, r := range Reminders(o.Index) {
		got = append(got, r.Row.Cadre+" "+r.What.En)
	}
	want := []string{"C1 promised and not delivered: medical care", "C1 promised, no news: allowances", "C2 has not reported for duty", "C2 half-year appraisal due"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
