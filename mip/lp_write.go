package mip

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"
)

// WriteLP writes the model in CPLEX LP format for people to read: rows in full, each under a comment that names its
// clause and subjects. UTF-8 names are kept; readers of ASCII, such as GLPK's, take MPS. The first level is the
// objective, later levels stand as comments before it. A row with two different finite sides becomes two rows, since
// not every reader takes ranges. The objective constant is a column fixed at 1, as in [WriteMPS]. It takes time linear
// in the terms; the model must pass [Model.Check].
func WriteLP(w io.Writer, m *Model) error {
	out := lpWriter{Writer: bufio.NewWriter(w), model: m}
	out.name()
	out.objective()
	out.rows()
	out.boundSection()
	out.integers()
	out.WriteString("End\n")
	return out.Flush()
}

type lpWriter struct {
	*bufio.Writer
	model    *Model
	columns  []string // model columns, then the constant's
	rowNames []string
	dummy    bool // whether the constant's column exists
}

func (w *lpWriter) name() {
	var columns, rows []string
	for _, c := range w.model.Columns {
		columns = append(columns, lpName(c.Name))
	}
	w.dummy = len(w.model.Columns) == 0
	for _, l := range w.model.Levels {
		w.dummy = w.dummy || l.Constant != 0
	}
	w.columns = SafeNames("c", append(columns, "constant"))
	for _, r := range w.model.Rows {
		rows = append(rows, lpName(r.Name))
	}
	w.rowNames = SafeNames("r", rows)
}

// lpName replaces the characters that LP expressions use as signs, and a beginning that reads as a number.
func lpName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`+-*/^<>=:[]\`, r) {
			return '_'
		}
		return r
	}, name)
	if looksNumeric(name) {
		name = "_" + name
	}
	if lpReserved[strings.ToLower(name)] {
		name += "_"
	}
	return name
}

// looksNumeric says whether a reader may take the beginning of the name for a number or an exponent.
func looksNumeric(name string) bool {
	const digits = ".0123456789"
	if name == "" || name[0] != 'e' && name[0] != 'E' {
		return name != "" && strings.IndexByte(digits, name[0]) >= 0
	}
	return len(name) == 1 || strings.IndexByte(digits, name[1]) >= 0
}

var lpReserved = map[string]bool{
	"minimize": true, "minimum": true, "min": true, "maximize": true, "maximum": true, "max": true, "st": true, "s.t.": true,
	"subject": true, "such": true, "bounds": true, "bound": true, "general": true, "generals": true, "gen": true, "integer": true,
	"integers": true, "int": true, "binary": true, "binaries": true, "bin": true, "free": true, "infinity": true, "inf": true,
	"semi": true, "sos": true, "sos1": true, "sos2": true, "sets": true,
}

func (w *lpWriter) objective() {
	m := w.model
	fmt.Fprintf(w, "\\ %s: %d columns, %d rows\n", oneLine(m.Name), len(m.Columns), len(m.Rows))
	for k := range m.Levels {
		l := &m.Levels[k]
		fmt.Fprintf(w, "\\ level %d: %s, in %s / %d", k+1, oneLine(l.Name), oneLine(l.Unit), l.Scale)
		if l.Negated {
			w.WriteString(", the source maximises its negative")
		}
		w.WriteByte('\n')
		if k > 0 {
			w.WriteString("\\ ")
			w.expression(l.Terms, l.Constant, "\n\\ ")
			w.WriteByte('\n')
		}
	}
	w.WriteString("Minimize\n obj: ")
	if len(m.Levels) > 0 {
		w.expression(m.Levels[0].Terms, m.Levels[0].Constant, "\n ")
	} else {
		w.expression(nil, 0, "\n ")
	}
	w.WriteByte('\n')
}

// termsPerLine keeps lines far below the 510 characters that some readers take, even with long names.
const termsPerLine = 6

func (w *lpWriter) expression(terms []Term, constant float64, newLine string) {
	n := 0
	add := func(coef float64, name string) {
		switch {
		case n > 0 && n%termsPerLine == 0:
			w.WriteString(newLine)
		case n > 0:
			w.WriteByte(' ')
		}
		sign := "+ "
		if coef < 0 {
			sign = "- "
		}
		fmt.Fprintf(w, "%s%s %s", sign, number(math.Abs(coef)), name)
		n++
	}
	for _, t := range terms {
		if t.Coef != 0 {
			add(t.Coef, w.columns[t.Col])
		}
	}
	if constant != 0 {
		add(constant, w.columns[len(w.columns)-1])
	}
	if n == 0 { // the grammar wants a term
		fmt.Fprintf(w, "0 %s", w.columns[0])
	}
}

func (w *lpWriter) rows() {
	w.WriteString("Subject To\n")
	for i, r := range w.model.Rows {
		if r.Stamp.Clause != "" || len(r.Stamp.Subjects) > 0 {
			fmt.Fprintf(w, "\\ %s: %s\n", oneLine(r.Stamp.Clause), oneLine(strings.Join(r.Stamp.Subjects, ", ")))
		}
		name := w.rowNames[i]
		if r.Lower == r.Upper {
			w.row(name, r.Terms, "=", r.Lower)
			continue
		}
		if !math.IsInf(r.Lower, -1) {
			w.row(name, r.Terms, ">=", r.Lower)
			name += ".upper"
		}
		if !math.IsInf(r.Upper, 1) {
			w.row(name, r.Terms, "<=", r.Upper)
		}
	}
}

func (w *lpWriter) row(name string, terms []Term, relation string, side float64) {
	fmt.Fprintf(w, " %s: ", name)
	w.expression(terms, 0, "\n  ")
	fmt.Fprintf(w, " %s %s\n", relation, number(side))
}

func (w *lpWriter) boundSection() {
	w.WriteString("Bounds\n")
	for j, c := range w.model.Columns {
		name := w.columns[j]
		switch noLower, noUpper := math.IsInf(c.Lower, -1), math.IsInf(c.Upper, 1); {
		case noLower && noUpper:
			fmt.Fprintf(w, " %s free\n", name)
		case c.Lower == c.Upper:
			fmt.Fprintf(w, " %s = %s\n", name, number(c.Lower))
		case noLower:
			fmt.Fprintf(w, " -inf <= %s <= %s\n", name, number(c.Upper))
		case noUpper:
			fmt.Fprintf(w, " %s >= %s\n", name, number(c.Lower))
		default:
			fmt.Fprintf(w, " %s <= %s <= %s\n", number(c.Lower), name, number(c.Upper))
		}
	}
	if w.dummy {
		fmt.Fprintf(w, " %s = 1\n", w.columns[len(w.columns)-1])
	}
}

func (w *lpWriter) integers() {
	heading := false
	for j, c := range w.model.Columns {
		if !c.Integer {
			continue
		}
		if !heading {
			w.WriteString("Generals\n")
			heading = true
		}
		fmt.Fprintf(w, " %s\n", w.columns[j])
	}
}
