package native

import (
	"context"
	"math/rand/v2"
	"testing"

	"cadre/solver"
)

// TestJump: on random assignments with side rows the local search finds a point wherever there is one, and mending it makes
// nothing worse and leaves it feasible.
func TestJump(t *testing.T) {
	feasible, better, optimal := 0, 0, 0
	for seed := range uint64(60) {
		m := randomAssignment(rand.New(rand.NewPCG(seed, 31)))
		opt, _ := New().Solve(context.Background(), m, solver.Params{}) // itself checked against enumeration
		want := opt.Objective
		s := newSearch(newProblem(m), options{seed: 1}, newMeter(context.Background(), solver.Params{}))
		found := s.jump(make([]float64, s.p.n))
		if opt.Status == solver.Infeasible {
			if found {
				t.Fatalf("seed %d: a point where there is none", seed)
			}
			continue
		}
		if !found {
			t.Fatalf("seed %d: no point, though one has %g", seed, want)
		}
		feasible++
		first := s.value
		s.mend(mendPasses)
		if s.value > first || !s.p.feasible(s.best) || s.p.objective(s.best) != s.value || s.value < want {
			t.Fatalf("seed %d: %g became %g, the optimum is %g", seed, first, s.value, want)
		}
		if s.value < first {
			better++
		}
		if s.value == want {
			optimal++
		}
	}
	t.Logf("%d feasible, %d became better, %d optimal", feasible, better, optimal)
	if better < feasible/4 || optimal < feasible*3/4 {
		t.Errorf("of %d points %d became better, %d are optimal", feasible, better, optimal)
	}
}
