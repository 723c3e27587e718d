package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"cadre/planning"
	"cadre/report"
)

func newListCmd() *cobra.Command {
	var in inputFlags
	var out string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "list INPUT",
		Short:   "who must, may and may not move now, and the open seats with candidates; no solver",
		Example: "  cadre list examples/county",
		Args:    exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkFolder(out); err != nil {
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
			o := &planning.Outcome{Index: i.index, Policy: i.policy, Briefing: planning.Brief(i.index, i.policy)}
			if out != "" {
				if err := writeList(out, o, papers); err != nil {
					return err
				}
			}
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), report.ListJSON(o, papers))
			}
			return report.WriteList(cmd.OutOrStdout(), o, papers)
		},
	}
	in.add(cmd)
	cmd.Flags().StringVar(&out, "out", "", "folder for list.xlsx")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the lists as JSON")
	return cmd
}

func writeList(dir string, o *planning.Outcome, papers report.Options) error {
	return writeFolder(dir, func(tmp string) error {
		if err := report.WriteListXLSX(filepath.Join(tmp, "list.xlsx"), o, papers); err != nil {
			return err
		}
		return writeFileJSON(filepath.Join(tmp, mark), map[string]string{"engine": planning.Engine})
	})
}
