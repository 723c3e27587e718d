package auto

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native"
	"cadre/solver/solvertest"
)

// fake is a backend that counts its calls and answers as it is told, by native where it is not.
type fake struct {
	native.Native
	name   string
	calls  atomic.Int32
	asked  solver.Params
	model  *mip.Model
	absent bool
	answer func(ctx context.Context, m *mip.Model, r solver.Result) (solver.Result, error)
}

func (f *fake) Name() string { return f.name }
func (f *fake) Available() solver.Availability {
	return solver.Availability{Name: f.name, Available: !f.absent, Reason: "it is away"}
}
func (f *fake) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	f.calls.Add(1)
	f.asked, f.model = p, m
	if f.answer == nil {
		r, err := f.Native.Solve(ctx, m, p)
		r.Solver = f.name
		return r, err
	}
	p.Progress = nil
	r, _ := f.Native.Solve(context.Background(), m, p)
	r.Solver = f.name
	return f.answer(ctx, m, r)
}

// renamed is native under another name.
type renamed struct{ native.Native }

func (renamed) Name() string { return "renamed" }

// staff is an assignment of n to n with one side row; in general shape the rows of ones are left out.
func staff(n int, partitions bool) *mip.Model {
	rng := rand.New(rand.NewPCG(uint64(n), 1))
	m := &mip.Model{}
	rows := make([]mip.Constraint, 2*n)
	var cost, side []mip.Term
	for i := range n {
		for k := range n {
			j := m.AddColumn(mip.Column{Name: fmt.Sprintf("x%d.%d", i, k), Upper: 1, Integer: true})
			t := mip.Term{Col: j, Coef: 1}
			if !partitions {
				t.Coef = 2
			}
			rows[i].Terms, rows[n+k].Terms = append(rows[i].Terms, t), append(rows[n+k].Terms, t)
			cost = append(cost, mip.Term{Col: j, Coef: float64(rng.IntN(100))})
			side = append(side, mip.Term{Col: j, Coef: float64(rng.IntN(9))})
		}
	}
	for i := range rows {
		rows[i].Lower, rows[i].Upper = rows[i].Terms[0].Coef, rows[i].Terms[0].Coef
		m.AddRow(rows[i])
	}
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: float64(3 * n), Terms: side})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: cost})
	return m
}

const large = 40 // so many to so many is no small model

func TestShape(t *testing.T) {
	if s := ShapeOf(staff(4, true)); !s.Assignment() || s.Partitioned != 1 || s.Columns != 16 || s.Rows != 9 || s.Terms < 32 {
		t.Errorf("assignment: %+v", s)
	}
	if s := ShapeOf(staff(4, false)); s.Assignment() || s.Partitioned != 0 {
		t.Errorf("no assignment: %+v", s)
	}
	if s := ShapeOf(&mip.Model{}); s.Assignment() {
		t.Errorf("nothing: %+v", s)
	}
}

// stopped is an answer that a clock cut: a feasible point far from its bound, with multipliers.
func stopped(m *mip.Model, r solver.Result) solver.Result {
	y, bound := solver.Ascend(m)
	r.Status, r.Limit, r.Bound, r.Multipliers, r.Deterministic = solver.Feasible, solver.LimitTime, bound, y, false
	return r
}

func TestWhoSolves(t *testing.T) {
	for _, c := range []struct {
		name       string
		model      *mip.Model
		absent     bool
		own, other int32
		said       string
	}{
		{"an assignment is ours", staff(large, true), false, 1, 0, "own: an assignment with side rows: "},
		{"what is none is the other's", staff(large, false), false, 0, 1, "other: no assignment: "},
		{"ours where there is no other", staff(large, false), true, 1, 0, "; other would help, but it is away"},
		{"ours where it is small", staff(6, false), false, 1, 0, "own: a small model, 36 columns"},
	} {
		own, other := &fake{name: "own"}, &fake{name: "other", absent: c.absent}
		r, err := Solver{own, other}.Solve(t.Context(), c.model, solver.Params{Gap: 0.2, Time: time.Minute})
		if err != nil || r.Status != solver.Optimal {
			t.Fatalf("%s: %s, %v", c.name, r.Status, err)
		}
		if own.calls.Load() != c.own || other.calls.Load() != c.other {
			t.Errorf("%s: asked own %d times, the other %d times", c.name, own.calls.Load(), other.calls.Load())
		}
		if len(r.Trace) != 1 || !strings.Contains(r.Trace[0], c.said) {
			t.Errorf("%s: trace %q", c.name, r.Trace)
		}
	}
}

