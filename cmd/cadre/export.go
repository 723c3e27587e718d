package main

import (
	"bufio"

	"github.com/spf13/cobra"

	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/mip"
)

func newExportCmd() *cobra.Command {
	var in inputFlags
	var format string
	cmd := &cobra.Command{
		Use:     "export INPUT --format mps|lp",
		Short:   "write the encoded model, with readable names",
		Example: "  cadre export examples/county --format lp > county.lp",
		Args:    exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			write := mip.WriteMPS
			switch format {
			case "mps":
			case "lp":
				write = mip.WriteLP
			default:
				return usageError(i18n.E("--format 不认识 %q", "--format is %q", format), i18n.T("用 --format mps 或 --format lp", "use --format mps or --format lp"))
			}
			i, err := load(cmd, args[0], in)
			if err != nil {
				return err
			}
			w := bufio.NewWriter(cmd.OutOrStdout())
			if err := write(w, constraints.Encode(i.index, i.policy).Model); err != nil {
				return err
			}
			return w.Flush()
		},
	}
	in.add(cmd)
	cmd.Flags().StringVar(&format, "format", "mps", "mps or lp")
	return cmd
}
