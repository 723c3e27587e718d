package certify_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/solver/certify"
	"cadre/solver/native"
	"cadre/solver/solvertest"
)

// TestUneven: where coefficients of a row are far apart, bounds reach the optimum, models without a point are refuted, and a point that is off by a
// tolerance is not better than the optimum once it is taken over.
func TestUneven(t *testing.T) {
	refuted, closed := 0, 0
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 40))
		m := solvertest.Uneven(r)
		x, optimum := solvertest.Best(m)
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
