package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// principalsApart: the two principals of one place or organ do not generally go in one batch.
type principalsApart struct{}

func (k principalsApart) judge(s *scene, c *policy.Clause, out *findings) {
	for u := range s.x.Units {
		a, b, ok := s.principals(u)
		if !ok {
			continue
		}
		for t := 1; t <= s.periods(); t++ {
			if s.matches(c, a, t) && s.matches(c, b, t) && !(s.goneByInput(a, t) && s.goneByInput(b, t)) {
				k.pair(s, c, u, a, b, t, out)
			}
		}
	}
}

// principals are the first 书记 among the plan-date main holders of the unit's posts, in official order, and the
// first other 行政正职.
func (s *scene) principals(u int) (a, b int, ok bool) {
	a = s.firstOf(u, posting.PartyPrincipal, posting.None)
	b = s.firstOf(u, posting.GovernmentPrincipal, a)
	return a, b, a != posting.None && b != posting.None
}

func (s *scene) firstOf(u int, role posting.Role, but int) int {
	for c := range s.x.Cadres {
		if p := s.x.Seat(c); c != but && p != posting.None && s.x.Posts[p].Unit == s.x.Units[u].ID && s.x.Posts[p].Role == role {
			return c
		}
	}
	return posting.None
}

func (k principalsApart) pair(s *scene, c *policy.Clause, u, a, b, t int, out *findings) {
	if !s.gone(a, t) || !s.gone(b, t) {
		out.keep(1)
		return
	}
	unit := &s.x.Units[u]
	out.breach(entry{subjects: []string{unit.ID, s.x.Cadres[a].ID, s.x.Cadres[b].ID}, period: t, measured: 2, limit: 1, unit: "person",
		breach: 1, exception: k.exempt(s, c, u, a, b, t),
		text: of(c, unit.Name, i18n.F("%[1]s、%[2]s同一期离开", "%[1]s and %[2]s go in one batch", s.name(a), s.name(b)))})
}

// exempt: an exception on the unit, either of the two or their posts; or a pin makes either go in the first period.
func (principalsApart) exempt(s *scene, c *policy.Clause, u, a, b, t int) string {
	if c.Modality == policy.Hard {
		return ""
	}
	posts := s.postIDs([]int{s.x.Seat(a), s.x.Seat(b)})
	subjects := append(s.ids([]int{a, b}), append(posts, s.x.Units[u].ID)...)
	if no := s.exception(c, t, subjects...); no != "" {
		return no
	}
	if t == 1 && (s.mustGo(a) || s.mustGo(b)) {
		return pinned
	}
	return ""
}

// gone tells whether c moves or leaves in t.
func (s *scene) gone(c, t int) bool { return s.moves(c, t) || s.x.Leaves(c) == t }

// goneByInput tells whether the input alone makes c go in t.
func (s *scene) goneByInput(c, t int) bool { return s.x.Leaves(c) == t || t == 1 && s.mustGo(c) }

// partnerGone tells whether c is one of two principals under an active clause, and the other goes in t.
func (s *scene) partnerGone(c, t int) bool {
	u := s.x.UnitOf(s.x.Seat(c))
	if u == posting.None || len(s.pol.ActiveOf("principals_apart")) == 0 {
		return false
	}
	a, b, ok := s.principals(u)
	return ok && (c == a && s.gone(b, t) || c == b && s.gone(a, t))
}
