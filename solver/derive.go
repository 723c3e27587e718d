package solver

import (
	"math"
	"slices"

	"cadre/mip"
)

// CutRow is what a [Cut] says in the form that multipliers weigh: the sum of Value x over columns Index is at least Side. Unit is by
// what it is multiplied where it is a row of further cuts, whose data are integers.
type CutRow struct {
	Index []int32
	Value []float64
	Side  float64
	Unit  float64
}

// Given is the model of a [Deriver]: columns by index, and row i as its terms and sides.
type Given struct {
	Lower, Upper []float64
	Integer      []bool
	Rows         int
	Row          func(i int) (index []int32, value []float64, lower, upper float64)
}

// Deriver derives cuts from their statements, in integers, as solver/certify does for itself. Derive does not keep what it
// found; Keep does, so that further cuts can build on it. It is for one goroutine.
type Deriver struct {
	given Given
	cuts  []CutRow

	// All are zero or empty between two derivations.
	alpha      []int64
	seen, mark []bool // columns met, columns counted from their upper bounds
	columns    []int32
	rhs        int64
	terms      []slackTerm
	mass       float64 // bounds the magnitude of all numbers
}

// slackTerm is gamma s, s = sigma (a x - side) >= 0 the distance of a row from a side.
type slackTerm struct {
	row                int
	gamma, sigma, side int64
	whole              bool // s is an integer
}

// Bounds of the integers of a derivation, as in solver/certify.
const (
	largestSum = 1 << 50
	product    = 1 << 60 // of a sum and the divisor: rounding multiplies by less
	moderate   = 1 << 40 // of the cut
)

// NewDeriver derives cuts of a model.
func NewDeriver(g Given) *Deriver {
	n := len(g.Lower)
	return &Deriver{given: g, alpha: make([]int64, n), seen: make([]bool, n), mark: make([]bool, n)}
}

// derived are the rows of all cuts of a proof, as far as they can be derived from m; the others say nothing.
func derived(cuts []Cut, m *mip.Model, lower, upper []float64) []CutRow {
	if len(cuts) == 0 {
		return nil
	}
	g := Given{Lower: lower, Upper: upper, Rows: len(m.Rows)}
	for _, c := range m.Columns {
		g.Integer = append(g.Integer, c.Integer)
	}
	g.Row = func(i int) (index []int32, value []float64, low, up float64) {
		for _, t := range m.Rows[i].Terms {
			index, value = append(index, int32(t.Col)), append(value, t.Coef)
		}
		return index, value, m.Rows[i].Lower, m.Rows[i].Upper
	}
	d := NewDeriver(g)
	for k := range cuts {
		row, ok := d.Derive(&cuts[k])
		if !ok {
			row = CutRow{Side: math.Inf(-1)}
		}
		d.Keep(row)
	}
	return d.cuts
}

// Keep makes a row the next of the cuts, and returns its number.
func (d *Deriver) Keep(r CutRow) int {
	d.cuts = append(d.cuts, r)
	return d.given.Rows + len(d.cuts) - 1
}

// Row is a row of the model, or of a cut that was kept, in its integers; its sides, infinite where it has none.
func (d *Deriver) Row(i int) (index []int32, value []float64, lower, upper float64) {
	if i < d.given.Rows {
		return d.given.Row(i)
	}
	c := &d.cuts[i-d.given.Rows]
	value = make([]float64, len(c.Value))
	for e, v := range c.Value {
		value[e] = math.Round(v * c.Unit)
	}
	return c.Index, value, math.Round(c.Side * c.Unit), math.Inf(1)
}

// Derive computes a cut; false where its numbers are no integers, or too large, or there is nothing to round.
func (d *Deriver) Derive(c *Cut) (s CutRow, ok bool) {
	if len(c.Rows) != len(c.Y) || c.Divisor < 1 || slices.ContainsFunc(c.Upper, func(j int) bool { return j < 0 || j >= len(d.mark) }) {
		return s, false
	}
	for _, j := range c.Upper {
		d.mark[j] = true
	}
	defer d.clear(c)
	for e, i := range c.Rows {
		if i < 0 || i >= d.given.Rows+len(d.cuts) || !d.add(c, e) {
			return s, false
		}
	}
	slices.Sort(d.columns)
	if !d.shift() || d.mass*float64(c.Divisor) >= product {
		return s, false
	}
	f := modulo(d.rhs, c.Divisor)
	if f == 0 {
		return s, false
	}
	return d.round(c.Divisor, f)
}

