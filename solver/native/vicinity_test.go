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
	pre, ok := presolveGiven(r.p)
	if !ok || pre.n == 0 {
		return nil
	}
	return r.structure(pre, structuredShare)
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

// narrowed is a search whose incumbent breaks a row: one in which it uses two or more is made narrower by one. Nil where there is none.
func narrowed(seed uint64) (s *structured, row int) {
	s = structuredOf(wideModel(rand.New(rand.NewPCG(seed, 35)), 40, 44))
	s.early()
	s.reduceCostsAtZero()
	if s.x == nil {
		return nil, 0
	}
	act := newExcerpter(s.p, s.x).act
	for i := range act {
		if s.in.IsSide[i] && act[i] >= 2 && !math.IsInf(s.p.rowUp[i], 1) {
			s.p.rowUp[i] = act[i] - 1
			return s, i
		}
	}
	return nil, 0
}

// TestMendReturns: every round of mending begins at the rows that are broken, also when a sweep over all lefts has just begun.
func TestMendReturns(t *testing.T) {
	mended := 0
	for seed := range uint64(12) {
		s, broken := narrowed(seed)
		if s == nil {
			continue
		}
		v := s.vicinity(s.x, math.Inf(1))
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

// TestPatch: a row that no cheap column mends is mended by a cluster among all columns, not by single ones, which move much else.
func TestPatch(t *testing.T) {
	clusters := 0
	for seed := range uint64(12) {
		s, broken := narrowed(seed)
		if s == nil {
			continue
		}
		use := make([]float64, s.p.n)
		idx, val := s.p.rows.vec(broken)
		for e, j := range idx {
			use[j] = val[e]
		}
		now := make([]float64, len(s.in.Left))
		for j, i := range s.in.LeftOf {
			if i >= 0 && s.x[j] > 0.5 {
				now[i] = use[j]
			}
		}
		for j, i := range s.in.LeftOf { // what takes no less room than the present choice is cheap
			if s.rc[j] = 0; i >= 0 && use[j] < now[i] {
				s.rc[j] = 1
			}
		}
		v := s.vicinity(s.x, s.threshold(mendColumns))
		if v.mend(); v.e.breaks == 0 {
			t.Fatalf("seed %d: mended by what takes no less room", seed)
		}
		single := false
		s.r.par.Progress = func(p solver.Progress) { single = single || p.Phase == "repair" }
		x := s.x
		s.x, s.value = nil, math.Inf(1)
		if s.patch(x); s.x == nil || !s.p.feasible(s.x) {
			t.Errorf("seed %d: not mended", seed)
		} else if !single {
			clusters++
		}
	}
	if clusters < 6 {
		t.Errorf("%d of 12 points were mended by clusters", clusters)
	}
}
