package race

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"strings"

	"cadre/mip"
	"cadre/solver"
)

// Statuses of runs beside those of solvers.
const (
	Missing = "missing" // the peer cannot run here
	Killed  = "killed"  // it went on past its limit and grace
	Crashed = "crashed" // it ended without an answer
)

// Run is one run of one solver on one model. Objective is the value found by substitution, nil where there is no sound
// point; Bound is what the solver claims, the closer one where ours name two. Times are wall seconds.
type Run struct {
	Model     string   `json:"model"`
	Solver    string   `json:"solver"`
	Version   string   `json:"version,omitempty"`
	Status    string   `json:"status"`
	Objective *float64 `json:"objective"`
	Bound     *float64 `json:"bound"`
	Claimed   *float64 `json:"claimed_bound,omitempty"`   // ours only: what the search says before the certificate
	Proven    *float64 `json:"certified_bound,omitempty"` // ours only: what the certificate proves
	Certified *bool    `json:"certified,omitempty"`       // ours only: whether it proves any
	Gap       *float64 `json:"gap"`                       // relative, nil where one of them is missing
	Seconds   float64  `json:"seconds"`                   // of the process, from opening the file
	Checked   bool     `json:"checked"`                   // the point was put into the model, and holds
	Fault     string   `json:"fault,omitempty"`

	Answer float64 `json:"answer_seconds"` // until the point was written: for ours the certificate comes after it
	CPU    float64 `json:"cpu_seconds"`    // of all its processes
	Load   float64 `json:"load,omitempty"` // of the machine over the last minute when it ended, with its own
	Memory float64 `json:"memory_mb"`      // most of any of its processes, 0 not known

	First    *float64 `json:"first_plan_seconds"`
	To1      *float64 `json:"to_1pct_seconds"` // until it had proven so small a gap, nil never
	To01     *float64 `json:"to_0.1pct_seconds"`
	To001    *float64 `json:"to_0.01pct_seconds"`
	Integral *float64 `json:"primal_dual_integral"` // mean gap over the limit, a gap above 1 or none counted as 1
	Events   []Event  `json:"events,omitempty"`

	Core     bool    `json:"core_clock,omitempty"` // limit, answer and times to gaps are seconds of a core, Seconds alone of the wall
	Limit    float64 `json:"limit_seconds"`
	Asked    float64 `json:"asked_gap"`
	Threads  int     `json:"threads"`
	Maximise bool    `json:"maximise,omitempty"` // the sense of the file
	Seed     int     `json:"seed"`
	Cadres   int     `json:"cadres,omitempty"` // rows cadre.*, 0 in other models
}

// Event is what was known at some time of a run.
type Event struct {
	At        float64  `json:"t"`
	Incumbent *float64 `json:"incumbent"`
	Bound     *float64 `json:"bound"`
}

// infinite is from which size on a value that a solver names stands for none: SCIP's, the smallest of them.
const infinite = 1e20

// agree is how far a claimed value may lie from the recomputed one, relative to its size: printed digits differ.
const agree = 1e-6

// substitute puts the point into the model: rows, bounds and integrality, then the objective against the claimed one.
func (r *Run) substitute(m *mip.Model, claimed float64, read func() (map[string]float64, error)) {
	point, err := read()
	if err != nil {
		r.Fault = "no point: " + withoutFolder(err)
		return
	}
	x := make([]float64, len(m.Columns))
	for j := range m.Columns {
		v, ok := point[m.Columns[j].Name]
		if ok {
			delete(point, m.Columns[j].Name)
		}
		if m.Columns[j].Integer && math.Abs(v-math.Round(v)) <= mip.IntTol {
			v = math.Round(v)
		}
		x[j] = v
	}
	for name := range point {
		if name != "constant" { // carries the objective's constant, which our reader has folded back
			r.Fault = "the point names columns that the model does not have, such as " + name
			return
		}
	}
	if what := m.Violation(x, mip.FeasTol); what != "" {
		r.Fault = "the point breaks the model: " + what
		return
	}
	value := valueOf(m, x)
	r.Objective, r.Checked = &value, true
	if math.Abs(value-claimed) > agree*math.Max(1, math.Abs(value)) {
		r.Fault, r.Checked = fmt.Sprintf("claims %.10g, the point gives %.10g", claimed, value), false
	}
}

// valueOf is the objective in the sense of the file.
func valueOf(m *mip.Model, x []float64) float64 {
	v := m.Levels[0].Value(x)
	if m.Levels[0].Negated {
		v = -v
	}
	return v
}

