package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// regimeFreeze: in an election, or in the time of stability after it, holders of the posts concerned stay. No rows.
type regimeFreeze struct{}

func (regimeFreeze) sparesReturns() {}

func (regimeFreeze) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if string(s.pol.Regime) != c.Text("regime") {
		return verdict{idle: true}
	}
	rests := s.appointedBy(c, sp.post)
	if !s.arrival(sp.cadre) {
		rests = rests || s.appointedBy(c, s.Seat(sp.cadre))
	}
	return verdict{breach: count(rests && !s.thaws(c, sp))}
}

// appointedBy tells whether post p is filled by one of the procedures of the clause; the party appoints where none is given.
func (s *scene) appointedBy(c *policy.Clause, p int) bool {
	by := s.Posts[p].Approval
	if by == "" {
		by = posting.ByParty
	}
	return slices.Contains(c.List("approvals"), string(by))
}

// thaws tells whether a cause that the clause excepts moves the cadre.
func (s *scene) thaws(c *policy.Clause, sp spell) bool {
	except := c.List("except")
	return slices.Contains(except, "avoidance") && len(s.avoids[sp.cadre][sp.from]) > 0 ||
		slices.Contains(except, "duty") && len(s.due[sp.cadre][sp.from]) > 0
}
