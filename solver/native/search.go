package native

import (
	"container/heap"
	"math"
	"time"
)

// search is one branch and bound over a presolved problem. Its heuristics start further searches on restricted
// problems, and a root that fixes most columns hands over to a search on the rest.
type search struct {
	p         *problem
	opt       options
	mt        *meter
	lp        *simplex
	g         *propagator
	step      float64 // see problem.step
	lo, hi    []float64
	best      []float64 // incumbent, nil none
	value     float64   // its objective, or an outer cutoff; +Inf none
	floor     float64   // the least bound among pruned parts; +Inf none
	open      nodeHeap
	active    *node // the node in work, nil none
	nodes     int64
	below     int64 // nodes of nested searches
	serial    int64
	pseudo    pseudoCosts
	warm      *basis    // to begin the root relaxation from, nil none
	rec       *recorder // nil: nobody asks for a proof
	proof     *part     // of the whole problem, nil none
	domLo     []float64 // see keepDomain
	domHi     []float64
	inner     *part      // what a search of the core proved of the root, nil none
	depth     int        // of nested searches
	rootState *rootState // see warm.go
	stopped   bool       // a limit ended the search: open nodes remain
	rootCost  *rootCosts
	hasCaps   bool  // see caps.go
	nextRins  int64 // the node at which to look around the incumbent again
	near      *neighbours
	worths    *worthProof // nil: the problem is no such one
	given     *presolved  // made p of the given problem, where there are worths
	above     *search     // the search in which this one is nested, nil none
	rows      int         // of p that are no cuts
	steps     []bool      // see steps.go, nil before they are looked for
	y         []float64
	x         []float64
	team      []*explorer // see team.go
	news      time.Time   // of the last progress report
}

// options are what a search takes from solver.Params.
type options struct {
	gap, absGap float64
	seed        int64
	maxNodes    int64   // 0 none
	threads     int     // of a team, 0: no team
	nearly      float64 // share of the way from the root's bound to the cutoff from which on maxNodes is no limit, 0 none
	from        float64 // the root's bound, of the outermost search
	report      func(phase string, value, bound float64, nodes int64)
	found       func(x []float64, value float64) // called with every improving point, nil none
}

func newSearch(p *problem, opt options, mt *meter) *search {
	s := &search{
		p: p, opt: opt, mt: mt, g: newPropagator(p), step: p.step(), rows: p.m,
		lo: append([]float64(nil), p.lower...), hi: append([]float64(nil), p.upper...),
		value: math.Inf(1), floor: math.Inf(1), nextRins: 10,
	}
	s.pseudo = newPseudoCosts(p.n)
	s.hasCaps = len(s.caps(s.lo, s.hi, 2)) > 0
	return s
}

// node is an open part of the tree: its parent's part with one bound changed.
type node struct {
	parent *node
	col    int32
	lo, hi float64
	bound  float64
	depth  int
	serial int64
	basis  *basis
	frac   float64 // distance the branching moved the column, for pseudo-costs
	up     bool
	tries  int     // of conclude
	part   *part   // of the proof, nil none
	shut   []int32 // columns that its reduced costs put at zero: they stay there below it
}

// nodeHeap orders nodes by bound, then by age, so that the tree does not depend on anything but the input.
type nodeHeap []*node

func (h nodeHeap) Len() int { return len(h) }
func (h nodeHeap) Less(a, b int) bool {
	if h[a].bound != h[b].bound {
		return h[a].bound < h[b].bound
	}
	return h[a].serial < h[b].serial
}
func (h nodeHeap) Swap(a, b int) { h[a], h[b] = h[b], h[a] }

// Push and Pop are for container/heap.
func (h *nodeHeap) Push(v any) { *h = append(*h, v.(*node)) }
func (h *nodeHeap) Pop() any {
	old := *h
	n := old[len(old)-1]
	*h = old[:len(old)-1]
	return n
}

