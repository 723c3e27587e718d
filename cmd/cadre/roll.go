package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/posting"
	"cadre/scenario"
	"cadre/workbook"
)

func newRollCmd() *cobra.Command {
	var in inputFlags
	var out string
	cmd := &cobra.Command{
		Use:   "roll INPUT PLAN",
		Short: "the input one batch later, after the moves of PLAN or what was done in the end",
		Example: "  cadre plan examples/five-years --out out/2026\n" +
			"  cadre roll examples/five-years out/2026/plan.json --out out/input2027\n" +
			"  cadre plan out/input2027 --out out/2027",
		Args: exactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return runRoll(cmd, args[0], args[1], out, in) },
	}
	in.add(cmd)
	cmd.Flags().StringVar(&out, "out", "", "folder for the tables and the policy; it must be new or empty")
	return cmd
}

func runRoll(cmd *cobra.Command, path, planPath, out string, in inputFlags) error {
	if out == "" {
		return usageError(i18n.E("没有写明文件夹", "no folder given"), i18n.T("用 --out 写明一个新的文件夹", "name a new folder with --out"))
	}
	if entries, err := os.ReadDir(out); err == nil && len(entries) > 0 {
		return usageError(i18n.E("%s 不是空文件夹", "%s is not empty", out), i18n.T("用 --out 写明一个新的文件夹", "name a new folder with --out"))
	}
	i, err := load(cmd, path, in)
	if err != nil {
		return err
	}
	plan, i, err := loadPlan(cmd, planPath, i, posting.Process{})
	if err != nil {
		return err
	}
	file, err := workbook.PolicyPath(path, in.policy)
	if err != nil {
		return &exitError{code: exitInput, err: err}
	}
	next := scenario.Roll(i.index, i.policy, plan)
	date := i.policy.Calendar.Start(2)
	if err := writeFolder(out, func(tmp string) error { return writeRolled(tmp, out, next, file, date) }); err != nil {
		return err
	}
	moved := 0
	for _, a := range plan.Assignments {
		if a.Period <= 1 && a.Move != posting.MoveStay && a.To != "" {
			moved++
		}
	}
	fmt.Fprintln(cmd.OutOrStdout(), i18n.F("%[1]s：落实 %[2]d 项调整，基准日改为 %[3]s，在册 %[4]d 人，写入 %[5]s", "%[1]s: %[2]d moves made, plan date now %[3]s, %[4]d people, written to %[5]s",
		next.Name, moved, date.String(), len(next.Cadres), out).In(langOf(cmd)))
	return nil
}

// writeRolled writes the tables, and the policy with its new plan date.
func writeRolled(tmp, out string, next *posting.Instance, policyFile string, date posting.Month) error {
	if err := workbook.WriteCSV(tmp, next); err != nil {
		return err
	}
	text, err := os.ReadFile(policyFile)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(tmp, "policy.yaml"), redated(text, policyFile, out, date), 0o644)
}

var (
	datedLine    = regexp.MustCompile(`(?m)^plan_date:[^#\n]*`)
	includedLine = regexp.MustCompile(`(?m)^(include:\s*)(\S+)(.*)$`)
)

// redated is the text of a policy for another plan date and another folder: the line of the date is changed (or added), and an included
// file is named from the new folder. All else, comments too, stays as it was written.
func redated(text []byte, file, folder string, date posting.Month) []byte {
	line := "plan_date: " + date.String()
	if datedLine.Match(text) {
		text = datedLine.ReplaceAll(text, []byte(line))
	} else {
		text = append([]byte(line+"\n"), text...)
	}
	return includedLine.ReplaceAllFunc(text, func(found []byte) []byte {
		m := includedLine.FindSubmatch(found)
		included := filepath.Join(filepath.Dir(file), string(m[2]))
		if _, err := os.Stat(included); err != nil {
			return found // the built-in book, or what the reader will tell
		}
		from, err := filepath.Abs(folder)
		to, err2 := filepath.Abs(included)
		if err != nil || err2 != nil {
			return found
		}
		rel, err := filepath.Rel(from, to)
		if err != nil {
			return found
		}
		return []byte(string(m[1]) + filepath.ToSlash(rel) + string(m[3]))
	})
}
