package native

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
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

// wideModel is an assignment with many more columns than rows, some in a knapsack.
func wideModel(rng *rand.Rand, lefts, rights int) *mip.Model {
	m := &mip.Model{}
	rows := make([]mip.Constraint, lefts+rights+1)
	cost := mip.Level{Name: "cost", Scale: 1}
	for i := range lefts {
		for k := range rights {
			j := m.AddColumn(mip.Column{Name: fmt.Sprintf("x%d_%d", i, k), Upper: 1, Integer: true})
			for r, v := range map[int]float64{i: 1, lefts + k: 1, lefts + rights: float64(rng.IntN(6))} {
				rows[r].Terms = append(rows[r].Terms, mip.Term{Col: j, Coef: v})
			}
			cost.Terms = append(cost.Terms, mip.Term{Col: j, Coef: float64(1 + rng.IntN(60))})
		}
	}
	for r := range rows {
		rows[r].Name = fmt.Sprintf("r%d", r)
		rows[r].Lower, rows[r].Upper = -mip.Inf, 1
		if r < lefts {
			rows[r].Lower = 1
		}
		if r == lefts+rights {
			rows[r].Upper = float64(2 * lefts)
		}
		m.AddRow(rows[r])
	}
	m.AddLevel(cost)
	return m
}

// TestWarmRelaxations: solves that follow each other, with columns fixed and freed in between and most of them asleep, end at the
// values that fresh ones find.
func TestWarmRelaxations(t *testing.T) {
	optimal, slept := 0, 0
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 31))
		p := newProblem(wideModel(rng, 12, 14))
		mt := newMeter(context.Background(), solver.Params{})
		s := newSimplex(p, mt, 1)
		for range 60 {
			lo, hi := append([]float64(nil), p.lower...), append([]float64(nil), p.upper...)
			for j := range lo {
				switch rng.IntN(12) {
				case 0:
					hi[j] = 0
				case 1:
					if rng.IntN(25) == 0 {
						lo[j] = 1
					}
				}
			}
			fresh := newSimplex(p, mt, 1)
			fresh.setBounds(lo, hi)
			s.setBounds(lo, hi)
			want, got := fresh.solve(0), s.solve(0)
			if want != got {
				t.Fatalf("seed %d: status %d, want %d", seed, got, want)
			}
			if want != lpOptimal {
				continue
			}
			optimal++
			a, b := p.safeBound(fresh.multipliers(nil), p.cost, lo, hi), p.safeBound(s.multipliers(nil), p.cost, lo, hi)
			if v := p.objective(s.point(nil)); math.Abs(a-b) > 1e-5 || math.Abs(v-a) > 1e-5 {
				t.Fatalf("seed %d: bound %g and value %g, want %g", seed, b, v, a)
			}
			if slices.Contains(s.asleep, true) {
				slept++
			}
		}
	}
	if optimal < 300 || slept < 100 {
		t.Errorf("%d solved, columns asleep in %d", optimal, slept)
	}
}
