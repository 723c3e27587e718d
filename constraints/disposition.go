package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// disposition: recorded decisions on single cadres are kept; stays are judged too. A pinned arrival has one row.
type disposition struct{}

func (disposition) judgesStays() {}

func (disposition) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	p, q := &s.Cadres[sp.cadre], &s.Posts[sp.post]
	decided := p.Disposition != "" && p.Disposition != posting.Normal || len(p.Unsuited) > 0
	if !decided || s.Leaves(sp.cadre) == 1 {
		return verdict{idle: true}
	}
	stay := s.isStay(sp)
	var broken bool
	switch p.Disposition {
	case posting.Stay:
		broken = s.isMove(sp)
	case posting.Fixed:
		broken = sp.post != s.pinnedTo(sp.cadre) || s.arrival(sp.cadre) && sp.from != s.First(sp.cadre)
	case posting.MustMove:
		broken = stay
	}
	unsuited := !stay && (slices.Contains(p.Unsuited, q.ID) || slices.Contains(p.Unsuited, q.Unit))
	return verdict{breach: count(broken) + count(unsuited)}
}

// encode demands a placement of pinned arrivals; any but theirs in time has been refused where the clause is for it.
func (disposition) encode(b *builder, c *policy.Clause) {
	for i := range b.Cadres {
		q := b.pinnedTo(i)
		if !b.arrival(i) || q == posting.None || b.First(i) > b.Last(i) || !b.bindsArrival(c, i, q) {
			continue
		}
		b.row(c, name("pinned", b.Cadres[i].ID), ids(b.Index, i), b.hold(i, b.Last(i), anywhere), 1, mip.Inf)
	}
}

// bindsArrival tells whether the clause is for cadre i on post q, or forbids that this is not known.
func (b *builder) bindsArrival(c *policy.Clause, i, q int) bool {
	applies := b.selected(c, i, q, b.First(i))
	return applies == posting.Yes || applies == posting.Blank && c.Forbid
}
