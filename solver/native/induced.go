package native

import "math"

// induced searches where the relaxation of the core and the incumbent disagree: what both choose is kept, all else chooses anew
// (relaxation induced neighbourhoods: Danna, Rothberg and Le Pape, Mathematical Programming 102, 2005). It goes on as long as that
// finds better points.
func (s *structured) induced() {
	if s.x == nil || s.done() || float64(len(s.in.Left))*inducedColumns > inducedMost {
		return
	}
	q := s.without(math.Min(s.threshold(inducedColumns), s.enough()))
	pre, ok := presolve(q)
	if !ok || pre.n == 0 {
		return
	}
	lp := newSimplex(pre.problem, s.r.mt, s.r.par.Seed)
	if lp.solve(0) != lpOptimal {
		return
	}
	x := pre.restore(lp.point(nil))
	for value := math.Inf(1); s.value < value && !s.done(); {
		value = s.value
		s.plainly(s.agreeing(q, x), nil, s.r.par.Gap*finer, effort{nodes: inducedNodes, work: inducedPivots}, nil, nil)
		s.report("neighbours")
	}
}

const (
	inducedColumns = 25.0   // columns per left of the core whose relaxation is solved
	inducedMost    = 10_000 // columns from which that takes too long
	inducedNodes   = 500
	inducedPivots  = 20_000
	agreed         = 0.999 // of a choice of the incumbent in the relaxation that counts as the same choice
)

// agreeing is the core with the choices fixed that the incumbent and the point x of its relaxation have in common.
func (s *structured) agreeing(core *problem, x []float64) *problem {
	keeps := make([]bool, len(s.in.Left))
	for j, i := range s.in.LeftOf {
		if i >= 0 && s.x[j] > 0.5 && x[j] >= agreed {
			keeps[i] = true
		}
	}
	q := *core
	q.lower, q.upper = append([]float64(nil), core.lower...), append([]float64(nil), core.upper...)
	for j, i := range s.in.LeftOf {
		if i >= 0 && keeps[i] {
			q.lower[j], q.upper[j] = s.x[j], s.x[j]
		}
	}
	return &q
}
