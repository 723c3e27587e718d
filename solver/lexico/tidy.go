package lexico

import (
	"context"
	"math"
	"slices"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// tidyTime is far more than a model takes in which every choice is fixed; it is granted even where time is over, since a plan valued
// wrongly is no plan.
const tidyTime = 20 * time.Second

// tidied is x with what only counts counting no more than the choices make it: a backend leaves the columns of levels that it has
// not come to where it likes, and where it stops with a gap so do the others. Where the model does not say what its choices
// are, columns descend one by one. What has been tidied, and what no level can gain from, is left as it is.
func (r *run) tidied(ctx context.Context, x []float64) []float64 {
	if x == nil || same(x, r.tidy) {
		return x
	}
	if r.model.Choices == 0 {
		r.tidy = newDescent(r.model).from(x)
	} else if r.tidy = Recount(ctx, r.model, x, r.backend, r.params); r.tidy == nil || !Better(r.model, r.tidy, x) {
		r.tidy = x
	}
	return r.tidy
}

// same tells whether two points are one slice.
func same(x, y []float64) bool { return len(x) > 0 && len(y) > 0 && &x[0] == &y[0] }

// Better tells whether x is better than y on the first level on which they differ.
func Better(m *mip.Model, x, y []float64) bool {
	for k := range m.Levels {
		if a, b := m.Levels[k].Value(x), m.Levels[k].Value(y); a != b {
			return a < b
		}
	}
	return false
}

// Adopt takes a solution of m that is no worse. What was proven holds as before: no better one was left out.
func (r *Result) Adopt(m *mip.Model, x []float64) {
	if !Better(m, x, r.Values) {
		return
	}
	r.Values = x
	for k := range r.Levels {
		r.Levels[k].Value = m.Levels[k].Value(x)
		r.Levels[k].Bound = math.Min(r.Levels[k].Bound, r.Levels[k].Value)
	}
}

// exact tells whether the incumbent stands at the bound of every level.
func (r *run) exact() bool {
	for k := range r.levels {
		if r.value(k) > r.levels[k].Bound {
			return false
		}
	}
	return true
}

// Recount has the choices of x, and all that only counts in the best way that they allow; nil where they break a row. The model
// says what its choices are (see mip.Model). x is not changed.
func Recount(ctx context.Context, m *mip.Model, x []float64, backend solver.Solver, p solver.Params) []float64 {
	columns := slices.Clone(m.Columns)
	for j, v := range x[:m.Choices] {
		columns[j].Lower, columns[j].Upper = math.Round(v), math.Round(v)
	}
	rest := solver.CoreOf(m, columns)
	warm := &Warm{Values: rest.Part(x)} // as a rule it holds, and single rows prove it
	found, err := Resolve(context.WithoutCancel(ctx), rest.Model, backend, solver.Params{Seed: p.Seed, Time: tidyTime}, warm)
	if err != nil || found.Values == nil {
		return nil
	}
	out := rest.Whole(found.Values)
	if m.Violation(out, mip.FeasTol) != "" {
		return nil
	}
	return out
}
