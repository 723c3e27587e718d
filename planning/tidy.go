package planning

import (
	"context"
	"time"

	"cadre/constraints"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// tidy has what is counted count no more than the plan makes it. Where a solve ends with a gap, columns that only count may stand
// above what is to be counted, and the auditor would value the plan otherwise. Bounds hold as before: no plan is left out.
func tidy(ctx context.Context, enc *constraints.Encoding, res *lexico.Result, p solver.Params) error {
	if res.Values == nil || exact(res) {
		return nil
	}
	x, err := counted(ctx, enc, res.Values, p)
	if err != nil || x == nil || !better(enc.Model, x, res.Values) {
		return err
	}
	res.Values = x
	for k := range res.Levels {
		res.Levels[k].Value = enc.Model.Levels[k].Value(x)
		res.Levels[k].Bound = min(res.Levels[k].Bound, res.Levels[k].Value)
	}
	return nil
}

// counted has the spells of x, and what is counted in the best way that they allow; nil where they do not hold.
func counted(ctx context.Context, enc *constraints.Encoding, x []float64, p solver.Params) ([]float64, error) {
	rest, err := lexico.Solve(context.WithoutCancel(ctx), enc.Rest(x), native.New(), solver.Params{Seed: p.Seed, Time: tidyTime})
	if err != nil || rest.Values == nil {
		return nil, err
	}
	out := enc.Join(x, rest.Values)
	if enc.Model.Violation(out, mip.FeasTol) != "" {
		return nil, nil
	}
	return out, nil
}

// tidyTime is far more than a model takes in which every spell is fixed; it is granted even where time is over, since a plan valued
// wrongly is no plan.
const tidyTime = 20 * time.Second

// exact tells whether every level stands at its bound.
func exact(res *lexico.Result) bool {
	for _, l := range res.Levels {
		if l.Value != l.Bound {
			return false
		}
	}
	return true
}
