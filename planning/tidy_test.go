package planning_test

import (
	"context"
	"math"
	"testing"

	"cadre/constraints"
	"cadre/mip"
	"cadre/planning"
	"cadre/solver"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// TestTidy: columns that only count come down to what the plan makes them, however far above a solve left them.
func TestTidy(t *testing.T) {
	x, pol := county(t, 100, nil)
	enc := constraints.Encode(x, pol)
	res, err := lexico.Solve(context.Background(), enc.Model, native.New(), solver.Params{Seed: 1})
	if err != nil || res.Values == nil {
		t.Fatal(err)
	}
	best := levels(enc.Model, res.Values)
	raise(enc.Model, res.Values)
	worse := false
	for k := range res.Levels {
		res.Levels[k].Value = enc.Model.Levels[k].Value(res.Values)
		worse = worse || res.Levels[k].Value > best[k]
	}
	if !worse {
		t.Fatal("nothing could be raised")
	}
	if err := planning.Tidy(context.Background(), enc, &res, solver.Params{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	for k, v := range levels(enc.Model, res.Values) {
		if math.Abs(v-best[k]) > mip.FeasTol || res.Levels[k].Value != v {
			t.Errorf("level %s: %g, told as %g; before %g", res.Levels[k].Name, v, res.Levels[k].Value, best[k])
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
