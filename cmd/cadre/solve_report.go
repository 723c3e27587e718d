package main

import (
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
	beyond    bool // whether a level's value is better than any solution can be, by more than what counts as nothing
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
		report.beyond = report.beyond || certify.Beyond(l.Value, l.Bound)
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
	line(i18n.T("状态", "status"), statusText(s.Status).In(lang))
	line(i18n.T("停止原因", "limit"), limitText(s.Limit).In(lang))
	line(i18n.T("目标值", "objective"), orDash(s.Objective))
	line(i18n.T("界", "bound"), orDash(s.Bound))
	line(i18n.T("间隙", "gap"), orDash(s.Gap))
	line(i18n.T("已核验", "certified"), yesNo(s.Certified).In(lang))
	if s.Point != nil {
		line(i18n.T("解", "point"), s.pointWords().In(lang))
	}
	line(i18n.T("秒", "seconds"), fmt.Sprint(s.Seconds))
	line(i18n.T("节点", "nodes"), fmt.Sprint(s.Nodes))
	line(i18n.T("求解器", "solver"), s.Solver)
	for k, l := range s.Levels {
		line(i18n.F("层级%d", "level %d", k+1), fmt.Sprintf("%s: %s, %s, %s", l.Name, orDash(l.Value), orDash(l.Bound), statusText(l.Status).In(lang)))
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

func yesNo(v bool) i18n.Text {
	return i18n.Text{En: fmt.Sprint(v), Zh: map[bool]string{true: "是", false: "否"}[v]}
}

func orDash(v *float64) string {
	if v == nil {
		return "-"
	}
	return plain(*v)
}

// doubt says why a solution is worth less than it looks, where it is.
func (s solveReport) doubt() (text i18n.Text, doubtful bool) {
	switch {
	case s.Objective == nil:
		return text, false
	case s.Limit == solver.LimitNumerics:
		return i18n.F("模型中的数相差太大：求解器 %s 所说的最优不可靠，不予采用", "the numbers of the model lie too far apart: what %s says of an optimum does not hold and is not passed on", s.Solver), true
	case s.beyond:
		return i18n.F("目标值好过已证明的界，没有哪个解能达到：求得的点只在容差 %g 以内满足约束，大的系数把这一点放大了", "the objective is better than the certified bound, which no solution can be: the point keeps rows within the tolerance of %g only, and a large coefficient makes much of that", mip.FeasTol), true
	case s.Status == solver.Feasible && s.Limit == solver.LimitNone:
		return i18n.F("求解器 %s 已经算完，但没有哪个最优得到精确计算的证明：最好的解在目标值与界之间", "%s came to its end, but no optimum is confirmed in exact arithmetic: the best solution lies anywhere from the objective to the bound", s.Solver), true
	}
	return text, false
}

// exit says with which code a solve of this status ends.
func (s solveReport) exit(m *mip.Model) error {
	switch s.Status {
	case solver.Infeasible:
		if s.Certified || selfEvident(m) {
			return &exitError{code: exitInfeasible}
		}
		return told(exitInfeasible, i18n.F("求解器 %s 说模型无解；这没有得到精确计算的证明", "that there is no solution is what %s says; it could not be proven in exact arithmetic", s.Solver),
			i18n.F("要有把握，用另一个求解器再算一次（如 --solver %[1]s）", "to be sure, solve once more with another solver, such as --solver %[1]s", another(s.Solver)))
	case solver.Unbounded:
		e := told(exitInfeasible, i18n.T("目标值没有界限（无界）", "the objective has no limit"), i18n.Text{})
		if names := lowering(m); len(names) > 0 {
			e.hint = i18n.F("在目标所趋的一侧没有界的变量：%s", "columns without a bound on the side that the objective likes: %s", listed(names))
		}
		return e
	case solver.NoSolution:
		if s.Limit == solver.LimitNumerics {
			return told(exitNoPlan, i18n.F("模型中的数相差太大：求解器 %s 自己的解不满足模型", "the numbers of the model lie too far apart: the solution of %s breaks the model", s.Solver), apart(s.Solver))
		}
		return stopped(s.Limit, i18n.T("解", "solution"), s.Solver)
	}
	return nil
}
