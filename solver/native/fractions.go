package native

import (
	"context"
	"math"
	"slices"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/exact"
)

// exactly answers a small model in fractions where the answer in floating point rests on what rows may be off: where there is no point with its integers,
// or only one that costs more. A row with terms of a million is kept by its tolerance where a flow of one is missing.
func (r *run) exactly(res *solver.Result, m *mip.Model) {
	continuous := func(c mip.Column) bool { return !c.Integer }
	if res.Values == nil || len(m.Levels) == 0 || !exact.Fits(len(m.Rows), len(m.Columns)) || !slices.ContainsFunc(m.Columns, continuous) {
		return
	}
	ctx := r.mt.ctx
	if !r.mt.deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, r.mt.deadline)
		defer cancel()
	}
	x := res.Values
	near := exact.Vertex(ctx, m, x)
	if near.X != nil && r.p.objective(near.Floats())-res.Objective <= mip.FeasTol*math.Max(1, math.Abs(res.Objective)) {
		return
	}
	found := exact.Search(ctx, m, x)
	if found.X == nil {
		found.X = near.X
	}
	switch found.Status {
	case solver.Optimal:
		r.best = found.Floats()
		r.value = r.p.objective(r.best)
		*res = r.result(solver.Optimal, r.value, true)
	case solver.Infeasible:
		*res = r.result(solver.Infeasible, math.Inf(1), true)
	case solver.NoSolution:
		if found.X != nil {
			r.best = found.Floats()
			r.value = r.p.objective(r.best)
			*res = r.result(solver.Feasible, res.Bound, false)
		}
	}
}
