package exact

import (
	"context"
	"math"
	"math/big"
	"slices"

	"cadre/mip"
	"cadre/solver"
)

// mostSearch bounds the work of a search, as mostWork does that of a program: a few seconds.
const mostSearch = 8 * mostWork

// Search solves m by branch and bound in fractions: for models with few integers, of which a search in floating point took for a solution what is none. x is where to
// begin, its values or nil. The status is NoSolution where a limit was met; X is then the best point so far, nil where there is none. Y is empty.
func Search(ctx context.Context, m *mip.Model, x []float64) Solution {
	s := search{m: m, program: New(m), left: mostSearch}
	lower, upper := boundsOf(m)
	done := s.all(ctx, lower, upper, x)
	switch {
	case !done:
		return Solution{Status: solver.NoSolution, X: s.best}
	case s.unbounded:
		return Solution{Status: solver.Unbounded}
	case s.best == nil:
		return Solution{Status: solver.Infeasible}
	}
	return Solution{Status: solver.Optimal, X: s.best}
}

// boundsOf are the bounds of m's columns, those of integers rounded.
func boundsOf(m *mip.Model) (lower, upper []float64) {
	for _, c := range m.Columns {
		if c.Integer {
			c.Lower, c.Upper = math.Ceil(c.Lower), math.Floor(c.Upper)
		}
		lower, upper = append(lower, c.Lower), append(upper, c.Upper)
	}
	return lower, upper
}

type search struct {
	m         *mip.Model
	program   *Program
	left      int // of the work
	best      []*big.Rat
	value     *big.Rat
	unbounded bool
}

// all searches what lies within the bounds, the side nearer to the relaxation first; false where a limit was met.
func (s *search) all(ctx context.Context, lower, upper, x []float64) bool {
	found := s.program.solve(ctx, lower, upper, x, &s.left)
	switch found.Status {
	case solver.Infeasible:
		return true
	case solver.Unbounded:
		s.unbounded = true // or none of its points has integers: who asks has one
		return true
	case solver.NoSolution:
		return false
	}
	value := s.program.value(found.X)
	if s.best != nil && value.Cmp(s.value) >= 0 {
		return true
	}
	j := s.fractional(found.X)
	if j < 0 {
		s.best, s.value = found.X, value
		return true
	}
	x = found.Floats()
	at := math.Floor(x[j])
	if f := new(big.Int).Div(found.X[j].Num(), found.X[j].Denom()); f.IsInt64() {
		at = float64(f.Int64())
	}
	for side := range 2 {
		low, up := slices.Clone(lower), slices.Clone(upper)
		if (x[j]-at < 0.5) == (side == 0) {
			up[j] = at
		} else {
			low[j] = at + 1
		}
		if !s.all(ctx, low, up, x) {
			return false
		}
	}
	return true
}

// fractional is the first integer column whose value is none, -1 where there is none.
func (s *search) fractional(x []*big.Rat) int {
	for j, c := range s.m.Columns {
		if c.Integer && !x[j].IsInt() {
			return j
		}
	}
	return -1
}
