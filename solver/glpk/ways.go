//go:build cgo

package glpk

import (
	"context"
	"math"

	binding "github.com/lukpank/go-glpk/glpk"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/worker"
)

// way is how GLPK is to search.
type way struct {
	methods []binding.Meth // of the simplex method, in turn, until one gives an answer
	integer float64        // columns this close to an integer are taken for it
	simplex float64        // by so much, relative to their scale, bounds and reduced costs may be off
}

// ways are tried in turn until an answer holds.
//
//   - As a rule columns within 1e-6 of an integer are integers, ten times tighter than GLPK's default, so that rounding moves a row
//     with coefficients of 1e6 by less than mip.FeasTol allows, and the simplex method has GLPK's own tolerances.
//   - A switch of 5e-10 carries a flow of 5e-4 through a coefficient of 1e6, which counts. The strict ways cost nodes: 1e-12 is
//     about the noise of columns of moderate size, 1e-9 about the least tolerance with which the simplex method comes to an end.
//     They begin with the primal method, so that errors of the dual one are not repeated.
var ways = []way{
	{methods: []binding.Meth{binding.DUALP, binding.PRIMAL}, integer: 1e-6, simplex: 1e-7},
	{methods: []binding.Meth{binding.PRIMAL, binding.DUALP}, integer: 1e-9, simplex: 1e-9},
	{methods: []binding.Meth{binding.PRIMAL, binding.DUALP}, integer: 1e-12, simplex: 1e-9},
}

// solve tries the ways in turn. What the first one claims without a point that shows it (infeasible, unbounded) the next has to
// confirm.
func solve(ctx context.Context, job worker.Job) (worker.Outcome, error) {
	var all attempts
	for _, w := range ways {
		s := newSearch(ctx, job, w)
		all.goOn(s)
		s.load()
		outcome, err := s.run()
		s.prob.Delete()
		if all.add(s, outcome, err); all.done() {
			break
		}
	}
	return all.answer()
}

// attempts are the searches so far.
type attempts struct {
	searches []*search
	outcomes []worker.Outcome
	errs     []error
}

// goOn lets a search begin where the one before ended: with its clock, its nodes and the value of its best point.
func (a *attempts) goOn(s *search) {
	if n := len(a.searches); n > 0 {
		last := a.searches[n-1]
		s.started, s.nodes = last.started, last.nodes
		if a.outcomes[n-1].Status != solver.Unbounded { // its points were about no objective
			s.best = last.best
		}
	}
}

func (a *attempts) add(s *search, o worker.Outcome, err error) {
	a.searches, a.outcomes, a.errs = append(a.searches, s), append(a.outcomes, o), append(a.errs, err)
}

// done says whether the last search leaves nothing to be confirmed, or a limit forbids it.
func (a *attempts) done() bool {
	k := len(a.searches) - 1
	s, o := a.searches[k], a.outcomes[k]
	switch {
	case a.errs[k] != nil:
		return false
	case claims(o):
		return k > 0 && a.errs[k-1] == nil && a.outcomes[k-1].Status == o.Status
	}
	return s.limit != solver.LimitNone || o.Status == solver.Optimal && !s.fallsShort()
}

// claims says whether an outcome is a claim without a point.
func claims(o worker.Outcome) bool {
	return o.Status == solver.Infeasible || o.Status == solver.Unbounded
}

// answer is what all searches come to. An answer of the first stands. Later ones give points and confirm claims; they prove no bound,
// since the arithmetic has shown that it is not equal to the model: an optimum of theirs that misses the true one is known.
func (a *attempts) answer() (worker.Outcome, error) {
	k := len(a.searches) - 1
	last, out, err := a.searches[k], a.outcomes[k], a.errs[k]
	first, known := a.outcomes[0], a.errs[0] == nil
	switch {
	case k == 0:
		return out, err
	case err == nil && claims(out) && (out.Status == solver.Unbounded || math.IsNaN(last.best)):
		return out, nil
	case known && claims(first) && math.IsNaN(last.best) && !last.broken:
		return first, nil // nothing speaks against it
	case !known && err != nil:
		return out, err
	}
	end := worker.Outcome{Status: solver.Feasible, Limit: solver.LimitNumerics, Bound: math.Inf(-1), Nodes: last.nodes}
	if known && !claims(first) {
		end.Bound = first.Bound
	}
	if last.limit != solver.LimitNone && last.limit != solver.LimitGap {
		end.Limit = last.limit
	}
	return end, nil
}

// fallsShort says whether GLPK's last point breaks the model, or whether what the repair made of it is worth less than GLPK says.
func (s *search) fallsShort() bool {
	return s.broken || s.best-s.claimed > mip.FeasTol*math.Max(1, math.Abs(s.best))
}

// noise: a reduced cost this small beside the numbers from which it comes is none.
const noise = 1e-9

// bounded says whether the multipliers of the relaxation prove any bound at all: GLPK takes small reduced costs for none, also
// where they belong to a column that may fall for ever.
func (s *search) bounded() bool {
	m := s.job.Model
	d, size := make([]float64, len(m.Columns)), make([]float64, len(m.Columns))
	if len(m.Levels) > 0 {
		for _, t := range m.Levels[0].Terms {
			d[t.Col], size[t.Col] = t.Coef, math.Abs(t.Coef)
		}
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		y := s.multiplier(i)
		if y > 0 && math.IsInf(r.Lower, -1) || y < 0 && math.IsInf(r.Upper, 1) {
			y = 0 // the row has no such side
		}
		for _, t := range r.Terms {
			d[t.Col] -= y * t.Coef
			size[t.Col] += math.Abs(y * t.Coef)
		}
	}
	for j, c := range m.Columns {
		if d[j] > noise*size[j] && math.IsInf(c.Lower, -1) || d[j] < -noise*size[j] && math.IsInf(c.Upper, 1) {
			return false
		}
	}
	return true
}
