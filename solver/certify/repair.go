package certify

import (
	"math"
	"slices"

	"cadre/mip"
)

// What a point may lose by being made exact, relative to the larger of 1 and the level's value. The first repair that loses no
// more than slightLoss is taken, else one that loses no more than mostLoss.
const (
	// slightLoss: a simplex code's values are no better than this.
	slightLoss = 1e-9
	// mostLoss is what keeping rows within their tolerance is worth: a repair that loses more is worse than the point found, and
	// whoever asks for a bound within that much would not get it.
	mostLoss = mip.FeasTol
)

// Exact returns x with its continuous columns rounded, where that makes it feasible in exact arithmetic: simplex codes hand out
// values such as 0.9999999999. The repair that loses least is taken, and any rather than none, since plans have to be exact.
func Exact(m *mip.Model, x []float64) []float64 { return repaired(m, x, math.Inf(1)) }

// Close is Exact, but a repair that costs more than mip.FeasTol of some level's value is none. Then it is x, integers rounded and
// within its bounds, whose rows may be off by as much (see Near). Where no repair costs next to nothing, and the model is small
// and has one level, it is the best point with the integers of x, or the nearest to it in floats, if there is one.
func Close(m *mip.Model, x []float64) []float64 { return repaired(m, x, mostLoss) }

// grids are the decimal places to which continuous columns are rounded, the coarsest first: what is meant is often short.
var grids = []int{0, 3, 6, 9, 12}

// repaired is the best repair of x that loses no more than most, else x with its integers rounded, within the bounds.
func repaired(m *mip.Model, x []float64, most float64) []float64 {
	if len(x) != len(m.Columns) {
		return x
	}
	x = settled(m, x)
	var best, last []float64
	free := directions(m)
	for _, places := range grids {
		for _, way := range [][]direction{nil, free} {
			z := onGrid(m, x, places, way)
			if slices.Equal(z, last) {
				continue
			}
			last = z
			lost := loss(m, x, z)
			if lost > most || Feasible(m, z) != nil {
				continue
			}
			if best, most = z, lost; lost <= slightLoss {
				return best
			}
		}
	}
	if Feasible(m, x) == nil {
		return x
	}
	y := vertex(m, x)
	switch {
	case y != nil && Feasible(m, y) == nil:
		return y // whatever it costs: what is less breaks a row
	case best != nil:
		return best
	case y != nil:
		return y
	}
	return x
}

// settled is x with integers rounded that lie within tolerance, all columns within their bounds, and no negative zero.
func settled(m *mip.Model, x []float64) []float64 {
	out := make([]float64, len(x))
	for j, c := range m.Columns {
		v := x[j]
		if r := math.Round(v); c.Integer && math.Abs(v-r) <= mip.IntTol {
			v = r
		}
		if !c.Integer {
			v = math.Max(c.Lower, math.Min(c.Upper, v))
		}
		out[j] = v + 0
	}
	return out
}

// direction is where a column may move without breaking a row.
type direction struct{ down, up bool }

// directions are those of all columns.
func directions(m *mip.Model) []direction {
	free := make([]direction, len(m.Columns))
	for j := range free {
		free[j] = direction{true, true}
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		below, above := !math.IsInf(r.Lower, -1), !math.IsInf(r.Upper, 1)
		for _, t := range r.Terms {
			if t.Coef < 0 && above || t.Coef > 0 && below {
				free[t.Col].down = false
			}
			if t.Coef < 0 && below || t.Coef > 0 && above {
				free[t.Col].up = false
			}
		}
	}
	return free
}

// onGrid is x with its continuous columns at so many decimal places, where that moves them by less than mip.IntTol: the nearest
// such value, or where a way is known on which a column breaks no row, the next one on it.
func onGrid(m *mip.Model, x []float64, places int, free []direction) []float64 {
	unit := math.Pow10(places) // exact up to 10^22
	out := slices.Clone(x)
	for j, c := range m.Columns {
		if c.Integer || !(math.Abs(x[j])*unit < exactInts) {
			continue
		}
		round := math.Round
		if free != nil {
			round = free[j].rounding()
		}
		if v := round(x[j]*unit) / unit; math.Abs(v-x[j]) <= mip.IntTol && v >= c.Lower && v <= c.Upper {
			out[j] = v + 0
		}
	}
	return out
}

func (d direction) rounding() func(float64) float64 {
	switch {
	case d.up && !d.down:
		return math.Ceil
	case d.down && !d.up:
		return math.Floor
	}
	return math.Round
}

// loss is how much worse y is than x on the level that loses most, relative to the larger of 1 and its value; never negative.
func loss(m *mip.Model, x, y []float64) float64 {
	most := 0.0
	for k := range m.Levels {
		l := &m.Levels[k]
		rise := 0.0
		for _, t := range l.Terms {
			rise += t.Coef * (y[t.Col] - x[t.Col]) // far more exact than the difference of the two values
		}
		most = math.Max(most, rise/math.Max(1, math.Abs(l.Value(x))))
	}
	return most
}
