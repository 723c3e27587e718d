package mip

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
)

// WriteMPS writes the model in free MPS format, canonically: the same model gives the same bytes.
//   - Columns stand in model order, entries of a column in order of levels, then rows; zeros are left out.
//   - Every column has explicit bounds. A column that occurs nowhere is mentioned with a zero.
//   - There is no objective constant: a last column, fixed at 1, carries the constants where a level has one.
//   - Ordered levels are N rows, the first is the first level; comments keep scale and unit (see mps_levels.go).
//     Other readers minimise the first level.
//   - A row with both sides infinite is an N row without a level comment; a row with crossed sides, which the
//     format cannot say, becomes two rows.
//   - Names lose white space and are made unique (see [SafeNames]); clause stamps and blocks are left out.
//
// It takes time and memory linear in the terms. The model must pass [Model.Check]. A writer with a method Section() error is told
// where rows, columns, right-hand sides and bounds begin.
func WriteMPS(w io.Writer, m *Model) error {
	out := mpsWriter{Writer: bufio.NewWriter(w), model: m}
	told, _ := w.(interface{ Section() error })
	out.name()
	out.head()
	for _, section := range []func(){out.rowSection, out.columnSection, out.sideSection, out.boundSection} {
		if told != nil {
			if err := errors.Join(out.Flush(), told.Section()); err != nil {
				return err
			}
		}
		section()
	}
	out.WriteString("ENDATA\n")
	return out.Flush()
}

func (w *mpsWriter) sideSection() {
	w.rhsSection()
	w.rangeSection()
}

// mpsRow is a row of the file.
type mpsRow struct {
	kind  byte // N, L, G, E
	name  string
	rhs   float64
	width float64 // of the range, 0 none
}

// entry is one coefficient of a column of the file.
type entry struct {
	row  int
	coef float64
}

type mpsWriter struct {
	*bufio.Writer
	line     []byte // scratch
	model    *Model
	rows     []mpsRow
	columns  []string
	first    []int   // first[j] to first[j+1] are the entries of column j
	entries  []entry // by column
	constant bool    // whether the last name of columns is the one of the constants
}

// name lays out rows, names and the column-wise matrix.
func (w *mpsWriter) name() {
	m := w.model
	names := make([]string, len(m.Columns), len(m.Columns)+1)
	for j := range m.Columns {
		names[j] = m.Columns[j].Name
	}
	for _, l := range m.Levels {
		w.constant = w.constant || l.Constant != 0
	}
	if w.constant {
		names = append(names, "constant")
	}
	w.columns = SafeNames("c", names)
	w.layOut()
	names = names[:0]
	for _, r := range w.rows {
		names = append(names, r.name)
	}
	for i, name := range SafeNames("r", names) {
		w.rows[i].name = name
	}
}

// layOut lists the rows of the file and sorts the entries by column: first they are counted, then put in their places.
func (w *mpsWriter) layOut() {
	w.first = make([]int, len(w.columns)+2)
	w.eachRow(func(r mpsRow, terms []Term, constant float64) {
		w.rows = append(w.rows, r)
		w.eachEntry(terms, constant, func(j int, _ float64) { w.first[j+2]++ })
	})
	for j := 2; j < len(w.first); j++ {
		w.first[j] += w.first[j-1]
	}
	w.entries = make([]entry, w.first[len(w.first)-1])
	row := 0
	w.eachRow(func(_ mpsRow, terms []Term, constant float64) {
		w.eachEntry(terms, constant, func(j int, coef float64) {
			w.entries[w.first[j+1]] = entry{row, coef}
			w.first[j+1]++
		})
		row++
	})
}

// eachRow visits the rows of the file: levels, then rows.
func (w *mpsWriter) eachRow(visit func(r mpsRow, terms []Term, constant float64)) {
	for k := range w.model.Levels {
		l := &w.model.Levels[k]
		visit(mpsRow{kind: 'N', name: l.Name}, l.Terms, l.Constant)
	}
	for i := range w.model.Rows {
		for _, r := range fileRows(&w.model.Rows[i]) {
			visit(r, w.model.Rows[i].Terms, 0)
		}
	}
}

// eachEntry visits the entries of a row; a constant stands in the last column.
func (w *mpsWriter) eachEntry(terms []Term, constant float64, visit func(j int, coef float64)) {
	for _, t := range terms {
		if t.Coef != 0 {
			visit(int(t.Col), t.Coef)
		}
	}
	if constant != 0 {
		visit(len(w.columns)-1, constant)
	}
}

// fileRows says one row in the words of the format.
func fileRows(r *Constraint) []mpsRow {
	noLower, noUpper := math.IsInf(r.Lower, -1), math.IsInf(r.Upper, 1)
	switch {
	case noLower && noUpper:
		return []mpsRow{{kind: 'N', name: r.Name}}
	case noLower:
		return []mpsRow{{kind: 'L', name: r.Name, rhs: r.Upper}}
	case noUpper:
		return []mpsRow{{kind: 'G', name: r.Name, rhs: r.Lower}}
	case r.Lower == r.Upper:
		return []mpsRow{{kind: 'E', name: r.Name, rhs: r.Lower}}
	}
	width := decimalSum(r.Upper, -r.Lower)
	switch {
	case width > 0 && !math.IsInf(width, 1) && decimalSum(r.Upper, -width) == r.Lower:
		return []mpsRow{{kind: 'L', name: r.Name, rhs: r.Upper, width: width}}
	case width > 0 && decimalSum(r.Lower, width) == r.Upper:
		return []mpsRow{{kind: 'G', name: r.Name, rhs: r.Lower, width: width}}
	}
	return []mpsRow{ // crossed, or a range that rounding would move
		{kind: 'G', name: r.Name, rhs: r.Lower},
		{kind: 'L', name: r.Name + ".upper", rhs: r.Upper},
	}
}

