package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// careDeferral: no harder or farther post without consent for those deferred. No rows.
type careDeferral struct{}

func (careDeferral) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	p, q := &s.Cadres[sp.cadre], &s.Posts[sp.post]
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	if !p.Care || s.moveType(sp.cadre, sp.post) == posting.MovePromote ||
		slices.Contains(p.Consents, posting.Anywhere) || slices.Contains(p.Consents, q.ID) || slices.Contains(p.Consents, q.Unit) {
		return verdict{}
	}
	harder, farther := s.harder(sp.cadre, sp.post), s.farther(sp.cadre, sp.post)
	return verdict{breach: count(harder != posting.No || farther != posting.No)} // a blank is no consent
}

func (s *scene) harder(c, q int) posting.Tri {
	a, b := s.PlaceOf(s.Seat(c)), s.PlaceOf(q)
	if a == posting.None || b == posting.None || s.Places[a].Hardship == posting.Unknown || s.Places[b].Hardship == posting.Unknown {
		return posting.Blank
	}
	return tri(s.Places[b].Hardship > s.Places[a].Hardship)
}

func (s *scene) farther(c, q int) posting.Tri {
	now, ok := s.HomeMinutes(c, s.Seat(c))
	then, ok2 := s.HomeMinutes(c, q)
	if !ok || !ok2 {
		return posting.Blank
	}
	return tri(then > now)
}
