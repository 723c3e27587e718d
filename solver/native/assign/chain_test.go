package assign

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// ring is a search in which left i holds right i for nothing and may take others, at costs by left and right, +Inf where it may not; those of
// the pairs in side lie in one side row, up to up of them.
func ring(cost [][]float64, side map[[2]int]bool, up float64) (*Anneal, *Local) {
	var list []posting
	for i, row := range cost {
		for k, c := range row {
			var sides []int
			if side[[2]int{i, k}] {
				sides = []int{0}
			}
			if !math.IsInf(c, 1) {
				list = append(list, posting{i, k, c, sides})
			}
		}
	}
	in := postings(len(cost), len(cost), list, []float64{math.Inf(-1)}, []float64{up})
	l := NewLocal(in, 1)
	l.Weigh(make([]float64, in.P.M), 1000, false)
	choice, reduced := make([]int32, len(cost)), make([]float64, len(list))
	for c, e := range list {
		if reduced[c] = e.cost; e.left == e.right {
			choice[e.left] = int32(c)
		}
	}
	l.Load(choice)
	return NewAnneal(l, reduced, math.Inf(1)), l
}

// whole are costs of so many lefts that may take nothing but their own.
func whole(n int) [][]float64 {
	cost := make([][]float64, n)
	for i := range cost {
		cost[i] = make([]float64, n)
		for k := range cost[i] {
			if cost[i][k] = math.Inf(1); i == k {
				cost[i][k] = 0
			}
		}
	}
	return cost
}

// find is the rise of the chain found for left i, +Inf none.
func find(t *testing.T, a *Anneal, i int32, first []arc, reach float64) float64 {
	t.Helper()
	n := a.trials[0]
	if !a.search(n, a.hands[0], i, first, reach, meetSlack*a.heat) {
		return math.Inf(1)
	}
	if n.home >= 0 || n.filled >= 0 || !n.has(i) {
		t.Errorf("left %d: %v is no ring", i, n.chain)
	}
	taken := map[int32]int32{}
	for _, m := range n.moves {
		taken[a.l.in.To[m.to]]++
		taken[a.l.in.To[m.from]]--
	}
	for k, d := range taken {
		if d != 0 {
			t.Errorf("left %d: right %d is taken %d times too often", i, k, d)
		}
	}
	return n.rise
}

// TestChain: the chain found from both ends is the cheapest ring through a left, by all shortest ways between two.
func TestChain(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 5))
		const n = 12
		cost := whole(n)
		for i := range n {
			for range 3 {
				if k := rng.IntN(n); k != i {
					cost[i][k] = float64(1 + rng.IntN(30))
				}
			}
		}
		a, _ := ring(cost, nil, math.Inf(1))
		a.heat, a.distance = 1e-9, 45
		way := make([][]float64, n) // from left to left: by taking, one after the other
		for i := range way {
			way[i] = append([]float64(nil), cost[i]...)
		}
		for m := range n {
			for i := range n {
				for k := range n {
					way[i][k] = min(way[i][k], way[i][m]+way[m][k])
				}
			}
		}
		for i := range int32(n) {
			least := math.Inf(1)
			for _, e := range a.arcs.of(i) {
				if e.node == i {
					continue
				}
				through := e.cost + way[e.node][i]
				if got := find(t, a, i, []arc{e}, a.distance); !near(got, through, a.distance) {
					t.Errorf("seed %d: left %d to %d costs %g, not %g", seed, i, e.node, got, through)
				}
				least = min(least, through)
			}
			if got := find(t, a, i, a.arcs.of(i), a.distance); !near(got, least, a.distance) {
				t.Errorf("seed %d: left %d costs %g, not %g", seed, i, got, least)
			}
		}
	}
}

// near says whether a found rise is the least there is, none being found beyond reach.
func near(got, least, reach float64) bool {
	if least >= reach {
		return math.IsInf(got, 1)
	}
	return math.Abs(got-least) < 1e-6
}

