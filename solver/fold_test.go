package solver_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"cadre/mip"
	"cadre/solver"
)

// repeats draws a model in which rows of choice are written twice, with slacks of their own, and columns are one less another.
func repeats(t *rapid.T) *mip.Model {
	m := &mip.Model{}
	level := mip.Level{Name: "cost", Scale: 1}
	column := func(upper, cost float64) mip.Col {
		j := m.AddColumn(mip.Column{Upper: upper, Integer: true})
		level.Terms = append(level.Terms, mip.Term{Col: j, Coef: cost})
		return j
	}
	cost := rapid.IntRange(0, 4)
	choices := rapid.IntRange(2, 5).Draw(t, "choices")
	for range choices {
		column(1, float64(cost.Draw(t, "cost")))
	}
	for k := range choices { // a twin on the other side
		if rapid.Bool().Draw(t, "paired") {
			j := column(1, float64(cost.Draw(t, "cost")))
			m.AddRow(mip.Constraint{Lower: 1, Upper: 1, Terms: []mip.Term{{Col: mip.Col(k), Coef: 1}, {Col: j, Coef: 1}}})
		}
	}
	n := len(m.Columns)
	for range rapid.IntRange(1, 3).Draw(t, "rows") {
		var terms []mip.Term
		for j := range n {
			if c := rapid.IntRange(-1, 2).Draw(t, "coef"); c != 0 {
				terms = append(terms, mip.Term{Col: mip.Col(j), Coef: float64(c)})
			}
		}
		least := float64(rapid.IntRange(0, 3).Draw(t, "least"))
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			short := column(3, float64(cost.Draw(t, "cost")+1))
			row := append(append([]mip.Term(nil), terms...), mip.Term{Col: short, Coef: 1})
			m.AddRow(mip.Constraint{Lower: least, Upper: mip.Inf, Terms: row})
		}
	}
	m.AddLevel(level)
	return m
}

// least is the smallest value of m's only level, +Inf where no point keeps its rows: all are tried.
func least(m *mip.Model) float64 {
	best, x := math.Inf(1), make([]float64, len(m.Columns))
	for {
		if m.Violation(x, 0) == "" {
			best = math.Min(best, m.Levels[0].Value(x))
		}
		j := 0
		for ; j < len(x) && x[j] == m.Columns[j].Upper; j++ {
			x[j] = m.Columns[j].Lower
		}
		if j == len(x) {
			return best
		}
		x[j]++
	}
}

// points is how many points lie within the bounds.
func points(m *mip.Model) (n int) {
	n = 1
	for _, c := range m.Columns {
		n = min(n*(int(c.Upper-c.Lower)+1), 2*mostPoints)
	}
	return n
}

const mostPoints = 1 << 10

// TestFold: the fold has the same optimum, and its points are points of the whole of the same value.
func TestFold(t *testing.T) {
	folded := 0
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.Custom(repeats).Filter(func(m *mip.Model) bool { return points(m) <= mostPoints }).Draw(t, "model")
		f := solver.NewFold(m)
		folded += len(m.Rows) - len(f.Model.Rows)
		if a, b := least(m), least(f.Model); a != b {
			t.Fatalf("least %g, folded %g", a, b)
		}
		x := make([]float64, len(f.Model.Columns))
		for j, c := range f.Model.Columns {
			x[j] = float64(rapid.IntRange(int(c.Lower), int(c.Upper)).Draw(t, "x"))
		}
		whole := f.Whole(x)
		if (f.Model.Violation(x, 0) == "") != (m.Violation(whole, 0) == "") {
			t.Fatalf("%v is %q, of the whole %q", x, f.Model.Violation(x, 0), m.Violation(whole, 0))
		}
		if a, b := f.Model.Levels[0].Value(x), m.Levels[0].Value(whole); a != b {
			t.Fatalf("value %g, of the whole %g", a, b)
		}
		for j, v := range f.Part(whole) {
			if v != x[j] {
				t.Fatalf("column %d: %g, not %g", j, v, x[j])
			}
		}
	})
	if folded == 0 {
		t.Error("nothing was ever folded")
	}
}
