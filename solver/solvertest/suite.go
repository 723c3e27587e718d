// Package solvertest is the conformance suite that every backend passes: [Run] solves about a hundred small models
// with known answers, compares random ones with enumeration, certifies what is handed over as proof, and checks limits,
// cancellation, warm starts, threads and determinism.
//
// It imports solver, solver/certify, solver/exact and mip only, so that a backend outside this module's tree can be tested with it.
package solvertest

import (
	"context"
	"math"
	"reflect"
	"testing"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// objTol is how far an objective or bound may lie from the known one, relative to max(1, |known|): backends solve in
// floating point with feasibility 1e-6 to 1e-9.
const objTol = 1e-6

// patience ends a backend that hangs: far above what any model here takes, so that it tells hanging from slow.
const patience = 2 * time.Minute

// Run tests s against the contract of solver.Solver. What s.Support leaves out is not asked.
func Run(t *testing.T, s solver.Solver) {
	if a := s.Available(); !a.Available {
		t.Fatalf("%s is not available: %s", s.Name(), a.Reason)
	}
	t.Run("examples", func(t *testing.T) { runExamples(t, s) })
	t.Run("random", func(t *testing.T) { runRandom(t, s) })
	t.Run("mixed", func(t *testing.T) { runMixed(t, s) })
	t.Run("assignments", func(t *testing.T) { runAssignments(t, s) })
	t.Run("gap", func(t *testing.T) { testGap(t, s) })
	t.Run("start", func(t *testing.T) { testStart(t, s) })
	t.Run("warm", func(t *testing.T) { testWarm(t, s) })
	t.Run("proofs", func(t *testing.T) { testProofs(t, s) })
	t.Run("limits", func(t *testing.T) { testLimits(t, s) })
	t.Run("cancellation", func(t *testing.T) { testCancellation(t, s) })
	t.Run("determinism", func(t *testing.T) { testDeterminism(t, s) })
	t.Run("progress", func(t *testing.T) { testProgress(t, s) })
	t.Run("concurrency", func(t *testing.T) { testConcurrency(t, s) })
}

// Excluded returns the names of the examples that a backend with this support is not asked.
func Excluded(support solver.Support) []string {
	var names []string
	for _, e := range examples {
		if m, err := parse(e.text); err == nil && !supported(m, e.status, support) {
			names = append(names, e.name)
		}
	}
	return names
}

// supported says whether a backend is to be asked about m.
func supported(m *mip.Model, status solver.Status, s solver.Support) bool {
	unlimited := false
	for _, c := range m.Columns {
		if c.Integer && !s.Integers {
			return false
		}
		unlimited = unlimited || math.IsInf(c.Lower, -1) || math.IsInf(c.Upper, 1)
	}
	for _, r := range m.Rows {
		if !s.Ranges && !math.IsInf(r.Lower, -1) && !math.IsInf(r.Upper, 1) && r.Lower != r.Upper {
			return false
		}
	}
	return (!unlimited || s.FreeCols) && (status != solver.Unbounded || s.Unbounded)
}

func runExamples(t *testing.T, s solver.Solver) {
	for _, e := range examples {
		m, err := parse(e.text)
		if err != nil {
			t.Fatalf("%s: %v", e.name, err)
		}
		if supported(m, e.status, s.Support()) {
			t.Run(e.name, func(t *testing.T) {
				checkAnswer(t, s, m, e.status, e.objective)
				checkWithin(t, s, m, e)
			})
		}
	}
}

// solve runs the backend under the suite's patience and checks what holds of every result.
func solve(t *testing.T, s solver.Solver, m *mip.Model, p solver.Params) solver.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r, err := s.Solve(ctx, m, p)
	if err != nil {
		t.Fatalf("%s failed: %v", s.Name(), err)
	}
	if ctx.Err() != nil {
		t.Fatalf("%s took more than %v", s.Name(), patience)
	}
	checkResult(t, m, p, r)
	return r
}

