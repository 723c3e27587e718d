package native

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// randomModel draws a small model with every kind of row and column. Shape 0 is mostly bounded, others add free
// columns, big coefficients and ties.
func randomModel(rng *rand.Rand, n, rows int, integers bool) *mip.Model {
	m := &mip.Model{}
	free := rng.IntN(3) == 0
	for j := range n {
		c := mip.Column{Name: fmt.Sprintf("x%d", j), Lower: float64(rng.IntN(4) - 2)}
		c.Upper = c.Lower + float64(rng.IntN(4))
		c.Integer = integers && rng.IntN(3) > 0
		if free && rng.IntN(3) == 0 {
			switch rng.IntN(3) {
			case 0:
				c.Lower = -mip.Inf
			case 1:
				c.Upper = mip.Inf
			case 2:
				c.Lower, c.Upper = -mip.Inf, mip.Inf
			}
		}
		m.AddColumn(c)
	}
	for i := range rows {
		m.AddRow(randomRow(rng, fmt.Sprintf("r%d", i), n))
	}
	l := mip.Level{Name: "cost", Scale: 1, Constant: float64(rng.IntN(5))}
	for j := range n {
		if rng.IntN(4) > 0 {
			l.Terms = append(l.Terms, mip.Term{Col: mip.Col(j), Coef: float64(rng.IntN(21) - 10)})
		}
	}
	m.AddLevel(l)
	return m
}

func randomRow(rng *rand.Rand, name string, n int) mip.Constraint {
	r := mip.Constraint{Name: name, Lower: -mip.Inf, Upper: mip.Inf}
	for j := range n {
		if rng.IntN(2) == 0 {
			r.Terms = append(r.Terms, mip.Term{Col: mip.Col(j), Coef: float64(rng.IntN(9) - 4)})
		}
	}
	b := float64(rng.IntN(9) - 3)
	switch rng.IntN(4) {
	case 0:
		r.Lower = b
	case 1:
		r.Upper = b
	case 2:
		r.Lower, r.Upper = b, b
	case 3:
		r.Lower, r.Upper = b-float64(rng.IntN(4)), b
	}
	return r
}

// TestRelaxationProvesItself checks that every answer of the simplex method carries its own proof: a feasible point
// whose value equals the safe bound, or a verified ray.
func TestRelaxationProvesItself(t *testing.T) {
	counts := map[lpStatus]int{}
	for seed := range uint64(4000) {
		rng := rand.New(rand.NewPCG(seed, 1))
		p := newProblem(randomModel(rng, 1+rng.IntN(12), rng.IntN(10), false))
		s := newSimplex(p, newMeter(context.Background(), solver.Params{}), 1)
		st := s.solve(0)
		counts[st]++
		switch st {
		case lpOptimal:
			x := s.point(nil)
			bound := p.safeBound(s.multipliers(nil), p.cost, p.lower, p.upper)
			if value := p.objective(x); !p.feasible(x) || math.Abs(value-bound) > 1e-5 {
				t.Fatalf("seed %d: feasible %v, value %g, bound %g", seed, p.feasible(x), value, bound)
			}
		case lpInfeasible:
			if p.safeBound(s.ray, nil, p.lower, p.upper) <= 0 {
				t.Fatalf("seed %d: the ray proves nothing", seed)
			}
		case lpUnbounded:
		default:
			t.Fatalf("seed %d: status %d", seed, st)
		}
	}
	if counts[lpOptimal] < 500 || counts[lpInfeasible] < 500 || counts[lpUnbounded] < 100 {
		t.Fatalf("the draw is one-sided: %v", counts)
	}
}
