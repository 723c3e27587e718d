package constraints

import (
	"slices"

	"cadre/policy"
)

// kinFunction: kin do not hold a leading post and one of the barred functions of the same unit. Rows as in kinAvoidance.
type kinFunction struct{}

func (kinFunction) encode(b *builder, c *policy.Clause) {
	b.keepKinApart(c, func(p, q int) bool { return b.functionClash(c, p, q) })
}

// functionClash tells whether one of two posts of a unit leads and the other does barred work.
func (s *scene) functionClash(c *policy.Clause, a, b int) bool {
	p, q := &s.Posts[a], &s.Posts[b]
	barred := func(function string) bool { return slices.Contains(c.List("functions"), function) }
	return p.Unit == q.Unit && (p.Leading && barred(q.Function) || q.Leading && barred(p.Function))
}
