package native

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
)

// drawKnapsacks is a random problem of choices with a limit each at the most: some choices may choose nothing, some options need no room or do not fit
// at all, some cost less than nothing.
func drawKnapsacks(r *rand.Rand, count, limits int) *mip.Model {
	m := &mip.Model{Name: "knapsacks", Levels: []mip.Level{{Name: "cost", Scale: 1, Constant: 7}}}
	rows := make([]mip.Constraint, limits)
	for i := range rows {
		rows[i] = mip.Constraint{Name: fmt.Sprint("limit", i), Lower: math.Inf(-1), Upper: float64(4 + r.IntN(3*count/limits+4))}
	}
	for k := range count {
		choice := mip.Constraint{Name: fmt.Sprint("choice", k), Lower: float64(min(1, r.IntN(4))), Upper: 1}
		for i := range limits + r.IntN(2) {
			j := m.AddColumn(mip.Column{Name: fmt.Sprint("x", len(m.Columns)), Upper: 1, Integer: true})
			m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: j, Coef: float64(r.IntN(40) - 10)})
			choice.Terms = append(choice.Terms, mip.Term{Col: j, Coef: 1})
			if i < limits && r.IntN(8) > 0 {
				rows[i].Terms = append(rows[i].Terms, mip.Term{Col: j, Coef: float64(r.IntN(9) + r.IntN(40)/39*50)})
			}
		}
		m.AddRow(choice)
	}
	for _, row := range rows {
		m.AddRow(row)
	}
	return m
}

// leastPriced is the bound of a pricer by its definition: worths, and for each limit all subsets of its options, one option at
// one where it says so (-1: none).
func leastPriced(b *pricer, one int32) int64 {
	k, sum := b.k, int64(0)
	for c := range k.row {
		switch {
		case b.forced(int32(c)):
			sum += k.cost[b.sole(int32(c))]
		case b.left[c] > 0 || !k.atMost[c]:
			sum += b.worth[c]
		}
	}
	for i := -1; i < len(k.room); i++ {
		var list []int32
		room := math.MaxInt32
		if i >= 0 {
			room = k.room[i]
		}
		for o := range k.of {
			switch forced := b.forced(k.of[o]); {
			case int(k.limit[o]) != i || !b.open[o]:
			case forced:
				room -= k.weight[o]
			default:
				list = append(list, int32(o))
			}
		}
		best := int64(never)
		for set := range 1 << len(list) {
			cost, weight, has := int64(0), 0, one < 0 || int(k.limit[one]) != i || b.forced(k.of[one])
			for e, o := range list {
				if set>>e&1 == 1 {
					cost, weight, has = cost+b.less(o), weight+k.weight[o], has || o == one
				}
			}
			if has && weight <= room {
				best = min(best, cost)
			}
		}
		if best == never {
			return never
		}
		sum += best
	}
	return sum
}

// TestPrice: bounds, and what they rise by with and without each option, are those of the definition.
func TestPrice(t *testing.T) {
	rises, refused, forced := 0, 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 31))
		k := layKnapsacks(newProblem(drawKnapsacks(r, 5, 3)))
		if k == nil {
			t.Fatalf("seed %d: not seen as knapsacks", seed)
		}
		b := newPricer(k)
		closed := k.wide()
		for o := range k.of {
			if r.IntN(6) < 2*int(seed%3) {
				closed.set(o)
			}
		}
		worth := make([]int32, len(k.row))
		for c := range worth {
			worth[c] = int32(k.worthy(c, int64(r.IntN(40*256)-5*256)))
		}
		b.enter(closed, worth)
		bound := b.price()
		if want := leastPriced(b, -1); bound != want {
			t.Fatalf("seed %d: bound %d, by definition %d", seed, bound, want)
		}
		if bound == never {
			refused++
			continue
		}
		in, out := make([]int64, len(k.of)), make([]int64, len(k.of))
		b.rises(in, out)
		for o := range k.of {
			if !b.open[o] || b.forced(k.of[o]) {
				continue
			}
			if want := leastPriced(b, int32(o)); in[o] < never && bound+in[o] != want || in[o] == never && want != never {
				t.Fatalf("seed %d: with option %d %d, by definition %d", seed, o, bound+in[o], want)
			}
			if in[o] > 0 {
				rises++
			}
			if b.left[k.of[o]] < 3 { // what is left would be forced, or nothing
				forced++
				continue
			}
			b.close(int32(o))
			if want := leastPriced(b, -1); bound+out[o] != want {
				t.Fatalf("seed %d: without option %d %d, by definition %d", seed, o, bound+out[o], want)
			}
			b.open[o] = true
			b.left[k.of[o]]++
		}
	}
	if rises < 500 || refused < 5 || forced < 100 {
		t.Errorf("the draw is one-sided: %d rises, %d without a bound, %d nearly forced", rises, refused, forced)
	}
}

