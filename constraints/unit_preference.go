package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// unitPreference: units rank, grade and refuse candidates. No rows.
type unitPreference struct{}

func (unitPreference) judge(s *scene, c *policy.Clause, sp spell) verdict {
	post, unit := s.Posts[sp.post].ID, s.Posts[sp.post].Unit
	said := s.records.ratings[rating{post, s.Cadres[sp.cadre].ID}]
	if said == nil {
		said = s.records.ratings[rating{unit, s.Cadres[sp.cadre].ID}]
	}
	if c.Text("use") == "veto" {
		return verdict{breach: count(said != nil && said.Veto)}
	}
	if !s.records.raters[post] && !s.records.raters[unit] {
		return verdict{idle: true}
	}
	points := 1
	if c.Has("points") {
		points = c.Int("points")
	}
	return verdict{breach: int64(points * capped(c, "most", stepsBelow(c, said)))}
}

// stepsBelow is how far below the best the unit sees the candidate.
func stepsBelow(c *policy.Clause, said *posting.Rating) int {
	place := posting.Unknown
	if said != nil && c.Text("use") == "rank" {
		place = said.Rank
	} else if said != nil {
		place = said.Grade
	}
	if place == posting.Unknown {
		return c.Int("missing")
	}
	return place - 1
}

// capped is n, but no more than a parameter says, where it is given.
func capped(c *policy.Clause, most string, n int) int {
	if c.Has(most) {
		return min(n, c.Int(most))
	}
	return n
}
