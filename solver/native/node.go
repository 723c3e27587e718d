package native

import (
	"container/heap"
	"math"
	"slices"
)

// process bounds one node and returns the child to go on with, nil where the part is done or put aside.
func (s *search) process(nd *node) *node {
	s.nodes++
	s.mt.work++
	lo, hi, ok := s.domain(nd)
	if !ok {
		return nil
	}
	st := s.relax(lo, hi)
	switch st {
	case lpInfeasible:
		s.rec.exclude(nd.part, s.lp.ray)
		return nil
	case lpStopped:
		s.stop(nd)
		return nil
	case lpFailed, lpUnbounded, lpPivots:
		return s.split(nd, lo, hi, s.anyColumn(lo, hi))
	}
	own := s.lpBound(lo, hi)
	s.rec.weigh(nd.part, s.y, s.roundUp(own))
	bound := math.Max(nd.bound, s.roundUp(own))
	s.learn(nd, bound)
	nd.bound = bound
	if bound >= s.cutoff() {
		s.prune(bound)
		return nil
	}
	s.x = s.lp.point(s.x)
	s.keepDomain(lo, hi)
	s.fixByCost(lo, hi, own)
	s.shut(nd, lo, hi)
	return s.branch(nd, lo, hi)
}

// domain applies the decisions above a node, and what reduced costs made of them, and propagates; false where nothing is left.
func (s *search) domain(nd *node) (lo, hi []float64, ok bool) {
	lo, hi = append([]float64(nil), s.lo...), append([]float64(nil), s.hi...)
	s.g.use(lo, hi)
	ok = true
	for ; nd != nil && ok; nd = nd.parent {
		if j := nd.col; j >= 0 {
			ok = s.g.set(j, math.Max(lo[j], nd.lo), math.Min(hi[j], nd.hi))
		}
		for _, j := range nd.shut {
			ok = ok && (hi[j] <= 0 || s.g.set(j, lo[j], 0))
		}
	}
	return lo, hi, s.g.run() && ok
}

// relax solves the relaxation within the bounds, cut off at the incumbent.
func (s *search) relax(lo, hi []float64) lpStatus {
	s.lp.setBounds(lo, hi)
	s.lp.cutoff = s.cutoff()
	return s.lp.solve(0)
}

// lpBound is the safe bound of the last relaxation.
func (s *search) lpBound(lo, hi []float64) float64 {
	s.y = s.lp.multipliers(s.y)
	return s.p.safeBound(s.y, s.p.cost, lo, hi)
}

// fixByCost tightens the bounds of nonbasic integer columns whose reduced cost lifts the bound past the incumbent.
// The bound has to be the one that the present reduced costs give.
func (s *search) fixByCost(lo, hi []float64, bound float64) int {
	if math.IsInf(s.value, 1) {
		return 0
	}
	room := s.room(bound)
	fixed := 0
	for j := range s.p.n {
		if !s.p.integer[j] || lo[j] == hi[j] || s.lp.state[j] == basic {
			continue
		}
		d := s.lp.d[j] / s.lp.scale.cost
		reach := math.Floor(room/math.Abs(d) + intTol)
		switch {
		case d > 0 && s.lp.state[j] == atLower && lo[j]+reach < hi[j]:
			hi[j] = lo[j] + reach
			fixed++
		case d < 0 && s.lp.state[j] == atUpper && hi[j]-reach > lo[j]:
			lo[j] = hi[j] - reach
			fixed++
		}
	}
	return fixed
}

// reducedCostSlack covers the errors of reduced costs in fixing.
const reducedCostSlack = 1e-6

