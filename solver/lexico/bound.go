package lexico

import (
	"context"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Bound is Resolve for a model of which a solution is at hand, p.Start, and bounds are what is sought: there is no opening. Before each
// level latest tells the best solution known by then, from a search that goes on beside it; nil where there is none.
func Bound(ctx context.Context, m *mip.Model, backend solver.Solver, p solver.Params, warm *Warm, latest func() []float64) (Result, error) {
	r := newRun(m, backend, p)
	r.tried = true
	r.recall(ctx, warm)
	for k := range m.Levels {
		if latest != nil {
			r.offer(k, latest())
		}
		if ended, err := r.level(ctx, k); err != nil || ended {
			if err != nil {
				err = i18n.E("层级 %s：%s", "level %s: %s", m.Levels[k].Name, err)
			}
			return r.result(ctx), err
		}
	}
	return r.result(ctx), nil
}
