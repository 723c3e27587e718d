package native

import (
	"math"

	"cadre/solver"
	"cadre/solver/native/assign"
)

// structured searches a problem that holds an assignment: bound and point come from package assign, and what their
// reduced costs leave open is searched by branch and bound.
type structured struct {
	r     *run
	p     *problem
	pre   *presolved
	in    *assign.Instance
	d     *assign.Driver
	bound float64
	y     []float64 // multipliers of p's rows that prove about bound
	value float64
	x     []float64 // incumbent of p, nil none
	nodes int64
	seed  uint64
	step  float64
	most  float64   // no point has a larger objective
	used  []bool    // columns of the assignments found
	rc    []float64 // reduced costs of p's columns under y
	below float64   // what y proves

	links []int32     // columns to decide before the rest is an assignment
	up    *structured // the search of which this is a part, nil none
	turns int64       // nodes up to which prove takes turns
	whole bool        // whether it then goes on to the end
	rec   *recorder   // see record.go; nil: nobody asks for a proof
	proof *part       // of p, nil none
}

// Sizes from which the assignment pays: below, branch and bound alone is quicker.
const (
	structuredPairs = 400
	structuredShare = 0.5 // share of the columns that are pairs
)

// view is the problem as package assign reads it; nothing is copied.
func (p *problem) view() *assign.Problem {
	return &assign.Problem{
		N: p.n, M: p.m, Cols: assign.Matrix{Start: p.cols.start, Index: p.cols.index, Value: p.cols.value},
		Rows: assign.Matrix{Start: p.rows.start, Index: p.rows.index, Value: p.rows.value}, Cost: p.cost, Offset: p.offset,
		Lower: p.lower, Upper: p.upper, RowLo: p.rowLo, RowUp: p.rowUp, Integer: p.integer,
	}
}

// structure finds the assignment of a problem, nil where there is none worth using.
func (r *run) structure(pre *presolved) *structured {
	p := pre.problem
	s := assign.Detect(p.view())
	if s.Pairs < r.leastPairs || float64(s.Pairs) < structuredShare*float64(p.n) {
		return nil
	}
	t := &structured{r: r, p: p, pre: pre, in: assign.NewInstance(s), bound: math.Inf(-1), value: math.Inf(1), seed: uint64(r.par.Seed),
		step: p.step(), used: make([]bool, p.n), most: p.mostObjective(), turns: mostNodes, whole: true}
	if t.links = t.in.Links(); !t.decidable() {
		return nil
	}
	return t
}

// mostObjective is the largest objective within the bounds of the columns.
func (p *problem) mostObjective() float64 {
	sum := p.offset
	for j, c := range p.cost {
		if c != 0 {
			sum += math.Max(c*p.lower[j], c*p.upper[j])
		}
	}
	return sum
}

// solve bounds and searches until the asked gap is reached or a limit ends it.
func (s *structured) solve() (solver.Result, *presolved, *rootState) {
	if s.r.par.Start != nil && len(s.r.par.Start) == s.r.p.n {
		s.offer(s.pre.reduce(s.r.par.Start))
	}
	s.early()
	s.recordAll()
	s.search(s.memory())
	s.r.nodes = s.nodes
	stopped := s.r.mt.limit != solver.LimitNone
	return s.r.finish(math.Min(s.bound, s.value), stopped), s.pre, &rootState{y: s.y}
}

// search bounds and searches from multipliers of an earlier solve or of a larger problem, nil none.
func (s *structured) search(y []float64) {
	least := roundSteps
	s.d = assign.NewDriver(s.in, y, s.seed, s.r.mt.spent)
	if y == nil {
		least = leastSteps
		if len(s.links) == 0 {
			s.first()
		}
	}
	s.converge(least)
	s.rec.weigh(s.proof, s.y)
	switch {
	case s.below > s.most+reducedCostSlack*(1+math.Abs(s.most)): // multipliers prove more than any point can cost
		s.bound = math.Inf(1)
		s.proof.refutes()
	case len(s.links) > 0:
		s.decide()
	default:
		if s.up == nil || s.x == nil { // a part that begins with a point of the whole has one from annealing
			s.anneal()
		}
		s.prove()
	}
}

