package workbook

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"cadre/internal/i18n"
)

// Severity tells whether a problem keeps the input from being used.
type Severity string

const (
	Error   Severity = "error"   // no plan is made: exit 2
	Warning Severity = "warning" // read, but probably not what was meant
	Note    Severity = "note"    // nothing is wrong, but the planner should know
)

const (
	// PrintLimit is how many problems Write prints: more than anybody mends in one sitting.
	PrintLimit = 200
	// keepLimit bounds the memory of a hopeless input. Beyond it problems of a severity are counted, no longer kept.
	keepLimit = 2000
)

// Problem is one finding about the input.
type Problem struct {
	Code     string    // E1204: see docs/errors.md
	Severity Severity  // given by the first letter of the code
	Place    string    // 岗位!F17 or posts.csv!F17; a sheet or file alone where no cell is meant
	Text     i18n.Text // what is wrong, what was expected, and the nearest valid value
	rank     [3]int    // table, row, column: the order of printing
}

// In is the printed line in one language.
func (p Problem) In(lang i18n.Lang) string {
	if p.Place == "" {
		return p.Code + " " + p.Text.In(lang)
	}
	return p.Code + " " + p.Place + ": " + p.Text.In(lang)
}

// Problems collects findings; the zero value is ready for use.
type Problems struct {
	list   []Problem
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
	slices.SortStableFunc(ps.list, func(a, b Problem) int {
		return cmp.Or(slices.Compare(a.rank[:], b.rank[:]), cmp.Compare(a.Code, b.Code))
	})
	return ps.list
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
			if _, err := fmt.Fprintln(w, p.In(lang)); err != nil {
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
	p := Problem{Code: code, Severity: severityOf(code), Place: at.String(), Text: text, rank: at.rank()}
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
