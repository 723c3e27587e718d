package constraints

import (
	"slices"

	"cadre/policy"
)

// fieldCoverage: every leading team has somebody who knows each of the stated fields. One row for each team, field and period.
type fieldCoverage struct{}

func (fieldCoverage) encode(b *builder, c *policy.Clause) {
	for u := range b.Units {
		unit := b.Units[u].ID
		for t := 1; t <= b.H; t++ {
			if b.excepted(c, t, unit) {
				continue
			}
			team := seats{b.team(c, u, t), t}
			for n, field := range c.List("fields") {
				knows := func(i, _ int) bool { return slices.Contains(b.Cadres[i].Fields, field) }
				b.keepPresent(c, name("field", c.ID, unit, n, t), []string{unit}, team, b.where.inUnit[u], knows)
			}
		}
	}
}
