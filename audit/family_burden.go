package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// familyBurden: nobody with a child in an examination year or parents to care for is sent far. The text never says
// which of the two it is.
type familyBurden struct{}

func (k familyBurden) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (familyBurden) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	who := &s.x.Cadres[sp.cadre]
	burden := 0
	if who.ExamYear != 0 && who.ExamYear == s.start(sp.from).Year() {
		burden++
	}
	if who.ParentCare == posting.Yes {
		burden++
	}
	minutes := s.homeMinutes(sp.cadre, sp.post)
	if burden == 0 || minutes != posting.Unknown && minutes <= c.Int("minutes") {
		return result{}
	}
	r := result{breach: burden, priced: true, measured: burden, unit: "burden"}
	what := i18n.T("有家庭困难，任职地较远", "family reasons speak against a far post")
	if minutes == posting.Unknown {
		r.unknown = true
		what = i18n.T("有家庭困难，路程没有登记，按较远计", "family reasons speak against a far post; the way is not given and counts as far")
	}
	r.text = s.about(c, sp, what)
	return r
}
