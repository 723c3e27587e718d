package native

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
)

// proven is what a result's proof, and nothing else, says of m in exact arithmetic; +Inf where it says that there is no point.
func proven(t *testing.T, m *mip.Model, r solver.Result) float64 {
	t.Helper()
	if r.Status == solver.Infeasible {
		if certify.Refute(context.Background(), m, r.Proof, nil, certify.Limits{}) == nil {
			return math.Inf(-1)
		}
		return math.Inf(1)
	}
	proofs := []*solver.Proof{r.Proof}
	if r.Multipliers != nil {
		proofs = append(proofs, solver.NewProof(r.Multipliers))
	}
	built, err := certify.Build(context.Background(), m, r.Values, [][]*solver.Proof{proofs}, nil, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return built.Levels[0].Bound
}

// smallModel is the model of a seed: an assignment with side rows, or any rows of integers, with few enough points to try them all.
func smallModel(seed uint64) *mip.Model {
	rng := rand.New(rand.NewPCG(seed, 2))
	if seed%2 == 0 {
		return randomAssignment(rng)
	}
	return randomIntegers(rng)
}

// TestHandoverSmall: what is handed over proves what was claimed, without any relaxation; or that there is no point.
func TestHandoverSmall(t *testing.T) {
	trees, empty, short := 0, 0, 0
	for seed := range uint64(1200) {
		m, s := smallModel(seed), New()
		if seed%4 == 0 {
			s = eager
		}
		r, _ := s.Solve(context.Background(), m, solver.Params{})
		got := proven(t, m, r)
		if r.Status == solver.Infeasible {
			empty++
			if !math.IsInf(got, 1) {
				t.Errorf("seed %d: infeasible, and the proof does not say so", seed)
			}
			continue
		}
		if r.Proof != nil && len(r.Proof.Nodes) > 1 {
			trees++
		}
		// Claims are rounded up in larger steps where columns that presolve fixed have costs of their own; certificates are not.
		p := newProblem(m)
		if pre, ok := presolve(p); ok && pre.n > 0 && pre.step() != p.wholeStep() {
			continue
		}
		if got < r.Bound-1e-3 { // what presolve settles alone may take a relaxation to prove
			t.Logf("seed %d: claimed %g, proven %g", seed, r.Bound, got)
			short++
		}
	}
	if trees < 60 || empty < 100 || short > 2 {
		t.Errorf("%d trees, %d models without a point, %d proofs that fall short", trees, empty, short)
	}
}

// generalised is a generalised assignment problem with loads, costs and capacities that leave a gap to close by branching.
func generalised(rng *rand.Rand, agents, jobs int) *mip.Model {
	cost, load, room := make([]float64, agents*jobs), make([]float64, agents*jobs), make([]float64, agents)
	for k := range cost {
		load[k] = float64(5 + rng.IntN(21))
		cost[k] = float64(60 - 2*int(load[k]) + rng.IntN(11))
		room[k/jobs] += load[k] * 0.8 / float64(agents)
	}
	for a := range room {
		room[a] = math.Floor(room[a])
	}
	return gapModel(agents, jobs, cost, load, room)
}

// mostStated: 41,582 nodes state the six trees; where rows do not take over all that they imply, a quarter more.
const mostStated = 47_000

// TestHandoverTrees: trees of thousands of nodes, nested searches, fixings handed down and cuts among them, prove their claims as they
// stand; and they are the same again.
func TestHandoverTrees(t *testing.T) {
	nodes, cuts, whole := 0, 0, 0
	for seed := range uint64(6) {
		m := generalised(rand.New(rand.NewPCG(seed, 5)), 4, 16)
		r, _ := Native{relaxed: true}.Solve(context.Background(), m, solver.Params{})
		again, _ := Native{relaxed: true}.Solve(context.Background(), m, solver.Params{Threads: 2})
		if r.Status != solver.Optimal || r.Proof == nil || !reflect.DeepEqual(r.Proof, again.Proof) {
			t.Fatalf("seed %d: %s, and another proof the second time, or none", seed, r.Status)
		}
		if proven(t, m, r) == r.Bound {
			whole++
		}
		proofs := [][]*solver.Proof{{r.Proof}}
		built, err := certify.Build(context.Background(), m, r.Values, proofs, Native{}, certify.Limits{Work: 100})
		if err != nil || built.Levels[0].Bound != r.Bound {
			t.Errorf("seed %d: claimed %g, proven %g, %v", seed, r.Bound, built.Levels[0].Bound, err)
		}
		nodes, cuts = nodes+len(r.Proof.Nodes), cuts+len(r.Proof.Cuts)
	}
	if nodes < 5000 || nodes > mostStated || cuts < 30 || whole < 6 {
		t.Errorf("%d nodes, %d cuts, %d proven as they stand", nodes, cuts, whole)
	}
}

// TestStatedCuts: cuts as the book derives them cut off no point of the model, whatever the point of the relaxation was.
func TestStatedCuts(t *testing.T) {
	tried, checked := 0, 0
	for seed := range uint64(400) {
		m := smallModel(2*seed + 1)
		p := newProblem(m)
		pre, ok := presolve(p)
		if !ok || pre.n == 0 || pre.m == 0 {
			continue
		}
		rec := newRecorder(newBook(p), pre)
		rng := rand.New(rand.NewPCG(seed, 6))
		x := make([]float64, pre.n)
		for range 8 {
			for j := range x {
				x[j] = pre.lower[j] + rng.Float64()*(pre.upper[j]-pre.lower[j])
			}
			found, stated := restated(rec, newMixer(pre.problem, pre.lower, pre.upper, x))
			tried, checked = tried+found, checked+stated
		}
		if len(rec.book.cuts) == 0 {
			continue
		}
		everyPoint(m, func(x []float64) {
			for k, c := range rec.book.cuts {
				sum := 0.0
				for e, j := range c.row.Index {
					sum += c.row.Value[e] * x[j]
				}
				if sum < c.row.Side-1e-6 {
					t.Fatalf("seed %d, cut %d: %v has %g of %g", seed, k, x, sum, c.row.Side)
				}
			}
		})
	}
	if checked < 60 || 2*checked < tried {
		t.Errorf("%d of %d cuts stated", checked, tried)
	}
}

// restated makes cuts of all single rows, and says how many there were and how many could be stated.
func restated(rec *recorder, mix *mixer) (found, stated int) {
	add := func(c *cut) {
		if c == nil {
			return
		}
		found++
		if rec.restate(mix, &c.origin) != nil {
			stated++
		}
	}
	for i := range mix.p.m {
		add(mix.cover(i, 1))
		add(mix.cover(i, -1))
		mix.single(i, add)
	}
	return found, stated
}

// everyPoint calls f for every feasible point of a model of bounded integer columns.
func everyPoint(m *mip.Model, f func(x []float64)) {
	x := make([]float64, len(m.Columns))
	var try func(j int)
	try = func(j int) {
		if j == len(x) {
			if m.Violation(x, 1e-9) == "" {
				f(x)
			}
			return
		}
		for x[j] = m.Columns[j].Lower; x[j] <= m.Columns[j].Upper; x[j]++ {
			try(j + 1)
		}
	}
	try(0)
}

// TestLate: where there is less room than a whole tree takes, its upper part is stated, and proves no less than the root.
func TestLate(t *testing.T) {
	between, kept := 0, 0
	for seed := range uint64(12) {
		m := tightModel(rand.New(rand.NewPCG(seed, 83)), 13, 4)
		s, r := alone(m, 1, solver.Params{})
		root := newSimplex(r.p, r.mt, 1)
		if s.best == nil || root.solve(0) != lpOptimal {
			continue
		}
		kept++
		before := r.p.safeBound(root.multipliers(nil), r.p.cost, r.p.lower, r.p.upper)
		res, mt := r.finish(s.bound(), false), newMeter(context.Background(), solver.Params{})
		for most := int64(1 << 14); most <= 1<<22; most *= 2 {
			bound := r.stateWithin(m, res, mt, most).Bound(m)
			if bound < before-1e-6 || bound > s.value+1e-6 {
				t.Errorf("seed %d, %d terms: %g, the root proves %g and the optimum is %g", seed, most, bound, before, s.value)
			}
			if bound > before+0.1*(s.value-before) && bound < s.value-1 {
				between++
			}
		}
		if bound := r.state(m, res, mt).Bound(m); bound < s.value-1+1e-6 {
			t.Errorf("seed %d: all of it proves %g, the optimum is %g", seed, bound, s.value)
		}
	}
	if between < 3 || kept < 5 {
		t.Errorf("%d times in between, of %d trees", between, kept)
	}
}
