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
const mostLinks = 1000

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
	t      *structured  // once it is relaxed, as long as no other box comes before it
	spans  []span       // of the ladders, nil where there are none that heights know
	by     *heightTable // which gives the bound, nil none
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
	h      *heights // nil where ladders are none that can be solved by themselves
	open   []*box
	floor  float64 // the least bound of boxes that were searched to the end
	serial int
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
	b := &boxQueue{s: s, h: s.h, floor: math.Inf(1)}
	if s.h != nil {
		s.scout()
		b.put(&box{bound: s.bound, proof: s.proof, spans: s.h.whole()})
		defer b.weigh()
	} else {
		s.survey()
		b.divide(&box{bound: s.bound, proof: s.proof}, s, s.y)
	}
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

// put adds a box.
func (b *boxQueue) put(x *box) {
	b.serial++
	x.serial = b.serial
	heap.Push(b, x)
}

// look bounds a box by tables, or divides it: what they close comes off, and where that is nothing the widest range is halved. It says
// whether that is all that can be done for now.
func (b *boxQueue) look(x *box) bool {
	t, bound := b.h.best(x.spans)
	if bound > x.bound+improvement {
		x.bound, x.by = bound, t
		heap.Push(b, x)
		return true
	}
	g, at := b.h.closes(x.spans, b.s.cutoff())
	if g < 0 {
		g, at = b.h.widest(t, x.spans)
	}
	if g < 0 {
		x.fixed, x.y = b.h.fixed(x.spans), b.h.multipliers(t, x.spans)
		return false
	}
	r := x.spans[g]
	low, high := b.s.rec.branch(x.proof, b.h.ladders[g][at], 0)
	b.put(&box{bound: x.bound, by: x.by, proof: low, spans: ranged(x.spans, g, span{r.lo, at})})
	b.put(&box{bound: x.bound, by: x.by, proof: high, spans: ranged(x.spans, g, span{at + 1, r.hi})})
	return true
}

// learn reads a table from the multipliers of a box, and states by it what they prove of the box.
func (b *boxQueue) learn(x *box) {
	t := b.h.learn(b.s.with(x.fixed).grounded(x.y))
	if bound := b.h.bound(t, x.spans); bound > x.bound-reducedCostSlack*(1+math.Abs(x.bound)) {
		b.s.rec.weigh(x.proof, b.h.multipliers(t, x.spans), bound)
	}
}

// weigh gives the boxes that tables closed their multipliers.
func (b *boxQueue) weigh() {
	for _, x := range b.open {
		if x.by != nil && x.stage == unseen {
			x.proof.add(b.h.shared(x.by, x.spans))
		}
	}
}

// add gives a leaf multipliers that are the sum of others.
func (p *part) add(of []*weights) {
	if p != nil {
		p.of = of
	}
}

// advance takes a box one stage further.
func (b *boxQueue) advance(x *box) {
	if x.spans != nil && x.stage == unseen && b.look(x) {
		return
	}
	if x.t == nil && !b.enter(x) {
		return
	}
	t := x.t
	t.value = b.s.value
	switch {
	case x.stage == unseen:
		t.relax(b.s.inward(t.pre, x.y))
		none := t.refuted()
		x.stage, x.bound, x.y = relaxed, math.Max(x.bound, t.bound), b.s.outward(t.pre, t.y)
		if b.h != nil {
			b.learn(x)
		}
		if none {
			return
		}
		if t.reduceCosts(); len(t.links) > 0 {
			b.divide(x, t, x.y)
			return
		}
	case x.stage == relaxed:
		x.stage = sought
		t.seek()
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
	t, bound := s.part(x.fixed, x.proof)
	if t != nil && t.rec != nil && b.h != nil {
		t.rec = t.rec.paying(s.rec.weights(b.h.paid()))
	}
	if x.t = t; t == nil {
		b.floor = math.Min(b.floor, bound)
		return false
	}
	if x.stage != unseen {
		x.t.relax(s.inward(x.t.pre, x.y))
		x.t.reduceCosts()
	}
	return true
}

// part is the problem with some columns fixed; nil, with a bound, where it is solved at once.
func (s *structured) part(fixed map[int32]float64, proof *part) (*structured, float64) {
	q := s.with(fixed)
	pre, ok := presolveGiven(q)
	switch {
	case !ok:
		return nil, math.Inf(1)
	case pre.n == 0:
		s.offer(pre.restore(nil))
		return nil, pre.offset
	}
	t := s.r.structure(pre, partShare)
	if t == nil {
		bound, _ := s.plainly(q, nil, s.r.par.Gap, effort{nodes: mostNodes, work: math.MaxInt64}, s.rec, proof)
		return nil, bound
	}
	t.up, t.value = s, s.value
	if proof != nil {
		t.rec, t.proof = s.rec.within(pre), proof
	}
	if s.x != nil && within(s.x, q.lower, q.upper) {
		t.offer(pre.reduce(s.x))
	}
	return t, t.bound
}

// survey looks for a point where the links have good values. It begins with those that their reduced costs like better, which are true of
// the relaxation only, and changes a doubtful one as long as that lowers the bound of what is left.
func (s *structured) survey() {
	fixed, y := s.liked(), s.y
	best, bound := s.glance(fixed, y, math.Inf(1))
	for better := best != nil; better; {
		better, y = false, s.outward(best.pre, best.y)
		for _, j := range s.doubtful() {
			other := having(fixed, j, s.p.lower[j]+s.p.upper[j]-fixed[j])
			if t, lower := s.glance(other, y, bound); t != nil && lower < bound-improvement {
				best, bound, fixed, better = t, lower, other, true
				break
			}
		}
	}
	if best != nil && !s.done() {
		best.value, best.turns = s.value, 2*firstNodes
		best.brief = false
		best.converge()
		best.reduceCosts()
		best.seek()
		best.prove()
	}
}

// liked are values of all links as their reduced costs like it, the clearest first, as far as the rows let them.
func (s *structured) liked() map[int32]float64 {
	g := newPropagator(s.p)
	g.use(slices.Clone(s.p.lower), slices.Clone(s.p.upper))
	fixed := make(map[int32]float64, len(s.links))
	for _, j := range s.clearest(s.links) {
		v, mark := s.nearer(j), len(g.trail)
		if v < g.lo[j] || v > g.hi[j] || !g.narrow(j, v, v) {
			g.undo(mark)
			v = s.p.lower[j] + s.p.upper[j] - v
			g.narrow(j, v, v)
		}
		fixed[j] = v
	}
	return fixed
}

// clearest sorts links by their reduced costs, the largest first.
func (s *structured) clearest(links []int32) []int32 {
	list := slices.Clone(links)
	slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(math.Abs(s.rc[b]), math.Abs(s.rc[a])) })
	return list
}

