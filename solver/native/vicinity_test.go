package native

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// TestAroundAgainstEnumeration: where a cluster holds every left and the core every column, searching around any point ends at the
// optimum.
func TestAroundAgainstEnumeration(t *testing.T) {
	tried, bettered := 0, 0
	for seed := range uint64(150) {
		m := randomAssignment(rand.New(rand.NewPCG(seed, 27)))
		s := structuredOf(m)
		if s == nil {
			continue
		}
		if s.early(); s.x == nil {
			continue
		}
		s.reduceCostsAtZero()
		tried++
		before := s.value
		s.around(math.Inf(1), 3)
		if s.value < before {
			bettered++
		}
		if want := enumerate(m); s.value != want || s.r.value != want {
			t.Errorf("seed %d: %g from %g, want %g", seed, s.value, before, want)
		}
	}
	if tried < 20 || bettered < 5 {
		t.Errorf("%d tried, %d bettered", tried, bettered)
	}
}

// reduceCostsAtZero prices all columns without multipliers.
func (s *structured) reduceCostsAtZero() {
	s.y = make([]float64, s.p.m)
	s.reduceCosts()
}

// structuredOf lays out the search of a model by way of its assignment, nil where it has none or presolve leaves nothing.
func structuredOf(m *mip.Model) *structured {
	r := &run{p: newProblem(m), mt: newMeter(context.Background(), solver.Params{}), leastPairs: 1, value: math.Inf(1)}
	pre, ok := presolve(r.p)
	if !ok || pre.n == 0 {
		return nil
	}
	return r.structure(pre)
}
