package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// regimeFreeze: in a year of elections, and in the time of stability after them, holders of the posts concerned stay, and
// nobody comes to these posts.
type regimeFreeze struct{}

func (k regimeFreeze) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k regimeFreeze) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() || s.returns(sp) || string(s.pol.Regime) != c.Text("regime") {
		return idle
	}
	if !k.concerned(s, c, sp.post) && !k.concerned(s, c, s.x.Seat(sp.cadre)) || k.lifted(s, c, sp) {
		return result{}
	}
	when := i18n.T("换届期间", "during the elections")
	if s.pol.Regime == policy.Stability {
		when = i18n.T("换届后稳定期内", "in the time of stability after the elections")
	}
	return result{breach: 1, measured: 1, unit: "post",
		text: s.about(c, sp, i18n.F("%s有关岗位人员保持稳定", "%s the posts concerned keep their holders", when))}
}

// concerned tells whether the post is filled by one of the procedures of the clause; a blank is 党委任免.
func (regimeFreeze) concerned(s *scene, c *policy.Clause, p int) bool {
	if p == posting.None {
		return false
	}
	how := s.x.Posts[p].Approval
	if how == "" {
		how = posting.ByParty
	}
	return slices.Contains(c.List("approvals"), string(how))
}

// lifted tells whether one of the causes of the clause holds for one who moves.
func (regimeFreeze) lifted(s *scene, c *policy.Clause, sp spell) bool {
	except := c.List("except")
	return slices.Contains(except, "avoidance") && len(s.avoids(sp.cadre, sp.from)) > 0 ||
		slices.Contains(except, "duty") && s.x.Seat(sp.cadre) != posting.None && len(s.due(sp.cadre, sp.from)) > 0
}
