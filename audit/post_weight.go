package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// postWeight: a clear drop in the weight of the post needs a recorded ground; a rise is an advance, open or not.
type postWeight struct{}

func (k postWeight) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (postWeight) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() || s.returns(sp) {
		return idle
	}
	from, to := s.x.Posts[s.x.Seat(sp.cadre)].Weight, s.x.Posts[sp.post].Weight
	if from == posting.Unknown || to == posting.Unknown {
		return s.lacking(c, sp, i18n.T("岗位分量", "the weight of a post"))
	}
	d, drop := to-from, c.Int("most_drop")
	r := result{measured: d, unit: "weight"}
	switch {
	case d < -drop:
		r.breach, r.limit = -d-drop, -drop
		r.text = s.about(c, sp, i18n.F("岗位分量由%d降至%d，须有依据", "the weight of the post falls from %d to %d", from, to))
	case d > 0 && !c.Flag("advance") && sp.move != posting.MovePromote:
		r.breach = d
		r.text = s.about(c, sp, i18n.F("岗位分量由%d升至%d，属进一步使用", "the weight of the post rises from %d to %d, an advance", from, to))
	}
	return r
}
