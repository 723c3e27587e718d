package audit

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// derived compares the derived fields that a plan gives with the auditor's own; a field left blank is not given.
// Firm and reasons are not compared: the spec does not define them; the order, and dates among changes, are judged by
// executable_order.
func (s *scene) derived(out *findings) {
	for c := range s.given {
		for i := range s.given[c] {
			s.compareGiven(c, i, out)
		}
	}
}

// compareGiven compares row i of c.
func (s *scene) compareGiven(c, i int, out *findings) {
	given := &s.given[c][i]
	sp := s.understood(c, given)
	d := deviation{s: s, cadre: c, given: given, out: out}
	d.seats(sp)
	d.kind(sp)
	d.months(sp, s.row[c] == i)
	d.grounds(s.ownGrounds(sp))
}

// deviation lists where one assignment differs from what is recomputed.
type deviation struct {
	s     *scene
	cadre int
	given *posting.Assignment
	out   *findings
}

// say lists a field that differs, in words.
func (d *deviation) say(field i18n.Text, given, own any) {
	text := i18n.F("%[1]s：方案所列%[2]s为“%[3]s”，核算为“%[4]s”", "%[1]s: the plan gives %[2]s as \"%[3]s\", recomputed \"%[4]s\"",
		d.s.name(d.cadre), field, given, own)
	d.out.plain(contradiction, entry{subjects: []string{d.given.Cadre}, period: d.given.Period, measured: 1, unit: "field", text: text})
}

// seats compares the posts left, kept, held, taken and given up.
func (d *deviation) seats(sp spell) {
	s := d.s
	d.posts(i18n.T("原岗位", "the post left"), one(d.given.From), one(s.x.Cadres[d.cadre].Post))
	d.posts(i18n.T("保留岗位", "the post kept"), one(d.given.Keeps), s.kept(sp))
	d.posts(i18n.T("返回岗位", "the post returned to"), one(d.given.ReturnsTo), s.returnPost(sp))
	d.posts(i18n.T("兼任", "concurrent posts"), d.given.Also, s.alsoIn(sp))
	d.posts(i18n.T("拟任", "appointments"), d.given.Appoint, s.appointed(sp))
	d.posts(i18n.T("拟免", "removals"), d.given.Remove, s.removed(sp))
}

func (d *deviation) kind(sp spell) {
	if d.given.Move != "" && d.given.Move != sp.move {
		d.say(i18n.T("调整类别", "the kind of move"), moveName(d.given.Move), moveName(sp.move))
	}
}

// months compares the dates of a change; of one that is not his change in the plan, by its period alone.
func (d *deviation) months(sp spell, own bool) {
	if sp.stay() {
		return
	}
	earliest := d.s.start(d.given.Period)
	if own {
		earliest = d.s.earliest(d.cadre)
	}
	d.date(earliest)
	d.until(sp, earliest)
	if left := d.s.x.Leaves(d.cadre); sp.leaves() && left > 0 && d.given.Period > left {
		d.say(i18n.T("离任期次", "the date of leaving"), d.s.start(d.given.Period).String(), d.s.start(left).String())
	}
}

// grounds compares those given with all that hold; fewer than all is no contradiction.
func (d *deviation) grounds(own []string) {
	for _, g := range d.given.Grounds {
		if !slices.Contains(own, g) {
			d.say(i18n.T("依据", "a ground"), g, strings.Join(own, "、"))
		}
	}
}

// posts compares two sets of posts by id and names them; a set that is empty is not given.
func (d *deviation) posts(field i18n.Text, given, own []string) {
	if given, own = sorted(given), sorted(own); len(given) > 0 && !slices.Equal(given, own) {
		d.say(field, d.names(given), d.names(own))
	}
}

func (d *deviation) names(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id
		if p := d.s.x.PostAt(id); p != posting.None {
			out[i] = d.s.postName(p)
		}
	}
	return strings.Join(out, "、")
}

