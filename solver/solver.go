// Package solver is the contract between planning and every engine: a [Solver] minimises the only level of a
// [mip.Model] within the limits of [Params] and says in a [Result] what it found and what it proved.
//
// Backends live in solver/glpk, solver/highs and solver/native and pass solver/solvertest; solver/lexico treats
// ordered levels over any of them. The package may import mip and the standard library only.
package solver

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
)

// Status is what is known when a solver stops. Why it stopped is a [Limit].
type Status string

const (
	Optimal    Status = "optimal"     // a solution, within the asked gap of its bound
	Feasible   Status = "feasible"    // a solution, and a bound that is further away
	Infeasible Status = "infeasible"  // proven: no solution exists
	Unbounded  Status = "unbounded"   // proven: the objective has no lower bound
	NoSolution Status = "no-solution" // ended without a solution
)

// Limit is what ended a run.
type Limit string

const (
	LimitNone        Limit = "none"        // ran to the end
	LimitGap         Limit = "gap"         // the asked gap was reached, before gap zero
	LimitTime        Limit = "time"        // Params.Time passed
	LimitWork        Limit = "work"        // Params.Work was spent
	LimitInterrupted Limit = "interrupted" // the context was cancelled
	LimitMemory      Limit = "memory"      // memory ran out
	// LimitNumerics: the backend's own point breaks the model, since the numbers of the model lie too far apart for its
	// arithmetic. What it claims of that point is not passed on.
	LimitNumerics Limit = "numerics"
)

// ErrOvertaken is the cause with which a context is cancelled where another backend has answered: no time is to be spent on what
// a certificate may need.
var ErrOvertaken = errors.New("another backend has answered")

// Params says how hard to try. The zero value means: no limits, gap 0, one thread, seed 0.
type Params struct {
	Time    time.Duration // wall time, 0 none
	Work    int64         // deterministic work limit in the backend's own unit (nodes, pivots), 0 none
	Gap     float64       // relative gap at which to stop: (objective-bound)/max(1,|objective|)
	AbsGap  float64       // absolute gap at which to stop
	Threads int           // 0 and 1 mean one
	Seed    int64
	// Levels are the gaps of single levels, by name, in the place of Gap and AbsGap. Backends, which see one level, do not
	// look at them: solver/lexico and solver/certify do.
	Levels map[string]Tolerance
	// Start is a solution to begin from (indexed by mip.Col), nil none. A backend may ignore it, and must not
	// trust it.
	Start []float64
	// Warm is what an earlier solve left behind, nil none (see [Warm]).
	Warm *Warm
	// Bare says that nobody asks for a proof: a backend need hand over multipliers at most.
	Bare bool
	// Progress, where not nil, is called from one goroutine at a time, at most some ten times a second.
	Progress func(Progress)
}

// Tolerance says when a level counts as solved.
type Tolerance struct {
	Gap    float64 // relative, as Params.Gap
	AbsGap float64 // absolute, in the level's integers
}

// Tolerance is that of the level of this name.
func (p *Params) Tolerance(level string) Tolerance {
	if t, own := p.Levels[level]; own {
		return t
	}
	return Tolerance{p.Gap, p.AbsGap}
}

// Met says whether a value is within the tolerance of its bound.
func (t Tolerance) Met(value, bound float64) bool {
	return value-bound <= t.AbsGap || RelGap(value, bound) <= t.Gap
}

// Progress is one line of news about a running solve.
type Progress struct {
	Phase     string  // presolve, root, search, polish, ... in the backend's words
	Level     string  // name of the level being minimised
	Incumbent float64 // NaN where there is none yet
	Bound     float64 // -Inf where there is none yet
	Nodes     int64
	Elapsed   time.Duration
}

// Gap is the relative gap of the news, +Inf where either side is missing.
func (p Progress) Gap() float64 { return RelGap(p.Incumbent, p.Bound) }

// Result is what a solver found. Objective and Bound are in the level's integers (not divided by Scale).
type Result struct {
	Status    Status
	Limit     Limit
	Objective float64   // NaN where there is no solution
	Bound     float64   // claimed lower bound; -Inf where none
	Values    []float64 // indexed by mip.Col, integer columns rounded; nil where there is no solution
	Nodes     int64
	Elapsed   time.Duration
	Solver    string // name of the backend, or of the chain of backends, that answered
	// Deterministic is false where a clock or a signal ended the run.
	Deterministic bool
	// Multipliers are those of the root (indexed by mip.Row, signs as in [ProofNode]), Proof is a tree for Bound; each is
	// nil where the backend has none. They are hints to solver/certify, which trusts nothing of them.
	Multipliers []float64
	Proof       *Proof
	Trace       []string // what a chain of backends did, one line a step; for logs
	Warm        *Warm    // for the next solve of nearly the same model, nil where there is none
}

// Check holds the point of a result against the model that was to be solved, integer columns rounded as Values promises. The error
// is the backend's fault: what it made of the model to solve it broke a row, a bound or an integer.
func (r *Result) Check(m *mip.Model) error {
	if r.Values == nil {
		return nil
	}
	if len(r.Values) != len(m.Columns) {
		return fmt.Errorf("%s: its solution has %d values for %d columns", r.Solver, len(r.Values), len(m.Columns))
	}
	rounded := r.Values
	for j, c := range m.Columns {
		v := rounded[j]
		if whole := math.Round(v); c.Integer && v != whole && math.Abs(v-whole) <= mip.IntTol {
			if &rounded[0] == &r.Values[0] {
				rounded = slices.Clone(r.Values)
			}
			rounded[j] = whole
		}
	}
	if broken := m.Violation(rounded, mip.FeasTol); broken != "" {
		return fmt.Errorf("%s: its solution is infeasible: %s", r.Solver, broken)
	}
	r.Values = rounded
	return nil
}

// RelGap is (objective-bound)/max(1,|objective|), 0 where both agree, +Inf where one is missing.
func RelGap(objective, bound float64) float64 {
	if math.IsNaN(objective) || math.IsInf(bound, -1) {
		return math.Inf(1)
	}
	return math.Max(0, objective-bound) / math.Max(1, math.Abs(objective))
}

// Support says what a backend can do, so that callers and the conformance suite know what not to ask.
type Support struct {
	Integers   bool // integer columns
	FreeCols   bool // columns without a finite bound
	Ranges     bool // rows with two finite, different sides
	Unbounded  bool // tells unbounded from infeasible
	WarmStart  bool // makes use of Params.Start
	Threads    bool // makes use of Params.Threads
	Interrupts bool // returns its best solution when the context is cancelled
	Repeats    bool // gives the same answer again, unless a clock or a signal ends the run
	Varies     bool // may give another answer with several threads than with one
	Proofs     bool // hands over a Proof (or Multipliers) of about its bound, so that certifying needs little time
}

// Availability says whether a backend works here.
type Availability struct {
	Name      string `json:"name"`
	Available bool   `json:"available"`
	Version   string `json:"version"`
	Reason    string `json:"reason"` // why not, and what to install; "" where available
	ReasonZh  string `json:"-"`      // in Chinese, "" where it is not known
}

// Why is the reason in both languages.
func (a Availability) Why() i18n.Text { return i18n.Text{Zh: a.ReasonZh, En: a.Reason} }

// Solver is one engine. Solve minimises the only level of m (none: any feasible point). The caller has run
// m.Check; the solver must not change m. A limit, a cancelled context, infeasibility and unboundedness are answers
// in the Result; an error means that the backend itself failed.
type Solver interface {
	Name() string
	Support() Support
	Available() Availability
	Solve(ctx context.Context, m *mip.Model, p Params) (Result, error)
}
