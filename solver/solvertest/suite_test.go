package solvertest

import (
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// TestExamples checks the known answers of integer models in small boxes against enumeration.
func TestExamples(t *testing.T) {
	seen := map[string]bool{}
	checked := 0
	for _, e := range examples {
		m, err := parse(e.text)
		if err != nil {
			t.Errorf("%s: %v", e.name, err)
			continue
		}
		if seen[e.name] {
			t.Errorf("two examples named %s", e.name)
		}
		seen[e.name] = true
		if !enumerable(m) {
			continue
		}
		checked++
		if status, objective := enumerate(m); status != e.status || status == solver.Optimal && objective != e.objective {
			t.Errorf("%s: got %s %v, want %s %v", e.name, status, objective, e.status, e.objective)
		}
	}
	if checked < len(examples)/3 {
		t.Errorf("only %d of %d examples can be enumerated", checked, len(examples))
	}
}

// enumerable says whether all columns are integer and the box has at most a million points.
func enumerable(m *mip.Model) bool {
	points := 1.0
	for _, c := range m.Columns {
		if !c.Integer {
			return false
		}
		points *= math.Max(0, c.Upper-c.Lower+1)
	}
	return points <= 1e6
}

// TestRandomModels shows that random models are neither all feasible nor all infeasible.
func TestRandomModels(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	statuses := map[solver.Status]int{}
	for range 200 {
		status, _ := enumerate(randomModel(rng))
		statuses[status]++
	}
	if statuses[solver.Infeasible] < 20 || statuses[solver.Optimal] < 60 {
		t.Errorf("random models are one-sided: %v", statuses)
	}
}

// TestEasy shows that the model of the behaviour tests has an answer.
func TestEasy(t *testing.T) {
	if status, _ := enumerateAssignment(easy()); status != solver.Optimal {
		t.Errorf("the easy model is %s", status)
	}
}

// TestExcluded shows that support takes examples out by what they need.
func TestExcluded(t *testing.T) {
	all := solver.Support{Integers: true, FreeCols: true, Ranges: true, Unbounded: true}
	if got := Excluded(all); len(got) != 0 {
		t.Errorf("excluded %v from a backend that can do everything", got)
	}
	for name, lacking := range map[string]solver.Support{
		"knapsack":                    {FreeCols: true, Ranges: true, Unbounded: true},
		"free column":                 {Integers: true, Ranges: true, Unbounded: true},
		"range row at its lower side": {Integers: true, FreeCols: true, Unbounded: true},
		"unbounded free column":       {Integers: true, FreeCols: true, Ranges: true},
	} {
		found := false
		for _, n := range Excluded(lacking) {
			found = found || n == name
		}
		if !found {
			t.Errorf("%s is asked of a backend with %+v", name, lacking)
		}
	}
}