// one is the set of one id, empty where it is blank.
func one(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

func moveName(m posting.Move) i18n.Text {
	names := map[posting.Move]i18n.Text{
		posting.MoveStay:     i18n.T("留任", "stay"),
		posting.MoveTransfer: i18n.T("交流任职", "transfer"),
		posting.MoveRotate:   i18n.T("内部轮岗", "rotation in the unit"),
		posting.MoveAdvance:  i18n.T("进一步使用", "advance"),
		posting.MovePromote:  i18n.T("提拔", "promotion"),
		posting.MoveSecond:   i18n.T("挂职", "secondment"),
		posting.MoveSupport:  i18n.T("援派", "support"),
		posting.MoveArrive:   i18n.T("调入", "arrival"),
		posting.MoveRelieve:  i18n.T("改任职级", "relief of the post"),
		posting.MoveLeave:    i18n.T("离任", "departure"),
	}
	if name, ok := names[m]; ok {
		return name
	}
	return i18n.T(string(m), string(m))
}

// understood is the spell of an assignment, which says what it means for c; one who leaves holds no post in it.
func (s *scene) understood(c int, a *posting.Assignment) spell {
	q := s.x.PostAt(a.To)
	if q != posting.None {
		return s.spell(c, q, a.Period)
	}
	sp := spell{cadre: c, post: posting.None, from: a.Period, move: posting.MoveLeave}
	if s.x.Leaves(c) > 0 && s.x.LeaveClass(c) == posting.LeaveRelief {
		sp.move = posting.MoveRelieve
	}
	return sp
}

// leaves tells whether the spell is the end of all: c leaves, or is relieved.
func (sp spell) leaves() bool { return sp.post == posting.None }

// kept is the post at home that whoever is seconded keeps.
func (s *scene) kept(sp spell) []string {
	if sp.second() {
		return s.postIDs([]int{s.x.Seat(sp.cadre)})
	}
	return nil
}

// returnPost is where c goes when a secondment ends, or the mission on which he is.
func (s *scene) returnPost(sp spell) []string {
	if sp.stay() && s.x.OnMission(sp.cadre) {
		return one(s.promised(sp.cadre))
	}
	return s.kept(sp)
}

// alsoIn are the concurrent posts of one who stays or is seconded.
func (s *scene) alsoIn(sp spell) []string {
	if sp.stay() || sp.second() {
		return s.postIDs(s.concurrent[sp.cadre])
	}
	return nil
}

func (s *scene) appointed(sp spell) []string {
	if sp.stay() || sp.leaves() {
		return nil
	}
	return s.postIDs([]int{sp.post})
}

// removed are the posts that c gives up: the main one and those concurrent ones that he held up to then, but for one that
// becomes his main post.
func (s *scene) removed(sp spell) []string {
	seat := s.x.Seat(sp.cadre)
	if sp.stay() || sp.second() || seat == posting.None {
		return nil
	}
	posts := []int{seat}
	for _, q := range s.concurrent[sp.cadre] {
		if q != sp.post && (sp.from <= 1 || s.x.Keeps(sp.cadre, q, sp.from-1)) {
			posts = append(posts, q)
		}
	}
	return s.postIDs(posts)
}

func (s *scene) postIDs(ps []int) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = s.x.Posts[p].ID
	}
	return out
}

func sorted(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// ownGrounds are the grounds that the auditor finds for a change; a stay has none.
func (s *scene) ownGrounds(sp spell) []string {
	switch {
	case sp.stay():
		return nil
	case sp.leaves():
		return s.departure(sp.cadre)
	}
	return s.grounds(sp)
}

// date checks that a change takes effect in its period, and not before the input lets it; a later date inside the period
// is a matter of carrying the plan out.
func (d *deviation) date(earliest posting.Month) {
	date := d.given.Date
	if date.Known() && (d.s.x.Calendar.PeriodOf(date) != d.given.Period || date < earliest) {
		d.say(i18n.T("日期", "the date"), date.String(), earliest.String())
	}
}

// until checks the last month of a secondment or mission, from the date that the plan gives, else from the earliest.
func (d *deviation) until(sp spell, earliest posting.Month) {
	var own posting.Month
	if !sp.leaves() && d.s.term(sp.post) > 0 {
		own = max(d.given.Date, earliest) + posting.Month(d.s.term(sp.post)) - 1
	}
	if d.given.Until.Known() && d.given.Until != own {
		d.say(i18n.T("截止时间", "the last month"), d.given.Until.String(), own.String())
	}
}
