package lexico_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// counted is native, counting solves.
type counted struct {
	native.Native
	solves int
}

func (c *counted) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	c.solves++
	return c.Native.Solve(ctx, m, p)
}

// staffing is an assignment of n people to n+1 seats, with a cap on a side row and three levels: seats left, dear moves, cost.
func staffing(r *rand.Rand, n int) *mip.Model {
	m := &mip.Model{}
	seats := make([]mip.Constraint, n+1)
	side := mip.Constraint{Name: "side", Lower: -mip.Inf, Upper: float64(2 * n)}
	left, dear, cost := mip.Level{Name: "left", Scale: 1}, mip.Level{Name: "dear", Scale: 1}, mip.Level{Name: "cost", Scale: 1}
	for p := range seats {
		seats[p] = mip.Constraint{Name: fmt.Sprint("seat", p), Lower: 1, Upper: 1}
	}
	for i := range n {
		who := mip.Constraint{Name: fmt.Sprint("who", i), Lower: 1, Upper: 1}
		for p := range seats {
			j := m.AddColumn(mip.Column{Name: fmt.Sprintf("x%d.%d", i, p), Upper: 1, Integer: true})
			t := mip.Term{Col: j, Coef: 1}
			who.Terms, seats[p].Terms = append(who.Terms, t), append(seats[p].Terms, t)
			side.Terms = append(side.Terms, mip.Term{Col: j, Coef: float64(r.IntN(5))})
			cost.Terms = append(cost.Terms, mip.Term{Col: j, Coef: float64(r.IntN(100))})
			if r.IntN(3) == 0 {
				dear.Terms = append(dear.Terms, t)
			}
		}
		m.AddRow(who)
	}
	for p := range seats {
		v := m.AddColumn(mip.Column{Name: fmt.Sprint("empty", p), Upper: 1, Integer: true})
		seats[p].Terms = append(seats[p].Terms, mip.Term{Col: v, Coef: 1})
		left.Terms = append(left.Terms, mip.Term{Col: v, Coef: float64(1 + p%2)})
		m.AddRow(seats[p])
	}
	m.AddRow(side)
	m.Levels = []mip.Level{left, dear, cost}
	return m
}

// change alters one thing: a side, a cost, a pin, or nothing.
func change(r *rand.Rand, m *mip.Model, what int) {
	switch what {
	case 0:
		m.Rows[len(m.Rows)-1].Upper -= float64(1 + r.IntN(3))
	case 1:
		m.Levels[2].Terms[r.IntN(len(m.Levels[2].Terms))].Coef += float64(r.IntN(21) - 10)
	case 2:
		m.Columns[r.IntN(len(m.Columns)-8)].Lower = 1
	}
}

// certified is what a plan folder keeps: the proofs of the certificate.
func certified(t *testing.T, m *mip.Model, res lexico.Result) *lexico.Warm {
	t.Helper()
	built, err := certify.Build(context.Background(), m, res.Values, res.Proofs(), native.Native{}, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return &lexico.Warm{Values: res.Values, Proofs: built.Certificate.Proofs(m), Opening: res.Warm.Opening, Levels: res.Warm.Levels}
}

// TestResolveLikeSolve: whatever little has changed, the answer is that of a cold solve; where nothing has, no solve is
// needed, and over all far fewer are.
func TestResolveLikeSolve(t *testing.T) {
	cold, warm := 0, 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 21))
		m := staffing(r, 7)
		before, err := lexico.Solve(t.Context(), m, native.New(), solver.Params{})
		if err != nil || before.Status != solver.Optimal {
			t.Fatalf("seed %d: %s %v", seed, before.Status, err)
		}
		kept := certified(t, m, before)
		what := int(seed % 4)
		change(r, m, what)
		c, w := &counted{}, &counted{}
		want, err := lexico.Solve(t.Context(), m, c, solver.Params{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := lexico.Resolve(t.Context(), m, w, solver.Params{}, kept)
		if err != nil || got.Status != want.Status {
			t.Fatalf("seed %d: warm %s, cold %s, %v", seed, got.Status, want.Status, err)
		}
		for k := range want.Levels {
			if want.Status == solver.Optimal && (got.Levels[k].Value != want.Levels[k].Value || got.Levels[k].Bound != want.Levels[k].Bound) {
				t.Fatalf("seed %d, change %d, level %d: warm %+v, cold %+v", seed, what, k, got.Levels[k], want.Levels[k])
			}
		}
		if what == 3 && w.solves != 0 {
			t.Errorf("seed %d: nothing changed, and %d solves", seed, w.solves)
		}
		cold, warm = cold+c.solves, warm+w.solves
	}
	if warm*2 > cold {
		t.Errorf("%d solves warm, %d cold", warm, cold)
	}
}

// TestRename: where columns, rows and levels come and go and change their places, what is known by name still holds.
func TestRename(t *testing.T) {
	saved := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 22))
		m := staffing(r, 6)
		before, err := lexico.Solve(t.Context(), m, native.New(), solver.Params{})
		if err != nil {
			t.Fatal(err)
		}
		to := shuffled(r, m)
		want, err := lexico.Solve(t.Context(), to, native.New(), solver.Params{})
		if err != nil {
			t.Fatal(err)
		}
		w := &counted{}
		got, err := lexico.Resolve(t.Context(), to, w, solver.Params{}, certified(t, m, before).Rename(m, to))
		if err != nil || got.Status != want.Status {
			t.Fatalf("seed %d: warm %s, cold %s, %v", seed, got.Status, want.Status, err)
		}
		for k := range want.Levels {
			if want.Status == solver.Optimal && got.Levels[k].Value != want.Levels[k].Value {
				t.Fatalf("seed %d: level %s: warm %g, cold %g", seed, want.Levels[k].Name, got.Levels[k].Value, want.Levels[k].Value)
			}
		}
		if w.solves == 0 {
			saved++
		}
	}
	if saved < 10 {
		t.Errorf("only %d of 40 needed no solve", saved)
	}
}

// shuffled is m with columns and rows in another order, without some of the dear columns, and with a column and a row more.
func shuffled(r *rand.Rand, m *mip.Model) *mip.Model {
	out := &mip.Model{}
	at := make([]mip.Col, len(m.Columns))
	for j := range at {
		at[j] = -1
	}
	for _, j := range r.Perm(len(m.Columns)) {
		if r.IntN(40) > 0 {
			at[j] = out.AddColumn(m.Columns[j])
		}
	}
	extra := out.AddColumn(mip.Column{Name: "extra", Upper: 1, Integer: true})
	kept := func(terms []mip.Term) []mip.Term {
		var ts []mip.Term
		for _, t := range terms {
			if at[t.Col] >= 0 {
				ts = append(ts, mip.Term{Col: at[t.Col], Coef: t.Coef})
			}
		}
		return ts
	}
	out.AddRow(mip.Constraint{Name: "more", Lower: -mip.Inf, Upper: 1, Terms: []mip.Term{{Col: extra, Coef: 1}}})
	for _, i := range r.Perm(len(m.Rows)) {
		row := m.Rows[i]
		row.Terms = kept(row.Terms)
		out.AddRow(row)
	}
	for _, l := range m.Levels {
		l.Terms = kept(l.Terms)
		out.AddLevel(l)
	}
	return out
}
