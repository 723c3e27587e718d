package lexico

import (
	"math"

	"cadre/mip"
	"cadre/solver/certify"
)

// descent moves the columns of a point that have integral values, one by one and by whole steps, as far as their rows allow
// towards less of the first level that counts them. A backend leaves the columns of levels that it has not come to where it likes: a shortage larger than what is short.
// Columns that no level counts go first, towards making room for those that one does.
type descent struct {
	model *mip.Model
	cost  []float64    // by column: its coefficient in the first level that has it; the sign of a helper is where it shall not go
	order []mip.Col    // columns with such a cost, helpers first, then by level
	rows  [][]mip.Term // by column of order: rows and coefficients; Col is the row
}

// newDescent takes time and memory linear in m.
func newDescent(m *mip.Model) *descent {
	t := &descent{model: m, cost: make([]float64, len(m.Columns))}
	at := make([]int, len(m.Columns)) // 1 + place in order
	t.help(at)
	for k := range m.Levels {
		for _, e := range m.Levels[k].Terms {
			if j := e.Col; e.Coef != 0 && at[j] == 0 {
				t.cost[j] = e.Coef
				t.order = append(t.order, j)
				at[j] = len(t.order)
			}
		}
	}
	t.rows = make([][]mip.Term, len(t.order))
	for i := range m.Rows {
		for _, e := range m.Rows[i].Terms {
			if k := at[e.Col]; k > 0 {
				t.rows[k-1] = append(t.rows[k-1], mip.Term{Col: mip.Col(i), Coef: e.Coef})
			}
		}
	}
	return t
}

// help finds the columns that no level counts and that can make room for one that a level does, in a row that has both.
func (t *descent) help(at []int) {
	m := t.model
	sign := make([]float64, len(m.Columns)) // of the first cost
	for k := range m.Levels {
		for _, e := range m.Levels[k].Terms {
			if sign[e.Col] == 0 {
				sign[e.Col] = e.Coef
			}
		}
	}
	rows := make([]int, len(m.Columns)) // in which a column stands
	for i := range m.Rows {
		for _, e := range m.Rows[i].Terms {
			rows[e.Col]++
		}
	}
	for i := range m.Rows {
		want := 0.0
		for _, e := range m.Rows[i].Terms {
			if rows[e.Col] == 1 && sign[e.Col] != 0 { // the shortage or excess of this row
				want = sign[e.Col] * e.Coef
			}
		}
		for _, e := range m.Rows[i].Terms {
			if want == 0 || sign[e.Col] != 0 || e.Coef == 0 || at[e.Col] != 0 {
				continue
			}
			t.cost[e.Col] = -want * e.Coef
			t.order = append(t.order, e.Col)
			at[e.Col] = len(t.order)
		}
	}
}

// from is x with its columns moved, or x itself where none can be or where x is not exact.
func (t *descent) from(x []float64) []float64 {
	act := make([]float64, len(t.model.Rows))
	for i := range t.model.Rows {
		for _, e := range t.model.Rows[i].Terms {
			act[i] += e.Coef * x[e.Col]
		}
	}
	y := append([]float64(nil), x...)
	moved := false
	for k, j := range t.order {
		d := t.step(k, j, y[j], act)
		if d == 0 {
			continue
		}
		moved = true
		y[j] += d
		for _, e := range t.rows[k] {
			act[e.Col] += e.Coef * d
		}
	}
	if !moved || t.model.Violation(y, mip.FeasTol) != "" || certify.Feasible(t.model, x) == nil && certify.Feasible(t.model, y) != nil {
		return x
	}
	return y
}

// step is how far column j at value v may move, in whole steps.
func (t *descent) step(k int, j mip.Col, v float64, act []float64) float64 {
	if v != math.Trunc(v) {
		return 0
	}
	c := &t.model.Columns[j]
	d := math.Ceil(c.Lower) - v
	if t.cost[j] < 0 {
		d = math.Floor(c.Upper) - v
	}
	for _, e := range t.rows[k] {
		if e.Coef == 0 || d == 0 {
			continue
		}
		r := &t.model.Rows[e.Col]
		room := r.Upper - act[e.Col]
		if e.Coef*d < 0 {
			room = act[e.Col] - r.Lower
		}
		steps := math.Floor(math.Max(0, room)/math.Abs(e.Coef) + impliedTol)
		if math.Abs(d) > steps {
			d = math.Copysign(steps, d)
		}
	}
	if math.IsInf(d, 0) {
		return 0
	}
	return d
}
