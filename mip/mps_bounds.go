package mip

import (
	"math"
	"strings"
)

// infinite is the magnitude from which a bound counts as none, as HiGHS has it.
const infinite = 1e20

// bound reads a line of BOUNDS: kind, an optional set name, column, and a number for the kinds that take one.
func (p *mpsReader) bound(fields []string) {
	kind := strings.ToUpper(fields[0])
	valued, known := boundKinds[kind]
	if !known {
		if refused, why := refusedBounds[kind]; why {
			p.fault("bound kind %s: %s", kind, refused)
		} else {
			p.fault("unknown bound kind %q, expected UP, LO, FX, FR, MI, PL, BV, LI or UI", fields[0])
		}
		return
	}
	name, number, ok := p.boundFields(fields[1:], valued)
	if !ok {
		return
	}
	j, found := p.cols[name]
	if !found {
		p.fault("bound on column %q, which COLUMNS does not declare", name)
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

// boundKinds lists the kinds of bounds and whether a number follows.
var boundKinds = map[string]bool{
	"UP": true, "LO": true, "FX": true, "LI": true, "UI": true,
	"FR": false, "MI": false, "PL": false, "BV": false,
}

var refusedBounds = map[string]string{
	"SC": "semi-continuous columns are not supported; state them with a binary column",
	"SI": "semi-integer columns are not supported; state them with a binary column",
}

// boundFields tells the column and the number apart from an optional set name before them and, for kinds without
// a number, an ignored one behind them.
func (p *mpsReader) boundFields(rest []string, valued bool) (name, number string, ok bool) {
	switch {
	case valued && len(rest) == 2:
		return rest[0], rest[1], true
	case valued && len(rest) == 3:
		return rest[1], rest[2], true
	case !valued && len(rest) == 1:
		return rest[0], "", true
	case !valued && (len(rest) == 2 || len(rest) == 3):
		// "FR BND x" and "FR x 0" look alike: the second name decides.
		if _, isCol := p.cols[rest[1]]; isCol || len(rest) == 3 {
			return rest[1], "", true
		}
		return rest[0], "", true
	}
	p.fault("expected a bound kind, a set name, a column and (for UP, LO, FX, LI, UI) a number, found %d fields", len(rest)+1)
	return "", "", false
}

func (p *mpsReader) setBound(kind string, j Col, v float64) {
	c, b := &p.model.Columns[j], &p.bounded[j]
	lower := kind == "LO" || kind == "LI" || kind == "FX" || kind == "FR" || kind == "MI" || kind == "BV"
	upper := kind == "UP" || kind == "UI" || kind == "FX" || kind == "FR" || kind == "PL" || kind == "BV"
	if lower && b.lower || upper && b.upper {
		p.fault("column %q has two bounds of the same side", c.Name)
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
		p.fault("bound %s %g of column %q lies on the wrong side of infinity", kind, v, c.Name)
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
	for i, kind := range p.rowKind {
		if kind != 'N' {
			lower, upper := p.sides(i)
			m.AddRow(Constraint{Name: p.rowName[i], Lower: lower, Upper: upper, Terms: nonzero(p.terms[i])})
			continue
		}
		if p.levels.present && p.rowName[i] == noObjective {
			continue
		}
		level := Level{Name: p.rowName[i], Scale: 1, Terms: nonzero(p.terms[i]), Constant: 0 - p.rhs[i]}
		switch note, noted := p.levels.of(p.rowName[i]); {
		case noted:
			level.Scale, level.Unit, level.Negated = note.scale, note.unit, note.negated
			m.AddLevel(level)
		case p.levels.present:
			m.AddRow(Constraint{Name: level.Name, Lower: -Inf, Upper: Inf, Terms: level.Terms})
		case len(m.Levels) == 0:
			m.AddLevel(p.inSense(level))
		}
	}
	if err := p.levels.foldConstant(m, p.cols); err != nil {
		p.fault("%w", err)
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

// sides returns what kind, right-hand side and range of row i say.
func (p *mpsReader) sides(i int) (lower, upper float64) {
	rhs, width := p.rhs[i], math.Abs(p.ranges[i])
	ranged := !math.IsNaN(width)
	switch {
	case p.rowKind[i] == 'E' && !ranged:
		return rhs, rhs
	case p.rowKind[i] == 'E' && p.ranges[i] < 0:
		return rhs - width, rhs
	case p.rowKind[i] == 'E' || p.rowKind[i] == 'G' && ranged:
		return rhs, rhs + width
	case p.rowKind[i] == 'G':
		return rhs, Inf
	case ranged:
		return rhs - width, rhs
	}
	return -Inf, rhs
}

// nonzero drops explicit zeros, with which writers mention a column that occurs nowhere.
func nonzero(terms []Term) []Term {
	var kept []Term
	for _, t := range terms {
		if t.Coef != 0 {
			kept = append(kept, t)
		}
	}
	return kept
}

// fixedFields splits a data line by the columns of fixed MPS: 2-3, 5-12, 15-22, 25-36, 40-47, 50-61. Trailing
// empty fields are dropped and a missing first field (rows other than BOUNDS and ROWS) too; names keep their
// inner spaces.
func fixedFields(line string) []string {
	starts := [...]int{1, 4, 14, 24, 39, 49}
	ends := [...]int{3, 12, 22, 36, 47, 61}
	var fields []string
	for k, from := range starts {
		if from >= len(line) {
			break
		}
		to := min(ends[k], len(line))
		fields = append(fields, strings.TrimSpace(line[from:to]))
	}
	for len(fields) > 0 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	if len(fields) > 0 && fields[0] == "" {
		fields = fields[1:]
	}
	return fields
}
