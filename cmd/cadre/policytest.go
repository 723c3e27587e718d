package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cadre/audit"
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/workbook"
)

func newPolicyCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "policy", Short: "run the department's own tests of the rules", Example: "  cadre policy test examples/county",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usageError(i18n.E("没有说明对政策做什么", "nothing to do with the policy given"), i18n.T("用 cadre policy test INPUT", "use cadre policy test INPUT"))
		},
	}
	cmd.AddCommand(newPolicyTestCmd())
	return cmd
}

func newPolicyTestCmd() *cobra.Command {
	var in inputFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "test INPUT",
		Short:   "run the rule tests of the table tests (规则测试), judged by the auditor",
		Example: "  cadre policy test examples/county",
		Args:    exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			i, err := load(cmd, args[0], in)
			if err != nil {
				return err
			}
			if err := checkRuleTests(cmd, i); err != nil {
				return err
			}
			report, err := runRuleTests(i, langOf(cmd))
			if err != nil {
				return &exitError{code: exitInput, err: err, hint: i18n.T("条款需要什么，见 cadre rules", "see cadre rules for what a clause needs")}
			}
			if err := report.print(cmd.OutOrStdout(), asJSON, langOf(cmd)); err != nil {
				return err
			}
			if report.Failed > 0 {
				return told(exitViolation, i18n.F("规则测试 %[2]d 项中 %[1]d 项未通过", "%[1]d of %[2]d rule tests fail", report.Failed, len(report.Tests)), i18n.T("以上逐项列出规则的结果；改正政策或者测试", "each is named above with what the rules say; mend the policy or the test"))
			}
			return nil
		},
	}
	in.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the outcomes as JSON")
	return cmd
}

// checkRuleTests shows what is wrong with the rows of the table of tests.
func checkRuleTests(cmd *cobra.Command, i *input) error {
	tests, ps := i.source.Tests(), &policy.Problems{}
	if len(tests) == 0 {
		return told(exitInput, i18n.T("输入中没有规则测试", "the input has no rule tests"), i18n.T("补一张 规则测试 表（编号、干部编号、岗位编号、预期），见 docs/tables.md", "add a table tests (规则测试) with no, cadre, post, expect; see docs/tables.md"))
	}
	for _, t := range tests {
		i.policy.ValidateTest(t.No, t.Clause, t.Period, i.source.Where, ps)
	}
	if err := ps.Print(cmd.ErrOrStderr(), langOf(cmd)); err != nil {
		return err
	}
	if ps.HasErrors() {
		return errInput
	}
	return nil
}

// testReport is what `cadre policy test --json` prints.
type testReport struct {
	Tests  []testOutcome `json:"tests"`
	Passed int           `json:"passed"`
	Failed int           `json:"failed"`
}

// testOutcome is one test with what the rules say. Expected and outcome are refused, allowed, due, not due, unverifiable.
type testOutcome struct {
	No       string   `json:"no"`
	Cadre    string   `json:"cadre"`
	Post     string   `json:"post"`
	Period   int      `json:"period"`
	Expected string   `json:"expected"`
	Clause   string   `json:"clause"` // that has to say so, "" any
	Outcome  string   `json:"outcome"`
	Passed   bool     `json:"passed"`
	Clauses  []string `json:"clauses"`      // all that refuse the post, or make a move due, whatever the test names
	Unknown  []string `json:"unverifiable"` // all that lack a datum
	Reasons  []string `json:"reasons"`
	About    string   `json:"about"`

	found workbook.Expectation
	want  workbook.Expectation
}

func runRuleTests(i *input, lang i18n.Lang) (*testReport, error) {
	r := &testReport{}
	for _, t := range i.source.Tests() {
		o, err := runRuleTest(i, &t, lang)
		if err != nil {
			return nil, err
		}
		if o.Passed {
			r.Passed++
		} else {
			r.Failed++
		}
		r.Tests = append(r.Tests, o)
	}
	return r, nil
}

