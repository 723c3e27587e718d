package planning

import (
	"context"
	"slices"

	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver/lexico"
)

// Problem is an instance under a policy, encoded once and solved as often as asked, for other orders of its goals and limits on
// them. It is read-only.
type Problem struct {
	Policy *policy.Policy
	enc    *constraints.Encoding
}

// NewProblem encodes.
func NewProblem(x *posting.Index, pol *policy.Policy) (*Problem, error) {
	p := &Problem{pol, constraints.Encode(x, pol)}
	if err := p.enc.Model.Check(); err != nil {
		return nil, i18n.E("编出的模型有误：%s", "the encoded model is faulty: %s", err)
	}
	return p, nil
}

// Limit is the most that a goal may come to, in the model's integers. Goals count as the policy's levels do.
type Limit struct {
	Goal int
	Most int64
}

// Trade minimises some goals in the order given, all others left aside, under limits. start is a solution to begin from, nil none.
// The result's levels are the goals in that order; its bounds are the solver's claims.
func (p *Problem) Trade(ctx context.Context, o Options, order []int, limits []Limit, start []float64) (lexico.Result, error) {
	m := *p.enc.Model
	m.Rows, m.Levels = slices.Clone(m.Rows), nil
	for _, l := range limits {
		level := &p.enc.Model.Levels[l.Goal]
		m.AddRow(mip.Constraint{Name: "limit." + level.Name, Lower: -mip.Inf, Upper: float64(l.Most) - level.Constant, Terms: level.Terms, Stamp: mip.Stamp{Clause: level.Name}})
	}
	for _, k := range order {
		m.Levels = append(m.Levels, p.enc.Model.Levels[k])
	}
	params := o.Params
	params.Start = start
	return lexico.Solve(ctx, &m, o.Backend, params)
}

// Largest is a number that goal k never exceeds.
func (p *Problem) Largest(k int) int64 {
	l, sum := &p.enc.Model.Levels[k], p.enc.Model.Levels[k].Constant
	for _, t := range l.Terms {
		sum += max(t.Coef*p.enc.Model.Columns[t.Col].Upper, t.Coef*p.enc.Model.Columns[t.Col].Lower)
	}
	return int64(sum)
}
