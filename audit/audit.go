package audit

import (
	"math"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// Judge recomputes every clause, level and metric for a plan. It reads cadre, to and period of the assignments, and
// dates and orders for the one kind that judges them; whoever is not listed stays, a line to a secondment seat seconds,
// and the departures of the input happen all the same. Derived fields that contradict its own are findings P01,
// impossible sequences P02. An id that is not in the tables is an error, as is a clause of a kind that the package does
// not know.
//
// Time is linear in spells x clauses, and posts x clauses for each person due who stays.
func Judge(x *posting.Index, pol *policy.Policy, plan *posting.Plan, lang i18n.Lang) (posting.AuditReport, error) {
	s, err := newScene(x, pol, plan)
	if err != nil {
		return posting.AuditReport{}, err
	}
	out := newFindings(s)
	s.structure(out)
	s.derived(out)
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		if c.Off || !c.InForce(pol.Calendar.Date) {
			continue
		}
		k, ok := kinds[c.Kind]
		if !ok {
			return posting.AuditReport{}, i18n.E("%s：规则种类 %q 没有审核", "%s: no judgement is written for rule kind %q", c.Where, c.Kind)
		}
		out.begin(i, c)
		k.judge(s, c, out)
	}
	s.caps(out)
	s.measure(out)
	return out.report(lang), nil
}

// Values are the level values of a report as the integers that a model minimises: in units of 1/Scale.
func Values(r posting.AuditReport) []int64 {
	out := make([]int64, len(r.Levels))
	for i, l := range r.Levels {
		out[i] = int64(math.Round(l.Value * float64(l.Scale)))
	}
	return out
}
