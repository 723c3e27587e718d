package exact_test

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/exact"
	"cadre/solver/native"
	"cadre/solver/solvertest"
)

// program is a random linear program: columns with all kinds of bounds, coefficients from hundredths to a million, rows of all kinds, many of which
// touch at one point. Some have no solution, some no optimum.
func program(r *rand.Rand) *mip.Model {
	m := &mip.Model{}
	coef := func() float64 {
		switch r.IntN(5) {
		case 0:
			return float64(r.IntN(2_000_001) - 1_000_000)
		case 1:
			return float64(r.IntN(199)-99) / 100
		}
		return float64(r.IntN(19) - 9)
	}
	n, rows := 1+r.IntN(6), r.IntN(6)
	point, level := []float64{}, mip.Level{Name: "cost", Scale: 1}
	for j := range n {
		point = append(point, float64(r.IntN(9)-4))
		c := mip.Column{Name: fmt.Sprint("x", j), Lower: -mip.Inf, Upper: mip.Inf}
		if r.IntN(4) > 0 {
			c.Lower = point[j] - float64(r.IntN(3))
		}
		if r.IntN(3) > 0 {
			c.Upper = point[j] + float64(r.IntN(3)*r.IntN(1000))
		}
		m.AddColumn(c)
		level.Terms = append(level.Terms, mip.Term{Col: mip.Col(j), Coef: coef()})
	}
	for i := range rows {
		row := mip.Constraint{Name: fmt.Sprint("r", i), Lower: -mip.Inf, Upper: mip.Inf}
		sum := 0.0
		for j := range n {
			if c := coef(); r.IntN(2) == 0 {
				row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: c})
				sum += c * point[j]
			}
		}
		sum = math.Round(sum*100) / 100
		if r.IntN(12) == 0 {
			sum += 1
		}
		if kind := r.IntN(4); kind != 0 {
			row.Lower = sum
			if kind == 1 {
				row.Upper = sum + float64(r.IntN(2))
			}
		} else {
			row.Upper = sum
		}
		m.AddRow(row)
	}
	m.AddLevel(level)
	return m
}

// TestSolve: an optimum is a point, and the multipliers give its value as a bound; a ray gives more than nothing; where there is
// no optimum wider boxes have better ones.
func TestSolve(t *testing.T) {
	seen := map[solver.Status]int{}
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 40))
		m := program(r)
		lower, upper := bounds(m)
		var start []float64
		other := native.Native{}.Relax(m).Solve(context.Background(), lower, upper, solver.Params{})
		if r.IntN(2) == 0 {
			start = other.Values
		}
		s := exact.New(m).Solve(context.Background(), lower, upper, start)
		seen[s.Status]++
		switch s.Status {
		case solver.Optimal:
			value := cost(m, s.X)
			if !holds(m, s.X) {
				t.Errorf("seed %d: %v is no point", seed, s.X)
			}
			if b := bound(m, s.Y, false); b == nil || b.Cmp(value) != 0 {
				t.Errorf("seed %d: multipliers give %v, the point %v", seed, b, value)
			}
		case solver.Infeasible:
			if b := bound(m, s.Y, true); b == nil || b.Sign() <= 0 {
				t.Errorf("seed %d: the ray gives %v", seed, b)
			}
		case solver.Unbounded:
			if at := []*big.Rat{boxed(m, 1e12), boxed(m, 1e14)}; at[0] == nil || at[1] == nil || at[1].Cmp(at[0]) >= 0 {
				t.Errorf("seed %d: unbounded, and %v in a wide box", seed, at)
			}
		default:
			t.Errorf("seed %d: %v", seed, s.Status)
		}
	}
	if seen[solver.Optimal] < 1000 || seen[solver.Infeasible] < 200 || seen[solver.Unbounded] < 200 {
		t.Error(seen)
	}
}

// boxed is the least value with columns that lack bounds no farther than this from 0, nil where there is none.
func boxed(m *mip.Model, far float64) *big.Rat {
	lower, upper := bounds(m)
	for j := range lower {
		lower[j], upper[j] = math.Max(lower[j], -far), math.Min(upper[j], far)
	}
	if s := exact.New(m).Solve(context.Background(), lower, upper, nil); s.Status == solver.Optimal {
		return cost(m, s.X)
	}
	return nil
}

// TestLimits: a signal ends a program, bounds that cross have no solution.
func TestLimits(t *testing.T) {
	m := program(rand.New(rand.NewPCG(3, 40)))
	lower, upper := bounds(m)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if s := exact.New(m).Solve(ctx, lower, upper, nil); s.Status != solver.NoSolution || s.X != nil {
		t.Errorf("cancelled: %v", s)
	}
	lower[0], upper[0] = 1, 0
	if s := exact.New(m).Solve(context.Background(), lower, upper, nil); s.Status != solver.Infeasible {
		t.Errorf("crossing bounds: %v", s.Status)
	}
	m.Rows[0].Lower, m.Rows[0].Upper = 2, 1
	lower, upper = bounds(m)
	if s := exact.New(m).Solve(context.Background(), lower, upper, nil); s.Status != solver.Infeasible {
		t.Errorf("crossing sides: %v", s.Status)
	}
	if exact.Fits(1000, 1000) || !exact.Fits(20, 20) {
		t.Error("what fits")
	}
}

