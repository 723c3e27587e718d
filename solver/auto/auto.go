// Package auto chooses among the backends that are there, by the shape and size of a model, and lets one hand over to
// another. [Solver] does so; [Race] runs several at once, for those who ask.
//
// It may import solver, mip and the standard library only.
package auto

import (
	"context"
	"fmt"
	"math"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// Solver is the default backend. Models of its kind go to Own, others to Other where that is there. Where Own stops at a
// limit of time with a gap, and the columns that its multipliers leave open are few enough, Other solves this core from
// Own's solution; without a solution, Other tries the whole. Without Other everything is Own's.
type Solver struct {
	Own   solver.Solver
	Other solver.Solver // nil: none
}

var _ solver.Solver = Solver{}

// Name is "auto"; results name who answered.
func (Solver) Name() string { return "auto" }

// Support is that of Own.
func (s Solver) Support() solver.Support { return s.Own.Support() }

// Available is that of Own.
func (s Solver) Available() solver.Availability { return s.Own.Available() }

// What decides.
const (
	// smallTerms: models this small are Own's whatever their shape; starting another process would cost more.
	smallTerms = 2_000
	// coreColumns: a core of more columns than this is too large for a general solver to gain on within the time of a plan
	// (calibration: 42 thousand columns took HiGHS ten seconds, 96 thousand were not finished in two minutes).
	coreColumns = 60_000
	// ownShare is the part of the time after which Own hands over, as a quotient.
	ownShare = 2
)

// Solve minimises the only level of m. The trace of the result says who did what.
func (s Solver) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	shape := ShapeOf(m)
	switch small := shape.Terms <= smallTerms; {
	case !small && !shape.Assignment() && s.other():
		return s.general(ctx, m, p, shape)
	case !small && p.Time > 0 && s.other():
		return s.inTurn(ctx, m, p, shape)
	}
	r, err := s.Own.Solve(ctx, m, p)
	if shape.Terms <= smallTerms {
		return traced(r, fmt.Sprintf("a small model, %d columns", shape.Columns)), err
	}
	return traced(r, shape.String()+s.missed(r, shape)), err
}

// missed says that the other backend would have helped, and why it did not.
func (s Solver) missed(r solver.Result, shape Shape) string {
	if s.Other == nil || shape.Assignment() && r.Limit != solver.LimitTime {
		return ""
	}
	a := s.Other.Available()
	if a.Available {
		return ""
	}
	return fmt.Sprintf("; %s would help, but %s", s.Other.Name(), a.Reason)
}

// general lets Other solve a model that is not of Own's kind, and Own where Other fails.
func (s Solver) general(ctx context.Context, m *mip.Model, p solver.Params, shape Shape) (solver.Result, error) {
	began := time.Now()
	steady := p
	if s.Other.Support().Varies {
		steady.Threads = 1
	}
	r, failed := s.Other.Solve(ctx, m, steady)
	switch {
	case failed == nil && r.Limit == solver.LimitNumerics:
		r.Bound = math.Inf(-1) // it is no more to be relied upon than the point
		p.Start = r.Values
		return s.again(ctx, m, rest(p, began), traced(r, shape.String()), "once more, since the numbers are too far apart for "+s.Other.Name()), nil
	case failed == nil:
		return traced(r, shape.String()), nil
	}
	r, err := s.Own.Solve(ctx, m, rest(p, began))
	return traced(r, fmt.Sprintf("%s, since %s failed: %v", shape, s.Other.Name(), failed)), err
}

// inTurn gives Own a part of the time; where that does not suffice, the rest is for what it hands over.
func (s Solver) inTurn(ctx context.Context, m *mip.Model, p solver.Params, shape Shape) (solver.Result, error) {
	began := time.Now()
	first := p
	first.Time = p.Time / ownShare
	r, err := s.Own.Solve(ctx, m, first)
	r = traced(r, shape.String())
	if err != nil || r.Limit != solver.LimitTime {
		return r, err
	}
	return s.handOver(ctx, m, rest(p, began), r), nil
}

func traced(r solver.Result, line string) solver.Result {
	r.Trace = append(r.Trace, r.Solver+": "+line)
	return r
}

// other says whether there is another backend that works. Asking may start a process, so it comes last in conditions.
func (s Solver) other() bool { return s.Other != nil && s.Other.Available().Available }

// rest is p with what is left of the time, a moment at least.
func rest(p solver.Params, began time.Time) solver.Params {
	if p.Time > 0 {
		p.Time = max(p.Time-time.Since(began), 1)
	}
	return p
}

