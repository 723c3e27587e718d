package worker

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// engines are workers with every way to go wrong.
var engines = map[string]Engine{
	"good": func(_ context.Context, job Job) (Outcome, error) {
		job.Solution([]float64{3.000001, 0.25})
		return Outcome{Status: solver.Optimal, Limit: solver.LimitNone, Nodes: 7}, nil
	},
	"patient": func(ctx context.Context, job Job) (Outcome, error) {
		job.Solution([]float64{5, 0})
		job.Params.Progress(solver.Progress{Phase: "search", Bound: 2.5, Nodes: 4})
		<-ctx.Done()
		return Outcome{Status: solver.Feasible, Limit: solver.LimitInterrupted, Bound: 2.75}, nil
	},
	"deaf": func(_ context.Context, job Job) (Outcome, error) {
		job.Solution([]float64{4, 0.5})
		job.Params.Progress(solver.Progress{Bound: 2.5})
		time.Sleep(time.Hour)
		return Outcome{}, nil
	},
	"crash": func(context.Context, Job) (Outcome, error) {
		fmt.Fprintln(os.Stderr, "assertion failed: pivot != 0")
		os.Exit(3)
		return Outcome{}, nil
	},
	"glutton": func(_ context.Context, job Job) (Outcome, error) {
		job.Solution([]float64{5, 0})
		fmt.Fprintln(os.Stderr, "no memory available")
		os.Exit(3)
		return Outcome{}, nil
	},
	"killed": func(context.Context, Job) (Outcome, error) {
		self, _ := os.FindProcess(os.Getpid())
		_ = self.Kill()
		time.Sleep(time.Hour)
		return Outcome{}, nil
	},
	"ctrl-c": func(_ context.Context, job Job) (Outcome, error) {
		self, _ := os.FindProcess(os.Getpid())
		if err := self.Signal(os.Interrupt); err != nil {
			return Outcome{}, err
		}
		time.Sleep(50 * time.Millisecond)
		job.Solution([]float64{3, 0})
		return Outcome{Status: solver.Optimal, Limit: solver.LimitNone}, nil
	},
	"sorry": func(context.Context, Job) (Outcome, error) { return Outcome{}, errors.New("singular basis") },
	"liar": func(_ context.Context, job Job) (Outcome, error) {
		job.Solution([]float64{1, 0})
		return Outcome{Status: solver.Optimal, Limit: solver.LimitNone}, nil
	},
	"pessimist": func(context.Context, Job) (Outcome, error) {
		return Outcome{Status: solver.Infeasible, Limit: solver.LimitNone}, nil
	},
	"babbler": func(context.Context, Job) (Outcome, error) {
		fmt.Println("Running a solver 1.0")
		return Outcome{Status: solver.Infeasible}, nil
	},
	"echo": func(_ context.Context, job Job) (Outcome, error) {
		if len(job.Model.Columns) != 2 || job.Model.Columns[0].Name != "" || job.Model.Rows[0].Lower != 3 || job.Params.Seed != 9 || job.Memory != 1<<20 {
			return Outcome{}, fmt.Errorf("got %+v", job)
		}
		return Outcome{Status: solver.Infeasible}, nil
	},
	"dreamer": func(context.Context, Job) (Outcome, error) { return Outcome{Status: solver.Unbounded}, nil },
	"forgetful": func(context.Context, Job) (Outcome, error) {
		return Outcome{Status: solver.Optimal, Limit: solver.LimitNone}, nil
	},
}

func TestMain(m *testing.M) {
	Intercept(engines)
	os.Exit(m.Run())
}

// model is min x + y with x + 4 y >= 3, x integer in [0, 5], y in [0, 0.5].
func model() *mip.Model {
	return &mip.Model{
		Columns: []mip.Column{{Name: "x", Upper: 5, Integer: true}, {Name: "y", Upper: 0.5}},
		Rows:    []mip.Constraint{{Name: "need", Lower: 3, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: 4}}}},
		Levels:  []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: 1}}}},
	}
}

