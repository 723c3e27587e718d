//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"math"
	"time"

	"cadre/solver"
	"cadre/solver/worker"
)

// strict is with what HiGHS solves once more where its answer is doubtful: without presolve, which has called models infeasible
// that have solutions, and with the least tolerance for integers that HiGHS allows.
var strict = []option{{"presolve", "off"}, {"mip_feasibility_tolerance", 1e-10}}

// confirmTime is how long HiGHS may take at least to confirm a claim that comes without a point, where time is left; no longer than
// the claim took.
const confirmTime = time.Second

// run solves the model, and once more where the answer is doubtful. A claim that there is no solution stands where the second
// solve stops without one; where points do not bear out a claim, or contradict it, the limit says so.
func (s *search) run() (worker.Outcome, error) {
	first, err := s.attempt(nil)
	if err != nil || !s.doubtful(first) {
		return first, err
	}
	options := strict
	if first.Status == solver.Infeasible {
		limit := max(time.Since(s.started), confirmTime)
		if p := s.job.Params; p.Time > 0 {
			limit = min(limit, p.Time-time.Since(s.started))
		}
		if limit <= 0 {
			return first, nil
		}
		options = append(options[:len(options):len(options)], option{"time_limit", limit.Seconds()})
	}
	s.bound, s.blind, s.broken, s.repaired = math.Inf(-1), false, false, false
	second, err := s.attempt(options)
	none := math.IsNaN(s.best)
	switch {
	case err == nil && !s.doubtful(second) && !(none && first.Status == solver.Infeasible):
		return second, nil // with a point, or ended by a limit
	case none && first.Status == solver.Infeasible && !s.broken:
		return first, nil
	case err == nil && none && second.Status == solver.Infeasible:
		return second, nil
	}
	return s.outcome(solver.Feasible, solver.LimitNumerics), nil
}

// doubtful says whether an outcome, not one that a limit ended, lacks a point that bears it out. That the objective has no limit is
// doubted only where the bounds of the columns are one.
func (s *search) doubtful(o worker.Outcome) bool {
	m := s.job.Model
	switch o.Status {
	case solver.Infeasible:
		return true
	case solver.Unbounded:
		return len(m.Levels) == 0 || !math.IsInf(m.TrivialBound(&m.Levels[0]), -1)
	}
	return o.Status == solver.Feasible && o.Limit == solver.LimitNone
}
