package native

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// enumerate finds the optimum of a model of bounded integer columns by trying every point; +Inf where none.
func enumerate(m *mip.Model) float64 {
	x := make([]float64, len(m.Columns))
	best := math.Inf(1)
	var try func(j int)
	try = func(j int) {
		if j == len(x) {
			if m.Violation(x, 1e-9) == "" {
				best = math.Min(best, m.Levels[0].Value(x))
			}
			return
		}
		c := m.Columns[j]
		for v := c.Lower; v <= c.Upper; v++ {
			x[j] = v
			try(j + 1)
		}
	}
	try(0)
	return best
}

// randomIntegers is a model of rows of integers with few enough points to try them all.
func randomIntegers(rng *rand.Rand) *mip.Model {
	m := randomModel(rng, 1+rng.IntN(6), rng.IntN(6), true)
	for j := range m.Columns {
		c := &m.Columns[j]
		c.Integer = true
		c.Lower = math.Max(c.Lower, -3)
		c.Upper = math.Min(c.Upper, c.Lower+3)
	}
	return m
}

// TestAgainstEnumeration compares optima and infeasibility of small integer models with a full enumeration.
func TestAgainstEnumeration(t *testing.T) {
	feasible, infeasible := 0, 0
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 2))
		m := randomIntegers(rng)
		want := enumerate(m)
		got, err := New().Solve(context.Background(), m, solver.Params{})
		if err != nil {
			t.Fatal(err)
		}
		if math.IsInf(want, 1) {
			infeasible++
			if got.Status != solver.Infeasible {
				t.Fatalf("seed %d: %v, want infeasible", seed, got)
			}
			continue
		}
		feasible++
		if got.Status != solver.Optimal || got.Objective != want || got.Bound > want || got.Bound < want-1e-6 {
			t.Fatalf("seed %d: %+v, want %g", seed, got, want)
		}
		if v := m.Violation(got.Values, 1e-9); v != "" {
			t.Fatalf("seed %d: %s", seed, v)
		}
	}
	if feasible < 500 || infeasible < 500 {
		t.Fatalf("the draw is one-sided: %d feasible, %d infeasible", feasible, infeasible)
	}
}

// enumerateMixed is enumerate for models with continuous columns: the relaxation, which proves its own answers,
// decides them for each choice of the integers. -Inf where the model is unbounded.
func enumerateMixed(t *testing.T, m *mip.Model) float64 {
	p := newProblem(m)
	best := math.Inf(1)
	lo, hi := append([]float64(nil), p.lower...), append([]float64(nil), p.upper...)
	var try func(j int)
	try = func(j int) {
		if j < p.n {
			if !p.integer[j] {
				try(j + 1)
				return
			}
			for v := p.lower[j]; v <= p.upper[j]; v++ {
				lo[j], hi[j] = v, v
				try(j + 1)
			}
			return
		}
		q := *p
		q.lower, q.upper = lo, hi
		s := newSimplex(&q, newMeter(context.Background(), solver.Params{}), 1)
		switch st := s.solve(0); st {
		case lpOptimal:
			best = math.Min(best, p.objective(s.point(nil)))
		case lpUnbounded:
			best = math.Inf(-1)
		case lpInfeasible:
		default:
			t.Fatalf("relaxation ended with %d", st)
		}
	}
	try(0)
	return best
}

// TestMixedAgainstEnumeration compares models with bounded integers, continuous and free columns.
func TestMixedAgainstEnumeration(t *testing.T) {
	counts := map[solver.Status]int{}
	for seed := range uint64(2000) {
		rng := rand.New(rand.NewPCG(seed, 3))
		m := randomModel(rng, 1+rng.IntN(8), rng.IntN(6), true)
		for j := range m.Columns {
			if c := &m.Columns[j]; c.Integer {
				c.Lower = math.Max(c.Lower, -2)
				c.Upper = math.Min(c.Upper, c.Lower+2)
			}
		}
		want := enumerateMixed(t, m)
		got, _ := New().Solve(context.Background(), m, solver.Params{})
		counts[got.Status]++
		switch {
		case math.IsInf(want, 1) && got.Status == solver.Infeasible:
		case math.IsInf(want, -1) && got.Status == solver.Unbounded:
		case got.Status == solver.Optimal && math.Abs(got.Objective-want) < 1e-6 && got.Bound <= got.Objective &&
			got.Bound > want-1e-5 && m.Violation(got.Values, mip.FeasTol) == "":
		default:
			t.Fatalf("seed %d: %+v, want %g", seed, got, want)
		}
	}
	if counts[solver.Optimal] < 300 || counts[solver.Infeasible] < 300 || counts[solver.Unbounded] < 30 {
		t.Fatalf("the draw is one-sided: %v", counts)
	}
}