func mustSolve(t *testing.T, name string, m *mip.Model, p solver.Params) solver.Result {
	t.Helper()
	r, err := Process{Name: name}.Solve(t.Context(), m, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGood rounds what the worker sends and recomputes the objective.
func TestGood(t *testing.T) {
	r := mustSolve(t, "good", model(), solver.Params{})
	want := solver.Result{
		Status: solver.Optimal, Limit: solver.LimitNone, Objective: 3.25, Bound: 3.25, Values: []float64{3, 0.25},
		Nodes: 7, Elapsed: r.Elapsed, Solver: "good", Deterministic: true,
	}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("got %+v\nwant %+v", r, want)
	}
}

func TestRequestArrives(t *testing.T) {
	r, err := Process{Name: "echo", Memory: 1 << 20}.Solve(t.Context(), model(), solver.Params{Seed: 9, Progress: func(solver.Progress) {}})
	if err != nil || r.Status != solver.Infeasible || r.Values != nil || !math.IsInf(r.Bound, -1) {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestFailures turns every kind of death into an error that names it.
func TestFailures(t *testing.T) {
	for name, want := range map[string]string{
		"crash":   "exit status 3): assertion failed: pivot != 0",
		"sorry":   "sorry: singular basis",
		"babbler": "ended without an answer",
	} {
		_, err := Process{Name: name}.Solve(t.Context(), model(), solver.Params{Start: []float64{5, 0}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
	if _, err := (Process{Name: "good", Path: "/nonexistent/cadre"}).Solve(t.Context(), model(), solver.Params{}); err == nil {
		t.Error("a program that does not exist was started")
	}
}

// TestClaimsThatDoNotHold keeps what is known, and says why it is no more.
func TestClaimsThatDoNotHold(t *testing.T) {
	for _, tc := range []struct {
		name   string
		start  []float64
		status solver.Status
		why    string
	}{
		{"liar", nil, solver.NoSolution, "its solution breaks the model: row need = 1 lies below 3"},
		{"liar", []float64{5, 0}, solver.Feasible, "its solution breaks the model: row need = 1 lies below 3"},
		{"forgetful", nil, solver.NoSolution, "hands over no solution"},
		{"pessimist", []float64{5, 0}, solver.Feasible, "claims that there is no solution, and one is known"},
		{"dreamer", nil, solver.NoSolution, "the bounds of the columns alone are one"},
		{"dreamer", []float64{5, 0}, solver.Feasible, "the bounds of the columns alone are one"},
	} {
		r := mustSolve(t, tc.name, model(), solver.Params{Start: tc.start})
		if r.Status != tc.status || !strings.Contains(strings.Join(r.Trace, "\n"), tc.why) || r.Limit != solver.LimitNumerics || r.Bound != 0 {
			t.Errorf("%s from %v: got %+v", tc.name, tc.start, r)
		}
	}
}

// TestForeignProgram starts a program that is no worker.
func TestForeignProgram(t *testing.T) {
	_, err := Process{Name: "good", Path: "/bin/echo"}.Solve(t.Context(), model(), solver.Params{})
	if err == nil || !strings.Contains(err.Error(), "does not speak our protocol") {
		t.Errorf("got %v", err)
	}
}

// TestWorkersStartNoWorkers guards against test binaries that run their tests as workers.
func TestWorkersStartNoWorkers(t *testing.T) {
	t.Setenv(guard, "1")
	if _, err := (Process{Name: "good"}).Solve(t.Context(), model(), solver.Params{}); err == nil || !strings.Contains(err.Error(), "worker.Intercept") {
		t.Errorf("got %v", err)
	}
}

// TestMemory keeps the solution of a worker that ran out of memory, by its own word or by the system's hand.
func TestMemory(t *testing.T) {
	r := mustSolve(t, "glutton", model(), solver.Params{})
	if r.Status != solver.Feasible || r.Limit != solver.LimitMemory || r.Objective != 5 || r.Deterministic {
		t.Errorf("got %+v", r)
	}
	if r := mustSolve(t, "killed", model(), solver.Params{}); r.Status != solver.NoSolution || r.Limit != solver.LimitMemory {
		t.Errorf("got %+v", r)
	}
}

// TestInterrupt stops a worker that listens, and one that does not.
func TestInterrupt(t *testing.T) {
	for name, want := range map[string]struct{ objective, bound float64 }{"patient": {5, 2.75}, "deaf": {4.5, 2.5}} {
		ctx, cancel := context.WithCancel(t.Context())
		told := 0
		r, err := Process{Name: name}.Solve(ctx, model(), solver.Params{Progress: func(p solver.Progress) {
			told++
			if p.Level != "cost" || p.Incumbent != want.objective || p.Bound != 2.5 {
				t.Errorf("%s: got news %+v", name, p)
			}
			cancel()
		}})
		if err != nil || told != 1 {
			t.Fatalf("%s: %v, %d news", name, err, told)
		}
		if r.Status != solver.Feasible || r.Limit != solver.LimitInterrupted || r.Objective != want.objective || r.Bound != want.bound || r.Deterministic {
			t.Errorf("%s: got %+v", name, r)
		}
	}
}

// TestTerminalInterrupt: Ctrl-C reaches the whole process group; the worker leaves it to the parent.
func TestTerminalInterrupt(t *testing.T) {
	if r := mustSolve(t, "ctrl-c", model(), solver.Params{}); r.Status != solver.Optimal {
		t.Errorf("got %+v", r)
	}
}

// TestOrphan: a worker that does not stop when its parent is gone ends itself.
func TestOrphan(t *testing.T) {
	r, err := Process{Name: "deaf"}.start()
	if err != nil {
		t.Fatal(err)
	}
	r.send(strip(model(), solver.Params{}, 0))
	_ = r.stdin.Close()
	for range r.heard {
	}
	if err := r.cmd.Wait(); err == nil || r.cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("ended with %v", err)
	}
}

// TestDeadline kills a worker that overruns its time.
func TestDeadline(t *testing.T) {
	r := mustSolve(t, "deaf", model(), solver.Params{Time: 200 * time.Millisecond})
	if r.Status != solver.Feasible || r.Limit != solver.LimitTime || r.Objective != 4.5 || r.Bound != 2.5 {
		t.Errorf("got %+v", r)
	}
}

// TestWithoutWorker answers what needs none: no program is started, the name being nobody's.
func TestWithoutWorker(t *testing.T) {
	nobody := Process{Name: "nobody", Path: "/nonexistent/cadre"}
	solve := func(ctx context.Context, change func(m *mip.Model), p solver.Params) solver.Result {
		m := model()
		change(m)
		r, err := nobody.Solve(ctx, m, p)
		if err != nil {
			t.Error(err)
		}
		return r
	}
	crossed := map[string]func(m *mip.Model){
		"column":         func(m *mip.Model) { m.Columns[1].Lower = 1 },
		"integer column": func(m *mip.Model) { m.Columns[0].Lower, m.Columns[0].Upper = 0.25, 0.75 },
		"row":            func(m *mip.Model) { m.Rows[0].Upper = 2 },
		"no columns":     func(m *mip.Model) { m.Columns, m.Rows[0].Terms, m.Levels[0].Terms = nil, nil, nil },
	}
	for name, change := range crossed {
		if r := solve(t.Context(), change, solver.Params{}); r.Status != solver.Infeasible {
			t.Errorf("%s: got %+v", name, r)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := solve(ctx, func(*mip.Model) {}, solver.Params{Start: []float64{3, 0}})
	if r.Status != solver.Feasible || r.Limit != solver.LimitInterrupted || r.Objective != 3 || r.Bound != 0 {
		t.Errorf("cancelled: got %+v", r)
	}
}

// TestBounds rounds claimed bounds where the objective is integral, and only there.
func TestBounds(t *testing.T) {
	m := model()
	fractional := newTally(m, solver.Params{}, "x")
	fractional.raise(2.25)
	if fractional.bound != 2.25 {
		t.Errorf("got bound %v of a fractional objective, want 2.25", fractional.bound)
	}
	m.Levels[0].Terms = m.Levels[0].Terms[:1]
	for claimed, want := range map[float64]float64{2.25: 3, 2: 2, 2 + 1e-9: 2, 2.001: 3, math.Inf(-1): 0} {
		integral := newTally(m, solver.Params{}, "x")
		if integral.raise(claimed); integral.bound != want {
			t.Errorf("claimed %v: got bound %v, want %v", claimed, integral.bound, want)
		}
	}
}

// TestStatusFollowsGap calls a stopped run optimal where its gap is the asked one.
func TestStatusFollowsGap(t *testing.T) {
	for _, tc := range []struct {
		params solver.Params
		status solver.Status
	}{
		{solver.Params{}, solver.Feasible},
		{solver.Params{Gap: 0.5}, solver.Optimal},
		{solver.Params{Gap: 0.4}, solver.Feasible},
		{solver.Params{AbsGap: 2.25}, solver.Optimal},
	} {
		tally := newTally(model(), tc.params, "x")
		tally.offer([]float64{5, 0})
		r := tally.settle(Outcome{Status: solver.Feasible, Limit: solver.LimitWork, Bound: 2.75})
		if r.Status != tc.status || r.Limit != solver.LimitWork || !r.Deterministic {
			t.Errorf("%+v: got %+v", tc.params, r)
		}
	}
}
