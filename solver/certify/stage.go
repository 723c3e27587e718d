package certify

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"cadre/internal/i18n"
	"cadre/mip"
)

// stage is what one level's proof is about: the model with that level as its only objective, one more row "at most its
// value" for each earlier level, and columns tightened by what these rows alone imply. Data are the model's
// float64, which are exact; ints holds them once more where they are integers of moderate size.
type stage struct {
	model        *mip.Model
	given        int       // rows of the model itself; those of earlier levels follow
	lower, upper []float64 // of the columns at the root
	step         *big.Int  // differences of the objective at integer points are multiples of it; nil where none is known
	constant     *big.Rat
	ints         *integers // nil where the data do not fit
	shared       []Shared
	wide         *wide            // the general arithmetic, made when first needed
	implied      map[int]*implied // by step of a ladder, nil where there are none
}

// newStage states level k; values are those of the earlier levels, matrix is newMatrix(m).
func newStage(m *mip.Model, matrix *matrix, k int, values []*big.Rat) *stage {
	s := &stage{model: m.WithLevel(k), given: len(m.Rows), lower: make([]float64, len(m.Columns)), upper: make([]float64, len(m.Columns))}
	for j, c := range m.Columns {
		s.lower[j], s.upper[j] = c.Lower, c.Upper
		if c.Integer {
			s.lower[j], s.upper[j] = math.Ceil(c.Lower), math.Floor(c.Upper)
		}
	}
	for i := range k {
		l := &m.Levels[i]
		room := floatUp(new(big.Rat).Sub(values[i], mip.Rat(l.Constant)))
		s.model.AddRow(mip.Constraint{Name: "level:" + l.Name, Lower: math.Inf(-1), Upper: room, Terms: l.Terms})
		s.tighten(l, room)
	}
	level := &m.Levels[k]
	s.constant = mip.Rat(level.Constant)
	s.step = step(m, level)
	s.ints = newIntegers(s, matrix)
	return s
}

// tighten draws from "sum of the level's terms <= room" how far each column may leave the side that the level likes
// best: by at most the slack over what the column bounds alone allow. Only where all sums are exact.
func (s *stage) tighten(l *mip.Level, room float64) {
	least, mass := 0.0, math.Abs(room)
	for _, t := range l.Terms {
		side := s.lower[t.Col]
		if t.Coef < 0 {
			side = s.upper[t.Col]
		}
		if t.Coef == 0 {
			continue
		}
		least += t.Coef * side
		mass += math.Abs(t.Coef * side)
		if !s.model.Columns[t.Col].Integer || t.Coef != math.Trunc(t.Coef) || !(mass < exactInts) {
			return
		}
	}
	slack := room - least
	if !(slack >= 0) {
		return
	}
	for _, t := range l.Terms {
		reach := math.Floor(slack / math.Abs(t.Coef)) // integers below 2^53: never rounded below an integer it reaches
		switch j := t.Col; {
		case t.Coef > 0:
			s.upper[j] = math.Min(s.upper[j], s.lower[j]+reach)
		case t.Coef < 0:
			s.lower[j] = math.Max(s.lower[j], s.upper[j]-reach)
		}
	}
}

// step is the greatest common divisor of integer coefficients on integer columns, nil where there are others.
func step(m *mip.Model, l *mip.Level) *big.Int {
	g := 0.0
	for _, t := range l.Terms {
		if t.Coef != math.Trunc(t.Coef) || t.Coef != 0 && !m.Columns[t.Col].Integer {
			return nil
		}
		for c := math.Abs(t.Coef); c != 0 && g != 1; {
			g, c = c, math.Mod(g, c) // Mod is exact
		}
	}
	whole, _ := big.NewFloat(g).Int(nil)
	return whole
}

// roundUp lifts a bound to the next value that the objective can take.
func (s *stage) roundUp(bound *big.Rat) *big.Rat {
	if s.step == nil {
		return bound
	}
	over := new(big.Rat).Sub(bound, s.constant)
	if s.step.Sign() == 0 {
		return new(big.Rat).Set(s.constant) // the objective is its constant
	}
	over.Quo(over, new(big.Rat).SetInt(s.step))
	q := new(big.Int)
	q.Neg(q.Div(new(big.Int).Neg(over.Num()), over.Denom())) // Div rounds down: minus twice gives the ceiling
	return over.Add(over.SetInt(q.Mul(q, s.step)), s.constant)
}

// finish computes the leaf's bound.
func (s *stage) finish(p place, l *Leaf) *Leaf {
	bound := s.bound(p, l)
	if l.none = bound == nil; !l.none {
		l.Bound = number(bound)
	}
	return l
}

// rounded is the leaf's bound, lifted to a value that the objective can take; nil where there is none.
func (s *stage) rounded(l *Leaf) *big.Rat {
	if !l.known() {
		return nil
	}
	return s.roundUp(&l.Bound.Rat)
}

// place is a node's share of the stage: its column bounds, and the rows of the splits and sums above it.
type place struct {
	lower, upper []float64
	own          []ownRow
}

