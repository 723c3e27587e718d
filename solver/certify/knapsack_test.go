package certify_test

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
)

// limitsAt is the first limit of worthy models, after their rows of choice.
const limitsAt = 3

// worthy is a random problem of choices under limits: two rows ask for one of their columns, the third allows one; each column is in one of two
// limits or in none; costs may be negative; and one column is in no row at all.
func worthy(r *rand.Rand) *mip.Model {
	m := &mip.Model{Name: "worthy"}
	level := mip.Level{Name: "cost", Scale: 1, Constant: 3}
	rows := make([]mip.Constraint, limitsAt+2)
	for i := range rows {
		rows[i] = mip.Constraint{Name: fmt.Sprint("r", i), Lower: -mip.Inf, Upper: float64(2 + r.IntN(9))}
	}
	for k := range limitsAt {
		rows[k].Lower, rows[k].Upper = []float64{1, 1, -mip.Inf}[k], 1
		for range 3 {
			j := m.AddColumn(mip.Column{Name: fmt.Sprint("x", len(m.Columns)), Upper: 1, Integer: true})
			level.Terms = append(level.Terms, mip.Term{Col: j, Coef: float64(r.IntN(25) - 8)})
			rows[k].Terms = append(rows[k].Terms, mip.Term{Col: j, Coef: 1})
			if i := limitsAt + r.IntN(3); i < len(rows) {
				rows[i].Terms = append(rows[i].Terms, mip.Term{Col: j, Coef: float64(r.IntN(7))})
			}
		}
	}
	j := m.AddColumn(mip.Column{Name: "alone", Upper: 1, Integer: true})
	level.Terms = append(level.Terms, mip.Term{Col: j, Coef: float64(r.IntN(9) - 4)})
	for _, row := range rows {
		m.AddRow(row)
	}
	m.AddLevel(level)
	return m
}

// worths are random multipliers of the rows of choice, in quarters, on sides that there are.
func worths(r *rand.Rand) []float64 {
	y := make([]float64, limitsAt)
	for k := range y {
		if y[k] = float64(r.IntN(70)-10) / 4; k == limitsAt-1 {
			y[k] = -math.Abs(y[k])
		}
	}
	return y
}

// box is a place: bounds, and columns one of which has to be one, nil none.
type box struct {
	lower, upper []float64
	some         []int
}

// bruteLeaf is the definition, point by point: constant, what the rows' sides give, and the least reduced cost of the points that keep box and limits;
// +Inf where there are none.
func bruteLeaf(m *mip.Model, y []float64, limits []int, at box) float64 {
	best := math.Inf(1)
	n := len(m.Columns)
	x := make([]float64, n)
	for bits := range 1 << n {
		fits := at.some == nil
		for j := range x {
			x[j] = float64(bits >> j & 1)
			fits = fits || x[j] == 1 && slices.Contains(at.some, j)
		}
		for j := range x {
			fits = fits && x[j] >= at.lower[j] && x[j] <= at.upper[j]
		}
		for _, i := range limits {
			fits = fits && activity(m, i, x) <= m.Rows[i].Upper
		}
		if !fits {
			continue
		}
		sum := m.Levels[0].Value(x)
		for i, v := range y {
			sum += v * (1 - activity(m, i, x)) // both sides that are weighed are one
		}
		best = math.Min(best, sum)
	}
	return best
}

