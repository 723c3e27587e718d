package planning

import (
	"context"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
)

// TestUnhurried: after an interruption a run whose backend handed nothing over gets the bound of the root relaxation certified, and
// not the one that needs no work.
func TestUnhurried(t *testing.T) {
	m := &mip.Model{Columns: []mip.Column{{Name: "x", Upper: 9, Integer: true}, {Name: "y", Upper: 9, Integer: true}},
		Rows:   []mip.Constraint{{Name: "r", Lower: 7, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 2}, {Col: 1, Coef: 3}}}},
		Levels: []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 2}, {Col: 1, Coef: 3}}}}}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	res := lexico.Result{Status: solver.Feasible, Limit: solver.LimitInterrupted, Values: []float64{9, 9}, Levels: []lexico.Level{{Name: "cost", Value: 45, Bound: 0}}}
	ctx, stop := Unhurried(stopped, &res)
	defer stop()
	if c := Prove(ctx, m, &res, solver.Params{}, 0); c == nil || res.Levels[0].Bound < 7 || res.Limit != solver.LimitInterrupted {
		t.Errorf("got certificate %v, %+v", c, res)
	}
	res.Levels[0].Proofs = []*solver.Proof{solver.NewProof([]float64{1})}
	if ctx, stop := Unhurried(stopped, &res); ctx.Err() == nil {
		t.Error("a run with multipliers at hand is made to wait")
	} else {
		stop()
	}
}
