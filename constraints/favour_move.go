package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// favourMove: a move to a better place or unit wants a ground in policy. No rows.
type favourMove struct{}

func (favourMove) judge(s *scene, k *policy.Clause, sp spell) verdict {
	c := sp.cadre
	if s.arrival(c) {
		return verdict{idle: true}
	}
	if len(s.due[c][sp.from]) > 0 || len(s.avoids[c][sp.from]) > 0 || s.mustMove(c) ||
		s.Cadres[c].Disposition == posting.Fixed && s.pinnedTo(c) == sp.post ||
		s.opens(sp.post, sp.from) || s.Cadres[c].Hardship == posting.Yes || s.excepted(k, sp.from, s.subjectsOf(sp)...) {
		return verdict{}
	}
	place := better(s.placeTier(s.Seat(c)), s.placeTier(sp.post))
	unit := better(s.unitTier(s.Seat(c)), s.unitTier(sp.post))
	if place == posting.Yes || unit == posting.Yes {
		return verdict{breach: 1}
	}
	return verdict{unknown: place == posting.Blank && unit == posting.Blank}
}

// better: tier 1 is the best.
func better(from, to int) posting.Tri {
	if from == posting.Unknown || to == posting.Unknown {
		return posting.Blank
	}
	return tri(to < from)
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
