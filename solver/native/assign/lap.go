package assign

import "math"

// lap is a sparse linear assignment problem in which every node, left or right, may also stay out at a price:
//
//	min sum of cost over chosen arcs + sum of outL over lefts without an arc + sum of outR over rights without one.
//
// Its duals: u_i <= outL_i, v_k <= outR_k, u_i + v_k <= cost of arc (i, k); their sum is the optimum. Duals and matching
// stay from one solve to the next, so that a solve after small changes of the costs is cheap: it repairs what broke by
// shortest augmenting paths from either side (Jonker and Volgenant, Computing 38, 1987, with outside options).
type lap struct {
	nl, nr     int
	start      []int32 // arcs by left
	to         []int32 // right of an arc
	from       []int32 // left of an arc
	inStart    []int32 // arcs by right
	in         []int32
	cost       []float64
	outL, outR []float64
	u, v       []float64
	arc        []int32 // by left: its arc, outside, or none
	owner      []int32 // by right: its left, -1 none

	dist  []float64 // of the other side's nodes during a search
	pred  []int32   // arc by which a node was reached
	stamp []int32
	now   int32
	heap  distHeap
	done  []int32
	free  []int32

	augmentations int // of the last solve
}

const (
	outside int32 = -1 // stays out
	none    int32 = -2 // not covered yet
)

func newLap(nl, nr int, start, to []int32) *lap {
	a := &lap{nl: nl, nr: nr, start: start, to: to, from: make([]int32, len(to)), cost: make([]float64, len(to)),
		inStart: make([]int32, nr+1), in: make([]int32, len(to)), outL: make([]float64, nl), outR: make([]float64, nr),
		arc: make([]int32, nl), owner: make([]int32, nr)}
	n := max(nl, nr)
	a.dist, a.pred, a.stamp = make([]float64, n), make([]int32, n), make([]int32, n)
	for i := range nl {
		a.arc[i] = none
		for e := start[i]; nr > 0 && e < start[i+1]; e++ {
			a.from[e] = int32(i)
			a.inStart[to[e]+1]++
		}
	}
	if nr == 0 {
		return a
	}
	for k := range nr {
		a.owner[k] = -1
		a.inStart[k+1] += a.inStart[k]
	}
	next := append([]int32(nil), a.inStart[:nr]...)
	for e, k := range to {
		a.in[next[k]] = int32(e)
		next[k]++
	}
	return a
}

// value is the optimum after solve.
func (a *lap) value() float64 {
	sum := 0.0
	for _, t := range a.u {
		sum += t
	}
	for _, t := range a.v {
		sum += t
	}
	return sum
}

// solve finds optimal duals and an optimal matching for the present costs.
func (a *lap) solve() {
	if a.augmentations = 0; a.nr == 0 {
		a.choose()
		return
	}
	for k := range a.nr {
		a.v[k] = min(a.v[k], a.outR[k])
	}
	a.repairLeft()
	a.reduce()
	for k := range a.nr {
		if a.owner[k] < 0 && a.v[k] < a.outR[k] {
			a.raise(int32(k))
		}
	}
	for _, i := range a.free {
		if a.arc[i] == none {
			a.searchLeft(i)
		}
	}
	for k := range a.nr {
		if a.owner[k] < 0 && a.v[k] < a.outR[k] {
			a.raise(int32(k))
			if a.v[k] < a.outR[k] {
				a.searchRight(int32(k))
			}
		}
	}
}

// choose gives every left what is cheapest where there are no rights to share.
func (a *lap) choose() {
	for i := range a.nl {
		a.u[i], a.arc[i] = a.outL[i], outside
		for e := a.start[i]; e < a.start[i+1]; e++ {
			if a.cost[e] < a.u[i] {
				a.u[i], a.arc[i] = a.cost[e], e
			}
		}
	}
}

