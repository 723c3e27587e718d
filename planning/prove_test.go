package planning

import (
	"testing"

	"cadre/solver"
	"cadre/solver/lexico"
)

// TestSettle: what is proven decides the status; the limit is the solver's where one ended it, else the proof's.
func TestSettle(t *testing.T) {
	for _, c := range []struct {
		name                                string
		limit                               solver.Limit
		solved, closed, timely, interrupted bool
		status                              solver.Status
		want                                solver.Limit
	}{
		{"proven to the end", solver.LimitGap, true, true, true, false, solver.Optimal, solver.LimitNone},
		{"proven within the gap", solver.LimitNone, true, false, true, false, solver.Optimal, solver.LimitGap},
		{"the solver ran out of time, the proof closed the gap", solver.LimitTime, true, false, true, false, solver.Optimal, solver.LimitTime},
		{"the proof ran out of time", solver.LimitGap, false, false, false, false, solver.Feasible, solver.LimitTime},
		{"the proof ran out of work", solver.LimitGap, false, false, true, false, solver.Feasible, solver.LimitWork},
		{"interrupted in the proof", solver.LimitNone, false, false, false, true, solver.Feasible, solver.LimitInterrupted},
		{"both stopped short", solver.LimitMemory, false, false, true, false, solver.Feasible, solver.LimitMemory},
	} {
		res := lexico.Result{Limit: c.limit}
		settle(&res, c.solved, c.closed, c.timely, c.interrupted)
		if res.Status != c.status || res.Limit != c.want {
			t.Errorf("%s: %s, %s; want %s, %s", c.name, res.Status, res.Limit, c.status, c.want)
		}
	}
}
