package main

import (
	"fmt"
	"math/rand/v2"

	"cadre/mip"
)

// awkward are small models that have nothing of an assignment, each of a sort that breaks solvers: what a general solver has to
// live with beside the rounds of moves. The seed draws the data; what a model is known to be is in its name.
var awkward = []struct {
	name  string
	build func(r *rand.Rand, m *mip.Model)
}{
	{"equality-knapsack", equalityKnapsack},
	{"market-split", marketSplit},
	{"set-cover", setCover},
	{"lot-sizing", lotSizing},
	{"fixed-charge-network", fixedCharge},
	{"multi-knapsack", multiKnapsack},
	{"free-columns", freeColumns},
	{"degenerate-transport", degenerateTransport},
	{"huge-coefficients", hugeCoefficients},
	{"general-integers", generalIntegers},
	{"infeasible-parity", infeasibleParity},
	{"infeasible-pigeons", infeasiblePigeons},
	{"unbounded-ray", unboundedRay},
}

// writeAwkward writes each of them for a seed.
func writeAwkward(out string, seed uint64) error {
	for k, a := range awkward {
		m := &mip.Model{Name: fmt.Sprintf("awkward-%s-s%d", a.name, seed)}
		a.build(rand.New(rand.NewPCG(seed, uint64(k))), m)
		if err := writeModel(out, m); err != nil {
			return err
		}
	}
	return nil
}

// linear collects a model by plain numbers.
type linear struct {
	*mip.Model
	cost []mip.Term
}

func (l *linear) column(name string, price, lower, upper float64, integer bool) mip.Col {
	j := l.AddColumn(mip.Column{Name: name, Lower: lower, Upper: upper, Integer: integer})
	if price != 0 {
		l.cost = append(l.cost, mip.Term{Col: j, Coef: price})
	}
	return j
}

func (l *linear) row(name string, lower, upper float64, terms ...mip.Term) {
	l.AddRow(mip.Constraint{Name: name, Lower: lower, Upper: upper, Terms: terms})
}

func (l *linear) done() { l.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: l.cost}) }

func binaries(l *linear, n int, price func(i int) float64) []mip.Col {
	out := make([]mip.Col, n)
	for i := range out {
		out[i] = l.column(fmt.Sprintf("x.%d", i), price(i), 0, 1, true)
	}
	return out
}

// equalityKnapsack: one row that has to be met exactly, prices nearly in proportion to the weights.
func equalityKnapsack(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	weights, planted := make([]float64, 40), 0.0
	x := binaries(l, len(weights), func(i int) float64 {
		weights[i] = float64(500 + r.IntN(500))
		return weights[i] + float64(r.IntN(20))
	})
	var terms []mip.Term
	for i, j := range x {
		terms = append(terms, mip.Term{Col: j, Coef: weights[i]})
		if r.IntN(2) == 0 {
			planted += weights[i]
		}
	}
	l.row("exactly", planted, planted, terms...)
	l.done()
}

// marketSplit: a few such rows at once, with what is missed as the price: a well-known small horror.
func marketSplit(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	const rows, columns = 3, 20
	x := binaries(l, columns, func(int) float64 { return 0 })
	for k := range rows {
		var terms []mip.Term
		sum := 0.0
		for _, j := range x {
			w := float64(r.IntN(100))
			sum += w
			terms = append(terms, mip.Term{Col: j, Coef: w})
		}
		over := l.column(fmt.Sprintf("over.%d", k), 1, 0, mip.Inf, false)
		under := l.column(fmt.Sprintf("under.%d", k), 1, 0, mip.Inf, false)
		half := float64(int(sum) / 2)
		l.row(fmt.Sprintf("market.%d", k), half, half, append(terms, mip.Term{Col: over, Coef: -1}, mip.Term{Col: under, Coef: 1})...)
	}
	l.done()
}

func setCover(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	x := binaries(l, 120, func(int) float64 { return float64(1 + r.IntN(4)) })
	for k := range 80 {
		var terms []mip.Term
		for _, i := range r.Perm(len(x))[:8] {
			terms = append(terms, mip.Term{Col: x[i], Coef: 1})
		}
		l.row(fmt.Sprintf("cover.%d", k), 1, mip.Inf, terms...)
	}
	l.done()
}

