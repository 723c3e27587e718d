package workbook

import (
	"cadre/internal/i18n"
	"cadre/posting"
)

// youngest is the age in months below which nobody takes up a post.
const youngest = 16 * 12

// checkPast reports facts of the past that lie after the plan date: columns declared with past.
func (d *data) checkPast(date posting.Month, ps *Problems) {
	if !date.Known() {
		return
	}
	checkPast(d.cadres, date, ps)
	checkPast(d.arrivals, date, ps)
	checkPast(d.history, date, ps)
	checkPast(d.done, date, ps)
	checkPast(d.documents, date, ps)
	for _, r := range []*records[person]{d.cadres, d.arrivals} {
		for i := range r.items {
			for _, a := range r.items[i].Appraisals {
				if a.Year > date.Year() {
					ps.add("E1502", r.cell(i, "appraisals"), i18n.F("%d 年度在计划基准日 %s 之后", "the year %d lies after the plan date %s", a.Year, date))
				}
			}
		}
	}
}

func checkPast[T any](r *records[T], date posting.Month, ps *Problems) {
	for _, c := range r.table.columns {
		if !c.past {
			continue
		}
		for i := range r.items {
			if m := c.month(&r.items[i]); m > date {
				ps.add("E1502", r.cell(i, c.ID), i18n.F("%s %s 在计划基准日 %s 之后", "%s %s lies after the plan date %s", c.Name(), m, date))
			}
		}
	}
}

// checkLives reports dates of one person that contradict each other. Months that are not known contradict nothing.
func (d *data) checkLives(ps *Problems) {
	for _, r := range []*records[person]{d.cadres, d.arrivals} {
		for i := range r.items {
			checkLife(&r.items[i], func(column string) place { return r.cell(i, column) }, ps)
		}
	}
	for i := range d.history.items {
		s := &d.history.items[i]
		if s.From.Known() && s.To.Known() && s.To < s.From {
			ps.add("E1501", d.history.cell(i, "to"), i18n.F("免职时间 %s 早于任职时间 %s", "ends in %s before it begins in %s", s.To, s.From))
		}
	}
}

func checkLife(c *person, cell func(string) place, ps *Problems) {
	born := c.Birth
	if !born.Known() {
		return
	}
	if c.WorkSince.Known() && c.WorkSince <= born {
		ps.add("E1501", cell("work_since"), i18n.F("参加工作时间 %s 不晚于出生年月 %s", "work_since %s is not after the birth month %s", c.WorkSince, born))
	}
	if c.PartySince.Known() && c.PartySince <= born {
		ps.add("E1501", cell("party_since"), i18n.F("入党时间 %s 不晚于出生年月 %s", "party_since %s is not after the birth month %s", c.PartySince, born))
	}
	if c.PostSince.Known() && c.PostSince < born+youngest {
		ps.add("E1501", cell("post_since"), i18n.F("任现职时间 %s 时不满 16 岁（%s 出生）", "post_since %s comes before the age of 16 (born %s)", c.PostSince, born))
	}
	if c.LevelSince.Known() && c.LevelSince < born+youngest {
		ps.add("E1501", cell("level_since"), i18n.F("任现职务层次时间 %s 时不满 16 岁（%s 出生）", "level_since %s comes before the age of 16 (born %s)", c.LevelSince, born))
	}
}

// checkEvents compares departures and exceptions with the plan date, and counts what the holding of a post allows.
func (d *data) checkEvents(date posting.Month, ps *Problems) {
	for i := range d.cadres.items {
		c := &d.cadres.items[i]
		if c.PostSince.Known() && c.UnitSince.Known() && c.UnitSince > c.PostSince {
			ps.add("W1504", d.cadres.cell(i, "unit_since"), i18n.F("到本单位时间 %s 晚于任现职时间 %s", "unit_since %s is later than post_since %s", c.UnitSince, c.PostSince))
		}
		if date.Known() && c.PostSince.Known() && c.Deduct > max(0, int(date-c.PostSince)) {
			ps.add("W1503", d.cadres.cell(i, "deduct_months"), i18n.F("扣减 %d 个月，超过任现职的时间，任职时间按 0 计", "deducts %d months, more than the tenure; the tenure counts as 0", c.Deduct))
		}
	}
	if !date.Known() {
		return
	}
	for i := range d.exceptions.items {
		if u := d.exceptions.items[i].Until; u.Known() && u < date {
			ps.add("E1503", d.exceptions.cell(i, "until"), i18n.F("例外的有效期 %s 早于计划基准日 %s；请续批，或者删去该行", "the exception ended in %s, before the plan date %s: have it renewed, or delete the row", u, date))
		}
	}
	for i := range d.departures.items {
		if m := d.departures.items[i].Month; m.Known() && m < date {
			ps.add("W1502", d.departures.cell(i, "month"), i18n.F("离任时间 %s 早于计划基准日 %s，按本批离任处理", "leaves in %s, before the plan date %s; taken as leaving in this batch", m, date))
		}
	}
}
