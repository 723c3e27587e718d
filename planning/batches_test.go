package planning_test

import (
	"path/filepath"
	"testing"

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
