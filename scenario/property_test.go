package scenario_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cadre/generate"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/scenario"
	"cadre/solver"
	"cadre/solver/native"
	"cadre/workbook"
)

// village is the smallest county that is generated: some hundred people, solved to the end in a fraction of a second.
func village(t *testing.T) *scenario.World {
	t.Helper()
	o := generate.DefaultOptions()
	o.Size = generate.LeastCounty
	dir := t.TempDir()
	if _, err := generate.Write(dir, generate.KindCounty, o); err != nil {
		t.Fatal(err)
	}
	source, err := workbook.Open(filepath.Join(dir, "csv"))
	if err != nil {
		t.Fatal(err)
	}
	book, err := policy.OpenBook(filepath.Join(dir, "policy.yaml"), policy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &scenario.World{Source: source, Book: book}
}

// sweep makes the runs of a file and returns them with what they are kept in.
func sweep(t *testing.T, w *scenario.World, yaml string) (*scenario.Sweep, []*scenario.Run) {
	t.Helper()
	f, ps := scenario.Decode("s.yaml", []byte(yaml))
	if f == nil {
		t.Fatal(ps.List)
	}
	cases, ps := f.Cases(100)
	if ps.HasErrors() {
		t.Fatal(ps.List)
	}
	s := &scenario.Sweep{Cases: cases, World: func(*scenario.Case) (*scenario.World, error) { return w, nil },
		Options: func(*scenario.Case) (planning.Options, error) {
			return planning.Options{Backend: native.New(), Params: solver.Params{Seed: 1}}, nil
		},
		Store: &scenario.Store{Dir: filepath.Join(t.TempDir(), "runs"), Write: func(dir string, o *planning.Outcome) error {
			return writePlan(filepath.Join(dir, "plan.json"), o.Plan)
		}}, Workers: 2}
	if err := s.Store.Open(); err != nil {
		t.Fatal(err)
	}
	runs, problems, err := s.Prepare()
	if err != nil || runs == nil {
		t.Fatal(problems, err)
	}
	if err := s.Run(context.Background(), runs); err != nil {
		t.Fatal(err)
	}
	return s, runs
}

// levelsOf are the goals of a run's plan in order, in units of 1/Scale.
func levelsOf(t *testing.T, s *scenario.Sweep, r *scenario.Run) []int64 {
	t.Helper()
	plan, err := s.Store.Plan(r.Key)
	if err != nil {
		t.Fatalf("%s: %v", r.Name, err)
	}
	var out []int64
	for _, l := range plan.Levels {
		out = append(out, int64(l.Value*float64(l.Scale)+0.5))
	}
	return out
}

// Whatever relaxes the base gives no worse goals, in their order; whatever tightens it no better ones. All is solved to the end.
func TestRelaxingNeverWorsens(t *testing.T) {
	w := village(t)
	s, runs := sweep(t, w, `
version: 1
scenarios:
  - {name: relaxed share, clauses: [{id: R12, parameters: {share: 10%}}]}
  - {name: relaxed chain, clauses: [{id: R45, parameters: {max_chain: 9}}]}
  - {name: relaxed teams, clauses: [{id: R10, off: yes}]}
  - {name: relaxed term, clauses: [{id: R07, parameters: {years: 2}}]}
  - {name: relaxed flats, flats: [{place: L02, more: 9}, {place: L03, more: 9}]}
  - {name: tightened chain, clauses: [{id: R45, parameters: {max_chain: 1}}]}
  - {name: tightened moves, clauses: [{id: R45, parameters: {max_moves: 3}}]}
  - {name: tightened term, clauses: [{id: R07, parameters: {years: 5}}]}
  - {name: tightened share, clauses: [{id: R12, parameters: {share: 60%}}]}
`)
	base := levelsOf(t, s, runs[0])
	changed := 0
	for _, r := range runs[1:] {
		if r.Digest == nil {
			if !strings.HasPrefix(r.Name, "tightened") {
				t.Errorf("%s: no plan, though the base has one", r.Name)
			}
			continue
		}
		switch got := slices.Compare(levelsOf(t, s, r), base); {
		case strings.HasPrefix(r.Name, "relaxed") && got > 0, strings.HasPrefix(r.Name, "tightened") && got < 0:
			t.Errorf("%s: goals %v, the base has %v", r.Name, levelsOf(t, s, r), base)
		case got != 0:
			changed++
		}
	}
	if changed < 2 {
		t.Error("hardly any scenario makes a difference: the test could not fail")
	}
}

// Fixing people where the best plan puts them leaves the others where a best plan puts them: the goals get no worse, and everybody
// who is fixed is there.
func TestPinningTheOptimumKeepsIt(t *testing.T) {
	w := village(t)
	s, runs := sweep(t, w, "version: 1\n")
	plan, err := s.Store.Plan(runs[0].Key)
	if err != nil {
		t.Fatal(err)
	}
	base, err := w.Base()
	if err != nil {
		t.Fatal(err)
	}
	yaml, want := "version: 1\nscenarios:\n  - name: pinned\n    pin:\n", map[string]string{}
	for i, a := range plan.Assignments {
		c := base.Index.CadreAt(a.Cadre)
		if i%3 == 0 || a.To == "" || base.Index.Cadres[c].Arrival() || base.Index.Cadres[c].Disposition != posting.Normal {
			continue
		}
		want[a.Cadre] = a.To
		if a.Move == posting.MoveStay {
			yaml += fmt.Sprintf("      - %s\n", a.Cadre)
		} else {
			yaml += fmt.Sprintf("      - {cadre: %s, post: %s}\n", a.Cadre, a.To)
		}
	}
	s, runs = sweep(t, w, yaml)
	if got := levelsOf(t, s, runs[1]); slices.Compare(got, levelsOf(t, s, runs[0])) > 0 {
		t.Errorf("goals %v with %d people fixed, %v without", got, len(want), levelsOf(t, s, runs[0]))
	}
	pinned, err := s.Store.Plan(runs[1].Key)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range pinned.Assignments {
		if to, fixed := want[a.Cadre]; fixed && a.To != to {
			t.Errorf("%s is fixed on %s and put on %s", a.Cadre, to, a.To)
		}
	}
}

// Every point of a frontier is a plan of its own that has exactly the goals stated; none dominates another; and no plan is better in
// one goal without being worse in another, as runs with one goal held a unit lower show.
func TestFrontierPoints(t *testing.T) {
	w := village(t)
	s, runs := sweep(t, w, "version: 1\n")
	f, ps := scenario.Decode("s.yaml", []byte("version: 1\nfrontiers: [{name: f, goals: [overdue_not_moved, moves]}]\n"))
	if f == nil {
		t.Fatal(ps.List)
	}
	front, problems, err := s.Frontier(context.Background(), &f.Frontiers[0], runs[0])
	if err != nil || front == nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	if len(front.Points) < 3 || !front.Complete {
		t.Fatalf("%d points (complete %t)", len(front.Points), front.Complete)
	}
	for i, p := range front.Points {
		for j, l := range front.Levels {
			if got := p.Run.Digest.Metrics["level."+l.Name]; got != float64(p.Values[j]) {
				t.Errorf("point %d: goal %s is %g in its plan, %d stated", i, l.Name, got, p.Values[j])
			}
		}
		if i > 0 && (p.Values[0] <= front.Points[i-1].Values[0] || p.Values[1] >= front.Points[i-1].Values[1]) {
			t.Errorf("points %v and %v: one dominates the other", front.Points[i-1].Values, p.Values)
		}
	}
	yaml := "version: 1\nscenarios:\n"
	for i, p := range front.Points {
		if p.Values[1] > 0 {
			yaml += fmt.Sprintf("  - {name: p%d, levels: [%s]}\n", i, capped(front, p.Values[0], p.Values[1]-1))
		}
	}
	s, runs = sweep(t, w, yaml)
	for _, r := range runs[1:] {
		if r.Digest != nil && levelsOf(t, s, r)[0] <= levelsOf(t, s, runs[0])[0] && kept(levelsOf(t, s, r), levelsOf(t, s, runs[0]), 3) {
			t.Errorf("%s: a plan is as good in one goal and better in the other: %v", r.Name, levelsOf(t, s, r))
		}
	}
}

// kept tells whether the first n goals are no worse than the base's.
func kept(got, base []int64, n int) bool { return slices.Compare(got[:n], base[:n]) <= 0 }

// capped lists all goals of the built-in book, the two of the frontier with what they may come to.
func capped(f *scenario.Front, first, second int64) string {
	var out []string
	for _, l := range policy.Builtin().Levels {
		switch l.Name {
		case f.Levels[0].Name:
			out = append(out, fmt.Sprintf("{name: %s, most: %d}", l.Name, first))
		case f.Levels[1].Name:
			out = append(out, fmt.Sprintf("{name: %s, most: %d}", l.Name, second))
		default:
			out = append(out, l.Name)
		}
	}
	return strings.Join(out, ", ")
}
