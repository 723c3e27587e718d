// Package lexico minimises ordered objective levels over any backend: level after level, each among the points that
// keep the values reached on the levels before it.
//
// The entry is [Solve]. The package imports solver, mip and the standard library only.
package lexico

import (
	"context"
	"math"
	"strings"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Unsolved is the status of a level that was not reached: its value is the incumbent's, its bound the trivial one.
const Unsolved solver.Status = "unsolved"

// Level is what is known of one level. Bound is a lower bound on the level's least value among the points whose
// earlier levels are no worse than the result's.
type Level struct {
	Name   string
	Value  float64 // at Result.Values; NaN where there are none
	Bound  float64
	Status solver.Status // Optimal, Feasible, NoSolution or Unsolved; Infeasible or Unbounded where that ended the run
	Limit  solver.Limit  // what ended the level's solve
	// Proofs are what the backend handed over for Bound, rows counted as in certificates (see solver/certify).
	Proofs  []*solver.Proof
	Nodes   int64
	Elapsed time.Duration
}

// Result is the outcome of all levels. Status is Optimal where every level is, within the asked gap. Where it is Infeasible,
// the first level's Proofs are about that.
type Result struct {
	Status        solver.Status
	Limit         solver.Limit // the gravest of the levels' limits
	Levels        []Level      // as Model.Levels
	Values        []float64    // indexed by mip.Col; nil where there is no solution
	Nodes         int64
	Elapsed       time.Duration
	Solver        string
	Deterministic bool
	Warm          *Warm // for Resolve
	// Trace says what chains of backends did, by level, for logs; what is said of one level after another stands once.
	Trace []string
}

// Proofs are those of the levels, in order, as solver/certify takes them.
func (r *Result) Proofs() [][]*solver.Proof {
	out := make([][]*solver.Proof, len(r.Levels))
	for k := range r.Levels {
		out[k] = r.Levels[k].Proofs
	}
	return out
}

// Solve minimises the levels of m in order. A level that stops with a gap passes its value on. p.Time and p.Work
// cover all levels: a level may use half of what is left, the last one all of it. p.Gap and p.AbsGap hold for each
// level that p.Levels does not name. An incumbent within the gap of what the column bounds allow, or what
// single rows do (see solver.Ascend), needs no solve. A model without levels is solved for any feasible point.
//
// Several levels begin with an opening (see opening.go): one solve of a weighted sum of all of them, whose solution
// is the first incumbent.
//
// Each solve adds one row per earlier level, or none where the earlier level stands at its trivial bound and fixes
// its columns instead.
func Solve(ctx context.Context, m *mip.Model, backend solver.Solver, p solver.Params) (Result, error) {
	return Resolve(ctx, m, backend, p, nil)
}

// Resolve is Solve from what an earlier solve of nearly the same model left behind, nil none. A level whose old proof
// still holds of the old solution, mended where it has to be, needs no solve. The opening waits until a level needs one,
// and a mended solution takes its place.
func Resolve(ctx context.Context, m *mip.Model, backend solver.Solver, p solver.Params, warm *Warm) (Result, error) {
	r := newRun(m, backend, p)
	if len(m.Levels) == 0 {
		return r.feasibility(ctx)
	}
	if r.recall(ctx, warm); warm == nil || r.values == nil {
		if err := r.open(ctx, 0); err != nil {
			return Result{}, err
		}
	}
	for k := range m.Levels {
		if r.ended != "" {
			break
		}
		ended, err := r.level(ctx, k)
		if err != nil {
			return Result{}, i18n.E("层级 %s：%s", "level %s: %s", m.Levels[k].Name, err)
		}
		if ended {
			break
		}
	}
	return r.result(ctx), nil
}

// solve asks the backend, and holds its point against the model as it was given: m has its columns, and more rows at the most.
// A point that breaks it is dropped, so that one at hand stands; what was proven is a bound all the same.
func (r *run) solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	found, err := r.backend.Solve(ctx, m, p)
	if err != nil {
		return found, err
	}
	if broken := found.Check(r.model); broken != nil {
		found.Values, found.Objective, found.Status, found.Limit = nil, math.NaN(), solver.NoSolution, solver.LimitNumerics
		found.Trace = append(found.Trace, broken.Error())
	}
	return found, nil
}

