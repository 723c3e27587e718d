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
	if all := s.appraisals(p); q.Role.Principal() && !excellent(all, s.Calendar.Date.Year(), c.Int("appraisal_years")) {
		v.breach += int64(c.Int("appraisal_points"))
		v.unknown = v.unknown || len(all) == 0
	}
	return v
}

// excellent: 优秀 in one of the years before this one.
func excellent(all []posting.Appraisal, year, years int) bool {
	return slices.ContainsFunc(all, func(a posting.Appraisal) bool {
		return a.Grade == "优秀" && a.Year < year && a.Year >= year-years
	})
}

// appraisals are a cadre's own and those that the follow-up sheet adds, half a year and a year after each move.
func (s *scene) appraisals(p *posting.Cadre) []posting.Appraisal {
	out := p.Appraisals[:len(p.Appraisals):len(p.Appraisals)]
	for _, f := range s.records.followUps[p.ID] {
		if !f.Date.Known() {
			continue
		}
		for _, x := range []posting.Appraisal{{Year: (f.Date + 6).Year(), Grade: f.HalfYear}, {Year: (f.Date + 12).Year(), Grade: f.OneYear}} {
			if x.Grade != "" {
				out = append(out, x)
			}
		}
	}
	return out
}
