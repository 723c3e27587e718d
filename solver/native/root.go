package native

import "math"

// root bounds the whole problem, looks for incumbents, and fixes columns. It returns the node to go on with, nil
// where the problem is already answered.
func (s *search) root() *node {
	s.x = make([]float64, s.p.n)
	nd := &node{col: -1, bound: math.Inf(-1), part: s.proof}
	s.active = nd
	if math.IsInf(s.value, 1) && s.jump(s.x) {
		s.publish("jump")
	}
	if s.best != nil && s.depth == 0 && s.p.n >= mendLeastN {
		s.mend(mendPasses)
	}
	switch s.relax(s.lo, s.hi) {
	case lpOptimal:
		s.noteRoot(false)
	case lpInfeasible:
		s.noteRoot(true)
		s.rec.exclude(nd.part, s.lp.ray)
		return nil
	case lpCutoff:
		s.noteRoot(false)
		bound := s.lpBound(s.lo, s.hi)
		s.prune(bound)
		s.rec.weigh(nd.part, s.y, bound)
		return nil
	default:
		return nd
	}
	nd.bound = s.roundUp(s.lpBound(s.lo, s.hi))
	if s.opt.nearly > 0 && s.opt.from == 0 {
		s.opt.from = nd.bound
	}
	s.rec.weigh(nd.part, s.y, nd.bound)
	s.publish("root")
	s.x = s.lp.point(s.x)
	if len(s.fractional(s.lo, s.hi)) == 0 {
		return nd
	}
	s.active = nd
	s.roundTo(append([]float64(nil), s.x...), s.lo, s.hi)
	s.lookAtChoices()
	if s.weigh(nd) {
		return nil
	}
	if s.relax(s.lo, s.hi) == lpOptimal && !s.cutRoot(nd) {
		return nil
	}
	if s.relax(s.lo, s.hi) != lpOptimal {
		return nd
	}
	s.x = s.lp.point(s.x)
	s.rootHeuristics(nd)
	if nd.bound >= s.cutoff() {
		s.prune(nd.bound)
		nd.part.become(s.inner)
		return nil
	}
	if s.worths != nil && s.relax(s.lo, s.hi) == lpOptimal && s.weigh(nd) {
		return nil
	}
	return s.tightenRoot(nd)
}

// rootHeuristics runs the primal heuristics of the root, the cheapest first; where pivots are dear, the core, which
// has dives of its own, replaces dives among all columns.
func (s *search) rootHeuristics(nd *node) {
	x := append([]float64(nil), s.x...)
	for _, slack := range capSlacks {
		if s.unfinished(nd) {
			s.capped(x, slack)
		}
	}
	dear := s.p.n > dearColumns
	if dear && s.unfinished(nd) && s.relax(s.lo, s.hi) == lpOptimal {
		s.core(nd)
	}
	if s.unfinished(nd) && !(dear && s.best != nil) {
		s.x = append(s.x[:0], x...)
		s.dive(s.lo, s.hi)
	}
	if !dear && s.unfinished(nd) && s.relax(s.lo, s.hi) == lpOptimal {
		s.core(nd)
	}
	s.x = append(s.x[:0], x...)
	if math.IsInf(s.value, 1) && s.unfinished(nd) {
		s.jump(x)
	}
	if s.unfinished(nd) {
		s.rins(s.lo, s.hi)
	}
	if s.unfinished(nd) {
		s.lookAround(lookRoot)
	}
}

// unfinished says whether the root is neither proven nor out of its limits, and a better point may be found.
func (s *search) unfinished(nd *node) bool {
	return nd.bound < s.cutoff() && !s.settled() && !s.mt.spent()
}

// core solves the problem restricted to the columns whose reduced costs stay below a threshold t; all others keep the
// bound where they are. A good incumbent there makes reduced-cost fixing strong, and since a solution with one of the
// other columns costs at least t more than the relaxation, the bound rises to the least of the core's and that.
func (s *search) core(nd *node) {
	if s.depth >= maxDepth || s.p.n < coreLeast {
		return
	}
	lo, hi := append([]float64(nil), s.lo...), append([]float64(nil), s.hi...)
	own, limit := s.lpBound(lo, hi), s.threshold()
	kept, y := s.restrict(lo, hi, limit), s.rec.bounding(s.y)
	if float64(kept) > 0.7*float64(s.p.n) {
		return
	}
	whole := &part{}
	bound, _ := s.sub(lo, hi, coreNodes, s.worked()/2+corePivots, s.rec.restrict(whole, y, s.lo, s.hi, lo, hi))
	outside := own + limit/s.lp.scale.cost*(1-reducedCostSlack)
	if both := s.roundUp(math.Min(bound, outside)); both > nd.bound {
		nd.bound, s.inner = both, whole
	}
}

// dearColumns is the number of columns from which pivots among all of them are too dear for dives.
const dearColumns = 40_000