// run is the state between levels.
type run struct {
	model    *mip.Model
	backend  solver.Solver
	params   solver.Params
	started  time.Time
	values   []float64 // the incumbent, nil where none
	levels   []Level
	nodes    int64
	name     string
	ended    solver.Status // Infeasible or Unbounded, "" while neither is known
	clocked  bool          // whether a clock or a signal ended a solve
	trace    []string
	said     string         // the last line of trace, without its level
	sum      weighted       // what the opening proved
	warm     *Warm          // what an earlier solve left behind, nil none
	left     []*solver.Warm // what the backend left behind, by level
	opened   *solver.Warm   // what the backend left behind of the opening
	tried    bool           // whether the opening has had its turn
	barren   bool           // whether it found nothing in its turn
	broken   []float64      // an old solution, within the bounds of the columns, nil none
	tidy     []float64      // the last point that was tidied, nil none
	stage    *mip.Model     // of a level, see staged
	stagedAt []float64      // the incumbent of stage
	last     *solver.Warm   // what the last solve left behind: the basis of a level is a feasible one of the next
}

func newRun(m *mip.Model, backend solver.Solver, p solver.Params) *run {
	r := &run{model: m, backend: backend, params: p, started: time.Now(), name: backend.Name(), left: make([]*solver.Warm, len(m.Levels))}
	for k := range m.Levels {
		l := &m.Levels[k]
		r.levels = append(r.levels, Level{Name: l.Name, Value: math.NaN(), Bound: m.TrivialBound(l), Status: Unsolved, Limit: solver.LimitNone})
	}
	if len(p.Start) == len(m.Columns) && m.Violation(p.Start, mip.FeasTol) == "" && integersExact(m, p.Start) {
		r.values = p.Start
	}
	return r
}

// integersExact says whether the integer columns of x are integers to the last bit, so that level values are.
func integersExact(m *mip.Model, x []float64) bool {
	for j, c := range m.Columns {
		if c.Integer && x[j] != math.Trunc(x[j]) {
			return false
		}
	}
	return true
}

// level solves level k, unless the incumbent makes that needless or time is over. It reports whether nothing is
// left to do for later levels.
func (r *run) level(ctx context.Context, k int) (ended bool, err error) {
	if r.settled(k) {
		return false, nil
	}
	if !r.tried {
		if err := r.open(ctx, k); err != nil || r.ended != "" {
			return true, err
		}
		if r.settled(k) {
			return false, nil
		}
	}
	if limit := r.exhausted(ctx); limit != solver.LimitNone {
		r.levels[k].Limit = limit
		r.clocked = r.clocked || limit != solver.LimitWork
		return r.values == nil, nil
	}
	m, kept := r.restricted(k)
	result, err := r.solve(ctx, m, r.share(k))
	if err != nil {
		return true, err
	}
	r.last = unproven(result.Warm)
	r.left[k] = r.last
	r.log(r.levels[k].Name, result.Trace)
	r.prove(k, widen(handed(result), r.model, k, kept))
	if result.Proof != nil && result.Multipliers != nil { // where time cuts the tree, they may prove more than what is left of it
		r.prove(k, widen(solver.NewProof(result.Multipliers), r.model, k, kept))
	}
	return r.take(k, result), nil
}

// settled tells whether the incumbent is known to be good enough for level k without a solve.
func (r *run) settled(k int) bool {
	r.imply(k)
	if !r.met(k) && !r.provedBefore(k) && !r.ascends(k) {
		return false
	}
	r.levels[k].Status = solver.Optimal
	if r.value(k) > r.levels[k].Bound {
		r.levels[k].Limit = solver.LimitGap
	}
	return true
}

// met says whether the incumbent is within the gap of what is known of the level's bound.
func (r *run) met(k int) bool {
	return r.values != nil && r.within(k, r.value(k), r.levels[k].Bound)
}

