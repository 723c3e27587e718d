package mip

import (
	"errors"
	"fmt"
	"math"
)

// Check reports every fault of the model at once, joined: a NaN, an infinite coefficient, a bound on the wrong
// side, a term whose column does not exist or occurs twice in one row, a level without a positive scale.
// Crossed bounds are no fault: they are an infeasible model. It takes time linear in the terms.
func (m *Model) Check() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	for j, c := range m.Columns {
		if !goodBounds(c.Lower, c.Upper) {
			fault("column %d (%s): bounds [%g, %g] are not numbers or lie on the wrong side of infinity", j, c.Name, c.Lower, c.Upper)
		}
	}
	seen := make([]int, len(m.Columns)) // seen[j] is 1 + the last row that used column j
	terms := func(what string, id int, ts []Term) {
		for _, t := range ts {
			switch {
			case t.Col < 0 || int(t.Col) >= len(m.Columns):
				fault("%s: column %d does not exist", what, t.Col)
			case math.IsNaN(t.Coef) || math.IsInf(t.Coef, 0):
				fault("%s: coefficient of column %s is %g", what, m.Columns[t.Col].Name, t.Coef)
			case seen[t.Col] == id:
				fault("%s: column %s occurs twice", what, m.Columns[t.Col].Name)
			default:
				seen[t.Col] = id
			}
		}
	}
	for i, r := range m.Rows {
		if !goodBounds(r.Lower, r.Upper) {
			fault("row %d (%s): sides [%g, %g] are not numbers or lie on the wrong side of infinity", i, r.Name, r.Lower, r.Upper)
		}
		terms(fmt.Sprintf("row %d (%s)", i, r.Name), i+1, r.Terms)
	}
	for k, l := range m.Levels {
		if l.Scale <= 0 || math.IsNaN(l.Constant) || math.IsInf(l.Constant, 0) {
			fault("level %d (%s): scale %d must be positive and constant %g finite", k, l.Name, l.Scale, l.Constant)
		}
		terms(fmt.Sprintf("level %d (%s)", k, l.Name), len(m.Rows)+k+1, l.Terms)
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
	note := func(excess float64, format string, args ...any) {
		if excess > worst || math.IsNaN(excess) {
			worst, what = excess, fmt.Sprintf(format, args...)
		}
	}
	for j, c := range m.Columns {
		scale := math.Max(1, math.Abs(x[j]))
		note((c.Lower-x[j])/scale, "column %s = %g lies below %g", c.Name, x[j], c.Lower)
		note((x[j]-c.Upper)/scale, "column %s = %g lies above %g", c.Name, x[j], c.Upper)
		if c.Integer && math.Abs(x[j]-math.Round(x[j])) > IntTol {
			note(math.Inf(1), "column %s = %g is not an integer", c.Name, x[j])
		}
	}
	for _, r := range m.Rows {
		sum, scale := 0.0, 1.0
		for _, t := range r.Terms {
			v := t.Coef * x[t.Col]
			sum += v
			scale = math.Max(scale, math.Abs(v))
		}
		note((r.Lower-sum)/scale, "row %s = %g lies below %g", r.Name, sum, r.Lower)
		note((sum-r.Upper)/scale, "row %s = %g lies above %g", r.Name, sum, r.Upper)
	}
	return what
}
