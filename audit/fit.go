package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// fit: the person suits the post by field and appraisals. The text states facts, never points.
type fit struct{}

func (k fit) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k fit) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	who, post := &s.x.Cadres[sp.cadre], &s.x.Posts[sp.post]
	r := result{unit: "point", priced: true}
	what := i18n.Text{}
	if len(post.Fields) > 0 && !shared(who.Fields, post.Fields) {
		r.breach += c.Int("field_points")
		what = i18n.T("没有与岗位相同的专业或分管经历", "no field shared with the post")
		if len(who.Fields) == 0 {
			r.unknown, what = true, i18n.T("没有登记专业或分管经历", "no field given")
		}
	}
	if appraisals := k.appraisals(s, sp.cadre); post.Role.Principal() && !s.excellent(appraisals, c.Int("appraisal_years")) {
		r.breach += c.Int("appraisal_points")
		grades := i18n.T("近年考核没有优秀等次", "no excellent appraisal in recent years")
		if len(appraisals) == 0 {
			r.unknown, grades = true, i18n.T("没有登记年度考核", "no appraisal given")
		}
		what = join(what, grades)
	}
	if r.breach == 0 && !r.unknown {
		return result{}
	}
	r.measured, r.text = r.breach, s.about(c, sp, what)
	return r
}

func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(f string) bool { return slices.Contains(b, f) })
}

// appraisals are those of the cadre, and those that the follow-up sheet adds: half a year and a year after a move.
func (fit) appraisals(s *scene, cadre int) []posting.Appraisal {
	out := slices.Clone(s.x.Cadres[cadre].Appraisals)
	for _, f := range s.records.followUps[cadre] {
		if f.Date.Known() && f.OneYear != "" {
			out = append(out, posting.Appraisal{Year: (f.Date + 12).Year(), Grade: f.OneYear})
		}
		if f.Date.Known() && f.HalfYear != "" {
			out = append(out, posting.Appraisal{Year: (f.Date + 6).Year(), Grade: f.HalfYear})
		}
	}
	return out
}

// excellent tells whether one of the appraisals of the years before that of the plan date is 优秀.
func (s *scene) excellent(appraisals []posting.Appraisal, years int) bool {
	now := s.pol.Calendar.Date.Year()
	return slices.ContainsFunc(appraisals, func(a posting.Appraisal) bool {
		return a.Grade == "优秀" && a.Year < now && a.Year >= now-years
	})
}

// join puts two clauses of a sentence beside each other; either may be empty.
func join(a, b i18n.Text) i18n.Text {
	if a == (i18n.Text{}) {
		return b
	}
	return i18n.F("%s，%s", "%s, %s", a, b)
}
