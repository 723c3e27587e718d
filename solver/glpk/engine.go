//go:build cgo

package glpk

/*
#include <glpk.h>
#include <stdio.h>
#include <unistd.h>

// GLPK's own messages go to stderr: stdout belongs to the worker's protocol.
static int cadre_print(void *info, const char *text) { fputs(text, stderr); return 1; }

// On an internal error GLPK prints the cause and aborts; leaving before abort() spares the Go runtime's dump, which
// would bury the cause.
static void cadre_abort(void *info) { fflush(stderr); _exit(3); }

static void cadre_hooks(int megabytes)
{
	glp_term_hook(cadre_print, NULL);
	glp_term_out(GLP_OFF); // cut generators report whatever msg_lev says; errors turn it on again
	glp_error_hook(cadre_abort, NULL);
	if (megabytes > 0) glp_mem_limit(megabytes);
}
*/
import "C"

import (
	"context"
	"math"
	"runtime"
	"time"
	"unsafe"

	binding "github.com/lukpank/go-glpk/glpk"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/worker"
)

// pruneTol: a node whose bound is this little (relative) below the incumbent is cut off. GLPK's default of 1e-7
// would lose single units of an objective in the tens of millions.
const pruneTol = 1e-11

func available() solver.Availability {
	return solver.Availability{Name: Name, Available: true, Version: C.GoString(C.glp_version())}
}

// Engine solves a job with GLPK in this process, which GLPK may end. It must be the only one of its process: GLPK's
// hooks and memory limit are global.
func Engine(ctx context.Context, job worker.Job) (worker.Outcome, error) {
	runtime.LockOSThread() // GLPK keeps its environment per thread
	defer runtime.UnlockOSThread()
	hook(job.Memory)
	return solve(ctx, job)
}

// hook directs GLPK's messages to stderr, its aborts to an exit, and limits its memory to so many bytes (0: not).
func hook(memory int64) { C.cadre_hooks(C.int(min(memory>>20, math.MaxInt32))) }

// search is one solve. Its objective lacks the constant, which GLPK would count into relative tolerances.
type search struct {
	ctx      context.Context
	job      worker.Job
	way      way
	started  time.Time
	prob     *binding.Prob
	constant float64
	integers bool

	best    float64 // of the solutions handed over, NaN where none; without the constant
	claimed float64 // GLPK's own value of its incumbent, below best where a repair made it dearer; NaN where none
	bound   float64 // -Inf where none; without the constant
	nodes   int64
	limit   solver.Limit // why the search was ended from the callback, none where it was not
	broken  bool         // whether GLPK's last point breaks the model, repaired or not
	told    time.Time    // when progress was last told
}

func newSearch(ctx context.Context, job worker.Job, w way) *search {
	s := &search{ctx: ctx, job: job, way: w, started: time.Now(), prob: binding.New(), best: math.NaN(), claimed: math.NaN(), bound: math.Inf(-1), limit: solver.LimitNone}
	if len(job.Model.Levels) > 0 {
		s.constant = job.Model.Levels[0].Constant
	}
	return s
}

// load hands the model to GLPK, with integer bounds of integer columns rounded inwards, as GLPK demands. It is scaled, by
// powers of two: GLPK's tolerances are absolute, and an objective in the millions makes a reduced cost of 6 in a row of a
// million look like none.
func (s *search) load() {
	m, p := s.job.Model, s.prob
	p.SetObjDir(binding.MIN)
	p.AddCols(len(m.Columns))
	for j, c := range m.Columns {
		if c.Integer {
			s.integers = true
			p.SetColKind(j+1, binding.IV)
			c.Lower, c.Upper = math.Ceil(c.Lower), math.Floor(c.Upper)
		}
		p.SetColBnds(j+1, boundsType(c.Lower, c.Upper), c.Lower, c.Upper)
	}
	if len(m.Levels) > 0 {
		for _, t := range m.Levels[0].Terms {
			p.SetObjCoef(int(t.Col)+1, t.Coef)
		}
	}
	if len(m.Rows) > 0 {
		p.AddRows(len(m.Rows))
	}
	ia, ja, ar := []int32{0}, []int32{0}, []float64{0} // GLPK counts from 1
	for i, r := range m.Rows {
		p.SetRowBnds(i+1, boundsType(r.Lower, r.Upper), r.Lower, r.Upper)
		for _, t := range r.Terms {
			if t.Coef != 0 {
				ia, ja, ar = append(ia, int32(i+1)), append(ja, int32(t.Col)+1), append(ar, t.Coef)
			}
		}
	}
	p.LoadMatrix(ia, ja, ar)
	C.glp_scale_prob(raw(p), C.GLP_SF_AUTO)
}

