package native

import (
	"cmp"
	"math"
	"slices"

	"cadre/mip"
	"cadre/solver"
)

// explanation finds out by propagation, over the given rows, why a place has less room than its bounds say. Its bounds lie in memory
// that the next one takes.
type explanation struct {
	h      *handover
	lo, hi []float64 // after propagation
	was    []change  // the changes on the trail, with the bounds before each of them
	after  []change  // what each of them made of its column
	needed []bool
	bottom *part // of the chain stated last
	empty  bool  // propagation left nothing; the trail's last row says why
	shut   []shutSpan
	over   *part // a part above that puts a column at zero which is at least one here: its multipliers prove enough
}

// explain states a leaf that falls short: branches on bounds that propagation finds, the refuted sides of which a row
// closes, and below them a leaf that does reach the goal; nil where there is none.
func (h *handover) explain(p *part, y weights) *part {
	x := h.propagated()
	switch {
	case x.over != nil:
		if w := x.substituted(x.over.y, false, len(x.after)); x.reach(w, false) {
			return x.chain(&part{y: w})
		}
		return nil
	case x.empty:
		if w := x.substituted(h.refutation(h.g.why, h.g.upper), true, len(x.after)); x.reach(w, true) {
			if out := x.chain(&part{y: w, ray: true}); out != nil {
				return out
			}
		}
		for _, k := range x.draws(nil, len(x.after), change{col: -1, why: h.g.why, upper: h.g.upper}) {
			if !x.need(k) {
				return nil
			}
		}
		return x.chain(&part{y: h.refutation(h.g.why, h.g.upper), ray: true})
	case len(x.after) == 0:
		return nil
	}
	if p.ray {
		if w, ok := h.try(p.y, true, x.lo, x.hi); ok {
			if w = x.substituted(w, true, len(x.after)); x.reach(w, true) {
				return x.chain(&part{y: w, ray: true})
			}
		}
	}
	if w, ok := h.try(y, false, x.lo, x.hi); ok {
		if w = x.substituted(w, false, len(x.after)); x.reach(w, false) {
			return x.chain(&part{y: w})
		}
	}
	return nil
}

// under states the part with which a search began.
func (h *handover) under(p *part, y weights) *part {
	if p.kind != solver.KindBranch {
		return h.visit(p, y)
	}
	return h.hoist(p, y, h.visit)
}

// hoist states a part below the tightened bounds that its own multipliers draw on: once, above all of its leaves.
func (h *handover) hoist(p *part, y weights, state func(*part, weights) *part) *part {
	if p.y.row != nil {
		y = p.y
	}
	if h.spent() {
		return state(p, y)
	}
	x := h.propagated()
	if x.over != nil || x.empty || !x.gain(y) {
		return state(p, y)
	}
	top := x.chain(&part{})
	if top == nil {
		return state(p, y)
	}
	lo, hi := slices.Clone(h.lo), slices.Clone(h.hi)
	x.enter()
	*x.bottom = *state(p, y)
	copy(h.lo, lo)
	copy(h.hi, hi)
	return top
}

// enter goes to the place below the chain.
func (x *explanation) enter() {
	for k, c := range x.after {
		if x.needed[k] {
			x.h.lo[c.col], x.h.hi[c.col] = c.lo, c.hi
		}
	}
}

// substituted are multipliers that do without the changes before end: the row that made a change takes over the reduced cost of its
// column, which costs nothing where the bound is what the row implies, unrounded, as it is of every choice that follows from
// others. What is shut, and what was rounded, stays.
func (x *explanation) substituted(w weights, ray bool, end int) weights {
	h := x.h
	h.priced(w, ray, h.lo, h.hi)
	y := make([]float64, h.p.m)
	for e, i := range w.row {
		y[i] = w.value[e]
	}
	h.room[0], h.room[1] = append(h.room[0][:0], x.lo...), append(h.room[1][:0], x.hi...)
	lo, hi := h.room[0], h.room[1]
	for k := len(x.after) - 1; k >= 0; k-- {
		c, was := x.after[k], x.was[k]
		lo[c.col], hi[c.col] = was.lo, was.hi
		d := h.d[c.col]
		if k >= end || h.lo[c.col] == 0 && h.hi[c.col] == 0 || d == 0 || d > 0 && c.lo == was.lo || d < 0 && c.hi == was.hi || x.shutBy(k) >= 0 {
			continue
		}
		idx, val := h.p.rows.vec(int(c.why))
		at := slices.Index(idx, c.col)
		if h.p.integer[c.col] && !h.implied(c, at, d, lo, hi) {
			continue
		}
		by := d / val[at]
		y[c.why] += by
		for e, j := range idx {
			h.d[j] -= by * val[e]
		}
	}
	return weights{}.sparse(y)
}

