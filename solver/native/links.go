package native

import (
	"cmp"
	"container/heap"
	"maps"
	"math"
	"slices"
)

// Links are binary columns outside the assignment that stand in several rows, such as the steps of a ladder of burdens that nobody
// of a group may pass. The relaxation weighs their rows; once all are fixed, what is left is a plain assignment. A box is the
// problem with some links fixed. The box of the least bound comes first: its relaxation is solved, and it is divided on the links
// that are open, each of which adds its reduced cost to the bound on one side. Where none is open a point is looked for, and where
// nothing better turns up in other boxes it is searched to the end.

// mostLinks: with more of them branching would not end.
const mostLinks = 100

// decidable says whether the links are few and binary.
func (s *structured) decidable() bool {
	for _, j := range s.links {
		if !s.p.integer[j] || s.p.upper[j]-s.p.lower[j] != 1 {
			return false
		}
	}
	return len(s.links) <= mostLinks
}

// box is a part of a problem with links, in terms of that problem.
type box struct {
	fixed  map[int32]float64 // links
	y      []float64         // multipliers to begin with, or of its relaxation
	bound  float64
	serial int
	proof  *part
	stage  stage
	t      *structured // once it is relaxed, as long as no other box comes before it
}

// stage is what has been done about a box.
type stage int

const (
	unseen stage = iota
	relaxed
	sought // a point was looked for
)

// boxQueue holds the open boxes of a problem, by bound and then by age.
type boxQueue struct {
	s      *structured
	open   []*box
	floor  float64 // the least bound of boxes that were searched to the end
	serial int
	begun  bool // a point was looked for in some box
}

func (b *boxQueue) Len() int { return len(b.open) }
func (b *boxQueue) Less(i, k int) bool {
	if b.open[i].bound != b.open[k].bound {
		return b.open[i].bound < b.open[k].bound
	}
	return b.open[i].serial < b.open[k].serial
}
func (b *boxQueue) Swap(i, k int) { b.open[i], b.open[k] = b.open[k], b.open[i] }

// Push and Pop are for container/heap.
func (b *boxQueue) Push(v any) { b.open = append(b.open, v.(*box)) }
func (b *boxQueue) Pop() any {
	last := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	return last
}

// decide searches a problem with links, whose relaxation has been solved.
func (s *structured) decide() {
	s.reduceCosts()
	b := &boxQueue{s: s, floor: math.Inf(1)}
	b.divide(&box{bound: s.bound, proof: s.proof}, s, s.y)
	for len(b.open) > 0 && !s.done() {
		x := heap.Pop(b).(*box)
		if x.bound >= s.cutoff() {
			heap.Push(b, x)
			break
		}
		b.advance(x)
		s.raise(b.bound())
		s.report("links")
	}
	s.raise(b.bound())
}

func (b *boxQueue) bound() float64 {
	if len(b.open) == 0 {
		return b.floor
	}
	return math.Min(b.floor, b.open[0].bound)
}

// advance takes a box one stage further.
func (b *boxQueue) advance(x *box) {
	if x.t == nil && !b.enter(x) {
		return
	}
	t := x.t
	t.value = b.s.value
	switch {
	case x.stage == unseen:
		if t.relax(b.s.inward(t.pre, x.y)); t.refuted() {
			return
		}
		x.stage, x.bound, x.y = relaxed, math.Max(x.bound, t.bound), b.s.outward(t.pre, t.y)
		if t.reduceCosts(); len(t.links) > 0 {
			b.divide(x, t, x.y)
			return
		}
		if !b.begun { // a plan comes first
			b.begun = true
			t.seek(surveyRuns)
		}
	case x.stage == relaxed:
		x.stage = sought
		t.seek(annealRuns)
	default:
		t.turns, t.whole = 2*firstNodes, true
		t.prove()
		if x.bound = math.Max(x.bound, t.bound); !b.s.r.mt.spent() {
			b.floor = math.Min(b.floor, x.bound)
			return
		}
	}
	x.bound = math.Max(x.bound, t.bound)
	if heap.Push(b, x); b.open[0] != x {
		x.t = nil
	}
}

