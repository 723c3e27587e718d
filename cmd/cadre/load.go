package main

import (
	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// inputFlags are the flags of every verb that reads an INPUT.
type inputFlags struct{ policy, date string }

func (f *inputFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.policy, "policy", "", "policy file (default: policy.yaml in INPUT, or beside it)")
	cmd.Flags().StringVar(&f.date, "date", "", "plan date, such as 2026-01 (default: plan_date of the policy)")
}

// input is a read and checked INPUT with its policy.
type input struct {
	source   *workbook.Source
	book     *policy.Book
	index    *posting.Index
	policy   *policy.Policy
	warnings int
}

// errInput is the error of an input whose problems have been shown already.
var errInput = told(exitInput, i18n.T("输入有错误，没有写出任何文件", "the input has errors; nothing was written"),
	i18n.T("改正以上各处后重新运行；cadre validate 列出全部问题", "mend the places named above and run again; cadre validate shows all of them"))

// load reads the policy and the tables, and shows every problem of both at once on stderr.
func load(cmd *cobra.Command, path string, f inputFlags) (*input, error) {
	date, err := parseDate(f.date)
	if err != nil {
		return nil, err
	}
	source, err := workbook.Open(path)
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err, hint: i18n.T("INPUT 是一个 .xlsx 工作簿，或只含 CSV 表、只含一个 .xlsx 的文件夹", "INPUT is an .xlsx workbook, or a folder with either CSV tables or one .xlsx")}
	}
	book, pol, err := loadPolicy(cmd, path, f.policy, date)
	if err != nil {
		return nil, err
	}
	planDate := date
	if pol != nil {
		planDate = pol.Calendar.Date
	}
	in, problems, err := source.Read(workbook.Options{Date: planDate})
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err, hint: i18n.T("检查文件是否可读，是否在别处打开着", "check that the file can be read and is not open elsewhere")}
	}
	if err := problems.Write(cmd.ErrOrStderr(), langOf(cmd)); err != nil {
		return nil, err
	}
	if pol == nil || in == nil {
		return nil, errInput
	}
	return match(cmd, &input{source: source, book: book, policy: pol, warnings: problems.Len()}, in)
}

func parseDate(s string) (posting.Month, error) {
	var m posting.Month
	if err := m.UnmarshalText([]byte(s)); err != nil {
		return 0, &exitError{code: exitUsage, err: i18n.E("--date：%s", "--date: %s", err), hint: i18n.T("写年月，如 --date 2026-01", "give a month, such as --date 2026-01")}
	}
	return m, nil
}

// loadPolicy shows the problems of the policy, which is nil where it cannot be used.
func loadPolicy(cmd *cobra.Command, path, flag string, date posting.Month) (*policy.Book, *policy.Policy, error) {
	file, err := workbook.PolicyPath(path, flag)
	if err != nil {
		return nil, nil, &exitError{code: exitInput, err: err, hint: i18n.T("政策文件可以从 include: builtin 一行写起；见 cadre rules", "a policy can begin with `include: builtin`; see cadre rules")}
	}
	book, err := policy.OpenBook(file, policy.Options{Date: date})
	if err != nil {
		return nil, nil, &exitError{code: exitUsage, err: err, hint: i18n.T("检查 --policy 的路径", "check the path given with --policy")}
	}
	pol, problems := book.With()
	return book, pol, problems.Print(cmd.ErrOrStderr(), langOf(cmd))
}

// match holds the policy against the tables.
func match(cmd *cobra.Command, i *input, in *posting.Instance) (*input, error) {
	i.index = posting.NewIndex(in, i.policy.Calendar)
	problems := i.policy.Validate(i.index, i.source.Where)
	if err := problems.Print(cmd.ErrOrStderr(), langOf(cmd)); err != nil {
		return nil, err
	}
	if problems.HasErrors() {
		return nil, errInput
	}
	i.warnings += len(problems.List)
	return i, nil
}
