package mip

import "math"

// TrivialBound is the least value that a level can take within the column bounds alone, rows ignored: -Inf where a
// column is unbounded on the side that lowers it. Integer columns count with their integer bounds.
func (m *Model) TrivialBound(l *Level) float64 {
	bound := l.Constant
	for _, t := range l.Terms {
		c := &m.Columns[t.Col]
		side := c.Lower
		if c.Integer {
			side = math.Ceil(side)
		}
		if t.Coef < 0 {
			side = c.Upper
			if c.Integer {
				side = math.Floor(side)
			}
		}
		if t.Coef != 0 {
			bound += t.Coef * side
		}
	}
	return bound
}

// Integral says whether a level takes only integer values: integer coefficients on integer columns and an integer
// constant.
func (m *Model) Integral(l *Level) bool {
	for _, t := range l.Terms {
		if t.Coef != math.Trunc(t.Coef) || t.Coef != 0 && !m.Columns[t.Col].Integer {
			return false
		}
	}
	return l.Constant == math.Trunc(l.Constant)
}