// TestWorthTree: from any goal above the optimum a tree finds it, and from any other proves it; as it is handed over it proves in exact arithmetic what
// it claims, and no more than is true.
func TestWorthTree(t *testing.T) {
	seen, deep := 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 32))
		m := drawKnapsacks(r, 6, 3)
		want := leastChoices(m, 6)
		if math.IsInf(want, 1) {
			continue
		}
		seen++
		p := newProblem(m)
		best := math.Inf(1)
		w := newWorthProof(p, func(x []float64) float64 {
			if !p.feasible(x) {
				t.Fatalf("seed %d: what is found is no point", seed)
			}
			best = math.Min(best, p.objective(x))
			return best - 1 + stepSlack
		})
		cutoff := want + float64(r.IntN(4)) - 1 + stepSlack
		w.begin(make([]float64, p.m), cutoff)
		for w.bound < math.Min(cutoff, best-1+stepSlack) {
			w.grow(math.Min(cutoff, best-1+stepSlack))
		}
		if w.bound > want || math.Min(best, math.Ceil(cutoff)) != want && best != want {
			t.Fatalf("seed %d: bound %g, found %g, the optimum is %g, cutoff %g", seed, w.bound, best, want, cutoff)
		}
		proof := w.handed()
		if len(proof.Nodes) > 3 {
			deep++
		}
		if got := certifiedBy(t, m, proof); got != w.bound {
			t.Fatalf("seed %d: proven %g, claimed %g: %+v", seed, got, w.bound, *proof)
		}
	}
	if seen < 150 || deep < 40 {
		t.Errorf("the draw is one-sided: %d problems, %d trees", seen, deep)
	}
}

// certifiedBy is what a proof alone proves.
func certifiedBy(t *testing.T, m *mip.Model, proof *solver.Proof) float64 {
	t.Helper()
	res, _ := Native{relaxed: true}.Solve(context.Background(), m, solver.Params{})
	built, err := certify.Build(context.Background(), m, res.Values, [][]*solver.Proof{{proof}}, nil, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := certify.Verify(m, res.Values, built.Certificate); err != nil {
		t.Fatal(err)
	}
	return built.Levels[0].Bound
}

// TestSolveWorths: whole solves against the optimum by trying all; certificates need no relaxation, with a gap as well, and are the same again.
func TestSolveWorths(t *testing.T) {
	limits := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 33))
		m := drawKnapsacks(r, 7, 3)
		want := leastChoices(m, 7)
		for _, gap := range []float64{0, 0.05} {
			par := solver.Params{Gap: gap}
			res, _ := New().Solve(context.Background(), m, par)
			if math.IsInf(want, 1) != (res.Status == solver.Infeasible) {
				t.Fatalf("seed %d: %s, the optimum is %g", seed, res.Status, want)
			}
			if math.IsInf(want, 1) {
				continue
			}
			if res.Objective < want || gap == 0 && res.Objective != want || res.Bound > want || res.Status != solver.Optimal {
				t.Fatalf("seed %d: %s %g, bound %g, the optimum is %g", seed, res.Status, res.Objective, res.Bound, want)
			}
			again, _ := New().Solve(context.Background(), m, par)
			if !reflect.DeepEqual(again.Proof, res.Proof) || !reflect.DeepEqual(again.Values, res.Values) {
				t.Fatalf("seed %d: another answer the second time", seed)
			}
			if res.Proof == nil {
				continue
			}
			if len(res.Proof.Nodes[0].Limits) > 0 {
				limits++
			}
			if got := certifiedBy(t, m, res.Proof); got < res.Bound {
				t.Fatalf("seed %d: proven %g, claimed %g", seed, got, res.Bound)
			}
		}
	}
	if limits < 20 {
		t.Errorf("only %d proofs with limits", limits)
	}
}

// TestNoKnapsacks: what is not laid out.
func TestNoKnapsacks(t *testing.T) {
	for name, edit := range map[string]func(m *mip.Model){
		"":                      func(*mip.Model) {},
		"a column in no choice": func(m *mip.Model) { m.AddColumn(mip.Column{Name: "y", Upper: 1, Integer: true}) },
		"a continuous column":   func(m *mip.Model) { m.Columns[0].Integer = false },
		"a fixed column":        func(m *mip.Model) { m.Columns[0].Lower = 1 },
		"a column in two limits": func(m *mip.Model) {
			m.AddRow(mip.Constraint{Name: "more", Lower: -mip.Inf, Upper: 7, Terms: m.Rows[5].Terms})
		},
		"a limit that asks for something": func(m *mip.Model) { m.Rows[5].Lower = 1 },
		"a fractional weight":             func(m *mip.Model) { m.Rows[5].Terms[0].Coef = 0.5 },
		"a negative weight":               func(m *mip.Model) { m.Rows[5].Terms[0].Coef = -1 },
		"a fractional cost":               func(m *mip.Model) { m.Levels[0].Terms[0].Coef = 0.5 },
		"too large a cost":                func(m *mip.Model) { m.Levels[0].Terms[0].Coef = 1 << 40 },
		"endless room":                    func(m *mip.Model) { m.Rows[5].Upper = 1 << 40 },
	} {
		m := drawKnapsacks(rand.New(rand.NewPCG(2, 31)), 5, 3)
		edit(m)
		if k := layKnapsacks(newProblem(m)); (k != nil) != (name == "") {
			t.Errorf("%q: knapsacks %v", name, k != nil)
		}
	}
}

// TestGAPCertified: types A to C are solved, and certified without a relaxation.
func TestGAPCertified(t *testing.T) {
	paths, best := knownGAP(t)
	for i, path := range paths {
		if name := filepath.Base(path); !strings.HasPrefix(path, "chu1997") || strings.HasPrefix(name, "d") {
			continue
		}
		m, err := readGAP(filepath.Join(gapData, path))
		if err != nil {
			t.Fatal(err)
		}
		res, _ := New().Solve(context.Background(), m, solver.Params{})
		built, err := certify.Build(context.Background(), m, res.Values, [][]*solver.Proof{{res.Proof, solver.NewProof(res.Multipliers)}}, nil, certify.Limits{})
		if err != nil || res.Objective != best[i] || built.Levels[0].Bound != best[i] {
			t.Errorf("%s: %g, certified %g, want %g: %v", path, res.Objective, built.Levels[0].Bound, best[i], err)
		}
	}
}