// handOver goes on from Own's result: with the core, by Other, where it is known and small enough; else with Own once more,
// from its own solution and multipliers.
func (s Solver) handOver(ctx context.Context, m *mip.Model, p solver.Params, first solver.Result) solver.Result {
	began := time.Now()
	p.Start, p.Warm = first.Values, first.Warm
	if first.Values == nil && len(m.Columns) <= coreColumns {
		return s.instead(ctx, m, p, first)
	}
	core := coreOf(m, first)
	if core == nil || len(core.Model.Columns) > coreColumns {
		return s.again(ctx, m, p, first, "once more from there")
	}
	part := p
	part.Warm = nil
	if p.Start != nil {
		part.Start = core.Part(p.Start)
	}
	found, err := s.Other.Solve(ctx, core.Model, part)
	if err != nil || found.Status == solver.Unbounded {
		return s.again(ctx, m, rest(p, began), first, "once more from there, since "+s.Other.Name()+" failed")
	}
	how := fmt.Sprintf("took over %d of %d columns", len(core.Model.Columns), len(m.Columns))
	return merge(p, first, whole(core, first, found), how)
}

// instead lets Other try the whole of a model for which Own found no solution at all, and Own once more where Other fails.
func (s Solver) instead(ctx context.Context, m *mip.Model, p solver.Params, first solver.Result) solver.Result {
	began := time.Now()
	part := p
	part.Warm = nil
	found, err := s.Other.Solve(ctx, m, part)
	if err != nil {
		return s.again(ctx, m, rest(p, began), first, "once more from there, since "+s.Other.Name()+" failed")
	}
	return merge(p, first, found, "tried the whole, for which no solution was known")
}

// again lets Own go on from its own result.
func (s Solver) again(ctx context.Context, m *mip.Model, p solver.Params, first solver.Result, how string) solver.Result {
	second, err := s.Own.Solve(ctx, m, p)
	if err != nil {
		return first
	}
	return merge(p, first, second, how)
}

// coreOf is what the multipliers leave open, or those of an ascent where none were handed over; nil where no solution is known.
func coreOf(m *mip.Model, r solver.Result) *solver.Core {
	if r.Values == nil || len(m.Levels) == 0 {
		return nil
	}
	y := r.Multipliers
	if y == nil && r.Proof != nil {
		y = r.Proof.Nodes[0].Multipliers
	}
	if y == nil {
		y, _ = solver.Ascend(m)
	}
	return solver.NewCore(m, y, r.Objective)
}

// whole states a result about the core as one about the whole model: no point outside the core is better than the one that was
// known.
func whole(c *solver.Core, known, found solver.Result) solver.Result {
	if found.Values != nil {
		found.Values = c.Whole(found.Values)
	}
	found.Bound = min(found.Bound, known.Objective)
	if found.Status == solver.Infeasible { // nothing in the core keeps the cutoff
		found.Status, found.Bound = solver.NoSolution, known.Objective
	}
	found.Multipliers, found.Proof, found.Warm = nil, nil, nil
	return found
}

// merge takes the better solution and the better bound of two results about one model, the second of which began where the
// first ended.
func merge(p solver.Params, first, second solver.Result, how string) solver.Result {
	out := first
	if second.Values != nil && !(second.Objective >= first.Objective) {
		out.Values, out.Objective = second.Values, second.Objective
	}
	if second.Bound > first.Bound {
		out.Bound = second.Bound
		if second.Proof != nil || second.Multipliers != nil {
			out.Proof, out.Multipliers = second.Proof, second.Multipliers
		}
	}
	if second.Warm != nil {
		out.Warm = second.Warm
	}
	out.Limit, out.Nodes, out.Elapsed = second.Limit, first.Nodes+second.Nodes, first.Elapsed+second.Elapsed
	out.Deterministic = false // a clock ended the first
	if second.Solver != first.Solver {
		out.Solver += ">" + second.Solver
	}
	out = settled(p, out, second.Status)
	out.Trace = append(out.Trace, second.Solver+": "+how)
	return out
}

// settled states what a merged result amounts to.
func settled(p solver.Params, r solver.Result, last solver.Status) solver.Result {
	switch {
	case r.Values == nil && (last == solver.Infeasible || last == solver.Unbounded):
		r.Status = last
	case r.Values == nil:
		r.Status = solver.NoSolution
	case r.Objective <= r.Bound:
		r.Status, r.Limit, r.Bound = solver.Optimal, solver.LimitNone, r.Objective
	case (solver.Tolerance{Gap: p.Gap, AbsGap: p.AbsGap}).Met(r.Objective, r.Bound):
		r.Status, r.Limit = solver.Optimal, solver.LimitGap
	default:
		r.Status = solver.Feasible
	}
	return r
}
