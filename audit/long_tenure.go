package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// longTenure: whoever has held one post for the stated years is due to move. An unmet duty is missed, not violated,
// but where the clause is hard and a lawful destination exists.
type longTenure struct{}

func (k longTenure) judge(s *scene, c *policy.Clause, out *findings) {
	for cadre := range s.x.Cadres {
		if s.x.Seat(cadre) == posting.None {
			continue
		}
		k.unknown(s, c, cadre, out)
		for t := 1; t <= s.periods(); t++ {
			if !s.duty(c, cadre, t) {
				continue
			}
			if s.post(cadre, t) != s.x.Seat(cadre) {
				out.keep(1)
				continue
			}
			k.unmet(s, c, cadre, t, out)
		}
	}
}

func (k longTenure) unmet(s *scene, c *policy.Clause, cadre, t int, out *findings) {
	months, _ := s.x.Tenure(cadre, t)
	e := entry{subjects: []string{s.x.Cadres[cadre].ID}, period: t, measured: months, limit: c.Months("must_years"), unit: "month",
		breach: 1, exception: k.exempt(s, c, cadre, t)}
	whom := i18n.F("%[1]s（%[2]s）", "%[1]s (%[2]s)", s.name(cadre), s.postName(s.x.Seat(cadre)))
	if c.Modality == policy.Report || e.exception != "" {
		e.text = of(c, whom, i18n.F("任现职%s，应交流，本批不调整", "%s in post, due to move, not moved in this batch", span(months)))
		out.breach(e)
		return
	}
	cause, lawful := k.cause(s, cadre, t)
	e.text = of(c, whom, i18n.F("任现职%s，应交流未能安排，原因：%s", "%s in post, due to move and not moved; cause: %s", span(months), cause))
	out.unmet(levelOf(c), cadre, t)
	if c.Modality == policy.Hard && lawful {
		out.add(violated, e)
		return
	}
	out.add(missed, e)
}

// exempt: an exception on the person, his post or its unit; pinned to stay.
func (longTenure) exempt(s *scene, c *policy.Clause, cadre, t int) string {
	if c.Modality == policy.Hard {
		return ""
	}
	seat := s.x.Seat(cadre)
	if no := s.exception(c, t, s.subjects(cadre, seat)...); no != "" {
		return no
	}
	if s.x.Cadres[cadre].Disposition == posting.Stay || s.fixedOn(cadre, seat) {
		return pinned
	}
	return ""
}

// cause is why a duty was not met, and whether a lawful destination exists.
func (longTenure) cause(s *scene, cadre, t int) (i18n.Text, bool) {
	lawful := s.lawful(cadre, t)
	switch {
	case !lawful:
		return i18n.T("没有符合条件的去向", "no lawful destination"), false
	case s.nearRetirementBars(cadre, t):
		return i18n.T("临近退休", "close to retirement"), true
	case s.partnerGone(cadre, t):
		return i18n.T("同一单位另一名党政正职已调整", "the other principal of the unit goes"), true
	case s.held(cadre, t) || s.deferred(cadre):
		return holdText, true
	}
	return i18n.T("受其他要求或者更优先的目标所限", "other requirements or goals of higher order"), true
}

// unknown lists one whose blank tenure or selector leaves the duty undecided.
func (longTenure) unknown(s *scene, c *policy.Clause, cadre int, out *findings) {
	months, known := s.x.Tenure(cadre, s.periods())
	applies := s.forCadre(c, cadre, 1)
	if s.left(cadre, 1) || s.x.OnMission(cadre) || !s.under(cadre) || applies == posting.No || known && (applies == posting.Yes || months < c.Months("must_years")) {
		return
	}
	out.add(unverifiable, entry{subjects: []string{s.x.Cadres[cadre].ID}, period: 1, measured: posting.Unknown,
		limit: c.Months("must_years"), unit: "month",
		text: of(c, s.name(cadre), i18n.T("任现职时间或适用范围所需信息缺失，无法核实", "cannot be verified: time in post, or what decides whether the clause applies, not given"))})
}