// enter lays out the problem of a box. It says whether there is more to do about it.
func (b *boxQueue) enter(x *box) bool {
	s := b.s
	q := s.with(x.fixed)
	pre, ok := presolve(q)
	switch {
	case !ok:
		return false
	case pre.n == 0:
		s.offer(pre.restore(nil))
		b.floor = math.Min(b.floor, pre.offset)
		return false
	}
	t := s.r.structure(pre)
	if t == nil {
		bound, _ := s.plainly(q, nil, s.r.par.Gap, mostNodes, math.MaxInt64, s.rec, x.proof)
		b.floor = math.Min(b.floor, bound)
		return false
	}
	t.up, t.value = s, s.value
	if x.proof != nil {
		t.rec, t.proof = s.rec.within(pre), x.proof
	}
	if s.x != nil && within(s.x, q.lower, q.upper) {
		t.offer(pre.reduce(s.x))
	}
	if x.t = t; x.stage != unseen {
		t.relax(s.inward(pre, x.y))
		t.reduceCosts()
	}
	return true
}

// divide opens the boxes into which the open links divide one whose relaxation t has been solved, with multipliers y: one in which all
// are as their reduced costs like it, and for each link one in which it is not, and those of larger reduced cost are.
func (b *boxQueue) divide(x *box, t *structured, y []float64) {
	links := slices.Clone(t.links)
	slices.SortStableFunc(links, func(a, b int32) int { return cmp.Compare(math.Abs(t.rc[b]), math.Abs(t.rc[a])) })
	fixed, at := x.fixed, x.proof
	open := func(fixed map[int32]float64, by float64, proof *part) {
		b.serial++
		heap.Push(b, &box{fixed: fixed, y: y, bound: math.Max(x.bound, t.below+by), serial: b.serial, proof: proof})
	}
	for _, j := range links {
		k := j
		if t != b.s {
			k = t.pre.keep[j]
		}
		near := t.nearer(j)
		low, high := b.s.rec.branch(at, k, b.s.p.lower[k])
		if near == t.p.upper[j] {
			low, high = high, low
		}
		open(having(fixed, k, t.p.lower[j]+t.p.upper[j]-near), math.Abs(t.rc[j])*(1-reducedCostSlack), high)
		fixed, at = having(fixed, k, near), low
	}
	open(fixed, 0, at)
}

// having is a copy with one more column fixed.
func having(fixed map[int32]float64, j int32, v float64) map[int32]float64 {
	out := make(map[int32]float64, len(fixed)+1)
	maps.Copy(out, fixed)
	out[j] = v
	return out
}

// nearer is the bound of a link that its reduced cost likes better.
func (s *structured) nearer(j int32) float64 {
	if s.rc[j] < 0 {
		return s.p.upper[j]
	}
	return s.p.lower[j]
}

// inward are multipliers of s.p for a presolved part of it, outward the opposite.
func (s *structured) inward(pre *presolved, y []float64) []float64 {
	out := make([]float64, pre.m)
	for k, i := range pre.rowKeep {
		out[k] = y[i]
	}
	return out
}

func (s *structured) outward(pre *presolved, y []float64) []float64 {
	out := make([]float64, s.p.m)
	for k, i := range pre.rowKeep {
		out[i] = y[k]
	}
	return out
}

// with is the problem with some columns fixed.
func (s *structured) with(fixed map[int32]float64) *problem {
	q := *s.p
	q.lower, q.upper = append([]float64(nil), s.p.lower...), append([]float64(nil), s.p.upper...)
	for j, v := range fixed {
		q.lower[j], q.upper[j] = v, v
	}
	return &q
}

// within says whether a point keeps bounds on columns.
func within(x, lower, upper []float64) bool {
	for j, v := range x {
		if v < lower[j]-intTol || v > upper[j]+intTol {
			return false
		}
	}
	return true
}
