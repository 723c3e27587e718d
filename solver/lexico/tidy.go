package lexico

import (
	"context"
	"math"
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
	} else if r.tidy = Recount(ctx, r.model, x, r.backend, r.params); r.tidy == nil || !better(r.model, r.tidy, x) {
		r.tidy = x
	}
	return r.tidy
}

// same tells whether two points are one slice.
func same(x, y []float64) bool { return len(x) > 0 && len(y) > 0 && &x[0] == &y[0] }

// better tells whether x is better than y on the first level on which they differ.
func better(m *mip.Model, x, y []float64) bool {
	for k := range m.Levels {
		if a, b := m.Levels[k].Value(x), m.Levels[k].Value(y); a != b {
			return a < b
		}
	}
	return false
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
	rest := restOf(m, x)
	warm := &Warm{Values: x[m.Choices:]} // as a rule it holds, and single rows prove it
	found, err := Resolve(context.WithoutCancel(ctx), rest, backend, solver.Params{Seed: p.Seed, Time: tidyTime}, warm)
	if err != nil || found.Values == nil {
		return nil
	}
	out := make([]float64, 0, len(x))
	for _, v := range x[:m.Choices] {
		out = append(out, math.Round(v))
	}
	if out = append(out, found.Values...); m.Violation(out, mip.FeasTol) != "" {
		return nil
	}
	return out
}

// restOf is m with the choices fixed as in x, in the other columns.
func restOf(m *mip.Model, x []float64) *mip.Model {
	out := &mip.Model{Name: m.Name, Columns: m.Columns[m.Choices:]}
	for i := range m.Rows {
		r := m.Rows[i]
		terms, fixed := split(r.Terms, m.Choices, x)
		if len(terms) == 0 {
			continue
		}
		r.Terms, r.Lower, r.Upper = terms, r.Lower-fixed, r.Upper-fixed
		out.AddRow(r)
	}
	for _, l := range m.Levels {
		terms, fixed := split(l.Terms, m.Choices, x)
		l.Terms, l.Constant = terms, l.Constant+fixed
		out.AddLevel(l)
	}
	return out
}

// split takes the terms of columns before from at their values, and counts the others from there.
func split(terms []mip.Term, from int, x []float64) (rest []mip.Term, fixed float64) {
	for _, t := range terms {
		if int(t.Col) < from {
			fixed += t.Coef * math.Round(x[t.Col])
			continue
		}
		rest = append(rest, mip.Term{Col: t.Col - mip.Col(from), Coef: t.Coef})
	}
	return rest, fixed
}
