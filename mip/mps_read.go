package mip

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// maxFaults is how many faults of one file are reported: enough to mend a file in one go, few enough to read.
const maxFaults = 50

// ReadMPS reads a model in MPS format, free or fixed, as HiGHS reads it:
//   - a right-hand side on the objective row is minus the objective's constant;
//   - an integer column without any bound is [0, 1];
//   - a negative upper bound leaves a lower bound of 0 alone: the model is infeasible, with crossed bounds;
//   - N rows after the first are dropped, unless the file carries the level comments of [WriteMPS].
//
// A maximised objective is negated and marked ([Level.Negated]). Semi-continuous columns, special ordered sets,
// quadratic terms and everything else that a linear model cannot say are refused. All faults come back at once,
// joined, each with its line number. Time is linear in the text.
func ReadMPS(r io.Reader) (*Model, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	m, err := parseMPS(text, strings.Fields)
	if err == nil {
		return m, nil
	}
	// Names with spaces are legal in fixed format only. The fields of a sound free file rarely lie in the fixed
	// columns, so free goes first, and its faults are the ones to report where neither reading works.
	if m, fixedErr := parseMPS(text, fixedFields); fixedErr == nil {
		return m, nil
	}
	return nil, err
}

// mpsReader holds the state of one reading.
type mpsReader struct {
	split    func(string) []string
	line     int
	section  string
	faults   []error
	model    *Model
	rows     map[string]int // index into kinds, names of rows in file order
	rowKind  []byte         // N, L, G, E
	rowName  []string
	rhs      []float64
	hasRHS   []bool
	ranges   []float64 // NaN where none
	terms    [][]Term  // per row of the file, objective rows included
	cols     map[string]Col
	bounded  []bounds // what BOUNDS said, per column
	integers bool     // between INTORG and INTEND
	maximise bool
	levels   *levelNotes
	ended    bool
}

// bounds records which sides a BOUNDS section has set for a column.
type bounds struct{ any, lower, upper bool }

func parseMPS(text []byte, split func(string) []string) (*Model, error) {
	p := &mpsReader{split: split, model: &Model{}, rows: map[string]int{}, cols: map[string]Col{}, levels: newLevelNotes()}
	for line := range bytes.Lines(text) {
		p.line++
		p.read(strings.TrimRight(string(line), " \t\r\n"))
		if p.ended || len(p.faults) >= maxFaults {
			break
		}
	}
	if !p.ended && len(p.faults) < maxFaults {
		p.fault("the file ends without ENDATA; it may have been cut off")
	}
	if len(p.faults) == 0 {
		p.finish()
	}
	if len(p.faults) > 0 {
		return nil, errors.Join(p.faults...)
	}
	return p.model, nil
}

func (p *mpsReader) fault(format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf("line %d: "+format, append([]any{p.line}, args...)...))
}

// read takes one line: a comment, a section heading (in the first column) or data.
func (p *mpsReader) read(line string) {
	switch {
	case strings.TrimSpace(line) == "":
	case line[0] == '*':
		if err := p.levels.read(line); err != nil {
			p.fault("%w", err)
		}
	case line[0] != ' ' && line[0] != '\t':
		p.heading(strings.Fields(line))
	case p.section == "COLUMNS" && strings.Contains(line, "'MARKER'"):
		fields := strings.Fields(line) // files in fixed format put its words into other columns than data
		p.marker(fields[len(fields)-1])
	default:
		if fields := dropComment(p.split(line)); len(fields) > 0 {
			p.data(fields)
		}
	}
}

// dropComment cuts a field that begins with $, and what follows it, where the format allows a comment: in the
// third field or later.
func dropComment(fields []string) []string {
	for i := 2; i < len(fields); i++ {
		if strings.HasPrefix(fields[i], "$") {
			return fields[:i]
		}
	}
	return fields
}

func (p *mpsReader) heading(fields []string) {
	p.section = strings.ToUpper(fields[0])
	switch p.section {
	case "NAME":
		if len(fields) > 1 {
			p.model.Name = fields[1]
		}
	case "OBJSENSE":
		if len(fields) > 1 {
			p.sense(fields[1])
		}
	case "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS":
	case "ENDATA":
		p.ended = true
	default:
		p.fault("unknown section %q, expected NAME, OBJSENSE, ROWS, COLUMNS, RHS, RANGES, BOUNDS or ENDATA", fields[0])
		p.section = "skip"
	}
}

func (p *mpsReader) data(fields []string) {
	switch p.section {
	case "OBJSENSE":
		p.sense(fields[0])
	case "ROWS":
		p.row(fields)
	case "COLUMNS":
		p.column(fields)
	case "RHS":
		p.vector(fields, p.setRHS)
	case "RANGES":
		p.vector(fields, p.setRange)
	case "BOUNDS":
		p.bound(fields)
	case "skip": // its heading was reported
	default:
		p.fault("data outside a section, expected ROWS or another heading first")
	}
}

