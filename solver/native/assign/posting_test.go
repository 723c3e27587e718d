package assign

import (
	"math"
	"math/rand/v2"
)

// posting is a column of a small instance: a left on a right, at a cost, with a one in some side rows.
type posting struct {
	left, right int
	cost        float64
	sides       []int
}

// postings is the instance in which every left takes one of its postings, every right takes one left at the most, and side row q lies
// between lo[q] and up[q].
func postings(lefts, rights int, list []posting, lo, up []float64) *Instance {
	p := &Problem{N: len(list), M: lefts + rights + len(lo)}
	s := &Structure{P: p, LeftOf: make([]int32, p.N), RightOf: make([]int32, p.N)}
	rows := make([][]int32, p.M)
	for i := range p.M {
		least, most := 1.0, 1.0
		switch {
		case i < lefts:
			s.Left = append(s.Left, int32(i))
		case i < lefts+rights:
			s.Right, least = append(s.Right, int32(i)), 0
		default:
			s.Side, least, most = append(s.Side, int32(i)), lo[i-lefts-rights], up[i-lefts-rights]
		}
		p.RowLo, p.RowUp = append(p.RowLo, least), append(p.RowUp, most)
	}
	p.Cols.Start = []int{0}
	for j, c := range list {
		s.LeftOf[j], s.RightOf[j] = int32(c.left), int32(c.right)
		of := []int{c.left, lefts + c.right}
		for _, q := range c.sides {
			of = append(of, lefts+rights+q)
		}
		for _, i := range of {
			p.Cols.Index, p.Cols.Value = append(p.Cols.Index, int32(i)), append(p.Cols.Value, 1)
			rows[i] = append(rows[i], int32(j))
		}
		p.Cols.Start = append(p.Cols.Start, len(p.Cols.Index))
		p.Cost, p.Lower, p.Upper, p.Integer = append(p.Cost, c.cost), append(p.Lower, 0), append(p.Upper, 1), append(p.Integer, true)
	}
	p.Rows.Start = []int{0}
	for _, list := range rows {
		for _, j := range list {
			p.Rows.Index, p.Rows.Value = append(p.Rows.Index, j), append(p.Rows.Value, 1)
		}
		p.Rows.Start = append(p.Rows.Start, len(p.Rows.Index))
	}
	s.Pairs = p.N
	in := NewInstance(s)
	in.Large = true
	return in
}

// randomPostings has some candidates for each left, and side rows over a part of all columns: caps and, every third, a least.
func randomPostings(r *rand.Rand, lefts, rights, each, sides int) *Instance {
	var list []posting
	for i := range lefts {
		for n, k := range r.Perm(rights)[:each] {
			c := posting{left: i, right: k, cost: float64(r.IntN(60))}
			if n == 0 {
				c.right = i // so that all find a place
			}
			for q := range sides {
				if r.IntN(sides) == 0 {
					c.sides = append(c.sides, q)
				}
			}
			list = append(list, c)
		}
	}
	lo, up := make([]float64, sides), make([]float64, sides)
	for q := range lo {
		lo[q], up[q] = math.Inf(-1), float64(lefts/sides)
		if q%3 == 0 {
			lo[q], up[q] = float64(lefts/sides), math.Inf(1)
		}
	}
	return postings(lefts, rights, list, lo, up)
}
