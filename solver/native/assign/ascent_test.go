package assign

import "testing"

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
