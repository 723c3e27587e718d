package policy

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cadre/internal/i18n"
)

// Severity tells whether a problem stops the run.
type Severity string

const (
	Error   Severity = "error"   // exit code 2, nothing is written
	Warning Severity = "warning" // the run goes on, but this is probably not what was meant
	Note    Severity = "note"    // nothing is wrong, but the planner should know
)

// Problem is one fault of an input, with the place where it stands and what would be right.
type Problem struct {
	Code     string // E1xxx of tables, E2xxx of a policy; stable, listed in docs/errors.md
	Severity Severity
	Where    string    // file:line:column of a policy, sheet!cell of a workbook
	Text     i18n.Text // what is wrong, and what was expected
	Hint     i18n.Text // what to do; may be empty
	at       place     // of a policy file: the order of printing
}

// Problems collects every fault of an input, so that all are shown at once. The zero value is ready to use.
type Problems struct{ List []Problem }

// Add appends problems.
func (ps *Problems) Add(p ...Problem) { ps.List = append(ps.List, p...) }

// Errors lists the problems that stop the run, in order of discovery.
func (ps *Problems) Errors() []Problem { return ps.of(Error) }

// Warnings lists the others.
func (ps *Problems) Warnings() []Problem { return ps.of(Warning) }

// HasErrors tells whether the run stops.
func (ps *Problems) HasErrors() bool {
	return slices.ContainsFunc(ps.List, func(p Problem) bool { return p.Severity == Error })
}

func (ps *Problems) of(s Severity) []Problem {
	var out []Problem
	for _, p := range ps.List {
		if p.Severity == s {
			out = append(out, p)
		}
	}
	return out
}

// Print writes one line a problem, and its hint below it.
func (ps *Problems) Print(w io.Writer, lang i18n.Lang) error {
	for _, p := range ps.List {
		if _, err := io.WriteString(w, p.In(lang)); err != nil {
			return err
		}
	}
	return nil
}

// In prints the problem in a language: `E2101 policy.yaml:3:5: …`, the hint on a line of its own.
func (p Problem) In(lang i18n.Lang) string {
	var b strings.Builder
	b.WriteString(p.Code + " ")
	if p.Where != "" {
		fmt.Fprintf(&b, "%s: ", p.Where)
	}
	fmt.Fprintln(&b, p.Text.In(lang))
	if hint := p.Hint.In(lang); hint != "" {
		fmt.Fprintln(&b, "hint:", hint)
	}
	return b.String()
}
