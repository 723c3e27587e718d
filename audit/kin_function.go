package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// kinFunction: where one of two kin leads an organ, the other holds none of the barred functions in it.
type kinFunction struct{}

func (k kinFunction) judge(s *scene, c *policy.Clause, out *findings) {
	rule := kinRule{clash: func(p, q int) posting.Tri { return tri(k.clash(s, c, p, q)) },
		broken: i18n.T("有亲属关系，一方在该机关担任领导职务，另一方从事不得从事的工作",
			"kin, one of whom leads the organ, while the other holds a function in it that is barred to kin")}
	s.eachKinInPost(c.List("kin"), func(a, b, t int) { s.judgeKin(c, rule, a, b, t, out) })
}

// clash tells whether one of two posts of a unit is a leading post and the other holds a barred function.
func (kinFunction) clash(s *scene, c *policy.Clause, p, q int) bool {
	a, b, barred := &s.x.Posts[p], &s.x.Posts[q], c.List("functions")
	return a.Unit == b.Unit &&
		(a.Leading && slices.Contains(barred, b.Function) || b.Leading && slices.Contains(barred, a.Function))
}
