package certify

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cadre/mip"
)

// extremes are integers at which something fixed in size ends: floats, data of moderate size (in units as well), 62 and 64 bits.
var extremes = []int64{moderate - 1, moderate, moderate / 10_000, moderate/10_000 + 1, moderate / 1_000_000, 1 << 43, 1 << 46, 1 << 49, 1<<50 + 1, 1 << 51, 1 << 52,
	1<<52 + 1, 1<<53 - 2, 1<<53 - 1, 1 << 53, 1 << 60, 1<<61 + 1, 1 << 62, math.MaxInt64}

// extreme is an integer of any size, small ones and both signs included.
func extreme(r *rand.Rand) int64 {
	v := int64(r.IntN(4))
	if r.IntN(2) == 0 {
		v = extremes[r.IntN(len(extremes))]
	}
	switch r.IntN(8) {
	case 0:
		return math.MinInt64
	case 1, 2:
		return -v
	}
	return v
}

// below is an extreme integer of a magnitude below the limit.
func below(r *rand.Rand, limit int64) int64 {
	for {
		if v := extreme(r); abs(v) < limit {
			return v
		}
	}
}

// plotted is a model with so many decimals in its rows and costs, with its points: integer columns, of which some are bounded by rows only, a
// partition, a row that may be a limit, and a column that is at least a burden.
func plotted(r *rand.Rand, decimals int) (m *mip.Model, points [][]float64) {
	m = &mip.Model{}
	unit := int(tens[decimals])
	number := func(most int) float64 { return float64(r.IntN(most*unit)) / float64(unit) }
	level := mip.Level{Name: "cost", Scale: 1, Constant: number(3)}
	side := mip.Constraint{Name: "side", Lower: number(2), Upper: math.Inf(1)}
	part := mip.Constraint{Name: "part", Lower: math.Inf(-1), Upper: 1}
	limit := mip.Constraint{Name: "limit", Lower: math.Inf(-1), Upper: float64(2 + r.IntN(4))}
	burden := mip.Constraint{Name: "burden", Lower: math.Inf(-1), Upper: -number(2)}
	for j := range 4 {
		col := mip.Column{Name: fmt.Sprint("x", j), Upper: 1, Integer: true}
		if j == 3 { // z
			col.Upper = 3
		}
		if r.IntN(4) == 0 { // the points are the same
			m.AddRow(mip.Constraint{Name: "bound", Lower: math.Inf(-1), Upper: col.Upper, Terms: []mip.Term{{Col: mip.Col(j), Coef: 1}}})
			col.Upper = math.Inf(1)
		}
		at := m.AddColumn(col)
		level.Terms = append(level.Terms, mip.Term{Col: at, Coef: float64(r.IntN(9*unit)-4*unit) / float64(unit)})
		side.Terms = append(side.Terms, mip.Term{Col: at, Coef: number(3)})
		if j < 3 {
			part.Terms = append(part.Terms, mip.Term{Col: at, Coef: 1})
			limit.Terms = append(limit.Terms, mip.Term{Col: at, Coef: float64(r.IntN(3))})
			burden.Terms = append(burden.Terms, mip.Term{Col: at, Coef: number(3)})
		}
	}
	burden.Terms = append(burden.Terms, mip.Term{Col: 3, Coef: -1})
	for _, row := range []mip.Constraint{side, part, limit, burden}[r.IntN(2):] {
		m.AddRow(row)
	}
	m.AddLevel(level)
	for k := range 32 {
		x := []float64{float64(k & 1), float64(k >> 1 & 1), float64(k >> 2 & 1), float64(k >> 3)}
		if Feasible(m, x) == nil {
			points = append(points, x)
		}
	}
	return m, points
}

// planter grows trees with extreme numbers wherever the format has an integer. What it says is refused or true.
type planter struct {
	r *rand.Rand
	s *stage
	t tree
}

