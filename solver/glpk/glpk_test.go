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
	if err != nil || r.Status != solver.Feasible || r.Limit != solver.LimitNumerics || r.Objective != 0 || r.Bound > -0.5 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestSmallFlow has a flow of 5e-4 at least, for which GLPK opens its switch by 5e-10. With the switch rounded to 0 no flow is
// left to repair: the switch must be opened.
func TestSmallFlow(t *testing.T) {
	m := &mip.Model{
		Columns: []mip.Column{{Name: "flow", Lower: 5e-4, Upper: 9e-4}, {Name: "switch", Upper: 1, Integer: true}},
		Rows:    []mip.Constraint{{Name: "through", Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: -1e6}}}},
		Levels:  []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 1, Coef: 5000}}}},
	}
	r, err := Solver{}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Status != solver.Feasible || r.Limit != solver.LimitNumerics || r.Objective != 5000 || r.Bound > 1 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestCheapFall has a free column that may fall for ever, at a cost of 6 among costs of 600,000 and in rows of 855,159: GLPK takes
// its reduced cost for none, and the fall for an optimum.
func TestCheapFall(t *testing.T) {
	below := func(side float64, terms ...mip.Term) mip.Constraint {
		return mip.Constraint{Lower: -mip.Inf, Upper: side, Terms: terms}
	}
	m := &mip.Model{
		Columns: []mip.Column{
			{Lower: -mip.Inf, Upper: mip.Inf}, {}, {Lower: -5, Upper: mip.Inf}, {Upper: 5, Integer: true}, {Upper: 1},
			{Lower: 10.5, Upper: 13.75}, {Lower: -14, Upper: 6, Integer: true},
		},
		Rows: []mip.Constraint{
			below(719268, mip.Term{Col: 0, Coef: 71070}, mip.Term{Col: 1, Coef: -2257}, mip.Term{Col: 4, Coef: 8450}, mip.Term{Col: 5, Coef: 9}),
			below(3598266, mip.Term{Col: 1, Coef: -3004}, mip.Term{Col: 2, Coef: 536}, mip.Term{Col: 4, Coef: 2}, mip.Term{Col: 5, Coef: 276787}, mip.Term{Col: 6, Coef: -3}),
			below(7597646, mip.Term{Col: 0, Coef: 855159}, mip.Term{Col: 1, Coef: 537574}, mip.Term{Col: 3, Coef: -6488}, mip.Term{Col: 4, Coef: -932703}, mip.Term{Col: 6, Coef: 919}),
			{Lower: 846951, Upper: mip.Inf, Terms: []mip.Term{{Col: 1, Coef: 784917}, {Col: 2, Coef: 1505}, {Col: 4, Coef: 763948}, {Col: 5, Coef: 6833}, {Col: 6, Coef: 647}}},
		},
		Levels: []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{
			{Col: 0, Coef: 6}, {Col: 1, Coef: -7}, {Col: 2, Coef: 608250}, {Col: 3, Coef: 528421}, {Col: 4, Coef: 2797}, {Col: 5, Coef: -5}, {Col: 6, Coef: 271508},
		}}},
	}
	r, err := Solver{}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Status != solver.Unbounded {
		t.Errorf("got %+v, %v", r, err)
	}
}