// grown is a random tree over a worthy model, and by node of the proof its box.
func grown(r *rand.Rand, m *mip.Model) (*solver.Proof, []box) {
	p := solver.NewProof(nil)
	root := box{lower: make([]float64, len(m.Columns)), upper: make([]float64, len(m.Columns))}
	for j := range m.Columns {
		root.upper[j] = 1
	}
	boxes := []box{root}
	clone := func(b box) box { return box{slices.Clone(b.lower), slices.Clone(b.upper), b.some} }
	for i := 0; i < len(p.Nodes) && len(p.Nodes) < 14; i++ {
		low, high := clone(boxes[i]), clone(boxes[i])
		j := r.IntN(9)
		switch kind := r.IntN(4); {
		case kind == 0 && boxes[i].lower[j] < boxes[i].upper[j]:
			p.Branch(i, j, 0)
			low.upper[j], high.lower[j] = 0, 1
		case kind == 1:
			k := j / 3
			set := []int{3*k + r.IntN(3)}
			p.Divide(i, k, set)
			for o := 3 * k; o < 3*k+3; o++ {
				if slices.Contains(set, o) {
					low.upper[o] = 0
				} else {
					high.upper[o] = 0
				}
			}
		case kind == 2:
			set := []int{}
			for o := range m.Columns {
				if r.IntN(3) == 0 {
					set = append(set, o)
				}
			}
			if len(set) == 0 {
				continue
			}
			p.Split(i, set)
			for _, o := range set {
				low.upper[o] = 0
			}
			high.some = set
		default:
			continue
		}
		boxes = append(boxes, low, high)
	}
	for i := range p.Nodes {
		if n := &p.Nodes[i]; n.Kind == solver.KindLeaf {
			n.Multipliers, n.Limits, n.Some = worths(r), []int{limitsAt, limitsAt + 1}, boxes[i].some != nil
		}
	}
	return p, boxes
}

// crossed says whether a box holds nothing.
func (b box) crossed() bool {
	for j := range b.lower {
		if b.lower[j] > b.upper[j] {
			return true
		}
	}
	return false
}

// activity is what row i adds up to.
func activity(m *mip.Model, i int, x []float64) float64 {
	sum := 0.0
	for _, t := range m.Rows[i].Terms {
		sum += t.Coef * x[t.Col]
	}
	return sum
}

// TestLimits: whatever the worths, and within the changed bounds of a tree, each leaf's bound is that of its definition, point by point; no tree proves
// more than the optimum; what is written is verified, and proves the same when it is handed back.
func TestLimits(t *testing.T) {
	leaves, some, tight := 0, 0, 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 21))
		m := worthy(r)
		all := points(m)
		if len(all) == 0 {
			continue
		}
		p, boxes := grown(r, m)
		b, err := certify.Build(context.Background(), m, all[0], [][]*solver.Proof{{p}}, nil, certify.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		verify(t, m, all[0], b)
		if want := least(m, all, all[0], 0); b.Levels[0].Bound > want {
			t.Fatalf("seed %d: bound %g, the optimum is %g", seed, b.Levels[0].Bound, want)
		} else if b.Levels[0].Bound == want {
			tight++
		}
		again, err := certify.Build(context.Background(), m, all[0], b.Certificate.Proofs(m), nil, certify.Limits{})
		if err != nil || again.Levels[0].Bound != b.Levels[0].Bound || again.Certificate.Version != b.Certificate.Version {
			t.Fatalf("seed %d: handed back it proves %g, not %g: %v", seed, again.Levels[0].Bound, b.Levels[0].Bound, err)
		}
		var want []string
		for i := range p.Nodes {
			n := &p.Nodes[i]
			if v := 0.0; n.Kind == solver.KindLeaf && !boxes[i].crossed() {
				if v = bruteLeaf(m, n.Multipliers, n.Limits, boxes[i]); !math.IsInf(v, 1) {
					want = append(want, new(big.Rat).SetFloat64(v).RatString())
				}
			}
		}
		for _, n := range b.Certificate.Levels[0].Nodes {
			if n.Leaf == nil || len(n.Leaf.Limits) == 0 {
				continue
			}
			if !slices.Contains(want, n.Leaf.Bound.RatString()) {
				t.Fatalf("seed %d: a leaf of %s, by definition %v: %+v %+v", seed, n.Leaf.Bound.RatString(), want, *n.Leaf, *m)
			}
			if leaves++; n.Leaf.Some {
				some++
			}
		}
	}
	if leaves < 400 || some < 80 || tight < 20 {
		t.Errorf("the draw is one-sided: %d leaves, %d of splits, %d tight bounds", leaves, some, tight)
	}
}

