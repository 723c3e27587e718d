// Package worker runs a backend in a process of its own, so that a crash, a hang or a memory blow-up of foreign code
// is a message and not the end of the program.
//
// The process is our own binary, started as "PROGRAM worker NAME". The parent's side is [Process.Solve], the worker's
// side [Serve]; [Intercept] makes a test binary answer as a worker. They speak gob over the worker's stdin and stdout:
//
//	parent to worker   one request; then nothing. Closing stdin means: stop and send what you have.
//	worker to parent   a greeting, then any number of news and solutions, then one result or one error.
//
// The parent trusts nothing that it is sent: it rounds integer columns, recomputes the objective and checks every
// solution against the model. The package imports solver, mip and the standard library only.
package worker

import (
	"context"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Verb is the hidden verb of the command line that turns a process into a worker.
const Verb = "worker"

// greeting is the first thing a worker says, so that a foreign program is told from a worker that fails.
const greeting = "cadre worker 1"

// request is what the parent asks for. Names and stamps of the model stay behind.
type request struct {
	Columns []mip.Column
	Rows    []mip.Constraint
	Levels  []mip.Level
	Params  solver.Params // without Progress
	Memory  int64         // bytes the backend may allocate, 0 no limit
}

// message is one thing that a worker says; exactly one field is set.
type message struct {
	Greeting string
	Progress *solver.Progress
	Solution []float64
	// Multipliers are those of the root's rows, for the certificate.
	Multipliers []float64
	Result      *Outcome
	Error       i18n.Text
}

// Outcome is how a run ended, in the worker's words. Solutions were handed to Job.Solution; the parent chooses and
// checks.
type Outcome struct {
	Status solver.Status // Optimal: searched to the end; Feasible: stopped, whether or not there is a solution
	Limit  solver.Limit
	Bound  float64 // -Inf where none; ignored where Status is Optimal and Limit none
	Nodes  int64
}

// Job is what an [Engine] is given.
type Job struct {
	Model  *mip.Model
	Params solver.Params
	Memory int64 // bytes the engine may allocate, 0 no limit
	// Solution hands over an improved solution. It may be called from one goroutine at a time, with Progress.
	Solution func(x []float64)
	// Multipliers, where not nil, hands over those of the rows of the root relaxation, signs as in solver.ProofNode. It may be
	// called as Solution may.
	Multipliers func(y []float64)
}

// Engine solves a job inside the worker. It stops soon after ctx is done. It may abort the process.
type Engine func(ctx context.Context, job Job) (Outcome, error)

// strip returns the model as a request, without what only people read.
func strip(m *mip.Model, p solver.Params, memory int64) request {
	p.Progress = nil
	r := request{Params: p, Memory: memory, Levels: m.Levels}
	r.Columns = make([]mip.Column, len(m.Columns))
	for j, c := range m.Columns {
		r.Columns[j] = mip.Column{Lower: c.Lower, Upper: c.Upper, Integer: c.Integer}
	}
	r.Rows = make([]mip.Constraint, len(m.Rows))
	for i, c := range m.Rows {
		r.Rows[i] = mip.Constraint{Lower: c.Lower, Upper: c.Upper, Terms: c.Terms}
	}
	return r
}
