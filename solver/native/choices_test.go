package native

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// drawChoices is a random problem of choices under limits: some may choose nothing, some options load two limits or none, and
// weights may be fractions.
func drawChoices(r *rand.Rand, count, limits int) *mip.Model {
	m := &mip.Model{Name: "choices", Levels: []mip.Level{{Name: "cost", Scale: 1}}}
	rows := make([]mip.Constraint, limits)
	for i := range rows {
		rows[i] = mip.Constraint{Name: fmt.Sprint("limit", i), Lower: math.Inf(-1), Upper: float64(4 + r.IntN(3*count/limits+4))}
	}
	fraction := float64(r.IntN(2)) / 2
	for k := range count {
		choice := mip.Constraint{Name: fmt.Sprint("choice", k), Lower: float64(min(1, r.IntN(4))), Upper: 1}
		for i := range limits + r.IntN(2) {
			j := m.AddColumn(mip.Column{Name: fmt.Sprint("x", len(m.Columns)), Upper: 1, Integer: true})
			m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: j, Coef: float64(r.IntN(40) - 10)})
			choice.Terms = append(choice.Terms, mip.Term{Col: j, Coef: 1})
			for _, i := range []int{i, r.IntN(3 * limits)} {
				if i < limits && (len(rows[i].Terms) == 0 || rows[i].Terms[len(rows[i].Terms)-1].Col != j) {
					rows[i].Terms = append(rows[i].Terms, mip.Term{Col: j, Coef: float64(1+r.IntN(8)) + fraction})
				}
			}
		}
		m.AddRow(choice)
	}
	for _, row := range rows {
		m.AddRow(row)
	}
	return m
}

// leastChoices is the optimum by trying all choices; +Inf where there is no point.
func leastChoices(m *mip.Model, count int) float64 {
	best, x := math.Inf(1), make([]float64, len(m.Columns))
	var try func(k int)
	try = func(k int) {
		if k == count {
			if m.Violation(x, 1e-9) == "" {
				best = math.Min(best, m.Levels[0].Value(x))
			}
			return
		}
		if m.Rows[k].Lower == 0 {
			try(k + 1)
		}
		for _, term := range m.Rows[k].Terms {
			x[term.Col] = 1
			try(k + 1)
			x[term.Col] = 0
		}
	}
	try(0)
	return best
}

// laid is the search of a model at its root with an incumbent, and its choices, begun there; nil where there is no point.
func laid(t *testing.T, m *mip.Model) (*search, *choices) {
	p := newProblem(m)
	s := newSearch(p, options{}, newMeter(context.Background(), solver.Params{}))
	s.lp = newSimplex(p, s.mt, 0)
	if !s.jump(make([]float64, p.n)) || s.relax(s.lo, s.hi) != lpOptimal {
		return nil, nil
	}
	n := s.layNeighbours()
	c := s.layChoices(n)
	if c == nil {
		t.Fatal("not seen as choices")
	}
	c.set(s.best)
	return s, c
}

// TestEnumeration compares the optimum of all choices at once, and the bound from worths, with full enumeration.
func TestEnumeration(t *testing.T) {
	seen, tight := 0, 0
	for seed := range uint64(300) {
		m := drawChoices(rand.New(rand.NewPCG(seed, 11)), 4, 3)
		want := leastChoices(m, 4)
		s, c := laid(t, m)
		if s == nil {
			continue
		}
		seen++
		before := s.p.objective(s.best)
		e := c.all(1 - stepSlack)
		e.open()
		bound := e.ascend(50)
		if bound > want+1e-6 && want < before {
			t.Fatalf("seed %d: bound %g, the optimum is %g", seed, bound, want)
		}
		if bound > want-1 {
			tight++
		}
		if !e.run(math.MaxInt) {
			t.Fatalf("seed %d: not to the end", seed)
		}
		if e.close(); c.value != want {
			t.Fatalf("seed %d: from %g to %g, the optimum is %g", seed, before, c.value, want)
		}
	}
	if seen < 200 || tight < seen/4 {
		t.Fatalf("the draw is one-sided: %d problems with a point, %d tight bounds", seen, tight)
	}
}

// TestLook: neighbourhoods lead from point to point, the best of which is kept, with sums and values that are right, to the
// optimum nearly always.
func TestLook(t *testing.T) {
	seen, reached := 0, 0
	for seed := range uint64(60) {
		m := drawChoices(rand.New(rand.NewPCG(seed, 12)), 6, 3)
		want := leastChoices(m, 6)
		s, c := laid(t, m)
		if s == nil {
			continue
		}
		seen++
		c.size = 3
		c.whole = false
		for range 300 {
			c.look(1 - stepSlack)
			c.size = math.Min(c.size, 3)
			at := *c
			at.best = c.at
			x := at.point(make([]float64, s.p.n))
			if !s.p.feasible(x) || s.p.objective(x) != c.value || c.least > c.value || c.least < want {
				t.Fatalf("seed %d: a point of %g said to be of %g, the best of %g, the optimum is %g", seed, s.p.objective(x), c.value, c.least, want)
			}
		}
		if c.least == want {
			reached++
		}
	}
	if seen < 30 || reached < seen*9/10 {
		t.Fatalf("the optimum was reached in %d of %d problems", reached, seen)
	}
}

// TestNoChoices: a column outside all rows of choice, or a row that asks for weight, and a problem is not taken for one of choices.
func TestNoChoices(t *testing.T) {
	change := map[string]func(m *mip.Model){
		"": func(*mip.Model) {},
		"a column of another kind": func(m *mip.Model) {
			j := m.AddColumn(mip.Column{Name: "excess", Upper: 3})
			m.Rows[len(m.Rows)-1].Terms = append(m.Rows[len(m.Rows)-1].Terms, mip.Term{Col: j, Coef: -1})
		},
		"a row that asks for weight": func(m *mip.Model) { m.Rows[len(m.Rows)-1].Lower = 1 },
		"a weight below zero":        func(m *mip.Model) { m.Rows[len(m.Rows)-1].Terms[0].Coef = -1 },
	}
	for name, edit := range change {
		m, _ := blocks(rand.New(rand.NewPCG(1, 7)))
		edit(m)
		p := newProblem(m)
		s := newSearch(p, options{}, newMeter(context.Background(), solver.Params{}))
		s.lp = newSimplex(p, s.mt, 0)
		s.relax(s.lo, s.hi)
		if got := s.layNeighbours().choices != nil; got != (name == "") {
			t.Errorf("%q: choices %v", name, got)
		}
	}
}

// TestSolveChoices: whole solves of problems of choices against the optimum by enumeration, block by block.
func TestSolveChoices(t *testing.T) {
	for seed := range uint64(40) {
		m, want := blocks(rand.New(rand.NewPCG(seed, 13)))
		for _, s := range []Native{{}, {relaxed: true}} {
			res, _ := s.Solve(context.Background(), m, solver.Params{})
			if res.Status != solver.Optimal || res.Objective != want || m.Violation(res.Values, 1e-9) != "" {
				t.Fatalf("seed %d: %s %g, want %g", seed, res.Status, res.Objective, want)
			}
		}
	}
}
