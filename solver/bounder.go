package solver

import (
	"context"
	"time"

	"cadre/mip"
)

// Bounder is a solver for models of far more choices than another one can take: of those its answer is the start, and the bound is that of
// Climb. Smaller models, and those without a start, are the other solver's.
type Bounder struct {
	Solver
	Most int // choices that the other solver takes
}

// Solve takes time linear in the terms of a large model.
func (s Bounder) Solve(ctx context.Context, m *mip.Model, p Params) (Result, error) {
	if m.Choices <= s.Most || len(m.Levels) == 0 || len(p.Start) != len(m.Columns) {
		return s.Solver.Solve(ctx, m, p)
	}
	began := time.Now()
	y, bound := Climb(m)
	out := Result{Status: Feasible, Limit: LimitWork, Bound: bound, Multipliers: y, Values: p.Start, Objective: m.Levels[0].Value(p.Start),
		Solver: s.Name(), Deterministic: true, Elapsed: time.Since(began)}
	if t := (Tolerance{p.Gap, p.AbsGap}); t.Met(out.Objective, out.Bound) {
		out.Status, out.Limit = Optimal, LimitGap
	}
	return out, nil
}