// runRuleTest judges one test. A duty is looked at where one is expected, and where no post is given.
func runRuleTest(i *input, t *workbook.RuleTest, lang i18n.Lang) (testOutcome, error) {
	x, duty := i.index, t.Post == "" || t.Expect == workbook.ExpectDue || t.Expect == workbook.ExpectNotDue
	found, none := workbook.ExpectRefused, workbook.ExpectAllowed
	try := func() (audit.Trial, error) {
		return audit.TryPost(x, i.policy, x.CadreAt(t.Cadre), x.PostAt(t.Post), t.Period, t.Clause)
	}
	if duty {
		found, none = workbook.ExpectDue, workbook.ExpectNotDue
		try = func() (audit.Trial, error) { return audit.TryDuty(x, i.policy, x.CadreAt(t.Cadre), t.Period) }
	}
	trial, err := try()
	if err != nil {
		return testOutcome{}, err
	}
	o := testOutcome{No: t.No, Cadre: t.Cadre, Post: t.Post, Period: t.Period, Expected: t.Expect.Text().En, Clause: t.Clause, About: t.About,
		Clauses: []string{}, Unknown: []string{}, Reasons: []string{}, want: t.Expect, found: none}
	switch {
	case slices.ContainsFunc(trial.Found, func(r audit.Reason) bool { return spokenOf(t.Clause, r.Clause, i.policy) }):
		o.found = found
	case slices.ContainsFunc(trial.Unverifiable, func(r audit.Reason) bool { return spokenOf(t.Clause, r.Clause, i.policy) }):
		o.found = workbook.ExpectUnverifiable
	}
	o.Outcome, o.Passed = o.found.Text().En, o.found == t.Expect
	o.Clauses, o.Unknown = o.say(trial.Found, lang), o.say(trial.Unverifiable, lang)
	if !o.Passed && t.Clause != "" && !judged(t.Clause, i.policy) {
		o.Reasons = append(o.Reasons, i18n.F("条款 %s 已停用、不在有效期内，或者只作统计", "the clause %s is off, out of force, or only measured", t.Clause).In(lang))
	}
	return o, nil
}

// judged tells whether a clause of the name is active.
func judged(name string, pol *policy.Policy) bool {
	return slices.ContainsFunc(pol.Clauses, func(c policy.Clause) bool { return c.Names(name) && c.Active(pol.Calendar.Date) })
}

// spokenOf tells whether a test that names `name` ("" none) means the clause. Holds of every kind are one to it: a test
// cannot ask which flag of a person was set.
func spokenOf(name string, c *policy.Clause, pol *policy.Policy) bool {
	if name == "" || c != nil && c.Names(name) {
		return true
	}
	return c != nil && c.Shown() == policy.Hold && slices.ContainsFunc(pol.Clauses, func(k policy.Clause) bool {
		return k.Names(name) && k.Shown() == policy.Hold
	})
}

// say adds the texts of reasons, each once, and returns their clauses.
func (o *testOutcome) say(reasons []audit.Reason, lang i18n.Lang) []string {
	ids := []string{}
	for _, r := range reasons {
		id := ""
		if r.Clause != nil {
			id = r.Clause.Shown()
		}
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		if text := strings.TrimSpace(id + " " + r.Text.In(lang)); !slices.Contains(o.Reasons, text) {
			o.Reasons = append(o.Reasons, text)
		}
	}
	return ids
}

func (r *testReport) print(w io.Writer, asJSON bool, lang i18n.Lang) error {
	if asJSON {
		return writeJSON(w, r)
	}
	var b strings.Builder
	for _, t := range r.Tests {
		b.WriteString(t.line(lang))
	}
	fmt.Fprintln(&b, i18n.F("通过 %d 项，未通过 %d 项", "%d passed, %d failed", r.Passed, r.Failed).In(lang))
	_, err := io.WriteString(w, b.String())
	return err
}

// line is the outcome of a test in words; what the rules say stands below one that fails.
func (t *testOutcome) line(lang i18n.Lang) string {
	mark, whom := i18n.T("通过", "ok"), t.Cadre
	if !t.Passed {
		mark = i18n.T("未通过", "FAIL")
	}
	if t.Post != "" {
		whom += " → " + t.Post
	}
	if t.Period > 1 {
		whom += fmt.Sprintf(" @%d", t.Period)
	}
	want := t.want.Text().In(lang)
	if t.Clause != "" {
		want += " (" + t.Clause + ")"
	}
	out := fmt.Sprintf("%s %s %s: %s", mark.In(lang), t.No, whom, want)
	if !t.Passed {
		out += i18n.F("，实际为 %s", ", but %s", t.found.Text()).In(lang)
		for _, reason := range t.Reasons {
			out += "\n    " + reason
		}
	}
	return out + "\n"
}