// TestHandOver: what a clock left open goes to the other backend, as far as reduced costs leave it open, and its answer counts
// for the whole.
func TestHandOver(t *testing.T) {
	m := staff(large, true)
	best, _ := native.New().Solve(t.Context(), m, solver.Params{})
	own := &fake{name: "own", answer: func(_ context.Context, m *mip.Model, r solver.Result) (solver.Result, error) {
		return stopped(m, r), nil
	}}
	other := &fake{name: "other"}
	r, err := Solver{own, other}.Solve(t.Context(), m, solver.Params{Time: time.Minute})
	if err != nil || r.Status != solver.Optimal || r.Objective != best.Objective || r.Bound != best.Objective || m.Violation(r.Values, mip.FeasTol) != "" {
		t.Fatalf("%+v, %v; want %g", r, err, best.Objective)
	}
	if n := len(other.model.Columns); n >= len(m.Columns) || len(other.asked.Start) != n || other.asked.Time > time.Minute || own.asked.Time != time.Minute/2 {
		t.Errorf("handed over %d of %d columns, start of %d, %v after %v", n, len(m.Columns), len(other.asked.Start), other.asked.Time, own.asked.Time)
	}
	if r.Solver != "own>other" || r.Deterministic || len(r.Trace) != 2 {
		t.Errorf("solver %s, deterministic %t, trace %q", r.Solver, r.Deterministic, r.Trace)
	}
}

// TestNobodyToHandOverTo: the log says who would have taken over, and why he did not.
func TestNobodyToHandOverTo(t *testing.T) {
	own := &fake{name: "own", answer: func(_ context.Context, m *mip.Model, r solver.Result) (solver.Result, error) {
		return stopped(m, r), nil
	}}
	r, err := Solver{own, &fake{name: "other", absent: true}}.Solve(t.Context(), staff(large, true), solver.Params{Time: time.Minute})
	if err != nil || len(r.Trace) != 1 || !strings.HasSuffix(r.Trace[0], "; other would help, but it is away") || own.calls.Load() != 1 {
		t.Errorf("trace %q, %d calls, %v", r.Trace, own.calls.Load(), err)
	}
}

// TestNothingToHandOver: where the first found no solution, the other tries the whole model.
func TestNothingToHandOver(t *testing.T) {
	m := staff(large, true)
	best, _ := native.New().Solve(t.Context(), m, solver.Params{})
	for _, fails := range []bool{false, true} {
		own := &fake{name: "own", answer: func(_ context.Context, m *mip.Model, r solver.Result) (solver.Result, error) {
			r = stopped(m, r)
			r.Status, r.Values, r.Objective = solver.NoSolution, nil, math.NaN()
			return r, nil
		}}
		other := &fake{name: "other"}
		if fails {
			other.answer = func(context.Context, *mip.Model, solver.Result) (solver.Result, error) {
				return solver.Result{}, errors.New("broke")
			}
		}
		r, err := Solver{own, other}.Solve(t.Context(), m, solver.Params{Time: time.Minute})
		switch {
		case err != nil || other.model != m:
			t.Errorf("fails %t: asked about another model, %v", fails, err)
		case fails && (r.Status != solver.NoSolution || own.calls.Load() != 2):
			t.Errorf("got %s after %d calls", r.Status, own.calls.Load())
		case !fails && (r.Status != solver.Optimal || r.Objective != best.Objective || r.Solver != "own>other"):
			t.Errorf("got %s %g by %s", r.Status, r.Objective, r.Solver)
		}
	}
}

// TestHandOverEnds: whatever the other backend makes of the core, the answer is about the whole.
func TestHandOverEnds(t *testing.T) {
	m := staff(large, true)
	best, _ := native.New().Solve(t.Context(), m, solver.Params{})
	for _, c := range []struct {
		name   string
		answer func(r solver.Result) (solver.Result, error)
		want   solver.Status
		calls  int32 // of own
		bound  float64
	}{
		{"fails", func(solver.Result) (solver.Result, error) { return solver.Result{}, errors.New("broke") }, solver.Feasible, 2, 0},
		{"nothing better", func(r solver.Result) (solver.Result, error) {
			return solver.Result{Status: solver.Infeasible, Objective: math.NaN(), Bound: math.Inf(-1), Solver: "other"}, nil
		}, solver.Optimal, 1, best.Objective},
		{"a bound beyond what the core can say", func(r solver.Result) (solver.Result, error) {
			return solver.Result{Status: solver.NoSolution, Limit: solver.LimitTime, Objective: math.NaN(), Bound: best.Objective + 50, Solver: "other"}, nil
		}, solver.Optimal, 1, best.Objective},
		{"a better bound only", func(r solver.Result) (solver.Result, error) {
			return solver.Result{Status: solver.NoSolution, Limit: solver.LimitTime, Objective: math.NaN(), Bound: best.Objective - 1, Solver: "other"}, nil
		}, solver.Feasible, 1, best.Objective - 1},
	} {
		own := &fake{name: "own", answer: func(_ context.Context, m *mip.Model, r solver.Result) (solver.Result, error) {
			return stopped(m, r), nil
		}}
		other := &fake{name: "other", answer: func(_ context.Context, _ *mip.Model, r solver.Result) (solver.Result, error) { return c.answer(r) }}
		r, err := Solver{own, other}.Solve(t.Context(), m, solver.Params{Time: time.Minute})
		if err != nil || r.Status != c.want || own.calls.Load() != c.calls || c.bound != 0 && r.Bound != c.bound || r.Objective != best.Objective {
			t.Errorf("%s: %s [%g, %g], own asked %d times, %v", c.name, r.Status, r.Bound, r.Objective, own.calls.Load(), err)
		}
	}
}

