package native

import (
	"context"
	"fmt"
	"math"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// shares is two periods of a share: each of people moves in the first, the second or never, at a price, and the second period asks for
// a third of those who did not move in the first, rounded up, as steps say that are or are not taken.
func shares(people, steps int) *mip.Model {
	m := &mip.Model{}
	level := mip.Level{Name: "cost", Scale: 1}
	var first, second []mip.Term
	for i := range people {
		row := mip.Constraint{Name: fmt.Sprint("one", i), Lower: 1, Upper: 1}
		for k, cost := range []float64{0, float64(3 + i%4), float64(4 + i%3)} {
			j := m.AddColumn(mip.Column{Name: fmt.Sprint("x", i, k), Upper: 1, Integer: true})
			row.Terms, level.Terms = append(row.Terms, mip.Term{Col: j, Coef: 1}), append(level.Terms, mip.Term{Col: j, Coef: cost})
		}
		m.AddRow(row)
		first, second = append(first, mip.Term{Col: row.Terms[1].Col, Coef: -1}), append(second, mip.Term{Col: row.Terms[2].Col, Coef: 1})
	}
	before := mip.Col(-1)
	for i := range steps {
		z := m.AddColumn(mip.Column{Name: fmt.Sprint("step", i), Upper: 1, Integer: true})
		if i > 0 {
			m.AddRow(mip.Constraint{Name: fmt.Sprint("steps", i), Lower: math.Inf(-1), Terms: []mip.Term{{Col: z, Coef: 1}, {Col: before, Coef: -1}}})
		}
		before = z
		first, second = append(first, mip.Term{Col: z, Coef: 3}), append(second, mip.Term{Col: z, Coef: 1})
	}
	m.AddRow(mip.Constraint{Name: "taken", Lower: math.Inf(-1), Terms: first})
	m.AddRow(mip.Constraint{Name: "share", Lower: float64(steps), Upper: math.Inf(1), Terms: second})
	m.AddLevel(level)
	return m
}

// TestSteps: the ordered columns are found, no others, and not where they are few; and with them first the optimum is what counting
// says: with k people moved in the first period, the cheapest k, and steps - k/3 in the second, the cheapest of the others.
func TestSteps(t *testing.T) {
	const people, steps = 36, 12
	m := shares(people, steps)
	s := newSearch(newProblem(m), options{}, newMeter(context.Background(), solver.Params{}))
	for j, is := range s.findSteps() {
		if want := j >= 3*people; is != want {
			t.Errorf("column %s is a step: %t, want %t", m.Columns[j].Name, is, want)
		}
	}
	few := newSearch(newProblem(shares(people, stepsLeast-1)), options{}, newMeter(context.Background(), solver.Params{}))
	for j, is := range few.findSteps() {
		if is {
			t.Fatalf("column %d of few is a step", j)
		}
	}
	// all steps untaken: the twelve cheapest cost 4 in the second period; three moves of 3 in the first save one of these, and lose
	want := 4.0 * steps
	found, err := New().Solve(context.Background(), m, solver.Params{Seed: 1})
	if err != nil || found.Status != solver.Optimal || found.Objective != want {
		t.Errorf("%s, %g (%v), want %g", found.Status, found.Objective, err, want)
	}
}
