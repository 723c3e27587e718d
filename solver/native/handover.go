package native

import (
	"math"
	"slices"

	"cadre/mip"
	"cadre/solver"
)

// handover turns what the search recorded into a proof about the given model. The search relied on more than it recorded: nested
// presolves and propagation tightened bounds, and multipliers of rows that they dropped are missing. So every leaf is priced
// within the bounds that the tree above it states. One that falls short is mended by an ascent over the rows; then by stating,
// as branches above it, the tightened bounds that it needs, each of which one row proves. What still falls short is left to the
// certificate's own relaxations.
type handover struct {
	m       *mip.Model // without its level for rays
	bare    *mip.Model
	p       *problem
	lo, hi  []float64 // of the place in the tree
	goal    float64   // the bound that every leaf should reach
	base    weights   // of the root, for leaves that have nothing better
	y, d    []float64 // dense multipliers and reduced costs
	most    int64     // terms that may be looked at for one telling, see handoverWork
	work    int64     // of them, what is left
	mt      *meter
	from    [2][]float64 // bounds within which all places lie
	g       *propagator  // nil before the first place
	settled int          // changes on its trail that hold in all places
	dead    bool         // whether nothing is left in any place
	room    [2][]float64
	steps   map[int]solver.Implied
	shut    []*part // the parts above, from the top down, whose multipliers put columns at zero
}

// handoverShare is the part of the time that a search leaves to the handover, as a quotient: less than a certificate needs to grow a
// tree anew.
const handoverShare = 16

// goalSlack is what rounding errors may take off a bound, relatively: not worth mending.
const goalSlack = 1e-8

// handoverWork is how many terms a handover may look at: half a minute, where the clock does not end it before.
const handoverWork = 1 << 32

// state is the proof of a result, nil where nothing but the root's multipliers is known or needed.
func (r *run) state(m *mip.Model, res solver.Result, mt *meter) *solver.Proof {
	return r.stateWithin(m, res, mt, handoverWork)
}

// stateWithin is state with a limit on the work of its own.
func (r *run) stateWithin(m *mip.Model, res solver.Result, mt *meter, most int64) *solver.Proof {
	p := r.p.clone()
	if !(&presolver{p: p}).roundBounds() {
		return solver.NewProof(nil)
	}
	rows := p.m
	if r.book != nil {
		m = r.book.extend(m, p, r.proof)
	}
	bare := *m
	bare.Levels = nil
	h := newHandover(p)
	h.m, h.bare, h.most, h.mt, h.steps = m, &bare, most, mt, r.steps
	bound := res.Bound
	if res.Status == solver.Infeasible {
		bound = math.Inf(1)
	}
	h.aim(bound)
	if r.proof == nil {
		r.proof = &part{}
	}
	h.base = weights{}.sparse(res.Multipliers)
	if h.reaches(h.price(h.base, false), false) {
		return nil
	}
	if r.proof.y.row == nil && h.base.row != nil {
		r.proof.y = h.base
	}
	return h.list(h.tell(r.proof, bound), r.book, rows)
}

// newHandover is one whose place is the whole problem.
func newHandover(p *problem) *handover {
	h := &handover{p: p, lo: slices.Clone(p.lower), hi: slices.Clone(p.upper), y: make([]float64, p.m), d: make([]float64, p.n)}
	h.from = [2][]float64{p.lower, p.upper}
	return h
}

// aim sets the goal to what proves a bound.
func (h *handover) aim(bound float64) {
	if h.goal = bound; math.IsInf(bound, 0) {
		return
	}
	if step := h.p.wholeStep(); step > 0 { // whatever passes the value before is rounded up
		h.goal -= step * (1 - 10*stepSlack)
	} else {
		h.goal -= goalSlack * math.Max(1, math.Abs(h.goal))
	}
}

// wholeStep is step with the costs of fixed columns: what a certificate rounds bounds up to.
func (p *problem) wholeStep() float64 {
	q := *p
	q.lower, q.upper = make([]float64, p.n), slices.Repeat([]float64{1}, p.n)
	return q.step()
}

