package lexico

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"cadre/mip"
)

// TestDescent: a shortage that a later level counts goes down to what is short, a choice stays.
func TestDescent(t *testing.T) {
	m := &mip.Model{}
	x := m.AddColumn(mip.Column{Name: "x", Upper: 1, Integer: true})
	short := m.AddColumn(mip.Column{Name: "short", Upper: 9, Integer: true})
	m.AddRow(mip.Constraint{Name: "floor", Lower: 3, Upper: mip.Inf, Terms: []mip.Term{{Col: x, Coef: 1}, {Col: short, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "moves", Scale: 1, Terms: []mip.Term{{Col: x, Coef: -1}}})
	m.AddLevel(mip.Level{Name: "short", Scale: 1, Terms: []mip.Term{{Col: short, Coef: 1}}})
	if got := newDescent(m).from([]float64{0, 7}); !reflect.DeepEqual(got, []float64{1, 2}) {
		t.Errorf("got %v, want both at their best", got)
	}
	if got := newDescent(m).from([]float64{1, 2}); !reflect.DeepEqual(got, []float64{1, 2}) {
		t.Errorf("got %v, want what there was", got)
	}
}

// TestDescentHelps: a column that nothing counts makes room for one that is counted.
func TestDescentHelps(t *testing.T) {
	m := &mip.Model{}
	step := m.AddColumn(mip.Column{Name: "step", Upper: 4, Integer: true})
	short := m.AddColumn(mip.Column{Name: "short", Upper: 9, Integer: true})
	m.AddRow(mip.Constraint{Name: "room", Lower: -mip.Inf, Upper: 3, Terms: []mip.Term{{Col: step, Coef: 1}}})
	m.AddRow(mip.Constraint{Name: "floor", Lower: 5, Upper: mip.Inf, Terms: []mip.Term{{Col: step, Coef: 1}, {Col: short, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "short", Scale: 1, Terms: []mip.Term{{Col: short, Coef: 1}}})
	if got := newDescent(m).from([]float64{1, 6}); !reflect.DeepEqual(got, []float64{3, 2}) {
		t.Errorf("got %v, want as many steps as there is room for", got)
	}
}

// TestDescentOnPaper: no point that keeps its rows is given up for one that floating point cannot tell from such a one.
func TestDescentOnPaper(t *testing.T) {
	m := &mip.Model{}
	x := m.AddColumn(mip.Column{Name: "x", Upper: 1, Integer: true})
	drop := m.AddColumn(mip.Column{Name: "drop", Lower: 1e-18, Upper: 1e-18})
	m.AddRow(mip.Constraint{Name: "carries", Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{{Col: x, Coef: -2}, {Col: drop, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: x, Coef: 4}}})
	if got := newDescent(m).from([]float64{1, 1e-18}); !reflect.DeepEqual(got, []float64{1, 1e-18}) {
		t.Errorf("got %v, want what there was", got)
	}
}

// TestDescentNeverWorse: on random points of random models, feasible and lexicographically no worse.
func TestDescentNeverWorse(t *testing.T) {
	better := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 5))
		m := &mip.Model{}
		x := make([]float64, 4)
		for j := range x {
			m.AddColumn(mip.Column{Lower: -3, Upper: 3, Integer: true})
			x[j] = float64(r.IntN(7) - 3)
		}
		terms := func() (out []mip.Term) {
			for j := range x {
				out = append(out, mip.Term{Col: mip.Col(j), Coef: float64(r.IntN(5) - 2)})
			}
			return out
		}
		for range 3 {
			row := mip.Constraint{Lower: -mip.Inf, Upper: mip.Inf, Terms: terms()}
			a := 0.0
			for _, e := range row.Terms {
				a += e.Coef * x[e.Col]
			}
			if r.IntN(2) == 0 {
				row.Lower = a - float64(r.IntN(5))
			} else {
				row.Upper = a + float64(r.IntN(5))
			}
			m.AddRow(row)
		}
		m.AddLevel(mip.Level{Scale: 1, Terms: terms()})
		m.AddLevel(mip.Level{Scale: 1, Terms: terms()})
		y := newDescent(m).from(x)
		if bad := m.Violation(y, mip.FeasTol); bad != "" {
			t.Fatalf("seed %d: %s", seed, bad)
		}
		for k := range m.Levels {
			was, is := m.Levels[k].Value(x), m.Levels[k].Value(y)
			if is > was {
				t.Fatalf("seed %d: level %d rises from %g to %g", seed, k, was, is)
			}
			if is < was {
				better++
				break
			}
		}
	}
	if better < 100 {
		t.Errorf("only %d points became better", better)
	}
}