func boundsType(lower, upper float64) binding.BndsType {
	noLower, noUpper := math.IsInf(lower, -1), math.IsInf(upper, 1)
	switch {
	case noLower && noUpper:
		return binding.FR
	case noLower:
		return binding.UP
	case noUpper:
		return binding.LO
	case lower == upper:
		return binding.FX
	}
	return binding.DB
}

// run solves the relaxation, then searches.
func (s *search) run() (worker.Outcome, error) {
	s.tell("root")
	status, err := s.relax()
	switch {
	case err != nil:
		return worker.Outcome{}, err
	case s.limit != solver.LimitNone:
		return s.outcome(solver.Feasible), nil
	case status == binding.NOFEAS:
		return s.outcome(solver.Infeasible), nil
	case status == binding.UNBND:
		return s.unbounded()
	case status != binding.OPT:
		return worker.Outcome{}, i18n.E("单纯形法以状态 %d 结束", "the simplex method ended with status %d", status)
	}
	s.handMultipliers()
	s.bound = s.prob.ObjVal()
	if !s.integers {
		s.solution(s.prob.ColPrim)
		return s.outcome(solver.Optimal), nil
	}
	s.tell("root")
	return s.branch()
}

// handMultipliers hands over those of the relaxation just solved, for the certificate.
func (s *search) handMultipliers() {
	if s.job.Multipliers == nil {
		return
	}
	y := make([]float64, len(s.job.Model.Rows))
	for i := range y {
		y[i] = s.multiplier(i)
	}
	s.job.Multipliers(y)
}

// multiplier is that of a row in the relaxation just solved.
func (s *search) multiplier(i int) float64 {
	return float64(C.glp_get_row_dual(raw(s.prob), C.int(i+1)))
}

// unbounded tells apart a model without any integer point from one whose objective falls for ever: with rational
// data, a ray of the relaxation and one integer point make infinitely many integer points along the ray.
func (s *search) unbounded() (worker.Outcome, error) {
	for j := range s.job.Model.Columns {
		s.prob.SetObjCoef(j+1, 0)
	}
	s.anyPoint()
	status, err := s.relax()
	if err == nil && s.limit == solver.LimitNone && status == binding.OPT && s.integers {
		var o worker.Outcome
		if o, err = s.branch(); err == nil && o.Status == solver.Infeasible {
			return o, nil
		}
	}
	s.bound = math.Inf(-1) // what was proven since is about no objective at all
	if err != nil || s.broken || s.limit != solver.LimitNone {
		return s.outcome(solver.Feasible), err
	}
	return s.outcome(solver.Unbounded), nil
}

// anyPoint prepares a search for any integer point: no gap ends it before there is one, and neither points nor news of it are
// about the objective.
func (s *search) anyPoint() {
	p := &s.job.Params
	p.Gap, p.AbsGap, p.Start = 0, 0, nil
	tell := p.Progress
	p.Progress = func(news solver.Progress) {
		news.Incumbent, news.Bound = math.NaN(), math.Inf(-1)
		tell(news)
	}
	s.job.Solution = func([]float64) {}
}

// relax runs the methods of the way, each from scratch, until one ends in an answer that its multipliers bear out. Where none
// does, the last answer stands.
func (s *search) relax() (binding.SolStat, error) {
	var err error
	status := binding.SolStat(binding.UNDEF)
	for _, method := range s.way.methods {
		C.glp_std_basis(raw(s.prob))
		params := s.simplex()
		params.SetMeth(method)
		err = s.prob.Simplex(params)
		if err == binding.OptError(C.GLP_ETMLIM) {
			s.limit = solver.LimitTime
			return binding.UNDEF, nil
		}
		if err != nil || s.prob.Status() == binding.UNDEF || s.prob.Status() == binding.INFEAS {
			continue
		}
		if status = s.prob.Status(); status != binding.OPT || s.bounded() {
			return status, nil
		}
	}
	if status != binding.UNDEF && err == nil {
		return s.prob.Status(), nil
	}
	return binding.UNDEF, i18n.E("单纯形法出错：%v，状态 %d", "the simplex method failed: %v, status %d", err, s.prob.Status())
}

