package constraints

import "cadre/policy"

// hold: those held by the organisation do not move. No rows; the two flags cannot be told apart in any output.
type hold struct{}

func (hold) sparesReturns() {}

func (hold) judge(s *scene, c *policy.Clause, sp spell) verdict {
	p := &s.Cadres[sp.cadre]
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	if c.Text("flag") == "review" {
		return verdict{breach: count(p.Review)}
	}
	return verdict{breach: count(p.Hold && s.notBefore(p.HoldUntil, sp.from))}
}

func (hold) facet(*scene, int) facet { return facet{} }
