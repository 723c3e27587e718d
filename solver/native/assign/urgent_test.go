package assign

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// cold is a search at reduced costs of zero, so that all candidates are near, from the first posting that is free for every left.
func cold(in *Instance, kappa float64) (*Anneal, *Local) {
	l := NewLocal(in, 1)
	l.Weigh(make([]float64, in.P.M), kappa, false)
	choice, held := make([]int32, len(in.Left)), make([]bool, len(in.Right))
	for i := range choice {
		choice[i] = -1
		for c := in.Start[i]; c < in.Start[i+1] && choice[i] < 0; c++ {
			if !held[in.To[c]] {
				choice[i], held[in.To[c]] = c, true
			}
		}
	}
	l.Load(choice)
	return NewAnneal(l, make([]float64, len(in.Col)), math.Inf(1)), l
}

// TestUrgent: what a broken row gives back may be spent on the way out of it, however cold the search is.
func TestUrgent(t *testing.T) {
	for _, short := range []bool{false, true} {
		list := []posting{{0, 0, 0, []int{0}}, {0, 1, 0, nil}, {1, 2, 0, []int{0}}, {1, 3, 0, nil}}
		lo, up := math.Inf(-1), 1.0
		if short { // both stand outside a row that wants one of them
			list = []posting{{0, 0, 0, nil}, {0, 1, 0, []int{0}}, {1, 2, 0, nil}, {1, 3, 0, []int{0}}}
			lo, up = 1, math.Inf(1)
		}
		for _, look := range []bool{true, false} {
			in := postings(2, 4, list, []float64{lo}, []float64{up})
			l := NewLocal(in, 1)
			l.Weigh(make([]float64, in.P.M), 1000, false)
			l.Load([]int32{0, 2})
			a := NewAnneal(l, []float64{0, 0.2, 0, 0.2}, math.Inf(1)) // the way out costs more than the heat allows
			a.live = []int32{0, 1}
			a.heat, a.distance = 0.01, 0.1
			if look {
				a.look()
			}
			for range 200 {
				a.try(a.trials[0], a.hands[0])
				a.settle(a.trials[:1])
			}
			if (l.Broken == 0) != look {
				t.Errorf("short %v, with a look at broken rows %v: %d broken", short, look, l.Broken)
			}
		}
	}
}

// TestLook: urgent are those who stand in a row with too much, with any candidate, and each candidate that adds to a row with too little.
func TestLook(t *testing.T) {
	found := 0
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		in := randomPostings(rng, 60, 70, 8, 9)
		a, l := cold(in, 20)
		a.Run(100, 5, 1) // too short to satisfy all rows
		a.look()
		want := map[take]int{}
		for q, r := range l.rows {
			for i, c := range l.Choice {
				if c >= 0 {
					if rows, _ := l.ent.at(c); l.act[q] > r.up && slices.Contains(rows, int32(q)) {
						want[take{int32(i), -1}] = 1 // once, however many rows
					}
				}
				for k, e := range a.arcs.of(int32(i)) {
					if rows, _ := l.ent.at(e.choice); l.act[q] < r.lo && slices.Contains(rows, int32(q)) {
						want[take{int32(i), int32(k)}]++
					}
				}
			}
		}
		for _, u := range a.urgent {
			want[u]--
		}
		for u, n := range want {
			if n != 0 {
				t.Errorf("seed %d: %v is missing %d times", seed, u, n)
			}
		}
		if len(want) > 0 {
			found++
		}
		if a.Best < math.Inf(1) {
			if l.Load(a.Keep); l.Broken > 0 || l.True != a.Best {
				t.Errorf("seed %d: kept as %g, costs %g and breaks %d rows", seed, a.Best, l.True, l.Broken)
			}
		}
	}
	if found < 5 {
		t.Errorf("rows were broken in %d of 20 instances only", found)
	}
}
