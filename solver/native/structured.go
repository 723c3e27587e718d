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

	links  []int32      // columns to decide before the rest is an assignment
	up     *structured  // the search of which this is a part, nil none
	likely bool         // whether it is the part of up in which the best point is looked for first
	turns  int64        // nodes up to which prove takes turns
	whole  bool         // whether it then goes on to the end
	h      *heights     // of the links, nil where they are none
	brief  bool         // whether the first sign of convergence will do
	start  []float64    // a point to begin from that breaks rows, nil none
	heat   *assign.Heat // a search that ran beside the ascent, nil none
	rec    *recorder    // see record.go; nil: nobody asks for a proof
	proof  *part        // of p, nil none
}

// Sizes from which the assignment pays: below, branch and bound alone is quicker.
const (
	structuredPairs = 400
	structuredShare = 0.5 // share of the columns that are pairs
	partShare       = 0.1 // in a part of such a problem, where pairs are shut
)

// view is the problem as package assign reads it; nothing is copied.
func (p *problem) view() *assign.Problem {
	return &assign.Problem{
		N: p.n, M: p.m, Cols: assign.Matrix{Start: p.cols.start, Index: p.cols.index, Value: p.cols.value},
		Rows: assign.Matrix{Start: p.rows.start, Index: p.rows.index, Value: p.rows.value}, Cost: p.cost, Offset: p.offset,
		Lower: p.lower, Upper: p.upper, RowLo: p.rowLo, RowUp: p.rowUp, Integer: p.integer,
	}
}

// structure finds the assignment of a problem, nil where there is none worth using: it has so many pairs, as a share of the columns.
func (r *run) structure(pre *presolved, share float64) *structured {
	p := pre.problem
	s := assign.Detect(p.view())
	if s.Pairs < r.leastPairs || float64(s.Pairs) < share*float64(p.n) {
		return nil
	}
	t := &structured{r: r, p: p, pre: pre, in: assign.NewInstance(s), bound: math.Inf(-1), value: math.Inf(1), seed: uint64(r.par.Seed),
		step: p.step(), used: make([]bool, p.n), most: p.mostObjective(), turns: mostNodes}
	t.in.Threads = r.par.Threads
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
		if s.start = s.pre.reduce(s.r.par.Start); s.offer(s.start) {
			s.start = nil
		}
	}
	s.early()
	s.recordAll()
	s.search(s.memory())
	s.r.nodes = s.nodes
	stopped := s.r.mt.limit != solver.LimitNone
	return s.r.finish(math.Min(s.bound, s.value), stopped), s.pre, &rootState{y: s.y}
}

// search bounds and searches from multipliers of an earlier solve, nil none.
func (s *structured) search(y []float64) {
	if len(s.links) > 0 {
		s.h = s.heights()
		if s.brief = s.h != nil; s.brief { // the tables of single boxes say more
			s.declare()
		}
	}
	s.relax(y)
	switch {
	case s.refuted():
	case len(s.links) > 0:
		s.decide()
	default:
		s.reduceCosts()
		s.whole = true
		if s.heat != nil {
			s.gather(s.heat)
		}
		s.begin()
		s.prove()
	}
}

// begin looks for a good point. That of an earlier solve takes the place of annealing where it breaks no row and is near the relaxation;
// where it breaks some it is mended first, which costs little and often is as good.
func (s *structured) begin() {
	warm := s.up == nil && s.r.par.Start != nil && s.r.par.Warm != nil
	if warm && s.start != nil {
		s.vicinity(s.start, s.threshold(coreColumns)).mend()
	}
	if warm && s.start == nil && s.value-s.below <= nearGap*math.Max(1, math.Abs(s.value)) {
		s.induced()
	} else {
		s.seek()
	}
}

// nearGap is the gap to the relaxation beyond which a start is no better than what annealing finds: it finds 0.3 % or less at 300 cadres.
const nearGap = 0.003

// relax solves the relaxation, from multipliers where y is not nil.
func (s *structured) relax(y []float64) {
	s.d = assign.NewDriver(s.in, y, s.seed, s.r.mt.spent)
	wait := func() {}
	if s.lift(); y == nil && len(s.links) == 0 && !s.done() {
		s.first()
		wait = s.beside()
	}
	s.converge()
	wait()
	s.rec.weigh(s.proof, s.y, s.below)
}

// refuted says whether multipliers prove more than any point can cost, so that there is none.
func (s *structured) refuted() bool {
	if s.below <= s.most+reducedCostSlack*(1+math.Abs(s.most)) {
		return false
	}
	s.bound = math.Inf(1)
	s.proof.refutes()
	return true
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

// repair mends the few rows that x breaks, and then what that made dear.
func (s *structured) repair(x []float64) {
	t := newSearch(s.p, options{seed: s.r.par.Seed}, s.r.mt)
	if t.jump(x) {
		t.mend(mendBriefly)
		s.offer(t.best)
		s.report("repair")
	}
}

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

// converge goes on until the bound hardly rises, in a large instance for a share of the time that is left.
func (s *structured) converge() {
	last, over := s.d.Asc.Value, s.r.mt.after(convergeShare)
	for !s.done() && !(s.in.Large && over()) {
		s.d.Asc.Retarget(s.value)
		s.ascend(roundSteps)
		v := s.d.Asc.Value
		if v-last <= roundGain*math.Max(1, math.Abs(v)) && (s.brief || s.d.Asc.Steps >= leastSteps) || s.d.Asc.Bound > 2*math.Abs(s.most)+s.most {
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
	roundSteps    = 50
	leastSteps    = 150
	convergeShare = 0.25
	roundGain     = 1e-5 // rise in a round, relative to the value, below which the bound has converged
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

// count adds nodes of a search.
func (s *structured) count(nodes int64) {
	for ; s != nil; s = s.up {
		s.nodes += nodes
	}
}

// note remembers the columns of the assignment just found.
func (s *structured) note() {
	for _, c := range s.d.Found {
		if c >= 0 {
			s.used[s.in.Col[c]] = true
		}
	}
}
