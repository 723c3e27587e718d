package native

import (
	"math"
	"math/rand/v2"
	"testing"

	"cadre/solver"
	"cadre/solver/solvertest"
)

// TestUneven: what tolerances of rows with large terms allow, and no solution has, is not handed out.
func TestUneven(t *testing.T) {
	for seed := range uint64(3000) {
		m := solvertest.Uneven(rand.New(rand.NewPCG(seed, 41)))
		_, optimum := solvertest.Best(m)
		r, err := New().Solve(t.Context(), m, solver.Params{})
		if err != nil {
			t.Fatal(err)
		}
		if optimum == nil {
			if r.Status != solver.Infeasible {
				t.Errorf("seed %d: %s with %v, and there is no solution", seed, r.Status, r.Values)
			}
			continue
		}
		value, _ := optimum.Float64()
		within := 1e-6 * math.Max(1, math.Abs(value))
		if r.Status != solver.Optimal || math.Abs(r.Objective-value) > within || math.Abs(r.Bound-value) > within {
			t.Errorf("seed %d: %s, objective %.12g, bound %.12g, optimum %.12g", seed, r.Status, r.Objective, r.Bound, value)
		}
	}
}
