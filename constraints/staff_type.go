package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// staffType: the staff type of the person suits the post. No rows.
type staffType struct{}

func (staffType) judge(s *scene, c *policy.Clause, sp spell) verdict {
	has, needs := s.Cadres[sp.cadre].Staff, s.Posts[sp.post].Staff
	if needs == "" || has == needs {
		return verdict{}
	}
	if has == "" {
		return verdict{unknown: true}
	}
	for _, row := range c.Table("allowed") {
		if posting.StaffType(row["from"]) == has && posting.StaffType(row["to"]) == needs {
			return verdict{}
		}
	}
	return verdict{breach: 1}
}

func (staffType) facet(s *scene, q int) facet { return facet{s.Posts[q].Staff} }
