package ruletest

import "cadre/posting"

// served are months of service in an area: the thresholds of the random policies and one less.
var served = []int{posting.Unknown, 0, 11, 12, 23, 24, 35, 36, 47, 48, 59, 60, 107, 108, 119, 120}

// facts are what the record of a person says beside his post: dates of service, changes, trades of his kin.
func (d draw) facts(c *posting.Cadre) {
	c.AreaMonths, c.SpecialChanges = pick(d, served...), pick(d, posting.Unknown, 0, 0, 1, 2)
	c.KinTrades = some(d, 60, []string{"建筑"}, []string{"运输"}, []string{"餐饮", "建筑"})
	if d.chance(40) {
		c.ServesUntil = d.end()
	}
	for _, m := range []*posting.Month{&c.WorkSince, &c.LevelSince, &c.UnitSince} {
		if !d.chance(25) {
			*m = d.month(1, 2, 2, 3, 5, 5, 10)
		}
	}
}

// rows is how many rows a table gets, below n; some more where the theme reads it.
func (d draw) rows(n int, read bool) int {
	if read {
		return d.IntN(n) + n/2
	}
	return d.IntN(n)
}

// history is a few stints, most of them over, on posts and in units of the tables or elsewhere.
func (d draw) history(in *posting.Instance, theme []string) {
	for range d.rows(5, about(theme, "zone_coverage")) {
		to := d.month(0, 1, 1, 2, 2, 3)
		if d.chance(15) {
			to = pick(d, 0, posting.NewMonth(2026, 6), posting.NewMonth(2027, 1))
		}
		in.History = append(in.History, posting.Stint{Cadre: cadreID(d.IntN(len(in.Cadres))),
			Unit: pick(d, unitID(0), unitID(0), unitID(1), "外单位", ""), Post: pick(d, postID(d.IntN(len(in.Posts))), "科员", ""),
			From: d.began(to), To: to})
	}
}

// began is when a stint that ended in a month began: years before, a year or three before (or a month less), or not known.
func (d draw) began(to posting.Month) posting.Month {
	if !to.Known() {
		return pick(d, 0, posting.NewMonth(2015, 1), posting.NewMonth(2023, 1), posting.NewMonth(2023, 2), posting.NewMonth(2025, 1))
	}
	return pick(d, 0, posting.NewMonth(2015, 1), to-36, to-35, to-12, to-11)
}
