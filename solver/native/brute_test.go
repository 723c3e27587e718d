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

// TestAgainstEnumeration compares optima and infeasibility of small integer models with a full enumeration.
func TestAgainstEnumeration(t *testing.T) {
	feasible, infeasible := 0, 0
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 2))
		m := randomModel(rng, 1+rng.IntN(6), rng.IntN(6), true)
		for j := range m.Columns {
			c := &m.Columns[j]
			c.Integer = true
			c.Lower = math.Max(c.Lower, -3)
			c.Upper = math.Min(c.Upper, c.Lower+3)
		}
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
