package assign

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestRefine: averages grow longer twice in a large instance, each time with steps that are not tiny, and never in a small one.
func TestRefine(t *testing.T) {
	for _, large := range []bool{true, false} {
		a := &Ascent{d: &Dual{in: &Instance{Large: large}}, alpha: firstAlpha, lambda: 1e-5}
		times := 0
		for last := a.alpha; a.refine() && times < 10; last = a.alpha {
			if times++; a.alpha >= last || a.lambda < freshLambda {
				t.Errorf("weight %g after %g, steps of %g", a.alpha, last, a.lambda)
			}
			a.lambda = 1e-5
		}
		if want := map[bool]int{true: 2, false: 0}[large]; times != want {
			t.Errorf("large %v: refined %d times, not %d", large, times, want)
		}
	}
}

// TestNarrow: the bound of a coarse ascent is what all columns give at its multipliers, though steps look at some only, and even where it
// begins to do so while multipliers still move far.
func TestNarrow(t *testing.T) {
	check := func(seed uint64, in *Instance, a *Ascent) {
		if len(a.d.set) == 0 || len(a.d.set) == len(in.Col) {
			t.Errorf("seed %d: %d columns of %d in the last working set", seed, len(a.d.set), len(in.Col))
		}
		all := NewDual(in.loosened())
		all.Use(nil)
		copy(all.Y, a.At)
		if v := all.Eval(); math.Abs(v-a.Bound) > 1e-9*math.Abs(v) {
			t.Errorf("seed %d: a bound of %g, all columns give %g", seed, a.Bound, v)
		}
	}
	for seed := range uint64(5) {
		in := randomPostings(rand.New(rand.NewPCG(seed, 2)), 120, 130, 60, 6)
		check(seed, in, coarse(in, func() bool { return false }))
		a := NewAscent(NewDual(in.loosened()), math.Inf(1))
		a.Step()
		for a.narrow(); a.Steps < 60; {
			a.Step()
			check(seed, in, a)
		}
	}
}
