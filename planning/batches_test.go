package planning_test

import (
	"context"
	"math"
	"path/filepath"
	"testing"
	"time"

	"cadre/constraints"
	"cadre/mip"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/lexico"
	"cadre/solver/native"
	"cadre/workbook"
)

// fiveYears is the example of several years.
func fiveYears(t *testing.T) *constraints.Encoding {
	t.Helper()
	dir := filepath.Join("..", "examples", "five-years")
	pol, faults, err := policy.Read(filepath.Join(dir, "policy.yaml"), policy.Options{})
	if err != nil || pol == nil {
		t.Fatal(err, faults)
	}
	pol.Calendar.Periods = 3 // all five take a minute
	in, problems, err := workbook.Read(dir, workbook.Options{Date: pol.Calendar.Date})
	if err != nil || in == nil {
		t.Fatal(err, problems)
	}
	return constraints.Encode(posting.NewIndex(in, pol.Calendar), pol)
}

// TestByBatch: the start keeps every row, uses several batches, and the finish makes it no worse.
func TestByBatch(t *testing.T) {
	enc := fiveYears(t)
	options := planning.Options{Backend: native.New(), Params: solver.Params{Seed: 1, Gap: 0.2}}
	x, clocked := planning.ByBatch(t.Context(), enc, options, 0)
	if x == nil || clocked {
		t.Fatalf("start %v, clocked %t", x, clocked)
	}
	if bad := enc.Model.Violation(x, mip.FeasTol); bad != "" {
		t.Fatal(bad)
	}
	used := map[int]bool{}
	for j := range enc.Model.Choices {
		if x[j] > 0.5 && enc.Begins(j) > 0 {
			used[enc.Begins(j)] = true
		}
	}
	if len(used) < 2 {
		t.Errorf("spells begin in %v only", used)
	}
	ended := lexico.Result{Values: x, Levels: make([]lexico.Level, len(enc.Model.Levels)), Limit: solver.LimitTime}
	planning.Finish(t.Context(), enc, options, &ended)
	if enc.Model.Violation(ended.Values, mip.FeasTol) != "" || lexico.Better(enc.Model, x, ended.Values) {
		t.Errorf("finished: %v, start %v", levels(enc.Model, ended.Values), levels(enc.Model, x))
	}
	if x, _ := planning.ByBatch(t.Context(), enc, options, enc.Model.Choices+1); x != nil {
		t.Error("a small model needs no start")
	}
}

// asked is a backend that finds nothing, and counts how often it is asked.
type asked struct {
	solver.Solver
	times int
}

func (a *asked) Solve(context.Context, *mip.Model, solver.Params) (solver.Result, error) {
	a.times++
	return solver.Result{Status: solver.Feasible, Limit: solver.LimitTime, Bound: math.Inf(-1)}, nil
}

// TestAhead: with two threads and a clock, levels are proven while the start goes on, so that fewer need a solve; else nothing is.
func TestAhead(t *testing.T) {
	enc := fiveYears(t)
	options := planning.Options{Backend: native.New(), Params: solver.Params{Seed: 1, Gap: 0.2, Threads: 2, Time: 12 * time.Second}}
	told := map[string]int{} // not guarded: news come one at a time
	options.Params.Progress = func(p solver.Progress) { told[p.Phase]++ }
	x, warm := planning.Ahead(t.Context(), enc, options)
	if told["batches"] == 0 || len(told) < 2 {
		t.Errorf("told of %v: of the start and of what goes on beside it something is due", told)
	}
	if x == nil || warm == nil {
		t.Fatalf("start %v, proven ahead %v", x != nil, warm)
	}
	times := map[bool]int{}
	for _, known := range []bool{true, false} {
		w, backend := warm, &asked{Solver: native.New()}
		if !known {
			w = nil
		}
		res, err := lexico.Bound(t.Context(), enc.Model, backend, solver.Params{Gap: 0.2, Start: x}, w, nil)
		if err != nil {
			t.Fatal(err)
		}
		for k, l := range res.Levels {
			if l.Bound > enc.Model.Levels[k].Value(x) {
				t.Errorf("level %s: bound %g of %g", l.Name, l.Bound, l.Value)
			}
		}
		times[known] = backend.times
	}
	if times[true] >= times[false] {
		t.Errorf("%d solves with what was proven ahead, %d without", times[true], times[false])
	}
	options.Params.Threads = 1
	if _, warm := planning.Ahead(t.Context(), enc, options); warm != nil {
		t.Error("one thread does one thing")
	}
}

// TestByUnit: everybody stands in one of the lists of units, once, and whoever has no seat in the first.
func TestByUnit(t *testing.T) {
	enc := fiveYears(t)
	seen := map[int]bool{}
	for _, people := range enc.ByUnit() {
		for _, c := range people {
			if seen[c] {
				t.Errorf("cadre %d stands twice", c)
			}
			seen[c] = true
		}
	}
	for j := range enc.Model.Choices {
		if !seen[enc.Cadre(j)] {
			t.Errorf("the cadre of %s is in no unit", enc.Model.Columns[j].Name)
		}
	}
	if enc.Cadre(enc.Model.Choices) != posting.None {
		t.Error("a column that is no spell is about nobody")
	}
}
