package audit

import (
	"cadre/policy"
	"cadre/posting"
)

// familyMoved: how many families have moved with those moved in earlier rounds. An indicator; the plan does not change it.
type familyMoved struct{}

func (k familyMoved) judge(s *scene, c *policy.Clause, out *findings) {
	rows, known, moved := 0, 0, 0
	for i := range s.x.FollowUps {
		f := &s.x.FollowUps[i]
		if !k.counted(s, c, f) {
			continue
		}
		rows++
		if f.Family != posting.Blank {
			known++
		}
		if f.Family == posting.Yes {
			moved++
		}
	}
	asked := rounded(c.Ratio("share"), known, "up")
	for name, n := range map[string]int{"rows": rows, "known": known, "moved": moved, "asked": asked} {
		out.metrics[c.ID+"."+name] = float64(n)
	}
	if asked > moved {
		out.breach(entry{breach: asked - moved})
	}
}

// counted tells whether a row is of a move in the months before the plan date, of a cadre who is still there.
func (familyMoved) counted(s *scene, c *policy.Clause, f *posting.FollowUp) bool {
	ago := int(s.pol.Calendar.Date - f.Date)
	return f.Date.Known() && ago >= 0 && ago < c.Int("months") && s.x.CadreAt(f.Cadre) != posting.None
}
