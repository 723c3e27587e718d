package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// appraisalKept: no place loses its share of people with excellent appraisals by the moves. Findings name nobody.
type appraisalKept struct{}

func (k appraisalKept) judge(s *scene, c *policy.Clause, out *findings) {
	for t := 1; t <= s.periods(); t++ {
		has, today := k.counts(s, c, t)
		for z := range s.x.Places {
			k.place(s, c, z, t, has[z], rounded(c.Ratio("share"), today[z], "up"), out)
		}
	}
}

func (appraisalKept) place(s *scene, c *policy.Clause, z, t, has, limit int, out *findings) {
	if has >= limit {
		out.keep(1)
		return
	}
	place := &s.x.Places[z]
	out.breach(entry{subjects: []string{place.ID}, period: t, measured: has, limit: limit, unit: "person", breach: limit - has,
		text: of(c, place.Name, i18n.F("近年考核优秀的干部%d人，应当不少于%d人", "%d with excellent appraisals, at least %d asked", has, limit))})
}

// counts are the excellent cadres whom `for` matches by place (None: not known): as they serve in t, and as those who have
// not left would if nobody moved.
func (appraisalKept) counts(s *scene, c *policy.Clause, t int) (has, today map[int]int) {
	has, today = map[int]int{}, map[int]int{}
	for cadre := range s.x.Cadres {
		if !s.excellent(s.x.Cadres[cadre].Appraisals, c.Int("years")) || !s.matches(c, cadre, t) {
			continue
		}
		if p := s.post(cadre, t); p != posting.None {
			has[s.x.PlaceOf(p)]++
		}
		if p := s.x.Seat(cadre); p != posting.None && !s.left(cadre, t) {
			today[s.x.PlaceOf(p)]++
		}
	}
	return has, today
}
