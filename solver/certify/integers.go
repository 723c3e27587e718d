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
	large   []int64      // by row: the largest magnitude of a coefficient
	dear    int64        // the largest magnitude of a cost
	reduced []int64      // scratch, and what the last bound left: reduced costs times 2^shift
	cells   *int64       // of knapsacks so far, see maxCells
	in      []int        // scratch: by column, at which turn it was in a limit
	turn    int
}

// moderate bounds data and column bounds, so that products with a 63-bit multiplier fit 128 bits 2^24 times.
const moderate = 1 << 40

// matrix is what the levels of a model share: whether its rows are integers of moderate size, and how large.
type matrix struct {
	fits  bool
	large []int64 // by row: the largest magnitude of a coefficient
	cells int64   // of knapsacks so far, see maxCells
}

func newMatrix(m *mip.Model) *matrix {
	x := &matrix{fits: true, large: make([]int64, len(m.Rows))}
	for i := range m.Rows {
		large, ok := largest(&m.Rows[i])
		x.large[i], x.fits = large, x.fits && ok
	}
	return x
}

// largest is the largest magnitude of a row's coefficients; false where its data are not integers of moderate size.
func largest(r *mip.Constraint) (large int64, ok bool) {
	ok = small(r.Lower) && small(r.Upper)
	for _, t := range r.Terms {
		ok = ok && small(t.Coef)
		large = max(large, abs(int64(t.Coef)))
	}
	return large, ok
}

func newIntegers(s *stage, x *matrix) *integers {
	if !x.fits {
		return nil
	}
	n := len(s.model.Columns)
	v := &integers{cost: make([]int64, n), reduced: make([]int64, n), large: x.large[:len(x.large):len(x.large)], cells: &x.cells, in: make([]int, n)}
	for j := range n {
		if !small(s.lower[j]) || !small(s.upper[j]) {
			return nil
		}
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
	for i := len(x.large); i < len(s.model.Rows); i++ { // of earlier levels, and cuts
		large, ok := largest(&s.model.Rows[i])
		if !ok {
			return nil
		}
		v.large = append(v.large, large)
	}
	return v
}

// small says whether v is an infinite bound or an integer of moderate size.
func small(v float64) bool {
	return math.IsInf(v, 0) || v == math.Trunc(v) && math.Abs(v) < moderate
}

// fit says whether no reduced cost can leave 62 bits under the leaf's multipliers: the sum of all multipliers times the largest
// coefficient of their rows is no more than that.
func (v *integers) fit(p place, l *Leaf) bool {
	mass := math.Ldexp(float64(v.dear), l.Shift)
	for e, i := range l.Rows {
		large := int64(1)
		if k := i - len(v.terms); k < 0 {
			large = v.large[i]
		} else {
			for _, c := range p.own[k].coefs {
				large = max(large, abs(c))
			}
		}
		mass += math.Abs(float64(l.Y[e])) * float64(large)
	}
	return mass < 1<<62
}

// bound is stage.bound in integers.
func (v *integers) bound(s *stage, p place, l *Leaf) *big.Rat {
	sum := v.reduce(s, p, l)
	if len(l.Limits) > 0 {
		least, ok := v.pack(s, p, l)
		if !ok {
			return nil
		}
		sum.addProduct(least, 1)
	} else if !v.boxes(p, &sum) {
		return nil
	}
	out := new(big.Rat).SetFrac(sum.big(), new(big.Int).Lsh(big.NewInt(1), uint(l.Shift)))
	if !l.Ray {
		out.Add(out, s.constant)
	}
	return out
}

// reduce leaves the reduced costs, and returns what the rows' sides give.
func (v *integers) reduce(s *stage, p place, l *Leaf) (sum int128) {
	d := v.reduced
	clear(d)
	if !l.Ray {
		for j, c := range v.cost {
			d[j] = c << l.Shift
		}
	}
	for e, i := range l.Rows {
		y := l.Y[e]
		if y == 0 {
			continue
		}
		sum.addProduct(y, int64(s.side(p, i, y > 0)))
		if i >= len(v.terms) {
			own := &p.own[i-len(v.terms)]
			for e, j := range own.columns {
				d[j] -= y * own.coef(e)
			}
			continue
		}
		for _, t := range v.terms[i] {
			d[t.Col] -= y * int64(t.Coef)
		}
	}
	return sum
}

// boxes adds the least that the column bounds allow; false where a bound that it needs is infinite.
func (v *integers) boxes(p place, sum *int128) bool {
	for j, r := range v.reduced {
		if r == 0 {
			continue
		}
		at := p.lower[j]
		if r < 0 {
			at = p.upper[j]
		}
		if math.IsInf(at, 0) {
			return false
		}
		sum.addProduct(r, int64(at))
	}
	return true
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
