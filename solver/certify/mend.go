package certify

import (
	"cmp"
	"maps"
	"math"
	"math/big"
	"slices"

	"cadre/mip"
)

// Multipliers of columns without bounds. A column that is free on both sides has reduced cost 0 under the multipliers of a relaxation, and a
// rounding error as soon as they are rounded: no bound at all. What is wanted are multipliers near the rounded ones under which
// these columns, and those with one bound whose reduced cost asks for the other, have exactly 0: one equation for each in the changes
// of multipliers, solved by elimination in fractions. Rows whose multipliers may take either sign change first. The solution may have any
// denominators; where these are powers of two the leaf is one like all others. docs/adr/0038 says why.

// Limits of mending, beyond which a leaf does without.
const (
	// mostMended: so many columns without bounds are an elimination of seconds.
	mostMended = 2_000
	// mostFill bounds the products of an elimination.
	mostFill = 1 << 20
	// mostDenominator is how many bits the common denominator may have: a kilobyte of digits for each multiplier.
	mostDenominator = 4096
	// mostRounds: each round adds the columns that the last one left on the wrong side, or bars rows that it gave the wrong sign.
	mostRounds = 8
	// firm is the least multiplier that no change by rounding turns round.
	firm = 1.0 / (1 << 10)
)

// mended is the leaf of multipliers near these under which no column needs a bound that is infinite; nil where none are found.
func (g *grower) mended(s *stage, p place, duals []float64, ray bool) *Leaf {
	fineness := shifts(duals)
	if len(fineness) == 0 || !unbounded(p) {
		return nil
	}
	m := mending{g: g, s: s, p: p, ray: ray, in: make([]bool, len(p.lower)), barred: map[int]bool{}}
	m.begin(s.weigh(p, duals, fineness[len(fineness)-1]))
	for j := range p.lower {
		if m.in[j] = math.IsInf(p.lower[j], -1) && math.IsInf(p.upper[j], 1); m.in[j] {
			m.count++
		}
	}
	l := m.leaf()
	for k := range mostRounds {
		if !m.wrong(l) && k > 0 || g.late() || !m.solve() {
			return nil // nothing new to ask for, or too much
		}
		if l = m.leaf(); l == nil || s.finish(p, l).known() {
			return l
		}
	}
	return nil
}

// unbounded says whether some column lacks a bound.
func unbounded(p place) bool {
	for j := range p.lower {
		if math.IsInf(p.lower[j], -1) || math.IsInf(p.upper[j], 1) {
			return true
		}
	}
	return false
}

// mending is the work on one leaf.
type mending struct {
	g      *grower
	s      *stage
	p      place
	ray    bool
	in     []bool           // by column: whether its reduced cost has to be 0
	count  int              // of these
	barred map[int]bool     // rows that keep their multipliers
	bars   int              // of these, in the rounds before
	first  map[int]*big.Rat // the multipliers as they were rounded; rows that are not there have 0
	y      map[int]*big.Rat // as they are changed
	fill   int
}

func (m *mending) begin(l *Leaf) {
	m.first = map[int]*big.Rat{}
	for e, i := range l.Rows {
		m.first[i] = new(big.Rat).SetFrac(l.weight(e), l.denominator())
	}
	m.y = m.first
}

// wrong adds the columns that need a bound they have not under the leaf's multipliers, and bars the rows that need a side. It says whether
// there are new ones.
func (m *mending) wrong(l *Leaf) bool {
	for e, i := range l.Rows {
		if sign := l.sign(e); sign != 0 && math.IsInf(m.s.side(m.p, i, sign > 0), 0) {
			m.barred[i] = true // it was not: no barred row changes its multiplier
		}
	}
	bars := len(m.barred)
	if bars > m.bars {
		m.bars = bars
		return true
	}
	before, sign := m.count, m.s.signs(m.p, l)
	for j := range m.in {
		v := sign(j)
		if !m.in[j] && (v > 0 && math.IsInf(m.p.lower[j], -1) || v < 0 && math.IsInf(m.p.upper[j], 1)) {
			m.in[j] = true
			m.count++
		}
	}
	return m.count > before
}

// equation says what change of multipliers leaves a column with reduced cost 0: sum of coefs times changes = rest.
type equation struct {
	column int
	coefs  map[int]*big.Rat
	rest   *big.Rat
	pivot  int // the row that takes what the others leave
}

// solve finds the changes, and makes them; false where it is too much.
func (m *mending) solve() bool {
	if m.count > mostMended {
		return false
	}
	var done []*equation
	for _, q := range m.equations() {
		for _, earlier := range done {
			if !m.eliminate(q, earlier) {
				return false
			}
		}
		if m.choose(q) { // else the columns before say what this one has: nothing can be done about it, or need be
			done = append(done, q)
		}
	}
	m.substitute(done)
	return true
}

// substitute makes the changes, from the last equation to the first.
func (m *mending) substitute(done []*equation) {
	m.y = maps.Clone(m.first)
	change := map[int]*big.Rat{}
	for _, q := range slices.Backward(done) {
		rest := q.rest
		for i, v := range q.coefs {
			if c, ok := change[i]; ok && i != q.pivot {
				rest = new(big.Rat).Sub(rest, new(big.Rat).Mul(v, c))
			}
		}
		c := new(big.Rat).Quo(rest, q.coefs[q.pivot])
		change[q.pivot] = c
		if was, ok := m.first[q.pivot]; ok {
			c = new(big.Rat).Add(was, c)
		}
		m.y[q.pivot] = c
	}
}

