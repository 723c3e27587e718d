package solver_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native"
)

// TestCoreAgainstEnumeration: points better than the known one are those of the core, with the same objective.
func TestCoreAgainstEnumeration(t *testing.T) {
	fixed, whole := 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		m := anyModel(r)
		for j := range m.Columns {
			c := &m.Columns[j]
			c.Lower, c.Upper, c.Integer = math.Max(c.Lower, -2), math.Min(c.Upper, 3), true
		}
		var all []float64
		best := math.Inf(1)
		box(m, func(x []float64) {
			if m.Violation(x, mip.FeasTol) == "" {
				v := m.Levels[0].Value(x)
				all, best = append(all, v), math.Min(best, v)
			}
		})
		if len(all) == 0 {
			continue
		}
		upper := all[r.IntN(len(all))]
		y, _ := solver.Ascend(m)
		core := solver.NewCore(m, y, upper)
		fixed, whole = fixed+len(m.Columns)-len(core.Model.Columns), whole+len(m.Columns)
		better := 0
		for _, v := range all {
			if v < upper {
				better++
			}
		}
		box(core.Model, func(x []float64) {
			if core.Model.Violation(x, mip.FeasTol) != "" {
				return
			}
			w := core.Whole(x)
			if bad := m.Violation(w, mip.FeasTol); bad != "" || m.Levels[0].Value(w) != core.Model.Levels[0].Value(x) {
				t.Fatalf("seed %d: %v of the core is %v: %s", seed, x, w, bad)
			}
			if m.Levels[0].Value(w) < upper {
				better--
			}
		})
		if better != 0 {
			t.Fatalf("seed %d: %d better points are missing", seed, better)
		}
		if best < upper {
			got, _ := native.New().Solve(context.Background(), core.Model, solver.Params{})
			if got.Objective != best {
				t.Fatalf("seed %d: the core's optimum is %g, the model's %g", seed, got.Objective, best)
			}
		}
	}
	if fixed*10 < whole {
		t.Errorf("only %d of %d columns were fixed", fixed, whole)
	}
}