// repairLeft sets every u to the least reduced cost and breaks the pairs that are no longer tight.
func (a *lap) repairLeft() {
	a.free = a.free[:0]
	for i := range a.nl {
		best := a.outL[i]
		for e := a.start[i]; e < a.start[i+1]; e++ {
			if r := a.cost[e] - a.v[a.to[e]]; r < best {
				best = r
			}
		}
		a.u[i] = best
		switch e := a.arc[i]; {
		case e >= 0:
			if a.cost[e]-a.v[a.to[e]] != best {
				a.owner[a.to[e]] = -1
				a.arc[i] = none
			}
		case e == outside && a.outL[i] != best:
			a.arc[i] = none
		}
		if a.arc[i] == none {
			a.free = append(a.free, int32(i))
		}
	}
}

// reduceRounds is how often reduce may go over the free lefts.
const reduceRounds = 2

// reduce gives free lefts their best right, taking it from its owner where the second best is dearer (augmenting row
// reduction).
func (a *lap) reduce() {
	for range reduceRounds {
		list := a.free
		budget := 4 * len(list)
		var left []int32
		for len(list) > 0 && budget > 0 {
			budget--
			i := list[len(list)-1]
			list = list[:len(list)-1]
			if a.arc[i] != none {
				continue
			}
			if lost := a.bid(i); lost >= 0 {
				list = append(list, lost)
			} else if a.arc[i] == none {
				left = append(left, i)
			}
		}
		a.free = append(left, list...)
	}
}

// bid matches left i with its best right k. Where k is owned, the bid must lower v_k; the owner that loses it is
// returned, -1 none.
func (a *lap) bid(i int32) int32 {
	best, second, at := a.outL[i], inf, outside
	for e := a.start[i]; e < a.start[i+1]; e++ {
		r := a.cost[e] - a.v[a.to[e]]
		if r < best {
			best, second, at = r, best, e
		} else if r < second {
			second = r
		}
	}
	a.u[i] = best
	if at == outside {
		a.arc[i] = outside
		return -1
	}
	k := a.to[at]
	loser := a.owner[k]
	if loser >= 0 {
		if second <= best {
			return -1
		}
		a.v[k] -= second - best
		a.u[i] = a.cost[at] - a.v[k]
		a.arc[loser] = none
	}
	a.arc[i], a.owner[k] = at, i
	return loser
}

// raise lifts v_k as far as arcs and the price of staying out allow.
func (a *lap) raise(k int32) {
	best := a.outR[k]
	for _, e := range a.in[a.inStart[k]:a.inStart[k+1]] {
		if r := a.cost[e] - a.u[a.from[e]]; r < best {
			best = r
		}
	}
	a.v[k] = best
}

// searchLeft covers left root by a shortest augmenting path.
func (a *lap) searchLeft(root int32) {
	a.begin()
	end, endAt := a.outL[root]-a.u[root], root // the cheapest end found so far: left endAt goes outside
	endArc := none                             // or: arc endArc into a right without an owner
	i, base := root, 0.0
	for {
		for e := a.start[i]; e < a.start[i+1]; e++ {
			k := a.to[e]
			if a.stamp[k] == -a.now {
				continue
			}
			t := base + max(0, a.cost[e]-a.u[i]-a.v[k])
			if t >= end || a.stamp[k] == a.now && t >= a.dist[k] {
				continue
			}
			if a.owner[k] < 0 {
				end, endArc = t, e
				continue
			}
			a.stamp[k], a.dist[k], a.pred[k] = a.now, t, e
			a.heap.push(t, k)
		}
		k := a.next(end)
		if k < 0 {
			break
		}
		i, base = a.owner[k], a.dist[k]
		a.done = append(a.done, k)
		if t := base + max(0, a.outL[i]-a.u[i]); t < end {
			end, endAt, endArc = t, i, none
		}
	}
	for _, k := range a.done {
		d := end - a.dist[k]
		a.u[a.owner[k]] += d
		a.v[k] -= d
	}
	a.u[root] += end
	a.flipLeft(root, endAt, endArc)
}