func (r *run) within(k int, value, bound float64) bool {
	return r.params.Tolerance(r.levels[k].Name).Met(value, bound)
}

// ascends tries whether rows, one by one, prove the incumbent: one pass over the terms, where a backend would set up the
// whole model.
func (r *run) ascends(k int) bool {
	if r.values == nil {
		return false
	}
	m, kept := r.restricted(k)
	y, bound := solver.Ascend(m)
	if m.Integral(&m.Levels[0]) {
		bound = math.Ceil(bound - impliedTol*math.Max(1, math.Abs(bound)))
	}
	if bound > r.levels[k].Bound {
		r.levels[k].Bound = bound
		r.prove(k, widen(solver.NewProof(y), r.model, k, kept))
	}
	return r.met(k)
}

func (r *run) value(k int) float64 { return r.model.Levels[k].Value(r.values) }

// exhausted names the limit that forbids another solve.
func (r *run) exhausted(ctx context.Context) solver.Limit {
	switch {
	case ctx.Err() != nil:
		return solver.LimitInterrupted
	case r.params.Time > 0 && time.Since(r.started) >= r.params.Time:
		return solver.LimitTime
	case r.params.Work > 0 && r.nodes >= r.params.Work:
		return solver.LimitWork
	}
	return solver.LimitNone
}

// share is what the opening or level k may spend: half of what is left, since an earlier level matters more than all later ones
// but must not starve them; all of it on the last level, and where the opening found no solution: without one there
// are no later levels.
func (r *run) share(k int) solver.Params {
	p := r.params
	parts := int64(2)
	if k >= len(r.levels)-1 || r.barren && r.values == nil {
		parts = 1
	}
	if p.Time > 0 {
		p.Time = max((p.Time-time.Since(r.started))/time.Duration(parts), 1)
	}
	if p.Work > 0 {
		p.Work = max((p.Work-r.nodes)/parts, 1)
	}
	p.Start = r.values
	if p.Warm = nil; len(r.model.Columns) <= warmColumns {
		p.Warm = r.last
	}
	if r.warm != nil && k < len(r.warm.Levels) && r.warm.Levels[k] != nil {
		p.Warm = r.warm.Levels[k]
	}
	if k < len(r.levels) {
		t := p.Tolerance(r.levels[k].Name)
		p.Gap, p.AbsGap = t.Gap, t.AbsGap
		p.Progress = r.news(r.levels[k].Name)
	}
	return p
}

// warmColumns: on models of more columns the basis that is best for one level is a worse beginning for the next than none: five years x
// 220 (28,000 columns) take 26,000 pivots from it, 8,000 without.
const warmColumns = 20_000

// unproven is what a backend left behind without its proof: those are kept by level.
func unproven(w *solver.Warm) *solver.Warm {
	if w == nil || w.Proof == nil {
		return w
	}
	out := *w
	out.Proof = nil
	return &out
}

// news passes progress on under the name of a level.
func (r *run) news(level string) func(solver.Progress) {
	if r.params.Progress == nil {
		return nil
	}
	return func(n solver.Progress) {
		n.Level = level
		r.params.Progress(n)
	}
}

// take keeps the better of the incumbent and the solution found, and what was proved.
func (r *run) take(k int, found solver.Result) (ended bool) {
	l := &r.levels[k]
	r.note(found)
	l.Limit, l.Nodes, l.Elapsed = found.Limit, found.Nodes, found.Elapsed
	switch found.Status {
	case solver.Infeasible:
		if r.values != nil { // that has one
			r.log(l.Name, []string{found.Solver + ": claims that no point keeps the values of the one at hand"})
			l.Status, l.Limit = solver.Feasible, solver.LimitNumerics
			return false
		}
		l.Status, r.ended = found.Status, found.Status
		return true
	case solver.Unbounded:
		l.Status, l.Bound, r.ended = found.Status, math.Inf(-1), found.Status
		return true
	}
	r.offer(k, found.Values)
	l.Bound = math.Max(l.Bound, found.Bound)
	if r.values == nil {
		l.Status = solver.NoSolution
		return true
	}
	l.Status = solver.Feasible // result looks at the gap again
	return false
}

