package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// unitInflow: no unit is filled with newcomers in one batch.
type unitInflow struct{}

func (k unitInflow) judge(s *scene, c *policy.Clause, out *findings) {
	for u := range s.x.Units {
		for t := 1; t <= s.periods(); t++ {
			f := k.flow(s, c, u, t)
			f.limit = max(c.Int("least"), floorShare(c.Ratio("share"), s.strength(u)))
			f.judge(s, c, func(n, limit int) i18n.Text {
				return i18n.F("一次新进%d人，上限%d人", "%d newcomers in one batch, ceiling %d", n, limit)
			}, out)
		}
	}
}

// strength is the number of the unit's posts in the table.
func (s *scene) strength(u int) int {
	n := 0
	for p := range s.x.Posts {
		if s.x.Posts[p].Unit == s.x.Units[u].ID {
			n++
		}
	}
	return n
}

func (unitInflow) flow(s *scene, c *policy.Clause, u, t int) *flow {
	id := s.x.Units[u].ID
	f := &flow{unit: u, period: t, whole: s.waiver(c, t, id)}
	for cadre := range s.x.Cadres {
		if s.begins[cadre] != t || s.unit(s.dest[cadre]) != id {
			continue
		}
		if seat := s.x.Seat(cadre); seat != posting.None && s.unit(seat) == id ||
			c.To.Match(s.x, cadre, s.dest[cadre], t) != posting.Yes {
			continue
		}
		ground := s.waiver(c, t, s.x.Cadres[cadre].ID)
		if ground == "" && c.Modality != policy.Hard && s.fixedOn(cadre, s.dest[cadre]) {
			ground = pinned
		}
		f.add(cadre, ground)
	}
	return f
}
