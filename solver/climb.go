package solver

import (
	"cmp"
	"math"
	"slices"

	"cadre/mip"
)

// Climb is Ascend for models that no relaxation is solved of: it takes some times as long and proves more. It sees through columns that
// are sums of others, whose rows one by one say nothing, and begins with the rows that ask for most. The bound is that of the multipliers
// on m itself.
func Climb(m *mip.Model) (multipliers []float64, bound float64) {
	s := newSums(m)
	a := newAscent(s.model, nil)
	for _, i := range s.bySize() {
		a.raise(i)
	}
	a.climb()
	return AscendFrom(m, s.whole(a.y))
}

// bySize lists the rows that ask for something, those that ask for most first: what several periods ask for together comes before what
// one of them does.
func (s *sums) bySize() []int {
	var out []int
	for i := range s.model.Rows {
		if r := &s.model.Rows[i]; r.Lower > 0 && !math.IsInf(r.Lower, 1) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(s.model.Rows[b].Lower, s.model.Rows[a].Lower) })
	return out
}

// sums is a model without the columns that are sums of others: a row that says 0 = sum - column, where the column costs nothing and need
// not be an integer, is put into the rows in which the column stands.
type sums struct {
	m, model *mip.Model
	row      []int // by column of m: the row that says what it sums, -1 none
}

func newSums(m *mip.Model) *sums {
	s := &sums{m: m, row: make([]int, len(m.Columns))}
	cost := make([]bool, len(m.Columns))
	for _, t := range m.Levels[0].Terms {
		cost[t.Col] = t.Coef != 0
	}
	for j := range s.row {
		s.row[j] = -1
	}
	gone := make([]bool, len(m.Rows))
	for i := range m.Rows {
		if j := s.summed(&m.Rows[i]); j >= 0 && !cost[j] && s.row[j] < 0 {
			s.row[j], gone[i] = i, true
		}
	}
	s.model = m.WithLevel(0)
	s.model.Rows = slices.Clone(m.Rows)
	place := make([]int, len(m.Columns))
	for i := range s.model.Rows {
		r := &s.model.Rows[i]
		if gone[i] {
			*r = mip.Constraint{Lower: math.Inf(-1), Upper: math.Inf(1)}
		} else if slices.ContainsFunc(r.Terms, func(t mip.Term) bool { return s.row[t.Col] >= 0 }) {
			r.Terms = s.spread(r.Terms, place)
		}
	}
	return s
}

// summed is the column that a row says to be the sum of integer columns, -1 where it says anything else.
func (s *sums) summed(r *mip.Constraint) mip.Col {
	sum := mip.Col(-1)
	if r.Lower != 0 || r.Upper != 0 {
		return sum
	}
	for _, t := range r.Terms {
		switch c := &s.m.Columns[t.Col]; {
		case c.Integer:
		case sum < 0 && t.Coef == -1:
			sum = t.Col
		default:
			return -1
		}
	}
	return sum
}

// spread are terms with sums written out. place is zero by column, before and after.
func (s *sums) spread(terms []mip.Term, place []int) (out []mip.Term) {
	add := func(j mip.Col, coef float64) {
		if place[j] == 0 {
			out = append(out, mip.Term{Col: j})
			place[j] = len(out)
		}
		out[place[j]-1].Coef += coef
	}
	for _, t := range terms {
		if i := s.row[t.Col]; i < 0 {
			add(t.Col, t.Coef)
		} else {
			for _, e := range s.m.Rows[i].Terms {
				if e.Col != t.Col {
					add(e.Col, t.Coef*e.Coef)
				}
			}
		}
	}
	for _, t := range out {
		place[t.Col] = 0
	}
	return out
}

// whole are multipliers of m, in which sums have no reduced cost.
func (s *sums) whole(y []float64) []float64 {
	out := slices.Clone(y)
	for i, v := range y {
		if v == 0 {
			continue
		}
		for _, t := range s.m.Rows[i].Terms {
			if k := s.row[t.Col]; k >= 0 {
				out[k] += v * t.Coef
			}
		}
	}
	return out
}
