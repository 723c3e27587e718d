package planning

import (
	"testing"

	"cadre/posting"
)

// A difference counts once it is about this move, stays open until it is answered, and silence is listed as such.
func TestOpinions(t *testing.T) {
	in := &posting.Instance{
		Cadres: []posting.Cadre{{ID: "C1", Post: "P1"}, {ID: "C2", Post: "P2"}, {ID: "C3", Post: "P3"}, {ID: "C4", Post: "P4"}},
		Opinions: []posting.Opinion{
			{Cadre: "C1", Post: "P2", From: posting.SendingUnit, Stance: posting.Differs, Ground: "人手不足"},
			{Cadre: "C1", Post: "P9", From: posting.ReceivingUnit, Stance: posting.Differs}, // about another plan
			{Cadre: "C1", From: posting.Interview, Stance: posting.Difficulties, Answer: "安排周转房"},
			{Cadre: "C2", From: posting.Interview, Stance: posting.NotAsked},
			{Cadre: "C3", From: posting.Interview, Stance: posting.Agrees},
			{Cadre: "C4", From: posting.Interview, Stance: posting.Differs}, // stays
		},
	}
	x := posting.NewIndex(in, posting.Calendar{Date: posting.NewMonth(2026, 1), Periods: 1, Length: 12})
	got := opinions(x, []posting.Assignment{
		{Cadre: "C1", To: "P2", Move: posting.MoveTransfer}, {Cadre: "C2", To: "P1", Move: posting.MoveTransfer},
		{Cadre: "C3", To: "P8", Move: posting.MoveSecond}, {Cadre: "C4", To: "P4", Move: posting.MoveStay}})
	if got.Moves != 3 || got.NotAsked != 1 || got.Differences != 2 || len(got.Open) != 1 {
		t.Fatalf("got %+v, want 3 moves, 1 not asked, 2 differences, 1 open", got)
	}
	if want := (posting.OpenOpinion{Cadre: "C1", Post: "P2", From: posting.SendingUnit, Stance: posting.Differs}); got.Open[0] != want {
		t.Errorf("open: %+v, want %+v", got.Open[0], want)
	}
}
