package mip

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"

	"cadre/internal/i18n"
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
// quadratic terms and everything else that a linear model cannot say are refused; so is what other readers take in different ways:
// a second right-hand side of a row, a second bound of one side of a column, a second and opposite sense, a range of an objective. Which
// of the two was meant only the author knows, and a model solved with the other looks sound. All faults come back at once,
// joined, each with its line number. Time is linear in the text, memory twice the text at most; the text is read while it
// is parsed.
func ReadMPS(r io.Reader) (*Model, error) {
	var text [][]byte
	next, stop := blocksOf(r)
	m, err := parseMPS(remember(next, &text), freeFields)
	stop()
	if err == nil || errors.Is(err, errReading) {
		return m, err
	}
	// Names with spaces are legal in fixed format only. The fields of a sound free file rarely lie in the fixed
	// columns, so free goes first, and its faults are the ones to report where neither reading works.
	if m, fixedErr := parseMPS(given(text), fixedFields); fixedErr == nil {
		return m, nil
	}
	return nil, err
}

// mpsReader holds the state of one reading.
type mpsReader struct {
	split    splitter
	fields   [][]byte // of the present line
	line     int
	section  string
	faults   []error
	model    *Model
	rows     []fileRow
	rowAt    map[string]int32
	entries  entries
	cols     map[string]Col
	bounded  []bounds // what BOUNDS said, per column
	latest   Col      // the column whose bounds came last
	integers bool     // between INTORG and INTEND
	maximise bool
	sensed   bool // whether OBJSENSE has said so
	crowded  bool // whether a line has another number of fields than it should
	levels   *levelNotes
	ended    bool
}

// fileRow is a row of the file, objective rows included.
type fileRow struct {
	name   string
	kind   byte // N, L, G, E
	rhs    float64
	hasRHS bool
	width  float64 // of the range, NaN where none
	last   Col     // the last column with an entry
}

// bounds records which sides a BOUNDS section has set for a column.
type bounds struct{ any, lower, upper bool }

func parseMPS(blocks func() ([]byte, error), split splitter) (*Model, error) {
	p := &mpsReader{split: split, model: &Model{}, rowAt: map[string]int32{}, cols: map[string]Col{}, levels: newLevelNotes()}
	if err := p.readAll(blocks); err != nil {
		return nil, err
	}
	switch {
	case p.line == 0:
		return nil, i18n.E("第 1 行：文件是空的，应有 ROWS", "line 1: the file is empty, expected ROWS")
	case !p.ended && len(p.faults) < maxFaults:
		p.fault("文件没有以 ENDATA 结束，可能不完整", "the file ends without ENDATA; it may have been cut off")
	}
	if len(p.faults) == 0 {
		p.finish()
	}
	if len(p.faults) > 0 {
		if p.crowded {
			p.faults = append(p.faults, i18n.E("含空格的名称只在固定格式中可用，各项须在第 2-3、5-12、15-22、25-36、40-47、50-61 列",
				"names with spaces are read in fixed format only: all fields in columns 2-3, 5-12, 15-22, 25-36, 40-47, 50-61"))
		}
		return nil, errors.Join(p.faults...)
	}
	return p.model, nil
}

func (p *mpsReader) readAll(blocks func() ([]byte, error)) error {
	for {
		block, err := blocks()
		for len(block) > 0 && !p.ended && len(p.faults) < maxFaults {
			line := block
			if end := bytes.IndexByte(block, '\n'); end >= 0 {
				line, block = block[:end], block[end+1:]
			} else {
				block = nil
			}
			p.line++
			p.read(bytes.TrimRight(line, " \t\r"))
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return i18n.E("%s：%s", "%s: %s", errReading, err)
		}
	}
}

func (p *mpsReader) fault(zh, en string, args ...any) {
	p.faults = append(p.faults, i18n.E("第 %d 行：%s", "line %d: %s", p.line, i18n.F(zh, en, args...)))
}

