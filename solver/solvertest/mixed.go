package solvertest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

const mixedModels = 40

// runMixed compares with enumeration where one column is continuous: for each choice of the integers the rows leave it an
// interval, at one end of which it is best.
func runMixed(t *testing.T, s solver.Solver) {
	rng := rand.New(rand.NewPCG(15, 16))
	for n := range mixedModels {
		m := randomModel(rng)
		j := rng.IntN(len(m.Columns))
		m.Columns[j].Integer = false
		if rng.IntN(2) == 0 { // bounds that no integer has
			m.Columns[j].Lower -= float64(rng.IntN(4)) / 4
			m.Columns[j].Upper += float64(rng.IntN(4)) / 4
		}
		if rng.IntN(4) == 0 {
			m.Columns[j].Upper = mip.Inf
		}
		status, objective := enumerateMixed(m, j)
		if !supported(m, status, s.Support()) {
			continue
		}
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			checkAnswer(t, s, m, status, objective)
			if t.Failed() {
				t.Logf("model: %+v", *m)
			}
		})
	}
}

// enumerateMixed solves a model in which only column free is continuous.
func enumerateMixed(m *mip.Model, free int) (solver.Status, float64) {
	best := math.Inf(1)
	x := make([]float64, len(m.Columns))
	var try func(j int)
	try = func(j int) {
		switch {
		case j == len(x):
			best = math.Min(best, bestFree(m, x, free))
		case j == free:
			try(j + 1)
		default:
			for v := math.Ceil(m.Columns[j].Lower); v <= m.Columns[j].Upper; v++ {
				x[j] = v
				try(j + 1)
			}
		}
	}
	try(0)
	switch {
	case math.IsInf(best, 1):
		return solver.Infeasible, math.NaN()
	case math.IsInf(best, -1):
		return solver.Unbounded, math.NaN()
	}
	return solver.Optimal, best
}

// bestFree is the least objective with the integers as in x; infinite where nothing fits, or nothing holds it.
func bestFree(m *mip.Model, x []float64, free int) float64 {
	x[free] = 0
	lower, upper := m.Columns[free].Lower, m.Columns[free].Upper
	for _, r := range m.Rows {
		coef, rest := 0.0, 0.0
		for _, t := range r.Terms {
			if int(t.Col) == free {
				coef = t.Coef
			} else {
				rest += t.Coef * x[t.Col]
			}
		}
		low, high := r.Lower-rest, r.Upper-rest
		if coef == 0 && (low > 0 || high < 0) {
			return math.Inf(1)
		}
		if coef < 0 {
			low, high = high, low
		}
		if coef != 0 {
			lower, upper = math.Max(lower, low/coef), math.Min(upper, high/coef)
		}
	}
	if lower > upper+1e-12 {
		return math.Inf(1)
	}
	cost := 0.0
	for _, t := range m.Levels[0].Terms {
		if int(t.Col) == free {
			cost = t.Coef
		}
	}
	value := m.Levels[0].Value(x)
	switch {
	case cost > 0:
		return value + cost*lower
	case cost < 0:
		return value + cost*upper
	}
	return value
}
