package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
)

// kinFunction: where one of two kin leads an organ, the other holds none of the barred functions in it.
type kinFunction struct{}

func (k kinFunction) judge(s *scene, c *policy.Clause, out *findings) {
	s.eachKinInPost(c.List("kin"), func(a, b, t int) { k.pair(s, c, a, b, t, out) })
}

func (k kinFunction) pair(s *scene, c *policy.Clause, a, b, t int, out *findings) {
	p, q := s.post(a, t), s.post(b, t)
	if !k.clash(s, c, p, q) {
		out.keep(1)
		return
	}
	whom := i18n.F("%[1]s（%[2]s）、%[3]s（%[4]s）", "%[1]s (%[2]s), %[3]s (%[4]s)", s.name(a), s.postName(p), s.name(b), s.postName(q))
	out.breach(entry{subjects: []string{s.x.Cadres[a].ID, s.x.Cadres[b].ID, s.x.Posts[p].ID, s.x.Posts[q].ID}, period: t,
		measured: 1, unit: "pair", breach: 1, exception: kinAvoidance{}.exempt(s, c, a, b, t),
		text: of(c, whom, i18n.T("有亲属关系，一方在该机关担任领导职务，另一方从事不得从事的工作",
			"kin, one of whom leads the organ, while the other holds a function in it that is barred to kin"))})
}

// clash tells whether one of two posts of a unit is a leading post and the other holds a barred function.
func (kinFunction) clash(s *scene, c *policy.Clause, p, q int) bool {
	a, b, barred := &s.x.Posts[p], &s.x.Posts[q], c.List("functions")
	return a.Unit == b.Unit &&
		(a.Leading && slices.Contains(barred, b.Function) || b.Leading && slices.Contains(barred, a.Function))
}