// lotSizing: production with set-up costs, stock from period to period, one capacity for all items.
func lotSizing(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	const items, periods, room = 4, 10, 260
	capacity := make([][]mip.Term, periods)
	for i := range items {
		var stock mip.Col
		for t := range periods {
			demand := float64(10 + r.IntN(40))
			made := l.column(fmt.Sprintf("make.%d.%d", i, t), 1, 0, room, false)
			set := l.column(fmt.Sprintf("set.%d.%d", i, t), float64(40+r.IntN(60)), 0, 1, true)
			next := l.column(fmt.Sprintf("stock.%d.%d", i, t), float64(1+r.IntN(3)), 0, mip.Inf, false)
			l.row(fmt.Sprintf("link.%d.%d", i, t), -mip.Inf, 0, mip.Term{Col: made, Coef: 1}, mip.Term{Col: set, Coef: -room})
			terms := []mip.Term{{Col: made, Coef: 1}, {Col: next, Coef: -1}}
			if t > 0 {
				terms = append(terms, mip.Term{Col: stock, Coef: 1})
			}
			l.row(fmt.Sprintf("balance.%d.%d", i, t), demand, demand, terms...)
			capacity[t] = append(capacity[t], mip.Term{Col: made, Coef: 1}, mip.Term{Col: set, Coef: 10})
			stock = next
		}
	}
	for t, terms := range capacity {
		l.row(fmt.Sprintf("capacity.%d", t), -mip.Inf, room, terms...)
	}
	l.done()
}

// fixedCharge: a flow through a network whose arcs cost for being used at all.
func fixedCharge(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	const nodes, supply = 12, 30
	balance := make([][]mip.Term, nodes)
	for a := range nodes {
		for b := range nodes {
			if a == b || r.IntN(3) == 0 {
				continue
			}
			flow := l.column(fmt.Sprintf("flow.%d.%d", a, b), float64(1+r.IntN(5)), 0, supply, false)
			open := l.column(fmt.Sprintf("open.%d.%d", a, b), float64(10+r.IntN(40)), 0, 1, true)
			l.row(fmt.Sprintf("arc.%d.%d", a, b), -mip.Inf, 0, mip.Term{Col: flow, Coef: 1}, mip.Term{Col: open, Coef: -supply})
			balance[a] = append(balance[a], mip.Term{Col: flow, Coef: 1})
			balance[b] = append(balance[b], mip.Term{Col: flow, Coef: -1})
		}
	}
	for n, terms := range balance {
		net := 0.0
		switch {
		case n == 0:
			net = supply
		case n > nodes/2:
			net = -supply / float64(nodes-1-nodes/2)
		}
		l.row(fmt.Sprintf("node.%d", n), net, net, terms...)
	}
	l.done()
}

func multiKnapsack(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	x := binaries(l, 50, func(int) float64 { return -float64(100 + r.IntN(100)) })
	for k := range 5 {
		var terms []mip.Term
		sum := 0
		for _, j := range x {
			w := 50 + r.IntN(100)
			sum += w
			terms = append(terms, mip.Term{Col: j, Coef: float64(w)})
		}
		l.row(fmt.Sprintf("room.%d", k), -mip.Inf, float64(sum/2), terms...)
	}
	l.done()
}

// freeColumns: absolute deviations by free columns that no bound holds, and integers of either sign.
func freeColumns(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	var ints []mip.Col
	for i := range 12 {
		ints = append(ints, l.column(fmt.Sprintf("n.%d", i), 0, -mip.Inf, mip.Inf, true))
	}
	for k := range 16 {
		free := l.column(fmt.Sprintf("free.%d", k), 0, -mip.Inf, mip.Inf, false)
		off := l.column(fmt.Sprintf("off.%d", k), float64(1+r.IntN(9)), 0, mip.Inf, false)
		terms := []mip.Term{{Col: free, Coef: -1}}
		for _, i := range r.Perm(len(ints))[:4] {
			terms = append(terms, mip.Term{Col: ints[i], Coef: float64(r.IntN(19) - 9)})
		}
		target := float64(r.IntN(199) - 99)
		l.row(fmt.Sprintf("is.%d", k), 0, 0, terms...)
		l.row(fmt.Sprintf("above.%d", k), target, mip.Inf, mip.Term{Col: free, Coef: 1}, mip.Term{Col: off, Coef: 1})
		l.row(fmt.Sprintf("below.%d", k), -mip.Inf, target, mip.Term{Col: free, Coef: 1}, mip.Term{Col: off, Coef: -1})
	}
	for i, j := range ints {
		l.row(fmt.Sprintf("range.%d", i), -50, 50, mip.Term{Col: j, Coef: 1})
	}
	l.done()
}

