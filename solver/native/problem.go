package native

import (
	"math"

	"cadre/mip"
)

// problem is a model in computational form: minimise offset + cost'x, rowLo <= A x <= rowUp, lower <= x <= upper,
// some columns integer. Matrices hold no zeros and no duplicates.
type problem struct {
	n, m         int
	cols, rows   matrix
	cost         []float64
	offset       float64
	lower, upper []float64
	rowLo, rowUp []float64
	integer      []bool
}

// newProblem copies a model with at most one level. Repeated terms are added up.
func newProblem(m *mip.Model) *problem {
	n := len(m.Columns)
	p := &problem{
		n: n, m: len(m.Rows), cost: make([]float64, n),
		lower: make([]float64, n), upper: make([]float64, n), integer: make([]bool, n),
	}
	for j, c := range m.Columns {
		p.lower[j], p.upper[j], p.integer[j] = c.Lower, c.Upper, c.Integer
	}
	p.rows.start = []int{0}
	at := make([]int, n) // at[j]: 1 + where column j stands in the present row
	for _, r := range m.Rows {
		p.rowLo, p.rowUp = append(p.rowLo, r.Lower), append(p.rowUp, r.Upper)
		p.rows.addTerms(r.Terms, at)
	}
	p.cols = p.rows.transpose(n)
	if len(m.Levels) > 0 {
		p.offset = m.Levels[0].Constant
		for _, t := range m.Levels[0].Terms {
			p.cost[t.Col] += t.Coef
		}
	}
	return p
}

// addTerms appends a row; at is all zero before and after.
func (a *matrix) addTerms(terms []mip.Term, at []int) {
	begin := len(a.index)
	for _, t := range terms {
		if t.Coef == 0 {
			continue
		}
		if k := at[t.Col]; k > 0 {
			a.value[k-1] += t.Coef
			continue
		}
		a.index, a.value = append(a.index, int32(t.Col)), append(a.value, t.Coef)
		at[t.Col] = len(a.index)
	}
	keep := begin
	for e := begin; e < len(a.index); e++ {
		at[a.index[e]] = 0
		if a.value[e] != 0 {
			a.index[keep], a.value[keep] = a.index[e], a.value[e]
			keep++
		}
	}
	a.index, a.value = a.index[:keep], a.value[:keep]
	a.push()
}

// objective is offset + cost'x.
func (p *problem) objective(x []float64) float64 {
	sum := p.offset
	for j, c := range p.cost {
		if c != 0 {
			sum += c * x[j]
		}
	}
	return sum
}

// feasible says whether x is finite and keeps bounds, integrality and rows; rows of integer columns only are held to exactTol.
func (p *problem) feasible(x []float64) bool {
	for j, v := range x {
		tol := rowTol * math.Max(1, math.Abs(v))
		if p.integer[j] {
			tol = 0
			if v != math.Round(v) {
				return false
			}
		}
		if v < p.lower[j]-tol || v > p.upper[j]+tol || math.IsInf(v, 0) || math.IsNaN(v) {
			return false
		}
	}
	for i := range p.m {
		if !p.rowHolds(i, x) {
			return false
		}
	}
	return true
}

func (p *problem) rowHolds(i int, x []float64) bool {
	idx, val := p.rows.vec(i)
	sum, size, tol := 0.0, 1.0, exactTol
	for e, j := range idx {
		t := val[e] * x[j]
		sum += t
		size = math.Max(size, math.Abs(t))
		if !p.integer[j] {
			tol = rowTol
		}
	}
	return sum >= p.rowLo[i]-tol*size && sum <= p.rowUp[i]+tol*size
}

// step is a positive number of which every difference of objective values of feasible points is a multiple, or 0
// where none is known: the greatest common divisor of the costs where they are integers on integer columns.
func (p *problem) step() float64 {
	g := 0.0
	for j, c := range p.cost {
		if c == 0 || p.lower[j] == p.upper[j] {
			continue
		}
		if !p.integer[j] || c != math.Trunc(c) || math.Abs(c) > 1<<50 {
			return 0
		}
		g = gcd(g, math.Abs(c))
	}
	return g
}

func gcd(a, b float64) float64 {
	for b != 0 {
		a, b = b, math.Mod(a, b)
	}
	return a
}

// safeBound is a lower bound on the objective over all points of the rows within the given column bounds, whatever
// the multipliers y: offset + sum_i min y_i r_i + sum_j min (c_j - y'a_j) x_j, rounding errors bounded and taken off
// (Neumaier and Shcherbina, Mathematical Programming 99, 2004). With costs nil the costs and the offset are zero,
// and a positive answer proves that there is no such point. -Inf where a needed bound is missing.
func (p *problem) safeBound(y, costs, lower, upper []float64) float64 {
	var sum exactSum
	size := 0.0
	if costs != nil {
		sum.add(p.offset)
		size = math.Abs(p.offset)
	}
	for i, t := range y {
		if t == 0 {
			continue
		}
		side := p.rowLo[i]
		if t < 0 {
			side = p.rowUp[i]
		}
		if math.IsInf(side, 0) {
			y[i] = 0
			continue
		}
		sum.add(t * side)
		size += math.Abs(t * side)
	}
	for j := range p.n {
		if lower[j] == 0 && upper[j] == 0 {
			continue
		}
		term, err := p.safeTerm(j, y, costs, lower[j], upper[j])
		if math.IsInf(term, -1) {
			return term
		}
		sum.add(term)
		size += err
	}
	return sum.value() - size*roundingUnit
}

// roundingUnit bounds the relative error of a product and of the compensated sum, generously.
const roundingUnit = 0x1p-53 * 64

// exactSum is a compensated sum (Neumaier, ZAMM 54, 1974): its error does not grow with the number of terms.
type exactSum struct{ sum, rest float64 }

func (s *exactSum) add(v float64) {
	t := s.sum + v
	if math.Abs(s.sum) >= math.Abs(v) {
		s.rest += (s.sum - t) + v
	} else {
		s.rest += (v - t) + s.sum
	}
	s.sum = t
}

func (s *exactSum) value() float64 { return s.sum + s.rest }

// safeTerm is the least (c_j - y'a_j) x_j, and the size to which rounding errors are relative.
func (p *problem) safeTerm(j int, y, costs []float64, lo, hi float64) (term, size float64) {
	d := 0.0
	if costs != nil {
		d = costs[j]
	}
	mass := math.Abs(d)
	idx, val := p.cols.vec(j)
	for e, i := range idx {
		t := y[i] * val[e]
		d -= t
		mass += math.Abs(t)
	}
	at := lo
	if d < 0 {
		at = hi
	}
	if math.IsInf(at, 0) {
		if math.Abs(d) <= dualTol*math.Max(1, mass) {
			return 0, 0 // a reduced cost that is zero but for rounding, on a side without a bound
		}
		return math.Inf(-1), 0
	}
	reach := math.Max(math.Abs(lo), math.Abs(hi))
	if math.IsInf(reach, 0) {
		reach = math.Abs(at)
	}
	return d * at, math.Abs(d*at) + mass*reach*float64(len(idx)+1)/16
}
