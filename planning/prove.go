package planning

import (
	"context"
	"math"
	"time"

	"cadre/mip"
	"cadre/policy"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// solverTime is what the solver may use of the time.
func solverTime(p solver.Params, s solver.Support, began time.Time) solver.Params {
	if p.Time > 0 {
		left := max(p.Time-time.Since(began), 1)
		p.Time = max(left-certify.Share(left, s), 1)
	}
	return p
}

// Prove puts certified bounds in the place of the backend's claims, within the given time (0: no limit), and returns the
// certificate; nil, and the claims stand, where a level has no finite bound, or the solution is not feasible within the tolerance of
// certify.Near. It is taken as it stands (see certify.Close). Status and limit follow from what is proven. What the backend handed
// over as proof is used first; relaxations are the embedded solver's, whatever backend found the solution.
func Prove(ctx context.Context, m *mip.Model, res *lexico.Result, p solver.Params, time time.Duration) *certify.Certificate {
	return sealed(prove(ctx, m, res, p, certify.Limits{Time: time, Near: true}), func() string { return ModelHash(m) })
}

// proveExact is Prove for plans, but for the name of the model: their solutions are made exact, and there is no certificate of others.
func proveExact(ctx context.Context, m *mip.Model, res *lexico.Result, p solver.Params, time time.Duration) *certify.Certificate {
	exact := *res
	exact.Values = certify.Exact(m, res.Values)
	c := prove(ctx, m, &exact, p, certify.Limits{Time: time})
	if c != nil {
		*res = exact
	}
	return c
}

// sealed names the model, by its hash, in a certificate; nil stays nil.
func sealed(c *certify.Certificate, hash func() string) *certify.Certificate {
	if c != nil {
		c.Model = hash()
		c.Seal()
	}
	return c
}

// prove is Prove but for the name of the model. limits say how long it may take and what the solution has to keep; the rest follows
// from p.
func prove(ctx context.Context, m *mip.Model, res *lexico.Result, p solver.Params, limits certify.Limits) *certify.Certificate {
	limits.Gap, limits.AbsGap, limits.Levels, limits.Progress = p.Gap, p.AbsGap, p.Levels, p.Progress
	built, err := certify.Build(ctx, m, res.Values, res.Proofs(), native.Native{}, limits)
	if err != nil || !built.Certified {
		return nil
	}
	res.Deterministic = res.Deterministic && built.Deterministic
	solved, closed := true, true
	for k := range res.Levels {
		l, c := &res.Levels[k], built.Levels[k]
		l.Value, l.Bound = c.Value, c.Bound
		within := within(&m.Levels[k], m.Integral(&m.Levels[k]), c, p.Tolerance(l.Name))
		switch {
		case within:
			l.Status = solver.Optimal
		case l.Status == solver.Optimal:
			l.Status = solver.Feasible
		}
		solved, closed = solved && within, closed && c.Value <= c.Bound
	}
	settle(res, ending{solved: solved, closed: closed, timely: built.Deterministic, spent: built.Spent, interrupted: ctx.Err() != nil})
	built.Certificate.Gap = p.Gap
	for k := range built.Certificate.Levels {
		if t, own := p.Levels[m.Levels[k].Name]; own {
			built.Certificate.Levels[k].Tolerance = &certify.Tolerance{Gap: t.Gap, AbsGap: t.AbsGap}
		}
	}
	return built.Certificate
}

// Refute proves in exact arithmetic, within the given time (0: no limit), that m has no feasible point, as the backend says; nil
// where it cannot.
func Refute(ctx context.Context, m *mip.Model, res *lexico.Result, time time.Duration) *certify.Certificate {
	return sealed(certify.Refute(ctx, m, res.Refutation(), native.Native{}, certify.Limits{Time: time}), func() string { return ModelHash(m) })
}

// within says whether a level is solved. The multipliers of levels that are not integral are rounded, and their bounds
// stay that little below the value: that much counts as nothing. A solution whose rows are a little off may lie below the bound, and
// is as far from it then.
func within(l *mip.Level, integral bool, c certify.Checked, t solver.Tolerance) bool {
	gap := GapOf(l, c.Value, c.Bound)
	if c.Value < c.Bound {
		gap = certify.Gap(c.Value, c.Bound)
	}
	return gap <= t.Gap || math.Abs(c.Value-c.Bound) <= t.AbsGap || !integral && gap <= mip.FeasTol
}

// tolerances are the policy's own for single levels, nil where it states none.
func tolerances(pol *policy.Policy, m *mip.Model) map[string]solver.Tolerance {
	out := map[string]solver.Tolerance{}
	for k, spec := range pol.Levels {
		if t := spec.Tolerance; t.Own {
			own := solver.Tolerance{AbsGap: float64(t.Within) * float64(m.Levels[k].Scale)}
			if t.Gap.Num > 0 {
				own.Gap = float64(t.Gap.Num) / float64(t.Gap.Den)
			}
			out[spec.Name] = own
		}
	}
	return out
}

// left is what is left of a time limit since began, at least an instant; 0 where there is no limit.
func left(limit time.Duration, began time.Time) time.Duration {
	if limit <= 0 {
		return 0
	}
	return max(limit-time.Since(began), 1)
}

// ending is how a proof ended.
type ending struct {
	solved, closed bool // every level within its tolerance, and no gap at all
	timely         bool // no clock cut it
	spent          bool // what it may take of relaxations or bytes did
	interrupted    bool
}

// settle states what ended the run: where the proof fell short though the solver was done, the limit of the proof did. Where it had
// none left to reach, nothing ended the run (LimitNone): solver and proof came to their ends, and what is between value and bound is
// what exact arithmetic did not confirm of the claim. The status says that this is more than was asked for, and so it is not
// LimitGap, which says that the gap was reached. Where a backend's arithmetic had failed, and the proof closed the gap all the same, exact arithmetic has
// the last word.
func settle(res *lexico.Result, e ending) {
	done := res.Limit == solver.LimitNone || res.Limit == solver.LimitGap || res.Limit == solver.LimitNumerics && e.solved
	res.Status = solver.Feasible
	switch {
	case e.solved:
		res.Status = solver.Optimal
		if done && e.closed {
			res.Limit = solver.LimitNone
		} else if done {
			res.Limit = solver.LimitGap
		}
	case done && e.interrupted:
		res.Limit = solver.LimitInterrupted
	case done && !e.timely:
		res.Limit = solver.LimitTime
	case done && e.spent:
		res.Limit = solver.LimitWork
	case done:
		res.Limit = solver.LimitNone
	}
}

// GapOf is the relative gap as plan.json states it; value and bound are in the model's integers.
func GapOf(l *mip.Level, value, bound float64) float64 {
	return math.Max(0, value-bound) / math.Max(float64(l.Scale), math.Abs(value))
}
