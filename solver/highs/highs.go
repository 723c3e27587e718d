// Package highs minimises with HiGHS's branch and cut (Huangfu and Hall 2018), whose shared library is loaded at run
// time, with or without cgo, in a worker process (see solver/worker).
//
// The main type is [Solver]. Where the library is not found, or the binary was built with the tag static, the solver
// says so and how to get it. The package imports solver, solver/worker, mip and github.com/ebitengine/purego; on
// Windows golang.org/x/sys as well.
package highs

import (
	"context"
	"math"
	"strings"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/worker"
)

// Name is the backend's name on the command line and in results.
const Name = "highs"

// Solver is the backend. The zero value starts workers from our own binary, whose main (or TestMain, see
// [worker.Intercept]) must answer to the worker verb with [Engine].
type Solver struct {
	Path   string // program that runs as the worker, "" our own
	Memory int64  // bytes that the worker may hold, 0: most of what the machine has free
}

var _ solver.Solver = Solver{}

// Name returns "highs".
func (Solver) Name() string { return Name }

// Support says what HiGHS can do.
func (Solver) Support() solver.Support {
	return solver.Support{
		Integers: true, FreeCols: true, Ranges: true, Unbounded: true, WarmStart: true, Threads: true, Varies: true, Interrupts: true, Repeats: true,
	}
}

// versionPhase begins the phase of an engine's first news; the version of HiGHS follows.
const versionPhase = "HiGHS "

// probeTime is how long loading the library and solving a model of one column may take: a fraction of a second but
// for a machine out of breath.
const probeTime = 10 * time.Second

// Available says whether HiGHS works here and its version. Where the library is found, a worker loads it and solves a
// model of one column, so that a library which crashes or hangs is a reason and no end.
func (s Solver) Available() solver.Availability {
	a := solver.Availability{Name: Name}
	if _, err := find(); err != nil {
		why := i18n.Of(err)
		a.Reason, a.ReasonZh = why.En, why.Zh
		return a
	}
	note := func(p solver.Progress) {
		if version, ok := strings.CutPrefix(p.Phase, versionPhase); ok {
			a.Version = version
		}
	}
	one := &mip.Model{Columns: []mip.Column{{Name: "x", Upper: 1, Integer: true}}}
	r, err := s.process().Solve(context.Background(), one, solver.Params{Time: probeTime, Progress: note})
	switch {
	case err != nil:
		why := i18n.Of(err)
		a.Reason, a.ReasonZh = firstLine(strings.TrimPrefix(why.En, Name+": ")), firstLine(strings.TrimPrefix(why.Zh, Name+"："))
	case r.Status != solver.Optimal:
		why := i18n.F("库没有应答（%s）", "the library does not answer (limit %s)", r.Limit)
		a.Reason, a.ReasonZh = why.En, why.Zh
	default:
		a.Available = true
	}
	return a
}

// firstLine leaves out the traces that follow the cause of a crash.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// Solve minimises the only level of m in a worker process. The unit of p.Work is nodes; of p.Seed the lowest 31 bits
// count. With several threads HiGHS may answer otherwise than with one, and no run counts as deterministic.
func (s Solver) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	p.Seed &= math.MaxInt32
	p.Progress = unversioned(p.Progress)
	r, err := s.process().Solve(ctx, m, p)
	r.Deterministic = r.Deterministic && p.Threads <= 1
	return r, err
}

func (s Solver) process() worker.Process {
	return worker.Process{Name: Name, Path: s.Path, Memory: s.Memory}
}

// unversioned passes news on; the first, which tells the version, is about the presolve that it precedes.
func unversioned(tell func(solver.Progress)) func(solver.Progress) {
	if tell == nil {
		return nil
	}
	return func(p solver.Progress) {
		if strings.HasPrefix(p.Phase, versionPhase) {
			p.Phase = "presolve"
		}
		tell(p)
	}
}
