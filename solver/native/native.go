package native

import (
	"cmp"
	"context"
	"math"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// Native is the embedded solver. The zero value works; it holds no state between calls.
type Native struct {
	leastPairs int  // pairs from which the assignment in a model is used, 0: structuredPairs
	leastRows  int  // rows from which a column counts as the largest of many burdens, 0: capRows
	relaxed    bool // problems of knapsacks are left to relaxations as well
}

// New returns the embedded solver, named "native".
func New() solver.Solver { return Native{} }

// Name is "native".
func (Native) Name() string { return "native" }

// Support says that every model is taken, and proofs are handed over; threads search clusters side by side.
func (Native) Support() solver.Support {
	return solver.Support{
		Integers: true, FreeCols: true, Ranges: true, Unbounded: true, WarmStart: true, Interrupts: true, Repeats: true, Threads: true, Proofs: true,
	}
}

// Available is always true: there is nothing to install.
func (Native) Available() solver.Availability {
	return solver.Availability{Name: "native", Available: true, Version: version}
}

const version = "1"

// Solve minimises the only level of m. It never returns an error.
func (n Native) Solve(ctx context.Context, m *mip.Model, par solver.Params) (solver.Result, error) {
	r := n.run(ctx, m, par)
	if res, done := r.still(m); done {
		return r.signed(res), nil
	}
	if list, needless := ladders(m, r.p, cmp.Or(n.leastRows, capRows)); len(list) > 0 {
		if res, ok := n.restated(ctx, r, list, needless); ok {
			return res, nil
		}
	}
	return r.answer(m), nil
}

// run lays out a call of Solve.
func (n Native) run(ctx context.Context, m *mip.Model, par solver.Params) *run {
	r := &run{m: m, p: newProblem(m), mt: newMeter(ctx, par), par: par, leastPairs: structuredPairs, relaxed: n.relaxed}
	if n.leastPairs > 0 {
		r.leastPairs = n.leastPairs
	}
	if len(m.Levels) > 0 {
		r.level = m.Levels[0].Name
	}
	return r
}

// answer solves.
func (r *run) answer(m *mip.Model) solver.Result {
	whole := *r.mt
	r.mt.deadline = r.mt.deadline.Add(-r.par.Time / handoverShare)
	res, pre, root := r.solve()
	r.exactly(&res, m)
	if r.hand(&res, m, pre, root, &whole); res.Proof != nil {
		res.Proof.Ladders = r.ladders
	}
	if res.Warm != nil {
		if res.Warm.Proof = res.Proof; res.Proof == nil && !r.par.Bare {
			res.Warm.Proof = solver.NewProof(res.Multipliers)
		}
	}
	return r.signed(res)
}

// signed is a result with its time and its author.
func (r *run) signed(res solver.Result) solver.Result {
	res.Elapsed = time.Since(r.mt.begin)
	res.Solver = "native"
	return res
}

// run is one call of Solve.
type run struct {
	p     *problem
	mt    *meter
	par   solver.Params
	level string
	best  []float64
	value float64
	nodes int64
	proof *part // nil: nothing but what the root left behind
	book  *book

	worths     *worthProof // nil none
	m          *mip.Model
	ladders    []solver.Ladder        // of the model; proofs rely on them
	steps      map[int]solver.Implied // what follows from branches on their steps
	leastPairs int                    // see Native
	relaxed    bool                   // see Native
}

// solve presolves and searches; with the result come the presolved problem and the state of its root, nil where there was none.
func (r *run) solve() (solver.Result, *presolved, *rootState) {
	r.value = math.Inf(1)
	pre, ok := presolveGiven(r.p)
	if !ok {
		return r.result(solver.Infeasible, math.Inf(1), true), nil, nil
	}
	if pre.n == 0 {
		r.take(pre.restore(nil))
		r.proof = &part{}
		return r.finish(r.p.objective(r.best), false), pre, nil
	}
	if st := r.relaxation(pre.problem); st == lpUnbounded {
		return r.unbounded(pre.problem), pre, nil
	}
	if t := r.structure(pre, structuredShare); t != nil {
		return t.solve()
	}
	s := r.search(pre, pre.problem)
	if r.par.Start != nil && len(r.par.Start) == r.p.n {
		s.start(pre.reduce(r.par.Start))
	}
	if r.par.Warm != nil {
		s.warm = r.basisIn(pre, r.par.Warm.Basis)
	}
	r.book = newBook(r.p)
	if !r.par.Bare {
		s.record(newRecorder(r.book, pre), &part{})
	}
	if s.given = pre; !r.relaxed {
		s.worths = newWorthProof(r.p, func(x []float64) float64 { return r.offered(s, pre, x) })
	}
	s.run()
	r.nodes = s.nodes + s.below
	r.proof, r.worths = s.proof, s.worths
	return r.finish(s.bound(), s.stopped), pre, s.rootState
}

// offered takes over a point of the given problem, and returns the cutoff then.
func (r *run) offered(s *search, pre *presolved, x []float64) float64 {
	if r.p.feasible(x) {
		s.offer(pre.reduce(x))
		r.take(x)
		s.value = math.Min(s.value, r.value)
	}
	return s.cutoff()
}

// relaxation tells an unbounded relaxation from others where a column without a bound makes it possible.
func (r *run) relaxation(p *problem) lpStatus {
	open := false
	for j := range p.n {
		open = open || p.cost[j] > 0 && math.IsInf(p.lower[j], -1) || p.cost[j] < 0 && math.IsInf(p.upper[j], 1)
	}
	if !open {
		return lpOptimal
	}
	return newSimplex(p, r.mt, r.par.Seed).solve(0)
}

// unbounded decides a problem whose relaxation is unbounded: with rational data it is unbounded as soon as it has
// any feasible point (Meyer, Mathematical Programming 7, 1974).
func (r *run) unbounded(p *problem) solver.Result {
	q := *p
	q.cost, q.offset = make([]float64, p.n), 0
	pre, ok := presolve(&q)
	found := ok && pre.n == 0
	stopped := false
	if ok && pre.n > 0 {
		s := newSearch(pre.problem, options{seed: r.par.Seed}, r.mt)
		s.run()
		found, stopped = s.best != nil, s.stopped
		r.nodes = s.nodes + s.below
	}
	switch {
	case found:
		return r.result(solver.Unbounded, math.Inf(-1), true)
	case stopped:
		return r.result(solver.NoSolution, math.Inf(-1), false)
	}
	return r.result(solver.Infeasible, math.Inf(1), true)
}

func (r *run) search(pre *presolved, p *problem) *search {
	opt := options{gap: r.par.Gap, absGap: r.par.AbsGap, seed: r.par.Seed}
	opt.found = func(x []float64, _ float64) { r.take(pre.restore(x)) }
	if r.par.Progress != nil {
		opt.report = r.news
	}
	return newSearch(p, opt, r.mt)
}

// news reports progress where somebody listens.
func (r *run) news(phase string, value, bound float64, nodes int64) {
	if r.par.Progress != nil {
		r.par.Progress(solver.Progress{
			Phase: phase, Level: r.level, Incumbent: value, Bound: bound, Nodes: nodes, Elapsed: time.Since(r.mt.begin),
		})
	}
}

// take keeps a point of the given problem, if it is one.
func (r *run) take(x []float64) {
	if v := r.p.objective(x); v < r.value && r.p.feasible(x) {
		r.best, r.value = x, v
	}
}

// finish turns the outcome of a search into a result.
func (r *run) finish(bound float64, stopped bool) solver.Result {
	if r.best == nil {
		if stopped || !math.IsInf(bound, 1) {
			return r.result(solver.NoSolution, bound, false)
		}
		return r.result(solver.Infeasible, bound, true)
	}
	gap := solver.RelGap(r.value, bound)
	if gap <= math.Max(r.par.Gap, optimalGap) || r.value-bound <= r.par.AbsGap {
		return r.result(solver.Optimal, math.Min(bound, r.value), true)
	}
	return r.result(solver.Feasible, math.Min(bound, r.value), false)
}

func (r *run) result(st solver.Status, bound float64, done bool) solver.Result {
	res := solver.Result{
		Status: st, Limit: solver.LimitNone, Objective: math.NaN(), Bound: bound, Nodes: r.nodes,
		Deterministic: true,
	}
	if r.best != nil && (st == solver.Optimal || st == solver.Feasible) {
		res.Values, res.Objective = r.best, r.value
		if r.value-bound > optimalGap*math.Max(1, math.Abs(r.value)) {
			res.Limit = solver.LimitGap
		}
	}
	if !done {
		r.mt.spent() // a nested part may have used up what there was
		res.Limit = r.mt.limit
	}
	res.Deterministic = !r.mt.clocked && (r.mt.limit == solver.LimitNone || r.mt.limit == solver.LimitWork)
	return res
}
