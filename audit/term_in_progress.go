package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// termInProgress: probation and duties away are not interrupted. A return from a mission is not judged.
type termInProgress struct{}

func (k termInProgress) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (termInProgress) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() || s.returns(sp) {
		return idle
	}
	who := &s.x.Cadres[sp.cadre]
	what := i18n.Text{}
	if who.Probation.Known() && s.lasts(who.Probation, sp.from) {
		what = i18n.T("试用期未满", "on probation")
	}
	if who.Duty != posting.NoDuty && s.lasts(who.DutyUntil, sp.from) {
		what = join(what, i18n.F("%s期间", "on duty (%s)", string(who.Duty)))
	}
	if what == (i18n.Text{}) {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "person", subjects: []string{who.ID}, text: s.about(c, sp, what)}
}