// TestWork: dense rows of long decimals, where fractions grow with every pivot, are given up, from a start too, which would take minutes of pivots.
func TestWork(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 43))
	m, start := &mip.Model{}, []float64{}
	level := mip.Level{Name: "cost", Scale: 1}
	const n = 120
	for j := range n {
		m.AddColumn(mip.Column{Upper: 10})
		start = append(start, 1+8*r.Float64())
		level.Terms = append(level.Terms, mip.Term{Col: mip.Col(j), Coef: r.Float64()})
	}
	for range n {
		row := mip.Constraint{Lower: n, Upper: mip.Inf}
		for j := range n {
			row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: r.Float64()})
		}
		m.AddRow(row)
	}
	m.AddLevel(level)
	lower, upper := bounds(m)
	for _, x := range [][]float64{nil, start} {
		if s := exact.New(m).Solve(context.Background(), lower, upper, x); s.Status != solver.NoSolution || s.X != nil || s.Y != nil {
			t.Errorf("start %t: %v", x != nil, s.Status)
		}
	}
}

func bounds(m *mip.Model) (lower, upper []float64) {
	for _, c := range m.Columns {
		lower, upper = append(lower, c.Lower), append(upper, c.Upper)
	}
	return
}

func cost(m *mip.Model, x []*big.Rat) *big.Rat { return activity(m.Levels[0].Terms, x) }

func activity(terms []mip.Term, x []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, t := range terms {
		sum.Add(sum, new(big.Rat).Mul(mip.Rat(t.Coef), x[t.Col]))
	}
	return sum
}

func holds(m *mip.Model, x []*big.Rat) bool {
	for j, c := range m.Columns {
		if !between(x[j], c.Lower, c.Upper) {
			return false
		}
	}
	for i := range m.Rows {
		if r := &m.Rows[i]; !between(activity(r.Terms, x), r.Lower, r.Upper) {
			return false
		}
	}
	return true
}

func between(v *big.Rat, lower, upper float64) bool {
	return (math.IsInf(lower, 0) || v.Cmp(mip.Rat(lower)) >= 0) && (math.IsInf(upper, 0) || v.Cmp(mip.Rat(upper)) <= 0)
}

// bound is what multipliers prove, nil where they prove nothing; with a ray costs count nothing.
func bound(m *mip.Model, y []*big.Rat, ray bool) *big.Rat {
	sum, reduced := new(big.Rat), make([]*big.Rat, len(m.Columns))
	for j := range reduced {
		reduced[j] = new(big.Rat)
	}
	if !ray {
		for _, t := range m.Levels[0].Terms {
			reduced[t.Col].Add(reduced[t.Col], mip.Rat(t.Coef))
		}
	}
	least := func(v *big.Rat, lower, upper float64) bool {
		at := lower
		if v.Sign() < 0 {
			at = upper
		}
		if v.Sign() == 0 {
			return true
		}
		if math.IsInf(at, 0) {
			return false
		}
		sum.Add(sum, new(big.Rat).Mul(v, mip.Rat(at)))
		return true
	}
	for i := range m.Rows {
		if y[i] == nil {
			continue
		}
		for _, t := range m.Rows[i].Terms {
			reduced[t.Col].Sub(reduced[t.Col], new(big.Rat).Mul(y[i], mip.Rat(t.Coef)))
		}
		if !least(y[i], m.Rows[i].Lower, m.Rows[i].Upper) {
			return nil
		}
	}
	for j, c := range m.Columns {
		if !least(reduced[j], c.Lower, c.Upper) {
			return nil
		}
	}
	return sum
}

// TestSearch: the best point is that of all values of the integers; a search that is cut says so.
func TestSearch(t *testing.T) {
	none := 0
	for seed := range uint64(500) {
		m := solvertest.Uneven(rand.New(rand.NewPCG(seed, 42)))
		_, want := solvertest.Best(m)
		s := exact.Search(context.Background(), m, nil)
		switch {
		case want == nil:
			if none++; s.Status != solver.Infeasible || s.X != nil {
				t.Errorf("seed %d: %v, and there is no point", seed, s)
			}
		case s.Status != solver.Optimal || !holds(m, s.X) || cost(m, s.X).Cmp(want) != 0:
			t.Errorf("seed %d: %v at %v, want %v", seed, s.Status, s.X, want)
		}
	}
	if none < 20 {
		t.Errorf("%d without a point", none)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if s := exact.Search(ctx, solvertest.Uneven(rand.New(rand.NewPCG(1, 42))), nil); s.Status != solver.NoSolution {
		t.Errorf("cancelled: %v", s.Status)
	}
}
