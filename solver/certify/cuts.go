package certify

import (
	"math"
	"slices"

	"cadre/internal/i18n"
	"cadre/mip"
)

// errLarge is what does not fit the checker's integers.
var errLarge = i18n.E("数过大", "its numbers are too large")

// cut derives the row that a cut states, in integers: the cut in the form of solver.Cut times f Divisor (an integer), divided
// by the greatest common divisor of all its numbers. unit is by what the form of solver.Cut was multiplied.
func (s *stage) cut(c *Cut) (row mip.Constraint, unit float64, err error) {
	d, err := s.derive(c)
	if err != nil {
		return row, 0, err
	}
	f := mod(d.rhs, c.Divisor)
	if f == 0 {
		return row, 0, i18n.E("右端项是整数：没有可取整的", "its right side is an integer: there is nothing to round")
	}
	coefs, rhs := d.round(s, c, f)
	g := gcd(rhs, 0)
	for _, v := range coefs {
		g = gcd(g, v)
	}
	row = mip.Constraint{Name: "cut", Upper: math.Inf(1)}
	for j := range d.columns {
		if v := coefs[d.columns[j]]; v != 0 {
			row.Terms = append(row.Terms, mip.Term{Col: mip.Col(d.columns[j]), Coef: float64(v / g)})
			if abs(v/g) >= moderate {
				return row, 0, errLarge
			}
		}
	}
	if row.Lower = float64(rhs / g); abs(rhs/g) >= moderate {
		return row, 0, errLarge
	}
	return row, float64(f) / float64(g), nil
}

// derivation is a weighted sum of rows, times the divisor: sum of alpha z + sum of gamma s = rhs.
type derivation struct {
	columns []int         // ascending
	alpha   map[int]int64 // of the columns' z
	gamma   []int64       // of the rows' s, by position in Cut.Rows
	sigma   []int64       // 1 where the lower side counts, -1 where the upper one does
	side    []int64
	whole   []bool // rows whose s is an integer
	rhs     int64
}

// derive sums up the rows and shifts the columns to their bounds. All numbers are checked to be integers small enough that
// nothing overflows.
func (s *stage) derive(c *Cut) (*derivation, error) {
	if len(c.Rows) != len(c.Y) || c.Divisor < 1 || c.Divisor >= exactInts || s.ints == nil {
		return nil, i18n.E("乘子与约束个数不同，或除数不是正整数，或数据不是整数", "it has not one multiplier for each row, or a divisor that is no positive integer, or data that are no integers")
	}
	d := &derivation{alpha: map[int]int64{}}
	mass, last := 0.0, -1
	for e, i := range c.Rows {
		if i <= last || i >= len(s.model.Rows) || c.Y[e] == 0 {
			return nil, i18n.E("约束 %d 不存在、次序不对，或乘子为 0", "row %d does not exist, is out of order, or has multiplier 0", i)
		}
		last = i
		m, err := d.add(s, c, e)
		if err != nil {
			return nil, err
		}
		mass += m
	}
	for j := range d.alpha {
		d.columns = append(d.columns, j)
	}
	slices.Sort(d.columns)
	if err := known(c.Upper, d.columns); err != nil {
		return nil, err
	}
	if err := known(c.Other, c.Rows); err != nil {
		return nil, err
	}
	m, err := d.shift(s, c)
	// Rounding multiplies by f < Divisor, and slacks bring their rows back with the same factors.
	if mass += m; err == nil && !(mass*float64(c.Divisor) < 1<<60) {
		err = errLarge
	}
	return d, err
}

// known says whether a list is ascending and part of another.
func known(list, all []int) error {
	last := -1
	for _, v := range list {
		if _, in := slices.BinarySearch(all, v); v <= last || !in {
			return i18n.E("%d 次序不对，或不在和中", "%d is out of order, or not part of the sum", v)
		}
		last = v
	}
	return nil
}

// add takes up row Rows[e], and returns a bound on the magnitudes that it brings.
func (d *derivation) add(s *stage, c *Cut, e int) (mass float64, err error) {
	i, y := c.Rows[e], c.Y[e]
	r := &s.model.Rows[i]
	_, other := slices.BinarySearch(c.Other, i)
	side, sigma := r.Lower, int64(1)
	if (y > 0) == other {
		side, sigma = r.Upper, -1
	}
	if math.IsInf(side, 0) {
		return 0, i18n.E("约束 %d 没有这一侧", "row %d has no such side", i)
	}
	if rowPlaces(r) > 0 {
		return 0, i18n.E("约束 %d 的数据不是整数", "row %d has data that are no integers", i)
	}
	mass = math.Abs(float64(y)) * math.Max(1, math.Abs(side))
	whole := true
	for _, t := range r.Terms {
		mass += math.Abs(float64(y)) * math.Abs(t.Coef)
		whole = whole && s.model.Columns[t.Col].Integer
	}
	if !(mass < 1<<50) {
		return 0, errLarge
	}
	for _, t := range r.Terms {
		d.alpha[int(t.Col)] += y * int64(t.Coef)
	}
	gamma := -y * sigma
	if r.Lower == r.Upper {
		gamma = 0 // the activity is the side
	}
	d.gamma, d.sigma, d.side, d.whole = append(d.gamma, gamma), append(d.sigma, sigma), append(d.side, int64(side)), append(d.whole, whole)
	d.rhs += y * int64(side)
	return mass, nil
}

