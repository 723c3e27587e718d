package solver_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native"
)

// TestClimbIsABound: on random models, some with sums, it is never above the relaxation and never below Ascend.
func TestClimbIsABound(t *testing.T) {
	gained := 0
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 4))
		m := anyModel(r)
		withSum(m, r)
		relaxed, status := relaxation(m)
		y, bound := solver.Climb(m)
		if status != solver.Optimal {
			continue
		}
		if math.IsNaN(bound) || bound > relaxed+1e-6 {
			t.Fatalf("seed %d: bound %g, relaxation %g", seed, bound, relaxed)
		}
		_, single := solver.Ascend(m)
		if _, again := solver.AscendFrom(m, y); again < bound-1e-6 {
			t.Fatalf("seed %d: the multipliers give %g, not %g", seed, again, bound)
		}
		if bound > single+1e-6 {
			gained++
		}
	}
	if gained < 5 {
		t.Errorf("only %d bounds are above those of single rows", gained)
	}
}

// withSum counts the integer columns of m in a column of its own, of which some have to be.
func withSum(m *mip.Model, r *rand.Rand) {
	var terms []mip.Term
	for j, c := range m.Columns {
		if c.Integer && c.Lower >= 0 && !math.IsInf(c.Upper, 1) {
			terms = append(terms, mip.Term{Col: mip.Col(j), Coef: 1})
		}
	}
	if len(terms) < 2 {
		return
	}
	sum := m.AddColumn(mip.Column{Upper: 100})
	m.AddRow(mip.Constraint{Terms: append(terms, mip.Term{Col: sum, Coef: -1})})
	m.AddRow(mip.Constraint{Lower: float64(r.IntN(3)), Upper: mip.Inf, Terms: []mip.Term{{Col: sum, Coef: 1}}})
}

// TestClimbSums: two moves in the first year and five in both, counted in columns of their own: single rows see two.
func TestClimbSums(t *testing.T) {
	m := &mip.Model{}
	level := mip.Level{Scale: 1}
	var years [2][]mip.Term
	for k := range 12 {
		j := m.AddColumn(mip.Column{Upper: 1, Integer: true})
		years[k%2] = append(years[k%2], mip.Term{Col: j, Coef: 1})
		level.Terms = append(level.Terms, mip.Term{Col: j, Coef: 1})
	}
	m.AddRow(mip.Constraint{Lower: 2, Upper: mip.Inf, Terms: years[0]})
	both := mip.Constraint{Lower: 5, Upper: mip.Inf}
	for _, moves := range years {
		sum := m.AddColumn(mip.Column{Upper: 6})
		m.AddRow(mip.Constraint{Terms: append(moves, mip.Term{Col: sum, Coef: -1})})
		both.Terms = append(both.Terms, mip.Term{Col: sum, Coef: 1})
	}
	m.AddRow(both)
	m.AddLevel(level)
	if _, bound := solver.Ascend(m); bound != 2 {
		t.Errorf("single rows: %g, want 2", bound)
	}
	if _, bound := solver.Climb(m); bound != 5 {
		t.Errorf("bound %g, want 5", bound)
	}
}

// TestBounder: a large model keeps its start and gets a bound; a small one is solved.
func TestBounder(t *testing.T) {
	m := &mip.Model{Choices: 3}
	level := mip.Level{Scale: 1}
	row := mip.Constraint{Lower: 1, Upper: 1}
	for j := range 3 {
		col := m.AddColumn(mip.Column{Upper: 1, Integer: true})
		row.Terms = append(row.Terms, mip.Term{Col: col, Coef: 1})
		level.Terms = append(level.Terms, mip.Term{Col: col, Coef: float64(3 + j)})
	}
	m.AddRow(row)
	m.AddLevel(level)
	start := []float64{0, 0, 1}
	for most, want := range map[int]float64{2: 5, 3: 3} {
		found, err := solver.Bounder{Solver: native.New(), Most: most}.Solve(t.Context(), m, solver.Params{Start: start})
		if err != nil || found.Objective != want || found.Bound != 3 {
			t.Errorf("at most %d: %g of %g (%v), want %g of 3", most, found.Objective, found.Bound, err, want)
		}
	}
}
