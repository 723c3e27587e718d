package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// familyBurden: nobody with a child in an examination year or parents to care for is sent far. No rows.
type familyBurden struct{}

func (familyBurden) judge(s *scene, c *policy.Clause, sp spell) verdict {
	p := &s.Cadres[sp.cadre]
	burden := count(p.ExamYear != 0 && p.ExamYear == s.start(sp.from).Year()) + count(p.ParentCare == posting.Yes)
	if burden == 0 {
		return verdict{}
	}
	minutes, known := s.HomeMinutes(sp.cadre, sp.post)
	if known && minutes <= c.Int("minutes") {
		return verdict{}
	}
	return verdict{breach: burden, unknown: !known}
}
