package planning_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"cadre/constraints"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// TestRecount: columns that only count come down to what the plan makes them, however far above a solve left them, and a plan
// that counts right is left as it is.
func TestRecount(t *testing.T) {
	x, pol := county(t, 100, nil)
	m := constraints.Encode(x, pol).Model
	res, err := lexico.Solve(context.Background(), m, native.New(), solver.Params{Seed: 1})
	if err != nil || res.Values == nil {
		t.Fatal(err)
	}
	best, raised := levels(m, res.Values), slices.Clone(res.Values)
	raise(m, raised)
	worse := false
	for k, v := range levels(m, raised) {
		worse = worse || v > best[k]
	}
	if !worse {
		t.Fatal("nothing could be raised")
	}
	for _, x := range [][]float64{raised, res.Values} {
		got := lexico.Recount(context.Background(), m, x, native.New(), solver.Params{Seed: 1})
		if got == nil {
			t.Fatal("no plan")
		}
		for k, v := range levels(m, got) {
			if math.Abs(v-best[k]) > mip.FeasTol {
				t.Errorf("level %s: %g, before %g", m.Levels[k].Name, v, best[k])
			}
		}
	}
}

func levels(m *mip.Model, x []float64) []float64 {
	var out []float64
	for k := range m.Levels {
		out = append(out, m.Levels[k].Value(x))
	}
	return out
}

// raise raises all columns that rows let be raised, one after another.
func raise(m *mip.Model, x []float64) {
	for j := range x {
		if x[j]++; m.Violation(x, mip.FeasTol) != "" {
			x[j]--
		}
	}
}
