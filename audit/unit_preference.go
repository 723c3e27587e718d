package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// unitPreference: what receiving units say of candidates is considered, and a recorded veto counts as the policy says. No
// grade stands beside a name.
type unitPreference struct{}

func (k unitPreference) judge(s *scene, c *policy.Clause, out *findings) {
	judgePairs(k, s, c, out)
	if c.Text("use") == "rank" {
		k.measure(s, c, out)
	}
}

func (k unitPreference) assess(s *scene, c *policy.Clause, sp spell) result {
	use := c.Text("use")
	if sp.stay() || use != "veto" && !s.speaks(s.records.rate, sp.post) {
		return idle
	}
	r := s.rating(sp.cadre, sp.post)
	if use == "veto" {
		if r == nil || !r.Veto {
			return result{}
		}
		return result{breach: 1, measured: 1, unit: "post", text: s.about(c, sp, i18n.T("用人单位提出否决意见", "the receiving unit objects"))}
	}
	steps, what := k.steps(c, r)
	return result{breach: k.points(c, steps), measured: steps, unit: "rank", text: s.about(c, sp, what)}
}

// steps are those below the best, by the column of the clause.
func (unitPreference) steps(c *policy.Clause, r *posting.Rating) (int, i18n.Text) {
	value := posting.Unknown
	switch {
	case r == nil:
	case c.Text("use") == "grade":
		value = r.Grade
	default:
		value = r.Rank
	}
	if value == posting.Unknown {
		return c.Int("missing"), i18n.T("用人单位没有评价意见", "the receiving unit has said nothing")
	}
	return value - 1, i18n.T("不是用人单位首选", "not the first choice of the receiving unit")
}

func (unitPreference) points(c *policy.Clause, steps int) int {
	points := 1
	if c.Has("points") {
		points = c.Int("points")
	}
	if c.Has("most") {
		steps = min(steps, c.Int("most"))
	}
	return points * steps
}

// rating is what post q says of c, or, where it says nothing, its unit; nil where neither does.
func (s *scene) rating(c, q int) *posting.Rating {
	for _, by := range s.postSubjects(q) {
		for _, r := range s.records.ratings[c] {
			if r.By == by {
				return r
			}
		}
	}
	return nil
}

// speaks tells whether post q or its unit is among those who say something.
func (s *scene) speaks(said map[string]bool, q int) bool {
	return said[s.x.Posts[q].ID] || said[s.unit(q)]
}

// measure counts the posts that rank somebody and are taken in the plan, by the rank of whoever takes them.
func (k unitPreference) measure(s *scene, c *policy.Clause, out *findings) {
	taken, first, top3 := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for cadre := range s.x.Cadres {
		sp, ok := s.changed(cadre)
		if !ok || !s.speaks(s.records.rank, sp.post) {
			continue
		}
		taken[sp.post] = true
		if r := s.rating(cadre, sp.post); r != nil && r.Rank != posting.Unknown {
			first[sp.post] = first[sp.post] || r.Rank == 1
			top3[sp.post] = top3[sp.post] || r.Rank <= 3
		}
	}
	out.metrics[c.ID+".posts"] = float64(len(taken))
	out.metrics[c.ID+".first"], out.metrics[c.ID+".top3"] = count(first), count(top3)
}

// count is the number of those marked.
func count(marked map[int]bool) float64 {
	n := 0.0
	for _, m := range marked {
		if m {
			n++
		}
	}
	return n
}
