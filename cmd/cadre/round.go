package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/scenario"
	"cadre/workbook"
)

// roundFlags name the plan before, of which as much as possible is kept.
type roundFlags struct{ previous, before string }

func (f *roundFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.previous, "previous", "", "folder of the plan before: its decisions (决定 in plan.xlsx) are read, and as little as possible is changed")
	cmd.Flags().StringVar(&f.before, "changes-before", "", "goal before which changes to the plan before count (default: moves)")
}

// check refuses to overwrite the round before, and a goal without it.
func (f *roundFlags) check(out string) error {
	switch {
	case f.previous == "" && f.before != "":
		return usageError(i18n.E("写了 --changes-before，没有写 --previous", "--changes-before is given without --previous"), i18n.T("用 --previous 写明上一轮方案的文件夹", "name the folder of the plan before with --previous"))
	case f.previous != "" && out != "" && samePath(f.previous, out):
		return usageError(i18n.E("--out 就是上一轮方案的文件夹", "--out is the folder of the plan before"), i18n.T("每一轮的材料要保留：用 --out 写明另一个文件夹", "the record of a round is kept: name another folder with --out"))
	}
	return nil
}

func samePath(a, b string) bool {
	x, err := filepath.Abs(a)
	y, err2 := filepath.Abs(b)
	return err == nil && err2 == nil && x == y
}

// process reads the plan before and what was decided on it; the zero process where there is none.
func (f *roundFlags) process(cmd *cobra.Command, i *input) (posting.Process, error) {
	if f.previous == "" {
		return posting.Process{}, nil
	}
	hint := i18n.T("--previous 是 cadre plan --out 写出的文件夹，内有 plan.json 和 plan.xlsx", "--previous names a folder that cadre plan --out wrote, with plan.json and plan.xlsx")
	before, err := workbook.LoadPlanJSON(filepath.Join(f.previous, "plan.json"))
	if err != nil {
		return posting.Process{}, &exitError{code: exitUsage, err: err, hint: hint}
	}
	if before.Inputs.Date < i.policy.Calendar.Date {
		return scenario.Rolled(before, i.policy.Calendar, f.before), nil
	}
	sheet := filepath.Join(f.previous, "plan.xlsx")
	if _, err := os.Stat(sheet); err != nil {
		return posting.Process{}, &exitError{code: exitUsage, err: err, hint: hint}
	}
	if h := before.Inputs.Instance; h != i.index.Hash && before.Process.Round < 2 {
		fmt.Fprintln(cmd.ErrOrStderr(), "warning:", i18n.T("数据自上一轮以来有改动", "the data have changed since the plan before").In(langOf(cmd)))
	}
	decided, problems, err := workbook.ReadDecisions(sheet, before, i.index)
	if err != nil {
		return posting.Process{}, &exitError{code: exitUsage, err: err, hint: i18n.T("检查 plan.xlsx 是不是工作簿，是否在别处打开着", "check that plan.xlsx is a workbook and is not open elsewhere")}
	}
	if err := problems.Write(cmd.ErrOrStderr(), langOf(cmd)); err != nil {
		return posting.Process{}, err
	}
	if problems.Errors() > 0 {
		return posting.Process{}, told(exitInput, i18n.T("决定不能读取，没有写出任何文件", "the decisions cannot be read; nothing was written"),
			i18n.F("改正 %s 中以上各单元格后重新运行", "mend the cells named above in %s and run again", sheet))
	}
	return scenario.NextRound(before, planSum(before), decided, f.before), nil
}

// memories are of the plan before, none where its folder does not say all: they save time, and nothing hangs on them.
func (f *roundFlags) memories() []*planning.Memory {
	if f.previous == "" {
		return nil
	}
	before, err := openFolder(f.previous)
	if err != nil || before.read() != nil {
		return nil
	}
	return []*planning.Memory{planning.Remember(before.model, before.values, before.certificate)}
}

// overlay is what a process adds to the input.
func (i *input) overlay(p *posting.Process) (scenario.Overlay, error) {
	over, err := scenario.ProcessOverlay(i.book, p, i.index)
	if unknown, ok := errors.AsType[scenario.ErrNoLevel](err); ok {
		return over, usageError(i18n.E("--changes-before：没有 %s 这个目标", "--changes-before: %[2]s", unknown.Name, unknown), i18n.F("写以下之一：%s", "name one of: %s", strings.Join(unknown.Known, ", ")))
	}
	return over, err
}

// under is the input as a process leaves it: with the plan before as a table, and its decisions as pins, bans and holds.
func (i *input) under(cmd *cobra.Command, p *posting.Process) (*input, error) {
	over, err := i.overlay(p)
	if err != nil {
		return nil, err
	}
	if len(over.Edits) == 0 && len(over.Policy) == 0 {
		return i, nil
	}
	a, err := (&scenario.World{Source: i.source, Book: i.book}).Apply(over)
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err}
	}
	ps := &policy.Problems{List: a.Problems}
	if err := ps.Print(cmd.ErrOrStderr(), langOf(cmd)); err != nil {
		return nil, err
	}
	if a.Index == nil {
		return nil, errInput
	}
	return &input{i.source, i.book, a.Index, a.Policy, i.warnings + len(a.Problems)}, nil
}

// loadFor is load for a plan at hand: a plan of a later round is held against the input as its rounds left it.
func (i *input) loadFor(cmd *cobra.Command, p *posting.Process) (*input, error) {
	if n := len(p.Standing()); n > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "warning:", i18n.F("方案记有 %d 项会议决定，按这些决定核对", "the plan records %d decisions of meetings and is held against the input with these", n).In(langOf(cmd)))
	}
	return i.under(cmd, p)
}
