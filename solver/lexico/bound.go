package lexico

import (
	"context"
	"fmt"

	"cadre/mip"
	"cadre/solver"
)

// Bound is Solve for a model on which only bounds are sought: p.Start, which has to be a solution, is the first incumbent, and there is
// no opening.
func Bound(ctx context.Context, m *mip.Model, backend solver.Solver, p solver.Params) (Result, error) {
	r := newRun(m, backend, p)
	r.tried = true
	for k := range m.Levels {
		if ended, err := r.level(ctx, k); err != nil || ended {
			if err != nil {
				err = fmt.Errorf("level %s: %w", m.Levels[k].Name, err)
			}
			return r.result(ctx), err
		}
	}
	return r.result(ctx), nil
}
