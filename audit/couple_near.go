package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// coupleNear: couples serve in one place or near each other, judged in every period after one of them has moved.
type coupleNear struct{}

func (k coupleNear) judge(s *scene, c *policy.Clause, out *findings) {
	for _, tie := range s.related([]string{string(posting.Spouse)}) {
		a, b := tie[0], tie[1]
		for t := 1; t <= s.periods(); t++ {
			if s.post(a, t) != posting.None && s.post(b, t) != posting.None && (s.movedBy(a, t) || s.movedBy(b, t)) {
				k.couple(s, c, a, b, t, out)
			}
		}
	}
}

func (k coupleNear) couple(s *scene, c *policy.Clause, a, b, t int, out *findings) {
	p, q, limit := s.post(a, t), s.post(b, t), c.Int("minutes")
	minutes, known := s.x.Minutes(s.x.PlaceOf(p), s.x.PlaceOf(q))
	if known && minutes <= limit {
		out.keep(1)
		return
	}
	e := entry{subjects: s.ids([]int{a, b}), period: t, measured: minutes, limit: limit, unit: "minute", breach: 1,
		exception: k.exempt(s, c, a, b, t)}
	what := i18n.F("任职地相距%d分钟，超过%d分钟", "their places of work are %d minutes apart, more than %d", minutes, limit)
	if !known {
		e.measured = posting.Unknown
		what = i18n.T("任职地之间的路程没有登记", "the travel time between their places of work is not given")
	}
	e.text = of(c, i18n.F("%[1]s（%[2]s）、%[3]s（%[4]s）", "%[1]s (%[2]s), %[3]s (%[4]s)", s.name(a), s.postName(p), s.name(b), s.postName(q)), what)
	if !known {
		out.add(unverifiable, e.bare())
	}
	out.breach(e)
}

// exempt: an exception on either, or every one of the two who has moved is pinned on his post.
func (coupleNear) exempt(s *scene, c *policy.Clause, a, b, t int) string {
	if c.Modality == policy.Hard {
		return ""
	}
	if no := s.exception(c, t, s.ids([]int{a, b})...); no != "" {
		return no
	}
	for _, who := range []int{a, b} {
		if s.movedBy(who, t) && !s.fixedOn(who, s.post(who, t)) {
			return ""
		}
	}
	return pinned
}

// bare is the entry without the ground of a waiver.
func (e entry) bare() entry { e.exception = ""; return e }