// branch offers integral points as incumbents and divides others.
func (s *search) branch(nd *node, lo, hi []float64) *node {
	if len(s.fractional(lo, hi)) == 0 {
		if s.settle(lo, hi, nd.bound) || nd.bound >= s.cutoff() {
			s.prune(nd.bound)
			return nil
		}
		if col := s.anyColumn(lo, hi); col >= 0 {
			return s.split(nd, lo, hi, col)
		}
		s.exactly(nd, lo, hi)
		return nil
	}
	if !s.settled() && s.roundCheaply(lo, hi) && nd.bound >= s.cutoff() {
		s.prune(nd.bound)
		return nil
	}
	if s.nodes == s.nextRins && !s.settled() {
		s.nextRins *= 3
		s.rins(lo, hi)
	}
	s.lookAround(lookShare)
	ranked := s.rank(s.stepsFirst(s.fractional(lo, hi)))
	if s.hasCaps {
		if free := s.caps(lo, hi, 1); len(free) > 0 {
			ranked = s.rankCaps(free, lo, hi)
		} else {
			s.conclude(nd, lo, hi)
			return nil
		}
	}
	col, alive := s.chooseBranch(nd, lo, hi, ranked)
	if !alive || s.mt.spent() {
		if alive {
			s.stop(nd)
		}
		return nil
	}
	if col < 0 { // strong branching changed bounds: bound this node again
		return nd
	}
	return s.split(nd, lo, hi, col)
}

// fractional lists the integer columns with a fractional value.
func (s *search) fractional(lo, hi []float64) []int32 {
	var list []int32
	for j := range s.p.n {
		if s.p.integer[j] && lo[j] < hi[j] && math.Abs(s.x[j]-math.Round(s.x[j])) > intTol {
			list = append(list, int32(j))
		}
	}
	return list
}

// settle makes the integral solution of the relaxation an incumbent, with the integers rounded and, where that
// breaks rows, the continuous columns solved again. False where neither works, or the point costs more than the bound of the
// relaxation: with z = 1e-9 it lets x <= M z use what no integer allows.
func (s *search) settle(lo, hi []float64, bound float64) bool {
	settled := func(x []float64) bool {
		s.offer(x)
		v := s.p.objective(x)
		return v-bound <= optimalGap*math.Max(1, math.Abs(v))
	}
	x := append([]float64(nil), s.x...)
	flat, fhi := append([]float64(nil), lo...), append([]float64(nil), hi...)
	for j := range x {
		if s.p.integer[j] {
			x[j] = math.Round(x[j])
			flat[j], fhi[j] = x[j], x[j]
		}
	}
	if s.p.feasible(x) {
		return settled(x)
	}
	keep := s.lp.snapshot()
	s.lp.setBounds(flat, fhi)
	s.lp.cutoff = math.Inf(1)
	y, ok := s.pinned(x)
	if ok && !s.p.feasible(y) {
		y, ok = s.clean(s.p, flat, fhi)
	}
	for k := 0; ok && k < innerTries && !s.p.feasible(y); k++ {
		y, ok = s.clean(s.p.inner(y), flat, fhi)
	}
	ok = ok && s.p.feasible(y) && settled(y)
	s.lp.restore(keep)
	return ok
}

// exactly bounds a node without free integers by way of presolve, see clean.
func (s *search) exactly(nd *node, lo, hi []float64) {
	bound := nd.bound
	if s.depth < maxDepth && !s.mt.spent() {
		part := &part{}
		if below, _ := s.sub(lo, hi, 1, math.MaxInt64, s.rec.restrict(part, s.rec.bounding(s.y), s.domLo, s.domHi, lo, hi)); below > bound {
			bound = below
			nd.part.become(part)
		}
	}
	s.prune(bound)
}

// innerTries is how often the rows that a point breaks are drawn in: each time by what they are broken then.
const innerTries = 3

