package constraints

import "cadre/policy"

// keepsPost: arrivals are placed. That the seated keep a post is what a plan is (see cover). One row for each arrival.
type keepsPost struct{}

func (keepsPost) encode(b *builder, c *policy.Clause) {
	for i := range b.Cadres {
		last := b.Last(i)
		if !b.arrival(i) || b.First(i) > last {
			continue
		}
		b.atLeast(c, name("placed", b.Cadres[i].ID), ids(b.Index, i), b.hold(i, last, anywhere), 1)
	}
}
