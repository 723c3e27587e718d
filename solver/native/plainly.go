package native

import "math"

// effort is what a search may take.
type effort struct {
	nodes, work int64
	nearly      float64 // see options
}

// plainly searches a restriction q of the core (nil: of the problem) by branch and bound alone, without heuristics of its own:
// with an incumbent and few columns that is quickest. It returns a bound on q, and whether it is proven to the gap;
// rec and proof are for recording that (nil: not).
func (s *structured) plainly(q *problem, core *presolved, gap float64, most effort, rec *recorder, proof *part) (float64, bool) {
	pre, ok := presolve(q)
	if !ok {
		return math.Inf(1), true
	}
	back := func(x []float64) []float64 { return core.restoreIn(pre.restore(x)) }
	if pre.n == 0 {
		s.offer(back(nil))
		return pre.offset, true
	}
	mt := s.r.mt.child(most.work)
	defer s.r.mt.join(mt)
	opt := options{gap: gap, absGap: s.r.par.AbsGap * finer, seed: s.r.par.Seed, maxNodes: most.nodes, nearly: most.nearly, threads: max(1, s.r.par.Threads)}
	opt.found = func(y []float64, _ float64) { s.offer(back(y)) }
	opt.report = func(string, float64, float64, int64) { s.report("core") }
	t := newSearch(pre.problem, opt, mt)
	if t.depth, t.value = maxDepth, s.value; s.x != nil {
		t.best = pre.reduce(core.reduceIn(s.x))
	}
	t.record(rec.within(pre), proof)
	t.run()
	s.count(t.nodes + t.below)
	return t.bound(), !t.stopped || t.bound() >= t.cutoff()
}

// restoreIn and reduceIn are restore and reduce, and change nothing where there was no presolve.
func (r *presolved) restoreIn(x []float64) []float64 {
	if r == nil {
		return x
	}
	return r.restore(x)
}

func (r *presolved) reduceIn(full []float64) []float64 {
	if r == nil {
		return full
	}
	return r.reduce(full)
}

// finer: searches for better points stop at this share of the gap that is asked for in all.
const finer = 0.25
