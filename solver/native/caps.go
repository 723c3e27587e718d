package native

import (
	"container/heap"
	"math"
)

// Caps are integer columns of positive cost that stand alone with minus signs in many rows: the largest burden of a
// group, over which no member may rise. The relaxation sees little of them, since it spreads every member over many
// columns; bounds on a cap, propagated, forbid columns. So caps are branched on first, and when all are fixed the
// rest, which is a plain assignment problem, is presolved and searched for itself.

const (
	maxCaps = 20 // with more such columns branching on all of them first would not end
	capRows = 8  // rows from which a column counts as a cap
)

// caps lists the caps whose domain spans at least so many steps; none where they are too many.
func (s *search) caps(lo, hi []float64, span float64) []int32 {
	var list []int32
	for j := range s.p.n {
		if s.p.integer[j] && s.p.cost[j] > 0 && hi[j]-lo[j] >= span && s.p.upper[j]-s.p.lower[j] >= 2 &&
			s.p.cols.start[j+1]-s.p.cols.start[j] >= capRows {
			list = append(list, int32(j))
		}
	}
	if len(list) > maxCaps {
		return nil
	}
	return list
}

// rankCaps sorts the caps that are not fixed by their expected gains.
func (s *search) rankCaps(list []int32, lo, hi []float64) []candidate {
	c := make([]candidate, len(list))
	for k, j := range list {
		at := s.splitPoint(lo[j], hi[j], s.x[j])
		c[k] = candidate{j, score(s.pseudo.guess(0, j, math.Max(wideStep, s.x[j]-at)), s.pseudo.guess(1, j, at+1-s.x[j]))}
	}
	sortCandidates(c)
	return c
}

// wideStep is the distance that stands for the pruning of other columns where a cap stays where it is.
const wideStep = 0.5

// conclude searches a node whose caps are all fixed as a problem of its own. A first try is short, since a better
// incumbent from elsewhere may make a long one needless; a node that is not done goes back with its better bound.
func (s *search) conclude(nd *node, lo, hi []float64) {
	work := int64(capPivots) << min(2*nd.tries, 40)
	bound, done := s.sub(lo, hi, math.MaxInt64, work, s.concluded(nd, lo, hi))
	if done {
		s.prune(math.Max(nd.bound, bound))
		return
	}
	nd.bound = math.Max(nd.bound, bound)
	nd.tries++
	nd.basis = s.lp.saveBasis()
	if nd.bound >= s.cutoff() {
		s.prune(nd.bound)
		return
	}
	heap.Push(&s.open, nd)
}

// capPivots is the work of the first try.
const capPivots = 2500

// capSlacks are the shares by which caps may pass their values in the relaxation.
var capSlacks = []float64{0.03, 0.12, 0.3}

// capped dives with the caps held near their values x in the relaxation: with caps free,
// dives find assignments that respect none.
func (s *search) capped(x []float64, slack float64) {
	s.x = append(s.x[:0], x...)
	lo, hi := append([]float64(nil), s.lo...), append([]float64(nil), s.hi...)
	s.g.use(lo, hi)
	ok, caps := true, 0
	for _, c := range s.caps(lo, hi, 2) {
		if up := math.Ceil(x[c]*(1+slack)) + 1; ok && up < hi[c] && up >= lo[c] {
			caps++
			ok = s.g.narrow(c, lo[c], up)
		}
	}
	if !ok || caps == 0 {
		return
	}
	if s.relax(lo, hi) == lpOptimal {
		s.x = s.lp.point(s.x)
		s.dive(lo, hi)
	}
}
