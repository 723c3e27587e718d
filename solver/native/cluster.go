package native

import "math"

// cluster is some lefts that choose anew.
type cluster struct {
	lefts  int
	q      *excerpt
	mt     *meter
	absGap float64
	best   []float64 // of q, nil: nothing better than the present point
	nodes  int64
	done   bool // searched to the end
}

// search lets clusters choose anew that have no left in common, each by the point as it is, and moves to what they find one after the
// other, as far as that is still better then. They are as many for any number of threads. It returns how many lefts there were, and whether all
// were searched to the end.
func (v *vicinity) search() (lefts int, done bool) {
	n := max(1, min(roundClusters, len(v.choice)/roundShare/max(1, int(v.size))))
	clear(v.busy)
	round := make([]*cluster, n)
	for k := range round {
		round[k] = v.lay()
	}
	abreast(v.s.r.par.Threads, n, func(k int) { round[k].solve(v.s.r.par.Seed) })
	done = true
	for _, c := range round {
		v.settle(c)
		lefts, done = lefts+c.lefts, done && c.done
	}
	return lefts, done
}

// lay cuts the next cluster out of the whole. Of the gap that is asked for in all it has the share of its lefts.
func (v *vicinity) lay() *cluster {
	free := v.pick()
	for _, i := range free {
		v.busy[i] = true
	}
	s, c := v.s, &cluster{lefts: len(free)}
	c.q, c.mt = v.e.cut(v.columns(free), v.dear), s.r.mt.child(vicinityPivots)
	share := finer * float64(c.lefts) / float64(len(v.choice))
	c.absGap = math.Max(s.r.par.AbsGap, s.r.par.Gap*math.Abs(v.e.value)) * share
	return c
}

// solve searches a cluster. It changes nothing else.
func (c *cluster) solve(seed int64) {
	pre, ok := presolve(&c.q.problem)
	switch {
	case !ok:
		c.done = true
		return
	case pre.n == 0:
		c.best, c.done = pre.restore(nil), true
		return
	}
	t := newSearch(pre.problem, options{absGap: c.absGap, seed: seed, maxNodes: vicinityNodes}, c.mt)
	t.depth, t.value, t.best = maxDepth, c.q.objective(c.q.now), pre.reduce(c.q.now)
	t.opt.found = func(y []float64, _ float64) { c.best = append(c.best[:0], y...) }
	t.run()
	if c.best != nil {
		c.best = pre.restore(c.best)
	}
	c.nodes, c.done = t.nodes+t.below, !t.stopped || t.bound() >= t.cutoff()
}

// settle moves to what a cluster found and adapts the size of the next ones.
func (v *vicinity) settle(c *cluster) {
	v.s.r.mt.join(c.mt)
	v.s.count(c.nodes)
	if c.best != nil {
		v.move(c.q, c.best)
	}
	if c.done {
		v.size = math.Min(float64(len(v.choice)), v.size*vicinityGrow)
	} else {
		v.size = math.Max(vicinityLeast, v.size/vicinityGrow)
	}
}
