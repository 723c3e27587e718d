package posting_test

import (
	"testing"

	"cadre/posting"
)

// TestEnds: a duty ends in the period of the month after its last; one on a mission seat returns then.
func TestEnds(t *testing.T) {
	in := &posting.Instance{
		Posts: []posting.Post{{ID: "P1"}, {ID: "P2", Term: posting.TermMission}, {ID: "P3", Term: posting.TermSecondment}},
		Cadres: []posting.Cadre{
			{ID: "C1", Post: "P2", Duty: posting.Support, DutyUntil: posting.NewMonth(2026, 11)},
			{ID: "C2", Post: "P2", Duty: posting.Support, DutyUntil: posting.NewMonth(2026, 12)},
			{ID: "C3", Post: "P1", Also: []string{"P3"}, Duty: posting.Secondment, DutyUntil: posting.NewMonth(2026, 12)},
			{ID: "C4", Post: "P2", Duty: posting.Support},
			{ID: "C5", Post: "P2", Duty: posting.Support, DutyUntil: posting.NewMonth(2027, 12)},
		},
	}
	x := posting.NewIndex(in, posting.Calendar{Date: posting.NewMonth(2026, 1), Periods: 2, Length: 12})
	for c, want := range []struct{ ends, returns int }{{1, 1}, {2, 2}, {2, 0}, {0, 0}, {0, 0}} {
		if ends, returns := x.Ends(c), x.Returns(c); ends != want.ends || returns != want.returns {
			t.Errorf("%s: ends %d, returns %d; want %d, %d", in.Cadres[c].ID, ends, returns, want.ends, want.returns)
		}
	}
	for period, want := range map[int]bool{1: true, 2: false} {
		if x.Keeps(2, 2, period) != want {
			t.Errorf("C3 keeps the secondment seat in %d: %t, want %t", period, !want, want)
		}
	}
	if !x.Keeps(2, 0, 2) {
		t.Error("an ordinary concurrent post is kept for good")
	}
}
