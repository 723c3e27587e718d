package solver

import (
	"math"
	"slices"

	"cadre/mip"
)

// Elastic is a model whose rows may give, for models that have no feasible point: what would have to give, and by how much?
type Elastic struct {
	Model *mip.Model // m with columns for what rows lack or exceed; its only level is the price of that
	rows  []giving
	n     int // columns of m
}

// Give is by how much a row gives: its activity lies so far below its lower or above its upper side.
type Give struct {
	Row          mip.Row
	Below, Above float64
}

// giving are the columns by which a row may give, -1 where it may not.
type giving struct {
	row          mip.Row
	below, above mip.Col
}

// ElasticName is the level that prices what rows give.
const ElasticName = "given up"

// NewElastic lets those rows of m give whose price is positive, at that price a unit; m is not changed. What a row gives is
// an integer where its data and columns are, and bounded where its columns are, so that the model is as easy to
// bound as m. Bounds and integrality of columns never give. Time and memory are linear in m.
func NewElastic(m *mip.Model, price func(r mip.Row) float64) *Elastic {
	e := &Elastic{Model: &mip.Model{Name: m.Name, Columns: slices.Clone(m.Columns), Rows: slices.Clone(m.Rows)}, n: len(m.Columns)}
	level := mip.Level{Name: ElasticName, Scale: 1}
	for i := range m.Rows {
		if p := price(mip.Row(i)); p > 0 {
			e.give(mip.Row(i), p, &level)
		}
	}
	e.Model.AddLevel(level)
	return e
}

// give adds the columns of one row. What no point can miss needs none.
func (e *Elastic) give(i mip.Row, price float64, level *mip.Level) {
	r := &e.Model.Rows[i]
	least, most, whole := activity(e.Model, r.Terms)
	g := giving{row: i, below: -1, above: -1}
	terms := slices.Clone(r.Terms)
	column := func(side string, reach, coef float64) mip.Col {
		if !(reach > 0) {
			return -1
		}
		j := e.Model.AddColumn(mip.Column{Name: side + "." + r.Name, Upper: reach, Integer: whole, Stamp: r.Stamp})
		terms = append(terms, mip.Term{Col: j, Coef: coef})
		level.Terms = append(level.Terms, mip.Term{Col: j, Coef: price})
		return j
	}
	if !math.IsInf(r.Lower, -1) {
		whole = whole && r.Lower == math.Trunc(r.Lower)
		g.below = column("below", r.Lower-least, 1)
	}
	if !math.IsInf(r.Upper, 1) {
		whole = whole && r.Upper == math.Trunc(r.Upper)
		g.above = column("above", most-r.Upper, -1)
	}
	if g.below >= 0 || g.above >= 0 {
		r.Terms = terms
		e.rows = append(e.rows, g)
	}
}

// activity is the least and the largest value of terms within the bounds of the columns, and whether it is always an integer.
func activity(m *mip.Model, terms []mip.Term) (least, most float64, whole bool) {
	whole = true
	for _, t := range terms {
		c := &m.Columns[t.Col]
		low, high := t.Coef*c.Lower, t.Coef*c.Upper
		if t.Coef < 0 {
			low, high = high, low
		}
		if t.Coef != 0 {
			least, most = least+low, most+high
			whole = whole && c.Integer && t.Coef == math.Trunc(t.Coef)
		}
	}
	return least, most, whole
}

// Point is the part of a point of the elastic model that m has.
func (e *Elastic) Point(x []float64) []float64 { return x[:e.n:e.n] }

// Gives lists the rows that give at a point of the elastic model, in order.
func (e *Elastic) Gives(x []float64) []Give {
	var out []Give
	for _, g := range e.rows {
		give := Give{Row: g.row}
		if g.below >= 0 {
			give.Below = x[g.below]
		}
		if g.above >= 0 {
			give.Above = x[g.above]
		}
		if give.Below > mip.FeasTol || give.Above > mip.FeasTol {
			out = append(out, give)
		}
	}
	return out
}
