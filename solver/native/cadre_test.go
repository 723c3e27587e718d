package native

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// cadreCase draws assignment models with the side constraints of rotation plans.
type cadreCase struct {
	cadres int
	each   int  // candidates per cadre, 0 all eligible pairs
	minMax bool // fairness as the largest burden per rank, else a convex cost inside the pair costs
	seed   uint64
}

type cadreBuilder struct {
	*mip.Model
	cadreCase
	rng                    *rand.Rand
	units, regions         int
	pairs                  []pair
	byCadre, byPost        [][]mip.Col
	region, rank, home     []int // of posts, of posts, of cadres
	female, young, quality []bool
	cost                   []mip.Term
}

type pair struct {
	cadre, post, burden int
	col                 mip.Col
}

// model has a column for every pair, a column per cadre that stays out and per post that stays vacant, and rows
// for cadres, posts, unit ceilings and shares, housing, budget, kin, couples and fairness.
func (c cadreCase) model() *mip.Model {
	b := &cadreBuilder{Model: &mip.Model{Name: "cadres"}, cadreCase: c, rng: rand.New(rand.NewPCG(c.seed, 7))}
	b.units, b.regions = max(1, c.cadres/10), max(3, c.cadres/30)
	b.draw()
	b.addPairs()
	b.partition()
	b.sides()
	b.couples()
	if c.minMax {
		b.fairness()
	}
	b.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: b.cost})
	return b.Model
}

func (b *cadreBuilder) draw() {
	n := b.cadres
	for k := range n {
		b.region = append(b.region, k/10%b.regions)
		b.rank = append(b.rank, k%3)
		b.home = append(b.home, b.rng.IntN(b.regions))
		b.female = append(b.female, b.rng.IntN(10) < 3)
		b.young = append(b.young, b.rng.IntN(10) < 3)
		b.quality = append(b.quality, b.rng.IntN(10) < 4)
	}
	b.byCadre, b.byPost = make([][]mip.Col, n), make([][]mip.Col, n)
}

func (b *cadreBuilder) column(name string, cost float64) mip.Col {
	j := b.AddColumn(mip.Column{Name: name, Upper: 1, Integer: true})
	if cost != 0 {
		b.cost = append(b.cost, mip.Term{Col: j, Coef: cost})
	}
	return j
}

func (b *cadreBuilder) addPairs() {
	share := 0.7
	if b.each > 0 {
		share = float64(b.each) / (float64(b.cadres) / 3)
	}
	for i := range b.cadres {
		for p := range b.cadres {
			if i%3 != b.rank[p] || b.rng.Float64() > share {
				continue
			}
			far := (b.home[i] - b.region[p] + b.regions) % b.regions
			burden := 5*min(far, b.regions-far) + b.rng.IntN(20)
			cost := burden - 40 - b.rng.IntN(60)
			if !b.minMax {
				cost += burden * burden / 20
			}
			col := b.column(fmt.Sprintf("x_%d_%d", i, p), float64(cost))
			b.pairs = append(b.pairs, pair{i, p, burden, col})
			b.byCadre[i], b.byPost[p] = append(b.byCadre[i], col), append(b.byPost[p], col)
		}
	}
}

func ones(cols []mip.Col) []mip.Term {
	t := make([]mip.Term, len(cols))
	for k, c := range cols {
		t[k] = mip.Term{Col: c, Coef: 1}
	}
	return t
}

func (b *cadreBuilder) partition() {
	for i, cols := range b.byCadre {
		out := b.column(fmt.Sprintf("out_%d", i), 500)
		b.AddRow(mip.Constraint{Name: fmt.Sprintf("cadre_%d", i), Lower: 1, Upper: 1, Terms: ones(append(cols, out))})
	}
	for p, cols := range b.byPost {
		vacant := b.column(fmt.Sprintf("vacant_%d", p), 300)
		b.AddRow(mip.Constraint{Name: fmt.Sprintf("post_%d", p), Lower: 1, Upper: 1, Terms: ones(append(cols, vacant))})
	}
}

// sideRow adds a row over the pairs that pick weighs with nonzero.
func (b *cadreBuilder) sideRow(name string, lower, upper float64, pick func(p pair) float64) {
	r := mip.Constraint{Name: name, Lower: lower, Upper: upper}
	for _, p := range b.pairs {
		if w := pick(p); w != 0 {
			r.Terms = append(r.Terms, mip.Term{Col: p.col, Coef: w})
		}
	}
	b.AddRow(r)
}

func when(ok bool, v float64) float64 {
	if ok {
		return v
	}
	return 0
}

func (b *cadreBuilder) sides() {
	for u := range b.units {
		in := func(p pair) bool { return p.post/10 == u }
		b.sideRow(fmt.Sprintf("newcomers_%d", u), -mip.Inf, 6, func(p pair) float64 {
			return when(in(p) && p.cadre/10 != u && b.home[p.cadre] != b.region[p.post], 1)
		})
		b.sideRow(fmt.Sprintf("women_%d", u), -1, mip.Inf, func(p pair) float64 {
			return when(in(p), when(b.female[p.cadre], 1)-0.2)
		})
		b.sideRow(fmt.Sprintf("young_%d", u), 1, mip.Inf, func(p pair) float64 { return when(in(p) && b.young[p.cadre], 1) })
	}
	for r := range b.regions {
		b.sideRow(fmt.Sprintf("housing_%d", r), -mip.Inf, 40, func(p pair) float64 {
			return when(b.region[p.post] == r && b.home[p.cadre] != r, float64(1+p.cadre%4))
		})
		b.sideRow(fmt.Sprintf("quality_%d", r), 4, mip.Inf, func(p pair) float64 {
			return when(b.region[p.post] == r && b.quality[p.cadre], 1)
		})
	}
	b.sideRow("budget", -mip.Inf, float64(12*b.cadres), func(p pair) float64 { return float64(p.burden) })
}

