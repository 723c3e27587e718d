package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"text/tabwriter"
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
	json     bool
}

func newSolveCmd() *cobra.Command {
	var o solveOptions
	cmd := &cobra.Command{
		Use:     "solve MODEL.mps[.gz]",
		Short:   i18n.T("用任一求解器求解 MPS 模型", "solve an MPS model with any solver").In(i18n.Default()),
		Example: "  cadre solve model.mps.gz --solver glpk --time 60s --gap 1e-4 --out solution.txt",
		Args:    cobra.ExactArgs(1),
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
	addProgress(cmd, &o.progress)
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
	started := time.Now()
	news := newProgress(cmd.ErrOrStderr(), langOf(cmd), o.progress, o.time)
	defer news.done()
	r, params, err := o.solve(cmd, m, backend, inSenseOf(m, news.show))
	if err != nil {
		return &exitError{code: exitInternal, err: err}
	}
	showTrace(cmd.ErrOrStderr(), r.Solver, r.Trace)
	if err := o.writeSolution(m, &r); err != nil {
		return err
	}
	claimed := claimedBound(m, r)
	certificate := certifySolve(cmd.Context(), m, &r, params, o.time, time.Since(started))
	if err := o.writeCertificate(certificate); err != nil {
		return err
	}
	report := newSolveReport(m, r, time.Since(started))
	report.Certified, report.Claimed = certificate != nil, claimed
	if o.json {
		err = printJSON(cmd.OutOrStdout(), report)
	} else {
		err = report.print(cmd.OutOrStdout(), langOf(cmd))
	}
	return errors.Join(err, report.exit())
}

// solve minimises, and leaves some of the time to the certificate. The parameters that come back go on showing progress.
func (o solveOptions) solve(cmd *cobra.Command, m *mip.Model, backend solver.Solver, show func(solver.Progress)) (lexico.Result, solver.Params, error) {
	params := solver.Params{Time: o.time - certify.Share(o.time, backend.Support()), Gap: o.gap, Threads: o.threads, Seed: o.seed}
	told, err := newEvents(o.events, m)
	if err != nil {
		return lexico.Result{}, params, err
	}
	params.Progress = func(p solver.Progress) { show(p); told.show(p) }
	r, err := lexico.Solve(cmd.Context(), m, backend, params)
	params.Progress = show
	return r, params, errors.Join(err, told.close())
}

// writeSolution writes the solution where one was asked for, as the certificate will mean it: exact where it can be.
func (o solveOptions) writeSolution(m *mip.Model, r *lexico.Result) error {
	if r.Values == nil {
		return nil
	}
	r.Values = certify.Exact(m, r.Values)
	if o.out == "" {
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
		return usageError("--time %v is negative", "for example --time 60s, or 0 for no limit", o.time)
	case !(o.gap >= 0) || math.IsInf(o.gap, 0): // NaN too
		return usageError("--gap %g is not a number from 0 up", "for example --gap 1e-4", o.gap)
	case o.threads < 1:
		return usageError("--threads %d is less than 1", "for example --threads 2", o.threads)
	}
	return checkProgress(o.progress)
}

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return &exitError{code: exitUsage, err: err, hint: "check the path and what it may be used for"}
	}
	out := bufio.NewWriter(temp)
	err = errors.Join(write(out), out.Flush(), temp.Chmod(0o644), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
		return &exitError{code: exitUsage, err: err, hint: "check the path and what it may be used for"}
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

// inSense is a bound on the last level in the sense of the file.
func inSense(m *mip.Model, bound float64) *float64 {
	if n := len(m.Levels); n > 0 && m.Levels[n-1].Negated {
		bound = -bound
	}
	return finite(bound)
}

// solveReport is what solve prints. Objective and bound are in the sense of the file; null where there is none. Bound is
// certified, and with it gap and status, unless Certified is false; Claimed is what the backend says of the last level.
type solveReport struct {
	Status    solver.Status `json:"status"`
	Limit     solver.Limit  `json:"limit"`
	Objective *float64      `json:"objective"`
	Bound     *float64      `json:"bound"`
	Gap       *float64      `json:"gap"`
	Certified bool          `json:"certified"`
	Claimed   *float64      `json:"claimed_bound"`
	Seconds   float64       `json:"seconds"`
	Nodes     int64         `json:"nodes"`
	Solver    string        `json:"solver"`
	Levels    []levelReport `json:"levels,omitempty"`
}

// levelReport is one level of a model with several.
type levelReport struct {
	Name   string        `json:"name"`
	Value  *float64      `json:"value"`
	Bound  *float64      `json:"bound"`
	Status solver.Status `json:"status"`
}

// newSolveReport takes objective and bound from the last level, the gap is the largest of all levels.
func newSolveReport(m *mip.Model, r lexico.Result, elapsed time.Duration) solveReport {
	report := solveReport{
		Status: r.Status, Limit: r.Limit, Seconds: math.Round(elapsed.Seconds()*1000) / 1000, Nodes: r.Nodes, Solver: r.Solver,
	}
	if len(m.Levels) == 0 && r.Values != nil {
		report.Objective, report.Bound, report.Gap = finite(0), finite(0), finite(0)
	}
	worst := 0.0
	for k, l := range r.Levels {
		sign := 1.0
		if m.Levels[k].Negated {
			sign = -1
		}
		level := levelReport{Name: l.Name, Value: finite(sign * l.Value), Bound: finite(sign * l.Bound), Status: l.Status}
		worst = max(worst, solver.RelGap(l.Value, l.Bound))
		report.Objective, report.Bound, report.Gap = level.Value, level.Bound, finite(worst)
		report.Levels = append(report.Levels, level)
	}
	if len(report.Levels) == 1 {
		report.Levels = nil
	}
	if r.Status == solver.Infeasible || r.Status == solver.Unbounded {
		report.Bound = nil
	}
	return report
}

// finite is nil for what JSON cannot say. A negative zero becomes zero.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	v += 0
	return &v
}

func (s solveReport) print(out io.Writer, lang i18n.Lang) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(name i18n.Text, value string) { fmt.Fprintf(w, "%s\t%s\n", name.In(lang), value) }
	line(i18n.T("状态", "status"), string(s.Status))
	line(i18n.T("停止原因", "limit"), string(s.Limit))
	line(i18n.T("目标值", "objective"), orDash(s.Objective))
	line(i18n.T("界", "bound"), orDash(s.Bound))
	line(i18n.T("间隙", "gap"), orDash(s.Gap))
	line(i18n.T("已核验", "certified"), fmt.Sprint(s.Certified))
	line(i18n.T("秒", "seconds"), fmt.Sprint(s.Seconds))
	line(i18n.T("节点", "nodes"), fmt.Sprint(s.Nodes))
	line(i18n.T("求解器", "solver"), s.Solver)
	for k, l := range s.Levels {
		line(i18n.F("层级%d", "level %d", k+1), fmt.Sprintf("%s: %s, %s, %s", l.Name, orDash(l.Value), orDash(l.Bound), l.Status))
	}
	return w.Flush()
}

func orDash(v *float64) string {
	if v == nil {
		return "-"
	}
	return plain(*v)
}

// exit says with which code a solve of this status ends.
func (s solveReport) exit() error {
	switch s.Status {
	case solver.Infeasible, solver.Unbounded:
		return &exitError{code: exitInfeasible}
	case solver.NoSolution:
		return &exitError{code: exitNoPlan}
	}
	return nil
}
