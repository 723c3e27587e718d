//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"math"

	"cadre/internal/i18n"
	"cadre/mip"
)

// Numbers of highs_c_api.h.
const (
	callFailed = -1

	formatRowwise = 2
	senseMinimize = 1

	statusPresolveError         = 3
	statusSolveError            = 4
	statusPostsolveError        = 5
	statusModelEmpty            = 6
	statusOptimal               = 7
	statusInfeasible            = 8
	statusUnboundedOrInfeasible = 9
	statusUnbounded             = 10
	statusTimeLimit             = 13
	statusSolutionLimit         = 16 // also: the limit of nodes
	statusInterrupt             = 17
	statusMemoryLimit           = 18

	pointFeasible = 2
)

// instance is one HiGHS object with one model.
type instance struct {
	lib   *library
	highs uintptr
}

func newInstance(lib *library) (*instance, error) {
	h := &instance{lib: lib, highs: lib.create()}
	if size := lib.intSize(h.highs); size != 4 {
		h.close()
		return nil, i18n.E("这个 HiGHS 的整数为 %d 字节，应为 4 字节", "this HiGHS counts with %d bytes; needed is one with 4", size)
	}
	return h, nil
}

func (h *instance) close() { h.lib.destroy(h.highs) }

// option is a setting: a bool, int32, float64 or string.
type option struct {
	name  string
	value any
}

func (h *instance) set(options []option) error {
	for _, o := range options {
		code := int32(callFailed)
		switch v := o.value.(type) {
		case bool:
			number := int32(0)
			if v {
				number = 1
			}
			code = h.lib.setBool(h.highs, o.name, number)
		case int32:
			code = h.lib.setInt(h.highs, o.name, v)
		case float64:
			code = h.lib.setDouble(h.highs, o.name, v)
		case string:
			code = h.lib.setString(h.highs, o.name, v)
		}
		if code == callFailed {
			return i18n.E("HiGHS 不接受选项 %s = %v", "HiGHS refuses the option %s = %v", o.name, o.value)
		}
	}
	return nil
}

// pass hands over the model: rows in compressed form, integer bounds of integer columns rounded inwards.
func (h *instance) pass(m *mip.Model) error {
	n := len(m.Columns)
	cost, lower, upper, kind := make([]float64, n), make([]float64, n), make([]float64, n), make([]int32, n)
	integers := false
	for j, c := range m.Columns {
		lower[j], upper[j] = c.Lower, c.Upper
		if c.Integer {
			integers = true
			lower[j], upper[j], kind[j] = math.Ceil(c.Lower), math.Floor(c.Upper), 1
		}
	}
	offset := 0.0
	if len(m.Levels) > 0 {
		offset = m.Levels[0].Constant
		for _, t := range m.Levels[0].Terms {
			cost[t.Col] = t.Coef
		}
	}
	rows := newMatrix(m)
	code := h.lib.passLP(h.highs, int32(n), int32(len(m.Rows)), int32(len(rows.index)), formatRowwise, senseMinimize, offset,
		cost, lower, upper, rows.lower, rows.upper, rows.start, rows.index, rows.value)
	if code != callFailed && integers {
		code = h.lib.setIntegrality(h.highs, 0, int32(n-1), kind)
	}
	if code == callFailed {
		return i18n.E("HiGHS 不接受该模型：其中有过大的数", "HiGHS refuses the model: a number in it is too large")
	}
	return nil
}

// matrix is the rows in compressed sparse form.
type matrix struct {
	lower, upper []float64
	start, index []int32
	value        []float64
}

func newMatrix(m *mip.Model) matrix {
	var x matrix
	for _, r := range m.Rows {
		x.lower, x.upper = append(x.lower, r.Lower), append(x.upper, r.Upper)
		x.start = append(x.start, int32(len(x.index)))
		for _, t := range r.Terms {
			if t.Coef != 0 {
				x.index, x.value = append(x.index, int32(t.Col)), append(x.value, t.Coef)
			}
		}
	}
	return x
}

// solve runs HiGHS and returns the model's status. That numbers got the better of it is one.
func (h *instance) solve() (int32, error) {
	code := h.lib.run(h.highs)
	status := h.lib.modelStatus(h.highs)
	if code == callFailed && !(statusPresolveError <= status && status <= statusPostsolveError) {
		return status, i18n.E("HiGHS 出错，状态 %d", "HiGHS failed with model status %d", status)
	}
	return status, nil
}

// point returns HiGHS's own solution, nil where it has no feasible one.
func (h *instance) point(m *mip.Model) []float64 {
	var feasible int32
	h.lib.intInfo(h.highs, "primal_solution_status", &feasible)
	if feasible != pointFeasible {
		return nil
	}
	x, rows := make([]float64, len(m.Columns)), make([]float64, len(m.Rows))
	if h.lib.getSolution(h.highs, x, 0, rows, 0) == callFailed {
		return nil
	}
	return x
}

// double returns an item of HiGHS's information, NaN where it has none.
func (h *instance) double(info string) float64 {
	value := math.NaN()
	h.lib.doubleInfo(h.highs, info, &value)
	return value
}
