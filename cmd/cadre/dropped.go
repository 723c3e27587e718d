package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
)

// withDroppedWorkbook turns `cadre WORKBOOK.xlsx` (a workbook dropped on the program) into the hidden verb that lists and
// plans beside it.
func withDroppedWorkbook(args []string) []string {
	if len(args) == 1 && strings.EqualFold(filepath.Ext(args[0]), ".xlsx") {
		if _, err := os.Stat(args[0]); err == nil {
			return []string{"dropped", args[0]}
		}
	}
	return args
}

func newDroppedCmd() *cobra.Command {
	return &cobra.Command{
		Use:    "dropped WORKBOOK.xlsx",
		Short:  "list and plan beside a workbook, and keep the window open",
		Hidden: true,
		Args:   exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			err := listAndPlan(cmd, args[0])
			printError(cmd.ErrOrStderr(), cmd.Root(), err, langOf(cmd))
			keepOpen(cmd)
			if err != nil {
				return &exitError{code: codeOf(err)}
			}
			return nil
		},
	}
}

func listAndPlan(cmd *cobra.Command, book string) error {
	stem := strings.TrimSuffix(book, filepath.Ext(book))
	for _, args := range [][]string{{"list", book, "--out", stem + "-list"}, {"plan", book, "--out", stem + "-plan"}} {
		sub := newRootCmd()
		sub.SetArgs(append(args, "--lang", string(langOf(cmd))))
		sub.SetIn(cmd.InOrStdin())
		sub.SetOut(cmd.OutOrStdout())
		sub.SetErr(cmd.ErrOrStderr())
		if err := sub.ExecuteContext(cmd.Context()); err != nil {
			return err
		}
	}
	return nil
}

// keepOpen waits for a key where a person sits before the window.
func keepOpen(cmd *cobra.Command) {
	if f, ok := cmd.InOrStdin().(*os.File); !ok || !isTerminal(f) {
		return
	}
	fmt.Fprintln(cmd.ErrOrStderr(), i18n.T("按回车键关闭", "press enter to close").In(langOf(cmd)))
	_, _ = bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
}