// couples prices living apart, for one cadre in ten, in hull form: flows between near regions. It also forbids kin in
// one unit.
func (b *cadreBuilder) couples() {
	for i := 0; i+7 < b.cadres; i += 20 {
		apart := b.AddColumn(mip.Column{Name: fmt.Sprintf("apart_%d", i), Upper: 1})
		b.cost = append(b.cost, mip.Term{Col: apart, Coef: 60})
		together := mip.Constraint{Name: fmt.Sprintf("couple_%d", i), Lower: 1, Upper: mip.Inf}
		together.Terms = []mip.Term{{Col: apart, Coef: 1}}
		sides := [2][]mip.Constraint{b.marginals(i), b.marginals(i + 7)}
		for r := range b.regions {
			for d := range 3 {
				q := (r + d - 1 + b.regions) % b.regions
				flow := b.AddColumn(mip.Column{Name: fmt.Sprintf("near_%d_%d_%d", i, r, q), Upper: 1})
				for _, row := range []*mip.Constraint{&together, &sides[0][r], &sides[1][q]} {
					row.Terms = append(row.Terms, mip.Term{Col: flow, Coef: 1})
				}
			}
		}
		for _, row := range append(append(sides[0], sides[1]...), together) {
			b.AddRow(row)
		}
	}
	for i := 0; i+5 < b.cadres; i += 15 {
		for u := range b.units {
			b.sideRow(fmt.Sprintf("kin_%d_%d", i, u), -mip.Inf, 1, func(p pair) float64 {
				return when(p.post/10 == u && (p.cadre == i || p.cadre == i+5), 1)
			})
		}
	}
}

// marginals are rows that hold a spouse's flows to the region where he or she is.
func (b *cadreBuilder) marginals(cadre int) []mip.Constraint {
	rows := make([]mip.Constraint, b.regions)
	for r := range rows {
		rows[r] = mip.Constraint{Name: fmt.Sprintf("spouse_%d_%d", cadre, r), Lower: -mip.Inf}
	}
	for _, p := range b.pairs {
		if r := b.region[p.post]; p.cadre == cadre {
			rows[r].Terms = append(rows[r].Terms, mip.Term{Col: p.col, Coef: -1})
		}
	}
	return rows
}

// fairness prices the largest burden of each rank, with a row per cadre.
func (b *cadreBuilder) fairness() {
	for k := range 3 {
		z := b.AddColumn(mip.Column{Name: fmt.Sprintf("most_%d", k), Upper: 500})
		b.cost = append(b.cost, mip.Term{Col: z, Coef: float64(b.cadres) / 10})
		for i := k; i < b.cadres; i += 3 {
			row := mip.Constraint{Name: fmt.Sprintf("fair_%d", i), Lower: -mip.Inf}
			for _, p := range b.pairs {
				if p.cadre == i {
					row.Terms = append(row.Terms, mip.Term{Col: p.col, Coef: float64(p.burden)})
				}
			}
			row.Terms = append(row.Terms, mip.Term{Col: z, Coef: -1})
			b.AddRow(row)
		}
	}
}

// TestCadres checks a small assignment model of every kind against the models' own rows and a second run.
func TestCadres(t *testing.T) {
	for _, c := range []cadreCase{{cadres: 30}, {cadres: 60, seed: 2}, {cadres: 30, minMax: true, seed: 4}} {
		m := c.model()
		res, err := New().Solve(context.Background(), m, solver.Params{Gap: 1e-4})
		if err != nil || res.Status != solver.Optimal {
			t.Fatalf("%+v: %v %v", c, res.Status, err)
		}
		if v := m.Violation(res.Values, 1e-9); v != "" || math.Abs(m.Levels[0].Value(res.Values)-res.Objective) > 1e-9 {
			t.Fatalf("%+v: %s, objective %g", c, v, res.Objective)
		}
	}
}

// BenchmarkCadres measures one model; the environment variable CADRES may name "cadres each minmax".
func BenchmarkCadres(b *testing.B) {
	c := cadreCase{cadres: 100}
	if v := os.Getenv("CADRES"); v != "" {
		var mm int
		if _, err := fmt.Sscan(v, &c.cadres, &c.each, &mm, &c.seed); err != nil {
			b.Fatal(err)
		}
		c.minMax = mm == 1
	}
	m := c.model()
	for b.Loop() {
		res, _ := New().Solve(context.Background(), m, solver.Params{Gap: 1e-4, Time: limitOf(time.Minute), Progress: progressLog(b)})
		b.ReportMetric(res.Objective, "objective")
		b.ReportMetric(res.Bound, "bound")
		b.ReportMetric(float64(res.Nodes), "nodes")
	}
	b.Logf("%d columns, %d rows", len(m.Columns), len(m.Rows))
}

func progressLog(b *testing.B) func(solver.Progress) {
	if os.Getenv("VERBOSE") == "" {
		return nil
	}
	return func(p solver.Progress) {
		b.Logf("%8.2fs %-8s %12.1f %12.1f %d", p.Elapsed.Seconds(), p.Phase, p.Incumbent, p.Bound, p.Nodes)
	}
}

// limitOf is the time limit of a benchmark, which the environment variable SECONDS may change.
func limitOf(usual time.Duration) time.Duration {
	if v, err := strconv.Atoi(os.Getenv("SECONDS")); err == nil {
		return time.Duration(v) * time.Second
	}
	return usual
}
