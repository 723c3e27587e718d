package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// headcount: one seat, one holder; no unit has more posts of a grade filled than its headcount, secondment seats not
// counted. A group that was over its limit on the plan date may shrink, not grow or change hands.
type headcount struct{}

// seatGroup is a set of posts with a limit on the holdings in it.
type seatGroup struct {
	id    string // post or unit
	name  i18n.Text
	posts []int
	limit int
}

var gradeNames = map[posting.Grade]i18n.Text{
	posting.GradeHead:   i18n.T("正职", "heads"),
	posting.GradeDeputy: i18n.T("副职", "deputies"),
	posting.GradeMiddle: i18n.T("内设领导职务", "middle posts"),
}

func (k headcount) judge(s *scene, c *policy.Clause, out *findings) {
	groups := append(k.seats(s), k.grades(s)...)
	for _, g := range groups {
		for t := 1; t <= s.periods(); t++ {
			k.group(s, c, g, t, out)
		}
	}
}

func (headcount) seats(s *scene) []seatGroup {
	var out []seatGroup
	for p := range s.x.Posts {
		out = append(out, seatGroup{s.x.Posts[p].ID, i18n.T(s.postName(p), s.postName(p)), []int{p}, 1})
	}
	return out
}

func (headcount) grades(s *scene) []seatGroup {
	var out []seatGroup
	for u := range s.x.Units {
		unit := &s.x.Units[u]
		for _, grade := range []posting.Grade{posting.GradeHead, posting.GradeDeputy, posting.GradeMiddle} {
			if unit.Headcount(grade) == posting.Unknown {
				continue
			}
			g := seatGroup{id: unit.ID, name: i18n.F("%s%s", "%s, %s", unit.Name, gradeNames[grade]), limit: unit.Headcount(grade)}
			for p := range s.x.Posts {
				if post := &s.x.Posts[p]; post.Unit == unit.ID && post.Counts && post.Role.Grade() == grade && !s.x.Seconded(p) {
					g.posts = append(g.posts, p)
				}
			}
			out = append(out, g)
		}
	}
	return out
}

func (k headcount) group(s *scene, c *policy.Clause, g seatGroup, t int, out *findings) {
	today, now := 0, 0
	var holders []int
	for _, p := range g.posts {
		today += len(s.x.Holders(p))
		now += len(s.holders[t][p])
		holders = append(holders, s.holders[t][p]...)
	}
	if now <= g.limit || today > g.limit && now <= today && !k.entered(s, g, t) {
		out.keep(1)
		return
	}
	slices.Sort(holders)
	holders = slices.Compact(holders)
	out.breach(entry{subjects: append([]string{g.id}, s.ids(holders)...), period: t, measured: now, limit: g.limit, unit: "seat",
		breach: now - g.limit, text: of(c, g.name, i18n.F("安排%d个，限额%d个：%s", "%d held, limit %d: %s", now, g.limit, s.names(holders)))})
}

// entered tells whether somebody who held no post of the group on the plan date has come to one in or before t.
func (headcount) entered(s *scene, g seatGroup, t int) bool {
	for c := range s.x.Cadres {
		if sp, ok := s.changed(c); ok && sp.from <= t && slices.Contains(g.posts, sp.post) &&
			!slices.ContainsFunc(g.posts, func(p int) bool { return slices.Contains(s.x.Holders(p), c) }) {
			return true
		}
	}
	return false
}
