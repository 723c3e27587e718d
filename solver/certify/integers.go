package certify

import (
	"math"
	"math/big"
	"math/bits"

	"cadre/mip"
)

// integers is a stage whose data are all integers below 2^40, for fast exact arithmetic: reduced costs in 64 bits, sums
// in 128.
type integers struct {
	cost    []int64
	terms   [][]mip.Term // by row; coefficients are integers
	entries int64        // the most terms in a column
	large   int64        // the largest magnitude of a coefficient of a row
	dear    int64        // the largest magnitude of a cost
	reduced []int64      // scratch, and what the last bound left: reduced costs times 2^shift
}

// moderate bounds data and column bounds, so that products with a 63-bit multiplier fit 128 bits 2^24 times.
const moderate = 1 << 40

// matrix is what the levels of a model share: whether its rows are integers of moderate size, and how large.
type matrix struct {
	fits  bool
	count []int64 // terms by column
	large int64   // the largest magnitude of a coefficient
}

func newMatrix(m *mip.Model) *matrix {
	x := &matrix{fits: true, count: make([]int64, len(m.Columns))}
	for i := range m.Rows {
		r := &m.Rows[i]
		x.fits = x.fits && small(r.Lower) && small(r.Upper)
		for _, t := range r.Terms {
			x.fits = x.fits && small(t.Coef)
			x.count[t.Col]++
			x.large = max(x.large, abs(int64(t.Coef)))
		}
	}
	return x
}

func newIntegers(s *stage, x *matrix) *integers {
	if !x.fits {
		return nil
	}
	n := len(s.model.Columns)
	v := &integers{cost: make([]int64, n), reduced: make([]int64, n), large: x.large}
	for j := range n {
		if !small(s.lower[j]) || !small(s.upper[j]) {
			return nil
		}
		v.entries = max(v.entries, x.count[j])
	}
	for _, t := range s.model.Levels[0].Terms {
		if !small(t.Coef) {
			return nil
		}
		v.cost[t.Col] = int64(t.Coef)
		v.dear = max(v.dear, abs(int64(t.Coef)))
	}
	for i := range s.model.Rows {
		v.terms = append(v.terms, s.model.Rows[i].Terms)
	}
	return v.withLevels(s)
}

// withLevels takes account of the rows of earlier levels, nil where they do not fit.
func (v *integers) withLevels(s *stage) *integers {
	levels := s.model.Rows[s.given:]
	v.entries += int64(len(levels))
	for i := range levels {
		if !small(levels[i].Upper) {
			return nil
		}
		for _, t := range levels[i].Terms {
			if !small(t.Coef) {
				return nil
			}
			v.large = max(v.large, abs(int64(t.Coef)))
		}
	}
	return v
}

// small says whether v is an infinite bound or an integer of moderate size.
func small(v float64) bool {
	return math.IsInf(v, 0) || v == math.Trunc(v) && math.Abs(v) < moderate
}

// fit says whether no reduced cost can leave 62 bits under the leaf's multipliers.
func (v *integers) fit(p place, l *Leaf) bool {
	top := 0.0
	for _, y := range l.Y {
		top = math.Max(top, math.Abs(float64(y)))
	}
	mass := math.Ldexp(float64(v.dear), l.Shift) + top*float64(max(v.large, 1))*float64(v.entries+int64(len(p.sets)))
	return mass < 1<<62
}

// bound is stage.bound in integers.
func (v *integers) bound(s *stage, p place, l *Leaf) *big.Rat {
	d := v.reduced
	clear(d)
	if !l.Ray {
		for j, c := range v.cost {
			d[j] = c << l.Shift
		}
	}
	var sum int128
	for e, i := range l.Rows {
		y := l.Y[e]
		if y == 0 {
			continue
		}
		sum.addProduct(y, int64(s.side(i, y > 0)))
		if i >= len(v.terms) {
			for _, j := range p.sets[i-len(v.terms)] {
				d[j] -= y
			}
			continue
		}
		for _, t := range v.terms[i] {
			d[t.Col] -= y * int64(t.Coef)
		}
	}
	for j, r := range d {
		if r == 0 {
			continue
		}
		at := p.lower[j]
		if r < 0 {
			at = p.upper[j]
		}
		if math.IsInf(at, 0) {
			return nil
		}
		sum.addProduct(r, int64(at))
	}
	out := new(big.Rat).SetFrac(sum.big(), new(big.Int).Lsh(big.NewInt(1), uint(l.Shift)))
	if !l.Ray {
		out.Add(out, s.constant)
	}
	return out
}

// int128 is a signed integer of 128 bits in two's complement.
type int128 struct {
	high int64
	low  uint64
}

// addProduct adds a times b.
func (s *int128) addProduct(a, b int64) {
	high, low := bits.Mul64(uint64(a), uint64(b))
	signed := int64(high) - a>>63&b - b>>63&a // the unsigned product counts negative factors 2^64 too high
	var carry uint64
	s.low, carry = bits.Add64(s.low, low, 0)
	s.high += signed + int64(carry)
}

func (s *int128) big() *big.Int {
	v := new(big.Int).Lsh(big.NewInt(s.high), 64)
	return v.Add(v, new(big.Int).SetUint64(s.low))
}
