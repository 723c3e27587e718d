package certify_test

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/exact"
	"cadre/solver/native"
)

// uneven is a model of integers and continuous columns, some of them wide, with coefficients from a hundredth to a million in the same rows.
func uneven(r *rand.Rand) *mip.Model {
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
	return m
}

// enumerated is the best point of a model and its value, in fractions, over all values of its integers; nil where it has none.
func enumerated(m *mip.Model) (best []float64, value *big.Rat) {
	lower, upper := lowers(m), uppers(m)
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
			best, value = nil, sum
			for _, v := range s.X {
				f, _ := v.Float64()
				best = append(best, f)
			}
		}
	}
	try(0)
	return best, value
}

// TestUneven: where coefficients of a row are far apart, bounds reach the optimum, models without a point are refuted, and a point that is off by a
// tolerance is not better than the optimum once it is taken over.
func TestUneven(t *testing.T) {
	refuted, closed := 0, 0
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 40))
		m := uneven(r)
		x, optimum := enumerated(m)
		if optimum == nil {
			c := certify.Refute(context.Background(), m, nil, native.Native{}, certify.Limits{})
			if c == nil {
				t.Errorf("seed %d: not refuted", seed)
			} else if err := certify.VerifyRefutation(m, reread(t, c)); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
			refuted++
			continue
		}
		value, _ := optimum.Float64()
		within := 1e-9 * math.Max(1, math.Abs(value))
		y := append([]float64(nil), x...)
		for j, c := range m.Columns {
			if !c.Integer {
				y[j] += (r.Float64() - 0.5) * 1e-7
			}
		}
		if got := m.Levels[0].Value(certify.Close(m, y)); got < value-within || got > value+1e-5*math.Max(1, math.Abs(value)) {
			t.Errorf("seed %d: %.12g after a small move, %.12g before", seed, got, value)
		}
		b, err := certify.Build(context.Background(), m, x, nil, native.Native{}, certify.Limits{Near: true})
		if err != nil {
			t.Errorf("seed %d: %v", seed, err)
			continue
		}
		if !b.Certified || b.Levels[0].Bound < value-1e-6*math.Max(1, math.Abs(value)) || b.Levels[0].Bound > value+within {
			t.Errorf("seed %d: bound %v of %.12g", seed, b.Levels, value)
			continue
		}
		b.Certificate = reread(t, b.Certificate)
		verify(t, m, x, b)
		closed++
	}
	if refuted < 100 || closed < 1000 {
		t.Errorf("%d refuted, %d with bounds", refuted, closed)
	}
}
