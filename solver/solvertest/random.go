package solvertest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

const (
	randomModels      = 60
	randomAssignments = 15
	assignmentSize    = 5 // 5! = 120 permutations to enumerate
)

// runRandom compares with enumeration on integer models small enough for it.
func runRandom(t *testing.T, s solver.Solver) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range randomModels {
		m := randomModel(rng)
		if !supported(m, solver.Optimal, s.Support()) {
			continue
		}
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			status, objective := enumerate(m)
			checkAnswer(t, s, m, status, objective)
			if t.Failed() {
				t.Logf("model: %+v", *m)
			}
		})
	}
}

// randomModel draws up to six integer columns in boxes of up to four values and up to five rows of every sense.
// About a quarter are infeasible.
func randomModel(rng *rand.Rand) *mip.Model {
	m := &mip.Model{Name: "random"}
	var x []float64 // a point near which the rows' sides lie
	for j := range 1 + rng.IntN(6) {
		lower, width := float64(rng.IntN(5)-2), rng.IntN(4)
		m.AddColumn(mip.Column{Name: fmt.Sprintf("x%d", j), Lower: lower, Upper: lower + float64(width), Integer: true})
		x = append(x, lower+float64(rng.IntN(width+1)))
	}
	for i := range rng.IntN(6) {
		r := mip.Constraint{Name: fmt.Sprintf("r%d", i), Lower: math.Inf(-1), Upper: mip.Inf, Terms: randomTerms(rng, m, 4)}
		side := mip.Dot(r.Terms, x)
		if rng.IntN(5) == 0 {
			side += float64(rng.IntN(5) - 2)
		}
		switch rng.IntN(5) {
		case 0, 1:
			r.Upper = side
		case 2:
			r.Lower = side
		case 3:
			r.Lower, r.Upper = side, side+float64(rng.IntN(4))
		default:
			r.Lower, r.Upper = side, side
		}
		m.AddRow(r)
	}
	m.AddLevel(mip.Level{Name: "objective", Scale: 1, Terms: randomTerms(rng, m, 20), Constant: float64(rng.IntN(7) - 3)})
	return m
}

func randomTerms(rng *rand.Rand, m *mip.Model, size int) []mip.Term {
	var terms []mip.Term
	for j := range m.Columns {
		if rng.IntN(4) > 0 {
			terms = append(terms, mip.Term{Col: mip.Col(j), Coef: float64(rng.IntN(2*size+1) - size)})
		}
	}
	return terms
}

// enumerate solves a model of integer columns in small boxes by trying all points.
func enumerate(m *mip.Model) (solver.Status, float64) {
	best := math.Inf(1)
	x := make([]float64, len(m.Columns))
	var try func(j int)
	try = func(j int) {
		if j == len(x) {
			if m.Violation(x, mip.FeasTol) == "" {
				best = math.Min(best, objective(m, x))
			}
			return
		}
		for v := math.Ceil(m.Columns[j].Lower); v <= m.Columns[j].Upper; v++ {
			x[j] = v
			try(j + 1)
		}
	}
	try(0)
	if math.IsInf(best, 1) {
		return solver.Infeasible, math.NaN()
	}
	return solver.Optimal, best
}

// runAssignments compares assignments with side rows with enumeration over permutations.
func runAssignments(t *testing.T, s solver.Solver) {
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range randomAssignments {
		m := randomAssignment(rng)
		if !supported(m, solver.Optimal, s.Support()) {
			continue
		}
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			status, objective := enumerateAssignment(m)
			checkAnswer(t, s, m, status, objective)
		})
	}
}

// randomAssignment draws square costs with a quota and a budget that cut off some permutations.
func randomAssignment(rng *rand.Rand) *mip.Model { return squareAssignment(rng, assignmentSize) }

// squareAssignment is the same at any size.
func squareAssignment(rng *rand.Rand, n int) *mip.Model {
	m := &mip.Model{Name: "assignment"}
	var cost, quota, budget []mip.Term
	rows := make([]mip.Constraint, 2*n)
	for k := range rows {
		rows[k] = mip.Constraint{Name: fmt.Sprintf("one%d", k), Lower: 1, Upper: 1}
	}
	for i := range n {
		for k := range n {
			j := m.AddColumn(mip.Column{Name: fmt.Sprintf("x%d_%d", i, k), Upper: 1, Integer: true})
			rows[i].Terms = append(rows[i].Terms, mip.Term{Col: j, Coef: 1})
			rows[n+k].Terms = append(rows[n+k].Terms, mip.Term{Col: j, Coef: 1})
			cost = append(cost, mip.Term{Col: j, Coef: float64(rng.IntN(50))})
			budget = append(budget, mip.Term{Col: j, Coef: float64(rng.IntN(10))})
			if rng.IntN(3) == 0 {
				quota = append(quota, mip.Term{Col: j, Coef: 1})
			}
		}
	}
	for _, r := range rows {
		m.AddRow(r)
	}
	m.AddRow(mip.Constraint{Name: "quota", Lower: 2, Upper: mip.Inf, Terms: quota})
	m.AddRow(mip.Constraint{Name: "budget", Lower: math.Inf(-1), Upper: float64(14*n/assignmentSize + rng.IntN(3*n)), Terms: budget})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: cost})
	return m
}

func enumerateAssignment(m *mip.Model) (solver.Status, float64) {
	const n = assignmentSize
	best := math.Inf(1)
	x := make([]float64, n*n)
	var try func(i int, used uint)
	try = func(i int, used uint) {
		if i == n {
			if m.Violation(x, mip.FeasTol) == "" {
				best = math.Min(best, objective(m, x))
			}
			return
		}
		for k := range n {
			if used&(1<<k) == 0 {
				x[i*n+k] = 1
				try(i+1, used|1<<k)
				x[i*n+k] = 0
			}
		}
	}
	try(0, 0)
	if math.IsInf(best, 1) {
		return solver.Infeasible, math.NaN()
	}
	return solver.Optimal, best
}
