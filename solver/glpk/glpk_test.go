//go:build cgo

package glpk

import (
	"os"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/solvertest"
	"cadre/solver/worker"
)

func TestMain(m *testing.M) {
	worker.Intercept(map[string]worker.Engine{Name: Engine})
	os.Exit(m.Run())
}

func TestConformance(t *testing.T) {
	solvertest.Run(t, Solver{})
}

// TestMemory gives GLPK less than its first megabytes: the answer names what ran out.
func TestMemory(t *testing.T) {
	m := &mip.Model{}
	for i := range 200 {
		var terms []mip.Term
		for j := range 200 {
			if i == 0 {
				m.AddColumn(mip.Column{Upper: 1, Integer: true})
			}
			terms = append(terms, mip.Term{Col: mip.Col(j), Coef: float64(1 + (i*j)%7)})
		}
		m.AddRow(mip.Constraint{Lower: 3, Upper: mip.Inf, Terms: terms})
	}
	r, err := Solver{Memory: 1 << 20}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Status != solver.NoSolution || r.Limit != solver.LimitMemory {
		t.Errorf("got %+v, %v", r, err)
	}
}