const (
	maxDepth   = 3    // of nested searches
	coreLeast  = 300  // columns from which a core search pays
	coreNodes  = 500  // nodes of a core search
	corePivots = 2000 // pivots of a core search beside half of what was spent so far
	coreShare  = 0.12 // share of the columns that a core keeps, apart from the basic ones
)

// threshold is the reduced cost below which columns belong to the core.
func (s *search) threshold() float64 {
	var d []float64
	for j := range s.p.n {
		if s.p.integer[j] && s.lp.state[j] != basic && s.lo[j] < s.hi[j] {
			d = append(d, math.Abs(s.lp.d[j]))
		}
	}
	if len(d) == 0 {
		return 0
	}
	return quantile(d, coreShare)
}

// restrict fixes the integer columns with reduced costs beyond the limit at their bounds; it returns how many
// columns stay free.
func (s *search) restrict(lo, hi []float64, limit float64) int {
	kept := 0
	for j := range s.p.n {
		if lo[j] == hi[j] {
			continue
		}
		if s.p.integer[j] && s.lp.state[j] != basic && math.Abs(s.lp.d[j]) > limit {
			v := hi[j]
			if s.lp.state[j] == atLower {
				v = lo[j]
			}
			if !math.IsInf(v, 0) && s.lp.state[j] != atZero {
				lo[j], hi[j] = v, v
				continue
			}
		}
		kept++
	}
	return kept
}

// sub solves a restriction of the problem to the given bounds, with the incumbent as cutoff, and takes over what it
// finds. It says whether the restriction was searched to its end. The proof grows from the given part, nil none.
func (s *search) sub(lo, hi []float64, nodes, work int64, proof *part) (float64, bool) {
	return s.subAt(s.depth+1, lo, hi, nodes, work, proof)
}

// subAt is sub at a depth of nesting, which decides what heuristics it has.
func (s *search) subAt(depth int, lo, hi []float64, nodes, work int64, proof *part) (float64, bool) {
	q := *s.p
	q.lower, q.upper = lo, hi
	r, ok := presolve(&q)
	if !ok {
		return math.Inf(1), true
	}
	mt := s.mt.child(work)
	defer s.mt.join(mt)
	if r.n == 0 {
		s.offer(r.restore(nil))
		return r.offset, true
	}
	opt := s.opt
	opt.maxNodes = nodes
	opt.found = func(x []float64, _ float64) { s.offer(r.restore(x)) }
	if opt.report != nil {
		outer := s.opt.report
		opt.report = func(phase string, _, _ float64, _ int64) { outer(phase, s.shown(), s.bound(), s.nodes) }
	}
	t := newSearch(r.problem, opt, mt)
	t.depth, t.value, t.warm = depth, s.value, s.lp.basisOf(r)
	t.above = s
	t.record(s.rec.within(r), proof)
	t.run()
	s.below += t.nodes + t.below
	return t.bound(), !t.stopped
}

// shown is the incumbent's value for progress reports.
func (s *search) shown() float64 {
	if s.best == nil {
		return math.NaN()
	}
	return s.value
}

// tightenRoot fixes columns by reduced cost for good; where that leaves a much smaller problem it is presolved and
// searched anew, and its bound becomes the bound of the rest.
func (s *search) tightenRoot(nd *node) *node {
	switch s.relax(s.lo, s.hi) {
	case lpOptimal:
	case lpCutoff:
		bound := s.lpBound(s.lo, s.hi)
		s.prune(bound)
		s.rec.weigh(nd.part, s.y, bound)
		return nil
	default:
		return nd
	}
	s.x = s.lp.point(s.x)
	s.keepRoot()
	s.refix()
	if s.shrunk() {
		s.restart(nd.bound)
		return nil
	}
	return nd
}

// restartShare: below this share of free columns the root starts anew.
const restartShare = 0.6

func (s *search) free() int {
	k := 0
	for j := range s.p.n {
		if s.lo[j] < s.hi[j] {
			k++
		}
	}
	return k
}

// quantile is the k-th smallest value, k being the share of the length (quickselect, Hoare 1961). It reorders v.
func quantile(v []float64, share float64) float64 {
	k := int(share * float64(len(v)-1))
	for lo, hi := 0, len(v)-1; lo < hi; {
		pivot := v[(lo+hi)/2]
		i, j := lo, hi
		for i <= j {
			for v[i] < pivot {
				i++
			}
			for v[j] > pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return v[k]
		}
	}
	return v[k]
}

// start offers a given point and, where it is not feasible, what rounding makes of it.
func (s *search) start(x []float64) {
	for j := range x {
		if math.IsNaN(x[j]) || math.IsInf(x[j], 0) {
			return
		}
		if s.p.integer[j] {
			x[j] = math.Round(x[j])
		}
	}
	s.lp = newSimplex(s.p, s.mt, s.opt.seed)
	if !s.p.feasible(x) {
		s.roundTo(x, s.lo, s.hi)
		return
	}
	s.offer(x)
}