// inner is the problem with the sides of the rows that x breaks drawn in by as much, and a little more: the relaxation keeps a scaled row
// only as nearly as its tolerance, which is too little where a row has a coefficient of a million beside one near one.
func (p *problem) inner(x []float64) *problem {
	q := *p
	q.rowLo, q.rowUp = slices.Clone(p.rowLo), slices.Clone(p.rowUp)
	for i := range p.m {
		sum := 0.0
		idx, val := p.rows.vec(i)
		for e, j := range idx {
			sum += val[e] * x[j]
		}
		switch {
		case p.rowLo[i] == p.rowUp[i]:
		case sum > p.rowUp[i]:
			q.rowUp[i] -= 2 * (sum - p.rowUp[i])
		case sum < p.rowLo[i]:
			q.rowLo[i] += 2 * (p.rowLo[i] - sum)
		}
	}
	return &q
}

// pinned solves the continuous columns, the integers being fixed at those of x.
func (s *search) pinned(x []float64) ([]float64, bool) {
	if s.lp.solve(0) != lpOptimal {
		return nil, false
	}
	y := s.lp.point(nil)
	for j := range y {
		if s.p.integer[j] {
			y[j] = x[j]
		}
	}
	return y, true
}

// clean is the same by way of presolve: rows that the fixed integers close, such as x <= M z with z = 0, then hold
// exactly, where the relaxation leaves its tolerance times the scale of the row.
func (s *search) clean(p *problem, lo, hi []float64) ([]float64, bool) {
	q := *p
	q.lower, q.upper = lo, hi
	r, ok := presolve(&q)
	if !ok {
		return nil, false
	}
	if r.n == 0 {
		return r.restore(nil), true
	}
	lp := newSimplex(r.problem, s.mt, s.opt.seed)
	if lp.solve(0) != lpOptimal {
		return nil, false
	}
	return r.restore(lp.point(nil)), true
}

// anyColumn is an integer column that is not fixed, -1 none: what to branch on when the relaxation does not help. It is the one whose distance
// to an integer, small as it is, matters most in a row.
func (s *search) anyColumn(lo, hi []float64) int32 {
	best, most := int32(-1), -1.0
	for j := range s.p.n {
		if !s.p.integer[j] || lo[j] >= hi[j] {
			continue
		}
		largest := 0.0
		_, val := s.p.cols.vec(j)
		for _, v := range val {
			largest = math.Max(largest, math.Abs(v))
		}
		if d := largest * math.Abs(s.x[j]-math.Round(s.x[j])); d > most {
			best, most = int32(j), d
		}
	}
	return best
}

// split makes two children of a node and returns the one to go on with.
func (s *search) split(nd *node, lo, hi []float64, col int32) *node {
	if col < 0 {
		s.prune(nd.bound)
		return nil
	}
	at := s.splitPoint(lo[col], hi[col], s.x[col])
	base := s.lp.saveBasis()
	low, high := s.rec.branch(nd.part, col, at)
	down := s.child(nd, base, col, lo[col], at, s.x[col]-at, false)
	down.part = low
	up := s.child(nd, base, col, at+1, hi[col], at+1-s.x[col], true)
	up.part = high
	first, second := down, up
	if s.x[col]-at > s.preferUp(col) {
		first, second = up, down
	}
	heap.Push(&s.open, second)
	return first
}

// splitPoint is the last value of the lower child.
func (s *search) splitPoint(lo, hi, x float64) float64 {
	at := math.Floor(x)
	if math.Abs(x-math.Round(x)) <= intTol {
		at = math.Round(x)
		if at >= hi {
			at = hi - 1
		}
	}
	return math.Max(lo, math.Min(at, hi-1))
}

func (s *search) child(nd *node, b *basis, col int32, lo, hi, frac float64, up bool) *node {
	s.serial++
	return &node{
		parent: nd, col: col, lo: lo, hi: hi, bound: nd.bound, depth: nd.depth + 1, serial: s.serial,
		basis: b, frac: frac, up: up,
	}
}

// preferUp is the fraction above which the upper child comes first: assignments live by their ones, so the upper
// child is taken early.
func (s *search) preferUp(int32) float64 { return 0.3 }
