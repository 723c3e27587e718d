package mip

import (
	"bytes"
	"math"

	"cadre/internal/i18n"
)

// infinite is the magnitude from which a bound counts as none, as HiGHS has it.
const infinite = 1e20

// bound reads a line of BOUNDS: kind, an optional set name, column, and a number for the kinds that take one.
func (p *mpsReader) bound(fields [][]byte) {
	kind := string(bytes.ToUpper(fields[0]))
	valued, known := boundKinds[kind]
	if !known {
		if refused, why := refusedBounds[kind]; why {
			p.fault("界的种类 %s：%s", "bound kind %s: %s", kind, refused)
		} else {
			p.fault("没有 %q 这种界，应为 UP、LO、FX、FR、MI、PL、BV、LI 或 UI", "unknown bound kind %q, expected UP, LO, FX, FR, MI, PL, BV, LI or UI", fields[0])
		}
		return
	}
	name, number, ok := p.boundFields(fields[1:], valued)
	if !ok {
		return
	}
	j, found := p.named(name)
	if !found {
		p.fault("界所指的变量 %q 没有在 COLUMNS 中声明", "bound on column %q, which COLUMNS does not declare", name)
		return
	}
	v := 0.0
	if valued {
		if v, ok = p.number(number); !ok {
			return
		}
	}
	p.setBound(kind, j, v)
}

// named is the column of that name. Bounds mostly come in the order of the columns.
func (p *mpsReader) named(name []byte) (Col, bool) {
	for j := p.latest; j <= p.latest+1 && int(j) < len(p.model.Columns); j++ {
		if p.model.Columns[j].Name == string(name) {
			p.latest = j
			return j, true
		}
	}
	j, found := p.cols[string(name)]
	if found {
		p.latest = j
	}
	return j, found
}

// boundKinds lists the kinds of bounds and whether a number follows.
var boundKinds = map[string]bool{
	"UP": true, "LO": true, "FX": true, "LI": true, "UI": true,
	"FR": false, "MI": false, "PL": false, "BV": false,
}

var refusedBounds = map[string]i18n.Text{
	"SC": i18n.T("不支持半连续变量，请用一个 0-1 变量来写", "semi-continuous columns are not supported; state them with a binary column"),
	"SI": i18n.T("不支持半整数变量，请用一个 0-1 变量来写", "semi-integer columns are not supported; state them with a binary column"),
}

// boundFields tells the column and the number apart from an optional set name before them and, for kinds without
// a number, an ignored one behind them.
func (p *mpsReader) boundFields(rest [][]byte, valued bool) (name, number []byte, ok bool) {
	switch {
	case valued && len(rest) == 2:
		return rest[0], rest[1], true
	case valued && len(rest) == 3:
		return rest[1], rest[2], true
	case !valued && len(rest) == 1:
		return rest[0], nil, true
	case !valued && (len(rest) == 2 || len(rest) == 3):
		// "FR BND x" and "FR x 0" look alike: the second name decides.
		if _, isCol := p.cols[string(rest[1])]; isCol || len(rest) == 3 {
			return rest[1], nil, true
		}
		return rest[0], nil, true
	}
	p.fault("应为界的种类、组名、变量名和数值（UP、LO、FX、LI、UI 要有）；这里有 %d 项", "expected a bound kind, a set name, a column and (for UP, LO, FX, LI, UI) a number, found %d fields", p.count(rest)+1)
	return nil, nil, false
}

func (p *mpsReader) setBound(kind string, j Col, v float64) {
	c, b := &p.model.Columns[j], &p.bounded[j]
	lower := kind == "LO" || kind == "LI" || kind == "FX" || kind == "FR" || kind == "MI" || kind == "BV"
	upper := kind == "UP" || kind == "UI" || kind == "FX" || kind == "FR" || kind == "PL" || kind == "BV"
	if lower && b.lower || upper && b.upper {
		p.fault("变量 %q 的同一侧有两个界", "column %q has two bounds of the same side", c.Name)
		return
	}
	b.any, b.lower, b.upper = true, b.lower || lower, b.upper || upper
	switch kind {
	case "LO", "LI":
		c.Lower = clampInf(v)
	case "UP", "UI":
		c.Upper = clampInf(v)
	case "FX":
		c.Lower, c.Upper = v, v
	case "FR":
		c.Lower, c.Upper = -Inf, Inf
	case "MI":
		c.Lower = -Inf
	case "PL":
		c.Upper = Inf
	case "BV":
		c.Lower, c.Upper = 0, 1
	}
	if kind == "BV" || kind == "LI" || kind == "UI" {
		c.Integer = true
	}
	if math.IsInf(c.Lower, 1) || math.IsInf(c.Upper, -1) || math.IsInf(v, 0) && kind == "FX" {
		p.fault("界 %s %g 在无穷大的另一侧（变量 %q）", "bound %s %g of column %q lies on the wrong side of infinity", kind, v, c.Name)
	}
}

func clampInf(v float64) float64 {
	if math.Abs(v) >= infinite {
		return math.Copysign(math.Inf(1), v)
	}
	return v
}

// finish turns what was read into rows and levels.
func (p *mpsReader) finish() {
	m := p.model
	for j := range m.Columns {
		if m.Columns[j].Integer && !p.bounded[j].any {
			m.Columns[j].Upper = 1
		}
	}
	terms := p.entries.byRow(len(p.rows))
	p.entries = entries{}
	for i := range p.rows {
		p.finishRow(&p.rows[i], terms[i])
	}
	if err := p.levels.foldConstant(m, p.cols); err != nil {
		p.fault("%s", "%s", err)
	}
}

func (p *mpsReader) finishRow(r *fileRow, terms []Term) {
	m := p.model
	if r.kind != 'N' {
		lower, upper := r.sides()
		m.AddRow(Constraint{Name: r.name, Lower: lower, Upper: upper, Terms: terms})
		return
	}
	if p.levels.present && r.name == noObjective {
		return
	}
	level := Level{Name: r.name, Scale: 1, Terms: terms, Constant: 0 - r.rhs}
	switch note, noted := p.levels.of(r.name); {
	case noted:
		level.Scale, level.Unit, level.Negated = note.scale, note.unit, note.negated
		m.AddLevel(level)
	case p.levels.present:
		m.AddRow(Constraint{Name: level.Name, Lower: -Inf, Upper: Inf, Terms: level.Terms})
	case len(m.Levels) == 0:
		m.AddLevel(p.inSense(level))
	}
}

// inSense negates a maximised objective.
func (p *mpsReader) inSense(l Level) Level {
	if !p.maximise {
		return l
	}
	for k := range l.Terms {
		l.Terms[k].Coef = -l.Terms[k].Coef
	}
	l.Constant, l.Negated = 0-l.Constant, true
	return l
}

// sides returns what kind, right-hand side and range of a row say.
func (r *fileRow) sides() (lower, upper float64) {
	width := math.Abs(r.width)
	ranged := !math.IsNaN(width)
	switch {
	case r.kind == 'E' && !ranged:
		return r.rhs, r.rhs
	case r.kind == 'E' && r.width < 0:
		return decimalSum(r.rhs, -width), r.rhs
	case r.kind == 'E' || r.kind == 'G' && ranged:
		return r.rhs, decimalSum(r.rhs, width)
	case r.kind == 'G':
		return r.rhs, Inf
	case ranged:
		return decimalSum(r.rhs, -width), r.rhs
	}
	return -Inf, r.rhs
}
