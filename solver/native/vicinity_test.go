package native

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
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

// TestRounds: clusters that are searched side by side, and compete for the same budget, end at the same point for any number of
// threads, and it breaks no row.
func TestRounds(t *testing.T) {
	bettered := 0
	for seed := range uint64(8) {
		var ends [2][]float64
		for k, threads := range []int{1, 3} {
			s := structuredOf(wideModel(rand.New(rand.NewPCG(seed, 35)), 40, 44))
			s.r.par.Threads = threads
			s.early()
			s.reduceCostsAtZero()
			v := s.vicinity(s.x, math.Inf(1))
			before := v.e.value
			for range 20 {
				v.size = 3
				if lefts, _ := v.search(); lefts != 9 {
					t.Fatalf("%d lefts in a round of three clusters of three", lefts)
				}
			}
			if v.e.value < before {
				bettered++
			}
			if fresh := newExcerpter(s.p, v.e.x); fresh.breaks != 0 || math.Abs(fresh.value-v.e.value) > 1e-6 {
				t.Errorf("seed %d: %d rows broken, value %g, kept %g", seed, fresh.breaks, fresh.value, v.e.value)
			}
			ends[k] = v.e.x
		}
		if !slices.Equal(ends[0], ends[1]) {
			t.Errorf("seed %d: another point with three threads", seed)
		}
	}
	if bettered < 12 {
		t.Errorf("only %d of 16 bettered", bettered)
	}
}

// TestMendReturns: every round of mending begins at the rows that are broken, also when a sweep over all lefts has just begun.
func TestMendReturns(t *testing.T) {
	mended := 0
	for seed := range uint64(12) {
		s := structuredOf(wideModel(rand.New(rand.NewPCG(seed, 35)), 40, 44))
		s.early()
		s.reduceCostsAtZero()
		if s.x == nil {
			continue
		}
		v := s.vicinity(s.x, math.Inf(1))
		v.size = 3
		broken := -1
		for i := range v.e.act { // a row is made narrower than what stands in it
			if s.in.IsSide[i] && v.e.act[i] >= 2 && !math.IsInf(s.p.rowUp[i], 1) {
				s.p.rowUp[i], broken = v.e.act[i]-1, i
				break
			}
		}
		if broken < 0 {
			continue
		}
		v = s.vicinity(s.x, math.Inf(1))
		for range 3 {
			v.sow()
			in := false
			idx, _ := s.p.rows.vec(broken)
			for _, j := range idx {
				in = in || s.in.LeftOf[j] == v.seeds[len(v.seeds)-1] && v.e.x[j] > 0.5
			}
			if !in {
				t.Fatalf("seed %d: a sweep begins at a left that stands in no broken row", seed)
			}
		}
		if v.mend(); v.e.breaks == 0 {
			mended++
		}
	}
	if mended < 6 {
		t.Errorf("%d points mended of 12", mended)
	}
}
