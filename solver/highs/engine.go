//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"context"
	"math"
	"runtime"
	"sync"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/worker"
)

// smallEntry is the least coefficient that HiGHS is to keep: the least that it allows. Its default of 1e-9 would drop
// entries that carry units through columns in the billions.
const smallEntry = 1e-12

// Engine solves a job with HiGHS in this process, which HiGHS may end.
func Engine(ctx context.Context, job worker.Job) (worker.Outcome, error) {
	runtime.LockOSThread() // HiGHS keeps its scheduler per thread
	defer runtime.UnlockOSThread()
	started := time.Now()
	watchMemory(job.Memory)
	lib, err := open()
	if err != nil {
		return worker.Outcome{}, err
	}
	s := &search{ctx: ctx, job: job, lib: lib, started: started, best: math.NaN(), bound: math.Inf(-1)}
	job.Params.Progress(solver.Progress{Phase: versionPhase + lib.version(), Incumbent: s.best, Bound: s.bound, Elapsed: time.Since(started)})
	return s.run()
}

// search is one solve.
type search struct {
	ctx     context.Context
	job     worker.Job
	lib     *library
	started time.Time

	mu       sync.Mutex // guards what follows and the calls of job: HiGHS may call back from threads of its own
	best     float64    // of the solutions handed over, NaN where none
	bound    float64    // -Inf where none
	nodes    int64
	told     time.Time // when progress was last told
	special  []option  // beside the usual ones
	broken   bool      // whether HiGHS's last solution breaks the model, repaired or not
	repaired bool      // whether the last solution handed over differs from HiGHS's by more than rounding
	blind    bool      // whether the search is for any point: neither its points nor its bounds are about the objective
}

// attempt solves the model with these options beside the usual ones and says how it ended.
func (s *search) attempt(special []option) (worker.Outcome, error) {
	s.special = special
	h, err := s.prepare(s.job.Model)
	if err != nil {
		return worker.Outcome{}, err
	}
	defer h.close()
	s.start(h)
	status, err := h.solve()
	if err != nil {
		return worker.Outcome{}, err
	}
	s.settle(h)
	s.handMultipliers(h, status)
	switch status {
	case statusOptimal, statusModelEmpty:
		return s.optimal(h), nil
	case statusInfeasible:
		return s.outcome(solver.Infeasible, solver.LimitNone), nil
	case statusUnbounded, statusUnboundedOrInfeasible:
		return s.unbounded()
	case statusPresolveError, statusSolveError, statusPostsolveError:
		return s.outcome(solver.Feasible, solver.LimitNone), nil // doubtful
	}
	limit, err := limitOf(status)
	return s.outcome(solver.Feasible, limit), err
}

// limitOf says which limit a status tells of.
func limitOf(status int32) (solver.Limit, error) {
	switch status {
	case statusTimeLimit:
		return solver.LimitTime, nil
	case statusSolutionLimit:
		return solver.LimitWork, nil
	case statusInterrupt:
		return solver.LimitInterrupted, nil
	case statusMemoryLimit:
		return solver.LimitMemory, nil
	}
	return solver.LimitNone, i18n.E("HiGHS 以状态 %d 结束", "HiGHS ended with model status %d", status)
}

// prepare makes a HiGHS object with options, model and callbacks.
func (s *search) prepare(m *mip.Model) (*instance, error) {
	h, err := newInstance(s.lib)
	if err != nil {
		return nil, err
	}
	if err = h.set(s.options()); err == nil {
		err = h.pass(m)
	}
	if err == nil {
		err = s.listen(h)
	}
	if err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// options translates the parameters. Both of HiGHS's gaps end a search: its relative one is taken of |objective|, ours
// of max(1, |objective|), and the absolute one makes up for the difference.
func (s *search) options() []option {
	p := s.job.Params
	threads, parallel := int32(max(p.Threads, 1)), "off"
	if threads > 1 {
		parallel = "on"
	}
	options := []option{
		{"output_flag", false}, // first: HiGHS prints to stdout, which belongs to the worker's protocol
		{"threads", threads},
		{"parallel", parallel},
		{"random_seed", int32(p.Seed & math.MaxInt32)},
		{"mip_rel_gap", p.Gap},
		{"mip_abs_gap", math.Max(p.AbsGap, p.Gap)},
		{"small_matrix_value", smallEntry},
	}
	if p.Time > 0 {
		options = append(options, option{"time_limit", math.Max(0, (p.Time - time.Since(s.started)).Seconds())})
	}
	if p.Work > 0 {
		options = append(options, option{"mip_max_nodes", int32(min(p.Work, math.MaxInt32))})
	}
	return append(options, s.special...)
}

// start gives the start solution to HiGHS where it is one.
func (s *search) start(h *instance) {
	start, m := s.job.Params.Start, s.job.Model
	if len(start) == len(m.Columns) && m.Violation(start, mip.FeasTol) == "" {
		s.lib.setSolution(h.highs, start, 0, 0, 0)
	}
}

// settle takes over what HiGHS knows at the end.
func (s *search) settle(h *instance) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.lib.int64Info(h.highs, "mip_node_count", &s.nodes)
	s.raise(h.double("mip_dual_bound"))
	x := h.point(s.job.Model)
	if x == nil {
		return
	}
	s.round(x)
	s.repaired = s.job.Model.Violation(x, mip.FeasTol) != ""
	if s.broken = s.repaired; s.broken {
		s.repair(x)
		s.broken = s.job.Model.Violation(x, mip.FeasTol) != ""
	}
	if s.broken && !s.blind {
		s.job.Solution(x) // the parent says what it breaks
		return
	}
	s.offer(x)
}