// degenerateTransport: equal supplies and demands of one, few prices: every basis is degenerate. Integer by nature.
func degenerateTransport(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	const n = 20
	rows, columns := make([][]mip.Term, n), make([][]mip.Term, n)
	for a := range n {
		for b := range n {
			j := l.column(fmt.Sprintf("x.%d.%d", a, b), float64(1+r.IntN(3)), 0, mip.Inf, a == b)
			rows[a], columns[b] = append(rows[a], mip.Term{Col: j, Coef: 1}), append(columns[b], mip.Term{Col: j, Coef: 1})
		}
	}
	for i := range n {
		l.row(fmt.Sprintf("supply.%d", i), 1, 1, rows[i]...)
		l.row(fmt.Sprintf("demand.%d", i), 1, 1, columns[i]...)
	}
	l.done()
}

// hugeCoefficients: switches of a million beside units of one, as careless models have them.
func hugeCoefficients(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	const big = 1e6
	var demand []mip.Term
	for i := range 15 {
		use := l.column(fmt.Sprintf("use.%d", i), float64(1+r.IntN(4)), 0, mip.Inf, true)
		on := l.column(fmt.Sprintf("on.%d", i), float64(1000+r.IntN(9000)), 0, 1, true)
		l.row(fmt.Sprintf("switch.%d", i), -mip.Inf, 0, mip.Term{Col: use, Coef: 1}, mip.Term{Col: on, Coef: -big})
		l.row(fmt.Sprintf("limit.%d", i), -mip.Inf, float64(500+r.IntN(1500)), mip.Term{Col: use, Coef: 1})
		demand = append(demand, mip.Term{Col: use, Coef: float64(1 + r.IntN(3))})
	}
	l.row("demand", 9999, mip.Inf, demand...)
	l.done()
}

// generalIntegers: cutting stock by patterns, with counts up to some hundred.
func generalIntegers(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	const widths, patterns = 8, 40
	rows := make([][]mip.Term, widths)
	for k := range patterns {
		j := l.column(fmt.Sprintf("cut.%d", k), 1, 0, 500, true)
		for range 3 {
			w := r.IntN(widths)
			rows[w] = append(rows[w], mip.Term{Col: j, Coef: float64(1 + r.IntN(3))})
		}
	}
	for w, terms := range rows {
		l.row(fmt.Sprintf("width.%d", w), float64(50+r.IntN(150)), mip.Inf, summed(terms)...)
	}
	l.done()
}

// summed adds up terms of one column.
func summed(terms []mip.Term) []mip.Term {
	var out []mip.Term
	for _, t := range terms {
		if n := len(out); n > 0 && out[n-1].Col == t.Col {
			out[n-1].Coef += t.Coef
			continue
		}
		out = append(out, t)
	}
	return out
}

// infeasibleParity: even weights cannot make an odd sum; the relaxation is feasible.
func infeasibleParity(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	x := binaries(l, 16, func(int) float64 { return float64(r.IntN(9)) })
	var terms []mip.Term
	for _, j := range x {
		terms = append(terms, mip.Term{Col: j, Coef: 2})
	}
	l.row("odd", 15, 15, terms...)
	l.done()
}

// infeasiblePigeons: seven in six holes.
func infeasiblePigeons(_ *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	const holes = 6
	byHole := make([][]mip.Term, holes)
	for p := range holes + 1 {
		var own []mip.Term
		for h := range holes {
			t := mip.Term{Col: l.column(fmt.Sprintf("x.%d.%d", p, h), float64(h), 0, 1, true), Coef: 1}
			own, byHole[h] = append(own, t), append(byHole[h], t)
		}
		l.row(fmt.Sprintf("pigeon.%d", p), 1, 1, own...)
	}
	for h, terms := range byHole {
		l.row(fmt.Sprintf("hole.%d", h), -mip.Inf, 1, terms...)
	}
	l.done()
}

// unboundedRay: two integers that may grow together for ever, at a gain.
func unboundedRay(r *rand.Rand, m *mip.Model) {
	l := &linear{Model: m}
	x := l.column("x", -2, 0, mip.Inf, true)
	y := l.column("y", 1, 0, mip.Inf, true)
	l.row("beside", -float64(1+r.IntN(9)), float64(1+r.IntN(9)), mip.Term{Col: x, Coef: 1}, mip.Term{Col: y, Coef: -1})
	l.done()
}
