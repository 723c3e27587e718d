package constraints

import "cadre/policy"

// departureAudit: whoever leaves a listed post is audited before he takes another. No rows.
type departureAudit struct{}

func (departureAudit) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	return verdict{breach: count(s.Posts[s.Seat(sp.cadre)].Audited)}
}
