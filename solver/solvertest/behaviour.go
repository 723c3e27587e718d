package solvertest

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// hard is a market-split model (Cornuéjols and Dawande 1998) made feasible by priced slacks: nobody proves its
// optimum within the limits used here. Its objective lies in [0, hardWorst].
func hard() *mip.Model {
	const rows, columns = 5, 40
	rng := rand.New(rand.NewPCG(5, 6))
	m := &mip.Model{Name: "market split"}
	for j := range columns {
		m.AddColumn(mip.Column{Name: fmt.Sprintf("x%d", j), Upper: 1, Integer: true})
	}
	var cost []mip.Term
	for i := range rows {
		var terms []mip.Term
		total := 0
		for j := range columns {
			w := rng.IntN(100)
			total += w
			terms = append(terms, mip.Term{Col: mip.Col(j), Coef: float64(w)})
		}
		under := m.AddColumn(mip.Column{Name: fmt.Sprintf("under%d", i), Upper: hardWorst, Integer: true})
		over := m.AddColumn(mip.Column{Name: fmt.Sprintf("over%d", i), Upper: hardWorst, Integer: true})
		terms = append(terms, mip.Term{Col: under, Coef: 1}, mip.Term{Col: over, Coef: -1})
		cost = append(cost, mip.Term{Col: under, Coef: 1}, mip.Term{Col: over, Coef: 1})
		side := float64(total / 2)
		m.AddRow(mip.Constraint{Name: fmt.Sprintf("split%d", i), Lower: side, Upper: side, Terms: terms})
	}
	m.AddLevel(mip.Level{Name: "slack", Scale: 1, Terms: cost})
	return m
}

const hardWorst = 4000

// easy is an assignment with side rows that every backend finishes.
func easy() *mip.Model {
	return randomAssignment(rand.New(rand.NewPCG(7, 10)))
}

// testGap asks for a wide gap: the answer may be any within it, and says that the gap ended the run if it did.
func testGap(t *testing.T, s solver.Solver) {
	m := easy()
	_, best := enumerateAssignment(m)
	for _, p := range []solver.Params{{Gap: 0.5}, {AbsGap: 20}} {
		r := solve(t, s, m, p)
		if r.Status != solver.Optimal || r.Limit != solver.LimitNone && r.Limit != solver.LimitGap {
			t.Fatalf("%+v: got %s, limit %s", p, r.Status, r.Limit)
		}
		if r.Objective < best-objTol || r.Bound > best+objTol || r.Deterministic != s.Support().Repeats {
			t.Errorf("%+v: got [%v, %v], optimum %v, deterministic %t", p, r.Bound, r.Objective, best, r.Deterministic)
		}
	}
}

// testStart gives good, infeasible and senseless starts: none may change the answer.
func testStart(t *testing.T, s solver.Solver) {
	m := easy()
	_, best := enumerateAssignment(m)
	good := solve(t, s, m, solver.Params{}).Values
	nan := make([]float64, len(m.Columns))
	nan[0] = math.NaN()
	for name, start := range map[string][]float64{
		"optimal": good, "infeasible": make([]float64, len(m.Columns)), "short": {1, 2}, "NaN": nan,
	} { // in any order: each start is a test of its own
		r := solve(t, s, m, solver.Params{Start: start})
		if r.Status != solver.Optimal || !near(r.Objective, best) {
			t.Errorf("start %s: got %s %v, want optimal %v", name, r.Status, r.Objective, best)
		}
	}
	if s.Support().WarmStart {
		h := hard()
		first := solve(t, s, h, solver.Params{Work: 200, Time: 5 * time.Second})
		again := solve(t, s, h, solver.Params{Work: 1, Time: 5 * time.Second, Start: first.Values})
		if first.Values != nil && !(again.Objective <= first.Objective) {
			t.Errorf("started from %v, ended at %v", first.Objective, again.Objective)
		}
	}
}

// testLimits runs out of work and of time on a model that nobody finishes.
func testLimits(t *testing.T, s solver.Solver) {
	m := hard()
	if !supported(m, solver.Optimal, s.Support()) {
		return
	}
	for _, tc := range []struct {
		params solver.Params
		limit  solver.Limit
		exact  bool
	}{
		{solver.Params{Work: 1, Time: 20 * time.Second}, solver.LimitWork, true},
		{solver.Params{Time: 300 * time.Millisecond}, solver.LimitTime, false},
		{solver.Params{Time: time.Nanosecond}, solver.LimitTime, false},
	} {
		r := solve(t, s, m, tc.params)
		if r.Limit != tc.limit || r.Deterministic != (tc.exact && s.Support().Repeats) {
			t.Errorf("%+v: got limit %s, deterministic %t", tc.params, r.Limit, r.Deterministic)
		}
		checkStopped(t, r)
	}
	checkBottomless(t, s)
}

