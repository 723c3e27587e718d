package audit

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// careDeferral: whoever is deferred this batch is not sent to a harder or farther post without consent.
type careDeferral struct{}

func (k careDeferral) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (careDeferral) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() {
		return idle
	}
	who := &s.x.Cadres[sp.cadre]
	if !who.Care || s.consents(who, sp.post) || sp.move == posting.MovePromote {
		return result{}
	}
	seat := s.x.Seat(sp.cadre)
	harder := more(s.hardship(sp.post), s.hardship(seat))
	farther := more(s.homeMinutes(sp.cadre, sp.post), s.homeMinutes(sp.cadre, seat))
	r := result{measured: 1, unit: "person", subjects: []string{who.ID}, text: holdText}
	if harder != posting.No || farther != posting.No { // what is not known is taken for the worse
		r.breach = 1
	}
	return r
}

func (s *scene) consents(who *posting.Cadre, q int) bool {
	return slices.ContainsFunc(who.Consents, func(id string) bool {
		return id == posting.Anywhere || id == s.x.Posts[q].ID || id == s.x.Posts[q].Unit
	})
}

// more tells whether a is above b; Blank where either is Unknown.
func more(a, b int) posting.Tri {
	if a == posting.Unknown || b == posting.Unknown {
		return posting.Blank
	}
	return tri(a > b)
}

// hardship is the 艰苦边远类别 of the place of a post, Unknown where blank.
func (s *scene) hardship(p int) int {
	if z := s.x.PlaceOf(p); z != posting.None {
		return s.x.Places[z].Hardship
	}
	return posting.Unknown
}

// homeMinutes is the way from the home of c to post p, Unknown where it is not known.
func (s *scene) homeMinutes(c, p int) int {
	if m, known := s.x.HomeMinutes(c, p); known {
		return m
	}
	return posting.Unknown
}
