package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// planKept: people placed otherwise than in the plan before are counted, those who stay though they were to move included.
type planKept struct{}

func (k planKept) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k planKept) assess(s *scene, c *policy.Clause, sp spell) result {
	before := s.before(sp.cadre)
	if before == nil || s.x.Leaves(sp.cadre) > 0 {
		return idle
	}
	window := s.periods()
	if c.Has("periods") {
		window = min(window, c.Int("periods"))
	}
	target := s.x.PostAt(before.To)
	toMove := target != s.x.Seat(sp.cadre) && before.Period <= window // the plan before moves or places him while changes count
	moves := !sp.stay() && sp.from <= window                          // and so does this one
	var changed bool
	switch {
	case sp.stay():
		changed = sp.until == s.x.Last(sp.cadre) && toMove
	case moves && toMove:
		changed = sp.post != target || sp.from != before.Period
	default:
		changed = moves != toMove
	}
	if !changed {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "change", text: s.about(c, sp, k.was(s, before, toMove))}
}

// was says what the plan before held for the cadre.
func (planKept) was(s *scene, before *posting.Planned, toMove bool) i18n.Text {
	if !toMove {
		return i18n.T("上一轮方案留任", "was to stay in the plan before")
	}
	return i18n.F("上一轮方案安排到%s", "was to go to %s in the plan before", s.postName(s.x.PostAt(before.To)))
}

// before is the row of the plan before that speaks of cadre c, nil where none does.
func (s *scene) before(c int) *posting.Planned {
	for i := range s.x.Previous {
		if p := &s.x.Previous[i]; p.Cadre == s.x.Cadres[c].ID && s.x.PostAt(p.To) != posting.None {
			return p
		}
	}
	return nil
}
