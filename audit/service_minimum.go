package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// serviceMinimum: nobody leaves the townships before the minimum service there has ended.
type serviceMinimum struct{}

func (k serviceMinimum) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (serviceMinimum) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() {
		return idle
	}
	until := s.x.Cadres[sp.cadre].ServesUntil
	if !until.Known() || until < s.start(sp.from) || !s.grassroots(s.x.Seat(sp.cadre)) || s.grassroots(sp.post) {
		return result{}
	}
	if u := s.x.UnitOf(sp.post); u == posting.None || s.x.Units[u].Kind == "" {
		return s.lacking(c, sp, i18n.T("拟任单位的机构类别", "the kind of the unit"))
	}
	left := 1 - s.since(until, sp.from) // the last month is served too
	return result{breach: 1, measured: left, unit: "month",
		text: s.about(c, sp, i18n.F("乡镇最低服务期还有%d个月，调出乡镇", "leaves the townships with %d months of the minimum service to go", left))}
}
