package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// appraisalKept: no place loses its share of people with excellent appraisals. One row for each place and period.
type appraisalKept struct{}

func (appraisalKept) encode(b *builder, c *policy.Clause) {
	for t := 1; t <= b.H; t++ {
		has, today := make([][]mip.Term, len(b.Places)), make([]int64, len(b.Places))
		for i := range b.Cadres {
			if !excellent(b.Cadres[i].Appraisals, b.Calendar.Date.Year(), c.Int("years")) ||
				c.For.Match(b.Index, i, b.Seat(i), t) != posting.Yes {
				continue
			}
			if z := b.PlaceOf(b.Seat(i)); z != posting.None && b.Last(i) >= t {
				today[z]++
			}
			for _, term := range b.hold(i, t, anywhere) {
				if z := b.PlaceOf(b.enc.spells[term.Col].post); z != posting.None {
					has[z] = append(has[z], term)
				}
			}
		}
		for z := range b.Places {
			id := b.Places[z].ID
			b.atLeast(c, name("excellent", c.ID, id, t), []string{id}, has[z], portion(c.Ratio("share"), today[z], "up"))
		}
	}
}
