package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// termInProgress: probation and duties are not interrupted. No rows.
type termInProgress struct{}

func (termInProgress) sparesReturns() {}

func (termInProgress) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	p := &s.Cadres[sp.cadre]
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	probation := p.Probation.Known() && p.Probation >= s.start(sp.from)
	duty := p.Duty != posting.NoDuty && s.notBefore(p.DutyUntil, sp.from)
	return verdict{breach: count(probation || duty)}
}

func (termInProgress) facet(*scene, int) facet { return facet{} }
