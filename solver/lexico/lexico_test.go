package lexico

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadre/mip"
	"cadre/solver"
)

// oracle is a backend that enumerates integer boxes. Its hooks look at or spoil what passes.
type oracle struct {
	asked []solver.Params
	spoil func(call int, r solver.Result) (solver.Result, error)
}

func (*oracle) Name() string                   { return "oracle" }
func (*oracle) Support() solver.Support        { return solver.Support{Integers: true} }
func (*oracle) Available() solver.Availability { return solver.Availability{Available: true} }
func (o *oracle) Solve(_ context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	o.asked = append(o.asked, p)
	r := solver.Result{Status: solver.Infeasible, Limit: solver.LimitNone, Objective: math.NaN(), Bound: math.Inf(-1), Nodes: 10, Solver: "oracle", Deterministic: true}
	each(m, func(x []float64) {
		value := 0.0
		if len(m.Levels) > 0 {
			value = m.Levels[0].Value(x)
		}
		if r.Values == nil || value < r.Objective {
			r.Status, r.Objective, r.Bound, r.Values = solver.Optimal, value, value, append([]float64(nil), x...)
		}
	})
	if o.spoil != nil {
		return o.spoil(len(o.asked), r)
	}
	return r, nil
}

// each visits the feasible points in order.
func each(m *mip.Model, visit func(x []float64)) {
	x := make([]float64, len(m.Columns))
	var try func(j int)
	try = func(j int) {
		if j == len(x) {
			if m.Violation(x, mip.FeasTol) == "" {
				visit(x)
			}
			return
		}
		for v := m.Columns[j].Lower; v <= m.Columns[j].Upper; v++ {
			x[j] = v
			try(j + 1)
		}
	}
	try(0)
}

// values are the levels' values at x.
func values(m *mip.Model, x []float64) []float64 {
	var vs []float64
	for k := range m.Levels {
		vs = append(vs, m.Levels[k].Value(x))
	}
	return vs
}

// TestAgainstEnumeration compares random models with the lexicographic minimum over all points.
func TestAgainstEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		var best []float64
		each(m, func(x []float64) {
			if vs := values(m, x); best == nil || less(vs, best) {
				best = vs
			}
		})
		r, err := Solve(context.Background(), m, &oracle{}, solver.Params{})
		switch {
		case err != nil:
			t.Fatal(err)
		case best == nil:
			if r.Status != solver.Infeasible || r.Values != nil {
				t.Fatalf("got %+v, want infeasible", r)
			}
			return
		case r.Status != solver.Optimal || !r.Deterministic || m.Violation(r.Values, mip.FeasTol) != "":
			t.Fatalf("got %+v", r)
		}
		for k, l := range r.Levels {
			if l.Value != best[k] || l.Bound != best[k] || l.Status != solver.Optimal {
				t.Fatalf("level %d: got %+v, want %v", k, l, best[k])
			}
		}
	})
}

func less(a, b []float64) bool {
	for k := range a {
		if a[k] != b[k] {
			return a[k] < b[k]
		}
	}
	return false
}

func randomModel(t *rapid.T) *mip.Model {
	m := &mip.Model{}
	for j := range rapid.IntRange(1, 5).Draw(t, "columns") {
		lower := rapid.IntRange(-2, 2).Draw(t, "lower")
		width := rapid.IntRange(0, 3).Draw(t, "width")
		m.AddColumn(mip.Column{Name: fmt.Sprint("x", j), Lower: float64(lower), Upper: float64(lower + width), Integer: true})
	}
	terms := func() []mip.Term {
		var ts []mip.Term
		for j := range m.Columns {
			ts = append(ts, mip.Term{Col: mip.Col(j), Coef: float64(rapid.IntRange(-3, 3).Draw(t, "coef"))})
		}
		return ts
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "rows") {
		side := float64(rapid.IntRange(-2, 8).Draw(t, "side"))
		m.AddRow(mip.Constraint{Name: fmt.Sprint("r", i), Lower: math.Inf(-1), Upper: side, Terms: terms()})
	}
	for k := range rapid.IntRange(1, 4).Draw(t, "levels") {
		m.AddLevel(mip.Level{Name: fmt.Sprint("l", k), Scale: 1, Terms: terms(), Constant: float64(rapid.IntRange(-3, 3).Draw(t, "constant"))})
	}
	return m
}

