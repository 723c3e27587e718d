package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
)

// run executes one command line and returns its exit code. Results go to stdout, everything else to stderr: lower
// case, `error:` and then `hint:`. Ctrl-C cancels the context: a verb that has something to show by then shows it.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRootCmd()
	root.SetArgs(withDroppedWorkbook(args))
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	return printError(stderr, cmd, err, langAsked(cmd, args))
}

// printError prints an error of cmd as people expect it, in a language, and returns its exit code.
func printError(stderr io.Writer, cmd *cobra.Command, err error, lang i18n.Lang) int {
	if err == nil {
		return exitDone
	}
	var e *exitError
	if !errors.As(err, &e) {
		e = &exitError{code: exitUsage, err: inWords(err), hint: i18n.F("用法见 %s --help", "see %s --help", cmd.CommandPath())}
		if _, ok := errors.AsType[*fs.PathError](err); ok {
			e.hint = i18n.T("结果不能写出：检查去处和那里的空间", "the results could not be written out: check where they go and the space there")
		}
	}
	if e.err != nil {
		fmt.Fprintf(stderr, "error: %s\n", i18n.Of(e.err).In(lang))
	}
	if hint := e.hint.In(lang); hint != "" {
		fmt.Fprintf(stderr, "hint: %s\n", hint)
	}
	return e.code
}

func newRootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:           "cadre",
		Short:         "propose, audit and explain rotation plans of cadres (干部交流方案)",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentFlags().String("lang", string(i18n.Default()), "language of the output: zh or en")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if l := langOf(cmd); l != i18n.Zh && l != i18n.En {
			return usageError(i18n.E("--lang 不认识 %q", "--lang is %q", string(l)), i18n.T("用 --lang zh 或 --lang en", "use --lang zh or --lang en"))
		}
		return nil
	}
	root.AddCommand(
		newValidateCmd(), newListCmd(), newPlanCmd(), newAuditCmd(), newVerifyCmd(), newExplainCmd(),
		newSolveCmd(), newWhatifCmd(), newRollCmd(), newExportCmd(), newGenerateCmd(), newRulesCmd(), newPolicyCmd(), newSolversCmd(), newVersionCmd(), newWorkerCmd(),
		newBenchCmd(),
		newDroppedCmd(),
	)
	return root
}

func langOf(cmd *cobra.Command) i18n.Lang {
	l, _ := cmd.Flags().GetString("lang")
	return i18n.Lang(l)
}

func usageError(err error, hint i18n.Text) error {
	return &exitError{code: exitUsage, err: err, hint: hint}
}

// codeOf is the exit code that an error stands for.
func codeOf(err error) int {
	var e *exitError
	if errors.As(err, &e) {
		return e.code
	}
	return exitUsage
}