// sparse are dense multipliers.
func (weights) sparse(y []float64) (w weights) {
	for i, v := range y {
		if v != 0 {
			w.row, w.value = append(w.row, int32(i)), append(w.value, v)
		}
	}
	return w
}

// reaches says whether a leaf's bound will do, or a ray's.
func (h *handover) reaches(bound float64, ray bool) bool {
	if ray {
		return bound > mip.FeasTol
	}
	return bound >= h.goal
}

// spent says whether leaves are no longer to be mended.
func (h *handover) spent() bool { return h.work < 0 || h.mt.spent() }

// visit states a part within the bounds of the place; y are the multipliers of the nearest part above.
func (h *handover) visit(p *part, y weights) *part {
	if p.y.row != nil && !p.ray {
		y = p.y
	}
	if p.kind == solver.KindLeaf {
		return h.leaf(p, y)
	}
	if p.y.row != nil && !h.mt.spent() && (!p.claimed || p.bound >= h.goal) {
		if h.reaches(h.price(p.y, false), false) {
			return &part{y: p.y}
		}
		if p.claimed && !h.spent() {
			if out := h.explain(&part{}, p.y); out != nil {
				return out
			}
		}
	}
	if len(p.shut) > 0 {
		if out := h.shutOff(p, y); out != nil {
			return out
		}
		h.shut = append(h.shut, p)
		defer func(n int) { h.shut = h.shut[:n] }(len(h.shut) - 1)
	}
	return h.divided(p, y)
}

// divided states an inner part.
func (h *handover) divided(p *part, y weights) *part {
	if p.kind == solver.KindSplit {
		return h.hoist(p, y, h.split)
	}
	lo, hi, at := h.lo[p.column], h.hi[p.column], float64(p.at)
	switch {
	case at < lo:
		return h.visit(p.high, y)
	case at >= hi:
		return h.visit(p.low, y)
	}
	if !h.spent() {
		defer h.deepen()()
	}
	out := &part{kind: p.kind, column: p.column, at: p.at, y: p.y}
	step := solver.Implied{}
	if at == 0 {
		step = h.steps[p.column]
	}
	h.hi[p.column] = at
	back := held(h.hi, 0, step.Above, step.Shut)
	out.low = h.visit(p.low, y)
	back()
	h.lo[p.column], h.hi[p.column] = at+1, hi
	back = held(h.lo, 1, step.Below)
	out.high = h.visit(p.high, y)
	back()
	h.lo[p.column] = lo
	return out
}

// held sets bounds of columns to a value, and returns the way back.
func held(bounds []float64, to float64, lists ...[]int) (back func()) {
	columns := slices.Concat(lists...)
	was := make([]float64, len(columns))
	for e, j := range columns {
		was[e], bounds[j] = bounds[j], to
	}
	return func() {
		for e, j := range slices.Backward(columns) {
			bounds[j] = was[e]
		}
	}
}

// split states a split; that one of its columns is at least one is worth the least of their reduced costs.
func (h *handover) split(p *part, y weights) *part {
	out := &part{kind: p.kind, y: p.y, high: &part{y: y}}
	for _, j := range p.columns {
		if h.hi[j] > 0 && h.lo[j] <= 0 {
			out.columns = append(out.columns, j)
		}
	}
	if len(out.columns) == 0 {
		return h.visit(p.low, y)
	}
	hi := make([]float64, len(out.columns))
	for e, j := range out.columns {
		hi[e], h.hi[j] = h.hi[j], 0
	}
	thick := *h
	h.thin()
	out.low = h.under(p.low, y)
	h.m, h.bare, h.p, h.from, h.g, h.settled, h.dead = thick.m, thick.bare, thick.p, thick.from, thick.g, thick.settled, thick.dead
	for e, j := range out.columns {
		h.hi[j] = hi[e]
	}
	out.high.y = h.some(y, out.columns)
	return out
}