// threeLevels is x + y >= 3 with the levels x, y, and -z <= 1. No row says so alone, which would make solves needless: it
// is half of x + y + w >= 8 and x + y - w >= -2.
func threeLevels() *mip.Model {
	m := &mip.Model{}
	for _, name := range []string{"x", "y", "z"} {
		m.AddColumn(mip.Column{Name: name, Upper: 4, Integer: true})
	}
	m.AddColumn(mip.Column{Name: "w", Upper: 10, Integer: true})
	m.AddRow(mip.Constraint{Name: "need", Lower: 8, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: 1}, {Col: 3, Coef: 1}}})
	m.AddRow(mip.Constraint{Name: "need2", Lower: -2, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: 1}, {Col: 3, Coef: -1}}})
	m.AddLevel(mip.Level{Name: "x", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "y", Scale: 1, Terms: []mip.Term{{Col: 1, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "z", Scale: 1, Terms: []mip.Term{{Col: 2, Coef: -1}}, Constant: 1})
	return m
}

func mustSolve(t *testing.T, m *mip.Model, backend solver.Solver, p solver.Params) Result {
	t.Helper()
	r, err := Solve(t.Context(), m, backend, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// unopened makes the opening fail to find anything, and spoils the solves after it, counted from 1.
func unopened(spoil func(call int, r solver.Result) (solver.Result, error)) *oracle {
	return &oracle{spoil: func(call int, r solver.Result) (solver.Result, error) {
		switch {
		case call == 1:
			return solver.Result{Status: solver.NoSolution, Limit: solver.LimitWork, Objective: math.NaN(), Bound: math.Inf(-1), Nodes: 10, Deterministic: true}, nil
		case spoil != nil:
			return spoil(call-1, r)
		}
		return r, nil
	}}
}

// TestOpeningSavesSolves: the opening finds the optimum of all levels; x stands at its trivial bound, z at the bound that
// the opening implies, and only y has to be solved.
func TestOpeningSavesSolves(t *testing.T) {
	o := &oracle{}
	r := mustSolve(t, threeLevels(), o, solver.Params{})
	if len(o.asked) != 2 || r.Levels[1].Nodes == 0 || r.Levels[2].Bound != -3 || r.Status != solver.Optimal {
		t.Errorf("%d solves, %+v", len(o.asked), r)
	}
	if got, want := r.Values, []float64{0, 3, 4, 5}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// A start at the trivial bounds of all levels needs no solve at all.
	o = &oracle{}
	m := threeLevels()
	m.Levels[1].Terms[0].Coef = -1
	if r := mustSolve(t, m, o, solver.Params{Start: []float64{0, 4, 4, 4}}); len(o.asked) != 0 || r.Status != solver.Optimal {
		t.Errorf("%d solves, %+v", len(o.asked), r)
	}
}

// TestImply checks implied bounds against enumeration: of openings of all levels, of such that come later, and from a weak opening
// bound, too.
func TestImply(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		r := newRun(m, &oracle{}, solver.Params{})
		weights, from := openingWeights(m), rapid.IntRange(0, len(m.Levels)-1).Draw(t, "from")
		opening := func(from int) solver.Result {
			stage, _ := r.restricted(from)
			opened, _ := (&oracle{}).Solve(context.Background(), summed(stage, m.Levels[from:], weights[from:]), solver.Params{})
			return opened
		}
		if r.values = opening(0).Values; r.values == nil {
			return
		}
		opened := opening(from)
		r.values = opened.Values
		r.sum = weighted{from: from, weights: weights, bound: opened.Bound - float64(rapid.IntRange(0, 9).Draw(t, "weakness"))}
		for k := from; k < len(m.Levels); k++ {
			r.imply(k)
			each(m, func(x []float64) {
				for i := range k {
					if m.Levels[i].Value(x) > r.value(i) {
						return
					}
				}
				if v := m.Levels[k].Value(x); v < r.levels[k].Bound {
					t.Fatalf("level %d: implied bound %v, but %v has %v", k, r.levels[k].Bound, x, v)
				}
			})
		}
	})
}

// TestOpeningWeights: a typical unit of a level outweighs four of the next.
func TestOpeningWeights(t *testing.T) {
	m := threeLevels()
	m.Levels[2].Terms = []mip.Term{{Col: 0, Coef: -30}, {Col: 1, Coef: 50}, {Col: 2, Coef: 2000}}
	if got, want := openingWeights(m), []float64{800, 200, 1}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestShares shows who may spend how much: half of what is left, all of it on the last level and on the one after
// an opening that found nothing.
func TestShares(t *testing.T) {
	o := unopened(nil)
	mustSolve(t, threeLevels(), o, solver.Params{Work: 100, Time: time.Hour})
	var work []int64
	for _, p := range o.asked {
		work = append(work, p.Work)
	}
	if want := []int64{50, 90, 40, 70}; !reflect.DeepEqual(work, want) {
		t.Errorf("got shares %v, want %v", work, want)
	}
	for k, all := range []bool{false, true, false, true} {
		if got := o.asked[k].Time; got > time.Hour || (got > time.Hour/2) != all {
			t.Errorf("solve %d got %v", k, got)
		}
	}
}

// TestExhaustedWork leaves the last level unsolved, with the value of the incumbent, tidied, and the trivial bound.
func TestExhaustedWork(t *testing.T) {
	r := mustSolve(t, threeLevels(), unopened(nil), solver.Params{Work: 30})
	want := Level{Name: "z", Value: -3, Bound: -3, Status: Unsolved, Limit: solver.LimitWork}
	if !reflect.DeepEqual(r.Levels[2], want) || r.Status != solver.Feasible || r.Limit != solver.LimitWork || !r.Deterministic {
		t.Errorf("got %+v", r)
	}
}

// TestInterrupted stops in the second level: what was found stays, the third level is not reached.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	o := unopened(func(call int, r solver.Result) (solver.Result, error) {
		if call == 2 {
			cancel()
			return solver.Result{Status: solver.NoSolution, Limit: solver.LimitInterrupted, Objective: math.NaN(), Bound: 2, Solver: "oracle"}, nil
		}
		return r, nil
	})
	r, err := Solve(ctx, threeLevels(), o, solver.Params{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != solver.Feasible || r.Limit != solver.LimitInterrupted || r.Deterministic || len(o.asked) != 3 {
		t.Errorf("got %+v", r)
	}
	if l := r.Levels[1]; l.Value != 3 || l.Bound != 2 || l.Status != solver.Feasible {
		t.Errorf("second level: got %+v", l)
	}
	if r.Levels[2].Status != Unsolved || r.Levels[2].Limit != solver.LimitInterrupted {
		t.Errorf("third level: got %+v", r.Levels[2])
	}
}

// TestGapPassesOn stops level 1 above its optimum: later levels keep its value, and a later improvement counts.
func TestGapPassesOn(t *testing.T) {
	spoiled := func(values []float64) *oracle {
		return unopened(func(call int, r solver.Result) (solver.Result, error) {
			if call == 1 {
				r.Values, r.Objective, r.Bound, r.Limit = values, values[0], -1, solver.LimitGap
			}
			return r, nil
		})
	}
	m := threeLevels()
	r := mustSolve(t, m, spoiled([]float64{2, 4, 0, 2}), solver.Params{Gap: 1.5})
	if got := values(m, r.Values); r.Status != solver.Optimal || r.Limit != solver.LimitGap || got[0] > 2 {
		t.Errorf("got %v: %+v", got, r)
	}
	if r.Levels[0].Bound != 0 {
		t.Errorf("got bound %v, want the trivial one", r.Levels[0].Bound)
	}
	r = mustSolve(t, m, spoiled([]float64{2, 4, 0, 2}), solver.Params{})
	if r.Status != solver.Feasible || r.Levels[0].Status != solver.Feasible || r.Levels[1].Value != 1 {
		t.Errorf("got %+v", r)
	}
}

func TestEndings(t *testing.T) {
	answer := func(r solver.Result, err error) *oracle {
		return unopened(func(int, solver.Result) (solver.Result, error) { return r, err })
	}
	infeasible := threeLevels()
	infeasible.Rows[0].Lower = 19
	r := mustSolve(t, infeasible, &oracle{}, solver.Params{})
	if r.Status != solver.Infeasible || r.Values != nil || r.Levels[0].Status != solver.Infeasible || r.Levels[1].Status != Unsolved {
		t.Errorf("infeasible: got %+v", r)
	}
	r = mustSolve(t, threeLevels(), answer(solver.Result{Status: solver.Unbounded, Limit: solver.LimitNone}, nil), solver.Params{})
	if r.Status != solver.Unbounded || !math.IsInf(r.Levels[0].Bound, -1) {
		t.Errorf("unbounded: got %+v", r)
	}
	r = mustSolve(t, threeLevels(), answer(solver.Result{Status: solver.NoSolution, Limit: solver.LimitTime, Bound: 1}, nil), solver.Params{})
	if r.Status != solver.NoSolution || r.Limit != solver.LimitTime || r.Levels[0].Bound != 1 || !math.IsNaN(r.Levels[0].Value) {
		t.Errorf("no solution: got %+v", r)
	}
	if _, err := Solve(t.Context(), threeLevels(), answer(solver.Result{}, errors.New("broke")), solver.Params{}); err == nil || err.Error() != "level x: broke" {
		t.Errorf("got error %v", err)
	}
	liar := answer(solver.Result{Status: solver.Infeasible}, nil)
	r = mustSolve(t, threeLevels(), liar, solver.Params{Start: []float64{3, 0, 0, 5}})
	if r.Status != solver.Feasible || r.Limit != solver.LimitNumerics || r.Values == nil || !strings.Contains(strings.Join(r.Trace, "\n"), "claims that no point keeps") {
		t.Errorf("infeasibility beside a known point: got %+v", r)
	}
}

// TestBadStart gives starts that are infeasible, fractional or short: none may do harm.
func TestBadStart(t *testing.T) {
	for _, start := range [][]float64{{0, 0, 0, 5}, {0, 3.5, 4, 5}, {1}} {
		r := mustSolve(t, threeLevels(), &oracle{}, solver.Params{Start: start})
		if got, want := r.Values, []float64{0, 3, 4, 5}; !reflect.DeepEqual(got, want) {
			t.Errorf("start %v: got %v, want %v", start, got, want)
		}
	}
}

// TestAscentSavesSolves: where a row alone proves the incumbent, no backend is asked.
func TestAscentSavesSolves(t *testing.T) {
	m := threeLevels()
	m.Rows[0].Lower, m.Rows[0].Terms = 3, m.Rows[0].Terms[:2]
	o := unopened(nil)
	r := mustSolve(t, m, o, solver.Params{Start: []float64{0, 3, 4, 5}})
	if len(o.asked) != 1 || r.Status != solver.Optimal || r.Levels[1].Bound != 3 || len(r.Levels[1].Proofs) != 1 {
		t.Errorf("%d solves, %+v", len(o.asked), r)
	}
}

// TestTolerances: a level that is named has its own gap, the others the common one.
func TestTolerances(t *testing.T) {
	o := unopened(nil)
	own := map[string]solver.Tolerance{"x": {AbsGap: 1}, "y": {Gap: 0.5}}
	r := mustSolve(t, threeLevels(), o, solver.Params{Gap: 0.1, AbsGap: 0.2, Levels: own})
	var asked []solver.Tolerance
	for _, p := range o.asked[1:] {
		asked = append(asked, solver.Tolerance{Gap: p.Gap, AbsGap: p.AbsGap})
	}
	if want := []solver.Tolerance{{AbsGap: 1}, {Gap: 0.5}, {Gap: 0.1, AbsGap: 0.2}}; !slices.Equal(asked, want) {
		t.Errorf("asked for %v, want %v", asked, want)
	}
	if r.Status != solver.Optimal {
		t.Errorf("got %+v", r)
	}
	// An incumbent within a level's own tolerance needs no solve of it.
	o = unopened(nil)
	r = mustSolve(t, threeLevels(), o, solver.Params{Start: []float64{1, 2, 4, 5}, Levels: own})
	if len(o.asked) != 2 || r.Levels[0].Value != 1 || r.Levels[0].Status != solver.Optimal || r.Levels[0].Limit != solver.LimitGap {
		t.Errorf("%d solves, %+v", len(o.asked), r)
	}
}

func TestNoLevels(t *testing.T) {
	m := threeLevels()
	m.Levels = nil
	r := mustSolve(t, m, &oracle{}, solver.Params{Progress: func(solver.Progress) {}})
	if r.Status != solver.Optimal || m.Violation(r.Values, mip.FeasTol) != "" || len(r.Levels) != 0 {
		t.Errorf("got %+v", r)
	}
}

// TestRestricted shows the rows and bounds that keep earlier levels.
func TestRestricted(t *testing.T) {
	m := threeLevels()
	m.Levels[1].Terms = []mip.Term{{Col: 1, Coef: 2}, {Col: 2, Coef: 3}}
	r := newRun(m, &oracle{}, solver.Params{Start: []float64{0, 4, 0, 4}})
	got, kept := r.restricted(2)
	// Level x stands at its trivial bound 0: x is fixed and needs no row. Level y = 8 leaves y <= 4, z <= 2.
	if got.Columns[0].Upper != 0 || got.Columns[1].Upper != 4 || got.Columns[2].Upper != 2 {
		t.Errorf("got columns %+v", got.Columns)
	}
	if !slices.Equal(kept, []int{1}) || len(got.Rows) != 3 || got.Rows[2].Name != "level:y" || got.Rows[2].Upper != 8 {
		t.Errorf("got rows %+v", got.Rows)
	}
	if m.Columns[0].Upper != 4 || len(m.Rows) != 2 {
		t.Error("the model was changed")
	}
}

func TestProgressNamesLevels(t *testing.T) {
	m := threeLevels()
	seen := map[string]bool{}
	o := unopened(nil)
	spoil := o.spoil
	o.spoil = func(call int, r solver.Result) (solver.Result, error) {
		o.asked[call-1].Progress(solver.Progress{})
		return spoil(call, r)
	}
	mustSolve(t, m, o, solver.Params{Progress: func(p solver.Progress) { seen[p.Level] = true }})
	if !seen["opening"] || !seen["x"] || !seen["y"] || !seen["z"] {
		t.Errorf("got news of %v", seen)
	}
}

// TestMend: an old solution that breaks a row is mended near it: what is far from the row stays.
func TestMend(t *testing.T) {
	m := threeLevels()
	far := m.AddColumn(mip.Column{Name: "far", Upper: 4, Integer: true})
	m.Levels[2].Terms = append(m.Levels[2].Terms, mip.Term{Col: far, Coef: 1})
	r := newRun(m, &oracle{}, solver.Params{})
	x := []float64{0, 1, 2, 5, 3} // x + y = 1 breaks both rows; far = 3 is dear, and none of their business
	got := r.mend(t.Context(), x)
	if got == nil || m.Violation(got, mip.FeasTol) != "" || got[far] != 3 || got[2] != 2 {
		t.Errorf("mended to %v", got)
	}
	m.Columns[0].Upper, m.Columns[1].Upper = 1, 1 // x + y >= 3 cannot be
	if got := newRun(m, &oracle{}, solver.Params{}).mend(t.Context(), x); got != nil {
		t.Errorf("mended to %v where nothing is feasible", got)
	}
}
