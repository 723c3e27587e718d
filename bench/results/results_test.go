package results

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadre/bench/race"
)

func ptr(v float64) *float64 { return &v }

// folder holds two logs, one of them cut, a scaling, a machine and notes.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	run := func(solver, model string, answer float64) *race.Run {
		return &race.Run{Model: model, Solver: solver, Status: "optimal", Objective: ptr(10), Bound: ptr(10), Checked: true, Answer: answer, Limit: 60, Threads: 1, Seed: 1}
	}
	for _, r := range []*race.Run{run("native", "n1", 2), run("scip", "n1", 1), {Model: "n1", Solver: "cp-sat", Status: race.Missing, Fault: "not installed"}} {
		if err := race.Append(filepath.Join(dir, "races.jsonl"), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := race.Append(filepath.Join(dir, "literature.jsonl"), run("native", "gap1-0", 3)); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"machine.json": `{"date": "2026-01-01 00:00", "cpu": "some", "cores": 2}`,
		"known.csv":    "path,agents,jobs,best_bound_min,best_value_min\ncattrysse1994/gap1-0,5,15,10,10\n",
		"micro.txt":    "BenchmarkEncode 1 2 ns/op\n", "notes.md": "Weak where it is weak.\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestAgain: second runs are held against the first of the same solver, model and terms, and against no other.
func TestAgain(t *testing.T) {
	run := func(solver string, value, answer, limit float64) race.Run {
		return race.Run{Model: "n1", Solver: solver, Version: "7", Objective: ptr(value), Bound: ptr(10), Answer: answer, Limit: limit, Seconds: 4, CPU: 3, Load: 2}
	}
	s := &Section{Machine: &race.Machine{}, Logs: []Log{{Part: Part{File: "races.jsonl"}, Runs: []race.Run{run("native", 20, 2, 60), run("scip", 20, 2, 30)}},
		{Part: Part{File: againFile}, Runs: []race.Run{run("native", 21, 3, 60), run("scip", 20, 2, 60)}}}}
	var b strings.Builder
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| native | 1 | 5.000 % | 0.000 % | 1.50 | 1.50 | 1.50 |", "| solvers | native 7, scip 7 |", "median 2.0; of a core a run of more than 2 s got 75 %"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "| scip | 1 | 0.000 %") {
		t.Error("runs of other terms are held against each other")
	}
}

// TestClosest: where nobody has a gap, nobody was ahead.
func TestClosest(t *testing.T) {
	all := []race.Run{{Model: "a", Solver: "p", Integral: ptr(1)}, {Model: "a", Solver: "q", Integral: ptr(1)}, {Model: "b", Solver: "p", Integral: ptr(1)}, {Model: "b", Solver: "q", Integral: ptr(0.5)}}
	if got := race.Closest(all); len(got) != 2 || got[0] != "" || got[1] != "q" {
		t.Error(got)
	}
}

func TestSection(t *testing.T) {
	dir := folder(t)
	s, err := Read(dir, "Release 1", filepath.Join(dir, "notes.md"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"## Release 1", "Weak where", "first to the gap asked: scip 1; smallest mean gap over the limit: nobody 1.", "make bench-races", "| n1 | cp-sat | missing |",
		"Against the best known values", "| gap1-0 | native | optimal | 60 s | 10 | 10 |", "BenchmarkEncode"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if _, err := Read(t.TempDir(), "x", ""); err == nil {
		t.Error("an empty folder is taken")
	}
}

// TestPlace: a section is replaced by its title, a new one goes above, and the rest of the file stays.
func TestPlace(t *testing.T) {
	dir := folder(t)
	s, err := Read(dir, "Release 1", "")
	if err != nil {
		t.Fatal(err)
	}
	once, err := s.Place("# Results\n\nhead\n\n## Old, by hand\n\ntext\n")
	if err != nil {
		t.Fatal(err)
	}
	twice, err := s.Place(once)
	if err != nil || twice != once {
		t.Errorf("placed twice it differs: %v", err)
	}
	next := *s
	next.Title = "Release 2"
	both, err := next.Place(once)
	if err != nil {
		t.Fatal(err)
	}
	order := []string{"# Results", "head", "## Release 2", "## Release 1", "## Old, by hand", "text"}
	at := -1
	for _, word := range order {
		i := strings.Index(both, word)
		if i <= at {
			t.Fatalf("%q is not where it belongs in\n%s", word, both)
		}
		at = i
	}
}
