package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/policy"
)

func newRulesCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "rules [NAME]",
		Short:   "list the built-in clauses, or state one clause or rule kind",
		Example: "  cadre rules\n  cadre rules R12\n  cadre rules yearly_share",
		Args:    cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			name := ""
			if len(args) > 0 {
				name = args[0]
			}
			clauses, err := clausesOf(name)
			if err != nil {
				return err
			}
			out, lang := cmd.OutOrStdout(), langOf(cmd)
			switch {
			case asJSON:
				return writeClausesJSON(out, clauses)
			case name == "":
				return writeClauses(out, clauses, lang)
			}
			return writeKind(out, clauses, lang)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the clauses as JSON")
	return cmd
}

// clausesOf selects the built-in clauses by name: a clause id, an id before its dot, or a rule kind; all where the
// name is empty.
func clausesOf(name string) ([]policy.Clause, error) {
	var out []policy.Clause
	for _, c := range policy.Builtin().Clauses {
		if name == "" || c.Names(name) || c.Kind == name {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		hint := i18n.T("全部见 cadre rules", "see cadre rules for all")
		if near := policy.Nearest(name, ruleNames()); near != "" {
			hint = i18n.F("是不是 %s？", "did you mean %s?", near)
		}
		return nil, usageError(i18n.E("没有 %q 这个条款或规则种类", "there is no clause or rule kind %q", name), hint)
	}
	return out, nil
}

func ruleNames() []string {
	names := policy.KindNames()
	for _, c := range policy.Builtin().Clauses {
		names = append(names, c.ID)
	}
	return names
}

func writeClauses(w io.Writer, clauses []policy.Clause, lang i18n.Lang) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range clauses {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", c.ID, c.Kind, c.Modality, c.Modality.Word(), c.Name.In(lang))
	}
	return t.Flush()
}

// writeKind prints the clauses as written in the built-in book, and then the page of their kind.
func writeKind(w io.Writer, clauses []policy.Clause, lang i18n.Lang) error {
	for i := range clauses {
		if err := writeClause(w, &clauses[i], lang); err != nil {
			return err
		}
	}
	printed := map[string]bool{}
	for _, c := range clauses {
		k := policy.Kinds()[c.Kind]
		if printed[k.Name] {
			continue
		}
		printed[k.Name] = true
		if _, err := fmt.Fprintf(w, "\n# %s\n%s\n%s\n%s\n\n%s", k.Name, k.Statement.In(lang), k.Breach.In(lang), sourceOf(k).In(lang), k.Body); err != nil {
			return err
		}
	}
	return nil
}

func sourceOf(k *policy.Kind) i18n.Text { return i18n.F("来源：%s", "source: %s", k.Source) }

// writeClause prints one clause in words: how strictly, for whom, with which numbers, on what authority.
func writeClause(w io.Writer, c *policy.Clause, lang i18n.Lang) error {
	say := func(t i18n.Text) string { return t.In(lang) }
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n    %s, %s (%s)\n    %s: %s\n", c.ID, say(c.Name), c.Kind, c.Modality, say(c.Modality.Text()), say(i18n.T("对象", "for")), say(c.Whom()))
	for _, s := range c.Settings() {
		fmt.Fprintf(&b, "    %s: %s (%s)\n", s.Name, say(s.Value), say(s.Text))
	}
	fmt.Fprintf(&b, "    %s", say(c.Citation.Text))
	if levels := c.Citation.CoveredLevels(); len(levels) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.Join(levels, ", "))
	}
	_, err := fmt.Fprintln(w, b.String())
	return err
}

// bothLanguages is a text in JSON.
type bothLanguages struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// clauseJSON is a built-in clause as `cadre rules --json` prints it.
type clauseJSON struct {
	ID         string          `json:"id"`
	Rule       string          `json:"rule"` // R05 of R05.a: the clauses of one rule share it
	Kind       string          `json:"kind"`
	Name       bothLanguages   `json:"name"`
	Modality   policy.Modality `json:"modality"`
	Word       bothLanguages   `json:"word"` // of the modality
	Citation   bothLanguages   `json:"citation"`
	Covers     []string        `json:"covers"` // levels for which it may be cited, empty: all
	For        map[string]any  `json:"for"`
	To         map[string]any  `json:"to"`
	Parameters map[string]any  `json:"parameters"`
	Level      string          `json:"level,omitempty"`
	Weight     float64         `json:"weight,omitempty"`
	Off        bool            `json:"off"`
	Statement  bothLanguages   `json:"statement"` // of the kind
	Breach     bothLanguages   `json:"breach"`
	Unit       bothLanguages   `json:"unit"`
	Source     bothLanguages   `json:"source"`
}

func newClauseJSON(c *policy.Clause) clauseJSON {
	k := policy.Kinds()[c.Kind]
	return clauseJSON{
		ID: c.ID, Rule: c.Rule(), Kind: c.Kind, Name: bothLanguages(c.Name), Modality: c.Modality, Word: bothLanguages(c.Modality.Text()),
		Citation: bothLanguages(c.Citation.Text), Covers: c.Citation.CoveredLevels(), For: c.For.Stated(), To: c.To.Stated(),
		Parameters: c.Stated(), Level: c.Level, Weight: float64(c.Weight) / policy.WeightScale, Off: c.Off,
		Statement: bothLanguages(k.Statement), Breach: bothLanguages(k.Breach), Unit: bothLanguages(k.Unit), Source: bothLanguages(k.Source),
	}
}

func writeClausesJSON(w io.Writer, clauses []policy.Clause) error {
	out := make([]clauseJSON, len(clauses))
	for i := range clauses {
		out[i] = newClauseJSON(&clauses[i])
	}
	return writeJSON(w, out)
}
