package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// levelLimit: whoever has served the stated years at one level takes no further listed post of that level.
type levelLimit struct{}

func (k levelLimit) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (levelLimit) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() || s.returns(sp) {
		return idle
	}
	who, level := &s.x.Cadres[sp.cadre], s.x.Posts[sp.post].Level
	switch {
	case who.Level == posting.LevelUnknown || level == posting.LevelUnknown:
		return s.lacking(c, sp, i18n.T("职务层次", "a level"))
	case who.Level != level:
		return result{}
	case !who.LevelSince.Known():
		return s.lacking(c, sp, i18n.T("任现职务层次时间", "the time at the present level"))
	}
	months, limit := s.since(who.LevelSince, sp.from), c.Months("years")
	if months < limit {
		return result{}
	}
	return result{breach: 1, measured: months, limit: limit, unit: "month",
		text: s.about(c, sp, i18n.F("在同一职务层次任职%s，已满%s", "%s at this level, which reaches %s", span(months), span(limit)))}
}

// since is the months from a known month to the start of t.
func (s *scene) since(m posting.Month, t int) int { return int(s.start(t) - m) }
