package main

import (
	"errors"

	"github.com/spf13/cobra"

	"cadre/explain"
	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/report"
)

func newExplainCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "explain", Short: "why a plan is as it is, or why there is none", Example: "  cadre explain conflict examples/county",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usageError(i18n.E("没有说明要解释什么", "nothing to explain given"), i18n.T("用 cadre explain conflict INPUT", "use cadre explain conflict INPUT"))
		},
	}
	cmd.AddCommand(newConflictCmd())
	return cmd
}

func newConflictCmd() *cobra.Command {
	var in inputFlags
	var solving solvingFlags
	cmd := &cobra.Command{
		Use:     "conflict INPUT",
		Short:   "a minimal set of clauses, posts and people that cannot all be kept",
		Example: "  cadre explain conflict examples/county",
		Args:    exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			backend, err := solving.backend()
			if err != nil {
				return err
			}
			i, err := load(cmd, args[0], in)
			if err != nil {
				return err
			}
			papers, err := report.NewOptions(langOf(cmd), "office")
			if err != nil {
				return err
			}
			conflict, err := explain.Conflict(cmd.Context(), i.index, i.policy, explain.Options{Backend: backend, Time: solving.time})
			if errors.Is(err, explain.ErrFeasible) {
				return &exitError{code: exitUsage, err: err, hint: i18n.T("方案存在：运行 cadre plan", "there is a plan: run cadre plan")}
			}
			if errors.Is(err, explain.ErrLate) {
				return told(exitNoPlan, i18n.T("时间已到，尚未查明哪些要求不能同时满足", "time was over before it was known which requirements cannot be kept together"), i18n.T("增加 --time", "give more --time"))
			}
			if err != nil {
				return &exitError{code: exitInternal, err: err}
			}
			return report.Conflict(cmd.OutOrStdout(), &planning.Outcome{Index: i.index, Policy: i.policy, Conflict: conflict}, papers)
		},
	}
	in.add(cmd)
	solving.add(cmd)
	return cmd
}
