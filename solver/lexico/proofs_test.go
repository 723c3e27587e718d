package lexico_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// relaxing is native, with the multipliers of the root's relaxation handed over.
type relaxing struct {
	native.Native
	relaxed []float64 // objectives of the relaxations, one for each solve
}

func (s *relaxing) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	r, err := s.Native.Solve(ctx, m, p)
	lower, upper := make([]float64, len(m.Columns)), make([]float64, len(m.Columns))
	for j, c := range m.Columns {
		lower[j], upper[j] = c.Lower, c.Upper
	}
	root := s.Native.Relax(m).Solve(ctx, lower, upper, solver.Params{})
	s.relaxed = append(s.relaxed, root.Objective)
	r.Proof, r.Multipliers = nil, root.Duals
	return r, err
}

// chain is a model whose relaxations are tight but for rounding: a path of precedences, with levels whose optima conflict.
func chain(r *rand.Rand) *mip.Model {
	m := &mip.Model{}
	const n = 6
	for range n {
		m.AddColumn(mip.Column{Upper: float64(1 + r.IntN(4)), Integer: true})
	}
	for i := range n - 1 {
		m.AddRow(mip.Constraint{Lower: 1, Upper: mip.Inf, Terms: []mip.Term{{Col: mip.Col(i), Coef: 1}, {Col: mip.Col(i + 1), Coef: 1}}})
	}
	for range 3 {
		l := mip.Level{Scale: 1, Constant: float64(r.IntN(5))}
		for j := range n {
			l.Terms = append(l.Terms, mip.Term{Col: mip.Col(j), Coef: float64(r.IntN(9) - 2)})
		}
		m.AddLevel(l)
	}
	return m
}

// TestProofsCertify: the multipliers of each solve's own rows, counted anew, prove in exact arithmetic what the
// relaxation of that solve had: no level is left with less, and no relaxation is solved for it.
func TestProofsCertify(t *testing.T) {
	rows := 0
	for seed := range uint64(200) {
		m := chain(rand.New(rand.NewPCG(seed, 1)))
		s := &relaxing{}
		res, err := lexico.Solve(context.Background(), m, s, solver.Params{})
		if err != nil || res.Status != solver.Optimal {
			t.Fatalf("seed %d: %s, %v", seed, res.Status, err)
		}
		proofs := res.Proofs()
		built, err := certify.Build(context.Background(), m, res.Values, proofs, nil, certify.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := certify.Verify(m, res.Values, built.Certificate); err != nil {
			t.Fatal(err)
		}
		for k, l := range built.Levels {
			if l.Bound < relaxation(m, res.Values, k) {
				t.Errorf("seed %d: level %d: certified %g, relaxation %g, value %g, %d proofs", seed, k, l.Bound, relaxation(m, res.Values, k), l.Value, len(proofs[k]))
			}
			if k > 0 && len(proofs[k]) > 0 {
				rows++
			}
		}
	}
	if rows < 100 {
		t.Errorf("only %d levels after the first were proven by what was handed over", rows)
	}
}

// relaxation is the bound of level k's relaxation among the points that keep x's values before, rounded up.
func relaxation(m *mip.Model, x []float64, k int) float64 {
	c := m.WithLevel(k)
	for i := range k {
		l := m.Levels[i]
		c.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: l.Value(x) - l.Constant, Terms: l.Terms})
	}
	lower, upper := make([]float64, len(m.Columns)), make([]float64, len(m.Columns))
	for j, col := range m.Columns {
		lower[j], upper[j] = col.Lower, col.Upper
	}
	return math.Ceil(native.Native{}.Relax(c).Solve(context.Background(), lower, upper, solver.Params{}).Objective - 1e-6)
}

// TestLimitsFollowTheirRows: limits of leaves are renumbered with the rows, in order, and go where one of these has gone.
func TestLimitsFollowTheirRows(t *testing.T) {
	m := &mip.Model{}
	level := mip.Level{Name: "cost", Scale: 1}
	limit := func(name string, first int) mip.Constraint {
		return mip.Constraint{Name: name, Lower: -mip.Inf, Upper: 3, Terms: []mip.Term{{Col: mip.Col(first), Coef: 2}, {Col: mip.Col(first + 1), Coef: 2}}}
	}
	for j := range 4 {
		level.Terms = append(level.Terms, mip.Term{Col: m.AddColumn(mip.Column{Name: fmt.Sprint("x", j), Upper: 1, Integer: true}), Coef: float64(-2 - j)})
	}
	m.AddRow(limit("a", 0))
	m.AddRow(limit("b", 2))
	m.AddLevel(level)
	x := []float64{0, 1, 0, 1}
	proof := solver.NewProof([]float64{})
	proof.Nodes[0].Limits = []int{0, 1}
	for name, rows := range map[string]struct {
		names []string
		want  float64
	}{"as before": {[]string{"a", "b"}, -8}, "the other way round": {[]string{"b", "a"}, -8}, "one is gone": {[]string{"b"}, -14}} {
		to := &mip.Model{Columns: m.Columns, Levels: m.Levels}
		for _, row := range rows.names {
			to.AddRow(limit(row, map[string]int{"a": 0, "b": 2}[row]))
		}
		w := (&lexico.Warm{Values: x, Proofs: [][]*solver.Proof{{proof}}}).Rename(m, to)
		built, err := certify.Build(context.Background(), to, x, w.Proofs, nil, certify.Limits{})
		if err != nil || built.Levels[0].Bound != rows.want {
			t.Errorf("%s: proven %g, want %g: %v", name, built.Levels[0].Bound, rows.want, err)
		}
	}
}
