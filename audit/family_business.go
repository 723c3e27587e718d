package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// familyBusiness: nobody whose near kin run an enterprise joins the team of the body that regulates its trade. The text
// does not name the trade.
type familyBusiness struct{}

func (k familyBusiness) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k familyBusiness) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	n := k.shared(s, sp.cadre, sp.post)
	if n == 0 || !s.x.Posts[sp.post].Team {
		return result{}
	}
	return result{breach: 1, measured: n, unit: "trade",
		text: s.about(c, sp, i18n.T("该单位主管亲属经营企业的行业，应当回避", "the unit regulates a trade in which near kin run an enterprise"))}
}

// shared is the number of different trades of c's kin that the unit of post q regulates.
func (familyBusiness) shared(s *scene, c, q int) int {
	u := s.x.UnitOf(q)
	if u == posting.None {
		return 0
	}
	trades := slices.Clone(s.x.Cadres[c].KinTrades)
	slices.Sort(trades)
	n := 0
	for _, trade := range slices.Compact(trades) {
		if slices.Contains(s.x.Units[u].Regulates, trade) {
			n++
		}
	}
	return n
}
