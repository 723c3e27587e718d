package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// fit: the person knows the field of the post, and principals have an excellent year behind them. No rows.
type fit struct{}

func (fit) judge(s *scene, c *policy.Clause, sp spell) verdict {
	p, q := &s.Cadres[sp.cadre], &s.Posts[sp.post]
	var v verdict
	if len(q.Fields) > 0 && !slices.ContainsFunc(q.Fields, func(f string) bool { return slices.Contains(p.Fields, f) }) {
		v.breach += int64(c.Int("field_points"))
		v.unknown = len(p.Fields) == 0
	}
	if q.Role.Principal() && !excellent(p, s.Calendar.Date.Year(), c.Int("appraisal_years")) {
		v.breach += int64(c.Int("appraisal_points"))
		v.unknown = v.unknown || len(p.Appraisals) == 0
	}
	return v
}

// excellent: 优秀 in one of the years before this one.
func excellent(p *posting.Cadre, year, years int) bool {
	return slices.ContainsFunc(p.Appraisals, func(a posting.Appraisal) bool {
		return a.Grade == "优秀" && a.Year < year && a.Year >= year-years
	})
}
