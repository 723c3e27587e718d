package worker

import (
	"context"
	"fmt"
	"math"

	"cadre/mip"
	"cadre/solver"
)

// boundTol is how far below an integer the claimed bound of an all-integer objective may lie and still be rounded up
// to it, relative to max(1, |bound|): what accumulates in a floating-point bound over many pivots.
const boundTol = 1e-7

// tally keeps, on the parent's side, the best solution that stood the check, and the best bound.
type tally struct {
	model     *mip.Model
	params    solver.Params
	name      string
	values    []float64 // nil where none
	objective float64   // NaN where none
	lowest    float64   // what the bounds of the columns allow
	bound     float64
	nodes     int64
	y         []float64 // multipliers of the root, nil where none
	refused   string    // what the last solution breaks, "" where it was accepted
	integral  bool      // whether every point's objective is an integer
}

func newTally(m *mip.Model, p solver.Params, name string) *tally {
	t := &tally{model: m, params: p, name: name, objective: math.NaN(), integral: true}
	if len(m.Levels) > 0 {
		t.lowest, t.integral = m.TrivialBound(&m.Levels[0]), m.Integral(&m.Levels[0])
		t.bound = t.lowest
	}
	if len(p.Start) == len(m.Columns) {
		t.offer(p.Start)
		t.refused = "" // a bad start is nobody's fault here
	}
	return t
}

// trivial answers without a worker: where sides or bounds cross, where there are no columns, where time is over.
func (t *tally) trivial(ctx context.Context) (solver.Result, bool) {
	if crossed(t.model) {
		return t.result(solver.Infeasible, solver.LimitNone), true
	}
	if len(t.model.Columns) == 0 {
		if t.offer(nil); t.values == nil {
			return t.result(solver.Infeasible, solver.LimitNone), true
		}
		t.bound = t.objective
		return t.result(solver.Optimal, solver.LimitNone), true
	}
	if ctx.Err() != nil {
		return t.settle(t.stopped(solver.LimitInterrupted)), true
	}
	return solver.Result{}, false
}

// crossed says whether a column or a row has no value at all.
func crossed(m *mip.Model) bool {
	for _, c := range m.Columns {
		if c.Lower > c.Upper || c.Integer && math.Ceil(c.Lower) > math.Floor(c.Upper) {
			return true
		}
	}
	for _, r := range m.Rows {
		if r.Lower > r.Upper {
			return true
		}
	}
	return false
}

// hear takes news and solutions.
func (t *tally) hear(m message) {
	if m.Solution != nil {
		t.offer(m.Solution)
	}
	if len(m.Multipliers) == len(t.model.Rows) {
		t.y = m.Multipliers
	}
	if m.Progress == nil {
		return
	}
	t.nodes = max(t.nodes, m.Progress.Nodes)
	t.raise(m.Progress.Bound)
	if t.params.Progress != nil {
		p := *m.Progress
		p.Incumbent, p.Bound = t.objective, t.clipped()
		if len(t.model.Levels) > 0 {
			p.Level = t.model.Levels[0].Name
		}
		t.params.Progress(p)
	}
}

// raise takes a better bound.
func (t *tally) raise(bound float64) {
	if t.integral && !math.IsInf(bound, 0) {
		bound = math.Ceil(bound - boundTol*math.Max(1, math.Abs(bound)))
	}
	if bound > t.bound {
		t.bound = bound
	}
}

// clipped is the bound, not above the incumbent: the two differ by rounding errors where they meet.
func (t *tally) clipped() float64 {
	if t.bound > t.objective {
		return t.objective
	}
	return t.bound
}

// offer takes a solution that is feasible, with integer columns rounded, and better than the one at hand.
func (t *tally) offer(x []float64) {
	if len(x) != len(t.model.Columns) {
		t.refused = fmt.Sprintf("it has %d values for %d columns", len(x), len(t.model.Columns))
		return
	}
	rounded := make([]float64, len(x))
	for j, v := range x {
		if t.model.Columns[j].Integer && math.Abs(v-math.Round(v)) <= mip.IntTol {
			v = math.Round(v)
		}
		rounded[j] = v + 0 // no negative zero
	}
	if broken := t.model.Violation(rounded, mip.FeasTol); broken != "" {
		t.refused = broken
		return
	}
	t.refused = ""
	value := 0.0
	if len(t.model.Levels) > 0 {
		value = t.model.Levels[0].Value(rounded)
	}
	if math.IsNaN(t.objective) || value < t.objective {
		t.values, t.objective = rounded, value
	}
}

// stopped is the outcome of a run that was cut off.
func (t *tally) stopped(limit solver.Limit) Outcome {
	return Outcome{Status: solver.Feasible, Limit: limit, Bound: t.bound, Nodes: t.nodes}
}

// settle turns what the worker claims into a result. A claim that the worker's own points do not bear out, or that cannot be, is
// not passed on: what is known stays, with LimitNumerics and a line of trace that says why.
func (t *tally) settle(o Outcome) solver.Result {
	t.nodes = max(t.nodes, o.Nodes)
	switch {
	case o.Status == solver.Infeasible && t.values != nil:
		return t.doubted("it claims that there is no solution, and one is known")
	case o.Status == solver.Unbounded && !math.IsInf(t.lowest, -1):
		return t.doubted("it claims that the objective has no limit; the bounds of the columns alone are one")
	case o.Status == solver.Infeasible || o.Status == solver.Unbounded:
		return t.result(o.Status, solver.LimitNone)
	case o.Status == solver.Optimal && t.refused != "":
		return t.doubted("its solution breaks the model: " + t.refused)
	case o.Status == solver.Optimal && t.values == nil:
		return t.doubted("it claims an optimum and hands over no solution")
	}
	if o.Status == solver.Optimal && o.Limit == solver.LimitNone {
		t.bound = t.objective
	} else {
		t.raise(o.Bound)
	}
	t.bound = t.clipped()
	switch {
	case t.values == nil && t.refused != "":
		r := t.result(solver.NoSolution, o.Limit)
		r.Trace = append(r.Trace, t.name+": its solution breaks the model: "+t.refused)
		return r
	case t.values == nil:
		return t.result(solver.NoSolution, o.Limit)
	case t.objective == t.bound && o.Limit == solver.LimitGap:
		return t.result(solver.Optimal, solver.LimitNone)
	case t.objective-t.bound <= t.params.AbsGap || solver.RelGap(t.objective, t.bound) <= t.params.Gap:
		return t.result(solver.Optimal, o.Limit)
	}
	return t.result(solver.Feasible, o.Limit)
}

// doubted is what is left of a claim that does not hold: the best point of all, and the bound that no claim touched.
func (t *tally) doubted(why string) solver.Result {
	status := solver.Feasible
	if t.values == nil {
		status = solver.NoSolution
	}
	t.bound = t.lowest
	r := t.result(status, solver.LimitNumerics)
	r.Trace = append(r.Trace, t.name+": "+why)
	return r
}

func (t *tally) result(status solver.Status, limit solver.Limit) solver.Result {
	r := solver.Result{
		Status: status, Limit: limit, Objective: t.objective, Bound: t.bound, Values: t.values, Nodes: t.nodes, Solver: t.name,
		Deterministic: limit == solver.LimitNone || limit == solver.LimitGap || limit == solver.LimitWork || limit == solver.LimitNumerics,
	}
	if status == solver.Infeasible || status == solver.Unbounded {
		r.Objective, r.Bound, r.Values = math.NaN(), math.Inf(-1), nil
		return r
	}
	r.Multipliers = t.y
	return r
}
