package mip

import (
	"bufio"
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
// It takes time and memory linear in the terms. The model must pass [Model.Check].
func WriteMPS(w io.Writer, m *Model) error {
	out := mpsWriter{Writer: bufio.NewWriter(w), model: m}
	out.name()
	out.head()
	out.rowSection()
	out.columnSection()
	out.rhsSection()
	out.rangeSection()
	out.boundSection()
	out.WriteString("ENDATA\n")
	return out.Flush()
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
	model    *Model
	rows     []mpsRow
	columns  []string
	entries  [][]entry // per column
	constant bool      // whether the last name of columns is the one of the constants
}

// name lays out rows, names and the column-wise matrix.
func (w *mpsWriter) name() {
	m := w.model
	var names []string
	for _, c := range m.Columns {
		names = append(names, c.Name)
		w.entries = append(w.entries, nil)
	}
	for _, l := range m.Levels {
		w.constant = w.constant || l.Constant != 0
	}
	if w.constant {
		names = append(names, "constant")
		w.entries = append(w.entries, nil)
	}
	w.columns = SafeNames("c", names)
	for k := range m.Levels {
		l := &m.Levels[k]
		w.addRow(mpsRow{kind: 'N', name: l.Name}, l.Terms)
		if l.Constant != 0 {
			last := len(w.entries) - 1
			w.entries[last] = append(w.entries[last], entry{len(w.rows) - 1, l.Constant})
		}
	}
	for i := range m.Rows {
		for _, r := range fileRows(&m.Rows[i]) {
			w.addRow(r, m.Rows[i].Terms)
		}
	}
	names = names[:0]
	for _, r := range w.rows {
		names = append(names, r.name)
	}
	for i, name := range SafeNames("r", names) {
		w.rows[i].name = name
	}
}

func (w *mpsWriter) addRow(r mpsRow, terms []Term) {
	i := len(w.rows)
	w.rows = append(w.rows, r)
	for _, t := range terms {
		if t.Coef != 0 {
			w.entries[t.Col] = append(w.entries[t.Col], entry{i, t.Coef})
		}
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
	width := r.Upper - r.Lower
	switch {
	case width > 0 && !math.IsInf(width, 1) && r.Upper-width == r.Lower:
		return []mpsRow{{kind: 'L', name: r.Name, rhs: r.Upper, width: width}}
	case width > 0 && r.Lower+width == r.Upper:
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
		for _, e := range w.entries[j] {
			fmt.Fprintf(w, " %s %s %s\n", name, w.rows[e.row].name, number(e.coef))
		}
		if len(w.entries[j]) == 0 {
			fmt.Fprintf(w, " %s %s 0\n", name, w.anyRow())
		}
	}
	if integer {
		w.marker(markers, false)
	}
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
			fmt.Fprintf(w, " RHS %s %s\n", r.name, number(r.rhs))
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
		fmt.Fprintf(w, " RNG %s %s\n", r.name, number(r.width))
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
	bound := func(kind string, v float64) { fmt.Fprintf(w, " %s BND %s %s\n", kind, name, number(v)) }
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
func number(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) <= exactInteger {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
