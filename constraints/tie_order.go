package constraints

import "cadre/policy"

// tieOrder: all else equal, the longer tenure moves first. No rows.
type tieOrder struct{}

func (tieOrder) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	months, known := s.Tenure(sp.cadre, sp.from)
	if !known {
		months = 0
	}
	most := c.Int("most_months")
	return verdict{breach: int64((most - min(most, months)) / max(1, c.Int("step_months")))}
}
