package certify_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver/certify"
	"cadre/solver/native"
)

// one is a model of a single continuous column: minimise cost x, coef x = or >= side.
func one(cost, coef, lower, upper float64) *mip.Model {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "x", Upper: 10})
	m.AddRow(mip.Constraint{Name: "row", Lower: lower, Upper: upper, Terms: []mip.Term{{Coef: coef}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Coef: cost}}})
	return m
}

// TestRepairCost: a continuous column goes to the decimal that keeps the row, not to an integer nearby that costs more.
func TestRepairCost(t *testing.T) {
	for _, c := range []struct {
		name      string
		m         *mip.Model
		x         float64
		want      float64
		worthless bool // no repair keeps the row
	}{
		{name: "six places are meant", m: one(1e6, 200_000, 399_999, mip.Inf), x: 1.9999949999998, want: 1.999995},
		{name: "an integer is meant", m: one(1, 1, 1, 1), x: 0.9999999999, want: 1},
		{name: "a third, and room above", m: one(1, 3, 1, mip.Inf), x: 0.33333333333, want: 0.333333334},
		{name: "a third, and room below", m: one(-1, 3, -mip.Inf, 1), x: 0.33333333334, want: 0.333333333},
		{name: "a third exactly", m: one(1, 3, 1, 1), x: 1.0 / 3, want: 1.0 / 3, worthless: true},
		{name: "above the bound by rounding", m: one(-1, 1, 0, mip.Inf), x: 10.000000001, want: 10},
	} {
		for what, repair := range map[string]func(*mip.Model, []float64) []float64{"close": certify.Close, "exact": certify.Exact} {
			got := repair(c.m, []float64{c.x})
			if got[0] != c.want {
				t.Errorf("%s, %s: %.17g, want %.17g", c.name, what, got[0], c.want)
			}
			if fails := certify.Feasible(c.m, got) != nil; fails != c.worthless {
				t.Errorf("%s, %s: whether %.17g breaks the row: %v", c.name, what, got[0], fails)
			}
			if err := certify.Near(c.m, got); err != nil {
				t.Errorf("%s, %s: %v", c.name, what, err)
			}
		}
	}
}

// TestPlansExact: where the only exact repair costs something, a plan takes it and others keep the point found; small models are not left with it.
func TestPlansExact(t *testing.T) {
	m := one(1e6, 3, 3, 3)
	m.Levels[0].Constant = -1e6 // so that the level is near zero, and a hair of x is much of it
	found := 1 - 5e-7
	if got := certify.Close(m, []float64{found})[0]; got != 1 {
		t.Errorf("close: %g", got)
	}
	for range 20_000 {
		m.AddColumn(mip.Column{Name: "idle"})
	}
	x := make([]float64, len(m.Columns))
	x[0] = found
	if got := certify.Close(m, x)[0]; got != found {
		t.Errorf("close, of a large model: %g", got)
	}
	if got := certify.Exact(m, x)[0]; got != 1 {
		t.Errorf("exact: %g", got)
	}
}

// TestRepairNeverCosts: on random rows a repair is exact and loses next to nothing, or the point stays as it was found.
func TestRepairNeverCosts(t *testing.T) {
	exact := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 41))
		m, n := &mip.Model{}, 2+r.IntN(4)
		x := make([]float64, n)
		var cost []mip.Term
		for j := range n {
			m.AddColumn(mip.Column{Lower: -5, Upper: 5, Integer: r.IntN(3) == 0})
			if x[j] = r.Float64()*8 - 4; m.Columns[j].Integer {
				x[j] = math.Round(x[j])
			}
			cost = append(cost, mip.Term{Col: mip.Col(j), Coef: float64(r.IntN(2_000_001) - 1_000_000)})
		}
		for range 1 + r.IntN(4) {
			row := mip.Constraint{Lower: -mip.Inf, Upper: mip.Inf}
			sum := 0.0
			for j := range n {
				t := mip.Term{Col: mip.Col(j), Coef: float64(r.IntN(19) - 9)}
				row.Terms = append(row.Terms, t)
				sum += t.Coef * x[j]
			}
			if r.IntN(2) == 0 {
				row.Lower = sum
			} else {
				row.Upper = sum
			}
			m.AddRow(row)
		}
		m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: cost})
		y := certify.Close(m, x)
		if err := certify.Near(m, y); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		was, is := m.Levels[0].Value(x), m.Levels[0].Value(y)
		if lost := (is - was) / math.Max(1, math.Abs(was)); lost > 1.01e-6 {
			t.Errorf("seed %d: %g, was %g", seed, is, was)
		}
		if certify.Feasible(m, y) == nil {
			exact++
		}
	}
	if exact < 200 {
		t.Errorf("only %d of 300 points became exact", exact)
	}
}

