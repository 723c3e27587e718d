package assign

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestHands: chains tried side by side come to the same assignment for any number of threads, and what the search believes of it is so.
func TestHands(t *testing.T) {
	for seed := range uint64(3) {
		var ends, kept [3][]int32
		for k, hands := range []int{1, 2, 3} {
			a, l := cold(randomPostings(rand.New(rand.NewPCG(seed, 73)), 1600, 1700, 6, 9), 20)
			for heat := 20.0; heat > 0.1; heat /= 2 {
				l.Weigh(make([]float64, l.in.P.M), 20, true)
				a.Run(3_200, heat, hands)
			}
			if len(a.hands) != hands {
				t.Fatalf("%d hands instead of %d", len(a.hands), hands)
			}
			ends[k], kept[k] = slices.Clone(l.Choice), slices.Clone(a.Keep)
			value, broken := l.True, l.Broken
			if l.Load(ends[k]); l.Broken != broken || math.Abs(l.True-value) > 1e-6 {
				t.Errorf("seed %d, %d hands: believed to cost %g and to break %d, costs %g and breaks %d", seed, hands, value, broken, l.True, l.Broken)
			}
			if l.Load(a.Keep); l.Broken > 0 || math.Abs(l.True-a.Best) > 1e-6 {
				t.Errorf("seed %d, %d hands: kept as %g, costs %g and breaks %d", seed, hands, a.Best, l.True, l.Broken)
			}
		}
		if !slices.Equal(ends[0], ends[1]) || !slices.Equal(ends[0], ends[2]) || !slices.Equal(kept[0], kept[1]) || !slices.Equal(kept[0], kept[2]) {
			t.Errorf("seed %d: other assignments on more threads", seed)
		}
	}
}
