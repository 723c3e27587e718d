//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/solvertest"
	"cadre/solver/worker"
)

// TestMain lets tests and their workers use the library that `make highs` fetched.
func TestMain(m *testing.M) {
	if os.Getenv(variable) == "" {
		if path, err := inside(filepath.Join("..", "..", folder)); err == nil {
			_ = os.Setenv(variable, path)
		}
	}
	worker.Intercept(map[string]worker.Engine{Name: Engine})
	os.Exit(m.Run())
}

// needLibrary skips where HiGHS is not installed: it is optional.
func needLibrary(t *testing.T) {
	t.Helper()
	if path, err := find(); err != nil {
		t.Skipf("HiGHS is optional and not installed (make highs): %v", err)
	} else if a := (Solver{}).Available(); !a.Available {
		t.Fatalf("HiGHS at %s does not work: %s", path, a.Reason)
	}
}

func TestConformance(t *testing.T) {
	needLibrary(t)
	solvertest.Run(t, Solver{})
}

func TestMultipliers(t *testing.T) {
	needLibrary(t)
	solvertest.CheckMultipliers(t, Solver{})
}

// TestMemory gives HiGHS less than the process holds already: the answer names what ran out.
func TestMemory(t *testing.T) {
	needLibrary(t)
	m := &mip.Model{Columns: []mip.Column{{Name: "x", Upper: 1, Integer: true}}}
	r, err := Solver{Memory: 1 << 20}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Status != solver.NoSolution || r.Limit != solver.LimitMemory {
		t.Errorf("got %+v, %v", r, err)
	}
}

// knapsack has a start and an optimum that differ: weights 3, 4, 5 and values 4, 5, 7 in 7.
func knapsack() *mip.Model {
	m := &mip.Model{Levels: []mip.Level{{Name: "loss", Scale: 1, Constant: 100}}}
	weights, values := []float64{3, 4, 5}, []float64{4, 5, 7}
	var terms []mip.Term
	for j, w := range weights {
		col := m.AddColumn(mip.Column{Upper: 1, Integer: true})
		terms = append(terms, mip.Term{Col: col, Coef: w})
		m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: col, Coef: -values[j]})
	}
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 7, Terms: terms})
	return m
}

// TestGapCountsConstant asks for 5 % of an objective that is mostly its constant: the start of 93 lies within it of
// 91, and HiGHS must not search on for 5 % of the rest.
func TestGapCountsConstant(t *testing.T) {
	needLibrary(t)
	r, err := Solver{}.Solve(t.Context(), knapsack(), solver.Params{Gap: 0.05, Start: []float64{0, 0, 1}})
	if err != nil || r.Status != solver.Optimal || r.Objective > 93 || r.Bound > 91 || r.Bound < 88 {
		t.Errorf("got %+v, %v", r, err)
	}
	r, err = Solver{}.Solve(t.Context(), knapsack(), solver.Params{})
	if err != nil || r.Status != solver.Optimal || r.Limit != solver.LimitNone || r.Objective != 91 || r.Bound != 91 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestRepair has a switch that stands at 1e-7, which lets a flow of 1 through: with the switch rounded to 0, the flow
// must go, and HiGHS's value of -1 is a bound but no solution.
func TestRepair(t *testing.T) {
	needLibrary(t)
	m := &mip.Model{
		Columns: []mip.Column{{Name: "flow", Upper: 1}, {Name: "switch", Upper: 1, Integer: true}},
		Rows:    []mip.Constraint{{Name: "through", Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: -1e7}}}},
		Levels:  []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: -1}, {Col: 1, Coef: 10}}}},
	}
	lib, err := open()
	if err != nil {
		t.Fatal(err)
	}
	s := &search{job: worker.Job{Model: m}, lib: lib}
	x := []float64{1, 1e-7}
	if s.round(x); m.Violation(x, mip.FeasTol) == "" {
		t.Fatal("the rounded point needs no repair")
	}
	if s.repair(x); x[0] != 0 || x[1] != 0 {
		t.Errorf("repaired to %v, want 0, 0", x)
	}
	r, err := Solver{}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Objective != 0 || r.Bound > 0 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// split shares numbers evenly between two sides, five times at once, and counts what is left over (Cornuéjols and
// Dawande 1998): a first solution is easy, the best one is out of reach.
func split() *mip.Model {
	const rows, columns, worst = 5, 40, 4000
	m := &mip.Model{Levels: []mip.Level{{Name: "left over", Scale: 1}}}
	for range columns {
		m.AddColumn(mip.Column{Upper: 1, Integer: true})
	}
	for i := range rows {
		var terms []mip.Term
		total := 0
		for j := range columns {
			w := (j*j*(31+i) + j*(i*i+7) + 13*i) % 100
			total += w
			terms = append(terms, mip.Term{Col: mip.Col(j), Coef: float64(w)})
		}
		for _, sign := range []float64{1, -1} {
			slack := m.AddColumn(mip.Column{Upper: worst, Integer: true})
			terms = append(terms, mip.Term{Col: slack, Coef: sign})
			m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: slack, Coef: 1})
		}
		m.AddRow(mip.Constraint{Lower: float64(total / 2), Upper: float64(total / 2), Terms: terms})
	}
	return m
}

