package solvertest

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
)

// proofTol is how far below its claim a bound may be certified, relative to max(1, |claim|): multipliers are rounded to 2^-20.
const proofTol = 1e-4

// testProofs certifies in exact arithmetic what the backend hands over, without any relaxation: never more than is true, and
// of a backend whose support says so about its bound, or that there is no point.
func testProofs(t *testing.T, s solver.Solver) {
	rng := rand.New(rand.NewPCG(11, 12))
	for range proofModels {
		m := randomModel(rng)
		if supported(m, solver.Optimal, s.Support()) {
			status, best := enumerate(m)
			checkProof(t, s, m, status, best)
		}
	}
	for range proofModels / 3 {
		if m := randomAssignment(rng); supported(m, solver.Optimal, s.Support()) {
			status, best := enumerateAssignment(m)
			checkProof(t, s, m, status, best)
		}
	}
}

const proofModels = 30

func checkProof(t *testing.T, s solver.Solver, m *mip.Model, status solver.Status, best float64) {
	t.Helper()
	r := solve(t, s, m, solver.Params{Seed: 1})
	proofs := []*solver.Proof{r.Proof}
	if r.Multipliers != nil {
		if len(r.Multipliers) != len(m.Rows) {
			t.Fatalf("%d multipliers for %d rows", len(r.Multipliers), len(m.Rows))
		}
		proofs = append(proofs, solver.NewProof(r.Multipliers))
	}
	if status == solver.Infeasible {
		refuted := certify.Refute(context.Background(), m, r.Proof, nil, certify.Limits{}) != nil
		if s.Support().Proofs && !refuted {
			t.Errorf("infeasible, and what was handed over does not prove it: %+v", *m)
		}
		return
	}
	built, err := certify.Build(context.Background(), m, r.Values, [][]*solver.Proof{proofs}, nil, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	got := built.Levels[0].Bound
	if got > best+objTol*math.Max(1, math.Abs(best)) {
		t.Fatalf("proven %v, and the optimum is %v", got, best)
	}
	if s.Support().Proofs && got < r.Bound-proofTol*math.Max(1, math.Abs(r.Bound)) {
		t.Errorf("claimed %v, what was handed over proves %v: %+v", r.Bound, got, *m)
	}
}

// Odd is a model whose relaxation is 6 at (1/2, 1/2, 1/2), and 7 in integers: three pairs of three columns, each at least one.
// Multipliers of its root prove 6.
func Odd() *mip.Model {
	m := &mip.Model{Name: "odd"}
	level := mip.Level{Name: "cost", Scale: 1}
	for j, cost := range []float64{3, 5, 4} {
		m.AddColumn(mip.Column{Name: string(rune('x' + j)), Upper: 1, Integer: true})
		level.Terms = append(level.Terms, mip.Term{Col: mip.Col(j), Coef: cost})
	}
	for _, pair := range [][2]mip.Col{{0, 1}, {1, 2}, {0, 2}} {
		m.AddRow(mip.Constraint{Name: "pair", Lower: 1, Upper: mip.Inf, Terms: []mip.Term{{Col: pair[0], Coef: 1}, {Col: pair[1], Coef: 1}}})
	}
	m.AddLevel(level)
	return m
}

// CheckMultipliers fails where a backend that solves relaxations does not hand over multipliers that prove the bound of that of
// [Odd].
func CheckMultipliers(t *testing.T, s solver.Solver) {
	t.Helper()
	m := Odd()
	r := solve(t, s, m, solver.Params{})
	if r.Multipliers == nil {
		t.Fatal("no multipliers")
	}
	built, err := certify.Build(context.Background(), m, r.Values, [][]*solver.Proof{{solver.NewProof(r.Multipliers)}}, nil, certify.Limits{})
	if err != nil || built.Levels[0].Bound != 6 {
		t.Errorf("%v prove %g, want 6: %v", r.Multipliers, built.Levels[0].Bound, err)
	}
}

// testWarm solves models that differ a little from one solved before, from what that left behind: the answers are those of
// a cold solve.
func testWarm(t *testing.T, s solver.Solver) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 12 {
		m := randomAssignment(rng)
		before := solve(t, s, m, solver.Params{Seed: 1})
		changed := clone(m)
		disturb(rng, changed)
		status, best := enumerateAssignment(changed)
		r := solve(t, s, changed, solver.Params{Seed: 1, Start: before.Values, Warm: before.Warm})
		if r.Status != status || status == solver.Optimal && !near(r.Objective, best) {
			t.Errorf("warm: %s %v, cold %s %v", r.Status, r.Objective, status, best)
		}
	}
	// What another model left behind, or nobody, may only cost time.
	m := easy()
	_, best := enumerateAssignment(m)
	for _, warm := range []*solver.Warm{{}, {Multipliers: []float64{math.NaN(), 1}}, {Basis: make([]solver.BasisStatus, 3)},
		{Multipliers: make([]float64, len(m.Rows)), Basis: make([]solver.BasisStatus, len(m.Rows)+len(m.Columns))}} {
		if r := solve(t, s, m, solver.Params{Warm: warm}); r.Status != solver.Optimal || !near(r.Objective, best) {
			t.Errorf("warm from %+v: %s %v, want %v", *warm, r.Status, r.Objective, best)
		}
	}
}

// disturb changes one side, one cost or one bound.
func disturb(rng *rand.Rand, m *mip.Model) {
	switch last := len(m.Rows) - 1; rng.IntN(3) {
	case 0:
		m.Rows[last].Upper += float64(rng.IntN(9) - 4)
	case 1:
		m.Levels[0].Terms[rng.IntN(len(m.Columns))].Coef += float64(rng.IntN(21) - 10)
	default:
		j := rng.IntN(len(m.Columns))
		m.Columns[j].Lower = 1
		if rng.IntN(2) == 0 {
			m.Columns[j].Lower, m.Columns[j].Upper = 0, 0
		}
	}
}
