package main

import (
	"errors"
	"math"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
)

// TestEndings: how a solve ended that has no solution, with what to do next. A claim is called one unless it is proven or anybody sees it.
func TestEndings(t *testing.T) {
	plainly := &mip.Model{Columns: []mip.Column{{Name: "x", Lower: 2, Upper: 1}}}
	for _, c := range []struct {
		m         *mip.Model
		status    solver.Status
		limit     solver.Limit
		certified bool
		by        string
		code      int
		err, hint string
	}{
		{&mip.Model{}, solver.Infeasible, solver.LimitNone, true, "glpk", exitInfeasible, "", ""},
		{plainly, solver.Infeasible, solver.LimitNone, false, "glpk", exitInfeasible, "", ""},
		{&mip.Model{}, solver.Infeasible, solver.LimitNone, false, "glpk", exitInfeasible, "is what glpk says; it could not be proven", "--solver native"},
		{&mip.Model{}, solver.Infeasible, solver.LimitNone, false, "native", exitInfeasible, "is what native says", "--solver highs"},
		{&mip.Model{}, solver.NoSolution, solver.LimitNumerics, false, "highs", exitNoPlan, "the solution of highs breaks the model", "--solver native"},
		{&mip.Model{}, solver.NoSolution, solver.LimitTime, false, "glpk", exitNoPlan, "stopped (time) before any solution", "give more --time"},
		{&mip.Model{}, solver.NoSolution, solver.LimitInterrupted, false, "glpk", exitNoPlan, "stopped (interrupted)", "run the same command again"},
	} {
		var e *exitError
		if err := (solveReport{Status: c.status, Limit: c.limit, Certified: c.certified, Solver: c.by}).exit(c.m); !errors.As(err, &e) || e.code != c.code {
			t.Errorf("%s, %s: got %v", c.status, c.limit, err)
			continue
		}
		text, hint := e.Error(), e.hint.In(i18n.En)
		if (text == "") != (c.err == "") || !strings.Contains(text, c.err) || !strings.Contains(hint, c.hint) {
			t.Errorf("%s, %s: got %q, %q", c.status, c.limit, text, hint)
		}
		if e.err != nil && i18n.Of(e.err).Zh == text {
			t.Errorf("%s, %s: no Chinese", c.status, c.limit)
		}
	}
}

// TestDoubts: a solution that is worth less than it looks is said to be, with what to try; one that is what it looks is not.
func TestDoubts(t *testing.T) {
	m := &mip.Model{Levels: []mip.Level{{Name: "cost", Scale: 1}}}
	for _, c := range []struct {
		status       solver.Status
		limit        solver.Limit
		value, bound float64
		want         string
	}{
		{solver.Optimal, solver.LimitNone, 151, 151, ""},
		{solver.Optimal, solver.LimitNone, 150.99990, 150.99999, ""}, // no more than counts as nothing
		{solver.Optimal, solver.LimitNone, 150.99481, 150.99961, "better than the certified bound"},
		{solver.Feasible, solver.LimitNone, 150.99481, 150.99961, "better than the certified bound"},
		{solver.Feasible, solver.LimitNone, -17.1, -22.1, "no optimum is confirmed"},
		{solver.Feasible, solver.LimitTime, -17.1, -22.1, ""},
		{solver.Feasible, solver.LimitNumerics, 7609, 8, "lie too far apart"},
		{solver.NoSolution, solver.LimitNumerics, math.NaN(), math.Inf(-1), ""},
	} {
		report := newSolveReport(m, lexico.Result{Status: c.status, Limit: c.limit, Solver: "native", Levels: []lexico.Level{{Name: "cost", Value: c.value, Bound: c.bound}}}, 0)
		text, doubtful := report.doubt()
		if doubtful != (c.want != "") || !strings.Contains(text.En, c.want) || doubtful && (text.Zh == "" || text.Zh == text.En) {
			t.Errorf("%s, %s, %v, %v: got %t, %+v", c.status, c.limit, c.value, c.bound, doubtful, text)
		}
	}
}