// TestStream cancels as soon as there is news of a solution: the answer is that solution or a better one.
func TestStream(t *testing.T) {
	needLibrary(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	first := math.NaN()
	r, err := Solver{}.Solve(ctx, split(), solver.Params{Progress: func(p solver.Progress) {
		if math.IsNaN(first) && !math.IsNaN(p.Incumbent) {
			first = p.Incumbent
			cancel()
		}
	}})
	if err != nil || r.Status != solver.Feasible || r.Limit != solver.LimitInterrupted || !(r.Objective <= first) || r.Bound < 0 || r.Deterministic {
		t.Errorf("first news of %v; got %+v, %v", first, r, err)
	}
}

// TestTooLarge has a coefficient beyond what HiGHS takes: an error in its name.
func TestTooLarge(t *testing.T) {
	needLibrary(t)
	m := knapsack()
	m.Rows[0].Terms[0].Coef = 1e16
	if r, err := (Solver{}).Solve(t.Context(), m, solver.Params{}); err == nil || !strings.Contains(err.Error(), "highs: HiGHS refuses the model") {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestFalseInfeasible has a switch of a million, which presolve of HiGHS 1.15 takes for shut: the model has a solution, and the
// answer is that one or an admission.
func TestFalseInfeasible(t *testing.T) {
	needLibrary(t)
	opens := func(flow, by mip.Col) mip.Constraint {
		return mip.Constraint{Lower: -mip.Inf, Terms: []mip.Term{{Col: flow, Coef: 1}, {Col: by, Coef: -1e6}}}
	}
	m := &mip.Model{
		Columns: []mip.Column{{Upper: mip.Inf}, {Upper: 1, Integer: true}, {Upper: 4}, {Upper: 1, Integer: true}},
		Rows: []mip.Constraint{opens(0, 1), opens(2, 3),
			{Lower: -mip.Inf, Upper: 2, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 2, Coef: 775962}}},
			{Lower: 20, Upper: 20, Terms: []mip.Term{{Col: 0, Coef: 7623}, {Col: 2, Coef: 5}}}},
		Levels: []mip.Level{{Name: "cost", Scale: 1, Constant: -2, Terms: []mip.Term{{Col: 0, Coef: 9.4}, {Col: 1, Coef: 7}, {Col: 2, Coef: 5}, {Col: 3, Coef: 9801}}}},
	}
	r, err := Solver{}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Values == nil || math.Abs(r.Objective-5.0247) > 1e-4 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestGivesUp: HiGHS 1.15 ends with an error of its own method on this model, whose row lets a term of a million be off by 3.6 in a billion, and solves it
// without presolve.
func TestGivesUp(t *testing.T) {
	needLibrary(t)
	m := &mip.Model{
		Columns: []mip.Column{{Upper: 1, Integer: true}, {Upper: 44}, {Upper: 1e6}, {Upper: 3.625}, {Lower: 0.6, Upper: 1000000.6}, {Upper: 1, Integer: true}},
		Rows: []mip.Constraint{
			{Lower: -827910.628, Upper: -827907.028, Terms: []mip.Term{{Col: 1, Coef: -0.043}, {Col: 2, Coef: -905755}, {Col: 3, Coef: -0.057}, {Col: 4, Coef: 984353}}},
			{Lower: 1834947.7062, Upper: mip.Inf, Terms: []mip.Term{{Col: 3, Coef: 674923}, {Col: 4, Coef: 3}}}},
		Levels: []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 8.5}, {Col: 1, Coef: 8.4}, {Col: 2, Coef: 4.3}, {Col: 3, Coef: 1.1}, {Col: 4, Coef: -9.5}, {Col: 5, Coef: -4.9}}}},
	}
	r, err := Solver{}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Values == nil || math.Abs(r.Objective+4441446.9) > 300 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestFalseUnbounded: costs of 1e15 make HiGHS say that a sum of nothing negative falls for ever.
func TestFalseUnbounded(t *testing.T) {
	needLibrary(t)
	m := &mip.Model{
		Columns: []mip.Column{{Upper: mip.Inf}, {Upper: mip.Inf}},
		Rows: []mip.Constraint{{Lower: 3e12, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 1e12}, {Col: 1, Coef: 1}}},
			{Lower: -mip.Inf, Upper: 1e13, Terms: []mip.Term{{Col: 0, Coef: 1e-9}, {Col: 1, Coef: 1}}}},
		Levels: []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1e15}, {Col: 1, Coef: 1}}}},
	}
	r, err := Solver{}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Status == solver.Unbounded || r.Status == solver.Optimal && r.Objective > 3.1e12 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestInterruptedMultipliers: a run that is stopped hands over the multipliers of its root all the same, without which the
// certificate would prove nothing.
func TestInterruptedMultipliers(t *testing.T) {
	needLibrary(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	m := split()
	r, err := Solver{}.Solve(ctx, m, solver.Params{})
	if err != nil || r.Limit != solver.LimitInterrupted || len(r.Multipliers) != len(m.Rows) {
		t.Errorf("got %+v, %v", r, err)
	}
}
