package audit

import (
	"slices"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// derived compares the derived fields that a plan gives with the auditor's own; a field left blank is not given.
// Firm, until and reasons are not compared: the spec does not define them.
func (s *scene) derived(out *findings) {
	for c := range s.given {
		for i := range s.given[c] {
			s.compareGiven(c, &s.given[c][i], out)
		}
	}
}

func (s *scene) compareGiven(c int, given *posting.Assignment, out *findings) {
	sp, change := s.understood(c, given)
	d := deviation{s: s, cadre: c, given: given, out: out}
	d.posts(i18n.T("原岗位", "the post left"), one(given.From), one(s.x.Cadres[c].Post))
	d.posts(i18n.T("返回岗位", "the post returned to"), one(given.ReturnsTo), nil)
	d.posts(i18n.T("保留岗位", "the post kept"), one(given.Keeps), nil)
	d.posts(i18n.T("兼任", "concurrent posts"), given.Also, s.alsoIn(c, change))
	d.posts(i18n.T("拟任", "appointments"), given.Appoint, s.appointed(given, change))
	d.posts(i18n.T("拟免", "removals"), given.Remove, s.removed(c, given, change))
	if given.Move != "" && given.Move != change {
		d.say(i18n.T("调整类别", "the kind of move"), moveName(given.Move), moveName(change))
	}
	if change != posting.MoveStay && given.Date.Known() && s.x.Calendar.PeriodOf(given.Date) != given.Period {
		d.say(i18n.T("日期", "the date"), given.Date.String(), s.start(given.Period).String())
	}
	if change == posting.MoveLeave && s.x.Leaves(c) > 0 && given.Period > s.x.Leaves(c) {
		d.say(i18n.T("离任期次", "the date of leaving"), s.start(given.Period).String(), s.start(s.x.Leaves(c)).String())
	}
	own := s.ownGrounds(sp, change)
	for _, g := range given.Grounds {
		if !slices.Contains(own, g) { // fewer than all is no contradiction
			d.say(i18n.T("依据", "a ground"), g, strings.Join(own, "、"))
		}
	}
	d.order()
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
		posting.MoveRelieve:  i18n.T("免职", "relief"),
		posting.MoveLeave:    i18n.T("离任", "departure"),
	}
	if name, ok := names[m]; ok {
		return name
	}
	return i18n.T(string(m), string(m))
}

// understood is the spell of an assignment and what it means for c.
func (s *scene) understood(c int, a *posting.Assignment) (spell, posting.Move) {
	q := s.x.PostAt(a.To)
	if q == posting.None {
		return spell{cadre: c, post: posting.None, from: a.Period, move: posting.MoveLeave}, posting.MoveLeave
	}
	sp := s.spell(c, q, a.Period)
	return sp, sp.move
}

func (s *scene) alsoIn(c int, change posting.Move) []string {
	if change != posting.MoveStay {
		return nil
	}
	return s.postIDs(s.concurrent[c])
}

func (s *scene) appointed(a *posting.Assignment, change posting.Move) []string {
	if change == posting.MoveStay || a.To == "" {
		return nil
	}
	return []string{a.To}
}

// removed are the posts that c gives up: the main and the concurrent ones, but for one that becomes his main post.
func (s *scene) removed(c int, a *posting.Assignment, change posting.Move) []string {
	seat := s.x.Seat(c)
	if change == posting.MoveStay || seat == posting.None {
		return nil
	}
	return but(s.postIDs(append([]int{seat}, s.concurrent[c]...)), a.To)
}

// but are the ids other than one.
func but(ids []string, id string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(other string) bool { return other == id })
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
func (s *scene) ownGrounds(sp spell, change posting.Move) []string {
	switch change {
	case posting.MoveStay:
		return nil
	case posting.MoveLeave:
		return s.departure(sp.cadre)
	}
	return s.grounds(sp)
}

// order checks the executable order: nobody takes a seat before the one who gives it up in the same period. A holder
// whose concurrent post becomes his main one gives nothing up.
func (d *deviation) order() {
	s, c, a := d.s, d.cadre, d.given
	q := s.x.PostAt(a.To)
	if a.Order == 0 || q == posting.None || s.begins[c] != a.Period {
		return
	}
	for _, h := range s.x.Holders(q) {
		if b := s.orderOf(h, a.Period); h != c && s.dest[h] != q && b > a.Order {
			d.say(i18n.T("执行顺序", "the order"), strconv.Itoa(a.Order), strconv.Itoa(b)+"+")
		}
	}
}

// orderOf is the place that the plan gives the move of h in t, 0 none.
func (s *scene) orderOf(h, t int) int {
	for _, a := range s.given[h] {
		if a.Period == t && s.begins[h] == t {
			return a.Order
		}
	}
	return 0
}
