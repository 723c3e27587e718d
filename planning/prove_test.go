package planning

import (
	"testing"

	"cadre/solver"
	"cadre/solver/lexico"
)

// TestSettle: what is proven decides the status; the limit is the solver's where one ended it, else the proof's.
func TestSettle(t *testing.T) {
	for _, c := range []struct {
		name   string
		limit  solver.Limit
		ending ending
		status solver.Status
		want   solver.Limit
	}{
		{"proven to the end", solver.LimitGap, ending{solved: true, closed: true, timely: true}, solver.Optimal, solver.LimitNone},
		{"proven within the gap", solver.LimitNone, ending{solved: true, timely: true}, solver.Optimal, solver.LimitGap},
		{"the solver ran out of time, the proof closed the gap", solver.LimitTime, ending{solved: true, timely: true}, solver.Optimal, solver.LimitTime},
		{"the proof ran out of time", solver.LimitGap, ending{spent: true}, solver.Feasible, solver.LimitTime},
		{"the proof ran out of work", solver.LimitGap, ending{timely: true, spent: true}, solver.Feasible, solver.LimitWork},
		{"the proof came to its end short of the claim", solver.LimitGap, ending{timely: true}, solver.Feasible, solver.LimitNone},
		{"interrupted in the proof", solver.LimitNone, ending{interrupted: true}, solver.Feasible, solver.LimitInterrupted},
		{"both stopped short", solver.LimitMemory, ending{timely: true}, solver.Feasible, solver.LimitMemory},
	} {
		res := lexico.Result{Limit: c.limit}
		settle(&res, c.ending)
		if res.Status != c.status || res.Limit != c.want {
			t.Errorf("%s: %s, %s; want %s, %s", c.name, res.Status, res.Limit, c.status, c.want)
		}
	}
}
