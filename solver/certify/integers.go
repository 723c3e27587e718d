package certify

import (
	"math"
	"math/big"
	"math/bits"
	"slices"

	"cadre/mip"
)

// integers is a stage whose data are all integers below 2^40 once they are multiplied by a unit, a power of ten, for fast exact
// arithmetic: reduced costs in 64 bits, sums in 128.
type integers struct {
	unit    int64
	cost    []int64      // times unit
	terms   [][]mip.Term // by row; coefficients are integers: they are those of the model times unit
	large   []int64      // by row: the largest magnitude of a coefficient, or beyond
	dear    int64        // the largest magnitude of a cost
	reduced []int64      // scratch, and what the last bound left: reduced costs times 2^shift and unit
	cells   *int64       // of knapsacks so far, see maxCells
	in      []int        // scratch: by column, at which turn it was in a limit
	turn    int
}

// moderate bounds the data in units: whatever is smaller is exact as a float and as an int64, and so are its products with
// multipliers as far as fit lets them through.
const moderate = 1 << 40

// beyond stands for the largest coefficient of a row that is not of moderate size in units: no leaf that weighs it is fit, big
// integers take it.
const beyond = math.MaxInt64

// matrix is what the levels of a model share: the decimal places of its rows, and the rows in units of so many.
type matrix struct {
	model  *mip.Model
	places int
	scales map[int]*scale // by places
	cells  int64          // of knapsacks so far, see maxCells
}

// scale are a model's rows with decimal places moved before the point.
type scale struct {
	terms [][]mip.Term // by row; those without any places are the model's own
	large []int64      // by row: the largest magnitude of a coefficient
	fits  bool         // whether all data are of moderate size
}

func newMatrix(m *mip.Model) *matrix {
	x := &matrix{model: m, scales: map[int]*scale{}}
	for i := range m.Rows {
		x.places = max(x.places, rowPlaces(&m.Rows[i]))
	}
	return x
}

// rowPlaces is how many decimal places a row's data need.
func rowPlaces(r *mip.Constraint) int {
	n := max(places(r.Lower), places(r.Upper))
	for _, t := range r.Terms {
		n = max(n, places(t.Coef))
	}
	return n
}

// in are the rows with so many decimal places moved before the point.
func (x *matrix) in(places int) *scale {
	if s, ok := x.scales[places]; ok {
		return s
	}
	s := &scale{fits: true}
	for i := range x.model.Rows {
		terms, large := scaled(&x.model.Rows[i], tens[places])
		s.terms, s.large, s.fits = append(s.terms, terms), append(s.large, large), s.fits && large < beyond
	}
	x.scales[places] = s
	return s
}

// scaled are a row's terms in units, and the largest magnitude of their coefficients: beyond, and no terms, where the row's data are not
// of moderate size.
func scaled(r *mip.Constraint, unit int64) (terms []mip.Term, large int64) {
	if !moderately(r.Lower, unit) || !moderately(r.Upper, unit) {
		return nil, beyond
	}
	for _, t := range r.Terms {
		if !moderately(t.Coef, unit) {
			return nil, beyond
		}
		large = max(large, abs(whole(t.Coef, unit)))
	}
	if unit == 1 {
		return r.Terms, large
	}
	terms = make([]mip.Term, len(r.Terms))
	for e, t := range r.Terms {
		terms[e] = mip.Term{Col: t.Col, Coef: float64(whole(t.Coef, unit))}
	}
	return terms, large
}

// moderately says whether v is infinite or of moderate size in units.
func moderately(v float64, unit int64) bool {
	return math.IsInf(v, 0) || math.Abs(v)*float64(unit) < moderate
}