// TestConformance: with another backend at hand the chain still passes the suite.
func TestConformance(t *testing.T) {
	solvertest.Run(t, Solver{native.New(), renamed{}})
}

// TestRace: the first that is done wins, and the others are stopped.
func TestRace(t *testing.T) {
	m := staff(8, true)
	slow := &fake{name: "slow", answer: func(ctx context.Context, m *mip.Model, r solver.Result) (solver.Result, error) {
		<-ctx.Done()
		r = stopped(m, r)
		r.Limit = solver.LimitInterrupted
		return r, nil
	}}
	quick := &fake{name: "quick"}
	broken := &fake{name: "broken", answer: func(context.Context, *mip.Model, solver.Result) (solver.Result, error) {
		return solver.Result{}, errors.New("broke")
	}}
	r, err := Race{[]solver.Solver{slow, broken, quick, &fake{name: "absent", absent: true}}}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Solver != "quick" || r.Status != solver.Optimal || r.Deterministic || len(r.Trace) == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := (Race{[]solver.Solver{broken}}).Solve(t.Context(), m, solver.Params{}); err == nil {
		t.Error("a race that nobody finishes is no error")
	}
	liar := &fake{name: "liar", answer: func(_ context.Context, m *mip.Model, r solver.Result) (solver.Result, error) {
		r.Values, r.Objective = make([]float64, len(m.Columns)), 0
		return r, nil
	}}
	if r, err := (Race{[]solver.Solver{liar, quick}}).Solve(t.Context(), m, solver.Params{}); err != nil || r.Solver != "quick" {
		t.Errorf("a point that breaks the model wins: %+v, %v", r, err)
	}
	if a := (Race{[]solver.Solver{&fake{absent: true}}}).Available(); a.Available || a.Reason == "" {
		t.Errorf("%+v", a)
	}
}

// TestRaceWithoutWinner: the best point and the best bound of all.
func TestRaceWithoutWinner(t *testing.T) {
	m := staff(8, true)
	with := func(name string, objective, bound float64) *fake {
		return &fake{name: name, answer: func(_ context.Context, _ *mip.Model, r solver.Result) (solver.Result, error) {
			r.Status, r.Limit, r.Objective, r.Bound = solver.Feasible, solver.LimitTime, objective, bound
			return r, nil
		}}
	}
	race := Race{[]solver.Solver{with("a", 90, 50), with("b", 80, 40)}}
	if r, err := race.Solve(t.Context(), m, solver.Params{}); err != nil || r.Status != solver.Feasible || r.Objective != 80 || r.Bound != 50 || r.Solver != "b" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, _ := race.Solve(t.Context(), m, solver.Params{Gap: 0.5}); r.Status != solver.Optimal || r.Limit != solver.LimitGap {
		t.Errorf("%+v", r)
	}
}

func TestRaceConformance(t *testing.T) {
	solvertest.Run(t, Race{[]solver.Solver{native.New(), renamed{}}})
}

// TestNumerics: where the other backend's own points break the model, the embedded one has a try, from the best point that is known.
func TestNumerics(t *testing.T) {
	m := staff(40, false)
	other := &fake{name: "other", answer: func(_ context.Context, _ *mip.Model, r solver.Result) (solver.Result, error) {
		r.Status, r.Limit, r.Bound = solver.Feasible, solver.LimitNumerics, r.Objective+5 // a bound that is false
		return r, nil
	}}
	own := &fake{name: "own"}
	r, err := Solver{Own: own, Other: other}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Status != solver.Optimal || r.Bound > r.Objective || own.calls.Load() != 1 || own.asked.Start == nil {
		t.Errorf("got %+v, %v", r, err)
	}
}
