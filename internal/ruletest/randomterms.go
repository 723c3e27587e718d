package ruletest

import (
	"slices"

	"cadre/posting"
)

// terms makes secondment seats of some posts that nobody has as his main one, mission seats of some others (of so many in
// 100), and tells of the people on them until when they are away.
func (d draw) terms(in *posting.Instance, missionsIn100 int) {
	var seats, missions []string
	for i := range in.Posts {
		p := &in.Posts[i]
		held := slices.ContainsFunc(in.Cadres, func(c posting.Cadre) bool { return c.Post == p.ID })
		switch {
		case !held && d.chance(40):
			p.Term, seats = posting.TermSecondment, append(seats, p.ID)
		case d.chance(missionsIn100):
			p.Term, missions = posting.TermMission, append(missions, p.ID)
		default:
			continue
		}
		p.TermMonths = pick(d, 0, 0, 6, 12, 13, 24, 36)
	}
	for i := range in.Cadres {
		c := &in.Cadres[i]
		if c.Disposition == posting.Fixed && len(seats) > 0 && d.chance(40) {
			c.FixedPost = pick(d, seats...)
		}
		switch {
		case slices.Contains(missions, c.Post):
			d.mission(c, len(in.Posts))
		case c.Post != "" && len(seats) > 0 && d.chance(20):
			c.Also, c.Duty, c.DutyUntil = []string{pick(d, seats...)}, posting.Secondment, d.away()
		}
	}
}

// mission tells of one on a mission when it ends, of which level he was before, and what was promised to him.
func (d draw) mission(c *posting.Cadre, posts int) {
	if d.chance(90) {
		c.Duty, c.DutyUntil = posting.Support, d.away()
	}
	c.OriginLevel = some(d, 25, posting.SectionHead, posting.TownshipDeputy, posting.TownshipHead, posting.TownshipHead)
	if d.chance(30) {
		c.ReturnsTo = postID(d.IntN(posts))
	}
}

// away is the last month of a mission or secondment: over, in every period that a horizon may have, at both ends of them,
// after the horizon, or not known.
func (d draw) away() posting.Month {
	return pick(d, 0, posting.NewMonth(2025, 6), posting.NewMonth(2025, 12), posting.NewMonth(2026, 3), posting.NewMonth(2026, 5),
		posting.NewMonth(2026, 6), posting.NewMonth(2026, 11), posting.NewMonth(2026, 12), posting.NewMonth(2027, 1), posting.NewMonth(2027, 11), posting.NewMonth(2028, 6))
}
