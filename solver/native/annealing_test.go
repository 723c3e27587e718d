package native

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cadre/solver/native/assign"
)

// TestBeside: a search beside the ascent finds the same on one thread and on two, and what it finds is taken over.
func TestBeside(t *testing.T) {
	found := 0
	for seed := range uint64(6) {
		var ends [2][]float64
		var bounds [2]float64
		for k, threads := range []int{1, 2} {
			s := structuredOf(wideModel(rand.New(rand.NewPCG(seed, 71)), 40, 44))
			s.r.par.Threads, s.in.Threads, s.in.Large = threads, threads+k, true // one and three for evaluations
			s.relax(nil)
			if s.heat == nil && s.done() { // the first point was good enough
				continue
			}
			if s.heat == nil {
				t.Fatalf("seed %d: no search beside the ascent", seed)
			}
			s.reduceCosts()
			s.value, s.x = 1e9, nil
			s.gather(s.heat)
			if s.x != nil {
				found++
				if !s.p.feasible(s.x) {
					t.Errorf("seed %d: the point found breaks rows", seed)
				}
			}
			ends[k], bounds[k] = s.x, s.bound
		}
		if !slices.Equal(ends[0], ends[1]) || bounds[0] != bounds[1] {
			t.Errorf("seed %d: two threads find another point or bound", seed)
		}
	}
	if found < 6 {
		t.Errorf("points in %d of 12 runs only", found)
	}
}

// TestLargeSearch: what is done otherwise in large instances comes to the same optimum.
func TestLargeSearch(t *testing.T) {
	for seed := range uint64(4) {
		var values [2]float64
		for k, large := range []bool{false, true} {
			s := structuredOf(wideModel(rand.New(rand.NewPCG(seed, 72)), 24, 26))
			s.in.Large = large
			s.search(nil)
			if s.x == nil || !s.p.feasible(s.x) || s.bound < s.cutoff() {
				t.Fatalf("seed %d, large %v: not solved, %g of at least %g", seed, large, s.value, s.bound)
			}
			values[k] = s.value
		}
		if values[0] != values[1] {
			t.Errorf("seed %d: %g, as a large instance %g", seed, values[0], values[1])
		}
	}
}

// TestPaceOfHeat: a run without time for its trials makes fewer, says so, and still cools down; one with enough time is as long as without a clock.
func TestPaceOfHeat(t *testing.T) {
	run := func(left time.Duration, limited bool) (h *assign.Heat, short bool, asked int) {
		s := structuredOf(wideModel(rand.New(rand.NewPCG(3, 71)), 40, 44))
		s.relax(nil)
		h = s.d.Heat(false)
		h.Run(40*2000, assign.Pace{
			Stop:  func() bool { asked++; return false },
			Left:  func() (time.Duration, bool) { return left, limited },
			Short: func() { short = true },
		})
		return h, short, asked
	}
	free, short, _ := run(0, false)
	if short {
		t.Error("a run without a limit was made shorter")
	}
	ample, short, _ := run(time.Hour, true)
	if short || !slices.Equal(free.Found, ample.Found) {
		t.Error("an hour is too short, or finds something else")
	}
	_, short, asked := run(time.Microsecond, true)
	if !short || asked < 60 {
		t.Errorf("no time at all: made shorter %v, %d parts", short, asked)
	}
}

// TestClocked: an answer that depends on how far the clock let a search go does not count as deterministic.
func TestClocked(t *testing.T) {
	s := structuredOf(wideModel(rand.New(rand.NewPCG(3, 71)), 40, 44))
	s.r.mt.deadline = time.Now().Add(time.Hour)
	s.relax(nil)
	s.d.Rate = time.Hour
	if s.fits(50) || !s.r.mt.clocked || s.r.result("feasible", 0, false).Deterministic {
		t.Error("a run that does not fit is none, or leaves no trace")
	}
}

// TestPlenty: runs go on where more columns are open than branch and bound can take, in a part of a problem never.
func TestPlenty(t *testing.T) {
	s := structuredOf(wideModel(rand.New(rand.NewPCG(3, 71)), 60, 64))
	s.relax(nil)
	s.reduceCosts()
	s.value = s.below + 1e6
	if s.open() != s.p.n || s.plenty(annealRounds) || !s.plenty(annealMost) || s.plenty(annealRounds-1) {
		t.Errorf("%d of %d columns open, and %d rounds are plenty: %v", s.open(), s.p.n, annealRounds, s.plenty(annealRounds))
	}
	s.value = s.below // no better point
	if s.open() != 0 || !s.plenty(annealRounds) || s.plenty(annealRounds-1) {
		t.Errorf("%d columns open without a better point", s.open())
	}
	s.value, s.up = s.below+1e6, s
	if !s.plenty(annealRounds) {
		t.Error("a part of a problem takes longer")
	}
}

// TestRestore: multipliers brought back prove what they proved when they were found, whatever the working set has become since.
func TestRestore(t *testing.T) {
	for seed := range uint64(5) {
		s := structuredOf(wideModel(rand.New(rand.NewPCG(seed, 74)), 60, 64))
		s.relax(nil)
		var few []int32
		for i := range s.in.Left {
			few = append(few, s.in.Start[i], s.in.Start[i]+1)
		}
		s.d.Dual.Use(few)
		s.d.Dual.Eval()
		if poor := s.d.Dual.Multipliers(); s.p.safeBound(poor, s.p.cost, s.p.lower, s.p.upper) > s.d.Asc.Bound-10 {
			t.Fatalf("seed %d: two pairs a left are enough", seed)
		}
		s.d.Asc.Restore()
		if y := s.d.Dual.Multipliers(); s.p.safeBound(y, s.p.cost, s.p.lower, s.p.upper) < s.d.Asc.Bound-0.1 {
			t.Errorf("seed %d: %g is no more than %g", seed, s.d.Asc.Bound, s.p.safeBound(y, s.p.cost, s.p.lower, s.p.upper))
		}
	}
}
