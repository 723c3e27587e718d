package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// youngToHard: young cadres with little grass-roots work, when they move, go to the grass roots or to hard places.
type youngToHard struct{}

func (youngToHard) judge(s *scene, c *policy.Clause, sp spell) verdict {
	age, known := s.Age(sp.cadre, 1)
	months := s.Cadres[sp.cadre].Grassroots
	if !known || months == posting.Unknown {
		return verdict{unknown: true}
	}
	if age > c.Int("age") || months >= c.Int("grassroots_months") {
		return verdict{}
	}
	return verdict{breach: count(!s.hardPost(sp.post, c.Int("hardship")))}
}

// hardPost: at the grass roots, or in a place of the stated class of hardship.
func (s *scene) hardPost(q, class int) bool {
	if u := s.UnitOf(q); u != posting.None && s.Units[u].Kind == posting.Township {
		return true
	}
	p := s.PlaceOf(q)
	return p != posting.None && s.Places[p].Hardship >= class
}
