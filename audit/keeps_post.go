package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// keepsPost: nobody loses a post; arrivals are placed.
type keepsPost struct{}

func (k keepsPost) judge(s *scene, c *policy.Clause, out *findings) {
	for cadre := range s.x.Cadres {
		if s.x.Seat(cadre) != posting.None {
			k.seated(s, cadre, out)
			continue
		}
		if first := s.x.First(cadre); first <= s.x.Last(cadre) {
			k.arrival(s, c, cadre, out)
		}
	}
}

// seated: one who loses his post is violated, whatever the modality.
func (keepsPost) seated(s *scene, cadre int, out *findings) {
	if t := s.dropped[cadre]; t > 0 {
		out.add(violated, s.droppedEntry(cadre, t))
		return
	}
	out.keep(1)
}

func (keepsPost) arrival(s *scene, c *policy.Clause, cadre int, out *findings) {
	last := s.x.Last(cadre)
	if s.post(cadre, last) != posting.None {
		out.keep(1)
		return
	}
	out.breach(entry{subjects: []string{s.x.Cadres[cadre].ID}, period: last, measured: 0, limit: 1, unit: "post", breach: 1,
		text: of(c, s.name(cadre), i18n.T("拟调入，待安排", "to come, not placed yet"))})
}
