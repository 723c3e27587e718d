package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// isSecondment tells whether the spell is a secondment: its cadre keeps his seat meanwhile.
func (s *scene) isSecondment(sp spell) bool {
	return s.Seconded(sp.post) && !s.isStay(sp) && !s.arrival(sp.cadre)
}

// spellTo is the spell by which cadre c takes post q in t: a secondment for its time, all else to his last period.
func (s *scene) spellTo(c, q, t int) spell {
	sp := spell{c, q, t, s.Last(c)}
	if s.isSecondment(sp) {
		sp.to = SecondedUntil(s.Index, s.pol, c, q, t)
	}
	return sp
}

// SecondedUntil is the last period of a secondment of cadre c to seat q that begins in t.
func SecondedUntil(x *posting.Index, pol *policy.Policy, c, q, t int) int {
	if months := TermMonths(x, pol, q); months > 0 {
		return min(t+periods(x, months)-1, x.Last(c))
	}
	return x.Last(c)
}

// TermMonths is the length in months of a secondment or mission that begins on post q: that of the seat, else of the first
// active clause of the kind secondment or support_mission; 0 for an ordinary post, and where neither says.
func TermMonths(x *posting.Index, pol *policy.Policy, q int) int {
	p := &x.Posts[q]
	kind := map[posting.Term]string{posting.TermSecondment: "secondment", posting.TermMission: "support_mission"}[p.Term]
	clauses := pol.ActiveOf(kind)
	switch {
	case kind == "" || p.TermMonths == 0 && len(clauses) == 0:
		return 0
	case p.TermMonths > 0:
		return p.TermMonths
	}
	return clauses[0].Int("months")
}

// periods is the number of periods that so many months fill, a part of one counted whole.
func periods(x *posting.Index, months int) int {
	return (months + x.Calendar.Length - 1) / x.Calendar.Length
}

// beside tells whether cadre c, as long as he keeps his seat, holds p as concurrent post in t.
func (s *scene) beside(c, p, t int) bool {
	return s.Seat(c) != p && s.Keeps(c, p, t) && slices.Contains(s.Holders(p), c)
}

// seconded lists the columns under which cadre c is seconded in t to a seat in post set `is`.
func (b *builder) seconded(c, t int, is func(sp spell) bool) []mip.Term {
	return b.covering(b.enc.seconds[c], t, is)
}

// keepHome states what a secondment is: at most one for a cadre, and only beside the stay on his seat to the end of the
// horizon. Columns of one who is seconded: his full stay and one secondment.
func (b *builder) keepHome(c int, stamp mip.Stamp) {
	if len(b.enc.seconds[c]) == 0 {
		return
	}
	terms := scaled(b.hold(c, b.Last(c), b.isStay), -1)
	for _, i := range b.enc.seconds[c] {
		terms = append(terms, mip.Term{Col: mip.Col(i), Coef: 1})
	}
	b.m.AddRow(mip.Constraint{Name: name("home", b.Cadres[c].ID), Lower: -mip.Inf, Upper: 0, Terms: terms, Stamp: stamp})
}

// columns lists all spells of cadre c: those in which he holds a main post, then his secondments.
func (e *Encoding) columns(c int) []int { return slices.Concat(e.byCadre[c], e.seconds[c]) }
