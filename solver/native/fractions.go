package native

import (
	"context"
	"math"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/exact"
)

// exactly answers a small model in fractions where a search in floating point that came to its end cannot be relied on: where it found nothing, left a gap, or
// found a point that rests on what rows may be off, so that none with its integers is a solution, or only one that costs more. A row with terms of a
// million is kept by its tolerance where a flow of one is missing.
func (r *run) exactly(res *solver.Result, m *mip.Model) {
	if res.Status == solver.Unbounded || !exact.Mixed(m) {
		return
	}
	ctx := r.mt.ctx
	if !r.mt.deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, r.mt.deadline)
		defer cancel()
	}
	if res.Limit != solver.LimitNone && res.Limit != solver.LimitGap || res.Status == solver.Optimal && r.stands(ctx, res, m) {
		return
	}
	found := exact.Search(ctx, m, res.Values)
	if found.X != nil {
		r.best = found.Floats()
		r.value = r.p.objective(r.best)
	}
	if ctx.Err() != nil {
		r.mt.clocked = true
	}
	switch { // who has a start has a point, though rows may hold it to values as they were rounded
	case found.Status == solver.Optimal:
		*res = r.result(solver.Optimal, r.value, true)
	case found.Status == solver.Infeasible && (res.Values == nil || r.par.Start == nil):
		*res = r.result(solver.Infeasible, math.Inf(1), true)
	case found.X != nil && res.Status == solver.Infeasible: // which it is not, and no more is known
		*res = r.finish(math.Inf(-1), false)
	case found.X != nil:
		*res = r.finish(res.Bound, false)
	}
}

// stands says whether an optimal point is one as it is written, or the best with its integers costs as much; also where that takes too much work.
func (r *run) stands(ctx context.Context, res *solver.Result, m *mip.Model) bool {
	if certify.Feasible(m, res.Values) == nil {
		return true
	}
	near := exact.Vertex(ctx, m, res.Values)
	if near.X == nil {
		return near.Status == solver.NoSolution
	}
	return math.Abs(r.p.objective(near.Floats())-res.Objective) <= mip.FeasTol*math.Max(1, math.Abs(res.Objective))
}
