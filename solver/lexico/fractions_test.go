package lexico_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
	"cadre/solver/native"
	"cadre/solver/solvertest"
)

// TestDecimalLevels: a level whose optimum has no float, kept by a row for the next ones, has a solution all the same; and what moves columns one by one
// does not leave a point that keeps rows on paper for one that keeps them by a tolerance.
func TestDecimalLevels(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 44))
		m := solvertest.Uneven(r)
		_, optimum := solvertest.Best(m)
		next := mip.Level{Name: "next", Scale: 1}
		for j := range m.Columns {
			next.Terms = append(next.Terms, mip.Term{Col: mip.Col(j), Coef: float64(r.IntN(199)-99) / 10})
		}
		if r.IntN(2) == 0 {
			m.AddLevel(next)
		}
		got, err := lexico.Solve(t.Context(), m, native.New(), solver.Params{Gap: 1e-6})
		switch {
		case err != nil:
			t.Errorf("seed %d: %v", seed, err)
		case optimum == nil:
			if got.Status != solver.Infeasible {
				t.Errorf("seed %d: %s, and there is no solution", seed, got.Status)
			}
		default:
			value, _ := optimum.Float64()
			if got.Status != solver.Optimal || math.Abs(got.Levels[0].Value-value) > 2e-6*math.Max(1, math.Abs(value)) {
				t.Errorf("seed %d: %s, %+v, optimum %.12g", seed, got.Status, got.Levels, value)
			}
		}
	}
}
