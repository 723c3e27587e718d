package audit

import "cadre/posting"

// lawful tells whether c has a lawful destination in t: a post other than p0 on which his spell from t on has no
// unexempt breach of a binding clause of a pair kind. Whether the post is free plays no part. A secondment seat is none,
// and one who leaves within the horizon moves nowhere, and has none. At most posts x clauses.
func (s *scene) lawful(c, t int) bool {
	if s.x.Leaves(c) > 0 {
		return false
	}
	for q := range s.x.Posts {
		if q != s.x.Seat(c) && !s.x.Seconded(q) && s.permitted(s.spell(c, q, t)) {
			return true
		}
	}
	return false
}

func (s *scene) permitted(sp spell) bool {
	for i := range s.pol.Clauses {
		c := &s.pol.Clauses[i]
		if !c.Active(s.pol.Calendar.Date) || !c.Binding() {
			continue
		}
		if s.breaks(c, sp) && s.exempt(c, sp) == "" {
			return false
		}
	}
	return true
}

// nearRetirementBars tells whether an active clause on retirement speaks against a move of c in t.
func (s *scene) nearRetirementBars(c, t int) bool {
	for _, k := range s.pol.ActiveOf("near_retirement") {
		left, known := s.monthsLeft(k, c, t)
		if known && left < k.Int("months") && s.forCadre(k, c, t) == posting.Yes {
			return true
		}
	}
	return false
}
