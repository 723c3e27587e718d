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

func TestMultipliers(t *testing.T) {
	solvertest.CheckMultipliers(t, Solver{})
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

// TestRepair has a switch that GLPK leaves at 1e-7, which lets a flow of 1 through: with the switch rounded to 0, the
// flow must go, and GLPK's value of -1 is a bound but no solution.
func TestRepair(t *testing.T) {
	m := &mip.Model{
		Columns: []mip.Column{{Name: "flow", Upper: 1}, {Name: "switch", Upper: 1, Integer: true}},
		Rows:    []mip.Constraint{{Name: "through", Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: -1e7}}}},
		Levels:  []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: -1}, {Col: 1, Coef: 10}}}},
	}
	r, err := Solver{}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Status != solver.Feasible || r.Objective != 0 || r.Bound > -0.5 || m.Violation(r.Values, mip.FeasTol) != "" {
		t.Errorf("got %+v, %v", r, err)
	}
}
