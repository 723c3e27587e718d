package native

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// quarterModel has integer and continuous columns with bounds on quarters, and rows that one point on quarters keeps.
func quarterModel(rng *rand.Rand) *mip.Model {
	m := &mip.Model{Name: "quarters"}
	var x []float64
	for range 2 + rng.IntN(4) {
		c := mip.Column{Lower: float64(rng.IntN(16)-12) / 4, Integer: rng.IntN(2) == 0}
		c.Upper = c.Lower + float64(1+rng.IntN(14))/4
		v := c.Lower + float64(rng.IntN(2))*(c.Upper-c.Lower)
		if c.Integer {
			if v = math.Ceil(c.Lower); v > c.Upper {
				c.Upper = v
			}
		}
		m.AddColumn(c)
		x = append(x, v)
	}
	terms := func() []mip.Term {
		var out []mip.Term
		for j := range m.Columns {
			if v := rng.IntN(19) - 9; rng.IntN(4) > 0 && v != 0 {
				out = append(out, mip.Term{Col: mip.Col(j), Coef: float64(v)})
			}
		}
		return out
	}
	for range 1 + rng.IntN(3) {
		r := mip.Constraint{Lower: math.Inf(-1), Upper: mip.Inf, Terms: terms()}
		switch side := mip.Dot(r.Terms, x); rng.IntN(3) {
		case 0:
			r.Lower, r.Upper = side, side
		case 1:
			r.Lower = math.Floor(side)
		default:
			r.Upper = math.Ceil(side)
		}
		m.AddRow(r)
	}
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: terms()})
	return m
}

// quarters are the points of a model on quarters.
func quarters(m *mip.Model) [][]float64 {
	all := [][]float64{{}}
	for _, c := range m.Columns {
		var longer [][]float64
		for _, x := range all {
			for v := c.Lower; v <= c.Upper; v += 0.25 {
				if !c.Integer || v == math.Trunc(v) {
					longer = append(longer, append(slices.Clone(x), v))
				}
			}
		}
		all = longer
	}
	return slices.DeleteFunc(all, func(x []float64) bool { return m.Violation(x, mip.FeasTol) != "" })
}

// TestQuarters: no point on quarters is better than the bound, and the answer is no worse than any of them.
func TestQuarters(t *testing.T) {
	tried := 0
	for seed := range uint64(1500) {
		m := quarterModel(rand.New(rand.NewPCG(seed, 97)))
		points := quarters(m)
		if len(points) == 0 {
			continue
		}
		tried++
		best := math.Inf(1)
		for _, x := range points {
			best = math.Min(best, m.Levels[0].Value(x))
		}
		res, err := Native{}.Solve(context.Background(), m, solver.Params{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if res.Status != solver.Optimal || res.Objective > best+1e-6 || res.Bound > best+1e-6 || m.Violation(res.Values, mip.FeasTol) != "" {
			t.Errorf("seed %d: %s, %g of at least %g, and a point has %g", seed, res.Status, res.Objective, res.Bound, best)
		}
	}
	if tried < 1000 {
		t.Errorf("%d models only", tried)
	}
}
