package solver_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native"
)

// TestElastic: two of three rows clash; the cheaper one gives, by as much as it must.
func TestElastic(t *testing.T) {
	m := &mip.Model{}
	x := m.AddColumn(mip.Column{Name: "x", Upper: 9, Integer: true})
	y := m.AddColumn(mip.Column{Name: "y", Upper: 9, Integer: true})
	m.AddRow(mip.Constraint{Name: "few", Lower: -mip.Inf, Upper: 4, Terms: []mip.Term{{Col: x, Coef: 1}, {Col: y, Coef: 1}}})
	m.AddRow(mip.Constraint{Name: "many", Lower: 7, Upper: mip.Inf, Terms: []mip.Term{{Col: x, Coef: 1}}})
	m.AddRow(mip.Constraint{Name: "even", Lower: 0, Upper: 0, Terms: []mip.Term{{Col: x, Coef: 1}, {Col: y, Coef: -2}}})
	for _, c := range []struct {
		prices []float64
		want   []solver.Give
	}{
		{[]float64{1, 9, 9}, []solver.Give{{Row: 0, Above: 8}}}, // x = 8, y = 4
		{[]float64{9, 1, 9}, []solver.Give{{Row: 1, Below: 5}}}, // x = 2, y = 1
	} {
		e := solver.NewElastic(m, func(r mip.Row) float64 { return c.prices[r] })
		r, err := native.New().Solve(context.Background(), e.Model, solver.Params{})
		if err != nil || r.Status != solver.Optimal {
			t.Fatalf("%s, %v", r.Status, err)
		}
		got := e.Gives(r.Values)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("prices %v: %+v, want %+v", c.prices, got, c.want)
		}
	}
	if len(m.Columns) != 2 || len(m.Rows[0].Terms) != 2 {
		t.Error("the model was changed")
	}
}

// TestElasticAgainstEnumeration: the price is the least over all points of the box, and what is listed is what the
// point breaks.
func TestElasticAgainstEnumeration(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 9))
		m := anyModel(r)
		prices := make([]float64, len(m.Rows))
		for j := range m.Columns {
			c := &m.Columns[j]
			c.Lower, c.Upper, c.Integer = math.Max(c.Lower, -2), math.Min(c.Upper, 3), true
		}
		for i := range prices {
			prices[i] = float64(1 + r.IntN(3))
		}
		e := solver.NewElastic(m, func(i mip.Row) float64 { return prices[i] })
		got, err := native.New().Solve(context.Background(), e.Model, solver.Params{})
		if err != nil || got.Status != solver.Optimal {
			t.Fatalf("seed %d: %s, %v", seed, got.Status, err)
		}
		best := math.Inf(1)
		box(m, func(x []float64) { best = math.Min(best, broken(m, x, prices, nil)) })
		if got.Objective != best {
			t.Fatalf("seed %d: %g, want %g", seed, got.Objective, best)
		}
		want := map[mip.Row]solver.Give{}
		broken(m, e.Point(got.Values), prices, want)
		for _, g := range e.Gives(got.Values) {
			if want[g.Row] != g {
				t.Fatalf("seed %d: %+v listed, %+v broken", seed, g, want[g.Row])
			}
			delete(want, g.Row)
		}
		if len(want) > 0 {
			t.Fatalf("seed %d: broken and not listed: %v", seed, want)
		}
	}
}

// box visits the integer points within the bounds.
func box(m *mip.Model, visit func(x []float64)) {
	x := make([]float64, len(m.Columns))
	var try func(j int)
	try = func(j int) {
		if j == len(x) {
			visit(x)
			return
		}
		for v := m.Columns[j].Lower; v <= m.Columns[j].Upper; v++ {
			x[j] = v
			try(j + 1)
		}
	}
	try(0)
}

// broken is the price of what x breaks, listed in out where that is not nil.
func broken(m *mip.Model, x, prices []float64, out map[mip.Row]solver.Give) float64 {
	total := 0.0
	for i, r := range m.Rows {
		g := solver.Give{Row: mip.Row(i), Below: math.Max(0, r.Lower-mip.Dot(r.Terms, x)), Above: math.Max(0, mip.Dot(r.Terms, x)-r.Upper)}
		total += prices[i] * (g.Below + g.Above)
		if out != nil && g.Below+g.Above > 0 {
			out[mip.Row(i)] = g
		}
	}
	return total
}

// ExampleNewElastic asks by how much a seat would have to be overfilled for two people who both must have it.
func ExampleNewElastic() {
	m := &mip.Model{}
	a := m.AddColumn(mip.Column{Name: "a", Lower: 1, Upper: 1, Integer: true})
	b := m.AddColumn(mip.Column{Name: "b", Lower: 1, Upper: 1, Integer: true})
	m.AddRow(mip.Constraint{Name: "seat", Lower: -mip.Inf, Upper: 1, Terms: []mip.Term{{Col: a, Coef: 1}, {Col: b, Coef: 1}}})
	e := solver.NewElastic(m, func(mip.Row) float64 { return 1 })
	r, _ := native.New().Solve(context.Background(), e.Model, solver.Params{})
	for _, g := range e.Gives(r.Values) {
		fmt.Println(m.Rows[g.Row].Name, g.Above)
	}
	// Output: seat 1
}