// run solves the problem as far as the limits allow. The root relaxation must be bounded.
func (s *search) run() {
	defer s.seal()
	if s.lp == nil {
		s.lp = newSimplex(s.p, s.mt, s.opt.seed)
	}
	if s.warm != nil {
		s.lp.loadBasis(s.warm)
	}
	next := s.root()
	for next != nil || len(s.open) > 0 {
		s.active = next
		if s.mt.spent() || s.tired() || s.closed() {
			s.stop(next)
			return
		}
		switch {
		case next != nil:
			next = s.process(next)
		case s.teamed():
			s.round()
		default:
			if next = s.pop(); next != nil {
				s.lp.loadBasis(next.basis)
			}
			continue
		}
		if s.refix(); s.shrunk() && (next != nil || len(s.open) > 0) && !s.mt.spent() {
			s.active = next
			s.restart(s.bound())
			return
		}
		s.publish("search")
	}
	s.active = nil
}

// pop is the open node of the least bound, nil where it is of no interest any more.
func (s *search) pop() *node {
	nd := heap.Pop(&s.open).(*node)
	if nd.bound >= s.cutoff() {
		s.prune(nd.bound)
		return nil
	}
	return nd
}

// tired says whether the search has made as many nodes as it may, and is not nearly done.
func (s *search) tired() bool {
	if s.opt.maxNodes == 0 || s.nodes < s.opt.maxNodes {
		return false
	}
	if s.opt.nearly == 0 || !(s.bound()-s.opt.from >= s.opt.nearly*(s.cutoff()-s.opt.from)) {
		return true
	}
	s.opt.maxNodes *= 2
	return false
}

// stop keeps the bounds of what is left.
func (s *search) stop(next *node) {
	s.stopped = true
	if next != nil {
		heap.Push(&s.open, next)
	}
	s.active = nil
}

// closed says whether the gap between incumbent and open nodes is small enough.
func (s *search) closed() bool {
	return !math.IsInf(s.value, 1) && s.bound() >= s.cutoff()
}

// cutoff is the bound from which a part of the tree is of no interest.
func (s *search) cutoff() float64 {
	if math.IsInf(s.value, 1) {
		return s.value
	}
	scale := math.Max(1, math.Abs(s.value))
	c := s.value - math.Max(s.opt.absGap, math.Max(s.opt.gap, tinyGap)*scale)
	if s.step > 0 {
		c = math.Min(c, s.value-s.step*(1-stepSlack))
	}
	return c
}

// stepSlack: a bound that far above the next smaller objective value proves that there is none in between.
const stepSlack = 1e-5

// roundUp lifts a bound to the next value that the objective can take.
func (s *search) roundUp(bound float64) float64 {
	if s.step == 0 || math.IsInf(bound, 0) {
		return bound
	}
	return s.p.offset + s.step*math.Ceil((bound-s.p.offset)/s.step-stepSlack)
}

// prune notes the bound of a part that is given up.
func (s *search) prune(bound float64) { s.floor = math.Min(s.floor, s.roundUp(bound)) }

// bound is a lower bound on the optimum: of the incumbent, of what was pruned and of what is open.
func (s *search) bound() float64 {
	b := math.Min(s.floor, s.value)
	if len(s.open) > 0 {
		b = math.Min(b, s.open[0].bound)
	}
	if s.active != nil {
		b = math.Min(b, s.active.bound)
	}
	return b
}

// offer takes x, a point of this problem, as incumbent where it is feasible and better.
func (s *search) offer(x []float64) bool {
	v := s.p.objective(x)
	if v >= s.value || !s.p.feasible(x) {
		return false
	}
	s.best, s.value = append(s.best[:0], x...), v
	if s.opt.found != nil {
		s.opt.found(s.best, v)
	}
	return true
}

// publish reports progress at most ten times a second.
func (s *search) publish(phase string) {
	if s.opt.report == nil || time.Since(s.news) < reportEvery {
		return
	}
	s.news = time.Now()
	bound := s.bound()
	if math.IsInf(bound, 1) { // nothing is known before the root relaxation
		bound = math.Inf(-1)
	}
	s.opt.report(phase, s.shown(), bound, s.nodes)
}

const reportEvery = 100 * time.Millisecond
