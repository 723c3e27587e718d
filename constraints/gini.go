package constraints

import (
	"slices"
	"strconv"

	"cadre/mip"
	"cadre/policy"
)

// gini charges the sum of the k largest burdens, k being the tier's share of the people. It is the least value of
//
//	k t + sum over people of d,  d >= b - t,  d >= 0
//
// over t and d (Ogryczak and Tamir, Information Processing Letters 85, 2003). For any t, k t + sum of max(0, b - t) is at
// least k t + sum over the k largest of (b - t), which is the sum of the k largest; and with t the k-th largest burden it is
// no more, since nobody but those k lies above t. Burdens are whole numbers, so that t and d are.
//
// The k-th largest burden of any plan lies between the k-th largest of people's least and of their largest burdens: these
// bound t, and whoever can never be above the lower one needs no row.
func (b *builder) gini(c *policy.Clause, n int, tier policy.Row, people []*burden) {
	k := int(portion(tier.Share("share"), int64(len(people)), "up"))
	if k == 0 {
		return
	}
	weight, _ := strconv.ParseInt(tier["weight"], 10, 64) // a whole number: decoding has seen to it
	lower, upper := make([]int64, len(people)), make([]int64, len(people))
	for i, w := range people {
		lower[i], upper[i] = b.bounds(w)
	}
	least, most := largest(lower, k), largest(upper, k)
	t := b.m.AddColumn(mip.Column{Name: name("tier", c.ID, n), Lower: float64(least), Upper: float64(most), Integer: true, Stamp: mip.Stamp{Clause: c.Shown()}})
	b.charge(c, t, weight*int64(k))
	for i, w := range people {
		if upper[i] <= least {
			continue
		}
		id := b.Cadres[w.cadre].ID
		d := b.column(name("above", c.ID, n, id), float64(upper[i]-least), c.Shown(), []string{id})
		b.charge(c, d, weight)
		terms := append(b.along(w, func(steps int64) int64 { return steps }), mip.Term{Col: t, Coef: -1}, mip.Term{Col: d, Coef: -1})
		b.row(c, name("above", c.ID, n, id), []string{id}, terms, -mip.Inf, 0)
	}
}

// largest is the k-th largest of some numbers.
func largest(all []int64, k int) int64 {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)-k]
}
