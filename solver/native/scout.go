package native

import (
	"container/heap"
	"math"
)

// scout solves relaxations where tables promise most, until no table promises more than the best of them has, and looks for a point there.
func (s *structured) scout() {
	h := s.h
	h.learn(s.y)
	var best *structured
	for k := range mostScouts {
		cell, bound := h.lowest()
		if best != nil && best.bound-bound <= nearGap*finer*math.Max(1, math.Abs(bound)) || s.done() {
			break
		}
		fixed := h.fixed(cell)
		t, _ := s.part(fixed, nil)
		if t == nil {
			break
		}
		if t.value = s.value; k == 0 {
			t.relax(nil) // what all heights together suggest is far from what these ask for
		} else {
			by, _ := h.best(cell)
			t.relax(s.inward(t.pre, h.multipliers(by, cell)))
		}
		if h.learn(s.with(fixed).grounded(s.outward(t.pre, t.y))); best == nil || t.bound < best.bound {
			best = t
		}
	}
	if best != nil && !s.done() {
		best.value, best.likely = s.value, true
		best.reduceCosts()
		best.first()
		best.seek()
	}
}

// mostScouts are some; at 300 cadres three or four are enough.
const mostScouts = 8

// lowest is the combination of heights of which tables promise most, and what: best first, by halves.
func (h *heights) lowest() ([]span, float64) {
	q := &promises{}
	push := func(box []span) {
		t, bound := h.best(box)
		heap.Push(q, promise{box, t, bound})
	}
	push(h.whole())
	for {
		p := heap.Pop(q).(promise)
		g, at := h.widest(p.by, p.box)
		if g < 0 {
			return p.box, p.bound
		}
		r := p.box[g]
		push(ranged(p.box, g, span{r.lo, at}))
		push(ranged(p.box, g, span{at + 1, r.hi}))
	}
}

// promise is a box with what tables say of it.
type promise struct {
	box   []span
	by    *heightTable
	bound float64
}

// promises is a heap: the least bound first.
type promises []promise

func (q promises) Len() int           { return len(q) }
func (q promises) Less(i, k int) bool { return q[i].bound < q[k].bound }
func (q promises) Swap(i, k int)      { q[i], q[k] = q[k], q[i] }
func (q *promises) Push(v any)        { *q = append(*q, v.(promise)) }
func (q *promises) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
