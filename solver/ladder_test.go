package solver

import (
	"math"
	"slices"
	"testing"

	"cadre/mip"
)

// TestNeeds: heights are rounded to what the column can say, rows that say more than their needs make it whole no longer, and rows with
// columns that are no integers say nothing.
func TestNeeds(t *testing.T) {
	row := func(lower, upper float64, coefs ...float64) mip.Constraint {
		r := mip.Constraint{Lower: lower, Upper: upper}
		for j, c := range coefs {
			if c != 0 {
				r.Terms = append(r.Terms, mip.Term{Col: mip.Col(j), Coef: c})
			}
		}
		return r
	}
	inf := math.Inf(1)
	for name, c := range map[string]struct {
		integer bool // z, which is column 0; column 4 is continuous
		rows    []mip.Constraint
		base    float64
		needs   []float64 // of columns 1 to 3, 0 none
		whole   bool
	}{
		"as it stands":          {false, []mip.Constraint{row(-inf, 0, -1, 3, 5)}, 0, []float64{3, 5, 0}, true},
		"the other way round":   {false, []mip.Constraint{row(0, inf, 2, -6, 0, -4)}, 0, []float64{3, 0, 2}, true},
		"with a base":           {false, []mip.Constraint{row(-inf, -2, -1, 3, 5)}, 2, []float64{5, 7, 0}, true},
		"rounded down":          {false, []mip.Constraint{row(-inf, 0, -2, 3, 5)}, 0, []float64{1, 2, 0}, false},
		"rounded up":            {true, []mip.Constraint{row(-inf, 0, -2, 3, 5)}, 0, []float64{2, 3, 0}, true},
		"the larger of two":     {false, []mip.Constraint{row(-inf, 0, -1, 3, 5), row(-inf, 0, -1, 4, 2)}, 0, []float64{4, 5, 0}, true},
		"decimals":              {false, []mip.Constraint{row(-inf, -0.2, -0.1, 0.1, 0.7)}, 2, []float64{3, 9, 0}, true},
		"one that makes room":   {false, []mip.Constraint{row(-inf, 0, -1, 3, -2)}, 0, []float64{1, 0, 0}, false},
		"one that is no number": {false, []mip.Constraint{row(-inf, 0, -1, 3, 0, 0, 1)}, 0, []float64{0, 0, 0}, false},
		"no side":               {false, []mip.Constraint{row(0, inf, -1, 3)}, 0, []float64{0, 0, 0}, true},
	} {
		m := &mip.Model{Rows: c.rows}
		for j := range 5 {
			m.AddColumn(mip.Column{Upper: 1, Integer: j > 0 && j < 4})
		}
		m.Columns[0] = mip.Column{Upper: 20, Integer: c.integer}
		n := NewNeeds(m, 0)
		got := make([]float64, 3)
		for e, j := range n.Columns {
			got[j-1] = n.needs[e]
		}
		if n.Base != c.base || !slices.Equal(got, c.needs) || n.Whole != c.whole {
			t.Errorf("%s: base %g, needs %v, whole %v", name, n.Base, got, n.Whole)
		}
	}
}
