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

// TestLookAround: from a poor point of a problem of choices, the search around it ends with a feasible point that is no worse, no
// better than the optimum by enumeration, and the optimum at least from every other one.
func TestLookAround(t *testing.T) {
	reached := 0
	for seed := range uint64(30) {
		m, want := blocks(rand.New(rand.NewPCG(seed, 7)))
		p := newProblem(m)
		s := newSearch(p, options{}, newMeter(context.Background(), solver.Params{}))
		s.lp = newSimplex(p, s.mt, 0)
		poor := make([]float64, p.n)
		for j := 0; j < p.n; j += blockOptions {
			poor[j] = 1
		}
		if !s.offer(poor) || s.relax(s.lo, s.hi) != lpOptimal {
			t.Fatalf("seed %d: no point or no relaxation to begin with", seed)
		}
		before := s.value
		s.active = &node{col: -1, bound: math.Inf(-1)}
		s.near = s.layNeighbours()
		s.near.choices = nil // these have a way of their own
		s.lookAround(0.99)
		if len(s.near.rows) != p.n/blockOptions {
			t.Fatalf("seed %d: %d rows of choice found, want %d", seed, len(s.near.rows), p.n/blockOptions)
		}
		if !p.feasible(s.best) || p.objective(s.best) != s.value || s.value > before || s.value < want {
			t.Fatalf("seed %d: from %g to %g, the optimum is %g", seed, before, s.value, want)
		}
		if s.value == want {
			reached++
		}
	}
	if reached < 15 {
		t.Fatalf("the optimum was reached from %d of 30 poor points", reached)
	}
}

const (
	blockRows    = 4 // rows of choice in a block
	blockOptions = 3
)

// blocks is six blocks of rows of choice with a knapsack each, and the optimum: that of the blocks one by one. The first
// option of each row has no weight and costs most.
func blocks(r *rand.Rand) (*mip.Model, float64) {
	m, sum := &mip.Model{Name: "blocks", Levels: []mip.Level{{Name: "cost", Scale: 1}}}, 0.0
	for range 6 {
		var cost, weight [blockRows * blockOptions]float64
		knapsack := mip.Constraint{Name: fmt.Sprint("knapsack", len(m.Rows)), Lower: math.Inf(-1), Upper: 10}
		for i := range blockRows {
			row := mip.Constraint{Name: fmt.Sprint("choice", len(m.Rows)), Lower: 1, Upper: 1}
			for o := range blockOptions {
				e := i*blockOptions + o
				cost[e], weight[e] = float64(30*(blockOptions-o)/blockOptions+r.IntN(9)), float64(o*(2+r.IntN(3)))
				j := mip.Col(len(m.Columns))
				m.Columns = append(m.Columns, mip.Column{Name: fmt.Sprint("x", len(m.Columns)), Upper: 1, Integer: true})
				m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: j, Coef: cost[e]})
				row.Terms = append(row.Terms, mip.Term{Col: j, Coef: 1})
				if weight[e] > 0 {
					knapsack.Terms = append(knapsack.Terms, mip.Term{Col: j, Coef: weight[e]})
				}
			}
			m.Rows = append(m.Rows, row)
		}
		m.Rows = append(m.Rows, knapsack)
		sum += bestBlock(cost[:], weight[:], knapsack.Upper)
	}
	return m, sum
}

// bestBlock is the least cost of the block's rows of choice within the room, by enumeration.
func bestBlock(cost, weight []float64, room float64) float64 {
	if len(cost) == 0 {
		return 0
	}
	best := math.Inf(1)
	for o := range blockOptions {
		if weight[o] <= room {
			best = math.Min(best, cost[o]+bestBlock(cost[blockOptions:], weight[blockOptions:], room-weight[o]))
		}
	}
	return best
}
