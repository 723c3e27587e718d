package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/solver"
	"cadre/solver/auto"
	"cadre/solver/glpk"
	"cadre/solver/highs"
	"cadre/solver/native"
	"cadre/solver/worker"
)

// solverAuto asks for the default: native, which is built in and works everywhere, and HiGHS where it is there and fits better.
const solverAuto = "auto"

// backends lists every backend, the default first.
func backends() []solver.Solver {
	return []solver.Solver{native.New(), highs.Solver{}, glpk.Solver{}}
}

// engines lists the backends that run in worker processes, by name.
func engines() map[string]worker.Engine {
	return map[string]worker.Engine{glpk.Name: glpk.Engine, highs.Name: highs.Engine}
}

// pickSolver returns the backend of that name, or an error that says why it does not work here.
func pickSolver(name string) (solver.Solver, error) {
	choice := map[string]solver.Solver{solverAuto: auto.Solver{Own: native.New(), Other: highs.Solver{}}, auto.RaceName: auto.Race{Backends: backends()}}
	names := []string{solverAuto}
	for _, s := range backends() {
		choice[s.Name()] = s
		names = append(names, s.Name())
	}
	s, known := choice[name]
	if !known {
		return nil, &exitError{code: exitUsage, err: i18n.E("没有 %q 这个求解器", "unknown solver %q", name), hint: i18n.F("可选：%s", "choose one of %s", strings.Join(append(names, auto.RaceName), ", "))}
	}
	if a := s.Available(); !a.Available {
		return nil, &exitError{code: exitUsage, err: i18n.E("求解器 %s 在这里不可用", "solver %s is not available here", name), hint: a.Why()}
	}
	return s, nil
}

func newSolversCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "solvers",
		Short:   i18n.T("列出求解器及其是否可用", "list the solvers and whether they work here").In(i18n.Default()),
		Example: "  cadre solvers --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var all []solver.Availability
			for _, s := range backends() {
				all = append(all, s.Available())
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), all)
			}
			return printSolvers(cmd.OutOrStdout(), all, langOf(cmd))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printSolvers(out io.Writer, all []solver.Availability, lang i18n.Lang) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, a := range all {
		state := i18n.T("可用", "available")
		if !a.Available {
			state = i18n.F("不可用：%s", "not available: %s", a.Why())
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", a.Name, a.Version, state.In(lang))
	}
	return w.Flush()
}

// printJSON prints v indented, with a newline behind it.
func printJSON(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// newWorkerCmd is the hidden verb under which our own binary runs as a solver's worker process.
func newWorkerCmd() *cobra.Command {
	return &cobra.Command{
		Use:    worker.Verb + " NAME",
		Hidden: true,
		Args:   exactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			engine, ok := engines()[args[0]]
			if !ok {
				return &exitError{code: exitUsage, err: i18n.E("没有名为 %q 的工作进程", "no worker named %q", args[0])}
			}
			if code := worker.Main(engine); code != 0 {
				return &exitError{code: exitInternal}
			}
			return nil
		},
	}
}
