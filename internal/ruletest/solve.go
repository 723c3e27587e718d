package ruletest

import (
	"context"
	"errors"
	"math"
	"runtime"
	"sync"
	"time"

	"cadre/constraints"
	"cadre/mip"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/glpk"
	"cadre/solver/lexico"
	"cadre/solver/worker"
)

// Backend is the engine of the tests: GLPK in this process, since thousands of tiny models would spend their time on
// starting workers.
func Backend() solver.Solver { return here{} }

// here runs GLPK in this process, one model at a time.
type here struct{ glpk.Solver }

// engine guards GLPK, whose hooks are global.
var engine sync.Mutex

func (here) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	engine.Lock()
	defer engine.Unlock()
	runtime.LockOSThread() // GLPK keeps its environment per thread
	defer runtime.UnlockOSThread()
	r := solver.Result{Objective: math.NaN(), Bound: math.Inf(-1), Solver: glpk.Name, Deterministic: true}
	p.Progress = func(solver.Progress) {}
	keep := func(x []float64) { take(m, &r, x) }
	if len(m.Columns) == 0 {
		if keep([]float64{}); r.Values == nil {
			return settled(r, worker.Outcome{Status: solver.Infeasible, Limit: solver.LimitNone}), nil
		}
		return settled(r, worker.Outcome{Status: solver.Optimal, Limit: solver.LimitNone}), nil
	}
	outcome, err := glpk.Engine(ctx, worker.Job{Model: m, Params: p, Solution: keep})
	return settled(r, outcome), err
}

// take keeps a point that is better than the one at hand, its integer columns rounded.
func take(m *mip.Model, r *solver.Result, x []float64) {
	point := make([]float64, len(x))
	for j, c := range m.Columns {
		point[j] = x[j]
		if c.Integer {
			point[j] = math.Round(x[j])
		}
	}
	value := 0.0
	if len(m.Levels) > 0 {
		value = m.Levels[0].Value(point)
	}
	if m.Violation(point, mip.FeasTol) == "" && (r.Values == nil || value < r.Objective) {
		r.Objective, r.Values = value, point
	}
}

func settled(r solver.Result, o worker.Outcome) solver.Result {
	r.Status, r.Limit, r.Bound, r.Nodes = o.Status, o.Limit, o.Bound, o.Nodes
	switch {
	case r.Values == nil && r.Status != solver.Infeasible:
		r.Status = solver.NoSolution
	case r.Status == solver.Optimal:
		r.Bound = r.Objective
	}
	return r
}

// solveTime bounds the solving of one tiny model, all levels: ending here is a failure of the engine.
const solveTime = time.Minute

// ErrUnsettled is returned where the engine stopped without an answer.
var ErrUnsettled = errors.New("the engine neither found an optimum nor proved that there is none")

// Optimum minimises the levels of a model in order. The values are in the order of the levels, in the integers of the
// model; feasible is false, and the rest nil, where no plan exists.
func Optimum(m *mip.Model, backend solver.Solver) (values []int64, point []float64, feasible bool, err error) {
	r, err := lexico.Solve(context.Background(), m, backend, solver.Params{Time: solveTime})
	switch {
	case err != nil:
		return nil, nil, false, err
	case r.Status == solver.Infeasible:
		return nil, nil, false, nil
	case r.Status != solver.Optimal:
		return nil, nil, false, ErrUnsettled
	}
	for _, l := range r.Levels {
		values = append(values, int64(math.Round(l.Value)))
	}
	return values, r.Values, true, nil
}

// Pinned are the level values that the encoder's model gives a plan, the point that reaches them, and whether the model
// accepts the plan at all.
func Pinned(enc *constraints.Encoding, assignments []posting.Assignment, backend solver.Solver) (values []int64, point []float64, accepted bool, err error) {
	m, err := enc.Pin(assignments)
	var refused *constraints.Refused
	switch {
	case errors.As(err, &refused):
		return nil, nil, false, nil
	case err != nil:
		return nil, nil, false, err
	}
	return Optimum(m, backend)
}
