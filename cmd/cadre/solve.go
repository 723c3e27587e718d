package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
)

// solveOptions are the flags of solve.
type solveOptions struct {
	solver   string
	time     time.Duration
	gap      float64
	threads  int
	seed     int64
	out      string
	events   string
	proof    string
	progress string
	relax    bool
	json     bool
}

func newSolveCmd() *cobra.Command {
	var o solveOptions
	cmd := &cobra.Command{
		Use:     "solve MODEL.mps[.gz]",
		Short:   i18n.T("用任一求解器求解 MPS 模型", "solve an MPS model with any solver").In(i18n.Default()),
		Example: "  cadre solve model.mps.gz --solver glpk --time 60s --gap 1e-4 --out solution.txt",
		Args:    exactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runSolve(cmd, args[0], o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.solver, "solver", solverAuto, "solver: auto, native, highs, glpk, or race for all at once")
	f.DurationVar(&o.time, "time", time.Minute, "time limit, 0 for none")
	f.Float64Var(&o.gap, "gap", 1e-4, "relative gap at which to stop")
	f.IntVar(&o.threads, "threads", 1, "threads")
	f.Int64Var(&o.seed, "seed", 1, "seed of random choices")
	f.StringVar(&o.out, "out", "", "file for the solution, one line for each column that is not zero")
	f.StringVar(&o.proof, "certificate", "", "file for the certificate of the bound, which cadre verify checks")
	f.StringVar(&o.events, "events", "", "file for incumbents and bounds as they are found, one line of JSON each")
	allThreads(cmd)
	addProgress(cmd, &o.progress)
	f.BoolVar(&o.relax, "relax", false, "where there is no solution, say which rows would have to give, and how little in all")
	f.BoolVar(&o.json, "json", false, "print JSON")
	return cmd
}

func runSolve(cmd *cobra.Command, path string, o solveOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	backend, err := pickSolver(o.solver)
	if err != nil {
		return err
	}
	m, err := readModel(path)
	if err != nil {
		return err
	}
	remark(cmd.ErrOrStderr(), m, langOf(cmd))
	started := time.Now()
	news := newProgress(cmd.ErrOrStderr(), langOf(cmd), o.progress, o.time)
	defer news.done()
	r, params, err := o.solve(cmd, m, backend, inSenseOf(m, news.show))
	if err != nil {
		return internal(err)
	}
	news.done()
	claimed := claimedBound(m, r)
	point := settlePoint(m, &r)
	news.log(r.Trace)
	if err := o.writeSolution(m, &r); err != nil {
		return err
	}
	certificate := certifySolve(cmd.Context(), m, &r, params, o.time, time.Since(started))
	if err := o.writeCertificate(certificate); err != nil {
		return err
	}
	report := newSolveReport(m, r, time.Since(started))
	report.Certified, report.Claimed, report.Point = certificate != nil, claimed, point
	if r.Status == solver.Infeasible && o.relax {
		if report.Gives, report.least, err = o.relaxed(cmd, m, backend, o.left(started)); err != nil {
			return &exitError{code: exitInternal, err: err}
		}
	}
	return o.hand(cmd, m, report)
}

// hand prints the report, and says by the exit code how it ended.
func (o solveOptions) hand(cmd *cobra.Command, m *mip.Model, report solveReport) error {
	var err error
	if o.json {
		err = printJSON(cmd.OutOrStdout(), report)
	} else {
		err = report.print(cmd.OutOrStdout(), langOf(cmd))
	}
	if text, doubtful := report.doubt(); doubtful {
		fmt.Fprintln(cmd.ErrOrStderr(), "warning:", text.In(langOf(cmd)))
		fmt.Fprintln(cmd.ErrOrStderr(), "hint:", i18n.F("%s；见 docs/solve.md", "%s; see docs/solve.md", apart(report.Solver)).In(langOf(cmd)))
	}
	return errors.Join(err, report.exit(m))
}

// left is what is left of the time limit, a second at least; 0 where there is no limit.
func (o solveOptions) left(started time.Time) time.Duration {
	if o.time <= 0 {
		return 0
	}
	return max(o.time-time.Since(started), time.Second)
}

// solve minimises, and leaves some of the time to the certificate. The parameters that come back go on showing progress.
func (o solveOptions) solve(cmd *cobra.Command, m *mip.Model, backend solver.Solver, show func(solver.Progress)) (lexico.Result, solver.Params, error) {
	params := solver.Params{Time: o.time - certify.Share(o.time, backend.Support()), Gap: o.gap, Threads: o.threads, Seed: o.seed}
	if backend.Support().Varies && !cmd.Flags().Changed("threads") {
		params.Threads = 1
	}
	told, err := newEvents(o.events, m)
	if err != nil {
		return lexico.Result{}, params, err
	}
	params.Progress = func(p solver.Progress) { show(p); told.show(p) }
	r, err := lexico.Solve(cmd.Context(), m, backend, params)
	params.Progress = show
	return r, params, errors.Join(err, told.close())
}

// settlePoint makes the solution exact where that costs next to nothing, as the certificate will mean it, and says what it keeps,
// nil where there is none. Whatever the backend made of the model, the model as it was read decides: what breaks it is no answer.
func settlePoint(m *mip.Model, r *lexico.Result) *string {
	if r.Values == nil {
		return nil
	}
	r.Values = certify.Close(m, r.Values)
	if err := certify.Near(m, r.Values); err != nil {
		r.Values, r.Status, r.Limit = nil, solver.NoSolution, solver.LimitNumerics
		for k := range r.Levels {
			r.Levels[k].Value = math.NaN()
		}
		r.Trace = append(r.Trace, fmt.Sprintf("%s: its solution breaks the model: %v", r.Solver, err))
		return nil
	}
	for k := range r.Levels {
		l := &r.Levels[k]
		l.Value = m.Levels[k].Value(r.Values)
		l.Bound = math.Min(l.Bound, l.Value)
	}
	point := exactPoint
	if certify.Feasible(m, r.Values) != nil {
		point = nearPoint
	}
	return &point
}

// What the solution keeps: every row and bound in exact arithmetic, or bounds exactly and rows as nearly as mip.FeasTol.
var (
	exactPoint = "exact"
	nearPoint  = fmt.Sprintf("within %g", mip.FeasTol)
)

// writeSolution writes the solution where one was asked for.
func (o solveOptions) writeSolution(m *mip.Model, r *lexico.Result) error {
	if r.Values == nil || o.out == "" {
		return nil
	}
	return writeFile(o.out, func(w io.Writer) error { return writeSolution(w, columnNames(m), r.Values) })
}

// claimedBound is what the backend says of the last level, nil where there is no solution.
func claimedBound(m *mip.Model, r lexico.Result) *float64 {
	if len(r.Levels) == 0 || r.Values == nil {
		return nil
	}
	return inSense(m, r.Levels[len(r.Levels)-1].Bound)
}

func (o solveOptions) check() error {
	switch {
	case o.time < 0:
		return usageError(i18n.E("--time %v 是负数", "--time %v is negative", o.time), i18n.T("例如 --time 60s；0 为不限", "for example --time 60s, or 0 for no limit"))
	case !(o.gap >= 0) || math.IsInf(o.gap, 0): // NaN too
		return usageError(i18n.E("--gap %g 不是 0 以上的数", "--gap %g is not a number from 0 up", o.gap), i18n.T("例如 --gap 1e-4", "for example --gap 1e-4"))
	case o.threads < 1:
		return usageError(i18n.E("--threads %d 小于 1", "--threads %d is less than 1", o.threads), i18n.T("例如 --threads 2", "for example --threads 2"))
	}
	return errors.Join(checkProgress(o.progress), checkPlace(o.out), checkPlace(o.proof))
}

// asNamed is an error of the file system about the file that people named, and not about the temporary one beside it.
func asNamed(err error, path string) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: "create", Path: path, Err: e.Err}
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return &fs.PathError{Op: "create", Path: path, Err: e.Err}
	}
	return err
}

// checkPlace finds out, before any work is done, whether the folder of a file is there.
func checkPlace(path string) error {
	if path == "" {
		return nil
	}
	info, err := os.Stat(filepath.Dir(path))
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Err: syscall.ENOTDIR}
	}
	if err == nil {
		return nil
	}
	return &exitError{code: exitUsage, err: asNamed(err, path), hint: i18n.T("检查路径和读写权限", "check the path, and whether it may be read or written")}
}

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return &exitError{code: exitUsage, err: asNamed(err, path), hint: i18n.T("检查路径和读写权限", "check the path, and whether it may be read or written")}
	}
	out := bufio.NewWriter(temp)
	err = errors.Join(write(out), out.Flush(), temp.Chmod(0o644), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
		return &exitError{code: exitUsage, err: asNamed(err, path), hint: i18n.T("检查路径和读写权限", "check the path, and whether it may be read or written")}
	}
	return nil
}

// writeCertificate writes the certificate where one was asked for.
func (o solveOptions) writeCertificate(c *certify.Certificate) error {
	switch {
	case o.proof == "":
		return nil
	case c == nil:
		_ = os.Remove(o.proof) // not one of an earlier run
		return nil
	}
	return writeFile(o.proof, c.Write)
}