// optimal is the outcome of a finished search. Where a gap was asked the bound decides; where the solution had to be
// repaired, HiGHS proved a value that nobody has.
func (s *search) optimal(h *instance) worker.Outcome {
	p := s.job.Params
	switch integers := s.integers(); {
	case s.broken:
		return s.outcome(solver.Feasible, solver.LimitNone)
	case integers && (p.Gap > 0 || p.AbsGap > 0):
		return s.outcome(solver.Optimal, solver.LimitGap)
	case integers && s.repaired && !(s.best <= h.double("objective_function_value")+mip.FeasTol):
		return s.outcome(solver.Feasible, solver.LimitNone)
	}
	return s.outcome(solver.Optimal, solver.LimitNone)
}

// How long the relaxation for the multipliers may take.
const (
	relaxTime = time.Second             // at least, where time is left
	stopTime  = 1500 * time.Millisecond // after an interruption: less than a worker may take to stop
)

// handMultipliers hands over those of the root relaxation, for the certificate. HiGHS keeps none of a search: the relaxation is
// solved once more.
func (s *search) handMultipliers(h *instance, status int32) {
	if s.job.Multipliers == nil || len(s.job.Model.Rows) == 0 || len(s.job.Model.Levels) == 0 {
		return
	}
	if s.integers() {
		relaxed, err := s.relaxation()
		if relaxed == nil || err != nil {
			return
		}
		defer relaxed.close()
		if status, err = relaxed.solve(); err != nil {
			return
		}
		h = relaxed
	}
	if y := make([]float64, len(s.job.Model.Rows)); status == statusOptimal && s.lib.getDuals(h.highs, 0, 0, 0, y) != callFailed {
		s.job.Multipliers(y)
	}
}

// relaxation prepares the linear relaxation, to be solved within the time that is left and in no more than the search took;
// nil where no time is left.
func (s *search) relaxation() (*instance, error) {
	took := time.Since(s.started)
	limit := max(took, relaxTime)
	if p := s.job.Params; p.Time > 0 {
		limit = min(limit, p.Time-took)
	}
	if s.ctx.Err() != nil {
		limit = min(limit, stopTime)
	}
	if limit <= 0 {
		return nil, nil
	}
	m := *s.job.Model
	m.Columns = make([]mip.Column, len(s.job.Model.Columns))
	for j, c := range s.job.Model.Columns {
		m.Columns[j] = mip.Column{Lower: c.Lower, Upper: c.Upper}
		if c.Integer {
			m.Columns[j].Lower, m.Columns[j].Upper = math.Ceil(c.Lower), math.Floor(c.Upper)
		}
	}
	h, err := newInstance(s.lib)
	if err != nil {
		return nil, err
	}
	if err = h.set(append(s.options(), option{"time_limit", limit.Seconds()})); err == nil {
		err = h.pass(&m)
	}
	if err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// unbounded tells apart a model without any point from one whose objective falls for ever: with rational data, a ray
// of the relaxation and one integer point make infinitely many integer points along the ray.
func (s *search) unbounded() (worker.Outcome, error) {
	free := *s.job.Model
	free.Levels = nil
	s.blind = true
	h, err := s.prepare(&free)
	if err != nil {
		return worker.Outcome{}, err
	}
	defer h.close()
	status, err := h.solve()
	switch {
	case err != nil:
		return worker.Outcome{}, err
	case status == statusInfeasible:
		return s.outcome(solver.Infeasible, solver.LimitNone), nil
	case status == statusOptimal:
		return s.outcome(solver.Unbounded, solver.LimitNone), nil
	}
	limit, err := limitOf(status)
	return s.outcome(solver.Feasible, limit), err
}

func (s *search) outcome(status solver.Status, limit solver.Limit) worker.Outcome {
	return worker.Outcome{Status: status, Limit: limit, Bound: s.bound, Nodes: s.nodes}
}

func (s *search) integers() bool {
	for _, c := range s.job.Model.Columns {
		if c.Integer {
			return true
		}
	}
	return false
}

// round moves integer columns to their integers.
func (s *search) round(x []float64) {
	for j, c := range s.job.Model.Columns {
		if c.Integer {
			x[j] = math.Round(x[j])
		}
	}
}

// offer hands over a point that is better than the last.
func (s *search) offer(x []float64) {
	if s.blind {
		return
	}
	value := 0.0
	if len(s.job.Model.Levels) > 0 {
		value = s.job.Model.Levels[0].Value(x)
	}
	if !(value >= s.best) { // best may be NaN
		s.best = value
		s.job.Solution(x)
	}
}

func (s *search) raise(bound float64) {
	if bound > s.bound && !math.IsInf(bound, 1) && !s.blind {
		s.bound = bound
	}
}

// repair solves for the other columns with the integer ones fixed. A switch of 1e-7 counts as 0 for HiGHS but may
// carry a flow of 1 through a coefficient of 1e7. Where nothing fits, x stays as it is.
func (s *search) repair(x []float64) {
	m := *s.job.Model
	m.Columns = make([]mip.Column, len(x))
	for j, c := range s.job.Model.Columns {
		if c.Integer {
			c = mip.Column{Lower: x[j], Upper: x[j]}
		}
		m.Columns[j] = c
	}
	h, err := newInstance(s.lib)
	if err != nil {
		return
	}
	defer h.close()
	if h.set(s.options()) != nil || h.pass(&m) != nil {
		return
	}
	if status, err := h.solve(); err != nil || status != statusOptimal {
		return
	}
	if y := h.point(&m); y != nil {
		copy(x, y)
		s.round(x)
	}
}