// some are the multipliers of the side of a split on which one of its columns is not zero: y, or better ones from it, and the least
// of the columns' reduced costs for the split's own row.
func (h *handover) some(y weights, columns []int) weights {
	w, bound := h.raised(y, false, h.lo, h.hi)
	add := func(w weights, bound float64) (weights, float64) {
		least := math.Inf(1)
		for _, j := range columns {
			least = math.Min(least, h.d[j])
		}
		if !(least > 0) {
			return w, bound
		}
		return weights{append(slices.Clone(w.row), int32(h.p.m)), append(slices.Clone(w.value), least)}, bound + least
	}
	h.price(w, false)
	best, most := add(w, bound)
	for _, y := range []weights{y, h.base} {
		if own, bound := add(y, h.price(y, false)); bound > most {
			best, most = own, bound
		}
	}
	return best
}

// thin leaves the columns that are zero at the place out of all rows.
func (h *handover) thin() {
	p, m, bare := *h.p, *h.m, *h.bare
	p.rows, m.Rows = matrix{start: []int{0}}, make([]mip.Constraint, len(h.m.Rows))
	for i := range p.m {
		idx, val := h.p.rows.vec(i)
		terms := make([]mip.Term, 0, len(idx))
		for e, j := range idx {
			if h.lo[j] != 0 || h.hi[j] != 0 {
				p.rows.index, p.rows.value = append(p.rows.index, j), append(p.rows.value, val[e])
				terms = append(terms, mip.Term{Col: mip.Col(j), Coef: val[e]})
			}
		}
		p.rows.push()
		m.Rows[i] = mip.Constraint{Lower: p.rowLo[i], Upper: p.rowUp[i], Terms: terms}
	}
	p.cols = p.rows.transpose(p.n)
	bare.Rows = m.Rows
	h.p, h.m, h.bare, h.from, h.g = &p, &m, &bare, [2][]float64{slices.Clone(h.lo), slices.Clone(h.hi)}, nil
}

// price leaves the reduced costs of the columns that are open at the place, and returns the bound.
func (h *handover) price(w weights, ray bool) float64 { return h.priced(w, ray, h.lo, h.hi) }

func (h *handover) priced(w weights, ray bool, lo, hi []float64) float64 {
	sum, terms := 0.0, 0
	if !ray {
		sum = h.p.offset
	}
	for e, i := range w.row {
		v := w.value[e]
		side := h.p.rowLo[i]
		if v < 0 {
			side = h.p.rowUp[i]
		}
		if h.y[i] = v; math.IsInf(side, 0) {
			h.y[i] = 0
		} else {
			sum += v * side
		}
		terms += h.p.rows.start[i+1] - h.p.rows.start[i]
	}
	h.reduce(w, ray, lo, hi, terms)
	for j := range lo {
		if lo[j] != 0 || hi[j] != 0 {
			sum += least(h.d[j], lo[j], hi[j])
		}
	}
	for _, i := range w.row {
		h.y[i] = 0
	}
	if math.IsNaN(sum) {
		return math.Inf(-1)
	}
	return sum
}

// reduce leaves the reduced costs of the columns that are open under the multipliers in y, which have so many terms in their rows: by rows or by
// columns, whichever have fewer; the sums are the same to the last bit.
func (h *handover) reduce(w weights, ray bool, lo, hi []float64, terms int) {
	open := 0
	for j := range lo {
		if lo[j] != 0 || hi[j] != 0 {
			open += h.p.cols.start[j+1] - h.p.cols.start[j]
		}
	}
	h.work -= int64(min(open, terms) + len(lo))
	if clear(h.d); !ray {
		copy(h.d, h.p.cost)
	}
	if terms <= open {
		for _, i := range w.row {
			if v := h.y[i]; v != 0 {
				idx, val := h.p.rows.vec(int(i))
				for e, j := range idx {
					h.d[j] -= v * val[e]
				}
			}
		}
		return
	}
	for j := range lo {
		if lo[j] == 0 && hi[j] == 0 {
			continue
		}
		d := h.d[j]
		idx, val := h.p.cols.vec(j)
		for e, i := range idx {
			d -= h.y[i] * val[e]
		}
		h.d[j] = d
	}
}

// least is the least d x for x from lo to hi.
func least(d, lo, hi float64) float64 {
	switch {
	case d > 0:
		return d * lo
	case d < 0:
		return d * hi
	}
	return 0
}

