package planning

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// mixed is a random model whose columns have bounds, integer and continuous ones, with equations that few decimals keep.
func mixed(r *rand.Rand) *mip.Model {
	m := &mip.Model{}
	n := 2 + r.IntN(6)
	x := make([]float64, n)
	for j := range n {
		lower := float64(r.IntN(5) - 4)
		upper := lower + float64(r.IntN(9))
		m.AddColumn(mip.Column{Lower: lower, Upper: upper, Integer: r.IntN(2) == 0})
		if x[j] = lower + r.Float64()*(upper-lower); m.Columns[j].Integer {
			x[j] = math.Round(x[j])
		}
	}
	terms := func() (out []mip.Term) {
		for j := range n {
			if c := float64(r.IntN(19) - 9); r.IntN(3) > 0 {
				out = append(out, mip.Term{Col: mip.Col(j), Coef: c * []float64{1, 1, 1, 0.1, 33333}[r.IntN(5)]})
			}
		}
		return out
	}
	for range 1 + r.IntN(4) {
		row := mip.Constraint{Lower: -mip.Inf, Upper: mip.Inf, Terms: terms()}
		side := math.Round(mip.Dot(row.Terms, x))
		if at := r.IntN(4); at == 0 {
			row.Lower, row.Upper = side, side
		} else if at == 1 {
			row.Lower = side - 1
		} else {
			row.Upper = side + 1
		}
		m.AddRow(row)
	}
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Constant: 0.5, Terms: terms()})
	return m
}

// TestProveBounded: whatever point a model with bounded columns ends with, its bound is certified, the certificate holds, and no point
// counts as optimal that is not at its bound, on whichever side.
func TestProveBounded(t *testing.T) {
	near, exact := 0, 0
	for seed := range uint64(1000) {
		m, p := mixed(rand.New(rand.NewPCG(seed, 78))), solver.Params{}
		res, err := lexico.Solve(context.Background(), m, native.New(), p)
		if err != nil || res.Values == nil {
			continue
		}
		if res.Values = certify.Close(m, res.Values); certify.Near(m, res.Values) != nil {
			t.Errorf("seed %d: %v", seed, certify.Near(m, res.Values))
			continue
		}
		c := Prove(context.Background(), m, &res, p, 0)
		if c == nil {
			t.Errorf("seed %d: the bound is not certified", seed)
			continue
		}
		got, err := certify.Verify(m, res.Values, c)
		if err != nil || got[0].Bound != res.Levels[0].Bound {
			t.Errorf("seed %d: %+v, %v", seed, got, err)
			continue
		}
		if gap := certify.Gap(got[0].Value, got[0].Bound); res.Status == solver.Optimal && gap > mip.FeasTol {
			t.Errorf("seed %d: optimal with a gap of %g", seed, gap)
		}
		if c.Within > 0 {
			near++
		} else {
			exact++
		}
	}
	if near < 100 || exact < 100 {
		t.Errorf("%d points within the tolerance, %d exact: not both are tried", near, exact)
	}
}

// TestWithin: a level is solved within its tolerance; a value a hair below the bound is as good as it, one further below as far
// from it as one above.
func TestWithin(t *testing.T) {
	l := &mip.Level{Scale: 1}
	for _, c := range []struct {
		value, bound, gap float64
		integral, want    bool
	}{
		{100, 99, 0.01, true, true}, {100, 98, 0.01, true, false}, {100, 100 - 5e-5, 0, true, false}, {100, 100 - 5e-5, 0, false, true},
		{100, 100 + 5e-5, 0, false, true}, {0, 5000, 0.01, false, false}, {100, 100.5, 0.01, false, true}, {100, 100.5, 0.001, false, false},
	} {
		if got := within(l, c.integral, certify.Checked{Value: c.value, Bound: c.bound}, solver.Tolerance{Gap: c.gap}); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}
}

// TestSettle: what is proven decides the status; the limit is the solver's where one ended it, else the proof's.
func TestSettle(t *testing.T) {
	for _, c := range []struct {
		name   string
		limit  solver.Limit
		ending ending
		status solver.Status
		want   solver.Limit
	}{
		{"proven to the end", solver.LimitGap, ending{solved: true, closed: true, timely: true}, solver.Optimal, solver.LimitNone},
		{"proven within the gap", solver.LimitNone, ending{solved: true, timely: true}, solver.Optimal, solver.LimitGap},
		{"the solver ran out of time, the proof closed the gap", solver.LimitTime, ending{solved: true, timely: true}, solver.Optimal, solver.LimitTime},
		{"the proof ran out of time", solver.LimitGap, ending{spent: true}, solver.Feasible, solver.LimitTime},
		{"the proof ran out of work", solver.LimitGap, ending{timely: true, spent: true}, solver.Feasible, solver.LimitWork},
		{"the proof came to its end short of the claim", solver.LimitGap, ending{timely: true}, solver.Feasible, solver.LimitNone},
		{"interrupted in the proof", solver.LimitNone, ending{interrupted: true}, solver.Feasible, solver.LimitInterrupted},
		{"both stopped short", solver.LimitMemory, ending{timely: true}, solver.Feasible, solver.LimitMemory},
	} {
		res := lexico.Result{Limit: c.limit}
		settle(&res, c.ending)
		if res.Status != c.status || res.Limit != c.want {
			t.Errorf("%s: %s, %s; want %s, %s", c.name, res.Status, res.Limit, c.status, c.want)
		}
	}
}
