package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// planKept: whoever is placed otherwise than in the plan before counts; stays are judged too. No rows.
type planKept struct{}

func (planKept) judgesStays() {}

func (planKept) judge(s *scene, c *policy.Clause, sp spell) verdict {
	planned, listed := s.planned[sp.cadre]
	if !listed || s.Leaves(sp.cadre) > 0 {
		return verdict{idle: true}
	}
	last := s.H
	if c.Has("periods") {
		last = min(last, c.Int("periods"))
	}
	left := planned.post == s.Seat(sp.cadre) || planned.from > last // is to be left where he is
	switch {
	case s.isStay(sp):
		return verdict{breach: count(sp.to == s.Last(sp.cadre) && !left)}
	case sp.from > last:
		return verdict{breach: count(!left)}
	}
	return verdict{breach: count(left || sp.post != planned.post || sp.from != planned.from)}
}

// plannedSpell is where and from when the plan before puts a cadre.
type plannedSpell struct{ post, from int }

// findPlanned reads the plan before; the first row of a cadre counts.
func (s *scene) findPlanned() {
	s.planned = map[int]plannedSpell{}
	for _, p := range s.Previous {
		c, q := s.CadreAt(p.Cadre), s.PostAt(p.To)
		if _, twice := s.planned[c]; c != posting.None && q != posting.None && !twice {
			s.planned[c] = plannedSpell{q, p.Period}
		}
	}
}
