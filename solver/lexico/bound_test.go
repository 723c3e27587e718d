package lexico_test

import (
	"context"
	"math"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// TestBoundFollows: before each level the best solution known by then is taken over, and no worse one; what is proven then is proven among
// the points that keep its values.
func TestBoundFollows(t *testing.T) {
	m := pair()
	poor, best := []float64{5, 4, 4}, []float64{1, 2, 1}
	asked := 0
	latest := func() []float64 {
		if asked++; asked == 1 {
			return best
		}
		return poor
	}
	p := solver.Params{Start: poor, Work: 1}
	r, err := lexico.Bound(context.Background(), m, silent{}, p, nil, latest)
	if err != nil || asked != len(m.Levels) || r.Values[0] != best[0] || r.Values[1] != best[1] {
		t.Errorf("asked %d times, %v, %v", asked, r.Values, err)
	}
	if r, err = lexico.Bound(context.Background(), m, native.New(), solver.Params{Start: poor}, nil, nil); err != nil || r.Status != solver.Optimal {
		t.Errorf("%s, %v", r.Status, err)
	}
}

// silent is a backend that finds nothing.
type silent struct{ native.Native }

func (silent) Solve(context.Context, *mip.Model, solver.Params) (solver.Result, error) {
	return solver.Result{Status: solver.NoSolution, Limit: solver.LimitTime, Objective: math.NaN(), Bound: math.Inf(-1), Solver: "silent"}, nil
}