// TestNear: the bound of a model whose optimum is no decimal is certified, and the certificate says how near its point is. No other
// tolerance than that one is believed, and no point that is off by more.
func TestNear(t *testing.T) {
	m := one(1, 3, 2, 2)
	x := certify.Close(m, []float64{2.0 / 3})
	if _, err := certify.Build(context.Background(), m, x, nil, native.Native{}, certify.Limits{}); err == nil {
		t.Error("a plan's point may not be off")
	}
	b, err := certify.Build(context.Background(), m, x, nil, native.Native{}, certify.Limits{Near: true})
	if err != nil || !b.Certified || b.Certificate.Within != mip.FeasTol || b.Certificate.Version != certify.Version {
		t.Fatalf("%v, %+v", err, b)
	}
	verify(t, m, x, b)
	if got := b.Levels[0]; certify.Gap(got.Value, got.Bound) > 1e-6 || math.Abs(got.Bound-2.0/3) > 1e-6 {
		t.Errorf("value %g, bound %g", got.Value, got.Bound)
	}
	for _, within := range []float64{0, 1e-7, 1e-5, 1, -1e-6} {
		other := *b.Certificate
		other.Within = within
		other.Seal()
		if _, err := certify.Verify(m, x, &other); err == nil {
			t.Errorf("a tolerance of %g is believed", within)
		}
	}
	if _, err := certify.Verify(m, []float64{0.66667}, b.Certificate); err == nil {
		t.Error("a point that is off by 1e-5 is believed")
	}
	if b, err := certify.Build(context.Background(), m, []float64{0.66667}, nil, native.Native{}, certify.Limits{Near: true}); err == nil {
		t.Errorf("such a point is certified: %+v", b)
	}
	m.Columns[0].Integer, m.Rows[0].Upper = true, 4
	if certify.Near(m, []float64{1 + 1e-9}) == nil {
		t.Error("an integer may not be off")
	}
}

// TestNearLevels: where a point lies a hair below what the first level allows, the later ones have bounds all the same.
func TestNearLevels(t *testing.T) {
	m := one(1, 3, 2, mip.Inf)
	m.AddColumn(mip.Column{Name: "y", Upper: 9})
	m.AddRow(mip.Constraint{Name: "both", Lower: 7, Upper: 7, Terms: []mip.Term{{Coef: 3}, {Col: 1, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "second", Scale: 1, Terms: []mip.Term{{Col: 1, Coef: 1}}})
	m.Rows[0].Upper = 2
	x := []float64{math.Nextafter(2.0/3, 0), 5}
	b, err := certify.Build(context.Background(), m, x, nil, native.Native{}, certify.Limits{Near: true})
	if err != nil || !b.Certified {
		t.Fatalf("%v, %+v", err, b)
	}
	verify(t, m, x, b)
	if got := b.Levels[1]; certify.Gap(got.Value, got.Bound) > 1e-5 || got.Bound > 5 {
		t.Errorf("second level: value %g, bound %g", got.Value, got.Bound)
	}
}

// TestGap: a value a hair below the bound has no gap; one that is further below is no optimum.
func TestGap(t *testing.T) {
	for _, c := range [][3]float64{{8, 4, 0.5}, {4, 4, 0}, {4 - 1e-9, 4, 0}, {0, 5000, 1}, {0.5, 0, 0.5}} {
		if got := certify.Gap(c[0], c[1]); got != c[2] {
			t.Errorf("value %g, bound %g: gap %g, want %g", c[0], c[1], got, c[2])
		}
	}
}

// TestNearWhole: 1e7 x - 1e7 y = 1 is off by 1 at any integers, however little that is beside its terms.
func TestNearWhole(t *testing.T) {
	m := &mip.Model{}
	x, y := m.AddColumn(mip.Column{Name: "x", Lower: 1, Upper: 9, Integer: true}), m.AddColumn(mip.Column{Name: "y", Upper: 9, Integer: true})
	m.AddRow(mip.Constraint{Name: "odd", Lower: 1, Upper: 1, Terms: []mip.Term{{Col: x, Coef: 1e7}, {Col: y, Coef: -1e7}}})
	if err := certify.Near(m, []float64{2, 2}); err == nil {
		t.Error("taken for a point")
	}
}