// before is what stands before the tree: ladders, cuts and shared multipliers, of which those stay that the checker derives.
func (g *planter) before() (kinds string) {
	r := g.r
	if r.IntN(3) == 0 {
		l := Ladder{Column: r.IntN(len(g.s.lower)), Partitions: []int{}, Nested: r.IntN(2) == 0}
		for range 1 + r.IntN(2) {
			l.At = append(l.At, max(extreme(r), int64(r.IntN(3))))
		}
		slices.Sort(l.At)
		if s, err := g.s.withLadders([]Ladder{l}); err == nil {
			g.s, kinds = s, kinds+"ladder "
		}
	}
	for range r.IntN(3) {
		c := Cut{Divisor: 1 + abs(extreme(r)>>1)}
		for i := range g.s.model.Rows {
			if y := extreme(r); y != 0 && r.IntN(3) == 0 {
				c.Rows, c.Y = append(c.Rows, i), append(c.Y, y)
			}
		}
		if s, err := g.s.withCuts([]Cut{c}); err == nil {
			g.s, kinds = s, kinds+"cut "
		}
	}
	var list []Shared
	for range r.IntN(3) {
		v := Shared{Shift: 20, Rows: []int{}, Y: Ints{}}
		for i := range g.s.model.Rows {
			if y := extreme(r); r.IntN(2) == 0 && !math.IsInf(g.s.side(place{}, i, y > 0), 0) {
				v.Rows, v.Y = append(v.Rows, i), append(v.Y, y)
			}
		}
		if s, err := g.s.withShared(append(list, v)); err == nil {
			list, g.s, kinds = append(list, v), s, kinds+"shared "
		}
	}
	return kinds
}

// grow adds a node and what is below it.
func (g *planter) grow(o origin, depth int) int {
	r, n := g.r, len(g.s.lower)
	some := func() (set []int) {
		for j := range n {
			if r.IntN(2) == 0 {
				set = append(set, j)
			}
		}
		return set
	}
	i := g.t.put(o, Node{})
	both := func() (int, int) { return g.grow(origin{i, false}, depth-1), g.grow(origin{i, true}, depth-1) }
	switch kind := r.IntN(8); {
	case depth == 0:
		g.t.nodes[i] = Node{Leaf: g.leaf(g.t.place(g.s, i))}
	case kind == 0:
		v := &Split{Columns: some()}
		g.t.nodes[i] = Node{Split: v}
		v.Zero, v.Some = both()
	case kind == 1:
		v := &Divide{Row: slices.IndexFunc(g.s.model.Rows, func(c mip.Constraint) bool { return c.Name == "part" }), Columns: []int{r.IntN(3)}}
		g.t.nodes[i] = Node{Divide: v}
		v.Zero, v.Other = both()
	case kind < 5:
		v := &Sum{Columns: some(), At: below(r, exactInts)}
		if r.IntN(2) == 0 {
			v.Coefs = Ints{}
			for range v.Columns {
				v.Coefs = append(v.Coefs, below(r, moderate))
			}
		}
		g.t.nodes[i] = Node{Sum: v}
		v.Low, v.High = both()
	default:
		v := &Branch{Column: r.IntN(n), At: below(r, exactInts)}
		g.t.nodes[i] = Node{Branch: v}
		v.Low, v.High = both()
	}
	return i
}

// leaf is a leaf of extreme multipliers, as a forger would state it: with the bound that the checker makes of it.
func (g *planter) leaf(p place) *Leaf {
	for range 20 {
		l := g.draw(p)
		if w := (walker{stage: g.s, place: p}); w.sound(0, l) != nil {
			continue
		}
		if l.Ray && coin(g.r) && crossed(p) {
			return &Leaf{Rows: []int{}, Y: Ints{}, Ray: true, Empty: true}
		}
		if g.s.finish(p, l); l.known() && (!l.Ray || l.Bound.Sign() > 0) {
			return l
		}
	}
	return g.s.finish(p, nothing())
}

func coin(r *rand.Rand) bool { return r.IntN(2) == 0 }

