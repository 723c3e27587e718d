package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// specialChange: within one term a post is changed for special need no more often than stated.
type specialChange struct{}

func (k specialChange) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (specialChange) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() || s.returns(sp) {
		return idle
	}
	months, known := s.x.Tenure(sp.cadre, sp.from)
	earlier, most := s.x.Cadres[sp.cadre].SpecialChanges, c.Int("most")
	switch {
	case !known:
		return s.lacking(c, sp, i18n.T("任现职时间", "the time in post"))
	case months >= c.Months("term_years"):
		return result{}
	case earlier == posting.Unknown:
		return s.lacking(c, sp, i18n.T("本届特殊变动次数", "the number of special changes in this term"))
	case earlier+1 <= most:
		return result{}
	}
	return result{breach: earlier + 1 - most, measured: earlier + 1, limit: most, unit: "change",
		text: s.about(c, sp, i18n.F("本届任期内第%d次特殊变动，上限%d次", "special change no. %d of this term, at most %d", earlier+1, most))}
}
