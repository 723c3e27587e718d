package assign

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// cold is a search at reduced costs of zero, so that all candidates are near, from the first posting of every left.
func cold(in *Instance, kappa float64) (*Anneal, *Local) {
	l := NewLocal(in, 1)
	l.Weigh(make([]float64, in.P.M), kappa, false)
	l.Load(slices.Clone(in.Start[:len(in.Left)]))
	return NewAnneal(l, make([]float64, len(in.Col)), math.Inf(1)), l
}

// TestBalance: a full row that one left would have to leave for another to enter is no obstacle to chains in pairs, and is one to single chains.
func TestBalance(t *testing.T) {
	// The first left is in the row at a cost of 5 and could leave it for 6; the second stands outside at 10 and would be in it for nothing.
	list := []posting{{0, 0, 5, []int{0}}, {0, 1, 6, nil}, {1, 2, 10, nil}, {1, 3, 0, []int{0}}}
	for _, pairs := range []bool{true, false} {
		a, l := cold(postings(2, 4, list, []float64{math.Inf(-1)}, []float64{1}), 1000)
		if !pairs {
			a.rows = nil
		}
		a.Run(2000, 0.01, 1)
		if want := map[bool]float64{true: 6, false: 15}[pairs]; l.True != want || l.Broken > 0 {
			t.Errorf("in pairs %v: %g with %d rows broken, not %g", pairs, l.True, l.Broken, want)
		}
	}
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
			if !look {
				a.rows = nil
			}
			a.heat, a.distance = 0.01, 0.1
			a.rows.fill(l)
			a.look()
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

// TestRowUse: after a search the users of every row are those whose choice adds to it, each once, and can be told by their place.
func TestRowUse(t *testing.T) {
	for seed := range uint64(5) {
		in := randomPostings(rand.New(rand.NewPCG(seed, 1)), 200, 230, 8, 9)
		a, l := cold(in, 20)
		a.Run(60_000, 5, 2)
		want := make([][]int32, len(l.rows))
		for i, c := range l.Choice {
			rows, _ := l.ent.at(c)
			for k, q := range rows {
				want[q] = append(want[q], int32(i))
				if at := a.rows.place[int32(i)*a.rows.deg+int32(k)]; a.rows.users[q][at] != int32(i) {
					t.Fatalf("seed %d: left %d is not in its place in row %d", seed, i, q)
				}
			}
		}
		for q, users := range a.rows.users {
			if slices.Sort(users); !slices.Equal(users, want[q]) {
				t.Errorf("seed %d: row %d is used by %v, not by %v", seed, q, users, want[q])
			}
		}
		if a.Best < math.Inf(1) {
			if l.Load(a.Keep); l.Broken > 0 || l.True != a.Best {
				t.Errorf("seed %d: kept as %g, costs %g and breaks %d rows", seed, a.Best, l.True, l.Broken)
			}
		}
	}
}
