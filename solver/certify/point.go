package certify

import (
	"math"
	"math/big"

	"cadre/internal/i18n"
	"cadre/mip"
)

// Feasible checks x (indexed by mip.Col) against bounds, integrality and rows in exact arithmetic, all numbers taken as they are
// written (see mip.Rat). The error names the first that is broken. Linear in the terms.
func Feasible(m *mip.Model, x []float64) error { return keeps(m, x, 0) }

// Near is Feasible but that a row may be off by mip.FeasTol, relative to the largest of 1 and its terms' magnitudes, as in
// mip.Model.Violation: a point such as 2/3 has no exact decimal. Where all terms are integers, and the sum is exact in floating point as well, it is by mip.FeasTol alone. Bounds and
// integrality are kept exactly.
func Near(m *mip.Model, x []float64) error { return keeps(m, x, mip.FeasTol) }

// keeps is Feasible with rows off by a tolerance at most.
func keeps(m *mip.Model, x []float64, within float64) error {
	if len(x) != len(m.Columns) {
		return i18n.E("解有 %d 个值，变量有 %d 个", "the solution has %d values for %d columns", len(x), len(m.Columns))
	}
	for j, c := range m.Columns {
		switch {
		case !(x[j] >= c.Lower && x[j] <= c.Upper):
			return i18n.E("变量 %s = %g 在 [%g, %g] 之外", "column %s = %g lies outside [%g, %g]", c.Name, x[j], c.Lower, c.Upper)
		case math.IsInf(x[j], 0):
			return i18n.E("变量 %s 为无穷大", "column %s is infinite", c.Name)
		case c.Integer && x[j] != math.Trunc(x[j]):
			return i18n.E("变量 %s = %g 不是整数", "column %s = %g is not an integer", c.Name, x[j])
		}
	}
	for i := range m.Rows {
		if err := rowHolds(&m.Rows[i], x, within); err != nil {
			return err
		}
	}
	return nil
}

func rowHolds(r *mip.Constraint, x []float64, within float64) error {
	whole, exact := wholeDot(r.Terms, x)
	if exact && whole >= r.Lower && whole <= r.Upper {
		return nil
	}
	sum := dot(r.Terms, x)
	slack := new(big.Rat)
	switch {
	case within > 0 && exact: // sums of integers have no rounding errors, however large their terms are
		slack.Set(mip.Rat(within))
	case within > 0:
		slack.Mul(mip.Rat(within), magnitude(r.Terms, x))
	}
	if ratOrInf(r.Lower, new(big.Rat).Add(sum, slack)) > 0 || ratOrInf(r.Upper, new(big.Rat).Sub(sum, slack)) < 0 {
		return i18n.E("约束 %s = %s 在 [%g, %g] 之外", "row %s = %s lies outside [%g, %g]", r.Name, sum.RatString(), r.Lower, r.Upper)
	}
	return nil
}

// magnitude is the largest of 1 and the terms' magnitudes at x.
func magnitude(terms []mip.Term, x []float64) *big.Rat {
	most, product := big.NewRat(1, 1), new(big.Rat)
	for _, t := range terms {
		if product.Abs(product.Mul(mip.Rat(t.Coef), mip.Rat(x[t.Col]))).Cmp(most) > 0 {
			most.Set(product)
		}
	}
	return most
}

// Values are the levels' values at x, exactly.
func Values(m *mip.Model, x []float64) []*big.Rat {
	out := make([]*big.Rat, len(m.Levels))
	for k := range m.Levels {
		out[k] = dot(m.Levels[k].Terms, x)
		out[k].Add(out[k], mip.Rat(m.Levels[k].Constant))
	}
	return out
}

// Side is the least float that is no less than what the level's terms add up to at x: the upper side of a row that x keeps.
func Side(l *mip.Level, x []float64) float64 { return floatUp(dot(l.Terms, x)) }

// room is how large a level may be where later ones are proven: its value. With rows off by a tolerance that may be less than any
// solution reaches, and nothing might be left of which to prove anything. So it is the level's bound then, if that is larger, and where the level is not integral as much room more. A bound on more points is one on fewer.
func room(m *mip.Model, k int, value, bound *big.Rat, within float64) *big.Rat {
	if within == 0 {
		return value
	}
	if bound.Cmp(value) > 0 {
		value = bound
	}
	if m.Integral(&m.Levels[k]) {
		return value
	}
	size := new(big.Rat).Abs(value)
	if one := big.NewRat(1, 1); size.Cmp(one) < 0 {
		size = one
	}
	return size.Add(size.Mul(size, mip.Rat(within)), value)
}

// dot is the exact sum of the terms at x.
func dot(terms []mip.Term, x []float64) *big.Rat {
	if sum, exact := wholeDot(terms, x); exact {
		return mip.Rat(sum)
	}
	return slowDot(terms, x)
}

// wholeDot adds the terms at x as they stand, which is exact for integers whose magnitudes sum up to less than 2^53; false for others.
func wholeDot(terms []mip.Term, x []float64) (sum float64, exact bool) {
	mass := 0.0
	for _, t := range terms {
		at := x[t.Col]
		if at == 0 { // as a rule
			continue
		}
		v := t.Coef * at
		sum += v
		mass += math.Abs(v)
		if t.Coef != math.Trunc(t.Coef) || at != math.Trunc(at) || !(mass < exactInts) {
			return 0, false
		}
	}
	return sum, true
}

func slowDot(terms []mip.Term, x []float64) *big.Rat {
	sum, product := new(big.Rat), new(big.Rat)
	for _, t := range terms {
		if x[t.Col] != 0 {
			sum.Add(sum, product.Mul(mip.Rat(t.Coef), mip.Rat(x[t.Col])))
		}
	}
	return sum
}
