package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// noEarlyReturn: nobody comes back within the stated years to a post or unit that he left. No rows.
type noEarlyReturn struct{}

func (noEarlyReturn) sparesReturns() {}

func (noEarlyReturn) judge(s *scene, c *policy.Clause, sp spell) verdict {
	for _, i := range s.where.stints[s.Cadres[sp.cadre].ID] {
		h := &s.History[i]
		if !h.To.Known() || !s.returns(c, h, sp) {
			continue
		}
		if months := s.since(h.To, sp.from); months >= 0 && months < c.Months("years") {
			return verdict{breach: 1}
		}
	}
	return verdict{}
}

// returns tells whether the spell takes the cadre back to where the stint was.
func (s *scene) returns(c *policy.Clause, h *posting.Stint, sp spell) bool {
	q := &s.Posts[sp.post]
	if c.Text("scope") == "post" {
		return h.Post == q.ID
	}
	if p := s.Seat(sp.cadre); p != posting.None && s.Posts[p].Unit == q.Unit && h.Unit == q.Unit {
		return false // he has not left the unit
	}
	return h.Post == q.ID || h.Unit == q.Unit
}