// memory are the multipliers that an earlier solve of nearly the same model left behind, by row of p; nil none.
func (s *structured) memory() []float64 {
	w := s.r.par.Warm
	if w == nil || len(w.Multipliers) < s.r.p.m {
		return nil
	}
	y := make([]float64, s.p.m)
	for k, i := range s.pre.rowKeep {
		y[k] = w.Multipliers[i]
	}
	return y
}

// early looks for any point by local search, which takes no multipliers.
func (s *structured) early() {
	if s.x != nil {
		return
	}
	t := newSearch(s.p, options{seed: s.r.par.Seed}, s.r.mt)
	if t.jump(make([]float64, s.p.n)) {
		s.offer(t.best)
		s.report("jump")
	}
}

// first looks for a point early, with multipliers that are still poor.
func (s *structured) first() {
	n := len(s.in.Left)
	for _, steps := range []int{firstSteps, 2 * firstSteps} {
		s.ascend(steps)
		if s.done() {
			return
		}
		s.d.Anneal(firstTrials*n, nil, true)
		if s.d.Best != nil {
			s.take("start")
			break
		}
		if s.repair() {
			break
		}
	}
}

// repair mends the few rows that a search left broken, and then what that made dear; it says whether it could.
func (s *structured) repair() bool {
	t := newSearch(s.p, options{seed: s.r.par.Seed}, s.r.mt)
	if !t.jump(s.d.Local.Point()) {
		return false
	}
	t.mend(mendBriefly)
	s.offer(t.best)
	s.report("repair")
	return true
}

const (
	firstSteps  = 60  // of the ascent before the first search
	firstTrials = 600 // per left of the first search
)

// ascend makes steps of the ascent and reports the bound.
func (s *structured) ascend(steps int) {
	for range steps {
		if s.r.mt.spent() {
			break
		}
		s.d.Asc.Step()
		s.r.mt.work++
	}
	s.lift()
}

// lift takes over the bound of the ascent.
func (s *structured) lift() {
	s.raise(s.d.Asc.Bound)
	s.report("bound")
}

// raise takes over a bound, rounded up to a value that the objective can take.
func (s *structured) raise(bound float64) {
	if s.step > 0 && !math.IsInf(bound, 0) {
		bound = s.p.offset + s.step*math.Ceil((bound-s.p.offset)/s.step-stepSlack)
	}
	s.bound = math.Max(s.bound, bound)
}

// converge goes on, so many steps at least, until the bound hardly rises.
func (s *structured) converge(least int) {
	last := s.d.Asc.Value
	for !s.done() {
		s.d.Asc.Retarget(s.value)
		s.ascend(roundSteps)
		v := s.d.Asc.Value
		if v-last <= roundGain*math.Max(1, math.Abs(v)) && s.d.Asc.Steps >= least || s.d.Asc.Bound > 2*math.Abs(s.most)+s.most {
			break
		}
		last = v
	}
	s.d.Asc.Finish()
	s.lift()
	s.y = s.d.Dual.Multipliers()
	s.below = s.p.safeBound(s.y, s.p.cost, s.p.lower, s.p.upper)
	s.raise(s.below)
}

const (
	roundSteps = 50
	leastSteps = 300
	roundGain  = 1e-5 // rise in a round, relative to the value, below which the bound has converged
)

// anneal makes searches with good multipliers.
func (s *structured) anneal() {
	n := len(s.in.Left)
	for k := 0; k < annealRuns && !s.done(); k++ {
		s.d.Anneal(annealTrials*n, nil, false)
		s.note()
		if s.take("search"); n > annealLarge && s.d.Best != nil {
			return
		}
	}
}

const (
	annealRuns   = 4
	annealLarge  = 1500 // lefts from which a run takes so long that the first one with a point is the last
	annealTrials = 4000 // per left
)

// take offers the driver's best assignment as an incumbent.
func (s *structured) take(phase string) {
	if s.d.Value < s.value {
		if x := s.d.Point(); !s.offer(x) {
			s.complete(x)
		}
	}
	s.report(phase)
}