// checkAnswer solves m to the end and compares with the known answer.
func checkAnswer(t *testing.T, s solver.Solver, m *mip.Model, status solver.Status, objective float64) {
	t.Helper()
	before := clone(m)
	r := solve(t, s, m, solver.Params{Seed: 1})
	if !reflect.DeepEqual(before, m) {
		t.Error("the solver changed the model")
	}
	if r.Status != status || r.Limit != solver.LimitNone {
		t.Fatalf("got %s, limit %s, objective %g; want %s %g, limit none", r.Status, r.Limit, r.Objective, status, objective)
	}
	if !r.Deterministic && s.Support().Repeats {
		t.Error("a run without clock and signal is deterministic")
	}
	if status != solver.Optimal {
		return
	}
	if !near(r.Objective, objective) || !near(r.Bound, objective) {
		t.Errorf("got objective %v and bound %v, want %v for both", r.Objective, r.Bound, objective)
	}
}

// someGap is what `cadre solve` asks for where it is not told.
const someGap = 1e-4

// checkWithin solves m once more, to within a gap: what is infeasible or unbounded stays so, and no bound is above the optimum.
func checkWithin(t *testing.T, s solver.Solver, m *mip.Model, e example) {
	t.Helper()
	r := solve(t, s, m, solver.Params{Seed: 1, Gap: someGap})
	if r.Status != e.status || r.Limit != solver.LimitNone && r.Limit != solver.LimitGap {
		t.Errorf("with a gap: got %s, limit %s, want %s", r.Status, r.Limit, e.status)
	}
	if e.status == solver.Optimal && r.Bound > e.objective+objTol*math.Max(1, math.Abs(e.objective)) {
		t.Errorf("with a gap: bound %v is above the optimum %v", r.Bound, e.objective)
	}
}

func near(got, want float64) bool { return math.Abs(got-want) <= objTol*math.Max(1, math.Abs(want)) }

// checkResult checks what the contract says of every result: a feasible point with integers exact, an objective
// that is the point's, a bound below it, NaN and -Inf where there is none.
func checkResult(t *testing.T, m *mip.Model, p solver.Params, r solver.Result) {
	t.Helper()
	if r.Solver == "" {
		t.Error("the result names no solver")
	}
	if r.Status != solver.Optimal && r.Status != solver.Feasible {
		if r.Values != nil || !math.IsNaN(r.Objective) {
			t.Errorf("status %s with objective %v and %d values", r.Status, r.Objective, len(r.Values))
		}
		return
	}
	if len(r.Values) != len(m.Columns) {
		t.Fatalf("got %d values for %d columns", len(r.Values), len(m.Columns))
	}
	if v := m.Violation(r.Values, mip.FeasTol); v != "" {
		t.Errorf("infeasible point: %s", v)
	}
	for j, c := range m.Columns {
		if c.Integer && r.Values[j] != math.Round(r.Values[j]) {
			t.Errorf("integer column %s = %v is not rounded", c.Name, r.Values[j])
		}
	}
	if want := objective(m, r.Values); !near(r.Objective, want) {
		t.Errorf("objective %v, but the point has %v", r.Objective, want)
	}
	if math.IsNaN(r.Bound) || r.Bound > r.Objective+objTol*math.Max(1, math.Abs(r.Objective)) {
		t.Errorf("bound %v above objective %v", r.Bound, r.Objective)
	}
	if r.Status == solver.Optimal && r.Objective-r.Bound > p.AbsGap+objTol && solver.RelGap(r.Objective, r.Bound) > p.Gap+objTol {
		t.Errorf("optimal with objective %v and bound %v, asked gap %g", r.Objective, r.Bound, p.Gap)
	}
}

// objective is the value of the only level, 0 where there is none.
func objective(m *mip.Model, x []float64) float64 {
	if len(m.Levels) == 0 {
		return 0
	}
	return m.Levels[0].Value(x)
}

func clone(m *mip.Model) *mip.Model {
	c := *m
	c.Columns = append([]mip.Column(nil), m.Columns...)
	c.Rows = append([]mip.Constraint(nil), m.Rows...)
	for i := range c.Rows {
		c.Rows[i].Terms = append([]mip.Term(nil), m.Rows[i].Terms...)
	}
	c.Levels = append([]mip.Level(nil), m.Levels...)
	for k := range c.Levels {
		c.Levels[k].Terms = append([]mip.Term(nil), m.Levels[k].Terms...)
	}
	return &c
}
