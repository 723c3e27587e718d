package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// favourMove: a move to a better place or unit wants a ground in policy. No rows.
type favourMove struct{}

func (favourMove) sparesReturns() {}

func (favourMove) judge(s *scene, k *policy.Clause, sp spell) verdict {
	c := sp.cadre
	if s.arrival(c) {
		return verdict{idle: true}
	}
	if len(s.due[c][sp.from]) > 0 || len(s.avoids[c][sp.from]) > 0 || s.mustMove(c) ||
		s.fixedOn(c, sp.post) ||
		s.opens(sp.post, sp.from) || s.Cadres[c].Hardship == posting.Yes || s.excepted(k, sp.from, s.subjectsOf(sp)...) {
		return verdict{}
	}
	if s.tierless(s.Seat(c)) || s.tierless(sp.post) {
		return verdict{unknown: true}
	}
	return verdict{breach: count(better(s.placeTier(s.Seat(c)), s.placeTier(sp.post)) || better(s.unitTier(s.Seat(c)), s.unitTier(sp.post)))}
}

// better: both tiers are known, and that of the destination is smaller; tier 1 is the best.
func better(from, to int) bool {
	return from != posting.Unknown && to != posting.Unknown && to < from
}

// tierless tells whether neither the place nor the unit of a post has a known tier.
func (s *scene) tierless(p int) bool {
	return s.placeTier(p) == posting.Unknown && s.unitTier(p) == posting.Unknown
}

func (s *scene) placeTier(p int) int {
	if z := s.PlaceOf(p); z != posting.None {
		return s.Places[z].Tier
	}
	return posting.Unknown
}

func (s *scene) unitTier(p int) int {
	if u := s.UnitOf(p); u != posting.None {
		return s.Units[u].Tier
	}
	return posting.Unknown
}