// implied says whether a row implies the bound that reduced cost d draws on, of the column at entry at, without rounding; lo and hi are
// the bounds before the change c.
func (h *handover) implied(c change, at int, d float64, lo, hi []float64) bool {
	idx, val := h.p.rows.vec(int(c.why))
	bound, side := c.lo, h.p.rowLo[c.why]
	if d < 0 {
		bound = c.hi
	}
	upper := d < 0 == (val[at] > 0)
	if upper {
		side = h.p.rowUp[c.why]
	}
	for e, j := range idx {
		switch {
		case e == at:
		case upper == (val[e] > 0):
			side -= val[e] * lo[j]
		default:
			side -= val[e] * hi[j]
		}
	}
	return math.Abs(side-bound*val[at]) <= exactTol
}

// plus is w with more of row i.
func (w weights) plus(i int32, by float64) weights {
	at, in := slices.BinarySearch(w.row, i)
	out := weights{slices.Clone(w.row), slices.Clone(w.value)}
	if in {
		out.value[at] += by
		return out
	}
	return weights{slices.Insert(out.row, at, i), slices.Insert(out.value, at, by)}
}

// gain marks the changes from which multipliers gain, and says whether there are any.
func (x *explanation) gain(w weights) bool {
	goal := x.h.goal
	x.h.goal = math.Inf(1)
	x.reach(w, false)
	x.h.goal = goal
	return slices.Contains(x.needed, true)
}

// propagated tightens the bounds of the place.
func (h *handover) propagated() *explanation {
	lively := h.propagate()
	x := &explanation{h: h, lo: h.g.lo, hi: h.g.hi, empty: !lively}
	if lively {
		x.close()
	}
	h.work -= int64(len(h.g.trail))
	x.trace()
	return x
}

// propagate takes the propagator to the place and tightens its bounds; false where nothing is left.
func (h *handover) propagate() bool {
	if h.g == nil {
		h.settle()
	}
	h.g.undo(h.settled)
	h.g.looked = 0
	lively := !h.dead && h.arrive() && h.g.run()
	h.work -= h.g.looked + int64(len(h.lo))
	return lively
}

// settle propagates the bounds from which the places below are reached, once for all of them.
func (h *handover) settle() {
	h.g = newPropagator(h.p)
	h.g.gain = settledGain
	h.g.use(slices.Clone(h.from[0]), slices.Clone(h.from[1]))
	for i := range h.p.m {
		h.g.row(int32(i))
	}
	h.dead = !h.g.run()
	h.settled = len(h.g.trail)
}

// settledGain is worthGain for a handover: it comes to a place by many small steps, where the search took a large one.
const settledGain = 0.01

// deepen has the places below begin from what propagation finds here, until the way back is gone.
func (h *handover) deepen() (back func()) {
	before := h.settled
	if h.propagate() {
		h.settled = len(h.g.trail)
	}
	return func() { h.settled = before }
}

// arrive takes the propagator to the place; what that changes is on the trail, too, but is no deduction. False where a column has no room left
// between the place and what followed before; the row that said so is then the last one at work.
func (h *handover) arrive() bool {
	g := h.g
	for j := range h.lo {
		if h.lo[j] > g.hi[j] || h.hi[j] < g.lo[j] {
			for _, c := range slices.Backward(g.trail) {
				if c.col == int32(j) {
					g.why, g.upper = c.why, c.upper
					return false
				}
			}
		}
	}
	for j := range h.lo {
		if lo, hi := math.Max(h.lo[j], g.lo[j]), math.Min(h.hi[j], g.hi[j]); lo > g.lo[j] || hi < g.hi[j] {
			g.set(int32(j), lo, hi)
		}
	}
	return true
}

// trace tells what the changes on the trail have made of their columns, within the bounds of the place: there what led to the place is no
// change at all.
func (x *explanation) trace() {
	h := x.h
	within := func(c change, lo, hi float64) change {
		c.lo, c.hi = math.Max(lo, h.lo[c.col]), math.Min(hi, h.hi[c.col])
		return c
	}
	n := len(h.g.trail)
	x.was, x.after, x.needed = make([]change, n), make([]change, n), make([]bool, n)
	last := map[int32]change{}
	for k, c := range slices.Backward(h.g.trail) {
		lo, hi := x.lo[c.col], x.hi[c.col]
		if next, later := last[c.col]; later {
			lo, hi = next.lo, next.hi
		}
		x.was[k], x.after[k], last[c.col] = within(c, c.lo, c.hi), within(c, lo, hi), c
	}
}

