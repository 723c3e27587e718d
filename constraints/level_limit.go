package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// levelLimit: nobody takes a further listed post of a level after the stated years at it. No rows.
type levelLimit struct{}

func (levelLimit) sparesReturns() {}

func (levelLimit) judge(s *scene, c *policy.Clause, sp spell) verdict {
	p, q := &s.Cadres[sp.cadre], &s.Posts[sp.post]
	switch {
	case p.Level == posting.LevelUnknown || q.Level == posting.LevelUnknown:
		return verdict{unknown: true}
	case p.Level != q.Level:
		return verdict{}
	case !p.LevelSince.Known():
		return verdict{unknown: true}
	}
	return verdict{breach: count(s.since(p.LevelSince, sp.from) >= c.Months("years"))}
}

// since is the months from a known month to the start of period t, below 0 for a later month.
func (s *scene) since(m posting.Month, t int) int { return int(s.start(t) - m) }
