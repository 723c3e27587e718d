package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/lint"
)

func newValidateCmd() *cobra.Command {
	var in inputFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "validate INPUT",
		Short:   "report every problem of the data and of the policy at once, and what the clauses touch, cannot reach and contradict",
		Example: "  cadre validate examples/county\n  cadre validate examples/county --json",
		Args:    exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			i, err := load(cmd, args[0], in)
			if err != nil {
				return err
			}
			report, out, lang := lint.Check(i.index, i.policy), cmd.OutOrStdout(), langOf(cmd)
			if asJSON {
				return writeJSON(out, newValidation(i, report, lang))
			}
			x := i.index
			if _, err := fmt.Fprintln(out, i18n.F(
				"可以使用：干部 %d 人，岗位 %d 个，单位 %d 个，地点 %d 个，条款 %d 条；提示 %d 条",
				"ready: %d cadres, %d posts, %d units, %d places, %d clauses; %d remarks",
				len(x.Cadres), len(x.Posts), len(x.Units), len(x.Places), len(i.policy.Clauses), i.warnings).In(lang)); err != nil {
				return err
			}
			return writeLint(out, report, lang)
		},
	}
	in.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the counts and findings as JSON")
	return cmd
}

// validation is what `cadre validate --json` prints: see docs/lint.md.
type validation struct {
	Cadres    int           `json:"cadres"`
	Posts     int           `json:"posts"`
	Units     int           `json:"units"`
	Places    int           `json:"places"`
	Remarks   int           `json:"remarks"`
	Estimated bool          `json:"estimated"`
	Clauses   []clauseCount `json:"clauses"`
	Findings  []lintFinding `json:"findings"`
}

type clauseCount struct {
	ID           string        `json:"id"`
	Rule         string        `json:"rule"`
	Kind         string        `json:"kind"`
	Name         bothLanguages `json:"name"`
	Modality     string        `json:"modality"`
	State        string        `json:"state"`
	Cadres       int           `json:"cadres"`
	Posts        int           `json:"posts"`
	Pairs        int           `json:"pairs"`
	Refused      int           `json:"refused"`
	Charged      int           `json:"charged"`
	Waived       int           `json:"waived"`
	Unverifiable int           `json:"unverifiable"`
	Demands      int           `json:"demands"`
	Due          int           `json:"due,omitempty"`
	Shares       []shareCount  `json:"shares,omitempty"`
}

type shareCount struct {
	Unit     string `json:"unit"`
	Eligible int    `json:"eligible"` // members, and the earlier moves of the year
	Earlier  int    `json:"earlier"`
	Asked    int    `json:"asked"`
	Movable  int    `json:"movable"`
}

type lintFinding struct {
	Code     string   `json:"code"`
	Severity string   `json:"severity"`
	Clause   string   `json:"clause"`
	Against  string   `json:"against"`
	Unit     string   `json:"unit"`
	Subjects []string `json:"subjects"`
	Measured int      `json:"measured"`
	Limit    int      `json:"limit"`
	Text     string   `json:"text"`
	Hint     string   `json:"hint"`
}

func newValidation(i *input, r *lint.Report, lang i18n.Lang) *validation {
	x := i.index
	out := &validation{Cadres: len(x.Cadres), Posts: len(x.Posts), Units: len(x.Units), Places: len(x.Places), Remarks: i.warnings, Estimated: r.Estimated,
		Clauses: []clauseCount{}, Findings: []lintFinding{}}
	for j := range r.Clauses {
		out.Clauses = append(out.Clauses, newClauseCount(&r.Clauses[j]))
	}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, lintFinding{f.Code, string(f.Severity), f.Clause, f.Against, f.Unit, append([]string{}, f.Subjects...), f.Measured, f.Limit, f.Text.In(lang), f.Hint.In(lang)})
	}
	return out
}

func newClauseCount(c *lint.Clause) clauseCount {
	out := clauseCount{ID: c.ID(), Rule: c.Clause.Rule(), Kind: c.Clause.Kind, Name: bothLanguages(c.Clause.Name), Modality: string(c.Clause.Modality), State: c.State,
		Cadres: c.Cadres, Posts: c.Posts, Pairs: c.Pairs, Refused: c.Refused, Charged: c.Charged, Waived: c.Waived, Unverifiable: c.Unknown,
		Demands: c.Demands, Due: c.Due}
	if c.Hold() {
		out.Rule, out.Kind = c.ID(), "hold"
	}
	for _, s := range c.Shares {
		out.Shares = append(out.Shares, shareCount{s.Unit, len(s.Members) + s.Earlier, s.Earlier, s.Asked, len(s.Movable)})
	}
	return out
}

