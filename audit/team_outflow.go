package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// teamOutflow: no more than the stated share of a leading team leaves it in one batch.
type teamOutflow struct{}

func (k teamOutflow) judge(s *scene, c *policy.Clause, out *findings) {
	if s.pol.Regime == policy.Election {
		return
	}
	for u := range s.x.Units {
		size := k.size(s, u)
		if size == 0 {
			continue
		}
		for t := 1; t <= s.periods(); t++ {
			f := k.flow(s, c, u, t)
			f.limit = max(c.Int("least"), rounded(c.Ratio("share"), size, c.Text("rounding")))
			f.judge(s, c, func(n, limit int) i18n.Text {
				return i18n.F("班子一次交流%d人，上限%d人（%s）", "%d leave the team in one batch, ceiling %d (%s)", n, limit, k.arithmetic(c, size))
			}, out)
		}
	}
}

// roundings are the ways in which a share of a team becomes a whole number.
var roundings = map[string]i18n.Text{
	"":        i18n.T("舍去小数", "rounded down"),
	"down":    i18n.T("舍去小数", "rounded down"),
	"nearest": i18n.T("四舍五入", "to the nearest"),
	"up":      i18n.T("小数进一", "rounded up"),
}

// arithmetic shows how the ceiling of a team of so many seats comes about.
func (teamOutflow) arithmetic(c *policy.Clause, size int) i18n.Text {
	share, least, how := c.Ratio("share"), c.Int("least"), c.Text("rounding")
	n := rounded(share, size, how)
	out := i18n.F("班子职位%[1]d个×%[2]s，%[3]s为%[4]d", "%[1]d seats x %[2]s, %[3]s: %[4]d", size, share.String(), roundings[how], n)
	if n >= least {
		return out
	}
	return i18n.F("%[1]s；至少允许%[2]d人", "%[1]s; at least %[2]d may always go", out, least)
}

func (teamOutflow) member(s *scene, p, u int) bool {
	return s.x.Posts[p].Team && s.x.Posts[p].Unit == s.x.Units[u].ID
}

func (k teamOutflow) size(s *scene, u int) int {
	n := 0
	for p := range s.x.Posts {
		if k.member(s, p, u) {
			n++
		}
	}
	return n
}

func (k teamOutflow) flow(s *scene, c *policy.Clause, u, t int) *flow {
	f := &flow{unit: u, period: t, whole: s.waiver(c, t, s.x.Units[u].ID)}
	for cadre := range s.x.Cadres {
		if !s.moves(cadre, t) || s.returning(cadre, t) || !k.member(s, s.x.Seat(cadre), u) || k.member(s, s.dest[cadre], u) || s.forCadre(c, cadre, t) != posting.Yes {
			continue
		}
		ground := s.waiver(c, t, s.x.Cadres[cadre].ID)
		if ground == "" && c.Modality != policy.Hard && s.pinnedToMove(cadre) {
			ground = pinned
		}
		f.add(cadre, ground)
	}
	return f
}
