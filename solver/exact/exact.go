// Package exact solves small linear programs in fractions. Where coefficients reach from a thousandth to a million, a simplex code in floating
// point takes for a solution what breaks a row by its tolerance, and for the best what is not; here there is no tolerance. What is found
// serves as a proposal all the same: package certify states proofs, and checks them, in arithmetic of its own.
//
// The method is the primal simplex on a dense tableau: composite phase 1 (least sum of infeasibilities), then the objective, both with Bland's
// rule, which cannot cycle (R. G. Bland, New finite pivoting rules for the simplex method, Mathematics of Operations Research 2, 1977). A
// solution in floating point serves as the start, so that few pivots are left.
package exact

import (
	"context"
	"math"
	"math/big"
	"slices"

	"cadre/mip"
	"cadre/solver"
)

// Limits of what is solved: about half a second each. From the solution in floating point a program of 100 rows and columns takes less, unless its rows are dense and their
// decimals long; without one, a program of 30.
const (
	// mostEntries bounds rows times columns.
	mostEntries = 1 << 14
	// mostWork bounds the products of entries, each counted once and for every word that its factors have.
	mostWork = 1 << 19
)

// Fits says whether a program of so many rows and columns is small enough.
func Fits(rows, columns int) bool { return rows*columns <= mostEntries }

// Mixed says whether m is a small model of one level with continuous columns: where all are integers floating point adds up rows without rounding.
func Mixed(m *mip.Model) bool {
	continuous := func(c mip.Column) bool { return !c.Integer }
	return len(m.Levels) == 1 && Fits(len(m.Rows), len(m.Columns)) && slices.ContainsFunc(m.Columns, continuous)
}

// Program is the relaxation of a model's first level: integrality is left out. Numbers are taken as they are written (see mip.Rat). It is not for
// concurrent use.
type Program struct {
	costs []*big.Rat // by column, nil for 0
	rows  [][]*big.Rat
	sides []span

	crossed bool // whether the sides of some row do
}

// span is what a variable may be; nil is infinite.
type span struct{ lower, upper *big.Rat }

// New states the program of m, whose rows and columns must fit. Constants are left out.
func New(m *mip.Model) *Program {
	p := &Program{costs: make([]*big.Rat, len(m.Columns))}
	for _, t := range m.Levels[0].Terms {
		add(p.costs, int(t.Col), mip.Rat(t.Coef))
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		coefs := make([]*big.Rat, len(m.Columns))
		for _, t := range r.Terms {
			add(coefs, int(t.Col), mip.Rat(t.Coef))
		}
		p.rows, p.sides = append(p.rows, coefs), append(p.sides, spanOf(r.Lower, r.Upper))
		p.crossed = p.crossed || r.Lower > r.Upper
	}
	return p
}

// crossed says whether some lower bound lies above the upper one: a program without a solution, and without a ray.
func crossed(lower, upper []float64) bool {
	for j := range lower {
		if lower[j] > upper[j] {
			return true
		}
	}
	return false
}

func spanOf(lower, upper float64) (s span) {
	if !math.IsInf(lower, 0) {
		s.lower = mip.Rat(lower)
	}
	if !math.IsInf(upper, 0) {
		s.upper = mip.Rat(upper)
	}
	return s
}

// Solution is what a program came to. Nobody may change its fractions.
type Solution struct {
	// Status is Optimal, Infeasible, Unbounded, or NoSolution where a limit was met.
	Status solver.Status
	X      []*big.Rat // by column, where it is optimal
	// Y are multipliers by row, nil for 0. Of an optimum: those under which the bound of package certify is the optimum; their sign is the
	// side of the row that they weigh, positive the lower. Where there is no solution: a ray.
	Y []*big.Rat
}

// Floats are the values of X as the floats nearest to them, nil where there are none.
func (s *Solution) Floats() []float64 {
	var out []float64
	for _, v := range s.X {
		f, _ := v.Float64()
		out = append(out, f+0) // no negative zero
	}
	return out
}

// Vertex is the best point of m with the integers of x, from x; without X where there is none, or a limit was met.
func Vertex(ctx context.Context, m *mip.Model, x []float64) Solution {
	lower, upper := boundsOf(m)
	for j, c := range m.Columns {
		if c.Integer {
			lower[j], upper[j] = x[j], x[j]
		}
	}
	return New(m).Solve(ctx, lower, upper, x)
}

// Solve solves the program within these bounds of columns, from x, the values of a solution in floating point, or nil.
func (p *Program) Solve(ctx context.Context, lower, upper, x []float64) Solution {
	left := mostWork
	return p.solve(ctx, lower, upper, x, &left)
}

// solve takes its work off what is left.
func (p *Program) solve(ctx context.Context, lower, upper, x []float64, left *int) Solution {
	if p.crossed || crossed(lower, upper) {
		return Solution{Status: solver.Infeasible}
	}
	t := p.tableau(ctx, lower, upper, x, left)
	if x != nil {
		t.crash(x)
	}
	st := t.repair() // says where a limit was met
	if st == solver.Infeasible {
		return Solution{Status: st, Y: t.ray()}
	}
	if st == solver.Optimal {
		st = t.improve()
	}
	out := Solution{Status: st}
	if st == solver.Optimal {
		out.X, out.Y = t.point(), t.multipliers()
	}
	return out
}

// value is the objective at x.
func (p *Program) value(x []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for j, c := range p.costs {
		if c != nil {
			sum.Add(sum, new(big.Rat).Mul(c, x[j]))
		}
	}
	return sum
}

// add adds v to entry j of a vector whose nils are zeros.
func add(to []*big.Rat, j int, v *big.Rat) {
	if to[j] != nil {
		v.Add(v, to[j])
	}
	if to[j] = v; v.Sign() == 0 {
		to[j] = nil
	}
}