// log keeps what a chain of backends did on a level, unless it did the same on the one before.
func (r *run) log(level string, lines []string) {
	for _, line := range lines {
		if line != r.said {
			r.trace = append(r.trace, level+": "+line)
		}
		r.said = line
	}
}

// prove adds a proof of level k, where there is one.
func (r *run) prove(k int, p *solver.Proof) {
	if p != nil {
		r.levels[k].Proofs = append(r.levels[k].Proofs, p)
	}
}

// offer takes x for the incumbent where it is lexicographically better. On a level before k whose values are not
// integers, what lies within the tolerance with which backends keep rows counts as equal.
func (r *run) offer(k int, x []float64) {
	if x == nil {
		return
	}
	if r.values == nil {
		r.values = x
		return
	}
	for i := range r.levels {
		l := &r.model.Levels[i]
		old, now := r.value(i), l.Value(x)
		if i < k && !r.model.Integral(l) && math.Abs(old-now) <= mip.FeasTol*math.Max(1, math.Abs(old)) {
			continue
		}
		if now < old {
			r.values = x
		}
		if now != old {
			return
		}
	}
}

// note counts a solve.
func (r *run) note(found solver.Result) {
	r.nodes += found.Nodes
	if strings.Count(found.Solver, ">") >= strings.Count(r.name, ">") { // the longest chain is what the whole run took
		r.name = found.Solver
	}
	r.clocked = r.clocked || !found.Deterministic
}

// feasibility solves a model without levels.
func (r *run) feasibility(ctx context.Context) (Result, error) {
	found, err := r.solve(ctx, r.model, r.share(0))
	return Result{
		Status: found.Status, Limit: found.Limit, Values: found.Values, Nodes: found.Nodes,
		Elapsed: time.Since(r.started), Solver: found.Solver, Deterministic: found.Deterministic, Trace: found.Trace,
	}, err
}

// Refutation is what was handed over where there is no feasible point, nil where nothing was.
func (r *Result) Refutation() *solver.Proof {
	if r.Status != solver.Infeasible || len(r.Levels) == 0 || len(r.Levels[0].Proofs) == 0 {
		return nil
	}
	return r.Levels[0].Proofs[0]
}

// gravity orders limits: the later, the less is known of the answer.
var gravity = map[solver.Limit]int{
	solver.LimitNone: 0, solver.LimitGap: 1, solver.LimitWork: 2, solver.LimitTime: 3, solver.LimitMemory: 4, solver.LimitNumerics: 5, solver.LimitInterrupted: 6,
}

// result takes all values from the final incumbent: a later level may have improved an earlier one that had a gap.
func (r *run) result(ctx context.Context) Result {
	if r.values != nil && !r.exact() {
		r.values = r.tidied(ctx, r.values)
	}
	out := Result{Status: solver.Optimal, Limit: solver.LimitNone, Levels: r.levels, Values: r.values, Nodes: r.nodes, Elapsed: time.Since(r.started), Solver: r.name, Deterministic: !r.clocked, Trace: r.trace}
	for k := range r.levels {
		l := &r.levels[k]
		if r.values != nil && r.ended == "" {
			l.Value = r.value(k)
			l.Bound = math.Min(l.Bound, l.Value) // they may cross by rounding errors where they meet
			if l.Status != Unsolved && r.within(k, l.Value, l.Bound) {
				l.Status = solver.Optimal
			}
		}
		if l.Status != solver.Optimal {
			out.Status = solver.Feasible
		}
		if gravity[l.Limit] > gravity[out.Limit] {
			out.Limit = l.Limit
		}
	}
	switch {
	case r.ended != "":
		out.Status, out.Values = r.ended, nil
	case r.values == nil:
		out.Status = solver.NoSolution
	default:
		out.Warm = &Warm{Values: r.values, Proofs: out.Proofs(), Opening: r.opened, Levels: r.left}
		out.Warm.handDown(r.warm)
	}
	return out
}
