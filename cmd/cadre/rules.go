package main

import (
	"encoding/json"
	"fmt"
	"io"
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
		hint := "see cadre rules for all"
		if near := policy.Nearest(name, ruleNames()); near != "" {
			hint = fmt.Sprintf("did you mean %s?", near)
		}
		return nil, usageError("there is no clause or rule kind %q", hint, name)
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
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", c.ID, c.Kind, c.Modality, c.Name.In(lang))
	}
	return t.Flush()
}

// writeKind prints the clauses as written in the built-in book, and then the page of their kind.
func writeKind(w io.Writer, clauses []policy.Clause, lang i18n.Lang) error {
	for _, c := range clauses {
		params, err := json.Marshal(c.Stated())
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s  %s\n    %s, %s\n    %s\n    %s\n", c.ID, c.Name.In(lang), c.Kind, c.Modality, params, c.Citation.Text.In(lang)); err != nil {
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
		if _, err := fmt.Fprintf(w, "\n# %s\n%s\n\n%s", k.Name, k.Statement.In(lang), k.Body); err != nil {
			return err
		}
	}
	return nil
}

// bothLanguages is a text in JSON.
type bothLanguages struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

type clauseJSON struct {
	ID         string          `json:"id"`
	Kind       string          `json:"kind"`
	Name       bothLanguages   `json:"name"`
	Modality   policy.Modality `json:"modality"`
	Citation   bothLanguages   `json:"citation"`
	Parameters map[string]any  `json:"parameters"`
}

func writeClausesJSON(w io.Writer, clauses []policy.Clause) error {
	out := make([]clauseJSON, len(clauses))
	for i, c := range clauses {
		out[i] = clauseJSON{c.ID, c.Kind, bothLanguages(c.Name), c.Modality, bothLanguages(c.Citation.Text), c.Stated()}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
