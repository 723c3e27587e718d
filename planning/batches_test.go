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

// TestByBatch: the start keeps every row, uses several batches where they pay, and is kept or bettered by the solve that begins there.
func TestByBatch(t *testing.T) {
	enc := fiveYears(t)
	options := planning.Options{Backend: native.New(), Params: solver.Params{Seed: 1, Gap: 0.05}}
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
	best, err := lexico.Solve(t.Context(), enc.Model, native.New(), solver.Params{Seed: 1, Gap: 0.05, Start: x})
	if err != nil || lexico.Better(enc.Model, x, best.Values) {
		t.Errorf("begun there: %v, start %v, %v", levels(enc.Model, best.Values), levels(enc.Model, x), err)
	}
	if x, _ := planning.ByBatch(t.Context(), enc, options, enc.Model.Choices+1); x != nil {
		t.Error("a small model needs no start")
	}
}
