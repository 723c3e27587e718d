package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
)

func newValidateCmd() *cobra.Command {
	var in inputFlags
	cmd := &cobra.Command{
		Use:     "validate INPUT",
		Short:   "read everything and report every problem of the data and of the policy at once",
		Example: "  cadre validate examples/county",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			i, err := load(cmd, args[0], in)
			if err != nil {
				return err
			}
			x := i.index
			_, err = fmt.Fprintln(cmd.OutOrStdout(), i18n.F(
				"可以使用：干部 %d 人，岗位 %d 个，单位 %d 个，地点 %d 个，条款 %d 条；提示 %d 条",
				"ready: %d cadres, %d posts, %d units, %d places, %d clauses; %d remarks",
				len(x.Cadres), len(x.Posts), len(x.Units), len(x.Places), len(i.policy.Clauses), i.warnings).In(langOf(cmd)))
			return err
		},
	}
	in.add(cmd)
	return cmd
}
