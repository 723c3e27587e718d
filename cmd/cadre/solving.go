package main

import (
	"fmt"
	"math"
	"runtime"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/solver"
)

// solvingFlags say with what and how hard a verb solves.
type solvingFlags struct {
	solver   string
	time     time.Duration
	work     int64
	gap      float64
	seed     int64
	threads  int
	progress string
}

func (f *solvingFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.solver, "solver", "auto", "auto, a backend that cadre solvers lists, or race for all of them at once")
	cmd.Flags().DurationVar(&f.time, "time", 60*time.Second, "wall time until solving ends")
	cmd.Flags().Int64Var(&f.work, "work", 0, "deterministic work limit of the backend, 0 none")
	cmd.Flags().Float64Var(&f.gap, "gap", 0.001, "relative gap at which a level counts as solved")
	cmd.Flags().Int64Var(&f.seed, "seed", 1, "seed of the backend")
	cmd.Flags().IntVar(&f.threads, "threads", 1, "threads")
	addProgress(cmd, &f.progress)
}

// allThreads makes a verb that solves once use what the machine has, unless it is told otherwise.
func allThreads(cmd *cobra.Command) {
	f := cmd.Flags().Lookup("threads")
	if err := f.Value.Set(strconv.Itoa(min(runtime.NumCPU(), mostThreads))); err != nil {
		panic(err) // the flag takes no number
	}
	f.DefValue = fmt.Sprintf("all processors, %d at most", mostThreads)
}

// mostThreads is how many the native engine has use for: as many as search a tree together.
const mostThreads = 8

// backend checks the flags and picks the backend.
func (f *solvingFlags) backend() (solver.Solver, error) {
	switch {
	case f.time <= 0:
		return nil, usageError(i18n.E("--time %v 不是正数", "--time %v is not positive", f.time), i18n.T("例如 --time 60s", "for example --time 60s"))
	case !(f.gap >= 0) || math.IsInf(f.gap, 0): // NaN too
		return nil, usageError(i18n.E("--gap %g 不是 0 以上的数", "--gap %g is not a number from 0 up", f.gap), i18n.T("例如 --gap 0.001", "for example --gap 0.001"))
	case f.work < 0:
		return nil, usageError(i18n.E("--work %d 是负数", "--work %d is negative", f.work), i18n.T("例如 --work 1000000；0 为不限", "for example --work 1000000, or 0 for no limit"))
	case f.threads < 1:
		return nil, usageError(i18n.E("--threads %d 小于 1", "--threads %d is less than 1", f.threads), i18n.T("例如 --threads 2", "for example --threads 2"))
	}
	if err := checkProgress(f.progress); err != nil {
		return nil, err
	}
	return pickSolver(f.solver)
}

// params leaves out the time that has passed since the command began.
func (f *solvingFlags) params(began time.Time, progress func(solver.Progress)) solver.Params {
	left := max(f.time-time.Since(began), time.Second)
	return solver.Params{Time: left, Work: f.work, Gap: f.gap, Threads: f.threads, Seed: f.seed, Progress: progress}
}
