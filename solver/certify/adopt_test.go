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

// TestAdoptSpoiled: where multipliers below the root are good for nothing, the tree proves what those of the root do.
func TestAdoptSpoiled(t *testing.T) {
	spoiled := 0
	each(t, 300, true, func(_ *rand.Rand, m *mip.Model, all [][]float64, x []float64) {
		m.Levels = m.Levels[:1]
		p, _ := handed(m, least(m, all, x, 0))
		bound := func(p *solver.Proof) float64 {
			b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			return b.Levels[0].Bound
		}
		top := &solver.Proof{Nodes: []solver.ProofNode{{Multipliers: p.Nodes[0].Multipliers}}}
		for k := range p.Nodes[1:] {
			if n := &p.Nodes[k+1]; !n.Ray && n.Multipliers != nil {
				n.Multipliers = make([]float64, len(m.Rows))
				spoiled++
			}
		}
		if got, want := bound(p), bound(top); got < want {
			t.Fatalf("%+v: %g, by the root alone %g", m, got, want)
		}
	})
	if spoiled < 30 {
		t.Errorf("only %d nodes spoiled", spoiled)
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
		switch n := len(m.Columns); r.IntN(6) {
		case 0:
			p.Branch(i, r.IntN(n+2)-1, int64(r.IntN(5)-2))
		case 1:
			p.Split(i, []int{r.IntN(n), r.IntN(n) + 1})
		case 2:
			p.Weigh(i, y())
		case 3:
			p.Divide(i, r.IntN(len(m.Rows)+1)-1, []int{r.IntN(n)})
		case 4:
			p.Sum(i, []int{r.IntN(n), r.IntN(n) + 1}, [][]int64{nil, {2, -3}, {1}}[r.IntN(3)], int64(r.IntN(7)-3))
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

// partitioned are two people for two of three seats, at prices at which the relaxation of the levels' side row is fractional.
func partitioned() *mip.Model {
	m := &mip.Model{}
	level, side := mip.Level{Name: "cost", Scale: 1}, mip.Constraint{Name: "side", Lower: -mip.Inf, Upper: 5}
	seats := make([]mip.Constraint, 3)
	for i := range 2 {
		who := mip.Constraint{Name: "who", Lower: 1, Upper: 1}
		for p := range 3 {
			j := m.AddColumn(mip.Column{Upper: 1, Integer: true})
			t := mip.Term{Col: j, Coef: 1}
			who.Terms, seats[p].Terms = append(who.Terms, t), append(seats[p].Terms, t)
			level.Terms = append(level.Terms, mip.Term{Col: j, Coef: float64(3 + 4*i - 2*p)})
			side.Terms = append(side.Terms, mip.Term{Col: j, Coef: float64(2*p + i)})
		}
		m.AddRow(who)
	}
	for p := range seats {
		seats[p].Lower, seats[p].Upper = -mip.Inf, 1
		m.AddRow(seats[p])
	}
	m.AddRow(side)
	m.AddLevel(level)
	return m
}

// TestAdoptDivide: a partition divided in two, each side with its own multipliers; a node that nothing can reach; forgeries.
func TestAdoptDivide(t *testing.T) {
	m := partitioned()
	all := points(m)
	x := best(m, all)
	p := solver.NewProof(nil)
	low, high := p.Divide(0, 0, []int{0})
	relaxation := native.Native{}.Relax(m)
	weigh := func(node int, zero ...int) {
		lower, upper := make([]float64, 6), []float64{1, 1, 1, 1, 1, 1}
		for _, j := range zero {
			upper[j] = 0
		}
		if got := relaxation.Solve(context.Background(), lower, upper, solver.Params{}); got.Status == solver.Infeasible {
			p.Exclude(node, got.Ray)
		} else {
			p.Weigh(node, got.Duals)
		}
	}
	weigh(low, 0)
	weigh(high, 1, 2)
	none, some := p.Divide(high, 0, []int{0}) // on one side the first person has no seat left: a ray; on the other nothing changes
	weigh(none, 0, 1, 2)
	weigh(some, 1, 2)
	b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, m, x, b)
	divides := 0
	for _, n := range b.Certificate.Levels[0].Nodes {
		if n.Divide != nil {
			divides++
		}
	}
	if want := least(m, all, x, 0); divides != 2 || b.Levels[0].Bound > want || b.Levels[0].Bound < want-1 {
		t.Errorf("%d divisions, bound %g, least %g", divides, b.Levels[0].Bound, want)
	}
	for name, forge := range map[string]func(d *certify.Divide){
		"another row":         func(d *certify.Divide) { d.Row = 1 },
		"no partition":        func(d *certify.Divide) { d.Row = 5 },
		"no row":              func(d *certify.Divide) { d.Row = 6 },
		"foreign column":      func(d *certify.Divide) { d.Columns = []int{0, 4} },
		"columns that are no": func(d *certify.Divide) { d.Columns = []int{2, 1} },
		"one child":           func(d *certify.Divide) { d.Other = d.Zero },
	} {
		again, _ := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
		forge(again.Certificate.Levels[0].Nodes[0].Divide)
		again.Certificate.Seal()
		if _, err := certify.Verify(m, x, again.Certificate); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// TestAdoptSum: a sum divides where no column alone would help as much: x + y + z <= 1 or >= 2 of three that pair by pair are at
// least one. Both sides weigh the sum's own row.
func TestAdoptSum(t *testing.T) {
	m := odd()
	m.Levels[0].Terms = []mip.Term{{Col: 0, Coef: 30}, {Col: 1, Coef: 31}, {Col: 2, Coef: 29}} // 45 relaxed, 59 in integers
	x := []float64{1, 0, 1}
	p := solver.NewProof([]float64{16, 15, 14})
	low, high := p.Sum(0, []int{0, 1, 2}, nil, 1)
	p.Exclude(low, []float64{1, 1, 1, -2}) // 2(x+y+z) >= 3 and x+y+z <= 1
	p.Weigh(high, []float64{0, 0, 0, 30})  // 30 x 2 less 1 on z
	b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, m, x, b)
	nodes := b.Certificate.Levels[0].Nodes
	if b.Levels[0].Bound != 59 || len(nodes) != 3 || nodes[0].Sum == nil {
		t.Fatalf("%+v, %d nodes", b.Levels[0], len(nodes))
	}
	for name, forge := range map[string]func(s *certify.Sum){
		"limit": func(s *certify.Sum) { s.At = 0 }, "coefficients": func(s *certify.Sum) { s.Coefs = certify.Ints{1, 1, 2} },
		"count": func(s *certify.Sum) { s.Coefs = certify.Ints{1, 1} }, "column": func(s *certify.Sum) { s.Columns = []int{0, 1, 3} },
		"order": func(s *certify.Sum) { s.Columns = []int{1, 0, 2} }, "child": func(s *certify.Sum) { s.High = s.Low },
	} {
		again, _ := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
		forge(again.Certificate.Levels[0].Nodes[0].Sum)
		again.Certificate.Seal()
		if got, err := certify.Verify(m, x, again.Certificate); err == nil && name != "limit" {
			t.Errorf("%s passes: %+v", name, got)
		}
	}
}

// TestAdoptGrows: leaves below splits, divisions and sums that were handed over too weak are worked on until they prove the
// optimum.
func TestAdoptGrows(t *testing.T) {
	grown := 0
	each(t, 200, false, func(r *rand.Rand, m *mip.Model, all [][]float64, _ []float64) {
		m.Levels = m.Levels[:1]
		x, p := best(m, all), solver.NewProof(nil)
		n := len(m.Columns)
		low, high := p.Sum(0, []int{0, 1}, []int64{1, int64(1 + r.IntN(2))}, int64(r.IntN(3)-1))
		p.Sum(low, []int{n - 1}, nil, 0)
		if m.Columns[n-1].Lower == 0 {
			p.Split(high, []int{n - 1})
		}
		for i := range p.Nodes { // something has to be gained for the tree to be taken
			p.Weigh(i, make([]float64, len(m.Rows)))
		}
		b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, native.Native{}, certify.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		verify(t, m, x, b)
		if want := least(m, all, x, 0); b.Levels[0].Bound != want {
			t.Fatalf("%+v: proven down to %g, least %g", m, b.Levels[0].Bound, want)
		}
		if b.Certificate.Levels[0].Nodes[0].Sum != nil {
			grown++
		}
	})
	if grown < 10 {
		t.Errorf("only %d trees were taken over", grown)
	}
}

// TestAdoptEmpty: a side on which a column cannot be zero is closed without multipliers, and only such a side.
func TestAdoptEmpty(t *testing.T) {
	m := partitioned()
	m.Columns[0].Lower = 1
	all := points(m)
	x := best(m, all)
	p := solver.NewProof(nil)
	p.Divide(0, 0, []int{0})
	b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{Gap: 0})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, m, x, b)
	nodes := b.Certificate.Levels[0].Nodes
	if len(nodes) != 3 || !nodes[1].Leaf.Empty {
		t.Fatalf("%d nodes, %+v", len(nodes), nodes[min(1, len(nodes)-1)].Leaf)
	}
	nodes[2].Leaf.Empty, nodes[2].Leaf.Ray = true, true
	nodes[2].Leaf.Bound.SetInt64(0)
	b.Certificate.Seal()
	if _, err := certify.Verify(m, x, b.Certificate); err == nil {
		t.Error("a leaf that is not empty passes for one")
	}
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
