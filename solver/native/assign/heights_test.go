package assign

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestHeights: going down from height to height gives what each gives by itself, with duals that allow what is not shut.
func TestHeights(t *testing.T) {
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 4))
		in := randomPostings(r, 6, 8, 3, 1)
		const most = 4
		group, level := make([]int32, len(in.Left)), make([]int32, len(in.Col))
		for c := range level {
			level[c] = int32(r.IntN(most + 1))
		}
		cost := func(j int32) float64 { return in.P.Cost[j] }
		all := NewHeights(in, 1, group, level).Solve(0, most, cost)
		for h := range all {
			shut := append([]int32(nil), level...)
			for c := range shut {
				if shut[c] > int32(h) {
					shut[c] = most + 1
				} else {
					shut[c] = 0
				}
			}
			one := NewHeights(in, 1, make([]int32, len(in.Left)), shut)
			if got, want := all[h].Value, one.Solve(0, 0, cost)[0].Value; math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
				t.Fatalf("seed %d, height %d: %g on the way down, %g by itself", seed, h, got, want)
			}
			sum := 0.0
			for q, i := range one.Lefts(0) {
				sum += all[h].U[q]
				for c := in.Start[i]; c < in.Own[i]; c++ {
					if d := in.P.Cost[in.Col[c]] - all[h].U[q] - all[h].V[one.at[in.To[c]]]; level[c] <= int32(h) && d < -1e-6 {
						t.Fatalf("seed %d, height %d: choice %d costs %g less than the duals allow", seed, h, c, -d)
					}
				}
			}
			for q := range one.Rights(0) {
				sum += all[h].V[q]
			}
			if math.Abs(sum-all[h].Value) > 1e-6*math.Max(1, math.Abs(sum)) {
				t.Fatalf("seed %d, height %d: duals add up to %g, the value is %g", seed, h, sum, all[h].Value)
			}
		}
	}
}

// TestOwners: lefts without a ladder go with those with whom they share rights, over any number of steps; two ladders may not meet.
func TestOwners(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 6))
		in := randomPostings(r, 6, 12, 2, 1)
		group := make([]int32, len(in.Left))
		for i := range group {
			group[i] = []int32{0, 1, 2, 2, 2}[r.IntN(5)]
		}
		before := append([]int32(nil), group...)
		h := NewHeights(in, 3, group, make([]int32, len(in.Col)))
		reach := map[[2]int32]bool{} // left and ladder
		for i, g := range before {
			if g < 2 {
				reach[[2]int32{int32(i), g}] = true
			}
		}
		for range in.Left {
			for i := range in.Left {
				for k := range in.Left {
					for g := range int32(2) {
						if reach[[2]int32{int32(i), g}] && sharing(in, int32(i), int32(k)) {
							reach[[2]int32{int32(k), g}] = true
						}
					}
				}
			}
		}
		clash := false
		for i := range in.Left {
			clash = clash || reach[[2]int32{int32(i), 0}] && reach[[2]int32{int32(i), 1}]
		}
		if clash != (h == nil) {
			t.Fatalf("seed %d: two ladders meet: %v, refused: %v", seed, clash, h == nil)
		}
		for i, g := range group {
			if h != nil && g < 2 != (reach[[2]int32{int32(i), 0}] || reach[[2]int32{int32(i), 1}]) {
				t.Fatalf("seed %d: left %d is of ladder %d", seed, i, g)
			}
		}
	}
}

// sharing says whether two lefts share a right.
func sharing(in *Instance, i, k int32) bool {
	for c := in.Start[i]; c < in.Own[i]; c++ {
		for e := in.Start[k]; e < in.Own[k]; e++ {
			if in.To[c] == in.To[e] {
				return true
			}
		}
	}
	return false
}