func (d *Deriver) clear(c *Cut) {
	for _, j := range d.columns {
		d.alpha[j], d.seen[j] = 0, false
	}
	for _, j := range c.Upper {
		d.mark[j] = false
	}
	d.columns, d.terms, d.rhs, d.mass = d.columns[:0], d.terms[:0], 0, 0
}

// bound is the one from which a column counts: rounded inwards where it is an integer, else as it is.
func (d *Deriver) bound(j int32) float64 {
	switch whole := d.given.Integer[j]; {
	case d.mark[j] && whole:
		return math.Floor(d.given.Upper[j])
	case d.mark[j]:
		return d.given.Upper[j]
	case whole:
		return math.Ceil(d.given.Lower[j])
	}
	return d.given.Lower[j]
}

// add takes up row Rows[e].
func (d *Deriver) add(c *Cut, e int) bool {
	i, y := c.Rows[e], c.Y[e]
	index, value, low, up := d.Row(i)
	_, other := slices.BinarySearch(c.Other, i)
	side, sigma := low, int64(1)
	if y > 0 == other {
		side, sigma = up, -1
	}
	if math.IsInf(side, 0) || side != math.Trunc(side) {
		return false
	}
	d.mass += math.Abs(float64(y)) * math.Max(1, math.Abs(side))
	whole := true
	for k, j := range index {
		v := value[k]
		if d.mass += math.Abs(float64(y) * v); d.mass >= largestSum || v != math.Trunc(v) {
			return false
		}
		if !d.seen[j] {
			d.seen[j], d.columns = true, append(d.columns, j)
		}
		whole = whole && d.given.Integer[j]
		d.alpha[j] += y * int64(v)
	}
	gamma := -y * sigma
	if low == up {
		gamma = 0
	}
	d.terms = append(d.terms, slackTerm{i, gamma, sigma, int64(side), whole})
	d.rhs += y * int64(side)
	return d.mass < largestSum
}

// shift counts columns from their bounds.
func (d *Deriver) shift() bool {
	for _, j := range d.columns {
		a, at := d.alpha[j], d.bound(j)
		if a == 0 {
			continue
		}
		if d.mass += math.Abs(float64(a)) * math.Max(1, math.Abs(at)); !(d.mass < largestSum) || at != math.Trunc(at) {
			return false
		}
		if d.rhs -= a * int64(at); d.mark[j] {
			d.alpha[j] = -a
		}
	}
	return true
}

// round makes the cut; alpha takes its coefficients, times f.
func (d *Deriver) round(divisor, f int64) (s CutRow, ok bool) {
	rhs := f * ((d.rhs-f)/divisor + 1)
	for _, j := range d.columns {
		v := rounded(d.alpha[j], divisor, f, d.given.Integer[j])
		if d.alpha[j] = 0; v == 0 {
			continue
		}
		if d.mark[j] {
			v = -v
		}
		d.alpha[j] = v
		rhs += v * int64(d.bound(j))
	}
	for _, t := range d.terms {
		v := rounded(t.gamma, divisor, f, t.whole) * t.sigma
		if v == 0 {
			continue
		}
		index, value, _, _ := d.Row(t.row)
		for k, j := range index {
			d.alpha[j] += v * int64(value[k])
		}
		rhs += v * t.side
	}
	return d.normal(f, rhs)
}

// normal divides the cut by f, and finds out what certificates divide it by.
func (d *Deriver) normal(f, rhs int64) (s CutRow, ok bool) {
	common := gcd(rhs, 0)
	for _, j := range d.columns {
		common = gcd(d.alpha[j], common)
	}
	common = max(common, 1)
	s = CutRow{Unit: float64(f) / float64(common), Side: float64(rhs) / float64(f)}
	ok = max(rhs, -rhs)/common < moderate
	for _, j := range d.columns {
		if v := d.alpha[j]; v != 0 {
			ok = ok && max(v, -v)/common < moderate
			s.Index, s.Value = append(s.Index, j), append(s.Value, float64(v)/float64(f))
		}
	}
	return s, ok
}

// rounded is the coefficient of a term in the cut, times f.
func rounded(a, divisor, f int64, integer bool) int64 {
	if !integer {
		return max(a, 0)
	}
	r := modulo(a, divisor)
	return f*((a-r)/divisor) + min(f, r)
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// modulo is the remainder from 0 on; b is positive.
func modulo(a, b int64) int64 {
	if r := a % b; r < 0 {
		return r + b
	}
	return a % b
}
