package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// areaLimit: whoever has served the stated years at one level in one area goes to another area when he moves.
type areaLimit struct{}

func (k areaLimit) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (areaLimit) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() || s.returns(sp) {
		return idle
	}
	months, from, to := s.x.Cadres[sp.cadre].AreaMonths, s.x.PlaceOf(s.x.Seat(sp.cadre)), s.x.PlaceOf(sp.post)
	switch {
	case months == posting.Unknown:
		return s.lacking(c, sp, i18n.T("本地区同层次任职累计月数", "the months served at the level in the area"))
	case from == posting.None || to == posting.None:
		return s.lacking(c, sp, i18n.T("岗位所在地", "the place of a post"))
	}
	months += s.since(s.pol.Calendar.Date, sp.from)
	limit := c.Months("years")
	if months < limit || s.area(c, s.x.Places[from].ID) != s.area(c, s.x.Places[to].ID) {
		return result{}
	}
	return result{breach: 1, measured: months, limit: limit, unit: "month",
		text: s.about(c, sp, i18n.F("在本地区同一层次任职累计%s，已满%s，仍在本地区任职",
			"%s at the level in this area, which reaches %s, and stays in it",
			span(months), span(limit)))}
}
