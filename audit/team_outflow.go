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
			f.limit = max(c.Int("least"), floorShare(c.Ratio("share"), size))
			f.judge(s, c, func(n, limit int) i18n.Text {
				return i18n.F("班子一次交流%d人，上限%d人", "%d leave the team in one batch, ceiling %d", n, limit)
			}, out)
		}
	}
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
		if !s.moves(cadre, t) || !k.member(s, s.x.Seat(cadre), u) || k.member(s, s.dest[cadre], u) || s.forCadre(c, cadre, t) != posting.Yes {
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
