package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// minimumTerm: nobody is moved before the minimum time in post has passed, but for the causes that lift it.
type minimumTerm struct{}

func (k minimumTerm) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (minimumTerm) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() || s.returns(sp) {
		return idle
	}
	least := c.Months("years")
	months, known := s.x.Tenure(sp.cadre, sp.from)
	except := c.List("except")
	switch {
	case known && months >= least,
		slices.Contains(except, "promotion") && sp.move == posting.MovePromote,
		slices.Contains(except, "avoidance") && len(s.avoids(sp.cadre, sp.from)) > 0:
		return result{}
	case !known:
		return s.lacking(c, sp, i18n.T("任现职时间", "the time in post"))
	}
	return result{breach: 1, measured: months, limit: least, unit: "month",
		text: s.about(c, sp, i18n.F("任现职%s，未满%s", "%s in post, less than %s", span(months), span(least)))}
}
