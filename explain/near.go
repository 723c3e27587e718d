package explain

import (
	"context"
	"errors"
	"slices"
	"time"

	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
)

// Near looks for the arrangement that gives up least: first the clauses and decisions of the conflict may give; where others
// clash as well, those of the next conflict too. Holds never give, nor what a plan needs to be carried out. Nil without an
// error where none was found in the time given.
func Near(ctx context.Context, x *posting.Index, pol *policy.Policy, first *planning.Conflict, o Options, plan planning.Options) (*planning.NearPlan, error) {
	deadline := time.Now().Add(o.Time)
	plan.Backend = o.Backend
	var giving []string
	for c := first; ; {
		more := gives(pol, c)
		plan.Params.Time = time.Until(deadline)
		if len(more) == 0 || plan.Params.Time <= 0 {
			return nil, nil
		}
		giving = append(giving, more...)
		near, err := planning.Near(ctx, x, pol, giving, plan)
		if near != nil || err != nil {
			return near, err
		}
		next, err := Conflict(ctx, x, without(pol, giving), Options{Backend: o.Backend, Time: time.Until(deadline)})
		if errors.Is(err, ErrFeasible) || errors.Is(err, ErrLate) {
			return nil, nil // a limit, and no clash, ended the search for the arrangement
		}
		if err != nil {
			return nil, err
		}
		c = next
	}
}

// decision is the clause under which recorded decisions stand in a conflict.
const decision = "PIN"

// gives lists the ids of the conflict's clauses that may give.
func gives(pol *policy.Policy, c *planning.Conflict) []string {
	var out []string
	for i := range pol.Clauses {
		clause := &pol.Clauses[i]
		named := slices.ContainsFunc(c.Groups, func(g planning.Group) bool {
			return g.Clause == clause.Shown() || g.Clause == decision && clause.Kind == "disposition"
		})
		if kind := policy.Kinds()[clause.Kind]; named && clause.Binding() && !kind.Hold && clause.Kind != "move_ground" && clause.Kind != "keeps_post" {
			out = append(out, clause.ID)
		}
	}
	return out
}

// without is the policy without the clauses named.
func without(pol *policy.Policy, ids []string) *policy.Policy {
	out := *pol
	out.Clauses = slices.Clone(pol.Clauses)
	for i := range out.Clauses {
		out.Clauses[i].Off = out.Clauses[i].Off || slices.Contains(ids, out.Clauses[i].ID)
	}
	return &out
}
