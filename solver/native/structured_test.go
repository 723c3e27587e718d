package native

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/solvertest"
)

// eager uses the assignment in a model whatever its size.
var eager = Native{leastPairs: 1}

func TestStructuredConformance(t *testing.T) { solvertest.Run(t, eager) }

// TestStructuredAgainstEnumeration: assignments with floors, ceilings, ranges, shortages at a price, stays, vacancies and
// couples, solved by way of the assignment, against all their points.
func TestStructuredAgainstEnumeration(t *testing.T) { againstEnumeration(t, randomAssignment, 20) }

// TestLinksAgainstEnumeration: the same with a ladder of burdens that some pairs reach, at a price a step.
func TestLinksAgainstEnumeration(t *testing.T) {
	againstEnumeration(t, func(r *rand.Rand) *mip.Model {
		m := randomAssignment(r)
		randomLadder(r, m)
		return m
	}, 10)
}

// againstEnumeration solves random models; so many at least of a hundred shall have no solution.
func againstEnumeration(t *testing.T, build func(*rand.Rand) *mip.Model, barren int) {
	feasible, infeasible, used := 0, 0, 0
	for seed := range uint64(100) {
		m := build(rand.New(rand.NewPCG(seed, 21)))
		r := &run{p: newProblem(m), mt: newMeter(context.Background(), solver.Params{}), leastPairs: 1}
		if pre, ok := presolve(r.p); ok && pre.n > 0 && r.structure(pre, structuredShare) != nil {
			used++
		}
		want := enumerate(m)
		got, err := eager.Solve(context.Background(), m, solver.Params{})
		if err != nil {
			t.Fatal(err)
		}
		if math.IsInf(want, 1) {
			infeasible++
			if got.Status != solver.Infeasible {
				t.Fatalf("seed %d: %+v, want infeasible", seed, got)
			}
			continue
		}
		feasible++
		if got.Status != solver.Optimal || got.Objective != want || got.Bound > want || got.Bound < want-1e-6 {
			t.Fatalf("seed %d: %+v, want %g", seed, got, want)
		}
		if v := m.Violation(got.Values, 1e-9); v != "" {
			t.Fatalf("seed %d: %s", seed, v)
		}
		if _, bound := solver.AscendFrom(m, got.Multipliers); bound > want+1e-6 {
			t.Fatalf("seed %d: multipliers prove %g of %g", seed, bound, want)
		}
	}
	if feasible < 40 || infeasible < barren || used < 20 {
		t.Errorf("%d feasible, %d infeasible, %d by way of the assignment", feasible, infeasible, used)
	}
}

// randomAssignment has three or four cadres, two or three posts, and a few side rows.
func randomAssignment(r *rand.Rand) *mip.Model {
	m := &mip.Model{}
	level := mip.Level{Scale: 1, Constant: float64(r.IntN(5))}
	column := func(name string, upper float64, cost int) mip.Col {
		j := m.AddColumn(mip.Column{Name: name, Upper: upper, Integer: true})
		level.Terms = append(level.Terms, mip.Term{Col: j, Coef: float64(cost)})
		return j
	}
	var pairs []mip.Col
	cadres, posts := 3+r.IntN(2), 2+r.IntN(2)
	seats := make([]mip.Constraint, posts)
	for i := range cadres {
		row := mip.Constraint{Name: fmt.Sprint("cadre", i), Lower: float64(r.IntN(2)), Upper: 1}
		for k := range posts {
			if r.IntN(4) > 0 {
				j := column(fmt.Sprintf("x%d.%d", i, k), 1, r.IntN(20)-8)
				pairs = append(pairs, j)
				row.Terms = append(row.Terms, mip.Term{Col: j, Coef: 1})
				seats[k].Terms = append(seats[k].Terms, mip.Term{Col: j, Coef: 1})
			}
		}
		if r.IntN(2) == 0 {
			row.Terms = append(row.Terms, mip.Term{Col: column(fmt.Sprint("stay", i), 1, r.IntN(9)), Coef: 1})
		}
		m.AddRow(row)
	}
	for k := range seats {
		seats[k].Name, seats[k].Lower, seats[k].Upper = fmt.Sprint("seat", k), float64(r.IntN(2)), 1
		if r.IntN(3) > 0 {
			seats[k].Terms = append(seats[k].Terms, mip.Term{Col: column(fmt.Sprint("vacant", k), 1, r.IntN(12)), Coef: 1})
		}
		m.AddRow(seats[k])
	}
	for q := range 1 + r.IntN(3) {
		m.AddRow(randomSide(r, q, pairs, column))
	}
	m.AddLevel(level)
	return m
}

