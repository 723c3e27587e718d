package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// burden is what a cadre bears under a hardship_balance clause, in weighted months, so far and along each path that the
// model offers him. A path is all that he does in the horizon: his full stay, a move after a stay, or the full stay with a
// secondment over it. Each is known by its last column, so that what it weighs is a number and never a row.
type burden struct {
	*scene
	clause *policy.Clause
	cadre  int
	past   int
	stay   []int // [t] planned until the end of period t where he keeps his seat
}

func (s *scene) burdenOf(c *policy.Clause, i int) *burden {
	b := &burden{scene: s, clause: c, cadre: i, stay: make([]int, s.H+1)}
	for _, row := range s.records.ledger[s.Cadres[i].ID] {
		b.past += c.Int("hardship")*row.Hardship + c.Int("far")*row.Far + c.Int("apart")*row.Apart + c.Int("care")*row.Care + c.Int("overdue")*row.Overdue
	}
	for t := 1; t <= s.H; t++ {
		overdue := int(count(len(s.due[i][t]) > 0)) * c.Int("overdue")
		b.stay[t] = b.stay[t-1] + b.at(s.Seat(i)) + s.Calendar.Length*overdue
	}
	return b
}

// at is what one period of service on post p weighs.
func (b *burden) at(p int) int {
	c, weight := b.clause, 0
	if z := b.PlaceOf(p); z != posting.None {
		weight = c.Int("hardship") * max(0, b.Places[z].Hardship)
	}
	if minutes, known := b.HomeMinutes(b.cadre, p); known && minutes > c.Int("far_minutes") {
		weight += c.Int("far") + c.Int("care")*int(count(b.Cadres[b.cadre].ParentCare == posting.Yes))
	}
	return b.Calendar.Length * weight
}

// steps is the burden, in steps, along the path that ends with the spell: a full stay, a move or a secondment.
func (b *burden) steps(sp spell) int64 {
	planned := b.stay[b.H]
	switch served := sp.to - sp.from + 1; {
	case b.isStay(sp):
	case b.isSecondment(sp):
		planned += served * (b.at(sp.post) - b.at(b.Seat(b.cadre)))
	default:
		planned = b.stay[sp.from-1] + served*b.at(sp.post)
	}
	return int64((b.past + planned) / b.clause.Int("step"))
}

// along writes f(burden in steps) as a sum over the columns of the cadre: in every plan the terms add up to f of the path
// taken. A stay that ends in a move counts nothing, since the move carries the whole; a secondment carries what it adds to
// the full stay, which may be below 0.
func (b *builder) along(w *burden, f func(steps int64) int64) []mip.Term {
	var out []mip.Term
	home := f(w.steps(spell{w.cadre, b.Seat(w.cadre), 1, b.H}))
	for _, i := range b.enc.columns(w.cadre) {
		sp := b.enc.spells[i]
		value := f(w.steps(sp))
		switch {
		case b.isStay(sp) && sp.to < b.H:
			continue
		case b.isSecondment(sp):
			value -= home
		}
		if value != 0 {
			out = append(out, mip.Term{Col: mip.Col(i), Coef: float64(value)})
		}
	}
	return out
}

// bounds are the least and the largest burden, in steps, along the paths of the cadre; 0 and 0 where he has none.
func (b *builder) bounds(w *burden) (least, most int64) {
	first := true
	for _, i := range b.enc.columns(w.cadre) {
		sp := b.enc.spells[i]
		if b.isStay(sp) && sp.to < b.H {
			continue
		}
		steps := w.steps(sp)
		if first || steps < least {
			least = steps
		}
		most, first = max(most, steps), false
	}
	return least, most
}
