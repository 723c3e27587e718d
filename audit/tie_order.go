package audit

import "cadre/policy"

// tieOrder: all else equal, the longer tenure moves first. Counted, never listed.
type tieOrder struct{}

func (k tieOrder) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (tieOrder) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() {
		return idle
	}
	most := c.Int("most_months")
	months, _ := s.x.Tenure(sp.cadre, sp.from) // 0 where not known
	return result{breach: (most - min(most, months)) / max(c.Int("step_months"), 1), silent: true}
}
