package native

import (
	"context"
	"math"

	"cadre/mip"
	"cadre/solver"
)

// Relax prepares the linear relaxation of m. There is no presolve, so that the multipliers are those of m's rows.
func (Native) Relax(m *mip.Model) solver.Relaxation { return &relaxation{p: newProblem(m)} }

// relaxation keeps the basis from one solve to the next: the dual simplex method goes on from there when only bounds
// have changed.
type relaxation struct {
	p  *problem
	lp *simplex
}

// Solve is one solve; after numerical trouble it begins once more from the slack basis.
func (r *relaxation) Solve(ctx context.Context, lower, upper []float64, par solver.Params) solver.Relaxed {
	mt := newMeter(ctx, par)
	warm := r.lp != nil
	st := r.attempt(lower, upper, mt, par.Seed)
	if st == lpFailed && warm {
		r.lp = nil
		st = r.attempt(lower, upper, mt, par.Seed)
	}
	out := r.answer(st)
	out.Limit, out.Work = mt.limit, mt.work
	if st == lpFailed {
		r.lp = nil
	}
	return out
}

func (r *relaxation) attempt(lower, upper []float64, mt *meter, seed int64) lpStatus {
	if r.lp == nil {
		r.lp = newSimplex(r.p, mt, seed)
	}
	r.lp.meter, r.lp.cutoff = mt, math.Inf(1)
	r.lp.setBounds(lower, upper)
	return r.lp.solve(0)
}

// answer reads off what the simplex method holds.
func (r *relaxation) answer(st lpStatus) solver.Relaxed {
	out := solver.Relaxed{Status: solver.NoSolution}
	switch st {
	case lpInfeasible:
		out.Status = solver.Infeasible
		out.Ray = append(out.Ray, r.lp.ray...)
	case lpUnbounded:
		out.Status = solver.Unbounded
	case lpOptimal:
		out.Status = solver.Optimal
		out.Values = r.lp.point(nil)
		out.Objective = r.p.objective(out.Values)
		out.Duals = r.lp.multipliers(nil)
	case lpStopped:
		out.Duals = r.lp.multipliers(nil)
	}
	return out
}
