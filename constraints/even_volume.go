package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// evenVolume: the number of moves is inside a band and even from batch to batch. Two rows for each period, and for the spread two more
// and one over all, with a column above and one below the numbers of all batches.
type evenVolume struct{}

func (evenVolume) encode(b *builder, c *policy.Clause) {
	n := make([][]mip.Term, b.H+1)
	for t := 1; t <= b.H; t++ {
		n[t] = b.movers(c, t)
		if c.Has("least") {
			b.atLeast(c, name("least", c.ID, t), nil, n[t], int64(c.Int("least")))
		}
		if c.Has("most") {
			b.atMost(c, name("most", c.ID, t), nil, n[t], int64(c.Int("most")))
		}
	}
	if c.Has("spread") && b.H > 1 {
		b.spread(c, n)
	}
}

// movers lists the moves in t of seated cadres whom the clause is for.
func (b *builder) movers(c *policy.Clause, t int) []mip.Term {
	var terms []mip.Term
	for i := range b.Cadres {
		if p := b.Seat(i); p != posting.None && c.For.Match(b.Index, i, p, t) == posting.Yes {
			terms = append(terms, b.moving(i, t, anywhere)...)
		}
	}
	return terms
}

// spread keeps the largest batch near the smallest.
func (b *builder) spread(c *policy.Clause, n [][]mip.Term) {
	most := int64(0)
	for t := 1; t <= b.H; t++ {
		most = max(most, activity(n[t]))
	}
	top := b.column(name("top", c.ID), float64(most), c.Shown(), nil)
	low := b.column(name("low", c.ID), float64(most), c.Shown(), nil)
	for t := 1; t <= b.H; t++ {
		b.row(c, name("top", c.ID, t), nil, append(scaled(n[t], -1), mip.Term{Col: top, Coef: 1}), 0, mip.Inf)
		b.row(c, name("low", c.ID, t), nil, append(n[t][:len(n[t]):len(n[t])], mip.Term{Col: low, Coef: -1}), 0, mip.Inf)
	}
	terms := []mip.Term{{Col: top, Coef: 1}, {Col: low, Coef: -1}}
	if !c.Binding() {
		e := b.column(name("spread", c.ID), float64(most), c.Shown(), nil)
		b.charge(c, e, 1)
		terms = append(terms, mip.Term{Col: e, Coef: -1})
	}
	b.row(c, name("spread", c.ID), nil, terms, -mip.Inf, float64(c.Int("spread")))
}