// gap is the relative gap of the checked objective to the claimed bound, +Inf where one is missing.
func (r *Run) gap() float64 {
	if r.Objective == nil || r.Bound == nil {
		return math.Inf(1)
	}
	return relative(*r.Objective, *r.Bound)
}

// inCore turns the times of what happened on the way, and of the answer, into seconds of a core.
func (r *Run) inCore(seen *watched, counted bool) {
	seen.saw(moment{r.Seconds, r.CPU})
	r.Answer = seen.core(r.Answer)
	if counted {
		return
	}
	for k := range r.Events {
		r.Events[k].At = seen.core(r.Events[k].At)
	}
}

// closest settles which of our two bounds is the run's: the one that leaves the smaller gap. Where only the certificate brings the
// run within the gap asked, its answer came when the process ended.
func (r *Run) closest() {
	if r.Claimed == nil || r.Proven == nil || r.Objective == nil {
		return
	}
	claimed, proven := relative(*r.Objective, *r.Claimed), relative(*r.Objective, *r.Proven)
	if proven >= claimed {
		return
	}
	r.Events = append(r.Events, Event{r.Answer, r.Objective, r.Claimed})
	r.Bound = r.Proven
	if claimed > r.Asked+gapSlack && proven <= r.Asked+gapSlack {
		if r.Answer = r.Seconds; r.Core {
			r.Answer = r.CPU
		}
	}
}

// relative is the gap between a value and a bound, whichever is the larger: the sense of the file is not told.
func relative(value, bound float64) float64 {
	return solver.RelGap(math.Max(value, bound), math.Min(value, bound))
}

// gapSlack forgives rounding where a solver stops exactly at the gap.
const gapSlack = 1e-9

// Done tells whether the run ended without a fault, with a checked point within the asked gap or with the word that there is none.
func (r *Run) Done() bool {
	none := r.Status == string(solver.Infeasible) || r.Status == string(solver.Unbounded)
	return r.Fault == "" && (none || r.gap() <= r.Asked+gapSlack)
}

// cadresOf counts the rows that place a cadre.
func cadresOf(m *mip.Model) int {
	n := 0
	for i := range m.Rows {
		if strings.HasPrefix(m.Rows[i].Name, "cadre.") {
			n++
		}
	}
	return n
}

// Contradictions flags every bound that lies beyond a checked point of the same model, every claim that there is no point
// where there is one, and every claim that there is no limit where ours have proven one. Who is flagged is not checked.
func Contradictions(all []Run) {
	best, limited := map[string]float64{}, map[string]float64{}
	for k := range all {
		r := &all[k]
		if v, ok := best[r.Model]; r.Checked && (!ok || r.sign()**r.Objective < v) {
			best[r.Model] = r.sign() * *r.Objective
		}
		if r.Certified != nil && *r.Certified && r.Proven != nil {
			limited[r.Model] = *r.Proven
		}
	}
	for k := range all {
		r := &all[k]
		if r.Fault != "" {
			continue
		}
		v, known := best[r.Model]
		limit, proven := limited[r.Model]
		switch {
		case known && r.Bound != nil && r.sign()**r.Bound > v+agree*math.Max(1, math.Abs(v)):
			r.Fault = fmt.Sprintf("wrong bound: a point of value %.10g exists", r.sign()*v)
		case known && r.Status == string(solver.Infeasible):
			r.Fault = fmt.Sprintf("claims infeasible: a point of value %.10g exists", r.sign()*v)
		case proven && r.Status == string(solver.Unbounded):
			r.Fault = fmt.Sprintf("claims unbounded: the bound %.10g is proven", limit)
		default:
			continue
		}
		r.Checked = false
	}
}

// Faults counts the runs with a fault. A peer that is not there has none.
func Faults(all []Run) int {
	n := 0
	for k := range all {
		if all[k].Fault != "" && all[k].Status != Missing {
			n++
		}
	}
	return n
}

// sign makes values of the file's sense such that less is better.
func (r *Run) sign() float64 {
	if r.Maximise {
		return -1
	}
	return 1
}

// Line is the run on one line.
func (r *Run) Line() string {
	return fmt.Sprintf("%s %s: %s %s %s gap %s %.1f s (%.1f to the point, %.1f of a core, %.0f MB) %s",
		r.Model, r.Solver, r.Status, show(r.Objective), show(r.Bound), percent(r.gap()), r.Seconds, r.Answer, r.CPU, r.Memory, r.Fault)
}

// withoutFolder is the text of an error that does not name the temporary folder of a run.
func withoutFolder(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Sprintf("%s %s: %v", e.Op, filepath.Base(e.Path), e.Err)
	}
	return err.Error()
}
