package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// filling: reserved and frozen seats are left as they are reserved. No rows.
type filling struct{}

func (filling) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	if s.fixedOn(sp.cadre, sp.post) {
		return verdict{idle: true}
	}
	switch s.Posts[sp.post].Filling {
	case posting.Frozen:
		return verdict{breach: 1}
	case posting.ReservePromotion:
		return verdict{breach: count(s.moveType(sp.cadre, sp.post) != posting.MovePromote)}
	case posting.ReserveArrival:
		return verdict{breach: count(!s.arrival(sp.cadre))}
	}
	return verdict{}
}

func (filling) facet(s *scene, q int) facet { return facet{s.Posts[q].Filling, s.Posts[q].Level} }
