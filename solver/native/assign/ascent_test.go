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

// TestNarrow: what a coarse ascent that looks at some columns believes is what all columns give, at its end and anywhere.
func TestNarrow(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 2))
		in := randomPostings(r, 120, 130, 60, 6)
		in.Large = false
		if a := coarse(in, func() bool { return false }); len(a.d.set) > 0 || a.Steps > coarseMost || a.alpha != firstAlpha {
			t.Errorf("seed %d: a small instance ends with %d columns in a working set, after %d steps, at averages of %g", seed, len(a.d.set), a.Steps, a.alpha)
		}
		in.Large = true
		a := coarse(in, func() bool { return false })
		if len(a.d.set) == 0 || len(a.d.set) == len(in.Col) {
			t.Errorf("seed %d: %d columns of %d in the last working set", seed, len(a.d.set), len(in.Col))
		}
		all := NewDual(in.loosened())
		all.Use(nil)
		copy(all.Y, a.At)
		if v := all.Eval(); math.Abs(v-a.Bound) > 1e-9*math.Abs(v) {
			t.Errorf("seed %d: a bound of %g, all columns give %g", seed, a.Bound, v)
		}
		for _, i := range all.in.Side {
			all.Y[i] = -30 * r.Float64()
		}
		copy(a.d.Y, all.Y)
		v := a.d.Eval()
		_, _, excess := a.d.Price(math.Inf(1))
		if w := all.Eval(); excess <= 0 || math.Abs(v-excess-w) > 1e-9*math.Abs(w) {
			t.Errorf("seed %d: %g, %g too much, all columns give %g", seed, v, excess, w)
		}
	}
}
