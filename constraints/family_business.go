package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// familyBusiness: nobody joins the team of a body that regulates a trade of his kin. No rows.
type familyBusiness struct{}

func (familyBusiness) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	u := s.UnitOf(sp.post)
	if !s.Posts[sp.post].Team || u == posting.None {
		return verdict{}
	}
	shared := slices.ContainsFunc(s.Cadres[sp.cadre].KinTrades, func(trade string) bool {
		return slices.Contains(s.Units[u].Regulates, trade)
	})
	return verdict{breach: count(shared)}
}
