package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cadre/audit"
	"cadre/internal/i18n"
	"cadre/posting"
	"cadre/workbook"
)

func newAuditCmd() *cobra.Command {
	var in inputFlags
	var round roundFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "audit INPUT PLAN",
		Short:   "judge a plan (json, xlsx, csv) against every clause, without a solver",
		Example: "  cadre audit examples/county out/county/plan.json",
		Args:    exactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			i, err := load(cmd, args[0], in)
			if err != nil {
				return err
			}
			process, err := round.process(cmd, i)
			if err != nil {
				return err
			}
			plan, i, err := loadPlan(cmd, args[1], i, process)
			if err != nil {
				return err
			}
			report, err := audit.Judge(i.index, i.policy, plan, langOf(cmd))
			if err != nil {
				return &exitError{code: exitInput, err: err, hint: i18n.T("方案与输入不是一套", "the plan and the input do not belong together")}
			}
			if err := printAudit(cmd.OutOrStdout(), report, asJSON, langOf(cmd)); err != nil {
				return err
			}
			if n := len(report.Violated); n > 0 {
				return told(exitViolation, i18n.F("方案有 %d 处违反政策", "the plan breaks the policy in %d places", n), i18n.T("以上逐处列出条款和人员", "each is named above with its clause and people"))
			}
			return nil
		},
	}
	in.add(cmd)
	round.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the judgement as JSON")
	return cmd
}

// loadPlan reads a plan, with the input as the rounds before it left it (by --previous, else as the plan records them), and
// warns where it was made from another input.
func loadPlan(cmd *cobra.Command, path string, i *input, process posting.Process) (*posting.Plan, *input, error) {
	plan, problems, err := workbook.ReadPlan(path, i.index.Instance)
	if err != nil {
		return nil, nil, &exitError{code: exitUsage, err: err, hint: i18n.T("PLAN 是 plan.json、plan.xlsx，或含 cadre、to 两列的 CSV", "PLAN is a plan.json, a plan.xlsx or a CSV with cadre and to")}
	}
	if err := problems.Write(cmd.ErrOrStderr(), langOf(cmd)); err != nil {
		return nil, nil, err
	}
	if problems.Errors() > 0 {
		return nil, nil, errInput
	}
	if process.Round > 0 {
		i, err = i.under(cmd, &process)
	} else {
		i, err = i.loadFor(cmd, &plan.Process)
	}
	if err != nil {
		return nil, nil, err
	}
	if h := plan.Inputs.Instance; h != "" && h != i.index.Hash {
		fmt.Fprintln(cmd.ErrOrStderr(), "warning:", i18n.T("方案所依据的数据与现在的数据不同", "the plan was made from other data than these").In(langOf(cmd)))
	}
	return plan, i, nil
}

func printAudit(w io.Writer, r posting.AuditReport, asJSON bool, lang i18n.Lang) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
	parts := []struct {
		title    i18n.Text
		findings []posting.Finding
	}{
		{i18n.T("违反", "violated"), r.Violated},
		{i18n.T("未达到", "missed"), r.Missed},
		{i18n.T("经批准的例外", "waived"), r.Waived},
		{i18n.T("需核实", "unverifiable"), r.Unverifiable},
	}
	for _, p := range parts {
		if _, err := fmt.Fprintf(w, "%s: %d\n", p.title.In(lang), len(p.findings)); err != nil {
			return err
		}
		for _, f := range p.findings {
			if _, err := fmt.Fprintf(w, "  %s  %s\n", f.Clause, f.Text); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(w, "%s: %d\n", i18n.T("符合的条款", "clauses kept").In(lang), len(r.Satisfied))
	return err
}
