package certify

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
)

// grid visits the points of a small mixed model: integers, and continuous columns in steps of a sixth.
func grid(m *mip.Model, visit func(x []float64)) {
	x := make([]float64, len(m.Columns))
	var try func(j int)
	try = func(j int) {
		if j == len(x) {
			if m.Violation(x, 1e-9) == "" {
				visit(x)
			}
			return
		}
		steps := 1.0
		if !m.Columns[j].Integer {
			steps = 6
		}
		for n := 0.0; n <= (m.Columns[j].Upper-m.Columns[j].Lower)*steps; n++ {
			x[j] = m.Columns[j].Lower + n/steps
			try(j + 1)
		}
	}
	try(0)
}

// TestDerivedRowsHold: every cut that can be derived holds at every point: of continuous and of integer columns, of rows whose
// slack is an integer and of others, of either side, of other cuts.
func TestDerivedRowsHold(t *testing.T) {
	derived, tight := 0, 0
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 41))
		m := &mip.Model{Levels: []mip.Level{{Scale: 1}}}
		for j := range 2 + r.IntN(2) {
			lower := float64(-r.IntN(2))
			m.AddColumn(mip.Column{Name: fmt.Sprint("x", j), Lower: lower, Upper: lower + 1 + float64(r.IntN(2)), Integer: r.IntN(3) > 0})
		}
		for range 1 + r.IntN(2) {
			row := mip.Constraint{Lower: -mip.Inf, Upper: mip.Inf}
			for j := range m.Columns {
				if c := r.IntN(9) - 4; c != 0 {
					row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: float64(c)})
				}
			}
			if row.Lower = float64(r.IntN(7) - 4); r.IntN(2) == 0 {
				row.Upper = row.Lower + float64(r.IntN(5))
			}
			m.AddRow(row)
		}
		s := newStage(m, newMatrix(m), 0, nil).open()
		for k := range 2 {
			c := Cut{Divisor: int64(2 + r.IntN(6))}
			for i := range s.model.Rows {
				if y := int64(r.IntN(7) - 3); y != 0 && (k == 0 || r.IntN(2) == 0) {
					c.Rows, c.Y = append(c.Rows, i), append(c.Y, y)
					if r.IntN(3) == 0 {
						c.Other = append(c.Other, i)
					}
				}
			}
			for j := range m.Columns {
				if r.IntN(3) == 0 {
					c.Upper = append(c.Upper, j)
				}
			}
			row, unit, err := s.cut(&c)
			if err != nil {
				continue
			}
			if !(unit > 0) {
				t.Fatalf("seed %d: unit %g", seed, unit)
			}
			derived++
			least := math.Inf(1)
			grid(m, func(x []float64) {
				if least = math.Min(least, mip.Dot(row.Terms, x)-row.Lower); least < -1e-9 {
					t.Fatalf("seed %d: %+v of %+v gives %+v, which %v breaks", seed, c, s.model.Rows, row, x)
				}
			})
			if least < 1e-9 {
				tight++
			}
			s.addCut(row)
		}
	}
	if derived < 1000 || tight < 300 {
		t.Errorf("%d cuts, %d of them tight", derived, tight)
	}
}
