package solver_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native"
)

// TestAscendPartitions: what each partition must pay at least is found at once, forced columns included.
func TestAscendPartitions(t *testing.T) {
	m := &mip.Model{}
	level := mip.Level{Scale: 1, Constant: 4}
	want := 4.0
	for i := range 5 {
		row := mip.Constraint{Lower: 1, Upper: 1}
		for k := range 3 {
			j := m.AddColumn(mip.Column{Name: fmt.Sprintf("x%d.%d", i, k), Upper: 1, Integer: true})
			row.Terms = append(row.Terms, mip.Term{Col: j, Coef: 1})
			level.Terms = append(level.Terms, mip.Term{Col: j, Coef: float64(i*(k+1) - 2)})
		}
		want += float64(min(i-2, 3*i-2))
		m.AddRow(row)
	}
	m.AddLevel(level)
	y, bound := solver.Ascend(m)
	if bound != want || len(y) != 5 {
		t.Errorf("bound %g with %v, want %g", bound, y, want)
	}
}

// TestAscendIsABound: on random models, with all senses, free columns and infinite sides, never above the relaxation; a
// second look at the multipliers gives the bound that was said.
func TestAscendIsABound(t *testing.T) {
	finite, gained := 0, 0
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		m := anyModel(r)
		relaxed, status := relaxation(m)
		y, bound := solver.Ascend(m)
		if math.IsNaN(bound) || status == solver.Optimal && bound > relaxed+1e-6 {
			t.Fatalf("seed %d: bound %g, relaxation %g, %v", seed, bound, relaxed, y)
		}
		if !math.IsInf(bound, 0) {
			finite++
			if trivial := m.TrivialBound(&m.Levels[0]); bound > trivial+1e-9 {
				gained++
			} else if bound < trivial-1e-9 {
				t.Fatalf("seed %d: bound %g below that of the columns, %g", seed, bound, trivial)
			}
		}
	}
	if finite < 200 || gained < 100 {
		t.Errorf("%d bounds are finite, %d gain on the columns' own", finite, gained)
	}
}

func anyModel(r *rand.Rand) *mip.Model {
	m := &mip.Model{}
	open := r.IntN(3) == 0
	for j := range 2 + r.IntN(5) {
		c := mip.Column{Name: fmt.Sprint("x", j), Lower: float64(-r.IntN(3)), Upper: float64(r.IntN(4))}
		if open && r.IntN(3) == 0 {
			c.Lower = -mip.Inf
		}
		if open && r.IntN(3) == 0 {
			c.Upper = mip.Inf
		}
		m.AddColumn(c)
	}
	terms := func() []mip.Term {
		var out []mip.Term
		for j := range m.Columns {
			if c := r.IntN(9) - 4; c != 0 {
				out = append(out, mip.Term{Col: mip.Col(j), Coef: float64(c)})
			}
		}
		return out
	}
	for range 1 + r.IntN(4) {
		row := mip.Constraint{Lower: -mip.Inf, Upper: mip.Inf, Terms: terms()}
		if side := float64(r.IntN(9) - 4); r.IntN(2) == 0 {
			row.Lower = side
		} else {
			row.Upper = side
		}
		if r.IntN(4) == 0 {
			row.Lower = math.Min(row.Upper, 2)
		}
		m.AddRow(row)
	}
	m.AddLevel(mip.Level{Scale: 1, Constant: float64(r.IntN(5)), Terms: terms()})
	return m
}

func relaxation(m *mip.Model) (float64, solver.Status) {
	lower, upper := make([]float64, len(m.Columns)), make([]float64, len(m.Columns))
	for j, c := range m.Columns {
		lower[j], upper[j] = c.Lower, c.Upper
	}
	got := native.Native{}.Relax(m).Solve(context.Background(), lower, upper, solver.Params{})
	return got.Objective, got.Status
}