// count is how many fields a line has that should have another number of them.
func (p *mpsReader) count(fields [][]byte) int {
	p.crowded = p.crowded || len(fields) > 2 // as names with spaces make
	return len(fields)
}

// read takes one line: a comment, a section heading (in the first column) or data.
func (p *mpsReader) read(line []byte) {
	switch {
	case len(bytes.TrimSpace(line)) == 0:
	case line[0] == '*':
		if err := p.levels.read(string(line)); err != nil {
			p.fault("%s", "%s", err)
		}
	case line[0] != ' ' && line[0] != '\t':
		p.heading(strings.Fields(string(line)))
	case p.section == "COLUMNS" && bytes.Contains(line, markerWord):
		fields := strings.Fields(string(line)) // files in fixed format put its words into other columns than data
		p.marker(fields[len(fields)-1])
	default:
		p.fields = p.split(line, p.fields[:0])
		if fields := dropComment(p.fields); len(fields) > 0 {
			p.data(fields)
		}
	}
}

var markerWord = []byte("'MARKER'")

// dropComment cuts a field that begins with $, and what follows it, where the format allows a comment: in the
// third field or later.
func dropComment(fields [][]byte) [][]byte {
	for i := 2; i < len(fields); i++ {
		if len(fields[i]) > 0 && fields[i][0] == '$' {
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
		p.fault("没有 %q 这个段，应为 NAME、OBJSENSE、ROWS、COLUMNS、RHS、RANGES、BOUNDS 或 ENDATA", "unknown section %q, expected NAME, OBJSENSE, ROWS, COLUMNS, RHS, RANGES, BOUNDS or ENDATA", fields[0])
		p.section = "skip"
	}
}

func (p *mpsReader) data(fields [][]byte) {
	switch p.section {
	case "OBJSENSE":
		p.sense(string(fields[0]))
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
		p.fault("数据不在任何段中，前面应有 ROWS 等段名", "data outside a section, expected ROWS or another heading first")
	}
}

func (p *mpsReader) sense(word string) {
	maximise := false
	switch strings.ToUpper(word) {
	case "MAX", "MAXIMIZE", "MAXIMISE":
		maximise = true
	case "MIN", "MINIMIZE", "MINIMISE":
	default:
		p.fault("没有 %q 这个目标方向，应为 MIN 或 MAX", "unknown objective sense %q, expected MIN or MAX", word)
		return
	}
	if p.sensed && maximise != p.maximise {
		p.fault("目标方向写了两次，前后相反；只留一个", "the objective sense is stated twice, one the opposite of the other; keep one")
	}
	p.maximise, p.sensed = maximise, true
}

func (p *mpsReader) row(fields [][]byte) {
	if len(fields) != 2 {
		p.fault("应为约束种类（N、L、G、E）和名称，共 2 项；这里有 %d 项", "expected a row kind (N, L, G, E) and a name, found %d fields", p.count(fields))
		return
	}
	kind, name := strings.ToUpper(string(fields[0])), string(fields[1])
	if kind != "N" && kind != "L" && kind != "G" && kind != "E" {
		p.fault("没有 %q 这个约束种类，应为 N、L、G 或 E", "unknown row kind %q, expected N, L, G or E", fields[0])
		return
	}
	if _, twice := p.rowAt[name]; twice {
		p.fault("约束 %q 声明了两次", "row %q is declared twice", name)
		return
	}
	p.rowAt[name] = int32(len(p.rows))
	p.rows = append(p.rows, fileRow{name: name, kind: kind[0], width: math.NaN(), last: -1})
}

func (p *mpsReader) column(fields [][]byte) {
	if len(fields) != 3 && len(fields) != 5 {
		p.fault("应为变量名和一两对约束名、数值；这里有 %d 项", "expected a column and one or two pairs of row and number, found %d fields", p.count(fields))
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
		p.fault("没有 %s 这个标记，应为 'INTORG' 或 'INTEND'", "unknown marker %s, expected 'INTORG' or 'INTEND'", word)
	}
}

// declare returns the column of that name, a new one where the name differs from the line before.
func (p *mpsReader) declare(name []byte) (Col, bool) {
	last := Col(len(p.model.Columns) - 1)
	if last >= 0 && p.model.Columns[last].Name == string(name) {
		return last, true
	}
	if _, known := p.cols[string(name)]; known {
		p.fault("变量 %q 在别的变量之后又出现；同一变量的各行要连在一起", "column %q continues after other columns; its lines must stand together", name)
		return 0, false
	}
	own := string(name)
	j := p.model.AddColumn(Column{Name: own, Lower: 0, Upper: Inf, Integer: p.integers})
	p.cols[own] = j
	p.bounded = append(p.bounded, bounds{})
	return j, true
}

func (p *mpsReader) entry(j Col, row, number []byte) {
	i, ok := p.rowAt[string(row)]
	if !ok {
		p.fault("变量 %q 用到约束 %q，ROWS 中没有声明", "column %q names row %q, which ROWS does not declare", p.model.Columns[j].Name, row)
		return
	}
	v, ok := p.finite(number)
	if !ok {
		return
	}
	// The lines of a column stand together, so that a second entry for the row follows upon the first.
	if p.rows[i].last == j {
		p.fault("变量 %q 在约束 %q 中有两个系数", "column %q has two entries in row %q", p.model.Columns[j].Name, row)
		return
	}
	p.rows[i].last = j
	p.entries.add(i, Term{j, v})
}

// finite reads a number that may be neither NaN nor infinite.
func (p *mpsReader) finite(s []byte) (float64, bool) {
	v, ok := p.number(s)
	if ok && math.IsInf(v, 0) {
		p.fault("%q 不是有限的数", "%q is not a finite number", s)
		return 0, false
	}
	return v, ok
}

// number reads a number; NaN is refused.
func (p *mpsReader) number(s []byte) (float64, bool) {
	v, ok := ParseNumber(s)
	switch {
	case !ok:
		p.fault("%q 不是数", "%q is not a number", s)
	case !AsWritten(s, v) && math.Abs(v) < infinite: // beyond, bounds are none, whatever their digits
		p.model.Rounded.note(p.line, s, v)
	}
	return v, ok
}

// vector reads a line of RHS or RANGES: an optional set name, then pairs of row and number.
func (p *mpsReader) vector(fields [][]byte, set func(row *fileRow, v float64)) {
	pairs := fields[len(fields)%2:]
	if len(pairs) == 0 || len(pairs) > 4 {
		p.fault("应为一两对约束名和数值；这里有 %d 项", "expected one or two pairs of row and number, found %d fields", p.count(fields))
		return
	}
	for k := 0; k < len(pairs); k += 2 {
		i, ok := p.rowAt[string(pairs[k])]
		if !ok {
			p.fault("约束 %q 没有在 ROWS 中声明", "row %q is not declared in ROWS", pairs[k])
			continue
		}
		if v, ok := p.finite(pairs[k+1]); ok {
			set(&p.rows[i], v)
		}
	}
}

func (p *mpsReader) setRHS(r *fileRow, v float64) {
	if r.hasRHS {
		p.fault("约束 %q 有两个右端项", "row %q has two right-hand sides", r.name)
		return
	}
	r.rhs, r.hasRHS = v, true
}

func (p *mpsReader) setRange(r *fileRow, v float64) {
	switch {
	case r.kind == 'N':
		p.fault("%q 是目标，不能有 RANGES", "row %q is an objective and cannot have a range", r.name)
	case !math.IsNaN(r.width):
		p.fault("约束 %q 有两个 RANGES", "row %q has two ranges", r.name)
	default:
		r.width = v
	}
}