func (p *mpsReader) sense(word string) {
	switch strings.ToUpper(word) {
	case "MAX", "MAXIMIZE", "MAXIMISE":
		p.maximise = true
	case "MIN", "MINIMIZE", "MINIMISE":
		p.maximise = false
	default:
		p.fault("unknown objective sense %q, expected MIN or MAX", word)
	}
}

func (p *mpsReader) row(fields []string) {
	if len(fields) != 2 {
		p.fault("expected a row kind (N, L, G, E) and a name, found %d fields", len(fields))
		return
	}
	kind, name := strings.ToUpper(fields[0]), fields[1]
	if kind != "N" && kind != "L" && kind != "G" && kind != "E" {
		p.fault("unknown row kind %q, expected N, L, G or E", fields[0])
		return
	}
	if _, twice := p.rows[name]; twice {
		p.fault("row %q is declared twice", name)
		return
	}
	p.rows[name] = len(p.rowKind)
	p.rowKind = append(p.rowKind, kind[0])
	p.rowName = append(p.rowName, name)
	p.rhs = append(p.rhs, 0)
	p.hasRHS = append(p.hasRHS, false)
	p.ranges = append(p.ranges, math.NaN())
	p.terms = append(p.terms, nil)
}

func (p *mpsReader) column(fields []string) {
	if len(fields) != 3 && len(fields) != 5 {
		p.fault("expected a column and one or two pairs of row and number, found %d fields", len(fields))
		return
	}
	j, ok := p.declare(fields[0])
	for i := 1; ok && i < len(fields); i += 2 {
		p.entry(j, fields[i], fields[i+1])
	}
}

func (p *mpsReader) marker(word string) {
	switch strings.Trim(word, "'") {
	case "INTORG":
		p.integers = true
	case "INTEND":
		p.integers = false
	default:
		p.fault("unknown marker %s, expected 'INTORG' or 'INTEND'", word)
	}
}

// declare returns the column of that name, a new one where the name differs from the line before.
func (p *mpsReader) declare(name string) (Col, bool) {
	j, known := p.cols[name]
	last := Col(len(p.model.Columns) - 1)
	switch {
	case known && j != last:
		p.fault("column %q continues after other columns; its lines must stand together", name)
		return 0, false
	case known:
		return j, true
	}
	j = p.model.AddColumn(Column{Name: name, Lower: 0, Upper: Inf, Integer: p.integers})
	p.cols[name] = j
	p.bounded = append(p.bounded, bounds{})
	return j, true
}

func (p *mpsReader) entry(j Col, row, number string) {
	i, ok := p.rows[row]
	if !ok {
		p.fault("column %q names row %q, which ROWS does not declare", p.model.Columns[j].Name, row)
		return
	}
	v, ok := p.finite(number)
	if !ok {
		return
	}
	// The lines of a column stand together, so that a second entry for the row is the row's last term.
	if n := len(p.terms[i]); n > 0 && p.terms[i][n-1].Col == j {
		p.fault("column %q has two entries in row %q", p.model.Columns[j].Name, row)
		return
	}
	p.terms[i] = append(p.terms[i], Term{j, v})
}

// finite reads a number that may be neither NaN nor infinite.
func (p *mpsReader) finite(s string) (float64, bool) {
	v, ok := p.number(s)
	if ok && math.IsInf(v, 0) {
		p.fault("%q is not a finite number", s)
		return 0, false
	}
	return v, ok
}

// number reads a number; Fortran's exponent letter D is taken for E. NaN is refused.
func (p *mpsReader) number(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil && strings.ContainsAny(s, "dD") {
		v, err = strconv.ParseFloat(strings.NewReplacer("d", "e", "D", "e").Replace(s), 64)
	}
	if err != nil || math.IsNaN(v) || strings.ContainsAny(s, "xX_") {
		p.fault("%q is not a number", s)
		return 0, false
	}
	return v, true
}

// vector reads a line of RHS or RANGES: an optional set name, then pairs of row and number.
func (p *mpsReader) vector(fields []string, set func(row int, v float64)) {
	pairs := fields[len(fields)%2:]
	if len(pairs) == 0 || len(pairs) > 4 {
		p.fault("expected one or two pairs of row and number, found %d fields", len(fields))
		return
	}
	for k := 0; k < len(pairs); k += 2 {
		i, ok := p.rows[pairs[k]]
		if !ok {
			p.fault("row %q is not declared in ROWS", pairs[k])
			continue
		}
		if v, ok := p.finite(pairs[k+1]); ok {
			set(i, v)
		}
	}
}

func (p *mpsReader) setRHS(i int, v float64) {
	if p.hasRHS[i] {
		p.fault("row %q has two right-hand sides", p.rowName[i])
		return
	}
	p.rhs[i], p.hasRHS[i] = v, true
}

func (p *mpsReader) setRange(i int, v float64) {
	switch {
	case p.rowKind[i] == 'N':
		p.fault("row %q is an objective and cannot have a range", p.rowName[i])
	case !math.IsNaN(p.ranges[i]):
		p.fault("row %q has two ranges", p.rowName[i])
	default:
		p.ranges[i] = v
	}
}
