package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// noEarlyReturn: nobody returns within the stated years to a post or unit that he left.
type noEarlyReturn struct{}

func (k noEarlyReturn) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k noEarlyReturn) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() || s.returns(sp) {
		return idle
	}
	ended, limit := k.latest(s, c, sp), c.Months("years")
	months := s.since(ended, sp.from)
	if !ended.Known() || months >= limit {
		return result{}
	}
	return result{breach: 1, measured: months, limit: limit, unit: "month",
		text: s.about(c, sp, i18n.F("离开该岗位（单位）%d个月，不足%d个月", "left the post or unit %d months ago, less than %d", months, limit))}
}

// latest is the last month of the latest stint, ended by the start of the spell, to which the spell would return; not
// known where there is none.
func (k noEarlyReturn) latest(s *scene, c *policy.Clause, sp spell) posting.Month {
	var ended posting.Month
	for _, stint := range s.records.stints[sp.cadre] {
		if stint.To.Known() && stint.To <= s.start(sp.from) && k.returns(s, c, sp, stint) {
			ended = max(ended, stint.To)
		}
	}
	return ended
}

// returns tells whether the spell leads back to where the stint was. Inside the unit of p0 the stints in that unit are
// no return.
func (noEarlyReturn) returns(s *scene, c *policy.Clause, sp spell, stint *posting.Stint) bool {
	q := &s.x.Posts[sp.post]
	if c.Text("scope") == "post" {
		return stint.Post == q.ID
	}
	if seat := s.x.Seat(sp.cadre); seat != posting.None && s.unit(seat) == q.Unit && stint.Unit == q.Unit {
		return false
	}
	return stint.Post == q.ID || stint.Unit == q.Unit
}
