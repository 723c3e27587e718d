package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// promotionGate: whoever is promoted has the stated service, time at his level and grass-roots work. No rows.
type promotionGate struct{}

func (promotionGate) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if s.moveType(sp.cadre, sp.post) != posting.MovePromote {
		return verdict{idle: true}
	}
	p := &s.Cadres[sp.cadre]
	var v verdict
	for _, has := range []posting.Tri{
		s.lasted(p.WorkSince, sp.from, c.Months("service_years")),
		s.lasted(p.LevelSince, sp.from, c.Months("level_years")),
		atLeast(c.Int("grassroots_months"), p.Grassroots, posting.Unknown),
	} {
		switch has {
		case posting.No:
			v.breach++
		case posting.Blank:
			v.unknown = true
		}
	}
	v.unknown = v.unknown && v.breach == 0
	return v
}

// lasted tells whether at least `months` have passed from a month to the start of t; 0 months ask nothing.
func (s *scene) lasted(from posting.Month, t, months int) posting.Tri {
	if months > 0 && !from.Known() {
		return posting.Blank
	}
	return tri(months <= 0 || s.since(from, t) >= months)
}