func (g *planter) draw(p place) *Leaf {
	r := g.r
	l := &Leaf{Shift: []int{0, 7, 20, 20, 40, 62}[r.IntN(6)], Rows: []int{}, Y: Ints{}, Ray: coin(r)}
	for i := range g.s.rows(p) {
		own := i >= len(g.s.model.Rows)
		if y := extreme(r); (own || r.IntN(4) == 0) && !math.IsInf(g.s.side(p, i, y > 0), 0) {
			l.Rows, l.Y = append(l.Rows, i), append(l.Y, y)
		}
	}
	if r.IntN(4) == 0 { // the same over any denominator
		l.Over, l.Shift = &Number{}, 0
		l.Over.SetInt64(1 + abs(extreme(r)>>1))
		for _, y := range l.Y {
			l.Exact = append(l.Exact, number(new(big.Rat).Mul(big.NewRat(y, 1), big.NewRat(extreme(r), 1))))
			if l.Exact[len(l.Exact)-1].Sign() != big.NewRat(y, 1).Sign() {
				l.Exact[len(l.Exact)-1].SetInt64(y)
			}
		}
		l.Y = nil
		return l
	}
	for k := range g.s.shared {
		if l.Shift == 20 && coin(r) {
			l.Of = append(l.Of, k)
		}
	}
	if i := slices.IndexFunc(g.s.model.Rows, func(c mip.Constraint) bool { return c.Name == "limit" }); r.IntN(3) == 0 {
		l.Limits, l.Some, l.Ray = []int{i}, g.s.splits(p) && coin(r), false
	}
	return l
}

// TestExtremes: integers of any size in every field of every kind of node, in models with none, four and six decimals: whatever the checker accepts
// is true, and what a leaf gives is what its formula says.
func TestExtremes(t *testing.T) {
	kinds := map[string]int{}
	for seed := range uint64(8_000) {
		r := rand.New(rand.NewPCG(seed, 41))
		decimals := []int{0, 4, 6}[seed%3]
		m, points := plotted(r, decimals)
		if len(points) == 0 {
			continue
		}
		least := new(big.Rat).SetInt64(math.MaxInt64)
		for _, x := range points {
			if v := Values(m, x)[0]; v.Cmp(least) < 0 {
				least = v
			}
		}
		g := &planter{r: r, s: newStage(m, newMatrix(m), 0, nil)}
		if g.s.ints == nil {
			t.Fatalf("seed %d: the data do not fit", seed)
		}
		for _, kind := range strings.Fields(g.before()) {
			kinds[kind]++
		}
		g.grow(origin{parent: -1}, r.IntN(4))
		g.judge(t, seed, least, kinds)
	}
	for _, kind := range []string{"ladder", "cut", "shared", "branch", "split", "divide", "sum", "leaf", "limits", "exact", "ray", "empty", "tight"} {
		if kinds[kind] < 100 {
			t.Errorf("%d of kind %s", kinds[kind], kind)
		}
	}
}

// judge lets the checker walk over the tree, and counts what it is made of.
func (g *planter) judge(t *testing.T, seed uint64, least *big.Rat, kinds map[string]int) {
	t.Helper()
	w := newWalker(g.s, g.t.nodes)
	if err := w.walk(); err != nil {
		kinds["refused"]++
		return
	}
	for i, n := range g.t.nodes {
		note := func(is bool, kind string) {
			if is {
				kinds[kind]++
			}
		}
		note(n.Branch != nil, "branch")
		note(n.Split != nil, "split")
		note(n.Divide != nil, "divide")
		note(n.Sum != nil, "sum")
		if l := n.Leaf; l != nil {
			note(!l.Ray, "leaf")
			note(l.Ray && !l.Empty, "ray")
			note(l.Empty, "empty")
			note(len(l.Limits) > 0, "limits")
			note(l.Over != nil, "exact")
			if !l.Empty && len(l.Limits) == 0 {
				if want := byFractions(g.s, g.t.place(g.s, i), spread(g.s.shared, l)); want == nil || want.Cmp(&l.Bound.Rat) != 0 {
					t.Fatalf("seed %d: node %d has bound %s, its formula gives %s", seed, i, l.Bound.RatString(), want)
				}
			}
		}
	}
	if w.least == nil || w.least.Cmp(least) > 0 {
		t.Fatalf("seed %d: the checker takes %s, a point costs %s\n%s", seed, w.least, least.RatString(), quote(g.t.nodes))
	}
	if w.least.Cmp(least) == 0 {
		kinds["tight"]++
	}
}