// equations states those of the columns whose reduced cost has to be 0, the shortest first: short rows fill up least.
func (m *mending) equations() []*equation {
	by := make([]*equation, len(m.in))
	for j, in := range m.in {
		if in {
			by[j] = &equation{column: j, coefs: map[int]*big.Rat{}, rest: new(big.Rat)}
		}
	}
	if !m.ray {
		for _, t := range m.s.model.Levels[0].Terms {
			if q := by[t.Col]; q != nil {
				q.rest.Set(mip.Rat(t.Coef))
			}
		}
	}
	for i := range m.s.model.Rows {
		for _, t := range m.s.model.Rows[i].Terms {
			m.enter(by[t.Col], i, t.Coef)
		}
	}
	for k := range m.p.own {
		for e, j := range m.p.own[k].columns {
			m.enter(by[j], len(m.s.model.Rows)+k, float64(m.p.own[k].coef(e)))
		}
	}
	by = slices.DeleteFunc(by, func(q *equation) bool { return q == nil })
	slices.SortStableFunc(by, func(a, b *equation) int { return cmp.Compare(len(a.coefs), len(b.coefs)) })
	return by
}

// enter adds a term of row i to the equation of its column, if there is one.
func (m *mending) enter(q *equation, i int, coef float64) {
	if q == nil || coef == 0 {
		return
	}
	v := mip.Rat(coef)
	q.coefs[i] = v
	if y, ok := m.first[i]; ok {
		q.rest.Sub(q.rest, new(big.Rat).Mul(v, y))
	}
}

// eliminate takes the pivot of an earlier equation out of q; false where that is too much work.
func (m *mending) eliminate(q, earlier *equation) bool {
	at, ok := q.coefs[earlier.pivot]
	if !ok {
		return true
	}
	if m.fill += len(earlier.coefs); m.fill > mostFill {
		return false
	}
	by := new(big.Rat).Quo(at, earlier.coefs[earlier.pivot])
	for i, v := range earlier.coefs {
		w := new(big.Rat).Mul(by, v)
		if old, ok := q.coefs[i]; ok {
			w.Sub(old, w)
		} else {
			w.Neg(w)
		}
		if q.coefs[i] = w; w.Sign() == 0 {
			delete(q.coefs, i)
		}
	}
	q.rest.Sub(q.rest, by.Mul(by, earlier.rest))
	return q.rest.Denom().BitLen() <= mostDenominator
}

// choose picks the row that takes up what is left of an equation; false where there is none.
func (m *mending) choose(q *equation) bool {
	best, found := readiness{}, false
	for i, v := range q.coefs {
		if w := m.ready(i, v); !m.barred[i] && (!found || w.compare(best) < 0) {
			best, found = w, true
		}
	}
	q.pivot = best.row
	return found
}

// readiness is how readily a row changes its multiplier, the least first: where either sign will do, then where the sign is firm; by a coefficient
// that divides without leaving powers of two, then the largest; of equals the first row.
type readiness struct {
	rank int
	odd  bool
	size float64
	row  int
}

func (m *mending) ready(i int, coef *big.Rat) readiness {
	lower, upper := m.s.side(m.p, i, true), m.s.side(m.p, i, false)
	w := readiness{row: i, rank: 3, size: math.Abs(nearest(coef)), odd: !powerOfTwo(coef.Num())}
	y, weighed := m.first[i]
	switch {
	case lower == upper:
		w.rank = 0
	case weighed && math.Abs(nearest(y)) >= firm:
		w.rank = 1
	case !math.IsInf(lower, 0) && !math.IsInf(upper, 0):
		w.rank = 2
	}
	return w
}

func (w readiness) compare(v readiness) int {
	odd := 0
	if w.odd != v.odd {
		if odd = -1; w.odd {
			odd = 1
		}
	}
	return cmp.Or(cmp.Compare(w.rank, v.rank), odd, cmp.Compare(v.size, w.size), cmp.Compare(w.row, v.row))
}

// powerOfTwo says whether the magnitude of v, which is not 0, is one.
func powerOfTwo(v *big.Int) bool {
	return v.TrailingZeroBits()+1 == uint(v.BitLen())
}

// leaf is that of the multipliers, nil where their common denominator is too long.
func (m *mending) leaf() *Leaf {
	l := exactly(m.y)
	if l != nil {
		l.Ray = m.ray
	}
	return l
}

// exactly is the leaf of multipliers by row, nil where their common denominator is too long.
func exactly(y map[int]*big.Rat) *Leaf {
	over := big.NewInt(1)
	l := &Leaf{Rows: slices.Sorted(maps.Keys(y)), Y: Ints{}}
	l.Rows = slices.DeleteFunc(l.Rows, func(i int) bool { return y[i].Sign() == 0 })
	for _, i := range l.Rows {
		d := y[i].Denom()
		if over = over.Mul(over, new(big.Int).Quo(d, new(big.Int).GCD(nil, nil, over, d))); over.BitLen() > mostDenominator {
			return nil
		}
	}
	l.Over = &Number{}
	l.Over.SetInt(over)
	for _, i := range l.Rows {
		var v Number
		v.Mul(y[i], &l.Over.Rat)
		l.Exact = append(l.Exact, v)
	}
	return l.usual()
}

// usual is the same leaf with a shift, where its multipliers allow that.
func (l *Leaf) usual() *Leaf {
	if over := l.Over.Num(); !powerOfTwo(over) || over.BitLen() > maxShift+1 {
		return l
	}
	out := &Leaf{Rows: l.Rows, Y: make(Ints, 0, len(l.Rows)), Shift: l.Over.Num().BitLen() - 1, Ray: l.Ray}
	for _, y := range l.Exact {
		if y.Num().BitLen() > mostBits {
			return l
		}
		out.Y = append(out.Y, y.Num().Int64())
	}
	return out
}
