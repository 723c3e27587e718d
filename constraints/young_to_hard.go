package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// youngToHard: young cadres with little grass-roots work, when they move, go to the grass roots or to hard places.
type youngToHard struct{}

func (youngToHard) judge(s *scene, c *policy.Clause, sp spell) verdict {
	switch applies := s.youngAndNarrow(c, sp.cadre); {
	case applies == posting.No:
		return verdict{idle: true}
	case s.hardPost(sp.post, c.Int("hardship")):
		return verdict{}
	case applies == posting.Blank:
		return verdict{unknown: true}
	}
	return verdict{breach: 1}
}

// youngAndNarrow tells whether cadre i is young and has little grass-roots work; one that is known not to hold settles it.
func (s *scene) youngAndNarrow(c *policy.Clause, i int) posting.Tri {
	young, narrow := posting.Blank, posting.Blank
	if age, known := s.Age(i, 1); known {
		young = tri(age <= c.Int("age"))
	}
	if months := s.Cadres[i].Grassroots; months != posting.Unknown {
		narrow = tri(months < c.Int("grassroots_months"))
	}
	return min3(young, narrow)
}

// hardPost: at the grass roots, or in a place of the stated class of hardship.
func (s *scene) hardPost(q, class int) bool {
	if u := s.UnitOf(q); u != posting.None && s.Units[u].Kind == posting.Township {
		return true
	}
	p := s.PlaceOf(q)
	return p != posting.None && s.Places[p].Hardship >= class
}
