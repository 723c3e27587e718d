package workbook

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
)

// Problem is one finding about the input, of the form that policies report: it stands at 岗位!F17 or posts.csv!F17, at a
// sheet or file where no cell is meant, and its severity is given by the first letter of the code.
type (
	Problem  = policy.Problem
	Severity = policy.Severity
)

// The severities of a problem: see policy.
const (
	Error   = policy.Error
	Warning = policy.Warning
	Note    = policy.Note
)

const (
	// PrintLimit is how many problems Write prints: more than anybody mends in one sitting.
	PrintLimit = 200
	// keepLimit bounds the memory of a hopeless input. Beyond it problems of a severity are counted, no longer kept.
	keepLimit = 2000
)

// found is a problem with its table, row and column: the order of printing.
type found struct {
	Problem
	rank [3]int
}

// Problems collects findings; the zero value is ready for use.
type Problems struct {
	list   []found
	counts map[Severity]int
}

// Count is how many problems of a severity there are, those that are no longer kept included.
func (ps *Problems) Count(s Severity) int { return ps.counts[s] }

// Errors is the number of problems that forbid using the input.
func (ps *Problems) Errors() int { return ps.Count(Error) }

// Len is the number of problems of any severity.
func (ps *Problems) Len() int { return ps.Count(Error) + ps.Count(Warning) + ps.Count(Note) }

// All returns the kept problems by table, row and column.
func (ps *Problems) All() []Problem {
	slices.SortStableFunc(ps.list, func(a, b found) int {
		return cmp.Or(slices.Compare(a.rank[:], b.rank[:]), cmp.Compare(a.Code, b.Code))
	})
	out := make([]Problem, len(ps.list))
	for i, f := range ps.list {
		out[i] = f.Problem
	}
	return out
}

// Write prints the first PrintLimit problems, errors before warnings before notes, and how many more there are.
func (ps *Problems) Write(w io.Writer, lang i18n.Lang) error {
	printed := 0
	for _, s := range []Severity{Error, Warning, Note} {
		for _, p := range ps.All() {
			if p.Severity != s || printed == PrintLimit {
				continue
			}
			printed++
			if _, err := io.WriteString(w, p.In(lang)); err != nil {
				return err
			}
		}
	}
	if more := ps.Len() - printed; more > 0 {
		_, err := fmt.Fprintln(w, i18n.F("另有 %d 个问题未列出", "and %d more", more).In(lang))
		return err
	}
	return nil
}

// full tells that there are so many problems that no more effort is spent on suggestions.
func (ps *Problems) full() bool { return ps.Len() >= keepLimit }

func (ps *Problems) add(code string, at place, text i18n.Text) {
	p := found{Problem{Code: code, Severity: severityOf(code), Where: at.String(), Text: text}, at.rank()}
	if ps.counts == nil {
		ps.counts = map[Severity]int{}
	}
	ps.counts[p.Severity]++
	if ps.counts[p.Severity] <= keepLimit {
		ps.list = append(ps.list, p)
	}
}

// adopt takes over the problems of another list.
func (ps *Problems) adopt(other *Problems) {
	ps.list = append(ps.list, other.list...)
	for s, n := range other.counts {
		if ps.counts == nil {
			ps.counts = map[Severity]int{}
		}
		ps.counts[s] += n
	}
}

func severityOf(code string) Severity {
	switch code[0] {
	case 'W':
		return Warning
	case 'N':
		return Note
	}
	return Error
}