// checkBottomless cuts short the search for a point of a model whose relaxation is unbounded: whatever was found by then, there
// is no bound.
func checkBottomless(t *testing.T, s solver.Solver) {
	m := hard()
	z := m.AddColumn(mip.Column{Name: "z", Upper: mip.Inf})
	m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: z, Coef: -1})
	if !supported(m, solver.Unbounded, s.Support()) {
		return
	}
	for _, p := range []solver.Params{{Time: 300 * time.Millisecond}, {Work: 1, Time: 20 * time.Second}} {
		if r := solve(t, s, m, p); !math.IsInf(r.Bound, -1) || r.Status == solver.Optimal || r.Status == solver.Infeasible {
			t.Errorf("%+v, objective without end: got %s, bound %v", p, r.Status, r.Bound)
		}
	}
}

// checkStopped checks the result of an unfinished run on the hard model.
func checkStopped(t *testing.T, r solver.Result) {
	t.Helper()
	if r.Status != solver.Feasible && r.Status != solver.NoSolution {
		t.Errorf("got status %s of an unfinished run", r.Status)
	}
	if r.Bound > hardWorst {
		t.Errorf("bound %v is above the optimum", r.Bound)
	}
}

// testCancellation cancels before and during the run.
func testCancellation(t *testing.T, s solver.Solver) {
	m := hard()
	if !s.Support().Interrupts || !supported(m, solver.Optimal, s.Support()) {
		return
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	running, stop := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer stop()
	for name, ctx := range map[string]context.Context{"before": cancelled, "during": running} {
		started := time.Now()
		r, err := s.Solve(ctx, m, solver.Params{Time: patience})
		if err != nil {
			t.Fatalf("cancelled %s: %v", name, err)
		}
		checkResult(t, m, solver.Params{}, r)
		checkStopped(t, r)
		if r.Limit != solver.LimitInterrupted || r.Deterministic {
			t.Errorf("cancelled %s: got limit %s, deterministic %t", name, r.Limit, r.Deterministic)
		}
		if time.Since(started) > patience/2 {
			t.Errorf("cancelled %s: went on for %v", name, time.Since(started))
		}
	}
}

// repeats are the models of the determinism test: small ones, one that only a limit of work ends, and a larger assignment.
func repeats() []struct {
	m *mip.Model
	p solver.Params
} {
	rng := rand.New(rand.NewPCG(9, 10))
	type run = struct {
		m *mip.Model
		p solver.Params
	}
	out := []run{{hard(), solver.Params{Seed: 1, Work: 200}}, {squareAssignment(rng, 14), solver.Params{Seed: 1, Gap: 0.01}}}
	for range 3 {
		out = append(out, run{randomAssignment(rng), solver.Params{Seed: 1}})
	}
	return out
}

// testDeterminism solves twice, and with two threads where the backend has them: all the same but the time, unless a run with
// two threads says that it is not deterministic.
func testDeterminism(t *testing.T, s solver.Solver) {
	if !s.Support().Repeats {
		return
	}
	for _, run := range repeats() {
		params := []solver.Params{run.p, run.p}
		if s.Support().Threads {
			run.p.Threads = 2
			params = append(params, run.p)
		}
		var first solver.Result
		for k, p := range params {
			r := solve(t, s, run.m, p)
			r.Elapsed = 0
			if math.IsNaN(r.Objective) {
				r.Objective = 0 // NaN differs from itself
			}
			if k == 0 {
				first = r
			} else if (r.Deterministic || p.Threads < 2) && !reflect.DeepEqual(r, first) {
				t.Errorf("run %d with %+v differs:\n%+v\n%+v", k, p, first, r)
			}
		}
	}
}

// testProgress checks that news is true: incumbents not below the optimum, bounds not above, neither ever worse than before.
func testProgress(t *testing.T, s solver.Solver) {
	m := hard()
	if !supported(m, solver.Optimal, s.Support()) {
		return
	}
	var mu sync.Mutex
	news, last := 0, solver.Progress{Incumbent: math.Inf(1), Bound: math.Inf(-1)}
	p := solver.Params{Time: time.Second, Progress: func(p solver.Progress) {
		if !mu.TryLock() {
			t.Error("progress is called by two goroutines at once")
			return
		}
		defer mu.Unlock()
		news++
		if p.Incumbent < 0 || p.Bound > hardWorst || p.Elapsed < 0 || p.Nodes < 0 {
			t.Errorf("impossible news %+v", p)
		}
		if p.Incumbent > last.Incumbent || p.Bound < last.Bound || p.Nodes < last.Nodes || p.Elapsed < last.Elapsed {
			t.Errorf("news %+v after %+v", p, last)
		}
		if last = p; math.IsNaN(p.Incumbent) {
			last.Incumbent = math.Inf(1)
		}
	}}
	r := solve(t, s, m, p)
	if r.Status == solver.Feasible && news == 0 {
		t.Error("no progress was reported")
	}
}

// testConcurrency solves two models at once.
func testConcurrency(t *testing.T, s solver.Solver) {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			m := easy()
			_, best := enumerateAssignment(m)
			if r, err := s.Solve(t.Context(), m, solver.Params{}); err != nil || !near(r.Objective, best) {
				t.Errorf("got %v, %v, want %v", r.Objective, err, best)
			}
		})
	}
	wg.Wait()
}
