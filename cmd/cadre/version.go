package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"cadre/planning"
)

func newVersionCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "print the version",
		Example: "  cadre version",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s %s %s/%s\n", planning.Engine, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
