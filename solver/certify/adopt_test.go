package certify_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/native"
)

// handed is a proof of m's only level by branching on the relaxation until every leaf is done; it says what it proves.
func handed(m *mip.Model, value float64) (*solver.Proof, float64) {
	relaxation := native.Native{}.Relax(m)
	p := solver.NewProof(nil)
	lower, upper := make([]float64, len(m.Columns)), make([]float64, len(m.Columns))
	for j, c := range m.Columns {
		lower[j], upper[j] = c.Lower, c.Upper
	}
	var grow func(node int) float64
	grow = func(node int) float64 {
		got := relaxation.Solve(context.Background(), lower, upper, solver.Params{})
		if got.Status == solver.Infeasible {
			p.Exclude(node, got.Ray)
			return math.Inf(1)
		}
		p.Weigh(node, got.Duals)
		for j, x := range got.Values {
			if math.Abs(x-math.Round(x)) < 1e-6 || got.Objective > value-1e-6 {
				continue
			}
			l, u, at := lower[j], upper[j], math.Floor(x)
			low, high := p.Branch(node, j, int64(at))
			upper[j] = at
			a := grow(low)
			lower[j], upper[j] = at+1, u
			b := grow(high)
			lower[j] = l
			return math.Min(a, b)
		}
		return got.Objective
	}
	return p, grow(0)
}

// TestAdopt: a tree that was handed over is used as it is: without a relaxation of its own Build proves what it says.
func TestAdopt(t *testing.T) {
	trees := 0
	each(t, 300, true, func(_ *rand.Rand, m *mip.Model, all [][]float64, x []float64) {
		m.Levels = m.Levels[:1]
		want := least(m, all, x, 0)
		p, said := handed(m, want)
		if len(p.Nodes) > 1 {
			trees++
		}
		b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Levels[0].Bound; got > want || got < math.Min(said, want)-1e-4 {
			t.Fatalf("%+v: proven %g, handed over %g, least %g, %+v", m, got, said, want, *p)
		}
		verify(t, m, x, b)
	})
	if trees < 30 {
		t.Errorf("only %d proofs had branches", trees)
	}
}

// TestAdoptNonsense: whatever is handed over, nothing is proven that is not true, and the certificate holds.
func TestAdoptNonsense(t *testing.T) {
	each(t, 300, false, func(r *rand.Rand, m *mip.Model, all [][]float64, x []float64) {
		var proofs [][]*solver.Proof
		for range m.Levels {
			proofs = append(proofs, []*solver.Proof{nil, nonsense(r, m), nonsense(r, m), {}})
		}
		for _, relaxer := range []solver.Relaxer{nil, native.Native{}} {
			b, err := certify.Build(context.Background(), m, x, proofs, relaxer, certify.Limits{Work: 10})
			if err != nil {
				t.Fatal(err)
			}
			verify(t, m, x, b)
			for k := range m.Levels {
				if want := least(m, all, x, k); b.Levels[k].Bound > want {
					t.Fatalf("%+v at %v: level %d has bound %g, least %g", m, x, k, b.Levels[k].Bound, want)
				}
			}
		}
	})
}

// nonsense is a proof of random nodes: columns that do not exist, children out of order, sets that overlap.
func nonsense(r *rand.Rand, m *mip.Model) *solver.Proof {
	rows := len(m.Rows) + len(m.Levels) + 2
	y := func() []float64 {
		out := make([]float64, r.IntN(rows+1))
		for i := range out {
			out[i] = float64(r.IntN(33)-16) / 8
		}
		return out
	}
	p := solver.NewProof(y())
	for i := 0; i < len(p.Nodes) && i < 8; i++ {
		switch n := len(m.Columns); r.IntN(4) {
		case 0:
			p.Branch(i, r.IntN(n+2)-1, int64(r.IntN(5)-2))
		case 1:
			p.Split(i, []int{r.IntN(n), r.IntN(n) + 1})
		case 2:
			p.Weigh(i, y())
		default:
			p.Exclude(i, y())
		}
		if r.IntN(9) == 0 {
			p.Nodes[i].Low, p.Nodes[i].High = r.IntN(9)-1, r.IntN(9)-1
		}
	}
	return p
}

// TestAdoptSplit: the split and the two leaves that reduced costs give; the second weighs the split's own row.
func TestAdoptSplit(t *testing.T) {
	m := odd()
	for j, c := range []float64{3, 5, 9} {
		m.Levels[0].Terms[j].Coef = c
	}
	x := []float64{1, 1, 0} // 8; with z, 3 + 9 at least
	p := solver.NewProof(nil)
	zero, some := p.Split(0, []int{2})
	p.Weigh(zero, []float64{0, 5, 3})
	p.Weigh(some, []float64{3, 0, 0, 9})
	b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if b.Levels[0].Bound != 8 || b.Levels[0].Leaves != 2 {
		t.Errorf("%+v, want bound 8 with two leaves", b.Levels[0])
	}
	verify(t, m, x, b)
}

// TestAdoptBytes: of a proof too long for the certificate the nodes made first remain.
func TestAdoptBytes(t *testing.T) {
	m := odd()
	for j, c := range []float64{3, 5, 4} {
		m.Levels[0].Terms[j].Coef = c
	}
	p, _ := handed(m, 7)
	if len(p.Nodes) < 3 {
		t.Fatal("the proof has no branch")
	}
	b, err := certify.Build(context.Background(), m, []float64{1, 0, 1}, [][]*solver.Proof{{p}}, nil, certify.Limits{Bytes: 330})
	if err != nil {
		t.Fatal(err)
	}
	if b.Levels[0].Bound != 6 || b.Levels[0].Leaves != 1 {
		t.Errorf("%+v, want the root's bound of 6", b.Levels[0])
	}
	verify(t, m, []float64{1, 0, 1}, b)
}

// TestProofBound: the quick look in floating point says what certify says exactly, of sound proofs and of nonsense.
func TestProofBound(t *testing.T) {
	looked := 0
	each(t, 300, true, func(r *rand.Rand, m *mip.Model, all [][]float64, x []float64) {
		m.Levels = m.Levels[:1]
		sound, _ := handed(m, least(m, all, x, 0))
		for _, p := range []*solver.Proof{sound, nonsense(r, m)} {
			b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			got, exact := p.Bound(m), b.Levels[0].Bound
			if trivial := m.TrivialBound(&m.Levels[0]); p == sound && (got > exact+1e-4 && got > trivial || got < least(m, all, x, 0)-1e-4 && got < exact-1e-4) {
				t.Fatalf("%+v: %g in floating point, %g exactly: %+v", m, got, exact, *p)
			}
			if want := least(m, all, x, 0); got > want+1e-6 {
				t.Fatalf("%+v: %g in floating point, the least is %g: %+v", m, got, want, *p)
			}
			looked++
		}
	})
	if looked < 200 {
		t.Errorf("only %d proofs", looked)
	}
}
