package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// supportMission: whoever was sent on a mission returns when it ends, to a post of at least the old level; no mission is
// longer than stated, or ends within the horizon in which it begins. Stays are judged too.
type supportMission struct{}

func (k supportMission) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k supportMission) assess(s *scene, c *policy.Clause, sp spell) result {
	who := &s.x.Cadres[sp.cadre]
	onMission, r := s.x.OnMission(sp.cadre), s.x.Returns(sp.cadre)
	switch {
	case sp.arrive():
		return idle
	case sp.move == posting.MoveSupport:
		return k.sent(s, c, sp)
	case onMission && (who.Duty == posting.NoDuty || !who.DutyUntil.Known()):
		return s.lacking(c, sp, i18n.T("援派任务的截止时间", "the last month of the mission"))
	case !onMission || r == 0:
		return result{}
	case sp.stay():
		return k.overstays(s, c, sp, r)
	case sp.from < r:
		return k.early(s, c, sp)
	}
	return k.home(s, c, sp)
}

// sent judges one who is sent out.
func (supportMission) sent(s *scene, c *policy.Clause, sp spell) result {
	months, most := s.x.Posts[sp.post].TermMonths, c.Int("most_months")
	if months == 0 {
		months = c.Int("months")
	}
	var r result
	if end := sp.from + ceilDiv(months, s.x.Calendar.Length) - 1; end < s.periods() {
		r = result{breach: 1, measured: end, limit: s.periods(), unit: "batch",
			text: s.about(c, sp, i18n.F("援派%d个月，第%d期即期满，应当在以后批次安排", "a mission of %d months ends in batch %d of this plan, and belongs to a later one", months, end))}
	}
	if months > most {
		r = result{breach: 1 + r.breach, measured: months, limit: most, unit: "month",
			text: s.about(c, sp, i18n.F("援派%d个月，最长%d个月", "a mission of %d months, at most %d", months, most))}
	}
	return r
}

// overstays judges the stay of one who returns in period r.
func (supportMission) overstays(s *scene, c *policy.Clause, sp spell, r int) result {
	if r < sp.from || r > sp.until {
		return result{}
	}
	months := max(1, int(s.start(r+1)-1-s.x.Cadres[sp.cadre].DutyUntil))
	return result{breach: 1, measured: months, unit: "month", text: s.about(c, sp, i18n.F("援派%s期满，方案未安排返回",
		"the mission ends in %s, and no return is planned", s.x.Cadres[sp.cadre].DutyUntil.String()))}
}

// early judges a move before the mission has ended.
func (supportMission) early(s *scene, c *policy.Clause, sp spell) result {
	left := 1 - s.since(s.x.Cadres[sp.cadre].DutyUntil, sp.from) // the last month is served too
	return result{breach: 1, measured: left, unit: "month",
		text: s.about(c, sp, i18n.F("援派期还有%d个月", "%d months of the mission still to serve", left))}
}

// home judges a return: the level guaranteed, the post promised, and that it is no mission once more.
func (k supportMission) home(s *scene, c *policy.Clause, sp spell) result {
	who, post := &s.x.Cadres[sp.cadre], &s.x.Posts[sp.post]
	guaranteed := who.OriginLevel
	if guaranteed == posting.LevelUnknown {
		guaranteed = who.Level
	}
	r := k.elsewhere(s, c, sp)
	switch below := int(guaranteed - post.Level); {
	case guaranteed == posting.LevelUnknown || post.Level == posting.LevelUnknown:
		if r.breach == 0 {
			return s.lacking(c, sp, i18n.T("岗位或者派出前的职务层次", "the level of the post, or that held before"))
		}
	case below > 0:
		r = result{breach: below + r.breach, measured: below, unit: "level", text: s.about(c, sp, i18n.F("返回岗位%s，低于派出前的%s",
			"returns to a post of level %s, below the level before: %s", post.Level.String(), guaranteed.String()))}
	}
	return r
}

// elsewhere judges where a return leads: to the promised post, where there is one, and to no mission seat.
func (supportMission) elsewhere(s *scene, c *policy.Clause, sp spell) result {
	var r result
	if s.x.Posts[sp.post].Term == posting.TermMission {
		r = result{breach: 1, measured: 1, unit: "post", text: s.about(c, sp, i18n.T("期满后仍安排援派岗位，不是返回", "a mission seat once more, which is no return"))}
	}
	if promise := s.promised(sp.cadre); promise != "" && promise != s.x.Posts[sp.post].ID {
		r = result{breach: 1 + r.breach, measured: 1, unit: "post", text: s.about(c, sp, i18n.F("约定返回的岗位是%s", "the post promised for the return is %s", s.promiseName(promise)))}
	}
	return r
}

// promiseName is the name of a post by its id; a post that is not in the table keeps its id.
func (s *scene) promiseName(id string) string {
	if p := s.x.PostAt(id); p != posting.None {
		return s.postName(p)
	}
	return id
}
