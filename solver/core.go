package solver

import (
	"math"

	"cadre/mip"
)

// Core is what is left of a model once columns have been fixed. Fixed columns are left out; rows, and the levels, take their share
// as a constant. Rows stay, even those that have no column left, so that multipliers mean the same.
type Core struct {
	Model   *mip.Model
	columns []int     // of the whole model, by column of the core
	fixed   []float64 // by column of the whole model; those of the core are overwritten
}

// NewCore fixes what multipliers (indexed by mip.Row) and the objective value of a known point allow: with multipliers that prove a
// bound L, a point with an objective below U cannot have an integer column further from the side that its reduced cost d
// prefers than (U - L) / |d|. All points that are better than upper by more than a rounding error have a counterpart in the core,
// and the other way round. It takes time and memory linear in m, which it does not change.
func NewCore(m *mip.Model, multipliers []float64, upper float64) *Core {
	d, bound := reducedCosts(m, multipliers)
	room := upper - bound + coreTol*math.Max(1, math.Abs(upper))
	columns := make([]mip.Column, len(m.Columns))
	for j := range columns {
		columns[j] = tightened(m.Columns[j], d[j], room)
	}
	return CoreOf(m, columns)
}

// CoreOf is what is left of m with these columns in the place of its own: those whose bounds are equal are fixed. It takes time
// and memory linear in m, which it does not change.
func CoreOf(m *mip.Model, columns []mip.Column) *Core {
	c := &Core{Model: &mip.Model{Name: m.Name, Rows: make([]mip.Constraint, len(m.Rows))}, fixed: make([]float64, len(m.Columns))}
	at := make([]mip.Col, len(m.Columns))
	for j, col := range columns {
		at[j] = -1
		if c.fixed[j] = col.Lower; col.Lower == col.Upper {
			continue
		}
		c.columns = append(c.columns, j)
		at[j] = c.Model.AddColumn(col)
		if j < m.Choices {
			c.Model.Choices++
		}
	}
	for i, r := range m.Rows {
		var share float64
		r.Terms, share = c.split(r.Terms, at)
		r.Lower, r.Upper = r.Lower-share, r.Upper-share
		c.Model.Rows[i] = r
	}
	for _, l := range m.Levels {
		var share float64
		l.Terms, share = c.split(l.Terms, at)
		l.Constant += share
		c.Model.AddLevel(l)
	}
	return c
}

// coreTol widens the room by what rounding errors of a bound may amount to.
const coreTol = 1e-7

// tightened is a column with the bounds that its reduced cost allows.
func tightened(c mip.Column, d, room float64) mip.Column {
	if !c.Integer || d == 0 || !(room >= 0) {
		return c
	}
	reach := math.Floor(room / math.Abs(d))
	if d > 0 {
		c.Upper = math.Min(c.Upper, math.Ceil(c.Lower)+reach)
	} else {
		c.Lower = math.Max(c.Lower, math.Floor(c.Upper)-reach)
	}
	return c
}

// split divides terms into those of the core and the share of what is fixed.
func (c *Core) split(terms []mip.Term, at []mip.Col) (kept []mip.Term, share float64) {
	for _, t := range terms {
		if j := at[t.Col]; j >= 0 {
			kept = append(kept, mip.Term{Col: j, Coef: t.Coef})
		} else {
			share += t.Coef * c.fixed[t.Col]
		}
	}
	return kept, share
}

// Whole is the point of the whole model that a point of the core stands for.
func (c *Core) Whole(x []float64) []float64 {
	out := append([]float64(nil), c.fixed...)
	for e, j := range c.columns {
		out[j] = x[e]
	}
	return out
}

// Part is a point of the whole model, as far as the core has its columns.
func (c *Core) Part(x []float64) []float64 { return picked(x, c.columns) }

// picked are the values of some columns.
func picked(x []float64, columns []int) []float64 {
	out := make([]float64, len(columns))
	for e, j := range columns {
		out[e] = x[j]
	}
	return out
}

// reducedCosts are c - A'y of m's only level, and the bound that they prove.
func reducedCosts(m *mip.Model, y []float64) (d []float64, bound float64) {
	a := newAscent(m, y)
	return a.d, a.bound()
}
