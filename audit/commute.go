package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// commute: the way from home to the new post, in steps beyond what costs nothing.
type commute struct{}

func (k commute) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (commute) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	soft, step := c.Int("soft_minutes"), c.Int("step_minutes")
	minutes := s.homeMinutes(sp.cadre, sp.post)
	if minutes == posting.Unknown {
		r := s.lacking(c, sp, i18n.T("家庭所在地或路程", "the home or the travel time"))
		if r.limit, r.unit = soft, "minute"; c.Modality == policy.Weighted {
			r.priced, r.breach = true, 1
		}
		return r
	}
	return result{breach: min(c.Int("most_steps"), ceilDiv(max(0, minutes-soft), step)), measured: minutes, limit: soft, unit: "minute",
		text: s.about(c, sp, i18n.F("从家庭所在地单程%d分钟，超过%d分钟", "%d minutes from home one way, more than %d", minutes, soft))}
}

// ceilDiv is a/b rounded up, for a >= 0; a step of 0 counts as 1.
func ceilDiv(a, b int) int {
	b = max(b, 1)
	return (a + b - 1) / b
}
