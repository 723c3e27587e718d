package planning

import (
	"slices"
	"testing"

	"cadre/posting"
)

// A chain a -> seat of b -> seat of l, who leaves in August, and a swap of c and d.
func TestOrderAndDates(t *testing.T) {
	january, august := posting.NewMonth(2026, 1), posting.NewMonth(2026, 8)
	move := func(cadre, from, to string, date posting.Month) *posting.Assignment {
		return &posting.Assignment{Cadre: cadre, From: from, To: to, Remove: []string{from}, Date: date}
	}
	a, b, l := move("a", "P1", "P2", january), move("b", "P2", "P3", january), move("l", "P3", "", august)
	c, d := move("c", "P4", "P5", january), move("d", "P5", "P4", january)
	orderPeriod([]*posting.Assignment{a, b, l, c, d})
	for _, want := range []struct {
		move  *posting.Assignment
		order int
		date  posting.Month
	}{{l, 1, august}, {b, 2, august}, {a, 3, august}, {c, 1, january}, {d, 1, january}} {
		if want.move.Order != want.order || want.move.Date != want.date {
			t.Errorf("%s goes as %d in %v, want %d in %v", want.move.Cadre, want.move.Order, want.move.Date, want.order, want.date)
		}
	}
}

// Whoever gives up a concurrent post makes room for the one who takes it as main post.
func TestConcurrentPostOpens(t *testing.T) {
	head := &posting.Assignment{Cadre: "h", From: "P1", To: "P9", Remove: []string{"P1", "P2"}}
	next := &posting.Assignment{Cadre: "n", From: "P3", To: "P2", Remove: []string{"P3"}}
	orderPeriod([]*posting.Assignment{next, head})
	if head.Order != 1 || next.Order != 2 {
		t.Errorf("orders %d and %d, want 1 and 2", head.Order, next.Order)
	}
}

// One whose concurrent post becomes his main one gives it up to nobody, so nobody waits for him.
func TestConcurrentPostBecomesMain(t *testing.T) {
	in := &posting.Instance{
		Posts:  []posting.Post{{ID: "P1"}, {ID: "P2"}, {ID: "P3"}},
		Cadres: []posting.Cadre{{ID: "C1", Post: "P1", Also: []string{"P2", "P3"}}},
	}
	x := posting.NewIndex(in, posting.Calendar{Date: posting.NewMonth(2026, 1), Periods: 1, Length: 12})
	a := &posting.Assignment{Cadre: "C1", From: "P1", To: "P2"}
	changePosts(x, a, 0)
	if !slices.Equal(a.Remove, []string{"P1", "P3"}) || !slices.Equal(a.Appoint, []string{"P2"}) {
		t.Errorf("gives up %v and takes %v, want P1 and P3 for P2", a.Remove, a.Appoint)
	}
}
