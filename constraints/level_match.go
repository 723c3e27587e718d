package constraints

import "cadre/policy"

// levelMatch: the level of the post equals that of the person, within the stated steps. No rows.
type levelMatch struct{}

func (levelMatch) judge(s *scene, c *policy.Clause, sp spell) verdict {
	from, to := s.Cadres[sp.cadre].Level, s.Posts[sp.post].Level
	if from == 0 || to == 0 {
		return verdict{unknown: true}
	}
	d := int64(to) - int64(from)
	return verdict{breach: max(0, d-int64(c.Int("up")), -d-int64(c.Int("down")))}
}

func (levelMatch) facet(s *scene, q int) facet { return facet{s.Posts[q].Level} }
