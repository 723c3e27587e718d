package audit

import "cadre/policy"

// hold: whoever the organisation holds back is not moved. All holds look alike in the report.
type hold struct{}

func (k hold) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (hold) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() || s.returns(sp) {
		return idle
	}
	who := &s.x.Cadres[sp.cadre]
	set := who.Review
	if c.Text("flag") == "hold" {
		set = who.Hold && s.lasts(who.HoldUntil, sp.from)
	}
	if !set {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "person", subjects: []string{who.ID}, text: holdText}
}
