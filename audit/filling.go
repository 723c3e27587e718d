package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// filling: reserved and frozen seats are left as they are reserved.
type filling struct{}

func (k filling) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (filling) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() || s.fixedOn(sp.cadre, sp.post) {
		return idle
	}
	how := s.x.Posts[sp.post].Filling
	broken := how == posting.Frozen ||
		how == posting.ReservePromotion && sp.move != posting.MovePromote ||
		how == posting.ReserveArrival && !sp.arrive()
	if !broken {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "seat",
		text: s.about(c, sp, i18n.F("该岗位填补方式为%s", "the seat is %s", string(how)))}
}
