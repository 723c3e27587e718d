package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// disposition: recorded decisions on single cadres are kept; stays are judged too. One row for a pinned arrival, and for
// one who is pinned to a secondment seat.
type disposition struct{}

func (disposition) judgesStays() {}

func (disposition) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	p, q := &s.Cadres[sp.cadre], &s.Posts[sp.post]
	decided := p.Disposition != "" && p.Disposition != posting.Normal || len(p.Unsuited) > 0
	if !decided || s.Leaves(sp.cadre) == 1 {
		return verdict{idle: true}
	}
	stay, fixed := s.isStay(sp), s.pinnedTo(sp.cadre)
	var broken bool
	switch p.Disposition {
	case posting.Stay:
		broken = !stay && !s.arrival(sp.cadre)
	case posting.Fixed:
		broken = sp.post != fixed && !(stay && s.Seconded(fixed)) || s.arrival(sp.cadre) && sp.from != s.First(sp.cadre)
	case posting.MustMove:
		broken = stay
	}
	unsuited := !stay && (slices.Contains(p.Unsuited, q.ID) || slices.Contains(p.Unsuited, q.Unit))
	return verdict{breach: count(broken) + count(unsuited)}
}

// encode demands the placement or secondment that is decided, any other of an arrival having been refused.
func (disposition) encode(b *builder, c *policy.Clause) {
	for i := range b.Cadres {
		q := b.pinnedTo(i)
		if q == posting.None || b.First(i) > b.Last(i) || !b.demands(c, i, q) {
			continue
		}
		var terms []mip.Term
		switch {
		case b.arrival(i):
			terms = b.hold(i, b.Last(i), anywhere)
		case q != b.Seat(i) && b.Seconded(q):
			terms = b.seconded(i, 1, func(sp spell) bool { return sp.post == q })
		default:
			continue // what he may not do instead has been refused
		}
		b.row(c, name("pinned", b.Cadres[i].ID), ids(b.Index, i), terms, 1, mip.Inf)
	}
}

// demands tells whether the clause is for cadre i on post q, or forbids that this is not known.
func (b *builder) demands(c *policy.Clause, i, q int) bool {
	applies := b.selected(c, i, q, b.First(i))
	return applies == posting.Yes || applies == posting.Blank && c.Forbid
}