// mostAlike is how many findings of one code and clause the text shows: JSON has them all.
const mostAlike = 10

func writeLint(w io.Writer, r *lint.Report, lang i18n.Lang) error {
	var b strings.Builder
	writeCounts(&b, r, lang)
	for _, part := range []struct {
		severity lint.Severity
		title    i18n.Text
	}{
		{lint.Contradiction, i18n.T("互相矛盾，没有方案", "contradictions: there is no plan")},
		{lint.Shortfall, i18n.T("任何方案都达不到", "shortfalls of every plan")},
		{lint.Note, i18n.T("提示", "notes")},
	} {
		writeFindings(&b, r, part.severity, part.title, lang)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeCounts prints a line for each clause that is active or measured.
func writeCounts(b *strings.Builder, r *lint.Report, lang i18n.Lang) {
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	say := func(zh, en string) string { return i18n.T(zh, en).In(lang) }
	fmt.Fprintln(t)
	fmt.Fprintln(t, strings.Join([]string{"", say("人员", "cadres"), say("岗位", "posts"), say("人岗组合", "pairs"), say("不允许", "refused"), say("计入", "charged"), say("例外", "waived"),
		say("待核实", "unverifiable"), say("整体要求", "demands"), ""}, "\t"))
	for i := range r.Clauses {
		if c := &r.Clauses[i]; c.State == "active" || c.State == "report" {
			fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t  %s%s\n", c.ID(), c.Cadres, c.Posts, c.Pairs, c.Refused, c.Charged, c.Waived, c.Unknown, c.Demands,
				c.Clause.Name.In(lang), extra(c).In(lang))
		}
	}
	t.Flush()
	if r.Estimated {
		fmt.Fprintln(b, say("人岗组合过多，以上组合数按部分人员推算", "too many pairs: their counts are estimated from a part of the cadres"))
	}
}

// extra is what a duty or a share has to say beside its counts.
func extra(c *lint.Clause) i18n.Text {
	out := i18n.Text{}
	if c.Due > 0 {
		out = i18n.F("：应交流 %d 人", ": %d due", c.Due)
	}
	if len(c.Shares) == 1 && c.Shares[0].Unit == "" {
		s := c.Shares[0]
		out = i18n.F("：符合条件 %[1]d 人，应交流 %[2]d 人，已交流 %[3]d 人，可以交流 %[4]d 人", ": %[1]d eligible, %[2]d asked, %[3]d earlier, %[4]d movable", len(s.Members)+s.Earlier, s.Asked, s.Earlier, len(s.Movable))
	}
	return out
}

// writeFindings prints the findings of a severity. Those that only name a clause share a line.
func writeFindings(b *strings.Builder, r *lint.Report, severity lint.Severity, title i18n.Text, lang i18n.Lang) {
	var order []string
	lines, more, alike := map[string][]string{}, map[string]int{}, map[string][]string{}
	for _, f := range r.Findings {
		key := f.Code + " " + f.Clause
		if f.Code == "L101" || f.Code == "L102" {
			key = f.Code
			alike[key] = append(alike[key], f.Clause)
		}
		switch {
		case f.Severity != severity:
			continue
		case len(lines[key]) == 0:
			order = append(order, key)
		case len(lines[key]) == mostAlike:
			more[key]++
			continue
		}
		lines[key] = append(lines[key], findingLines(&f, lang))
	}
	if len(order) > 0 {
		fmt.Fprintf(b, "\n%s\n", title.In(lang))
	}
	for _, key := range order {
		if clauses := alike[key]; clauses != nil {
			fmt.Fprintf(b, "%s %s: %s\n", key, codeText(key).In(lang), strings.Join(clauses, " "))
			continue
		}
		fmt.Fprintln(b, strings.Join(lines[key], "\n"))
		if n := more[key]; n > 0 {
			fmt.Fprintln(b, i18n.F("%[1]s：另有 %[2]d 条，见 --json", "%[1]s: %[2]d more, see --json", key, n).In(lang))
		}
	}
}

func findingLines(f *lint.Finding, lang i18n.Lang) string {
	line := f.Code + " " + f.Text.In(lang)
	if hint := f.Hint.In(lang); hint != "" {
		line += "\n    " + i18n.F("办法：%s", "way out: %s", hint).In(lang)
	}
	return line
}

func codeText(id string) i18n.Text {
	for _, c := range lint.Codes() {
		if c.ID == id {
			return c.Text
		}
	}
	return i18n.Text{}
}
