package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
)

// departureAudit: whoever leaves a listed post is audited before taking office elsewhere. Moves are judged; departures
// stand in the papers.
type departureAudit struct{}

func (k departureAudit) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (departureAudit) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() {
		return idle
	}
	seat := &s.x.Posts[s.x.Seat(sp.cadre)]
	if !seat.Audited {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "audit", subjects: []string{s.x.Cadres[sp.cadre].ID, seat.ID},
		text: s.about(c, sp, i18n.F("离任%s须先审计", "an audit on leaving %s comes first", s.postName(s.x.Seat(sp.cadre))))}
}
