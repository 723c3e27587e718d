package lexico_test

import (
	"context"
	"strings"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// spoiling is native, but for points of one level which break the model that was given.
type spoiling struct {
	native.Native
	level string // "" every one
	spoil func(x []float64)
}

func (s spoiling) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	r, err := s.Native.Solve(ctx, m, p)
	if r.Values != nil && (s.level == "" || len(m.Levels) > 0 && m.Levels[0].Name == s.level) {
		r.Values = append([]float64(nil), r.Values...)
		s.spoil(r.Values)
		r.Objective, r.Status = r.Objective-1, solver.Optimal
	}
	return r, err
}

// pair is a model of two levels that disagree: x + y is odd, 2 x + y at least 3.
func pair() *mip.Model {
	m := &mip.Model{}
	x := m.AddColumn(mip.Column{Name: "x", Upper: 9, Integer: true})
	y := m.AddColumn(mip.Column{Name: "y", Upper: 9, Integer: true})
	h := m.AddColumn(mip.Column{Name: "half", Upper: 9, Integer: true})
	m.AddRow(mip.Constraint{Name: "need", Lower: 3, Upper: mip.Inf, Terms: []mip.Term{{Col: x, Coef: 2}, {Col: y, Coef: 1}}})
	m.AddRow(mip.Constraint{Name: "odd", Lower: 1, Upper: 1, Terms: []mip.Term{{Col: x, Coef: 1}, {Col: y, Coef: 1}, {Col: h, Coef: -2}}})
	m.AddLevel(mip.Level{Name: "first", Scale: 1, Terms: []mip.Term{{Col: x, Coef: 3}, {Col: y, Coef: 2}}})
	m.AddLevel(mip.Level{Name: "second", Scale: 1, Terms: []mip.Term{{Col: y, Coef: 1}, {Col: h, Coef: 1}}})
	return m
}

// TestRefused: a point that breaks the model as it was given is none, whatever the backend says of it.
func TestRefused(t *testing.T) {
	for name, spoil := range map[string]func([]float64){
		"a row": func(x []float64) { x[0] = 0; x[1] = 0 }, "an integer": func(x []float64) { x[0] += 0.5 },
		"a bound": func(x []float64) { x[0] = -1 }, "infinite": func(x []float64) { x[0] = mip.Inf },
	} {
		r, err := lexico.Solve(context.Background(), pair(), spoiling{spoil: spoil}, solver.Params{})
		if err != nil || !refused(r) {
			t.Errorf("%s: %s, %v, %v", name, r.Status, r.Values, err)
		}
		single := pair()
		single.Levels = nil
		if r, err = lexico.Solve(context.Background(), single, spoiling{spoil: spoil}, solver.Params{}); err != nil || !refused(r) {
			t.Errorf("%s, no levels: %s, %v", name, r.Status, r.Values)
		}
	}
}

// refused says whether there is no solution for want of arithmetic, and why is told.
func refused(r lexico.Result) bool {
	return r.Status == solver.NoSolution && r.Limit == solver.LimitNumerics && r.Values == nil && strings.Contains(strings.Join(r.Trace, "\n"), "its solution is infeasible: ")
}

// TestRefusedLater: a broken point leaves the one at hand as it is, and the run says what was refused.
func TestRefusedLater(t *testing.T) {
	m := pair()
	start := []float64{5, 4, 4}
	spoil := func(x []float64) { x[0], x[1] = 0, 0 }
	r, err := lexico.Solve(context.Background(), m, spoiling{spoil: spoil}, solver.Params{Start: start})
	if err != nil || r.Status != solver.Feasible || m.Violation(r.Values, mip.FeasTol) != "" {
		t.Errorf("%s, %v, %v", r.Status, r.Values, err)
	}
	if !strings.Contains(strings.Join(r.Trace, "\n"), "native: its solution is infeasible: row ") {
		t.Errorf("trace %q", r.Trace)
	}
	r, err = lexico.Solve(context.Background(), m, spoiling{level: "opening", spoil: spoil}, solver.Params{Start: start})
	if err != nil || r.Status != solver.Optimal || m.Violation(r.Values, mip.FeasTol) != "" {
		t.Errorf("only the opening spoilt: %s, %v, %v", r.Status, r.Values, err)
	}
}

// TestRounded: a value a hair from its integer is that integer.
func TestRounded(t *testing.T) {
	r, err := lexico.Solve(context.Background(), pair(), spoiling{spoil: func(x []float64) { x[0] += 1e-9 }}, solver.Params{})
	if err != nil || r.Status != solver.Optimal || r.Values[0] != float64(int(r.Values[0])) {
		t.Errorf("%s, %v, %v", r.Status, r.Values, err)
	}
}