// randomSide is a row over some pairs, now and then with a column at a price that it alone has.
func randomSide(r *rand.Rand, q int, pairs []mip.Col, column func(string, float64, int) mip.Col) mip.Constraint {
	row := mip.Constraint{Name: fmt.Sprint("side", q), Lower: -mip.Inf, Upper: mip.Inf}
	for _, j := range pairs {
		if c := r.IntN(4); c > 0 {
			row.Terms = append(row.Terms, mip.Term{Col: j, Coef: float64(c)})
		}
	}
	switch r.IntN(3) {
	case 0:
		row.Lower = float64(r.IntN(7))
	case 1:
		row.Upper = float64(r.IntN(7))
	default:
		row.Lower = float64(r.IntN(4))
		row.Upper = row.Lower + float64(r.IntN(3))
	}
	if r.IntN(2) == 0 {
		coef := 1.0
		if math.IsInf(row.Lower, -1) {
			coef = -1
		}
		row.Terms = append(row.Terms, mip.Term{Col: column(fmt.Sprint("short", q), float64(1+r.IntN(2)), 1+r.IntN(9)), Coef: coef})
	}
	return row
}

// randomLadder adds two or three steps, each no higher than the one before; in every cadre's row some pairs need a step.
func randomLadder(r *rand.Rand, m *mip.Model) {
	steps := make([]mip.Col, 2+r.IntN(2))
	for l := range steps {
		steps[l] = m.AddColumn(mip.Column{Name: fmt.Sprint("step", l), Upper: 1, Integer: true})
		m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: steps[l], Coef: float64(1 + r.IntN(6))})
		if l > 0 {
			m.AddRow(mip.Constraint{Name: fmt.Sprint("ladder", l), Lower: 0, Upper: mip.Inf, Terms: []mip.Term{{Col: steps[l-1], Coef: 1}, {Col: steps[l], Coef: -1}}})
		}
	}
	for i := range 3 {
		for l, step := range steps {
			row := mip.Constraint{Name: fmt.Sprint("burden", i, l), Lower: -mip.Inf, Upper: 0}
			for _, e := range m.Rows[i].Terms {
				if r.IntN(2) == 0 {
					row.Terms = append(row.Terms, e)
				}
			}
			row.Terms = append(row.Terms, mip.Term{Col: step, Coef: -1})
			m.AddRow(row)
		}
	}
}

// TestStructuredWarm: from what a solve left behind, one cost and one side changed, the answer is that of a cold solve.
func TestStructuredWarm(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 23))
		m := randomAssignment(r)
		old, _ := eager.Solve(context.Background(), m, solver.Params{})
		m.Levels[0].Terms[r.IntN(len(m.Levels[0].Terms))].Coef += float64(r.IntN(7) - 3)
		if last := &m.Rows[len(m.Rows)-1]; !math.IsInf(last.Upper, 1) {
			last.Upper++
		}
		warm, _ := eager.Solve(context.Background(), m, solver.Params{Start: old.Values, Warm: old.Warm})
		cold, _ := eager.Solve(context.Background(), m, solver.Params{})
		if warm.Status != cold.Status || cold.Status == solver.Optimal && warm.Objective != cold.Objective {
			t.Fatalf("seed %d: warm %s %g, cold %s %g", seed, warm.Status, warm.Objective, cold.Status, cold.Objective)
		}
	}
}

// TestWarmProof: where the plan stands and an earlier proof still shows that it is good enough, that is the answer; where the proof does
// not, or the plan breaks a row, it is searched for anew.
func TestWarmProof(t *testing.T) {
	stood, anew, short := 0, 0, 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 29))
		m := randomAssignment(r)
		old, _ := eager.Solve(context.Background(), m, solver.Params{})
		if old.Status != solver.Optimal {
			continue
		}
		j := mip.Col(r.IntN(len(m.Columns)))
		switch r.IntN(3) {
		case 0:
			m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: j, Coef: float64(r.IntN(9) - 2)})
		case 1:
			m.Columns[j].Lower = 1
		default:
			m.Columns[j].Upper = 0
		}
		warm, _ := eager.Solve(context.Background(), m, solver.Params{Start: old.Values, Warm: old.Warm})
		want := enumerate(m)
		if math.IsInf(want, 1) != (warm.Status == solver.Infeasible) || !math.IsInf(want, 1) && warm.Objective != want {
			t.Fatalf("seed %d: %s %g, want %g", seed, warm.Status, warm.Objective, want)
		}
		if warm.Status != solver.Optimal {
			continue
		}
		if anew++; warm.Nodes == 0 && warm.Proof == old.Warm.Proof {
			stood++
			anew--
		}
		if got := proven(t, m, warm); got < warm.Bound-1e-3 {
			short++ // what presolve settles alone may take a relaxation to prove
		}
	}
	if stood < 8 || anew < 8 || short > 4 {
		t.Errorf("%d proofs stood, %d solved anew, %d proofs that fall short", stood, anew, short)
	}
}