// leaf states a leaf, mended where it falls short: by what propagation found, as the search had it, or else by an ascent.
func (h *handover) leaf(p *part, y weights) *part {
	switch {
	case h.mt.spent(): // the certificate will see
		return &part{y: p.y, of: p.of, ray: p.ray}
	case len(p.of) > 0:
		w, work := total(p.of), h.work
		if h.reaches(h.price(w, false), false) {
			h.work = work // many, of which hardly any needs mending
			return &part{of: p.of}
		}
		return h.leaf(&part{}, w)
	case p.ray && h.reaches(h.price(p.y, true), true):
		return &part{y: p.y, ray: true}
	case h.reaches(h.price(y, false), false):
		return &part{y: y}
	}
	if !h.spent() {
		if out := h.explain(p, y); out != nil {
			return out
		}
	}
	if p.ray {
		if w, ok := h.try(p.y, true, h.lo, h.hi); ok {
			return &part{y: w, ray: true}
		}
	}
	w, ok := h.try(y, false, h.lo, h.hi)
	if ok {
		return &part{y: w}
	}
	if h.price(h.base, false) > h.price(w, false) {
		return &part{y: h.base}
	}
	return &part{y: w}
}

// try prices multipliers within bounds, and better ones from them where they fall short. It says whether that reaches the goal.
func (h *handover) try(w weights, ray bool, lo, hi []float64) (weights, bool) {
	bound := h.priced(w, ray, lo, hi)
	if h.reaches(bound, ray) || h.spent() || !ray && math.IsInf(h.goal, 1) {
		return w, h.reaches(bound, ray)
	}
	if better, b := h.raised(w, ray, lo, hi); b > bound {
		return better, h.reaches(b, ray)
	}
	return w, false
}

// raised ascends from multipliers within bounds.
func (h *handover) raised(w weights, ray bool, lo, hi []float64) (weights, float64) {
	m, y := h.m, make([]float64, h.p.m)
	if ray {
		m = h.bare
	}
	for e, i := range w.row {
		y[i] = w.value[e]
	}
	h.work -= 4 * int64(len(h.p.rows.index))
	y, _ = solver.AscendWithin(m, y, lo, hi)
	better := weights{}.sparse(y)
	return better, h.priced(better, ray, lo, hi)
}

// list states the tree in the order of the certificate, breadth first: what is cut off of it lies deep.
func (h *handover) list(top *part, b *book, rows int) *solver.Proof {
	out := &solver.Proof{}
	number := b.used(top, rows, &out.Cuts)
	queue := []*part{top}
	dense, shared := map[*int32][]float64{}, map[*weights]int{}
	for k := 0; k < len(queue); k++ {
		p := queue[k]
		n := solver.ProofNode{Kind: p.kind, Column: p.column, At: p.at, Columns: p.columns, Ray: p.ray}
		n.Multipliers = p.y.dense(rows, number, dense)
		for _, w := range p.of {
			at, known := shared[w]
			if !known {
				at = len(out.Shared)
				shared[w] = at
				out.Shared = append(out.Shared, w.dense(rows, number, dense))
			}
			n.Of = append(n.Of, at)
		}
		slices.Sort(n.Of)
		if p.kind != solver.KindLeaf {
			n.Low, n.High = len(queue), len(queue)+1
			queue = append(queue, p.low, p.high)
		}
		out.Nodes = append(out.Nodes, n)
	}
	return out
}

// total is the sum of multipliers of different rows.
func total(list []*weights) (out weights) {
	for _, w := range list {
		out = out.and(*w)
	}
	return out
}

// dense are the multipliers by row; those of parts that share them are shared.
func (w weights) dense(rows int, number []int, known map[*int32][]float64) []float64 {
	if w.row == nil {
		return nil
	}
	if len(w.row) == 0 {
		return []float64{}
	}
	if y, ok := known[&w.row[0]]; ok {
		return y
	}
	size := rows
	for _, i := range w.row {
		size = max(size, number[i]+1)
	}
	y := make([]float64, size)
	for e, i := range w.row {
		y[number[i]] = w.value[e]
	}
	known[&w.row[0]] = y
	return y
}