func newIntegers(s *stage, x *matrix) *integers {
	n, level := len(s.model.Columns), s.model.Levels[0].Terms
	most := x.places
	for i := len(x.model.Rows); i < len(s.model.Rows); i++ { // of earlier levels
		most = max(most, rowPlaces(&s.model.Rows[i]))
	}
	for _, t := range level {
		most = max(most, places(t.Coef))
	}
	if most > mostPlaces {
		return nil
	}
	v := &integers{unit: tens[most], cost: make([]int64, n), reduced: make([]int64, n), cells: &x.cells, in: make([]int, n)}
	for j := range n {
		if !small(s.lower[j]) || !small(s.upper[j]) {
			return nil
		}
	}
	for _, t := range level {
		if !moderately(t.Coef, v.unit) {
			return nil
		}
		v.cost[t.Col] = whole(t.Coef, v.unit)
		v.dear = max(v.dear, abs(v.cost[t.Col]))
	}
	rows := x.in(most)
	if !rows.fits {
		return nil
	}
	v.terms, v.large = slices.Clone(rows.terms), slices.Clone(rows.large)
	for i := len(v.terms); i < len(s.model.Rows); i++ { // of earlier levels
		terms, large := scaled(&s.model.Rows[i], v.unit)
		if large == beyond {
			return nil
		}
		v.terms, v.large = append(v.terms, terms), append(v.large, large)
	}
	return v
}

// plain says whether the data are integers as they stand, as limits need them.
func (v *integers) plain() bool { return v != nil && v.unit == 1 }

// small says whether v is an infinite bound or an integer of moderate size.
func small(v float64) bool {
	return math.IsInf(v, 0) || v == math.Trunc(v) && math.Abs(v) < moderate
}

// fit says whether all that the leaf weighs is of moderate size and no reduced cost can leave 62 bits under its multipliers: the sum of
// all multipliers times the largest coefficient of their rows is no more than that.
func (v *integers) fit(p place, l *Leaf) bool {
	mass := math.Ldexp(float64(v.dear), l.Shift)
	for e, i := range l.Rows {
		large := v.largeOf(p, i)
		if large == beyond {
			return false
		}
		mass += math.Abs(float64(l.Y[e])) * float64(large)
	}
	return mass < 1<<62
}

// largeOf is large of row i at p.
func (v *integers) largeOf(p place, i int) int64 {
	if k := i - len(v.terms); k >= 0 {
		return p.own[k].large(v.unit)
	}
	return v.large[i]
}

// large is the largest magnitude of the row's coefficients in units, beyond where these or its sides are not of moderate size.
func (r *ownRow) large(unit int64) int64 {
	most := int64(1)
	for _, c := range r.coefs {
		most = max(most, abs(c))
	}
	if most >= moderate/unit || !moderately(r.lower, unit) || !moderately(r.upper, unit) {
		return beyond
	}
	return most * unit
}

// bound is stage.bound in integers, of a leaf that is fit; false where the sum leaves 128 bits, which big integers take.
func (v *integers) bound(s *stage, p place, l *Leaf) (bound *big.Rat, fits bool) {
	sum := v.reduce(s, p, l)
	if len(l.Limits) > 0 {
		least, ok := v.pack(s, p, l)
		if !ok {
			return nil, true
		}
		sum.addProduct(least, 1)
	} else if !v.boxes(p, &sum) {
		return nil, true
	}
	if sum.over {
		return nil, false
	}
	out := new(big.Rat).SetFrac(sum.big(), new(big.Int).Lsh(big.NewInt(v.unit), uint(l.Shift)))
	if !l.Ray {
		out.Add(out, s.constant)
	}
	return out, true
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
		sum.addProduct(y, whole(s.side(p, i, y > 0), v.unit))
		if i >= len(v.terms) {
			own := &p.own[i-len(v.terms)]
			for e, j := range own.columns {
				d[j] -= y * own.coef(e) * v.unit
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

// int128 is a signed integer of 128 bits in two's complement. Branches move column bounds as far as 2^53: over says that a sum was too large once.
type int128 struct {
	high int64
	low  uint64
	over bool
}

// addProduct adds a times b.
func (s *int128) addProduct(a, b int64) {
	high, low := bits.Mul64(uint64(a), uint64(b))
	signed := int64(high) - a>>63&b - b>>63&a // the unsigned product counts negative factors 2^64 too high
	was := s.high
	var carry uint64
	s.low, carry = bits.Add64(s.low, low, 0)
	s.high += signed + int64(carry)
	s.over = s.over || (was^s.high)&(signed^s.high) < 0 // both had the sign that the sum has not
}

func (s *int128) big() *big.Int {
	v := new(big.Int).Lsh(big.NewInt(s.high), 64)
	return v.Add(v, new(big.Int).SetUint64(s.low))
}
