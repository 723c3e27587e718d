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

func (s *scene) compareGiven(c int, a *posting.Assignment, out *findings) {
	sp, change := s.understood(c, a)
	say := func(field i18n.Text, given, own string) {
		if given != own {
			text := i18n.F("%[1]s：方案所列%[2]s为“%[3]s”，核算为“%[4]s”", "%[1]s: the plan gives %[2]s as \"%[3]s\", recomputed \"%[4]s\"",
				s.name(c), field, given, own)
			out.plain(contradiction, entry{subjects: []string{a.Cadre}, period: a.Period, measured: 1, unit: "field", text: text})
		}
	}
	given := func(field i18n.Text, value, own string) {
		if value != "" {
			say(field, value, own)
		}
	}
	listed := func(field i18n.Text, value, own []string) {
		if len(value) > 0 {
			say(field, sorted(value), sorted(own))
		}
	}
	given(i18n.T("原岗位", "the post left"), a.From, s.x.Cadres[c].Post)
	given(i18n.T("调整类别", "the kind of move"), string(a.Move), string(change))
	given(i18n.T("返回岗位", "the post returned to"), a.ReturnsTo, "")
	given(i18n.T("保留岗位", "the post kept"), a.Keeps, "")
	listed(i18n.T("兼任", "concurrent posts"), a.Also, s.alsoIn(c, change))
	listed(i18n.T("拟任", "appointments"), a.Appoint, s.appointed(a, change))
	listed(i18n.T("拟免", "removals"), a.Remove, s.removed(c, a, change))
	if change != posting.MoveStay && a.Date.Known() && s.x.Calendar.PeriodOf(a.Date) != a.Period {
		say(i18n.T("日期", "the date"), a.Date.String(), s.start(a.Period).String())
	}
	if change == posting.MoveLeave && s.x.Leaves(c) > 0 && a.Period > s.x.Leaves(c) {
		say(i18n.T("离任期次", "the date of leaving"), s.start(a.Period).String(), s.start(s.x.Leaves(c)).String())
	}
	own := s.ownGrounds(sp, change)
	for _, g := range a.Grounds {
		if !slices.Contains(own, g) { // fewer than all is no contradiction
			say(i18n.T("依据", "a ground"), g, strings.Join(own, "、"))
		}
	}
	s.compareOrder(c, a, say)
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

// removed are the posts that c gives up: the main and the concurrent ones, but for the one he goes to.
func (s *scene) removed(c int, a *posting.Assignment, change posting.Move) []string {
	seat := s.x.Seat(c)
	if change == posting.MoveStay || seat == posting.None {
		return nil
	}
	ids := s.postIDs(append([]int{seat}, s.concurrent[c]...))
	return slices.DeleteFunc(ids, func(id string) bool { return id == a.To })
}

func (s *scene) postIDs(ps []int) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = s.x.Posts[p].ID
	}
	return out
}

func sorted(ids []string) string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), "、")
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

// compareOrder checks the executable order: nobody takes a seat before the one who moves out of it in the same period.
func (s *scene) compareOrder(c int, a *posting.Assignment, say func(i18n.Text, string, string)) {
	q := s.x.PostAt(a.To)
	if a.Order == 0 || q == posting.None || s.begins[c] != a.Period {
		return
	}
	for _, h := range s.x.Holders(q) {
		if b := s.orderOf(h, a.Period); h != c && b > a.Order {
			say(i18n.T("执行顺序", "the order"), strconv.Itoa(a.Order), strconv.Itoa(b)+"+")
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