func (w *mpsWriter) head() {
	fmt.Fprintf(w, "* %s %s\n", noteFile, noteVersion)
	for k, l := range w.model.Levels {
		sense := "min"
		if l.Negated {
			sense = "max"
		}
		fmt.Fprintf(w, "* %s %s %d %s", noteLevel, w.rows[k].name, l.Scale, sense)
		if l.Unit != "" {
			fmt.Fprintf(w, " %s", oneLine(l.Unit))
		}
		w.WriteByte('\n')
	}
	if w.constant {
		fmt.Fprintf(w, "* %s %s\n", noteConstant, w.columns[len(w.columns)-1])
	}
	name := "model"
	if w.model.Name != "" {
		name = safeName(w.model.Name)
	}
	fmt.Fprintf(w, "NAME %s\n", name)
}

func (w *mpsWriter) rowSection() {
	w.WriteString("ROWS\n")
	if len(w.model.Levels) == 0 {
		// Some readers insist on an objective. It has no level comment, and no entries: reading drops it.
		fmt.Fprintf(w, " N %s\n", noObjective)
	}
	for _, r := range w.rows {
		fmt.Fprintf(w, " %c %s\n", r.kind, r.name)
	}
}

// noObjective is the N row of a model without levels.
const noObjective = "cadre:none"

func (w *mpsWriter) columnSection() {
	w.WriteString("COLUMNS\n")
	integer := false
	markers := 0
	for j, name := range w.columns {
		if is := j < len(w.model.Columns) && w.model.Columns[j].Integer; is != integer {
			w.marker(markers, is)
			integer = is
			markers++
		}
		entries := w.entries[w.first[j]:w.first[j+1]]
		for _, e := range entries {
			w.data(e.coef, name, w.rows[e.row].name)
		}
		if len(entries) == 0 {
			w.data(0, name, w.anyRow())
		}
	}
	if integer {
		w.marker(markers, false)
	}
}

// data writes a line of words and a number.
func (w *mpsWriter) data(v float64, words ...string) {
	w.line = w.line[:0]
	for _, word := range words {
		w.line = append(append(w.line, ' '), word...)
	}
	w.line = append(appendNumber(append(w.line, ' '), v), '\n')
	_, _ = w.Write(w.line) // Flush tells
}

func (w *mpsWriter) marker(n int, integer bool) {
	word := "INTEND"
	if integer {
		word = "INTORG"
	}
	fmt.Fprintf(w, " M%d 'MARKER' '%s'\n", n, word)
}

// anyRow names a row in which an otherwise absent column is mentioned.
func (w *mpsWriter) anyRow() string {
	if len(w.model.Levels) == 0 {
		return noObjective
	}
	return w.rows[0].name
}

func (w *mpsWriter) rhsSection() {
	w.WriteString("RHS\n")
	for _, r := range w.rows {
		if r.rhs != 0 {
			w.data(r.rhs, "RHS", r.name)
		}
	}
}

func (w *mpsWriter) rangeSection() {
	heading := false
	for _, r := range w.rows {
		if r.width == 0 {
			continue
		}
		if !heading {
			w.WriteString("RANGES\n")
			heading = true
		}
		w.data(r.width, "RNG", r.name)
	}
}

func (w *mpsWriter) boundSection() {
	w.WriteString("BOUNDS\n")
	for j, c := range w.model.Columns {
		w.bounds(w.columns[j], c)
	}
	if w.constant {
		fmt.Fprintf(w, " FX BND %s 1\n", w.columns[len(w.columns)-1])
	}
}

func (w *mpsWriter) bounds(name string, c Column) {
	bound := func(kind string, v float64) { w.data(v, kind, "BND", name) }
	noLower, noUpper := math.IsInf(c.Lower, -1), math.IsInf(c.Upper, 1)
	switch {
	case noLower && noUpper:
		fmt.Fprintf(w, " FR BND %s\n", name)
		return
	case c.Lower == c.Upper:
		bound("FX", c.Lower)
		return
	case noLower:
		fmt.Fprintf(w, " MI BND %s\n", name)
	default:
		bound("LO", c.Lower)
	}
	if noUpper {
		fmt.Fprintf(w, " PL BND %s\n", name)
	} else {
		bound("UP", c.Upper)
	}
}

// exactInteger is the largest magnitude that is written in plain digits: all smaller integers are exact.
const exactInteger = 1 << 53

// number writes integers without exponent and everything else with the fewest digits that read back the same.
func number(v float64) string { return string(appendNumber(nil, v)) }

func appendNumber(to []byte, v float64) []byte {
	if v == math.Trunc(v) && math.Abs(v) <= exactInteger {
		return strconv.AppendInt(to, int64(v), 10)
	}
	return strconv.AppendFloat(to, v, 'g', -1, 64)
}
