package planning

import (
	"cmp"
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// NextLedger is the ledger as it stands at the end of the plan's first period: the rows of the input, and one more for
// everybody who bears anything in that period, as the plan has him serve. What counts as far is what the policy's clauses
// on the balance of burdens and on couples say; without the former no row is added.
// Rows stand in official order.
func NextLedger(o *Outcome) []posting.LedgerRow {
	x, pol := o.Index, o.Policy
	out := append([]posting.LedgerRow{}, x.Ledger...)
	balance := first(pol, "hardship_balance")
	if balance == nil {
		return out
	}
	l := ledger{x: x, far: balance.Int("far_minutes")}
	l.settle(o.Plan)
	if c := first(pol, "couple_near"); c != nil {
		l.near, l.couples = c.Int("minutes"), true
	}
	due := map[int]bool{}
	for _, b := range o.Briefing.Due {
		due[b.Cadre] = true
	}
	for c := range x.Cadres {
		if row := l.row(c, due[c]); row.Hardship+row.Far+row.Apart+row.Care+row.Overdue+row.Unmet > 0 {
			out = append(out, row)
		}
	}
	slices.SortStableFunc(out, func(a, b posting.LedgerRow) int { return cmp.Compare(x.CadreAt(a.Cadre), x.CadreAt(b.Cadre)) })
	return out
}

// first is the first clause of a kind in force, whether it counts or is measured only; nil where there is none.
func first(pol *policy.Policy, kind string) *policy.Clause {
	for i := range pol.Clauses {
		if c := &pol.Clauses[i]; c.Kind == kind && !c.Off && c.InForce(pol.Calendar.Date) {
			return c
		}
	}
	return nil
}

// settle finds, by cadre, the post where he works in the first period (his seat, the one that he moves to, the one he is
// seconded to; None where he holds none), and whether he gives up his main post.
func (l *ledger) settle(plan *posting.Plan) {
	l.serves, l.left = make([]int, len(l.x.Cadres)), make([]bool, len(l.x.Cadres))
	for c := range l.serves {
		l.serves[c] = l.x.Seat(c)
	}
	for i := range plan.Assignments {
		if a := &plan.Assignments[i]; a.Period == 1 && a.Move != posting.MoveStay {
			c := l.x.CadreAt(a.Cadre)
			l.serves[c], l.left[c] = l.x.PostAt(a.To), a.Move != posting.MoveSecond
		}
	}
}

// ledger makes the rows of one period.
type ledger struct {
	x         *posting.Index
	serves    []int  // by cadre: the post where he works
	left      []bool // by cadre: whether he gives up his main post
	far, near int    // minutes beyond which home, and the spouse, are far
	couples   bool
}

func (l *ledger) row(c int, due bool) posting.LedgerRow {
	who, q, months := &l.x.Cadres[c], l.serves[c], l.x.Calendar.Length
	row := posting.LedgerRow{Cadre: who.ID, Year: (l.x.Calendar.Start(2) - 1).Year()}
	if q == posting.None {
		return row
	}
	if z := l.x.PlaceOf(q); z != posting.None && l.x.Places[z].Hardship > 0 {
		row.Hardship = l.x.Places[z].Hardship * months
	}
	if minutes, known := l.x.HomeMinutes(c, q); known && minutes > l.far {
		row.Far = months
		if who.ParentCare == posting.Yes {
			row.Care = months
		}
	}
	if l.couples && l.apart(c) {
		row.Apart = months
	}
	if due && !l.left[c] {
		row.Overdue = months
	}
	if l.unmet(c, q) {
		row.Unmet = 1
	}
	return row
}

// apart tells whether a spouse of the tables is known to work far away.
func (l *ledger) apart(c int) bool {
	id := l.x.Cadres[c].ID
	for _, tie := range l.x.Ties {
		if tie.Kin != posting.Spouse || tie.A != id && tie.B != id {
			continue
		}
		other := l.x.CadreAt(tie.A)
		if other == c {
			other = l.x.CadreAt(tie.B)
		}
		if other == posting.None || l.serves[other] == posting.None {
			continue
		}
		if minutes, known := l.x.Minutes(l.x.PlaceOf(l.serves[c]), l.x.PlaceOf(l.serves[other])); known && minutes > l.near {
			return true
		}
	}
	return false
}

// unmet tells whether the cadre has a first wish, and the post meets none.
func (l *ledger) unmet(c, q int) bool {
	asked, place := false, l.x.PlaceOf(q)
	for _, w := range l.x.Wishes {
		if w.Cadre != l.x.Cadres[c].ID || w.Refuse || w.Rank != 1 {
			continue
		}
		asked = true
		if w.Target == l.x.Posts[q].ID || w.Target == l.x.Posts[q].Unit || place != posting.None && w.Target == l.x.Places[place].ID {
			return false
		}
	}
	return asked
}