// offer takes a point of p where it is feasible and better.
func (s *structured) offer(x []float64) bool {
	if !s.p.feasible(x) {
		return false
	}
	if v := s.p.objective(x); v < s.value {
		s.x, s.value = append([]float64(nil), x...), v
		if s.up != nil {
			s.up.offer(s.pre.restore(x))
		} else {
			s.r.take(s.pre.restore(x))
		}
	}
	return true
}

// complete solves the columns outside the assignment with the assignment of x fixed.
func (s *structured) complete(x []float64) {
	q := *s.p
	q.lower, q.upper = append([]float64(nil), s.p.lower...), append([]float64(nil), s.p.upper...)
	for j := range x {
		if s.in.LeftOf[j] >= 0 || s.in.RightOf[j] >= 0 {
			q.lower[j], q.upper[j] = x[j], x[j]
		}
	}
	pre, ok := presolve(&q)
	if !ok {
		return
	}
	if pre.n == 0 {
		s.offer(pre.restore(nil))
		return
	}
	t := newSearch(pre.problem, options{seed: s.r.par.Seed, maxNodes: completeNodes}, s.r.mt)
	t.run()
	if t.best != nil {
		s.offer(pre.restore(t.best))
	}
}

const completeNodes = 100

// done says whether the asked gap is reached or a limit was hit.
func (s *structured) done() bool { return s.r.mt.spent() || s.bound >= s.cutoff() }

// cutoff is the bound from which the answer is good enough; +Inf without a point here or in the search of which this is a part.
func (s *structured) cutoff() float64 {
	if math.IsInf(s.value, 1) {
		return s.value
	}
	scale := math.Max(1, math.Abs(s.value))
	c := s.value - math.Max(s.r.par.AbsGap, math.Max(s.r.par.Gap, tinyGap)*scale)
	if s.step > 0 {
		c = math.Min(c, s.value-s.step*(1-stepSlack))
	}
	return c
}

func (s *structured) report(phase string) {
	if s.up != nil {
		s.up.report(phase)
		return
	}
	value := s.value
	if s.x == nil {
		value = math.NaN()
	}
	s.r.news(phase, value, s.bound, s.nodes)
}

// note remembers the columns of the assignment just found.
func (s *structured) note() {
	for _, c := range s.d.Found {
		if c >= 0 {
			s.used[s.in.Col[c]] = true
		}
	}
}

// prove searches the columns that reduced costs leave open, by turns with budgets that grow: neighbourhoods of the incumbent in a
// core of few columns, where better points are found soon; all columns that a better point may use, which is quick once the
// incumbent is good; and the core as a whole.
func (s *structured) prove() {
	if s.done() || s.y == nil {
		return
	}
	s.reduceCosts()
	perLeft, nodes := coreColumns, int64(firstNodes)
	for ; s.x != nil && !s.done() && nodes < s.turns; nodes *= 3 {
		t := math.Min(s.threshold(perLeft), s.enough())
		s.core(t, nodes)
		perLeft *= coreGrow
	}
	for s.whole && !s.done() && s.finish(mostNodes) {
	}
}

const (
	coreColumns = 3.0 // columns per left of the first core
	coreGrow    = 1.2
	firstNodes  = 200     // of a search in the first turn
	mostNodes   = 1 << 40 // turns end there
	nodePivots  = 100     // work that a node stands for
)

// core is one turn at the core of threshold t.
func (s *structured) core(t float64, nodes int64) {
	value := s.value
	q := s.without(t)
	core, ok := presolve(q)
	some, reached := ok && core.n > 0, 1.0
	if some {
		reached = s.around(core, min(vicinityTired*nodes/firstNodes, mostTired))
	}
	most := int64(nodeColumns) * nodes
	if n := s.columns(s.enough()); !s.done() && (!some || n < finishColumns*len(s.in.Left) && int64(n) < most) {
		s.finish(nodes)
	}
	if s.done() || !some || s.value < value || reached < coreReached || int64(core.n) > most {
		return
	}
	proof, in := s.excluding(q)
	bound, _ := s.plainly(core.problem, core, s.r.par.Gap*finer, nodes, nodes*nodePivots, s.rec.within(core), in)
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
		work := int64(math.MaxInt64)
		if nodes < mostNodes {
			work = nodes * nodePivots
		}
		bound, done = s.plainly(whole.problem, whole, s.r.par.Gap, nodes, work, s.rec.within(whole), in)
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
