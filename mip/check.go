package mip

import (
	"errors"
	"fmt"
	"math"

	"cadre/internal/i18n"
)

// Check reports every fault of the model at once, joined: a NaN, an infinite coefficient, a bound on the wrong
// side, a term whose column does not exist or occurs twice in one row, a level without a positive scale.
// Crossed bounds are no fault: they are an infeasible model. It takes time linear in the terms.
func (m *Model) Check() error {
	var faults []error
	fault := func(zh, en string, args ...any) { faults = append(faults, i18n.E(zh, en, args...)) }
	for j, c := range m.Columns {
		if !goodBounds(c.Lower, c.Upper) {
			fault("变量 %d（%s）：界 [%g, %g] 不是数，或在无穷大的另一侧", "column %d (%s): bounds [%g, %g] are not numbers or lie on the wrong side of infinity", j, c.Name, c.Lower, c.Upper)
		}
	}
	seen := make([]int, len(m.Columns)) // seen[j] is 1 + the last row that used column j
	terms := func(what i18n.Text, name string, i, id int, ts []Term) {
		for _, t := range ts {
			switch {
			case t.Col < 0 || int(t.Col) >= len(m.Columns):
				fault("%s %d（%s）：变量 %d 不存在", "%s %d (%s): column %d does not exist", what, i, name, t.Col)
			case math.IsNaN(t.Coef) || math.IsInf(t.Coef, 0):
				fault("%s %d（%s）：变量 %s 的系数是 %g", "%s %d (%s): coefficient of column %s is %g", what, i, name, m.Columns[t.Col].Name, t.Coef)
			case seen[t.Col] == id:
				fault("%s %d（%s）：变量 %s 出现两次", "%s %d (%s): column %s occurs twice", what, i, name, m.Columns[t.Col].Name)
			default:
				seen[t.Col] = id
			}
		}
	}
	for i, r := range m.Rows {
		if !goodBounds(r.Lower, r.Upper) {
			fault("约束 %d（%s）：两侧 [%g, %g] 不是数，或在无穷大的另一侧", "row %d (%s): sides [%g, %g] are not numbers or lie on the wrong side of infinity", i, r.Name, r.Lower, r.Upper)
		}
		terms(i18n.T("约束", "row"), r.Name, i, i+1, r.Terms)
	}
	for k, l := range m.Levels {
		if l.Scale <= 0 || math.IsNaN(l.Constant) || math.IsInf(l.Constant, 0) {
			fault("层级 %d（%s）：比例 %d 应为正，常数 %g 应有限", "level %d (%s): scale %d must be positive and constant %g finite", k, l.Name, l.Scale, l.Constant)
		}
		terms(i18n.T("层级", "level"), l.Name, k, len(m.Rows)+k+1, l.Terms)
	}
	return errors.Join(faults...)
}

func goodBounds(lower, upper float64) bool {
	return !math.IsNaN(lower) && !math.IsNaN(upper) && !math.IsInf(lower, 1) && !math.IsInf(upper, -1)
}

// Tolerances of Violation and of backends that claim integrality.
const (
	// FeasTol is how far a row may be broken, relative to the largest of 1 and the terms' magnitudes, before a
	// point counts as infeasible: the customary 1e-6 of floating-point simplex codes.
	FeasTol = 1e-6
	// IntTol is how far an integer column may lie from an integer: 1e-5, looser than FeasTol because GLPK's
	// default is 1e-5.
	IntTol = 1e-5
)

// Violation names the worst broken bound, row or integrality of x, or "" where x is feasible within tol.
func (m *Model) Violation(x []float64, tol float64) string {
	worst, what := tol, ""
	note := func(excess float64, format, name string, value, side float64) {
		worst, what = excess, fmt.Sprintf(format, name, value, side)
	}
	for j := range m.Columns {
		c, v := &m.Columns[j], x[j]
		scale := math.Max(1, math.Abs(v))
		if e := (c.Lower - v) / scale; exceeds(e, worst) {
			note(e, "column %s = %g lies below %g", c.Name, v, c.Lower)
		}
		if e := (v - c.Upper) / scale; exceeds(e, worst) {
			note(e, "column %s = %g lies above %g", c.Name, v, c.Upper)
		}
		if c.Integer && math.Abs(v-math.Round(v)) > IntTol && exceeds(math.Inf(1), worst) {
			note(math.Inf(1), "column %s = %g is no integer; the nearest one is %g", c.Name, v, math.Round(v))
		}
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		sum, scale := r.activity(x)
		if e := (r.Lower - sum) / scale; exceeds(e, worst) {
			note(e, "row %s = %g lies below %g", r.Name, sum, r.Lower)
		}
		if e := (sum - r.Upper) / scale; exceeds(e, worst) {
			note(e, "row %s = %g lies above %g", r.Name, sum, r.Upper)
		}
	}
	return what
}

// exceeds tells whether a breach is worse than the worst so far; what is not a number is.
func exceeds(excess, worst float64) bool { return excess > worst || math.IsNaN(excess) }

// activity is the sum of the terms at x, and the largest of them, at least 1.
func (r *Constraint) activity(x []float64) (sum, scale float64) {
	scale = 1
	for _, t := range r.Terms {
		if x[t.Col] == 0 { // as a rule
			continue
		}
		v := t.Coef * x[t.Col]
		sum += v
		scale = math.Max(scale, math.Abs(v))
	}
	return sum, scale
}
