package solver

import (
	"cmp"
	"math"
	"slices"

	"cadre/mip"
)

// Ascend looks for row multipliers of m's only level by coordinate ascent on the dual of the relaxation: row after row,
// each multiplier takes the value that is best while the others stay, from zero, and once more. It needs no factorisation
// and proves little in general, but at once what rows decide one by one: that each of so many partitions must take a
// column that counts. The bound is that of the multipliers (indexed by mip.Row), -Inf where a column has no bound on the
// side that its cost asks for. It takes time linear in the terms, but for sorting within rows.
func Ascend(m *mip.Model) (multipliers []float64, bound float64) { return AscendFrom(m, nil) }

// AscendFrom is Ascend from given multipliers (indexed by mip.Row, short or nil: zeros), which it does not change: no bound
// that they give is lost. It mends multipliers of a presolved model, whose tighter bounds rows have to make up for.
func AscendFrom(m *mip.Model, y []float64) (multipliers []float64, bound float64) {
	return newAscent(m, y).climb()
}

// AscendWithin is AscendFrom within other bounds of the columns than the model's, by mip.Col, such as those of a node of a tree.
func AscendWithin(m *mip.Model, y, lower, upper []float64) (multipliers []float64, bound float64) {
	a := newAscent(m, y)
	a.lower, a.upper = lower, upper
	return a.climb()
}

// climb raises rows without a multiplier first: those that a presolve had dropped make up for what they held, before others do.
func (a *ascent) climb() ([]float64, float64) {
	for i, v := range a.y {
		if v == 0 {
			a.raise(i)
		}
	}
	for range ascentSweeps {
		for i := range a.m.Rows {
			a.raise(i)
		}
	}
	return a.y, a.bound()
}

func newAscent(m *mip.Model, y []float64) *ascent {
	a := &ascent{m: m, y: make([]float64, len(m.Rows)), d: make([]float64, len(m.Columns))}
	a.lower, a.upper = make([]float64, len(m.Columns)), make([]float64, len(m.Columns))
	for j, c := range m.Columns {
		a.lower[j], a.upper[j] = c.Lower, c.Upper
	}
	copy(a.y, y)
	if len(m.Levels) > 0 {
		for _, t := range m.Levels[0].Terms {
			a.d[t.Col] += t.Coef
		}
	}
	for i, v := range a.y {
		if v == 0 {
			continue
		}
		for _, t := range m.Rows[i].Terms {
			a.d[t.Col] -= v * t.Coef
		}
	}
	return a
}

// ascentSweeps: the second sweep gains where rows share columns, the third hardly does.
const ascentSweeps = 2

// ascent holds multipliers and reduced costs.
type ascent struct {
	m            *mip.Model
	y, d         []float64
	lower, upper []float64 // of the columns
	steps        []step
}

// step is a multiplier at which a column, or the row itself, changes the side that counts: what that contributes to the
// slope of the dual, before and after.
type step struct{ at, before, after float64 }

// raise puts y_i where the dual, a concave and piecewise linear function of it, is largest; as near to where it was as
// can be. Its slope is the row's side (the upper one for y < 0, the lower one for y > 0) less the row's activity at the sides
// that the columns' reduced costs prefer.
func (a *ascent) raise(i int) {
	r := &a.m.Rows[i]
	if a.peaks(i) {
		return
	}
	a.steps = append(a.steps[:0], step{0, r.Upper, r.Lower})
	for _, t := range r.Terms {
		least, most := -t.Coef*a.lower[t.Col], -t.Coef*a.upper[t.Col]
		if t.Coef < 0 {
			least, most = most, least
		}
		if t.Coef != 0 { // far down, the reduced cost has the sign of the coefficient
			a.steps = append(a.steps, step{a.y[i] + a.d[t.Col]/t.Coef, least, most})
		}
	}
	slices.SortFunc(a.steps, func(s, t step) int { return cmp.Compare(s.at, t.at) })
	y := a.best(a.y[i])
	if math.IsInf(y, 0) || math.IsNaN(y) || y == a.y[i] {
		return
	}
	for _, t := range r.Terms {
		a.d[t.Col] -= (y - a.y[i]) * t.Coef
	}
	a.y[i] = y
}

// peaks says whether y_i is where it should be already: the dual does not rise on either side of it. It spares sorting the
// steps of most rows.
func (a *ascent) peaks(i int) bool {
	r := &a.m.Rows[i]
	var left, right slope // of the dual below and above y
	add := func(below, above float64) {
		left.add(below, 1)
		right.add(above, 1)
	}
	switch y := a.y[i]; {
	case y > 0:
		add(r.Lower, r.Lower)
	case y < 0:
		add(r.Upper, r.Upper)
	default:
		add(r.Upper, r.Lower)
	}
	for _, t := range r.Terms {
		lower, upper := -t.Coef*a.lower[t.Col], -t.Coef*a.upper[t.Col]
		switch d := a.d[t.Col]; {
		case t.Coef == 0:
		case d > 0:
			add(lower, lower)
		case d < 0:
			add(upper, upper)
		case t.Coef > 0: // below y the reduced cost is positive
			add(lower, upper)
		default:
			add(upper, lower)
		}
	}
	return left.sign() >= 0 && right.sign() <= 0
}

// best walks up the steps: the dual rises before from, and falls behind to.
func (a *ascent) best(y float64) float64 {
	var s slope
	for _, t := range a.steps {
		s.add(t.before, 1)
	}
	from, to := math.Inf(-1), math.Inf(1)
	if s.sign() > 0 {
		from = math.Inf(1)
	}
	for _, t := range a.steps {
		s.add(t.before, -1)
		s.add(t.after, 1)
		if s.sign() <= 0 {
			from = math.Min(from, t.at)
		}
		if s.sign() < 0 {
			to = t.at
			break
		}
	}
	return math.Min(math.Max(y, from), to)
}

// slope is a sum in which infinite terms are counted, so that they can be taken off again.
type slope struct {
	finite      float64
	plus, minus int
}

func (s *slope) add(v float64, times int) {
	switch {
	case math.IsInf(v, 1):
		s.plus += times
	case math.IsInf(v, -1):
		s.minus += times
	default:
		s.finite += v * float64(times)
	}
}

// sign: where both infinities occur, the dual has no finite value on either side, and up is as good as down.
func (s *slope) sign() float64 {
	switch {
	case s.plus > 0:
		return 1
	case s.minus > 0:
		return -1
	}
	return s.finite
}

// bound is what the multipliers give.
func (a *ascent) bound() float64 {
	sum := 0.0
	if len(a.m.Levels) > 0 {
		sum = a.m.Levels[0].Constant
	}
	for i, y := range a.y {
		switch {
		case y > 0:
			sum += y * a.m.Rows[i].Lower
		case y < 0:
			sum += y * a.m.Rows[i].Upper
		}
	}
	for j, d := range a.d {
		switch {
		case d > 0:
			sum += d * a.lower[j]
		case d < 0:
			sum += d * a.upper[j]
		}
	}
	if math.IsNaN(sum) {
		return math.Inf(-1)
	}
	return sum
}
