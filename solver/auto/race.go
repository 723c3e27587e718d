package auto

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// Race runs several backends at once on one model and takes the first that is done; the others are stopped, and what they
// found by then counts. It needs a core and the memory of each. What it answers depends on the machine: runs are never
// deterministic unless one proves the optimum alone.
type Race struct{ Backends []solver.Solver }

var _ solver.Solver = Race{}

// RaceName is the backend's name on the command line.
const RaceName = "race"

// Name is "race"; results name the winner.
func (Race) Name() string { return RaceName }

// Support is what all of them can do, but for proofs: the winner may have none.
func (r Race) Support() solver.Support {
	all := solver.Support{Integers: true, FreeCols: true, Ranges: true, Unbounded: true, WarmStart: true, Interrupts: true}
	for _, s := range r.runners() {
		own := s.Support()
		all.Integers = all.Integers && own.Integers
		all.FreeCols = all.FreeCols && own.FreeCols
		all.Ranges = all.Ranges && own.Ranges
		all.Unbounded = all.Unbounded && own.Unbounded
		all.WarmStart = all.WarmStart && own.WarmStart
		all.Interrupts = all.Interrupts && own.Interrupts
	}
	return all
}

// Available where one of them is.
func (r Race) Available() solver.Availability {
	a := solver.Availability{Name: RaceName}
	var names []string
	for _, s := range r.runners() {
		names = append(names, s.Name())
	}
	if a.Available, a.Version = len(names) > 0, strings.Join(names, "+"); !a.Available {
		a.Reason, a.ReasonZh = "none of the backends works here", "没有一个求解器在这里可用"
	}
	return a
}

func (r Race) runners() []solver.Solver {
	return slices.DeleteFunc(slices.Clone(r.Backends), func(s solver.Solver) bool { return !s.Available().Available })
}

// Solve starts all and merges what they answer. It is an error only where all fail.
func (r Race) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	runners := r.runners()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	news := newsdesk{tell: p.Progress, began: time.Now(), last: make([]solver.Progress, len(runners)), known: make([]bool, len(runners))}
	answers := make(chan answer, len(runners))
	for k, s := range runners {
		own := p
		own.Progress = news.of(k)
		go func() {
			result, err := s.Solve(ctx, m, own)
			if err == nil {
				err = result.Check(m) // nobody wins with a point that is none
			}
			answers <- answer{k, result, err}
		}()
	}
	all := make([]answer, len(runners))
	first := -1
	for range runners {
		a := <-answers
		all[a.runner] = a
		if first < 0 && a.err == nil && decided(a.result) {
			first = a.runner
			stop(solver.ErrOvertaken)
		}
	}
	return judged(p, all, first)
}

// answer is what one runner came back with.
type answer struct {
	runner int
	result solver.Result
	err    error
}

// decided says whether a result ends the race.
func decided(r solver.Result) bool {
	return r.Status != solver.Feasible && r.Status != solver.NoSolution
}

// judged is the winner's result, or the best of all where nobody came to an end: the best point and the best bound.
func judged(p solver.Params, all []answer, first int) (solver.Result, error) {
	var errs []error
	var line []string
	out, found := solver.Result{}, false
	for _, a := range all {
		switch {
		case a.err != nil:
			errs = append(errs, a.err)
			continue
		case !found:
			out, found = a.result, true
		default:
			out = better(p, out, a.result)
		}
		line = append(line, fmt.Sprintf("%s %s [%g, %g]", a.result.Solver, a.result.Status, a.result.Bound, a.result.Objective))
	}
	if !found {
		return out, errors.Join(errs...)
	}
	if first >= 0 {
		out = all[first].result
	}
	out.Trace = append(out.Trace, "race: "+strings.Join(line, ", "))
	out.Deterministic = false
	return out, nil
}

// better takes the better point and the better bound of two results.
func better(p solver.Params, a, b solver.Result) solver.Result {
	if b.Values != nil && !(b.Objective >= a.Objective) {
		a.Values, a.Objective, a.Solver = b.Values, b.Objective, b.Solver
	}
	if b.Bound > a.Bound {
		a.Bound, a.Proof, a.Multipliers = b.Bound, b.Proof, b.Multipliers
	}
	return settled(p, a, a.Status)
}

// newsdesk merges the news of several runners, one at a time: the best incumbent, the best bound, all nodes.
type newsdesk struct {
	mu    sync.Mutex
	tell  func(solver.Progress)
	began time.Time // by the clock of the race, since those of the runners differ
	last  []solver.Progress
	known []bool
}

func (n *newsdesk) of(runner int) func(solver.Progress) {
	if n.tell == nil {
		return nil
	}
	return func(p solver.Progress) {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.last[runner], n.known[runner] = p, true
		p.Nodes, p.Elapsed = 0, time.Since(n.began)
		for k, q := range n.last {
			if !n.known[k] {
				continue
			}
			p.Nodes += q.Nodes
			if q.Incumbent < p.Incumbent || math.IsNaN(p.Incumbent) {
				p.Incumbent = q.Incumbent
			}
			p.Bound = max(p.Bound, q.Bound)
		}
		n.tell(p)
	}
}