// ownRow is a row that a place has of its own: integer columns with integer coefficients (nil: ones).
type ownRow struct {
	columns      []int
	coefs        Ints
	lower, upper float64
}

// someOf is the row of a split: at least one.
func someOf(s *Split) ownRow { return ownRow{s.Columns, nil, 1, math.Inf(1)} }

// sides are the two rows of a sum.
func (s *Sum) sides() (low, high ownRow) {
	return ownRow{s.Columns, s.Coefs, math.Inf(-1), float64(s.At)}, ownRow{s.Columns, s.Coefs, float64(s.At + 1), math.Inf(1)}
}

// coef is the coefficient of its e-th column.
func (r *ownRow) coef(e int) int64 {
	if r.coefs == nil {
		return 1
	}
	return r.coefs[e]
}

// check says what is wrong with a sum as far as it stands by itself, nil where nothing is.
func (s *Sum) check() error {
	if s.Coefs != nil && len(s.Coefs) != len(s.Columns) {
		return i18n.E("系数与变量个数不同", "it has not one coefficient for each column")
	}
	if abs(s.At) >= exactInts {
		return i18n.E("at 过大", "its limit is too large")
	}
	for _, c := range s.Coefs {
		if abs(c) >= moderate {
			return i18n.E("有系数过大", "a coefficient is too large")
		}
	}
	return nil
}

// fault is check in English, "" where nothing is wrong.
func (s *Sum) fault() string {
	if err := s.check(); err != nil {
		return err.Error()
	}
	return ""
}

// partition says whether row i of the model takes at most one of its columns, all nonnegative integers at p.
func (s *stage) partition(i int, p *place) bool {
	if i < 0 || i >= s.given || !(s.model.Rows[i].Upper <= 1) {
		return false
	}
	for _, t := range s.model.Rows[i].Terms {
		if t.Coef != 1 || !s.model.Columns[t.Col].Integer || p.lower[t.Col] < 0 {
			return false
		}
	}
	return true
}

// others are the columns of partition i that are not in the set, which is ascending and part of the row; false where it is not.
func (s *stage) others(i int, set []int) ([]int, bool) {
	var rest []int
	found := 0
	for _, t := range s.model.Rows[i].Terms {
		if _, in := slices.BinarySearch(set, int(t.Col)); in {
			found++
		} else {
			rest = append(rest, int(t.Col))
		}
	}
	return rest, found == len(set)
}

// clear sets the upper bounds of columns to zero, and returns what they were.
func (p *place) clear(columns []int) []float64 {
	was := make([]float64, len(columns))
	for e, j := range columns {
		was[e] = p.upper[j]
		p.upper[j] = math.Min(p.upper[j], 0)
	}
	return was
}

// reset undoes clear, from the last column to the first: one that is named twice was zero the second time.
func (p *place) reset(columns []int, was []float64) {
	for e, j := range slices.Backward(columns) {
		p.upper[j] = was[e]
	}
}

func (s *stage) root() place { return place{lower: s.lower, upper: s.upper} }

// rows counts the rows that a leaf at p may weigh.
func (s *stage) rows(p place) int { return len(s.model.Rows) + len(p.own) }

// side is the side of row i that a multiplier of this sign weighs at p; infinite where there is none.
func (s *stage) side(p place, i int, positive bool) float64 {
	if k := i - len(s.model.Rows); k >= 0 {
		if positive {
			return p.own[k].lower
		}
		return p.own[k].upper
	}
	if positive {
		return s.model.Rows[i].Lower
	}
	return s.model.Rows[i].Upper
}

// bound is what a leaf's multipliers give at p:
//
//	constant + sum of y_i side_i + sum over columns of min over bounds of (c - A'y) x,
//
// with a ray: without constant and costs; with limits: within these as well. nil where a needed side or bound is infinite, or limits
// are none. The leaf's row indices must exist.
func (s *stage) bound(p place, l *Leaf) *big.Rat {
	l = spread(s.shared, l)
	for e, i := range l.Rows {
		if sign := l.sign(e); sign != 0 && math.IsInf(s.side(p, i, sign > 0), 0) {
			return nil
		}
	}
	if s.fast(p, l) {
		if bound, fits := s.ints.bound(s, p, l); fits {
			return bound
		}
	}
	if len(l.Limits) > 0 {
		return nil
	}
	return s.general().bound(s, p, l)
}

// fast says whether the leaf can be computed in integers of fixed size, but for the sum.
func (s *stage) fast(p place, l *Leaf) bool {
	return l.Over == nil && s.ints != nil && s.ints.fit(p, l)
}

// general is the general arithmetic.
func (s *stage) general() *wide {
	if s.wide == nil {
		s.wide = newWide(s)
	}
	return s.wide
}

// signs are the signs of the reduced costs under the leaf's multipliers, by column, until the next call for any leaf.
func (s *stage) signs(p place, l *Leaf) func(j int) int {
	if s.fast(p, l) {
		s.ints.reduce(s, p, l)
		return func(j int) int { return cmp.Compare(s.ints.reduced[j], 0) }
	}
	w := s.general()
	w.reduce(s, p, l)
	return func(j int) int { return w.reduced[j].Sign() }
}