// TestFarBranches: branches move the bounds of thousands of columns as far as they may. 128 bits do not hold the sum.
func TestFarBranches(t *testing.T) {
	const columns = 1 << 14
	m := &mip.Model{}
	row := mip.Constraint{Name: "all", Lower: 0, Upper: math.Inf(1)}
	for j := range mip.Col(columns) {
		m.AddColumn(mip.Column{Upper: math.Inf(1), Integer: true})
		row.Terms = append(row.Terms, mip.Term{Col: j, Coef: -1})
	}
	m.AddRow(row)
	m.AddLevel(mip.Level{Name: "cost", Scale: 1})
	s := newStage(m, newMatrix(m), 0, nil)
	p := place{lower: slices.Repeat([]float64{exactInts}, columns), upper: s.upper}
	l := s.finish(p, &Leaf{Rows: []int{0}, Y: Ints{1<<62 - 1<<10}})
	if want := byFractions(s, p, l); want.Cmp(&l.Bound.Rat) != 0 {
		t.Errorf("bound %s, want %s", l.Bound.RatString(), want.RatString())
	}
}

// TestLargeCuts: a cut, or a row of a ladder, may be of moderate size and too large in units.
func TestLargeCuts(t *testing.T) {
	m, _ := plotted(rand.New(rand.NewPCG(1, 41)), 6)
	s := newStage(m, newMatrix(m), 0, nil).open()
	for _, v := range []float64{moderate - 1, moderate + 1, exactInts - 1} {
		s.addCut(mip.Constraint{Lower: v, Upper: math.Inf(1), Terms: []mip.Term{{Col: 0, Coef: -v}, {Col: 1, Coef: 1}}})
		p := place{lower: make([]float64, 4), upper: []float64{1, 1, 1, 1}}
		l := s.finish(p, &Leaf{Rows: []int{len(s.model.Rows) - 1}, Y: Ints{1}})
		if want := byFractions(s, p, l); want.Cmp(&l.Bound.Rat) != 0 {
			t.Errorf("bound %s, want %s", l.Bound.RatString(), want.RatString())
		}
	}
}

// TestFalseSum: a sum of nothing is at least 2^52 + 1 nowhere; in millionths that number wraps, and refuted the other side instead.
func TestFalseSum(t *testing.T) {
	m := &mip.Model{}
	for _, name := range []string{"x", "y"} {
		m.AddColumn(mip.Column{Name: name, Upper: 10, Integer: true})
	}
	m.AddRow(mip.Constraint{Lower: 5, Upper: math.Inf(1), Terms: []mip.Term{{Col: 0, Coef: 1.000001}, {Col: 1, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: 1}}})
	c, err := Read(strings.NewReader(`{"version": 2, "gap": 0, "levels": [{"name": "cost", "value": 9, "bound": 9, "nodes": [
		{"sum": {"columns": [], "at": 4503599627370496, "low": 1, "high": 2}},
		{"leaf": {"shift": 40, "rows": [1], "y": [-1], "bound": "8.388608"}},
		{"leaf": {"shift": 0, "rows": [1], "y": ["4611686018427387904"], "ray": true, "bound": "20769187434139315125808003744268288"}}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	c.Seal()
	if _, err := Verify(m, []float64{9, 0}, c); err == nil {
		t.Error("the optimum is 5, and 9 is believed")
	}
}

// TestUpAsWritten: what is rounded up to a float is not below the number once that float is read as it is written. 2^-40 is a float, and its
// shortest decimal is a little less.
func TestUpAsWritten(t *testing.T) {
	for _, r := range []*big.Rat{big.NewRat(1, 1<<40), big.NewRat(-1, 1<<40), big.NewRat(1, 3), big.NewRat(7, 1), big.NewRat(1, 1<<60)} {
		if up, down := floatUp(r), floatDown(r); mip.Rat(up).Cmp(r) < 0 || mip.Rat(down).Cmp(r) > 0 {
			t.Errorf("%s lies between %g and %g", r.RatString(), down, up)
		}
	}
}
