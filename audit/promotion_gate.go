package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// promotionGate: whoever is promoted has the stated service, time at the present level and grass-roots work.
type promotionGate struct{}

func (k promotionGate) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k promotionGate) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.move != posting.MovePromote {
		return idle
	}
	n, broken, blank := unmet(k.requirements(s, c, sp))
	if n == 0 && blank != (i18n.Text{}) {
		return s.lacking(c, sp, blank)
	}
	return result{breach: n, measured: n, unit: "requirement",
		text: s.about(c, sp, i18n.F("不具备提拔任职要求的%s", "does not have what a promotion asks: %s", broken))}
}

// requirements are the three gates at the start of the spell; a parameter of 0 states none.
func (promotionGate) requirements(s *scene, c *policy.Clause, sp spell) []requirement {
	who := &s.x.Cadres[sp.cadre]
	service, level, grassroots := c.Months("service_years"), c.Months("level_years"), c.Int("grassroots_months")
	return []requirement{
		{"service", service > 0, atLeast(who.WorkSince.Known(), s.since(who.WorkSince, sp.from), service),
			i18n.F("工作年限（%s）", "the service (%s)", span(service))},
		{"level", level > 0, atLeast(who.LevelSince.Known(), s.since(who.LevelSince, sp.from), level),
			i18n.F("任下一层次职务年限（%s）", "the time at the level below (%s)", span(level))},
		{"grassroots", grassroots > 0, atLeast(who.Grassroots != posting.Unknown, who.Grassroots, grassroots),
			i18n.F("基层工作经历（%d个月）", "the grass-roots work (%d months)", grassroots)},
	}
}
