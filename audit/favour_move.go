package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// favourMove: a move to a better place or unit has a ground in policy. For the office only.
type favourMove struct{}

func (k favourMove) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k favourMove) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() || s.returns(sp) {
		return idle
	}
	better := k.better(s, s.x.Seat(sp.cadre), sp.post)
	switch {
	case better == posting.No || k.grounded(s, c, sp):
		return result{}
	case better == posting.Blank:
		return s.lacking(c, sp, i18n.T("条件层次", "the tier of place and unit"))
	}
	return result{breach: 1, measured: 1, unit: "move",
		text: s.about(c, sp, i18n.T("向条件较好地方或者单位调整", "to a better place or unit"))}
}

// better tells whether q lies in a better place or unit than p; Blank where both tiers of a side are not known.
func (favourMove) better(s *scene, p, q int) posting.Tri {
	p1, p2, q1, q2 := s.placeTier(p), s.unitTier(p), s.placeTier(q), s.unitTier(q)
	if p1 == posting.Unknown && p2 == posting.Unknown || q1 == posting.Unknown && q2 == posting.Unknown {
		return posting.Blank
	}
	return tri(more(p1, q1) == posting.Yes || more(p2, q2) == posting.Yes)
}

// grounded tells whether one of the grounds of the page holds.
func (favourMove) grounded(s *scene, c *policy.Clause, sp spell) bool {
	who := &s.x.Cadres[sp.cadre]
	return len(s.due(sp.cadre, sp.from)) > 0 ||
		len(s.avoids(sp.cadre, sp.from)) > 0 ||
		who.Disposition == posting.MustMove || s.fixedOn(sp.cadre, sp.post) ||
		s.openedBy(sp.post, sp.from) ||
		who.Hardship == posting.Yes ||
		s.exception(c, sp.from, s.subjects(sp.cadre, sp.post)...) != ""
}

// placeTier and unitTier are the 条件层次 of the place and the unit of a post, 1 the best, Unknown where blank.
func (s *scene) placeTier(p int) int {
	if z := s.x.PlaceOf(p); z != posting.None {
		return s.x.Places[z].Tier
	}
	return posting.Unknown
}

func (s *scene) unitTier(p int) int {
	if u := s.x.UnitOf(p); u != posting.None {
		return s.x.Units[u].Tier
	}
	return posting.Unknown
}
