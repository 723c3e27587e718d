package main

import (
	"time"

	"github.com/spf13/cobra"

	"cadre/solver"
)

// solvingFlags say with what and how hard a verb solves.
type solvingFlags struct {
	solver  string
	time    time.Duration
	work    int64
	gap     float64
	seed    int64
	threads int
}

func (f *solvingFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.solver, "solver", "auto", "auto, or a backend that `cadre solvers` lists")
	cmd.Flags().DurationVar(&f.time, "time", 60*time.Second, "wall time until solving ends")
	cmd.Flags().Int64Var(&f.work, "work", 0, "deterministic work limit of the backend, 0 none")
	cmd.Flags().Float64Var(&f.gap, "gap", 0.001, "relative gap at which a level counts as solved")
	cmd.Flags().Int64Var(&f.seed, "seed", 1, "seed of the backend")
	cmd.Flags().IntVar(&f.threads, "threads", 1, "threads")
}

// backend checks the flags and picks the backend.
func (f *solvingFlags) backend() (solver.Solver, error) {
	if f.time <= 0 || f.gap < 0 || f.threads < 1 || f.work < 0 {
		return nil, usageError("--time must be positive, --threads at least 1, --gap and --work not negative", "for example --time 60s --gap 0.001")
	}
	return pickSolver(f.solver)
}

// params leaves out the time that has passed since the command began.
func (f *solvingFlags) params(began time.Time, progress func(solver.Progress)) solver.Params {
	left := max(f.time-time.Since(began), time.Second)
	return solver.Params{Time: left, Work: f.work, Gap: f.gap, Threads: f.threads, Seed: f.seed, Progress: progress}
}
