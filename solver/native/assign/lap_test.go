package assign

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestLap: on small random problems, solved again after some costs changed, matching and duals both have the value that
// enumeration finds, and the duals are feasible.
func TestLap(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		a := randomLap(r)
		for range 4 {
			a.solve()
			if got, want := a.value(), bestMatching(a, 0, make([]bool, a.nr)); math.Abs(got-want) > 1e-9 {
				t.Fatalf("seed %d: duals give %g, the best matching %g", seed, got, want)
			}
			if got := matchingCost(a); math.Abs(got-a.value()) > 1e-9 {
				t.Fatalf("seed %d: the matching costs %g, the duals give %g", seed, got, a.value())
			}
			checkDuals(t, a)
			for range 3 {
				a.cost[r.IntN(len(a.cost))] = float64(r.IntN(41) - 20)
			}
			a.outL[r.IntN(a.nl)] = float64(r.IntN(21) - 5)
			a.outR[r.IntN(a.nr)] = float64(r.IntN(21) - 5)
		}
	}
}

func randomLap(r *rand.Rand) *lap {
	nl, nr := 1+r.IntN(5), 1+r.IntN(5)
	start, to := []int32{0}, []int32{int32(r.IntN(nr))}
	for i := range nl {
		for k := range nr {
			if r.IntN(2) == 0 && !(i == 0 && int32(k) == to[0]) {
				to = append(to, int32(k))
			}
		}
		start = append(start, int32(len(to)))
	}
	a := newLap(nl, nr, start, to)
	a.u, a.v = make([]float64, nl), make([]float64, nr)
	for e := range a.cost {
		a.cost[e] = float64(r.IntN(41) - 20)
	}
	for i := range nl {
		a.outL[i] = float64(r.IntN(21) - 5)
	}
	for k := range nr {
		a.outR[k] = float64(r.IntN(21) - 5)
	}
	return a
}

// bestMatching is the least cost of lefts i and later and of all rights not taken, by enumeration.
func bestMatching(a *lap, i int, taken []bool) float64 {
	if i == a.nl {
		sum := 0.0
		for k, yes := range taken {
			if !yes {
				sum += a.outR[k]
			}
		}
		return sum
	}
	best := a.outL[i] + bestMatching(a, i+1, taken)
	for e := a.start[i]; e < a.start[i+1]; e++ {
		if k := a.to[e]; !taken[k] {
			taken[k] = true
			best = math.Min(best, a.cost[e]+bestMatching(a, i+1, taken))
			taken[k] = false
		}
	}
	return best
}

func matchingCost(a *lap) float64 {
	sum, taken := 0.0, make([]bool, a.nr)
	for i, e := range a.arc {
		if e < 0 {
			sum += a.outL[i]
			continue
		}
		sum += a.cost[e]
		taken[a.to[e]] = true
	}
	for k, yes := range taken {
		if !yes {
			sum += a.outR[k]
		}
	}
	return sum
}

func checkDuals(t *testing.T, a *lap) {
	t.Helper()
	for e, c := range a.cost {
		if a.u[a.from[e]]+a.v[a.to[e]] > c+1e-9 {
			t.Fatalf("arc %d: duals %g + %g above the cost %g", e, a.u[a.from[e]], a.v[a.to[e]], c)
		}
	}
	for i, u := range a.u {
		if u > a.outL[i]+1e-9 {
			t.Fatalf("left %d: dual %g above %g", i, u, a.outL[i])
		}
	}
	for k, v := range a.v {
		if v > a.outR[k]+1e-9 {
			t.Fatalf("right %d: dual %g above %g", k, v, a.outR[k])
		}
	}
}
