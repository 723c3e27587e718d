package certify_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver/certify"
)

// wide is a model of integer columns within these bounds, and one row.
func wide(lower, upper, from, to float64, coefs ...float64) *mip.Model {
	m, row := &mip.Model{}, mip.Constraint{Name: "r", Lower: from, Upper: to}
	for j, c := range coefs {
		m.AddColumn(mip.Column{Name: fmt.Sprint("x", j), Lower: lower, Upper: upper, Integer: true})
		row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: c})
	}
	m.AddRow(row)
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1}}})
	return m
}

// TestRefuteByDivision: rows that no integers keep, of columns that are too wide to branch on, and rows that some do.
func TestRefuteByDivision(t *testing.T) {
	around := wide(-mip.Inf, mip.Inf, 1, 1, 1, 1, 0)
	around.AddRow(mip.Constraint{Lower: 1, Upper: 1, Terms: []mip.Term{{Col: 1, Coef: 1}, {Col: 2, Coef: 1}}})
	around.AddRow(mip.Constraint{Lower: 1, Upper: 1, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 2, Coef: 1}}})
	fixed := wide(-mip.Inf, mip.Inf, 12, 12, 4, 6, 1)
	fixed.Columns[2].Lower, fixed.Columns[2].Upper = 3, 3
	half := wide(-mip.Inf, mip.Inf, 12, 12, 4, 6, 1)
	half.Columns[2] = mip.Column{Name: "half", Lower: 0.5, Upper: 0.5}
	part := wide(-mip.Inf, mip.Inf, 12.5, 12.5, 4, 6, 1)
	part.Columns[2] = mip.Column{Name: "part", Lower: 0.5, Upper: 1.5}
	for _, c := range []struct {
		name    string
		model   *mip.Model
		refuted bool
	}{
		{"an odd number", wide(0, 1_000_000, 1_000_001, 1_000_001, 2, 2), true},
		{"an even number", wide(0, 1_000_000, 1_000_002, 1_000_002, 2, 2), false},
		{"columns without bounds", wide(-mip.Inf, mip.Inf, 5, 5, 6, -15, 21), true},
		{"which some keep", wide(-mip.Inf, mip.Inf, 5, 5, 6, -10, 15), false},
		{"between two multiples", wide(-mip.Inf, mip.Inf, 8, 13, 7, -14), true},
		{"one of them", wide(-mip.Inf, mip.Inf, 8, 14, 7, -14), false},
		{"below nothing", wide(-mip.Inf, mip.Inf, -13, -8, 7, -14), true},
		{"decimals", wide(-mip.Inf, mip.Inf, 0.5, 0.5, 0.3, 0.6), true},
		{"decimals that some keep", wide(-mip.Inf, mip.Inf, 0.9, 0.9, 0.3, 0.6), false},
		{"millionths", wide(-mip.Inf, mip.Inf, 1, 1, 1.000001, 2.000002), true},
		{"large numbers", wide(-mip.Inf, mip.Inf, 1, 1, 1<<38, 3<<37), true},
		{"three equations around", around, true},
		{"a column that is fixed", fixed, true},
		{"one that is no integer", half, true},
		{"one that is neither", part, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := certify.Refute(context.Background(), c.model, nil, nil, certify.Limits{})
			if (got != nil) != c.refuted {
				t.Fatalf("refuted %t, want %t", got != nil, c.refuted)
			}
			if got == nil {
				return
			}
			if err := certify.VerifyRefutation(c.model, reread(t, got)); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestRefuteCrossed: a column whose bounds cross, as they stand or rounded to integers, is proof enough.
func TestRefuteCrossed(t *testing.T) {
	for _, c := range []mip.Column{{Lower: 5, Upper: 3}, {Lower: 3.2, Upper: 3.7, Integer: true}} {
		m := &mip.Model{}
		m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 9, Terms: []mip.Term{{Col: m.AddColumn(c), Coef: 1}}})
		got := certify.Refute(context.Background(), m, nil, nil, certify.Limits{})
		if got == nil {
			t.Errorf("%+v is not refuted", c)
		} else if err := certify.VerifyRefutation(m, reread(t, got)); err != nil {
			t.Error(err)
		}
	}
}

// TestRefuteEquations: systems of equations that fractions solve are refuted exactly where integers do not.
func TestRefuteEquations(t *testing.T) {
	const most = 25 // integer solutions are looked for up to here
	refuted, solved := 0, 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 39))
		n := 2 + r.IntN(2)
		m, x := &mip.Model{}, make([]float64, n)
		for j := range n {
			m.AddColumn(mip.Column{Name: fmt.Sprint("x", j), Lower: -mip.Inf, Upper: mip.Inf, Integer: true})
			x[j] = float64(r.IntN(13)-6) / float64(1+r.IntN(3))
		}
		for range 1 + r.IntN(n) {
			row, sum := mip.Constraint{}, 0.0
			for j := range n {
				c := float64(r.IntN(7) - 3)
				row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: c})
				sum += c * x[j]
			}
			if math.Abs(sum-math.Round(sum)) > 1e-9 { // sides are integers
				continue
			}
			row.Lower, row.Upper = math.Round(sum), math.Round(sum)
			m.AddRow(row)
		}
		m.AddLevel(mip.Level{Name: "cost", Scale: 1})
		got := certify.Refute(context.Background(), m, nil, nil, certify.Limits{})
		if got == nil {
			if !within(m, make([]float64, n), 0, most) {
				t.Errorf("seed %d: %+v is not refuted", seed, m.Rows)
			}
			solved++
			continue
		}
		if refuted++; within(m, make([]float64, n), 0, most) {
			t.Errorf("seed %d: %+v is refuted", seed, m.Rows)
		}
		if err := certify.VerifyRefutation(m, reread(t, got)); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	if refuted < 50 || solved < 50 {
		t.Errorf("%d refuted, %d not", refuted, solved)
	}
}

// within says whether a model has a point of integers up to a limit, the first k being those of x.
func within(m *mip.Model, x []float64, k, most int) bool {
	if k == len(x) {
		for i := range m.Rows {
			sum := 0.0
			for _, t := range m.Rows[i].Terms {
				sum += t.Coef * x[t.Col]
			}
			if sum != m.Rows[i].Lower {
				return false
			}
		}
		return true
	}
	for v := -most; v <= most; v++ {
		if x[k] = float64(v); within(m, x, k+1, most) {
			return true
		}
	}
	return false
}