// TestPick: of chains that cost nearly the same the one that side rows like better is made; one that is much dearer is not even weighed.
func TestPick(t *testing.T) {
	for _, more := range []float64{1, 30} { // temperatures
		cost := whole(3)
		cost[0][1], cost[1][0] = 5, 5
		cost[0][2], cost[2][0] = 5, 5+more
		a, _ := ring(cost, map[[2]int]bool{{0, 1}: true}, 0) // 0 on 1 breaks the row
		a.heat = 1
		n, kept := a.trials[0], 0
		for range 200 {
			if !a.search(n, a.hands[0], 0, a.arcs.of(0), 100, meetSlack) {
				t.Fatal("no chain")
			}
			if want := map[bool]float64{true: 1010, false: 10 + more}[n.has(1)]; n.rise != want {
				t.Errorf("%v rises by %g", n.chain, n.rise)
			}
			if n.has(2) {
				kept++
			}
		}
		if kept < 100 && more == 1 || kept > 0 && more == 30 { // noise hides it now and then
			t.Errorf("%g temperatures dearer: made %d of 200 times", more, kept)
		}
	}
}

// TestSimple: a chain that crosses itself, since both ends used the same left, is none.
func TestSimple(t *testing.T) {
	a, l := ring(whole(4), nil, math.Inf(1))
	s := &a.hands[0].paths
	s.begin(0, 0, 100, 1)
	// 0 takes 1, whose left takes 2, whose left is known from the other end as well: by taking 1, whose left takes 0.
	s.ways[1] = way{pred: 0, took: 1, next: 0}
	s.ways[2] = way{pred: 1, took: 2, next: 1}
	if c := new(chain); s.trace(l, c, meet{0, 2, -1}) {
		t.Errorf("%v counts as a chain", c)
	}
	if c := new(chain); !s.trace(l, c, meet{0, 1, -1}) || len(c.moves) != 2 || c.home >= 0 || c.filled >= 0 {
		t.Errorf("%v is a ring", c)
	}
}

// TestEnds: a chain that ends at what nobody held leaves the first right empty, and that is not free where somebody has to be there.
func TestEnds(t *testing.T) {
	cost := whole(2)
	cost[0][1], cost[1][0] = 5, 5
	a, l := ring(cost, nil, math.Inf(1))
	a.heat = 1
	if l.leave(1); l.Owner[1] >= 0 || l.right[1] >= 0 || l.Choice[1] >= 0 {
		t.Fatalf("left 1 still has %d, right %d, and is the owner %d", l.Choice[1], l.right[1], l.Owner[1])
	}
	for _, price := range []float64{0, 40} {
		l.empty[0] = price
		n := a.trials[0]
		if found := a.search(n, a.hands[0], 0, a.arcs.of(0), 30, meetSlack); found != (price == 0) {
			t.Errorf("a right that costs %g when empty is given up: %v", price, found)
		} else if found && (n.home != 0 || n.filled != 1 || n.rise != 5) {
			t.Errorf("%v", n.chain)
		}
	}
}

// TestFit: a part of a run has as many trials as its share of the time left allows, less what is spared for mending.
func TestFit(t *testing.T) {
	short := 0
	p := Pace{Left: func() (time.Duration, bool) { return 100, true }, Short: func() { short++ }, spare: 20}
	for _, c := range []struct{ trials, parts, want, short int }{{40, 2, 40, 0}, {40, 4, 20, 1}, {100, 1, 80, 1}} {
		short = 0
		if got := p.fit(c.trials, c.parts, 1); got != c.want || short != c.short {
			t.Errorf("%d trials in each of %d parts: %d, made shorter %d times", c.trials, c.parts, got, short)
		}
	}
	if p.spare = 100; p.fit(40, 2, 1) != 0 {
		t.Error("no time is left, and trials are made")
	}
}
