package certify

import (
	"fmt"
	"math"
	"math/big"

	"cadre/mip"
)

// Feasible checks x (indexed by mip.Col) against bounds, integrality and rows in exact arithmetic, all numbers taken as they are
// written (see ratOf). The error names the first that is broken. Linear in the terms.
func Feasible(m *mip.Model, x []float64) error {
	if len(x) != len(m.Columns) {
		return fmt.Errorf("the solution has %d values for %d columns", len(x), len(m.Columns))
	}
	for j, c := range m.Columns {
		switch {
		case !(x[j] >= c.Lower && x[j] <= c.Upper):
			return fmt.Errorf("column %s = %g lies outside [%g, %g]", c.Name, x[j], c.Lower, c.Upper)
		case math.IsInf(x[j], 0):
			return fmt.Errorf("column %s is infinite", c.Name)
		case c.Integer && x[j] != math.Trunc(x[j]):
			return fmt.Errorf("column %s = %g is not an integer", c.Name, x[j])
		}
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		if sum, exact := wholeDot(r.Terms, x); exact && sum >= r.Lower && sum <= r.Upper {
			continue
		}
		if sum := dot(r.Terms, x); ratOrInf(r.Lower, sum) > 0 || ratOrInf(r.Upper, sum) < 0 {
			return fmt.Errorf("row %s = %s lies outside [%g, %g]", r.Name, sum.RatString(), r.Lower, r.Upper)
		}
	}
	return nil
}

// Exact returns x with all values rounded that lie within tolerance of an integer, where that makes it feasible in exact
// arithmetic, else x itself: simplex codes hand out continuous columns such as 0.9999999999.
func Exact(m *mip.Model, x []float64) []float64 {
	near := make([]float64, len(x))
	for j, v := range x {
		near[j] = v
		if r := math.Round(v); math.Abs(v-r) <= mip.IntTol {
			near[j] = r
		}
	}
	if Feasible(m, near) == nil {
		return near
	}
	return x
}

// Values are the levels' values at x, exactly.
func Values(m *mip.Model, x []float64) []*big.Rat {
	out := make([]*big.Rat, len(m.Levels))
	for k := range m.Levels {
		out[k] = dot(m.Levels[k].Terms, x)
		out[k].Add(out[k], ratOf(m.Levels[k].Constant))
	}
	return out
}

// dot is the exact sum of the terms at x.
func dot(terms []mip.Term, x []float64) *big.Rat {
	if sum, exact := wholeDot(terms, x); exact {
		return ratOf(sum)
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
			sum.Add(sum, product.Mul(ratOf(t.Coef), ratOf(x[t.Col])))
		}
	}
	return sum
}