// simplex are parameters of the simplex method, silent and within the time that is left.
func (s *search) simplex() *binding.Smcp {
	params := binding.NewSmcp()
	params.SetMsgLev(binding.MSG_OFF)
	c := (*C.glp_smcp)(unsafe.Pointer(params))
	c.tm_lim, c.tol_bnd, c.tol_dj = s.milliseconds(), C.double(s.way.simplex), C.double(s.way.simplex)
	return params
}

// raw is GLPK's own object, for what the binding does not offer.
func raw(p *binding.Prob) *C.glp_prob { return **(***C.glp_prob)(unsafe.Pointer(p)) }

// milliseconds is what is left of the time, at least one.
func (s *search) milliseconds() C.int {
	if s.job.Params.Time <= 0 {
		return math.MaxInt32
	}
	left := (s.job.Params.Time - time.Since(s.started)).Milliseconds()
	return C.int(min(max(left, 1), math.MaxInt32))
}

// branch runs the branch and cut from the optimal relaxation.
func (s *search) branch() (worker.Outcome, error) {
	code := s.intopt()
	s.incumbent()
	switch code {
	case 0:
		if s.prob.MipStatus() == binding.NOFEAS {
			return s.outcome(solver.Infeasible), nil
		}
		if s.fallsShort() {
			s.bound = s.claimed // GLPK proved its own value, not that of a point which keeps the model
			return s.outcome(solver.Feasible), nil
		}
		return s.outcome(solver.Optimal), nil
	case C.GLP_ENOPFS:
		return s.outcome(solver.Infeasible), nil
	case C.GLP_ETMLIM:
		s.limit = solver.LimitTime
		return s.outcome(solver.Feasible), nil
	case C.GLP_ESTOP:
		return s.outcome(solver.Feasible), nil
	}
	return worker.Outcome{}, i18n.E("分支切割以代码 %d 结束", "the branch and cut ended with code %d", code)
}

func (s *search) outcome(status solver.Status) worker.Outcome {
	return worker.Outcome{Status: status, Limit: s.limit, Bound: s.bound + s.constant, Nodes: s.nodes}
}

// solution hands over the point whose columns value returns, repaired where rounding breaks it. A point that breaks the model
// all the same does not count.
func (s *search) solution(value func(j int) float64) {
	m := s.job.Model
	x := make([]float64, len(m.Columns))
	for j := range x {
		x[j] = value(j + 1)
		if m.Columns[j].Integer {
			x[j] = math.Round(x[j])
		}
	}
	s.broken = m.Violation(x, mip.FeasTol) != ""
	if s.broken && s.integers {
		s.repair(x)
		s.broken = m.Violation(x, mip.FeasTol) != ""
	}
	if s.broken {
		s.job.Solution(x) // the parent says what it breaks
		return
	}
	worth := 0.0
	if len(m.Levels) > 0 {
		worth = mip.Dot(m.Levels[0].Terms, x)
	}
	if !(worth >= s.best) { // best may be NaN
		s.best = worth
		s.job.Solution(x)
	}
}

// repair solves for the other columns with the integer ones fixed. A switch of 1e-7 counts as 0 for GLPK but may
// carry a flow of 1 through a coefficient of 1e7. Where nothing fits, x stays as it is.
func (s *search) repair(x []float64) {
	p := s.prob.Copy(false)
	defer p.Delete()
	for j, c := range s.job.Model.Columns {
		if c.Integer {
			p.SetColBnds(j+1, binding.FX, x[j], x[j])
		}
	}
	C.glp_std_basis(raw(p))
	if p.Simplex(s.simplex()) != nil || p.Status() != binding.OPT {
		return
	}
	for j, c := range s.job.Model.Columns {
		if !c.Integer {
			x[j] = p.ColPrim(j + 1)
		}
	}
}

// incumbent hands over GLPK's incumbent where it is new. Those of GLPK's heuristics come without an event of their own.
func (s *search) incumbent() {
	if status := s.prob.MipStatus(); status != binding.FEAS && status != binding.OPT {
		return
	}
	if !(s.prob.MipObjVal() >= s.claimed) { // claimed may be NaN
		s.claimed = s.prob.MipObjVal()
		s.solution(s.prob.MipColVal)
	}
}

// newsEvery is how often progress is told at most.
const newsEvery = 100 * time.Millisecond

func (s *search) tell(phase string) {
	if now := time.Now(); now.Sub(s.told) >= newsEvery {
		s.told = now
		s.job.Params.Progress(solver.Progress{
			Phase: phase, Incumbent: s.best + s.constant, Bound: s.bound + s.constant, Nodes: s.nodes, Elapsed: now.Sub(s.started),
		})
	}
}
