package native

import (
	"container/heap"
	"math"
	"math/rand/v2"
	"testing"
)

// TestBoxes: whatever has been done about boxes, what they prove together is never above the optimum, and at the end it is the optimum:
// none is lost and none is bounded too high. No point is known while they are searched, so that nothing hides a bound.
func TestBoxes(t *testing.T) {
	tried, divided := 0, 0
	for seed := uint64(100); seed < 160; seed++ { // 149: a link whose value is not the one that its reduced cost likes
		r := rand.New(rand.NewPCG(seed, 37))
		m := randomAssignment(r)
		randomLadder(r, m)
		want := enumerate(m)
		s := structuredOf(m)
		if s == nil || len(s.links) == 0 || math.IsInf(want, 1) {
			continue
		}
		tried++
		s.relax(nil)
		s.reduceCosts()
		b := &boxQueue{s: s, floor: math.Inf(1)}
		b.divide(&box{bound: s.bound}, s, s.y)
		if len(b.open) > 2 {
			divided++
		}
		provenByBoxes(t, seed, b, want)
	}
	if tried < 10 || divided < 10 {
		t.Errorf("%d tried, %d of them with more than one link", tried, divided)
	}
}

// provenByBoxes: what open boxes prove together, however far each has been taken, is never above the optimum, and at the end it is the optimum.
func provenByBoxes(t *testing.T, seed uint64, b *boxQueue, want float64) {
	t.Helper()
	for steps := 0; len(b.open) > 0; steps++ {
		if b.bound() > want+1e-6 {
			t.Fatalf("seed %d: %d boxes prove %g after %d steps, the optimum is %g", seed, len(b.open), b.bound(), steps, want)
		}
		if steps > 5000 {
			t.Fatalf("seed %d: no end", seed)
		}
		b.advance(heap.Pop(b).(*box))
		b.s.value, b.s.x = math.Inf(1), nil
	}
	if math.Abs(b.bound()-want) > 1e-6 {
		t.Errorf("seed %d: all boxes prove %g, the optimum is %g", seed, b.bound(), want)
	}
}

// TestTired: a search that has come most of the way to its cutoff goes on past its nodes, any other stops there.
func TestTired(t *testing.T) {
	for _, c := range []struct {
		nearly, bound float64
		tired         bool
	}{{0, 95, true}, {0.6, 95, false}, {0.6, 50, true}} {
		s := &search{p: &problem{}, value: 110, floor: c.bound, nodes: 10, opt: options{maxNodes: 10, nearly: c.nearly, from: 10, absGap: 10}}
		if s.tired() != c.tired {
			t.Errorf("bound %g of 100 from 10, nearly %g: tired %v", c.bound, c.nearly, !c.tired)
		}
	}
}
