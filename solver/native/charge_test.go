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

// chargeModel is a demand that few sources cover, each at a cost for opening it: x <= M z with an M that is much too large, of which the
// relaxation, and whoever rounds z = 1e-9 to an integer, makes opening free. Next to it stands the true optimum: for each choice of z the cheapest open
// sources are used first.
func chargeModel(rng *rand.Rand, big float64) (*mip.Model, float64) {
	m := &mip.Model{Name: "charge"}
	n := 1 + rng.IntN(5)
	most, dear, open := make([]float64, n), make([]float64, n), make([]float64, n)
	var cost []mip.Term
	demand := mip.Constraint{Name: "demand", Upper: mip.Inf}
	for i := range n {
		most[i] = float64(1+rng.IntN(40)) / []float64{10_000, 100, 4, 1}[rng.IntN(4)]
		dear[i], open[i] = float64(rng.IntN(20)), float64(rng.IntN(6000))
		x := m.AddColumn(mip.Column{Name: fmt.Sprintf("x%d", i), Upper: most[i]})
		z := m.AddColumn(mip.Column{Name: fmt.Sprintf("z%d", i), Upper: 1, Integer: true})
		m.AddRow(mip.Constraint{Name: fmt.Sprintf("open%d", i), Lower: math.Inf(-1), Terms: []mip.Term{{Col: x, Coef: 1}, {Col: z, Coef: -big}}})
		demand.Terms = append(demand.Terms, mip.Term{Col: x, Coef: 1})
		demand.Lower += most[i] * float64(1+rng.IntN(3)) / 4
		cost = append(cost, mip.Term{Col: x, Coef: dear[i]}, mip.Term{Col: z, Coef: open[i]})
	}
	m.AddRow(demand)
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: cost})
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return int(dear[a] - dear[b]) })
	best := math.Inf(1)
	for set := range 1 << n {
		left, value := demand.Lower, 0.0
		for _, i := range order {
			if set>>i&1 == 1 {
				use := math.Min(left, most[i])
				left -= use
				value += open[i] + dear[i]*use
			}
		}
		if left <= 1e-12 {
			best = math.Min(best, value)
		}
	}
	return m, best
}

// TestCharges: rows with a large M are neither dropped nor rounded away.
func TestCharges(t *testing.T) {
	rng := rand.New(rand.NewPCG(91, 92))
	for n := range 400 {
		big := []float64{1e3, 1e5, 1e6}[n%3]
		m, best := chargeModel(rng, big)
		res, err := Native{}.Solve(context.Background(), m, solver.Params{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		tol := 1e-6 * math.Max(1, best)
		if res.Status != solver.Optimal || math.Abs(res.Objective-best) > tol || math.Abs(res.Bound-best) > tol || m.Violation(res.Values, mip.FeasTol) != "" {
			t.Errorf("model %d, M %g: %s, %g of at least %g, the optimum is %g, %s", n, big, res.Status, res.Objective, res.Bound, best, m.Violation(res.Values, mip.FeasTol))
		}
	}
}

// TestDrawnIn: 2 x + 606654 y <= 10 is kept by the relaxation up to a hundred-millionth of its scale, which is more than a point may break it by.
// The optimum is at x = 5, with the switch of x open.
func TestDrawnIn(t *testing.T) {
	m := &mip.Model{}
	x, z := m.AddColumn(mip.Column{Name: "x", Upper: 1e6}), m.AddColumn(mip.Column{Name: "z", Upper: 1, Integer: true})
	y := m.AddColumn(mip.Column{Name: "y", Upper: 1e6})
	m.AddRow(mip.Constraint{Name: "open", Lower: math.Inf(-1), Terms: []mip.Term{{Col: x, Coef: 1}, {Col: z, Coef: -1e6}}})
	m.AddRow(mip.Constraint{Name: "room", Lower: math.Inf(-1), Upper: 10, Terms: []mip.Term{{Col: x, Coef: 2}, {Col: y, Coef: 606654}}})
	m.AddRow(mip.Constraint{Name: "need", Lower: 36, Upper: mip.Inf, Terms: []mip.Term{{Col: x, Coef: 630110}, {Col: y, Coef: 8}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: x, Coef: -8.7}, {Col: z, Coef: 1}, {Col: y, Coef: 7.2}}})
	res, err := Native{}.Solve(context.Background(), m, solver.Params{Seed: 1, Gap: 1e-4})
	if err != nil || res.Objective > -42.4995 || m.Violation(res.Values, mip.FeasTol) != "" {
		t.Errorf("%s, %g, %v, %v", res.Status, res.Objective, res.Values, err)
	}
}

// TestForcedOpen: 1e6 z >= x >= 0.0005 asks for z = 1, however small a part of z would do.
func TestForcedOpen(t *testing.T) {
	m := &mip.Model{}
	x, z := m.AddColumn(mip.Column{Name: "x", Lower: 0.0005, Upper: 0.0009}), m.AddColumn(mip.Column{Name: "z", Upper: 1, Integer: true})
	m.AddRow(mip.Constraint{Name: "open", Lower: math.Inf(-1), Terms: []mip.Term{{Col: x, Coef: 1}, {Col: z, Coef: -1e6}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: z, Coef: 5000}}})
	res, err := Native{}.Solve(context.Background(), m, solver.Params{Seed: 1})
	if err != nil || res.Status != solver.Optimal || res.Objective != 5000 || res.Bound < 5000-1e-6 {
		t.Errorf("%s, %g of at least %g, %v", res.Status, res.Objective, res.Bound, err)
	}
}

// TestTaken: what is no point of the given problem is not taken over, whatever a part of the search made of it; infinite values are none.
func TestTaken(t *testing.T) {
	m := &mip.Model{}
	x, y := m.AddColumn(mip.Column{Name: "x", Upper: 1, Integer: true}), m.AddColumn(mip.Column{Name: "y", Lower: math.Inf(-1), Upper: mip.Inf})
	m.AddRow(mip.Constraint{Name: "below", Lower: math.Inf(-1), Upper: 3, Terms: []mip.Term{{Col: x, Coef: 1}, {Col: y, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: x, Coef: 1}}})
	r := Native{}.run(context.Background(), m, solver.Params{})
	r.value = math.Inf(1)
	for name, point := range map[string][]float64{"row": {0, 4}, "bound": {-1, 0}, "integer": {0.5, 0}, "infinite": {0, math.Inf(-1)}, "no number": {0, math.NaN()}} {
		if r.take(point); r.best != nil {
			t.Errorf("%s: %v is taken", name, point)
			r.best, r.value = nil, math.Inf(1)
		}
	}
	if r.take([]float64{0, 3}); r.best == nil {
		t.Error("a point is not taken")
	}
}
