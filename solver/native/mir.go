package native

import (
	"math"
	"slices"
)

// cut is a row sum value_k x_index_k <= side that every feasible point keeps.
type cut struct {
	index    []int32
	value    []float64
	side     float64
	efficacy float64 // distance of the relaxation's point
	norm     float64
	origin   origin
	row      int32 // of the given problem and the book's cuts
}

// mixer makes mixed-integer rounding cuts (Nemhauser and Wolsey, Mathematical Programming 46, 1990; Marchand and
// Wolsey, Operations Research 49, 2001) from aggregated rows. With the multipliers of a tableau row they are Gomory's
// mixed-integer cuts, but recomputed from the rows of the model, so that their validity does not depend on the basis.
type mixer struct {
	p      *problem
	lo, hi []float64
	x      []float64 // the point to cut off
	act    []float64 // row activities at x
	whole  []bool    // rows of integers whose slack is an integer
	coef   []float64 // aggregated row by column, zero outside list
	list   []int32
	slack  []mixSlack
	sum    []mixSlack // all rows of the sum: coef is the multiplier
	items  []knapItem // scratch
	out    []float64  // coefficients of the cut in the making, by column
	used   []bool     // columns that it has so far
	begun  []int32    // these columns
}

// mixSlack is the term coef*t of an aggregated row, t = sign*(side - a_i x) >= 0.
type mixSlack struct {
	row        int
	coef, sign float64
	side       float64
}

func newMixer(p *problem, lo, hi, x []float64) *mixer {
	m := &mixer{p: p, lo: lo, hi: hi, x: x, act: make([]float64, p.m), whole: make([]bool, p.m), coef: make([]float64, p.n),
		out: make([]float64, p.n), used: make([]bool, p.n)}
	for i := range p.m {
		idx, val := p.rows.vec(i)
		m.whole[i] = isWhole(p.rowLo[i]) && isWhole(p.rowUp[i])
		for e, j := range idx {
			m.act[i] += val[e] * x[j]
			m.whole[i] = m.whole[i] && p.integer[j] && isWhole(val[e])
		}
	}
	return m
}

// aggregate adds up the rows with multipliers w; false where a row has no side to take or the sum is too dense.
func (m *mixer) aggregate(w func(yield func(i int, v float64) bool)) (beta float64, ok bool) {
	for _, j := range m.list {
		m.coef[j] = 0
	}
	m.list, m.slack, m.sum = m.list[:0], m.slack[:0], m.sum[:0]
	ok = true
	for i, v := range w {
		lo, up := m.p.rowLo[i], m.p.rowUp[i]
		s := mixSlack{row: i, side: up, sign: 1}
		if math.IsInf(up, 1) || !math.IsInf(lo, -1) && m.act[i]-lo < up-m.act[i] {
			s.side, s.sign = lo, -1
		}
		if math.IsInf(s.side, 0) {
			return 0, false
		}
		s.coef = v
		m.sum = append(m.sum, s)
		s.coef = v * s.sign
		beta += v * s.side
		if lo != up {
			m.slack = append(m.slack, s)
		}
		m.addRow(i, v)
	}
	return beta, len(m.list) <= cutLength
}

func (m *mixer) addRow(i int, v float64) {
	idx, val := m.p.rows.vec(i)
	for e, j := range idx {
		if m.coef[j] == 0 {
			m.list = append(m.list, j)
		}
		if m.coef[j] += v * val[e]; m.coef[j] == 0 {
			m.coef[j] = math.SmallestNonzeroFloat64 // stays on the list
		}
	}
}

// Limits of cuts.
const (
	cutLength   = 2000 // nonzeros of an aggregated row
	cutRange    = 1e6  // largest ratio of coefficients
	cutFraction = 0.02 // least distance of the rounded side from an integer
	cutEfficacy = 1e-3 // least distance of the point cut off
	cutNoise    = 1e-9 // coefficients below it are replaced by bounds
)