// glance bounds the problem with links fixed, from multipliers of s.p, as far as the bound stays below a limit; nil where it is solved
// at once.
func (s *structured) glance(fixed map[int32]float64, y []float64, limit float64) (*structured, float64) {
	t, bound := s.part(fixed, nil)
	if t == nil || s.done() {
		return nil, bound
	}
	t.value, t.brief = math.Min(s.value, limit), true
	t.relax(s.inward(t.pre, y))
	return t, t.bound
}

// doubtful are the links of least reduced cost, the most doubtful first.
func (s *structured) doubtful() []int32 {
	list := s.clearest(s.links)
	slices.Reverse(list)
	return list[:min(len(list), surveyed)]
}

const surveyed = 12

// divide opens the boxes into which the open links divide one whose relaxation t has been solved, with multipliers y: one in which all
// are as their reduced costs like it, and for each link one in which it is not, and those of larger reduced cost are.
func (b *boxQueue) divide(x *box, t *structured, y []float64) {
	fixed, at := x.fixed, x.proof
	open := func(fixed map[int32]float64, by float64, proof *part) {
		b.serial++
		heap.Push(b, &box{fixed: fixed, y: y, bound: math.Max(x.bound, t.below+by), serial: b.serial, proof: proof})
	}
	for _, j := range t.clearest(t.links) {
		k := j
		if t != b.s {
			k = t.pre.keep[j]
		}
		near := t.nearer(j)
		low, high := b.s.rec.branch(at, k, b.s.p.lower[k])
		if near == t.p.upper[j] {
			low, high = high, low
		}
		far := t.p.lower[j] + t.p.upper[j] - near
		open(having(fixed, k, far), t.extra(j, far)*(1-reducedCostSlack), high)
		fixed, at = having(fixed, k, near), low
	}
	open(fixed, 0, at)
}

// extra is what value v of column j costs more than the value that its reduced cost likes, which need not be the nearer one.
func (s *structured) extra(j int32, v float64) float64 {
	d := s.rc[j]
	return d*v - least(d, s.p.lower[j], s.p.upper[j])
}

// having is a copy with one more column fixed.
func having(fixed map[int32]float64, j int32, v float64) map[int32]float64 {
	out := make(map[int32]float64, len(fixed)+1)
	maps.Copy(out, fixed)
	out[j] = v
	return out
}

// nearer is the bound of a link that its reduced cost likes better; where it says next to nothing, that which leaves rows more room.
func (s *structured) nearer(j int32) float64 {
	d := s.rc[j]
	if math.Abs(d) <= littleCost*(1+math.Abs(s.p.cost[j])) {
		d = s.p.narrowing(int(j))
	}
	if d < 0 {
		return s.p.upper[j]
	}
	return s.p.lower[j]
}

// littleCost is the reduced cost of a link, relative to its cost, that multipliers short of their best may give by chance.
const littleCost = 1e-2

// narrowing counts the sides of rows that have less room when column j rises, less those that have more.
func (p *problem) narrowing(j int) float64 {
	n := 0.0
	idx, val := p.cols.vec(j)
	for e, i := range idx {
		sign := math.Copysign(1, val[e])
		if !math.IsInf(p.rowUp[i], 1) {
			n += sign
		}
		if !math.IsInf(p.rowLo[i], -1) {
			n -= sign
		}
	}
	return n
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
