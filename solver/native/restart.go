package native

import "math"

// rootCosts are the reduced costs of the root relaxation: with every better incumbent they fix more columns.
type rootCosts struct {
	d      []float64 // unscaled; zero where basic
	lo, hi []float64 // the bounds they belong to
	bound  float64   // the safe bound they give
	free   int       // columns that were free
	value  float64   // the incumbent they were last used with
	y      weights   // what gave them, for the proof
}

// keepRoot remembers the reduced costs of the relaxation just solved over the global bounds.
func (s *search) keepRoot() {
	r := &rootCosts{
		d: make([]float64, s.p.n), bound: s.lpBound(s.lo, s.hi), value: math.Inf(1), y: s.rec.bounding(s.y),
		lo: append([]float64(nil), s.lo...), hi: append([]float64(nil), s.hi...),
	}
	for j := range s.p.n {
		if s.lp.state[j] != basic {
			r.d[j] = s.lp.d[j] / s.lp.scale.cost
		}
	}
	r.free = s.free()
	s.rootCost = r
}

// refix tightens the global bounds by the root's reduced costs after a new incumbent.
func (s *search) refix() {
	r := s.rootCost
	if r == nil || s.value >= r.value {
		return
	}
	r.value = s.value
	room := s.room(r.bound)
	for j, d := range r.d {
		if d == 0 || !s.p.integer[j] || s.lo[j] == s.hi[j] {
			continue
		}
		reach := math.Floor(room/math.Abs(d) + intTol)
		if d > 0 {
			s.hi[j] = math.Min(s.hi[j], r.lo[j]+reach)
		} else {
			s.lo[j] = math.Max(s.lo[j], r.hi[j]-reach)
		}
	}
}

// room is how far a bound may rise before nothing can be better than the incumbent, errors of reduced costs
// included.
func (s *search) room(bound float64) float64 {
	r := s.value - s.step*(1-stepSlack) - bound
	return r + reducedCostSlack*(1+math.Abs(r))
}

// shrunk says whether so many columns have been fixed since the root that starting anew pays.
func (s *search) shrunk() bool {
	r := s.rootCost
	return r != nil && r.value < math.Inf(1) && float64(s.free()) < restartShare*float64(r.free)
}

// restart presolves and searches the problem within the global bounds anew; its bound is that of the whole tree.
func (s *search) restart(bound float64) {
	lo, hi := append([]float64(nil), s.lo...), append([]float64(nil), s.hi...)
	left := int64(0)
	if s.opt.maxNodes > 0 {
		left = max(1, s.opt.maxNodes-s.nodes)
	}
	s.team = nil // the rest has one of its own
	whole := &part{}
	below, done := s.sub(lo, hi, left, math.MaxInt64, s.rec.restrict(whole, s.rootCost.y, s.rootCost.lo, s.rootCost.hi, lo, hi))
	s.proof.become(whole)
	s.rootCost = nil
	s.prune(math.Max(bound, below))
	s.open, s.active = nil, nil
	s.stopped = s.stopped || !done
}

// rins solves the neighbourhood in which incumbent and relaxation agree (Danna, Rothberg and Le Pape, Mathematical
// Programming 102, 2005).
func (s *search) rins(lo, hi []float64) {
	if s.best == nil || s.depth >= maxDepth || s.p.n < rinsLeast {
		return
	}
	lower, upper := append([]float64(nil), lo...), append([]float64(nil), hi...)
	fixed, ints := 0, 0
	for j := range s.p.n {
		if !s.p.integer[j] || lower[j] == upper[j] {
			continue
		}
		ints++
		if v := s.best[j]; math.Abs(v-s.x[j]) <= intTol && v >= lower[j] && v <= upper[j] {
			lower[j], upper[j] = v, v
			fixed++
		}
	}
	if 2*fixed >= ints {
		s.sub(lower, upper, rinsNodes, rinsPivots+s.worked()/20, nil)
	}
}

const (
	rinsLeast  = 100 // columns from which a neighbourhood search pays
	rinsNodes  = 60
	rinsPivots = 1500
)

// basisOf carries the present basis over to a presolved part of the problem: what is basic and still there stays
// basic, logicals fill up, and the factorization will replace what became dependent.
func (s *simplex) basisOf(r *presolved) *basis {
	b := &basis{}
	for k, j := range r.keep {
		switch s.state[j] {
		case basic:
			b.head = append(b.head, int32(k))
		case atUpper:
			b.upper = append(b.upper, int32(k))
		}
	}
	var rest []int32
	for k, i := range r.rowKeep {
		switch s.state[s.n+int(i)] {
		case basic:
			b.head = append(b.head, int32(r.n+k))
		case atUpper:
			b.upper = append(b.upper, int32(r.n+k))
			fallthrough
		default:
			rest = append(rest, int32(r.n+k))
		}
	}
	for len(b.head) < r.m {
		b.head, rest = append(b.head, rest[0]), rest[1:]
	}
	b.head = b.head[:r.m]
	return b
}
