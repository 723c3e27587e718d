package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// hardshipBalance: burdens are balanced between people over the years. What a path weighs is known when its columns are
// made, so three of the four ways are costs of columns: no rows, but one for each person where a cap binds. The fourth, gini,
// has one column for each tier, and for each tier and person a column and a row.
type hardshipBalance struct{}

func (hardshipBalance) encode(b *builder, c *policy.Clause) {
	var people []*burden
	for i := range b.Cadres {
		if !b.arrival(i) && b.Leaves(i) == 0 && c.For.Match(b.Index, i, b.Seat(i), 1) == posting.Yes {
			people = append(people, b.burdenOf(c, i))
		}
	}
	switch c.Text("method") {
	case "convex":
		for _, w := range people {
			past := int64(w.past / c.Int("step"))
			b.chargeAll(c, b.along(w, func(steps int64) int64 { return steps*steps - past*past }))
		}
	case "cap":
		for _, w := range people {
			b.capBurden(c, w)
		}
	case "leximin":
		b.leximin(c, people)
	case "gini":
		for n, tier := range c.Table("tiers") {
			b.gini(c, n, tier, people)
		}
	}
}

// chargeAll counts the terms in what a breach of the clause costs.
func (b *builder) chargeAll(c *policy.Clause, terms []mip.Term) {
	for _, t := range terms {
		b.charge(c, t.Col, int64(t.Coef))
	}
}

// capBurden: nobody passes the cap, or, where he is above it already, what he bears today.
func (b *builder) capBurden(c *policy.Clause, w *burden) {
	id := b.Cadres[w.cadre].ID
	if c.Modality == policy.Waivable && b.excepted(c, 1, id) {
		return
	}
	limit := max(int64(c.Int("cap")), int64(w.past/c.Int("step")))
	above := b.along(w, func(steps int64) int64 { return max(0, steps-limit) })
	switch {
	case len(above) == 0:
	case c.Binding():
		b.row(c, name("cap", c.ID, id), []string{id}, above, -mip.Inf, 0)
	default:
		b.chargeAll(c, above)
	}
}

// leximin counts, in the level of each threshold, the people at or above it.
func (b *builder) leximin(c *policy.Clause, people []*burden) {
	for v := 1; v <= c.Int("top"); v++ {
		for _, w := range people {
			for _, t := range b.along(w, func(steps int64) int64 { return count(steps >= int64(v)) }) {
				b.countIn(c, policy.Threshold(c.Level, v), t.Col, int64(t.Coef))
			}
		}
	}
}
