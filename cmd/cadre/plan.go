package main

import (
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"cadre/explain"
	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
	"cadre/report"
	"cadre/solver"
	"cadre/workbook"
)

// planOptions is what `cadre plan` was asked for.
type planOptions struct {
	in       inputFlags
	solving  solvingFlags
	round    roundFlags
	out      string
	audience string
	final    bool
	json     bool
}

func newPlanCmd() *cobra.Command {
	o := &planOptions{}
	cmd := &cobra.Command{
		Use:     "plan INPUT",
		Short:   "propose an audited rotation plan",
		Example: "  cadre plan examples/county --out out/county",
		Args:    exactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runPlan(cmd, args[0], o) },
	}
	o.in.add(cmd)
	o.solving.add(cmd)
	allThreads(cmd)
	o.round.add(cmd)
	cmd.Flags().StringVar(&o.out, "out", "", "folder for the plan and its papers (default: only the summary is printed)")
	cmd.Flags().StringVar(&o.audience, "audience", "office", "for whom the papers are: leaders, office, unit:ID, person:ID, analyst")
	cmd.Flags().BoolVar(&o.final, "final", false, "mark the plan final; refused (exit 7, the plan stays a draft) while a difference of opinion awaits an answer")
	cmd.Flags().BoolVar(&o.json, "json", false, "print plan.json instead of the summary")
	return cmd
}

// runPlan reads, plans, and hands out what came of it.
func runPlan(cmd *cobra.Command, path string, o *planOptions) error {
	began := time.Now()
	papers, err := report.NewOptions(langOf(cmd), o.audience)
	if err != nil {
		return usageError(i18n.E("--audience：%s", "--audience: %s", err), i18n.T("用 leaders、office、unit:编号、person:编号 或 analyst", "use leaders, office, unit:ID, person:ID or analyst"))
	}
	backend, err := o.solving.backend()
	if err != nil {
		return err
	}
	if err := errors.Join(o.round.check(o.out), checkFolder(o.out)); err != nil {
		return err
	}
	i, process, err := o.load(cmd, path)
	if err != nil {
		return err
	}
	if err := papers.Audience.Check(i.index); err != nil {
		return usageError(i18n.E("--audience：%s", "--audience: %s", err), i18n.T("写表中有的编号", "name an id of the tables"))
	}
	line := newProgress(cmd.ErrOrStderr(), langOf(cmd), o.solving.progress, o.solving.time)
	var files *planning.ModelFiles
	if o.out != "" {
		files = planning.NewModelFiles()
	}
	outcome, err := planning.Run(cmd.Context(), i.index, i.policy, planning.Options{
		Backend: backend, Params: o.solving.params(began, line.show), Lang: langOf(cmd), Final: o.final, Process: process,
		Memories: o.round.memories(), Files: files})
	line.done()
	if err != nil {
		return failed(o.out, outcome, err)
	}
	line.log(outcome.Trace)
	switch outcome.Status {
	case solver.Optimal, solver.Feasible:
		return handOut(cmd, outcome, papers, o)
	case solver.Infeasible:
		return infeasible(cmd, outcome, backend, papers, o)
	case solver.Unbounded:
		return &exitError{code: exitInternal, err: i18n.E("模型没有下界：这是程序的错误", "the model has no bound: a fault of the program")}
	}
	return stopped(outcome.Limit, i18n.T("方案", "plan"), o.solving.solver)
}

// load reads the input, as the plan before and the decisions on it leave it.
func (o *planOptions) load(cmd *cobra.Command, path string) (*input, posting.Process, error) {
	i, err := load(cmd, path, o.in)
	if err != nil {
		return nil, posting.Process{}, err
	}
	process, err := o.round.process(cmd, i)
	if err != nil {
		return nil, process, err
	}
	i, err = i.under(cmd, &process)
	return i, process, err
}

// failed keeps a bundle of a plan that did not pass its audit, and withholds the plan.
func failed(out string, outcome *planning.Outcome, err error) error {
	e := &exitError{code: exitInternal, err: err}
	if !errors.Is(err, planning.ErrAudit) {
		return e
	}
	where, bundleErr := writeBundle(out, outcome)
	if bundleErr != nil {
		return errors.Join(e, bundleErr)
	}
	e.hint = i18n.F("方案不予发出；请连同 %s 中的材料报告", "the plan is withheld; please report the bundle in %s", where)
	return e
}

// clash is why there is no plan.
var clash = i18n.T("现有要求不能同时满足", "the requirements cannot all be kept (现有要求不能同时满足)")

func infeasible(cmd *cobra.Command, outcome *planning.Outcome, backend solver.Solver, papers report.Options, o *planOptions) error {
	var err error
	options := explain.Options{Backend: backend, Time: o.solving.time}
	outcome.Conflict, err = explain.Conflict(cmd.Context(), outcome.Index, outcome.Policy, options)
	if err != nil && !errors.Is(err, explain.ErrLate) {
		return &exitError{code: exitInternal, err: err}
	}
	if outcome.Conflict == nil {
		return errors.Join(report.Conflict(cmd.OutOrStdout(), outcome, papers), told(exitInfeasible, clash, i18n.T("要知道哪些要求相互冲突，请增加 --time", "give more --time to learn which of them clash")))
	}
	outcome.Near, err = explain.Near(cmd.Context(), outcome.Index, outcome.Policy, outcome.Conflict, options, planning.Options{Params: o.solving.params(time.Now(), nil), Lang: langOf(cmd)})
	if err != nil {
		return &exitError{code: exitInternal, err: err}
	}
	if err := report.Conflict(cmd.OutOrStdout(), outcome, papers); err != nil {
		return err
	}
	return told(exitInfeasible, clash, i18n.T("放宽以上所列的一项", "relax one of those named above"))
}

func handOut(cmd *cobra.Command, outcome *planning.Outcome, papers report.Options, o *planOptions) error {
	if o.out != "" {
		if err := writePlanFolder(o.out, outcome, papers); err != nil {
			return err
		}
	}
	if err := show(cmd, outcome, papers, o); err != nil {
		return err
	}
	if open := len(outcome.Plan.Opinions.Open); o.final && open > 0 {
		return told(exitGate, i18n.F("待答复的不同意见：%d 条；方案仍为讨论稿", "differences of opinion that await an answer: %d; the plan stays a draft", open), i18n.T("把答复写入 意见 表后重新运行", "write the answers into the table of opinions and run again"))
	}
	return nil
}

// show prints the summary, or plan.json.
func show(cmd *cobra.Command, outcome *planning.Outcome, papers report.Options, o *planOptions) error {
	w := cmd.OutOrStdout()
	if o.json {
		return workbook.WritePlanJSON(w, outcome.Plan)
	}
	if err := report.Summary(w, outcome, papers); err != nil {
		return err
	}
	return whereThePapersLie(w, o.out, papers)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
