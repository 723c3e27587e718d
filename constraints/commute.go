package constraints

import "cadre/policy"

// commute: the way to work, in steps beyond the minutes that cost nothing. No rows.
type commute struct{}

func (commute) judge(s *scene, c *policy.Clause, sp spell) verdict {
	minutes, known := s.HomeMinutes(sp.cadre, sp.post)
	if !known {
		return verdict{breach: count(c.Modality == policy.Weighted), unknown: true}
	}
	step := max(1, c.Int("step_minutes"))
	steps := (max(0, minutes-c.Int("soft_minutes")) + step - 1) / step
	return verdict{breach: int64(min(c.Int("most_steps"), steps))}
}
