package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"text/tabwriter"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
)

// inSense is a bound on the last level in the sense of the file.
func inSense(m *mip.Model, bound float64) *float64 {
	if n := len(m.Levels); n > 0 && m.Levels[n-1].Negated {
		bound = -bound
	}
	return finite(bound)
}

// solveReport is what solve prints. Objective and bound are in the sense of the file; null where there is none. Bound is
// certified, and with it gap and status, unless Certified is false; Claimed is what the backend says of the last level, Point
// whether the solution is exact or as near to it as is said.
type solveReport struct {
	Status    solver.Status `json:"status"`
	Limit     solver.Limit  `json:"limit"`
	Objective *float64      `json:"objective"`
	Bound     *float64      `json:"bound"`
	Gap       *float64      `json:"gap"`
	Certified bool          `json:"certified"`
	Claimed   *float64      `json:"claimed_bound"`
	Point     *string       `json:"point"`
	Seconds   float64       `json:"seconds"`
	Nodes     int64         `json:"nodes"`
	Solver    string        `json:"solver"`
	Levels    []levelReport `json:"levels,omitempty"`
	Gives     []gives       `json:"gives,omitempty"` // with --relax, where there is no solution
	least     bool
}

// levelReport is one level of a model with several.
type levelReport struct {
	Name   string        `json:"name"`
	Value  *float64      `json:"value"`
	Bound  *float64      `json:"bound"`
	Status solver.Status `json:"status"`
}

// newSolveReport takes objective and bound from the last level, the gap is the largest of all levels.
func newSolveReport(m *mip.Model, r lexico.Result, elapsed time.Duration) solveReport {
	report := solveReport{
		Status: r.Status, Limit: r.Limit, Seconds: math.Round(elapsed.Seconds()*1000) / 1000, Nodes: r.Nodes, Solver: r.Solver,
	}
	if len(m.Levels) == 0 && r.Values != nil {
		report.Objective, report.Bound, report.Gap = finite(0), finite(0), finite(0)
	}
	worst := 0.0
	for k, l := range r.Levels {
		sign := 1.0
		if m.Levels[k].Negated {
			sign = -1
		}
		level := levelReport{Name: l.Name, Value: finite(sign * l.Value), Bound: finite(sign * l.Bound), Status: l.Status}
		worst = max(worst, certify.Gap(l.Value, l.Bound))
		report.Objective, report.Bound, report.Gap = level.Value, level.Bound, finite(worst)
		report.Levels = append(report.Levels, level)
	}
	if len(report.Levels) == 1 {
		report.Levels = nil
	}
	if r.Status == solver.Infeasible || r.Status == solver.Unbounded {
		report.Bound = nil
	}
	return report
}

// finite is nil for what JSON cannot say. A negative zero becomes zero.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	v += 0
	return &v
}

func (s solveReport) print(out io.Writer, lang i18n.Lang) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(name i18n.Text, value string) { fmt.Fprintf(w, "%s\t%s\n", name.In(lang), value) }
	line(i18n.T("状态", "status"), string(s.Status))
	line(i18n.T("停止原因", "limit"), string(s.Limit))
	line(i18n.T("目标值", "objective"), orDash(s.Objective))
	line(i18n.T("界", "bound"), orDash(s.Bound))
	line(i18n.T("间隙", "gap"), orDash(s.Gap))
	line(i18n.T("已核验", "certified"), fmt.Sprint(s.Certified))
	if s.Point != nil {
		line(i18n.T("解", "point"), s.pointWords().In(lang))
	}
	line(i18n.T("秒", "seconds"), fmt.Sprint(s.Seconds))
	line(i18n.T("节点", "nodes"), fmt.Sprint(s.Nodes))
	line(i18n.T("求解器", "solver"), s.Solver)
	for k, l := range s.Levels {
		line(i18n.F("层级%d", "level %d", k+1), fmt.Sprintf("%s: %s, %s, %s", l.Name, orDash(l.Value), orDash(l.Bound), l.Status))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(s.Gives) > 0 {
		printGives(out, s.Gives, s.least, lang)
	}
	return nil
}

// pointWords say what the solution keeps.
func (s solveReport) pointWords() i18n.Text {
	if *s.Point == exactPoint {
		return i18n.T("精确", exactPoint)
	}
	return i18n.F("容差 %g 以内", "within %g", mip.FeasTol)
}

func orDash(v *float64) string {
	if v == nil {
		return "-"
	}
	return plain(*v)
}

// exit says with which code a solve of this status ends.
func (s solveReport) exit(m *mip.Model) error {
	switch s.Status {
	case solver.Infeasible:
		return &exitError{code: exitInfeasible}
	case solver.Unbounded:
		e := &exitError{code: exitInfeasible, err: errors.New("the objective has no limit")}
		if names := lowering(m); len(names) > 0 {
			e.hint = "columns without a bound on the side that the objective likes: " + listed(names).In(i18n.En)
		}
		return e
	case solver.NoSolution:
		return &exitError{code: exitNoPlan}
	}
	return nil
}
