package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// minimumTerm: no move before the minimum time in post. No rows: the spell is refused or charged.
type minimumTerm struct{}

func (minimumTerm) sparesReturns() {}

func (minimumTerm) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	except := c.List("except")
	if slices.Contains(except, "promotion") && s.moveType(sp.cadre, sp.post) == posting.MovePromote ||
		slices.Contains(except, "avoidance") && len(s.avoids[sp.cadre][sp.from]) > 0 {
		return verdict{}
	}
	months, known := s.Tenure(sp.cadre, sp.from)
	return verdict{breach: count(known && months < c.Months("years")), unknown: !known}
}

func (minimumTerm) facet(s *scene, q int) facet { return facet{s.Posts[q].Level} }

// count is 1 for true.
func count(broken bool) int64 {
	if broken {
		return 1
	}
	return 0
}
