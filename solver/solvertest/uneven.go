package solvertest

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/exact"
)

// Uneven is a model of integers and continuous columns, some of them wide, with coefficients from a hundredth to a million in the same rows.
func Uneven(r *rand.Rand) *mip.Model {
	m, level := &mip.Model{}, mip.Level{Name: "cost", Scale: 1}
	coef := func() float64 {
		switch r.IntN(6) {
		case 0:
			return float64(r.IntN(2_000_001) - 1_000_000)
		case 1:
			return float64(r.IntN(4001) - 2000)
		case 2:
			return float64(r.IntN(199)-99) / 100
		}
		return float64(r.IntN(19) - 9)
	}
	var point []float64
	for j := range 3 + r.IntN(4) {
		c := mip.Column{Name: fmt.Sprint("x", j), Integer: r.IntN(3) == 0}
		switch {
		case c.Integer:
			c.Upper = float64(1 + 2*r.IntN(2))
		case r.IntN(4) == 0:
			c.Upper = 1_000_000
		default:
			c.Lower = float64(r.IntN(40)-20) / 4
			c.Upper = c.Lower + float64(r.IntN(60))/8
		}
		m.AddColumn(c)
		point = append(point, c.Lower+math.Floor(math.Min(c.Upper-c.Lower, 10)*r.Float64()))
		level.Terms = append(level.Terms, mip.Term{Col: mip.Col(j), Coef: float64(r.IntN(199)-99) / 10})
	}
	for i := range 2 + r.IntN(4) {
		row := mip.Constraint{Name: fmt.Sprint("r", i), Lower: -mip.Inf, Upper: mip.Inf}
		sum := new(big.Rat)
		for j, v := range point {
			if c := coef(); r.IntN(5) < 3 {
				row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: c})
				sum.Add(sum, new(big.Rat).Mul(mip.Rat(c), mip.Rat(v)))
			}
		}
		at, _ := sum.Float64()
		if r.IntN(10) == 0 {
			at++ // as a rule there is no solution then
		}
		slack := float64(r.IntN(20)) / 10
		switch r.IntN(3) {
		case 0:
			row.Lower, row.Upper = at, at
		case 1:
			row.Upper = at + slack
		default:
			row.Lower = at - slack
		}
		m.AddRow(row)
	}
	m.AddLevel(level)
	if r.IntN(4) == 0 {
		trickle(r, m)
	}
	return m
}

// trickle adds a column that two equations hold at 1e-18 to rows with one side: floating point does not see whether they are kept.
func trickle(r *rand.Rand, m *mip.Model) {
	drop, flow := m.AddColumn(mip.Column{Name: "drop", Upper: 1}), m.AddColumn(mip.Column{Name: "flow", Upper: 1})
	for i := range m.Rows {
		if row := &m.Rows[i]; row.Lower != row.Upper {
			row.Terms = append(row.Terms, mip.Term{Col: drop, Coef: float64(2*r.IntN(2) - 1)})
		}
	}
	m.AddRow(mip.Constraint{Name: "narrow", Terms: []mip.Term{{Col: drop, Coef: 1e9}, {Col: flow, Coef: -1}}})
	m.AddRow(mip.Constraint{Name: "source", Lower: 1, Upper: 1, Terms: []mip.Term{{Col: flow, Coef: 1e9}}})
}

// Best is the best point of a model whose integers have bounds, as the floats nearest to it, and its value, over all values of its integers, in fractions; nil where it has none.
func Best(m *mip.Model) (best []float64, value *big.Rat) {
	var lower, upper []float64
	for _, c := range m.Columns {
		lower, upper = append(lower, c.Lower), append(upper, c.Upper)
	}
	program := exact.New(m)
	var try func(j int)
	try = func(j int) {
		if j < len(m.Columns) {
			if c := m.Columns[j]; c.Integer {
				for v := c.Lower; v <= c.Upper; v++ {
					lower[j], upper[j] = v, v
					try(j + 1)
				}
			} else {
				try(j + 1)
			}
			return
		}
		s := program.Solve(context.Background(), lower, upper, nil)
		if s.Status != solver.Optimal {
			return
		}
		sum := new(big.Rat)
		for _, t := range m.Levels[0].Terms {
			sum.Add(sum, new(big.Rat).Mul(mip.Rat(t.Coef), s.X[t.Col]))
		}
		if value == nil || sum.Cmp(value) < 0 {
			best, value = s.Floats(), sum
		}
	}
	try(0)
	return best, value
}
