package main

import (
	"github.com/spf13/cobra"

	"cadre/bench/race"
	"cadre/internal/i18n"
)

func newBenchCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "bench solvers|policy|report|scale",
		Short:   "race solvers, compare policies, and draw up the results",
		Example: "  cadre bench solvers --models DIR --time 60s --gap 1e-3\n  cadre bench policy lab.yaml --out out/lab",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usageError(i18n.E("没有说明要比较什么", "nothing to bench was named"), i18n.T("用 cadre bench solvers --models DIR，或 cadre bench policy F.yaml --out DIR", "use cadre bench solvers --models DIR, or cadre bench policy F.yaml --out DIR"))
		},
	}
	cmd.AddCommand(newBenchSolversCmd(), newBenchPolicyCmd(), newBenchScaleCmd(), newBenchReportCmd(), newBenchMachineCmd())
	return cmd
}

// newBenchMachineCmd describes the machine for the results that are made on it.
func newBenchMachineCmd() *cobra.Command {
	var commit string
	cmd := &cobra.Command{
		Use:   "machine",
		Short: "describe this machine as JSON, for the results measured on it",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m := race.ThisMachine()
			m.Commit = commit
			return writeJSON(cmd.OutOrStdout(), m)
		},
	}
	cmd.Flags().StringVar(&commit, "commit", "", "revision of the source that is measured")
	return cmd
}