// next takes the nearest node that is nearer than end off the heap, -1 none.
func (a *lap) next(end float64) int32 {
	for len(a.heap) > 0 {
		t, k := a.heap.pop()
		if t >= end {
			return -1
		}
		if t == a.dist[k] && a.stamp[k] != -a.now {
			a.stamp[k] = -a.now
			return k
		}
	}
	return -1
}

func (a *lap) begin() {
	a.now++
	a.heap = a.heap[:0]
	a.done = a.done[:0]
	a.augmentations++
}

// flipLeft changes the matching along the path.
func (a *lap) flipLeft(root, endAt, endArc int32) {
	i := endAt
	e := outside
	if endArc != none {
		e, i = endArc, a.from[endArc]
	}
	for {
		old := a.arc[i]
		a.arc[i] = e
		if e >= 0 {
			a.owner[a.to[e]] = i
		}
		if i == root {
			return
		}
		k := a.to[old] // i gives k up to the left that reached it
		e = a.pred[k]
		i = a.from[e]
	}
}

// searchRight covers right root by a shortest augmenting path.
func (a *lap) searchRight(root int32) {
	a.begin()
	end, endAt := a.outR[root]-a.v[root], root
	endArc := none
	k, base := root, 0.0
	for {
		for _, e := range a.in[a.inStart[k]:a.inStart[k+1]] {
			i := a.from[e]
			if a.stamp[i] == -a.now {
				continue
			}
			t := base + max(0, a.cost[e]-a.u[i]-a.v[k])
			if t >= end || a.stamp[i] == a.now && t >= a.dist[i] {
				continue
			}
			if a.arc[i] < 0 {
				end, endArc = t, e
				continue
			}
			a.stamp[i], a.dist[i], a.pred[i] = a.now, t, e
			a.heap.push(t, i)
		}
		i := a.next(end)
		if i < 0 {
			break
		}
		k, base = a.to[a.arc[i]], a.dist[i]
		a.done = append(a.done, i)
		if t := base + max(0, a.outR[k]-a.v[k]); t < end {
			end, endAt, endArc = t, k, none
		}
	}
	for _, i := range a.done {
		d := end - a.dist[i]
		a.v[a.to[a.arc[i]]] += d
		a.u[i] -= d
	}
	a.v[root] += end
	a.flipRight(root, endAt, endArc)
}

func (a *lap) flipRight(root, endAt, endArc int32) {
	k := endAt
	e := none
	if endArc != none {
		e, k = endArc, a.to[endArc]
	}
	for {
		old := a.owner[k]
		a.owner[k] = -1
		if e >= 0 {
			a.owner[k] = a.from[e]
			a.arc[a.from[e]] = e
		}
		if k == root {
			return
		}
		e = a.pred[old] // old goes to the right that reached it
		k = a.to[e]
	}
}

// distHeap is a binary heap of nodes by distance; stale entries are skipped by the reader.
type distHeap []distEntry

type distEntry struct {
	d    float64
	node int32
}

func (h *distHeap) push(d float64, node int32) {
	*h = append(*h, distEntry{d, node})
	q := *h
	k := len(q) - 1
	for k > 0 {
		up := (k - 1) / 2
		if q[up].d <= q[k].d {
			break
		}
		q[up], q[k] = q[k], q[up]
		k = up
	}
}

// least is the smallest distance, +Inf where there is none.
func (h distHeap) least() float64 {
	if len(h) == 0 {
		return math.Inf(1)
	}
	return h[0].d
}

func (h *distHeap) pop() (float64, int32) {
	q := *h
	top := q[0]
	last := len(q) - 1
	q[0] = q[last]
	q = q[:last]
	*h = q
	k := 0
	for {
		c := 2*k + 1
		if c >= last {
			break
		}
		if c+1 < last && q[c+1].d < q[c].d {
			c++
		}
		if q[k].d <= q[c].d {
			break
		}
		q[k], q[c] = q[c], q[k]
		k = c
	}
	return top.d, top.node
}