// priced is a certificate of one leaf with limits over a model with a point, by worths that the knapsacks matter to.
func priced(t *testing.T) (*mip.Model, []float64, *certify.Certificate) {
	t.Helper()
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 22))
		m := worthy(r)
		all := points(m)
		p := solver.NewProof([]float64{20, 20, -1})
		p.Nodes[0].Limits = []int{limitsAt, limitsAt + 1}
		at := box{lower: make([]float64, len(m.Columns)), upper: slices.Repeat([]float64{1}, len(m.Columns))}
		own := func(limits ...int) float64 { return bruteLeaf(m, p.Nodes[0].Multipliers, limits, at) }
		if len(all) == 0 || own(limitsAt) == own(limitsAt, limitsAt+1) || own(limitsAt+1) == own(limitsAt, limitsAt+1) {
			continue
		}
		b, err := certify.Build(context.Background(), m, all[0], [][]*solver.Proof{{p}}, nil, certify.Limits{})
		if err == nil && b.Certificate.Version == 3 && len(b.Certificate.Levels[0].Nodes) == 1 {
			return m, all[0], b.Certificate
		}
	}
	t.Fatal("no such model")
	return nil, nil, nil
}

// TestVerifyLimits: leaves with limits that say more than is true, or that are none, do not pass.
func TestVerifyLimits(t *testing.T) {
	for _, c := range []struct {
		name    string
		forge   func(m *mip.Model, l *certify.Leaf, p *certify.Proof)
		message string
	}{
		{"nothing", func(*mip.Model, *certify.Leaf, *certify.Proof) {}, ""},
		{"a worth", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Y[0] = 0 }, "give"},
		{"a bound", func(_ *mip.Model, l *certify.Leaf, p *certify.Proof) {
			l.Bound.Add(&l.Bound.Rat, big.NewRat(1, 1))
			p.Bound.Add(&p.Bound.Rat, big.NewRat(1, 1))
		}, "give"},
		{"the level's bound", func(_ *mip.Model, _ *certify.Leaf, p *certify.Proof) { p.Bound.Add(&p.Bound.Rat, big.NewRat(1, 1)) }, "its tree proves"},
		{"a limit dropped", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Limits = l.Limits[:1] }, "give"},
		{"no limits", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Limits = nil }, "give"},
		{"a limit twice", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Limits = []int{3, 3} }, "out of order"},
		{"a limit that does not exist", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Limits = []int{3, 9} }, "does not exist"},
		{"a negative one", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Limits = []int{-1, 3} }, "does not exist"},
		{"columns in two limits", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Limits = []int{0, 3, 4} }, "no limit"},
		{"an at-most row's other side", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Y[2] = -l.Y[2] }, "no bound"},
		{"a ray", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Ray = true }, "a ray has no limits"},
		{"some without a split", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Some = true }, "no split"},
		{"some without limits", func(_ *mip.Model, l *certify.Leaf, _ *certify.Proof) { l.Limits, l.Some = nil, true }, "with limits only"},
		{"a limit with a negative weight", func(m *mip.Model, _ *certify.Leaf, _ *certify.Proof) { m.Rows[3].Terms[0].Coef = -1 }, "no limit"},
		{"a limit without a most", func(m *mip.Model, _ *certify.Leaf, _ *certify.Proof) { m.Rows[3].Upper = mip.Inf }, "no limit"},
		{"a limit of endless room", func(m *mip.Model, _ *certify.Leaf, _ *certify.Proof) { m.Rows[3].Upper = 1 << 30 }, "no limit"},
		{"a fractional most", func(m *mip.Model, _ *certify.Leaf, _ *certify.Proof) { m.Rows[3].Upper += 0.5 }, "integer data"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, x, cert := priced(t)
			c.forge(m, cert.Levels[0].Nodes[0].Leaf, &cert.Levels[0])
			cert.Seal()
			_, err := certify.Verify(m, x, cert)
			if (err == nil) != (c.message == "") || err != nil && !strings.Contains(err.Error(), c.message) {
				t.Errorf("error %v, want %q", err, c.message)
			}
		})
	}
}
