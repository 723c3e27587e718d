package native

import "math"

// prove searches the columns that reduced costs leave open, by turns with budgets that grow: neighbourhoods of the incumbent in a
// core of few columns, where better points are found soon; all columns that a better point may use, which is quick once the
// incumbent is good; and the core as a whole.
func (s *structured) prove() {
	if s.done() || s.y == nil {
		return
	}
	perLeft, nodes := coreColumns, int64(firstNodes)
	for ; s.x != nil && !s.done() && nodes < s.turns && !s.ripe(nodes); nodes *= 3 {
		t := math.Min(s.threshold(perLeft), s.enough())
		s.core(t, nodes)
		perLeft *= coreGrow
	}
	for s.whole && !s.done() && s.finish(mostNodes) {
	}
}

// ripe says whether turns have had their chance and what a better point may use is small enough to be searched to the end.
func (s *structured) ripe(nodes int64) bool {
	return nodes > ripeNodes && s.columns(s.enough()) < ripeColumns*len(s.in.Left)
}

const (
	ripeNodes   = 1000 // two turns: more of them begin anew what the search to the end does once
	ripeColumns = 40   // columns per left
	coreColumns = 3.0  // columns per left of the first core
	coreGrow    = 1.2
	firstNodes  = 200     // of a search in the first turn
	mostNodes   = 1 << 40 // turns end there
	nodePivots  = 100     // work that a node stands for
	nearlyDone  = 0.6     // of the way to the asked gap, from which on a search to the end is not given up for another turn
)

// core is one turn at the core of threshold t.
func (s *structured) core(t float64, nodes int64) {
	value := s.value
	q := s.without(t)
	core, ok := presolve(q)
	some := ok && core.n > 0
	reached := s.around(t, math.Min(vicinityTired*float64(nodes)/firstNodes, mostTired))
	most := int64(nodeColumns) * nodes
	if n := s.columns(s.enough()); !s.done() && (!some || n < finishColumns*len(s.in.Left) && int64(n) < most) {
		s.finish(nodes)
	}
	if s.done() || !some || s.value < value || reached < coreReached || int64(core.n) > most {
		return
	}
	proof, in := s.excluding(q)
	bound, _ := s.plainly(core.problem, core, s.r.par.Gap*finer, effort{nodes: nodes, work: nodes * nodePivots}, s.rec.within(core), in)
	s.establish(math.Min(bound, s.below+t*(1-reducedCostSlack)), proof)
	s.report("core")
}

const (
	coreReached   = 0.5 // share of lefts that clusters must have reached before the core as a whole is worth a search
	finishColumns = 15  // columns per left up to which all that a better point may use is searched before the core
	nodeColumns   = 25  // columns for each node of a turn: more make nodes too dear for so few
)

// columns counts those that a threshold leaves.
func (s *structured) columns(t float64) int {
	n := 0
	for _, d := range s.rc {
		if d <= t {
			n++
		}
	}
	return n
}

// enough is the reduced cost beyond which a column is in no point that is better by more than the asked gap.
func (s *structured) enough() float64 {
	return math.Min(s.cutoff()-s.below, s.room())*(1+reducedCostSlack) + reducedCostSlack
}

// room is how far a bound may rise before nothing can be better than the incumbent.
func (s *structured) room() float64 { return s.value - s.step*(1-stepSlack) - s.below }

// finish searches all that a better point may use. It says whether going on makes sense: it was searched to its end, and
// a better incumbent may need less.
func (s *structured) finish(nodes int64) bool {
	room, t := s.room(), s.enough()
	q := s.without(t)
	proof, in := s.excluding(q)
	whole, ok := presolve(q)
	bound, done := math.Inf(1), true
	if ok {
		bound, done = s.plainly(whole.problem, whole, s.r.par.Gap, effort{nodes, math.MaxInt64, nearlyDone}, s.rec.within(whole), in)
	}
	if t < room {
		bound = math.Min(bound, s.below+t*(1-reducedCostSlack))
	}
	s.establish(bound, proof)
	s.report("core")
	return done && t < room
}

// threshold is the reduced cost below which there are so many columns per left.
func (s *structured) threshold(perLeft float64) float64 {
	v := make([]float64, 0, s.p.n)
	for j, d := range s.rc {
		if s.in.LeftOf[j] >= 0 {
			v = append(v, math.Max(0, d))
		}
	}
	share := perLeft * float64(len(s.in.Left)) / float64(len(v))
	return math.Max(quantile(v, math.Min(1, share)), 1e-9)
}

// reducedCost is the cost of column j less the weights of its rows.
func (p *problem) reducedCost(j int, y []float64) float64 {
	d := p.cost[j]
	idx, val := p.cols.vec(j)
	for e, i := range idx {
		d -= y[i] * val[e]
	}
	return d
}

// reduceCosts prices all columns at the multipliers.
func (s *structured) reduceCosts() {
	s.rc = make([]float64, s.p.n)
	for j := range s.p.n {
		s.rc[j] = s.p.reducedCost(j, s.y)
	}
}

// without is the problem without the integer columns at zero whose reduced cost passes t, but with those of assignments
// found.
func (s *structured) without(t float64) *problem {
	q := *s.p
	q.upper = append([]float64(nil), s.p.upper...)
	for j, d := range s.rc {
		if d > t && s.p.integer[j] && s.p.lower[j] == 0 && !s.used[j] && !(s.x != nil && s.x[j] > 0) {
			q.upper[j] = 0
		}
	}
	return &q
}
