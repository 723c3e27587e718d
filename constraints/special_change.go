package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// specialChange: no more than the stated special changes of post within one term. No rows.
type specialChange struct{}

func (specialChange) sparesReturns() {}

func (specialChange) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	months, known := s.Tenure(sp.cadre, sp.from)
	changes := s.Cadres[sp.cadre].SpecialChanges
	switch {
	case !known:
		return verdict{unknown: true}
	case months >= c.Months("term_years"):
		return verdict{}
	case changes == posting.Unknown:
		return verdict{unknown: true}
	}
	return verdict{breach: int64(max(0, changes+1-c.Int("most")))}
}