// shift counts columns from their bounds.
func (d *derivation) shift(s *stage, c *Cut) (mass float64, err error) {
	for _, j := range d.columns {
		a := d.alpha[j]
		_, upper := slices.BinarySearch(c.Upper, j)
		at := s.lower[j]
		if upper {
			at = s.upper[j]
		}
		switch {
		case a == 0:
			continue
		case math.IsInf(at, 0):
			return 0, i18n.E("变量 %d 没有这个界", "column %d has no such bound", j)
		case at != math.Trunc(at): // of a continuous column; rounding it would cut points off
			return 0, i18n.E("变量 %d 的界不是整数", "column %d has a bound that is no integer", j)
		}
		mass += math.Abs(float64(a)) * math.Max(1, math.Abs(at))
		if !(mass < 1<<50) {
			return 0, errLarge
		}
		d.rhs -= a * int64(at)
		if upper {
			d.alpha[j] = -a
		}
	}
	return mass, nil
}

// round makes the cut and counts columns from zero again, slacks by their rows.
func (d *derivation) round(s *stage, c *Cut, f int64) (coefs map[int]int64, rhs int64) {
	coefs = make(map[int]int64, len(d.columns))
	rhs = f * (floorDiv(d.rhs, c.Divisor) + 1)
	for _, j := range d.columns {
		v := rounded(d.alpha[j], c.Divisor, f, s.model.Columns[j].Integer)
		if v == 0 {
			continue
		}
		if _, upper := slices.BinarySearch(c.Upper, j); upper {
			coefs[j] -= v
			rhs -= v * int64(s.upper[j])
		} else {
			coefs[j] += v
			rhs += v * int64(s.lower[j])
		}
	}
	for e, i := range c.Rows {
		v := rounded(d.gamma[e], c.Divisor, f, d.whole[e]) * d.sigma[e]
		if v == 0 {
			continue
		}
		for _, t := range s.model.Rows[i].Terms {
			coefs[int(t.Col)] += v * int64(t.Coef)
		}
		rhs += v * d.side[e]
	}
	return coefs, rhs
}

// rounded is the coefficient of a term in the cut, times f.
func rounded(a, divisor, f int64, integer bool) int64 {
	if !integer {
		return max(a, 0)
	}
	return f*floorDiv(a, divisor) + min(f, mod(a, divisor))
}

// floorDiv and mod round towards minus infinity; b is positive.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func mod(a, b int64) int64 { return a - b*floorDiv(a, b) }

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(abs(a), 1)
}

// with is the stage with what a proof states before its tree.
func (s *stage) with(ladders []Ladder, cuts []Cut, shared []Shared) (*stage, error) {
	s, err := s.withLadders(ladders)
	if err == nil {
		s, err = s.withCuts(cuts)
	}
	if err != nil {
		return nil, err
	}
	return s.withShared(shared)
}

// withCuts is the stage with rows for the cuts, which may build on each other.
func (s *stage) withCuts(cuts []Cut) (*stage, error) {
	if len(cuts) == 0 {
		return s, nil
	}
	out := s.open()
	for k := range cuts {
		row, _, err := out.cut(&cuts[k])
		if err != nil {
			return nil, i18n.E("割 %d：%s", "cut %d: %s", k, err)
		}
		out.addCut(row)
	}
	return out, nil
}

// open is a copy to which ladders and cuts can be added.
func (s *stage) open() *stage {
	out, m := *s, *s.model
	m.Rows = m.Rows[:len(m.Rows):len(m.Rows)]
	out.model, out.wide = &m, nil
	if s.ints != nil {
		v := *s.ints
		v.terms, v.large = v.terms[:len(v.terms):len(v.terms)], v.large[:len(v.large):len(v.large)]
		out.ints = &v
	}
	return &out
}

// addCut adds a row of integers to a copy that is open and has ints. One that is too large in units is weighed in big integers only.
func (s *stage) addCut(row mip.Constraint) {
	s.model.AddRow(row)
	terms, large := scaled(&row, s.ints.unit)
	s.ints.terms, s.ints.large, s.wide = append(s.ints.terms, terms), append(s.ints.large, large), nil
}
