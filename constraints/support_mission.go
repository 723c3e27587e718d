package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// supportMission: a mission has its time, and whoever was sent returns when it ends, to the promised post and to no lower level.
// Stays are judged too. No rows.
type supportMission struct{}

func (supportMission) judgesStays() {}

func (supportMission) judge(s *scene, c *policy.Clause, sp spell) verdict {
	switch {
	case s.arrival(sp.cadre):
		return verdict{idle: true}
	case s.OnMission(sp.cadre):
		return s.home(sp)
	case s.isMove(sp) && s.moveType(sp.cadre, sp.post) == posting.MoveSupport:
		return s.sentOut(c, sp)
	}
	return verdict{}
}

// sentOut judges a move to a mission seat: not for too long, and not to end within the horizon, since the return would be a
// second move.
func (s *scene) sentOut(c *policy.Clause, sp spell) verdict {
	months := s.Posts[sp.post].TermMonths
	if months == 0 {
		months = c.Int("months")
	}
	return verdict{breach: count(months > c.Int("most_months")) + count(sp.from+periods(s.Index, months)-1 < s.H)}
}

// home judges what one who is on a mission does: not stay beyond its end, not go before, and return as was promised.
func (s *scene) home(sp spell) verdict {
	p, r := &s.Cadres[sp.cadre], s.Returns(sp.cadre)
	switch {
	case p.Duty == posting.NoDuty || !p.DutyUntil.Known():
		return verdict{unknown: true}
	case r == 0:
		return verdict{}
	case s.isStay(sp):
		return verdict{breach: count(sp.covers(r))}
	case sp.from < r:
		return verdict{breach: 1}
	}
	return s.promised(sp)
}

// promised judges a return: by how many levels the post lies below the guaranteed one, whether another was promised, and
// whether it is a mission once more.
func (s *scene) promised(sp spell) verdict {
	level, q := s.Cadres[sp.cadre].OriginLevel, &s.Posts[sp.post]
	if level == posting.LevelUnknown {
		level = s.Cadres[sp.cadre].Level
	}
	post := ReturnPost(s.Index, sp.cadre)
	v := verdict{breach: count(post != "" && post != q.ID) + count(q.Term == posting.TermMission)}
	if level == posting.LevelUnknown || q.Level == posting.LevelUnknown {
		v.unknown = v.breach == 0
		return v
	}
	v.breach += max(0, int64(level)-int64(q.Level))
	return v
}

// ReturnPost is the id of the post that is promised to cadre c at the end of his mission, "" none: the recorded one, else
// that of the last row of the follow-up sheet that names one.
func ReturnPost(x *posting.Index, c int) string {
	if p := x.Cadres[c].ReturnsTo; p != "" {
		return p
	}
	post, last := "", posting.Month(0)
	for i := range x.FollowUps {
		if f := &x.FollowUps[i]; f.Cadre == x.Cadres[c].ID && f.ReturnsTo != "" && f.Date >= last {
			post, last = f.ReturnsTo, f.Date
		}
	}
	return post
}