// need marks change k, what the side of the row that made it draws from among the changes before, and what these draw from;
// false, and nothing, where a column among them is no integer: branches state none of those.
func (x *explanation) need(k int) bool {
	marked := []int{k}
	for at := 0; at < len(marked); at++ {
		c := x.after[marked[at]]
		if !x.h.p.integer[c.col] {
			return false
		}
		if x.shutBy(marked[at]) < 0 {
			marked = x.draws(marked, marked[at], c)
		}
	}
	for _, k := range marked {
		x.needed[k] = true
	}
	return true
}

// draws adds those of the changes before the k-th that the side of c's row draws on, but for c's own column.
func (x *explanation) draws(list []int, k int, c change) []int {
	sides := map[int32]bool{} // columns of the row by whether their lower bound counts
	idx, val := x.h.p.rows.vec(int(c.why))
	for e, j := range idx {
		if j != c.col {
			sides[j] = val[e] > 0 == c.upper
		}
	}
	for k--; k >= 0; k-- {
		was, now := x.was[k], x.after[k]
		low, member := sides[now.col]
		if !member || low && now.lo == was.lo || !low && now.hi == was.hi {
			continue
		}
		delete(sides, now.col) // earlier bounds are weaker
		if !x.needed[k] && !slices.Contains(list, k) {
			list = append(list, k)
		}
	}
	return list
}

// rayGoal is what a ray shall prove: certificates round its multipliers, and need more than mip.FeasTol.
const rayGoal = 2 * mip.FeasTol

// reach marks the changes that multipliers need to reach the goal, those that gain most first; false where they do not.
func (x *explanation) reach(w weights, ray bool) bool {
	goal := x.h.goal
	if ray {
		goal = rayGoal
	}
	return x.lean(w, ray, len(x.after), goal)
}

// lean is reach with the changes before end and a goal of its own. It leaves the reduced costs.
func (x *explanation) lean(w weights, ray bool, end int, goal float64) bool {
	h := x.h
	bound := h.priced(w, ray, h.lo, h.hi)
	if bound >= goal {
		return true
	}
	type gain struct {
		at int
		by float64
	}
	var gains []gain
	seen := map[int32]bool{}
	for k := end - 1; k >= 0; k-- {
		c := x.after[k]
		d := h.d[c.col]
		if h.lo[c.col] == 0 && h.hi[c.col] == 0 {
			continue
		}
		low := d > 0
		was := x.was[k]
		if seen[c.col] || low && c.lo == was.lo || !low && c.hi == was.hi {
			continue
		}
		seen[c.col] = true
		if by := least(d, c.lo, c.hi) - least(d, h.lo[c.col], h.hi[c.col]); by > 0 {
			gains = append(gains, gain{k, by})
		}
	}
	slices.SortStableFunc(gains, func(a, b gain) int { return cmp.Compare(b.by, a.by) })
	for _, g := range gains {
		if bound >= goal {
			break
		}
		if x.needed[g.at] || x.need(g.at) {
			bound += g.by
		}
	}
	return bound >= goal
}

// chain states the needed changes, in their order, above the leaf; nil where one has no proof.
func (x *explanation) chain(leaf *part) *part {
	sides, ok := x.sides()
	if !ok {
		return nil
	}
	top := &part{}
	at := top
	for k, c := range x.after {
		if e := x.shutBy(k); e >= 0 {
			if s := &x.shut[e]; k == s.begin && len(sides[e].columns) > 0 {
				*at = sides[e]
				at = at.low
			}
			continue
		}
		if !x.needed[k] {
			continue
		}
		was, refuted := x.was[k], &part{y: x.h.refutation(c.why, c.upper), ray: true}
		if c.hi < was.hi {
			at.branch(int(c.col), int64(c.hi))
			at.high.become(refuted)
			at = at.low
		}
		if c.lo > was.lo {
			at.branch(int(c.col), int64(c.lo)-1)
			at.low.become(refuted)
			at = at.high
		}
	}
	at.become(leaf)
	x.bottom = at
	return top
}

// refutation is the ray of one side of a row that cannot hold.
func (h *handover) refutation(i int32, upper bool) weights {
	if upper {
		return weights{[]int32{i}, []float64{-1}}
	}
	return weights{[]int32{i}, []float64{1}}
}
