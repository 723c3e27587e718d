// Package glpk minimises with GLPK's branch and cut, through github.com/lukpank/go-glpk and a little cgo of its own,
// in a worker process (see solver/worker).
//
// The main type is [Solver]. Without cgo the package builds, and the solver says that it is not available. It
// imports solver, solver/worker, mip and the binding.
package glpk

import (
	"context"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/worker"
)

// Name is the backend's name on the command line and in results.
const Name = "glpk"

// Solver is the backend. The zero value starts workers from our own binary, whose main (or TestMain, see
// [worker.Intercept]) must answer to the worker verb with [Engine].
type Solver struct {
	Path   string // program that runs as the worker, "" our own
	Memory int64  // bytes that the worker may allocate, 0: most of what the machine has free
}

var _ solver.Solver = Solver{}

// Name returns "glpk".
func (Solver) Name() string { return Name }

// Support says what GLPK can do: everything but threads.
func (Solver) Support() solver.Support {
	return solver.Support{Integers: true, FreeCols: true, Ranges: true, Unbounded: true, WarmStart: true, Interrupts: true, Repeats: true}
}

// Available says whether the binary was built with GLPK, and its version.
func (Solver) Available() solver.Availability { return available() }

// Solve minimises the only level of m in a worker process. The unit of p.Work is nodes; p.Seed and p.Threads are
// ignored: GLPK has one thread and no random choices.
func (s Solver) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	return worker.Process{Name: Name, Path: s.Path, Memory: s.Memory}.Solve(ctx, m, p)
}
