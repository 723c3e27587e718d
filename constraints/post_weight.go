package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// postWeight: no clear drop in weight without a recorded ground; a rise is an advance, which the policy opens. No rows.
type postWeight struct{}

func (postWeight) sparesReturns() {}

func (postWeight) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	from, to := s.Posts[s.Seat(sp.cadre)].Weight, s.Posts[sp.post].Weight
	if from == posting.Unknown || to == posting.Unknown {
		return verdict{unknown: true}
	}
	d := int64(to - from)
	if d > 0 && !c.Flag("advance") && s.moveType(sp.cadre, sp.post) != posting.MovePromote {
		return verdict{breach: d}
	}
	return verdict{breach: max(0, -d-int64(c.Int("most_drop")))}
}

func (postWeight) facet(s *scene, q int) facet { return facet{s.Posts[q].Level, s.Posts[q].Weight} }