// round makes the cut of the aggregated row: integer columns are shifted to their nearer bound and rounded down,
// continuous terms with a negative coefficient are kept, others dropped. nil where it does not cut x off.
func (m *mixer) round(beta float64) *cut {
	beta, ok := m.shift(beta)
	if !ok {
		return nil
	}
	down := math.Floor(beta)
	f := beta - down
	if f < cutFraction || f > 1-cutFraction {
		return nil
	}
	rounded := func(c float64) float64 {
		d := math.Floor(c)
		return d + math.Max(0, c-d-f)/(1-f)
	}
	side := down
	for _, j := range m.list {
		c, up := m.coef[j], m.atUpper(j)
		if up {
			c = -c
		}
		if m.p.integer[j] {
			c = rounded(c)
		} else {
			c = math.Min(c, 0) / (1 - f)
		}
		if c == 0 {
			continue
		}
		if up {
			m.put(j, -c)
			side -= c * m.hi[j]
		} else {
			m.put(j, c)
			side += c * m.lo[j]
		}
	}
	for _, s := range m.slack {
		c := math.Min(s.coef, 0) / (1 - f)
		if m.whole[s.row] {
			c = rounded(s.coef)
		}
		side -= c * s.sign * s.side
		idx, val := m.p.rows.vec(s.row)
		for e, j := range idx {
			m.put(j, -(c * s.sign * val[e]))
		}
	}
	c := m.clean(side)
	if c == nil {
		return nil
	}
	return c.from(m.origin())
}

// atUpper says which bound a column is shifted to: the nearer one that exists.
func (m *mixer) atUpper(j int32) bool {
	return math.IsInf(m.lo[j], -1) || m.hi[j]-m.x[j] < m.x[j]-m.lo[j]
}

// shift moves the columns to their bounds and drops noise; false where a column has no bound.
func (m *mixer) shift(beta float64) (float64, bool) {
	kept := m.list[:0]
	for _, j := range m.list {
		c := m.coef[j]
		at := m.lo[j]
		if m.atUpper(j) {
			at = m.hi[j]
		}
		if math.Abs(c) < cutNoise {
			m.coef[j] = 0
			low := math.Min(c*m.lo[j], c*m.hi[j])
			if math.Abs(c) < 1e-300 {
				continue
			}
			if math.IsInf(low, 0) || math.IsNaN(low) {
				return 0, false
			}
			beta -= low
			continue
		}
		if math.IsInf(at, 0) {
			return 0, false
		}
		beta -= c * at
		kept = append(kept, j)
	}
	m.list = kept
	return beta, true
}

// put adds v to the coefficient of column j in the cut in the making.
func (m *mixer) put(j int32, v float64) {
	if !m.used[j] {
		m.used[j], m.begun = true, append(m.begun, j)
	}
	m.out[j] += v
}

// clean ends the cut in the making: it replaces tiny coefficients by bounds, loosens the side for rounding errors and measures the
// cut.
func (m *mixer) clean(side float64) *cut {
	defer m.wipe()
	c := &cut{}
	largest, least := 0.0, math.Inf(1)
	for _, j := range m.begun {
		largest = math.Max(largest, math.Abs(m.out[j]))
	}
	size := math.Abs(side)
	slices.Sort(m.begun)
	c.index = slices.Clone(m.begun)
	kept := c.index[:0]
	sum := 0.0
	for _, j := range c.index {
		v := m.out[j]
		if math.Abs(v) < largest/cutRange {
			low := math.Min(v*m.lo[j], v*m.hi[j])
			if v == 0 {
				continue
			}
			if math.IsInf(low, 0) || math.IsNaN(low) {
				return nil
			}
			side -= low
			continue
		}
		kept, c.value = append(kept, j), append(c.value, v)
		sum += v * m.x[j]
		size = math.Max(size, math.Abs(v)*math.Max(math.Abs(m.lo[j]), math.Abs(m.hi[j])))
		c.norm += v * v
		least = math.Min(least, math.Abs(v))
	}
	if c.index = kept; len(kept) == 0 || len(kept) > cutLength || math.IsInf(size, 1) {
		return nil
	}
	c.norm = math.Sqrt(c.norm)
	c.side = side + cutSlack*size
	c.efficacy = (sum - c.side) / c.norm
	if c.efficacy < cutEfficacy {
		return nil
	}
	return c
}

func (m *mixer) wipe() {
	for _, j := range m.begun {
		m.out[j], m.used[j] = 0, false
	}
	m.begun = m.begun[:0]
}

// cutSlack loosens cuts relative to their largest term, for the rounding errors of their making.
const cutSlack = 1e-10
