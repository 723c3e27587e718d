package certify

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// burdens is a model of a few people, each with choices of some burden in a partition of his own, and a column that is at least the largest
// burden; data have so many decimals. Its ladder has all heights, or some.
func burdens(r *rand.Rand, decimals int) (*mip.Model, solver.Ladder) {
	m, l := &mip.Model{}, solver.Ladder{Nested: r.IntN(2) == 0}
	unit := math.Pow10(decimals)
	number := func(most int) float64 { return float64(r.IntN(most*int(unit))) / unit }
	z := m.AddColumn(mip.Column{Name: "z", Lower: float64(r.IntN(2)), Upper: 12, Integer: r.IntN(2) == 0})
	l.Column = int(z)
	level := mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: z, Coef: float64(1 + r.IntN(4))}}}
	for i := range 1 + r.IntN(3) {
		var choices, row []mip.Term
		for k := range 1 + r.IntN(3) {
			j := m.AddColumn(mip.Column{Name: fmt.Sprint("x", i, k), Upper: 1, Integer: true})
			choices = append(choices, mip.Term{Col: j, Coef: 1})
			row = append(row, mip.Term{Col: j, Coef: number(8)})
			level.Terms = append(level.Terms, mip.Term{Col: j, Coef: float64(r.IntN(21) - 15)})
		}
		l.Partitions = append(l.Partitions, int(m.AddRow(mip.Constraint{Lower: float64(r.IntN(2)), Upper: 1, Terms: choices})))
		base, a := number(3), float64(1+r.IntN(2))
		if r.IntN(2) == 0 {
			m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: -base, Terms: append(row, mip.Term{Col: z, Coef: -a})})
			continue
		}
		for e := range row {
			row[e].Coef = -row[e].Coef
		}
		m.AddRow(mip.Constraint{Lower: base, Upper: mip.Inf, Terms: append(row, mip.Term{Col: z, Coef: a})})
	}
	m.AddLevel(level)
	for _, v := range solver.NewNeeds(m, l.Column).Heights() {
		if len(l.At) == 0 || r.IntN(4) > 0 {
			l.At = append(l.At, v)
		}
	}
	return m, l
}

// TestLadders: what a ladder adds is the same for who proves and for who checks, and holds at every point of the model once the steps stand for
// what they say; so does all that branches on steps imply.
func TestLadders(t *testing.T) {
	ladders, steps, points := 0, 0, 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		m, l := burdens(r, r.IntN(3))
		if len(l.At) == 0 {
			continue
		}
		list := []solver.Ladder{l}
		full, ok := solver.Restate(m, list)
		s, err := newStage(m, newMatrix(m), 0, nil).withLadders([]Ladder{{Column: l.Column, At: l.At, Partitions: l.Partitions, Nested: l.Nested}})
		if !ok || err != nil {
			t.Fatalf("seed %d: %v, %v", seed, ok, err)
		}
		ladders, steps = ladders+1, steps+len(l.At)
		if !reflect.DeepEqual(full.Columns, s.model.Columns) || !reflect.DeepEqual(full.Rows, s.model.Rows) {
			t.Fatalf("seed %d:\n%+v\n%+v", seed, full.Rows, s.model.Rows)
		}
		same(t, seed, s, solver.Implications(m, list))
		everyPoint(m, func(x []float64) {
			points++
			x = solver.Steps(m, list, x)
			if v := full.Violation(x, 1e-9); v != "" {
				t.Fatalf("seed %d: %s at %v", seed, v, x)
			}
			holds(t, seed, s, x)
		})
	}
	if ladders < 200 || steps < 500 || points < 3000 {
		t.Errorf("%d ladders, %d steps, %d points", ladders, steps, points)
	}
}

// same: both know the same implications.
func same(t *testing.T, seed uint64, s *stage, by map[int]solver.Implied) {
	t.Helper()
	for j, i := range by {
		own := s.implied[j]
		if own == nil || !slices.Equal(sorted(i.Shut), sorted(own.shut)) || !slices.Equal(i.Above, own.above) || !slices.Equal(i.Below, own.below) {
			t.Fatalf("seed %d, step %d: %+v, %+v", seed, j, i, own)
		}
	}
	if len(by) != len(s.implied) {
		t.Fatalf("seed %d: %d steps, %d steps", seed, len(by), len(s.implied))
	}
}

func sorted(list []int) []int { return slices.Sorted(slices.Values(list)) }

// holds: what a step implies is so at a point.
func holds(t *testing.T, seed uint64, s *stage, x []float64) {
	t.Helper()
	for j, i := range s.implied {
		for _, k := range slices.Concat(i.shut, i.above) {
			if x[j] == 0 && x[k] != 0 {
				t.Fatalf("seed %d: step %d is not taken, and column %d is %g", seed, j, k, x[k])
			}
		}
		for _, k := range i.below {
			if x[j] == 1 && x[k] != 1 {
				t.Fatalf("seed %d: step %d is taken, and column %d is %g", seed, j, k, x[k])
			}
		}
	}
}

// everyPoint visits the points of a model whose columns are binary but for the first, which takes all its multiples of a hundredth that are
// extreme: the least that the rows allow, and twelve.
func everyPoint(m *mip.Model, visit func(x []float64)) {
	x := make([]float64, len(m.Columns))
	var try func(j int)
	try = func(j int) {
		if j < len(x) {
			for v := range 2 {
				x[j] = float64(v)
				try(j + 1)
			}
			return
		}
		step := 0.01
		if m.Columns[0].Integer {
			step = 1
		}
		for k := 0; ; k++ {
			if x[0] = m.Columns[0].Lower + float64(k)*step; x[0] > 12 {
				return
			}
			if m.Violation(x, 1e-9) == "" {
				visit(slices.Clone(x))
				return
			}
		}
	}
	try(1)
}

// TestLadderFaults: a ladder that is none is refused, and nothing is taken on trust.
func TestLadderFaults(t *testing.T) {
	m := &mip.Model{}
	for _, name := range []string{"z", "a", "b", "u", "w"} {
		m.AddColumn(mip.Column{Name: name, Upper: 1, Integer: name != "z"})
	}
	m.Columns[0].Upper = 9
	one := func(j int, c float64) mip.Term { return mip.Term{Col: mip.Col(j), Coef: c} }
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 1, Terms: []mip.Term{one(1, 1), one(2, 1)}})
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{one(1, 3), one(2, 5), one(0, -1)}})
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 2, Terms: []mip.Term{one(1, 1), one(2, 1)}})
	m.AddRow(mip.Constraint{Lower: 0, Upper: mip.Inf, Terms: []mip.Term{one(3, 1), one(4, -1)}})
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{one(2, 1), one(4, -1)}})
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{one(1, 1), one(0, 1), one(3, -1)}})
	m.AddColumn(mip.Column{Name: "below", Lower: -1, Upper: 1, Integer: true})
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 1, Terms: []mip.Term{one(1, 1), one(5, 1)}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{one(0, 1)}})
	build := func(list ...Ladder) (*stage, error) { return newStage(m, newMatrix(m), 0, nil).withLadders(list) }
	for name, list := range map[string][]Ladder{
		"no such column":           {{Column: 7, At: []int64{0}}},
		"no steps":                 {{Column: 0}},
		"out of order":             {{Column: 0, At: []int64{3, 0}}},
		"twice":                    {{Column: 0, At: []int64{0, 0}}},
		"below the base":           {{Column: 0, At: []int64{-1}}},
		"above all needs":          {{Column: 0, At: []int64{0, 5}}},
		"no partition":             {{Column: 0, At: []int64{0}, Partitions: []int{2}}},
		"not a sum":                {{Column: 0, At: []int64{0}, Partitions: []int{1}}},
		"no such row":              {{Column: 0, At: []int64{0}, Partitions: []int{9}}},
		"below zero":               {{Column: 0, At: []int64{0}, Partitions: []int{6}}},
		"partitions out of order":  {{Column: 0, At: []int64{0}, Partitions: []int{0, 0}}},
		"given: no such column":    {{Given: []int{3, 11}}},
		"given: not binary":        {{Given: []int{0}}},
		"given: nothing ties them": {{Given: []int{4, 3}}},
		"given: one twice":         {{Given: []int{3, 3}}},
		"given: in two ladders":    {{Given: []int{3, 4}}, {Given: []int{4}}},
	} {
		if _, err := build(list...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	s, err := build(Ladder{Column: 0, At: []int64{0, 3}, Partitions: []int{0}}, Ladder{Given: []int{3, 4}})
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range map[int]implied{6: {shut: []int{1, 2}, above: []int{7}}, 7: {shut: []int{2}, below: []int{6}},
		3: {shut: []int{0, 1, 2}, above: []int{4}}, 4: {shut: []int{2}, below: []int{3}}} {
		if got := s.implied[j]; got == nil || !slices.Equal(sorted(got.shut), want.shut) || !slices.Equal(got.above, want.above) || !slices.Equal(got.below, want.below) {
			t.Errorf("step %d: %+v, want %+v", j, got, want)
		}
	}
	p := place{lower: slices.Clone(s.lower), upper: slices.Clone(s.upper)}
	crossed, back := p.narrow(s.implies(6, 0), false)
	if crossed || p.upper[1] != 0 || p.upper[2] != 0 || p.upper[7] != 0 || p.upper[0] != 9 {
		t.Errorf("without the lowest step upper bounds are %v, crossed %v", p.upper, crossed)
	}
	if back(); !slices.Equal(p.upper, s.upper) {
		t.Errorf("afterwards they are %v, before %v", p.upper, s.upper)
	}
	if crossed, back = p.narrow(s.implies(7, 0), true); crossed || p.lower[6] != 1 {
		t.Errorf("with the highest step lower bounds are %v, crossed %v", p.lower, crossed)
	}
	if back(); !slices.Equal(p.lower, s.lower) || s.implies(6, 1) != nil || s.implies(1, 0) != nil {
		t.Errorf("afterwards they are %v, before %v", p.lower, s.lower)
	}
	same(t, 0, s, solver.Implications(m, []solver.Ladder{{Column: 0, At: []int64{0, 3}, Partitions: []int{0}}, {Given: []int{3, 4}}}))
}

// TestSidesApart: what one side of a branch implies is gone on the other, also where rows of several steps name the same column. The place of a node
// found from the root, from the node and by an old proof is the same.
func TestSidesApart(t *testing.T) {
	trees, twice := 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 6))
		m, l := burdens(r, 0)
		if l.Nested = true; len(l.At) < 2 {
			continue
		}
		full, _ := solver.Restate(m, []solver.Ladder{l})
		given := solver.Ladder{}
		for k := range l.At {
			given.Given = append(given.Given, len(m.Columns)+k)
		}
		s, err := newStage(full, newMatrix(full), 0, nil).withLadders([]Ladder{{Given: given.Given}})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		named := map[mip.Col]int{}
		for i := len(m.Rows) + len(l.At); i < len(full.Rows); i++ {
			for _, e := range full.Rows[i].Terms {
				if named[e.Col]++; named[e.Col] == 2 && int(e.Col) < len(m.Columns) {
					twice++
				}
			}
		}
		g, proof := &tree{}, &solver.Proof{Ladders: []solver.Ladder{given}}
		var grow func(o origin, left []int) int
		grow = func(o origin, left []int) int {
			if len(left) == 0 {
				proof.Nodes = append(proof.Nodes, solver.ProofNode{Multipliers: []float64{}})
				return g.put(o, Node{Leaf: nothing()})
			}
			b := &Branch{Column: left[0]}
			i := g.put(o, Node{Branch: b})
			proof.Nodes = append(proof.Nodes, solver.ProofNode{Kind: solver.KindBranch, Column: left[0]})
			b.Low = grow(origin{i, false}, left[1:])
			b.High = grow(origin{i, true}, left[1:])
			proof.Nodes[i].Low, proof.Nodes[i].High = b.Low, b.High
			return i
		}
		order := slices.Clone(given.Given)
		r.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		grow(origin{parent: -1}, order[:min(2, len(order))])
		for i := range g.nodes {
			if l := g.nodes[i].Leaf; l != nil {
				s.finish(g.place(s, i), l)
			}
		}
		w := newWalker(s, g.nodes)
		if err := w.walk(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if want := nearest(g.bound(s)); nearest(w.least) != want || nearest(s.roundUp(mip.Rat(proof.Bound(full)))) != want {
			t.Fatalf("seed %d: %g from the nodes, %s from the root, %g by the proof", seed, want, w.least, proof.Bound(full))
		}
		trees++
	}
	if trees < 100 || twice < 100 {
		t.Errorf("%d trees, %d columns in rows of several steps", trees, twice)
	}
}

// TestShared: shared multipliers give the bound of their sum, and what is unsound about them is refused.
func TestShared(t *testing.T) {
	m, _ := burdens(rand.New(rand.NewPCG(3, 5)), 0)
	bare := newStage(m, newMatrix(m), 0, nil)
	list := []Shared{{Shift: 2, Rows: []int{0}, Y: Ints{-6}}, {Shift: 2, Rows: []int{0, 1}, Y: Ints{2, -5}}, {Shift: 3, Rows: []int{}, Y: Ints{}}}
	s, err := bare.withShared(list)
	if err != nil {
		t.Fatal(err)
	}
	p := s.root()
	got := s.finish(p, &Leaf{Shift: 2, Rows: []int{1}, Y: Ints{3}, Of: []int{0, 1}})
	want := bare.finish(p, &Leaf{Shift: 2, Rows: []int{0, 1}, Y: Ints{-4, -2}})
	if !got.known() || !want.known() || got.Bound.Cmp(&want.Bound.Rat) != 0 || s.adds(got) != nil {
		t.Errorf("%v, want %v", got.Bound, want.Bound)
	}
	for name, of := range map[string][]int{"not there": {3}, "out of order": {1, 0}, "twice": {0, 0}, "negative": {-1}, "of another shift": {0, 2}} {
		if s.adds(&Leaf{Shift: 2, Of: of}) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for name, v := range map[string]Shared{"no such row": {Rows: []int{len(m.Rows)}, Y: Ints{1}}, "out of order": {Rows: []int{1, 0}, Y: Ints{1, 1}},
		"too large": {Rows: []int{0}, Y: Ints{1 << 52}}, "uneven": {Rows: []int{0}, Y: Ints{}}, "shift": {Shift: 63}} {
		if _, err := bare.withShared([]Shared{v}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// grown is a random tree over a stage, whose leaves have the best multipliers that an ascent finds within their own bounds.
func grown(r *rand.Rand, s *stage, depth int) []Node {
	t := &tree{}
	var integers []int
	for j, c := range s.model.Columns {
		if c.Integer && s.lower[j] >= 0 {
			integers = append(integers, j)
		}
	}
	var rows []int
	for i := range s.model.Rows {
		root := s.root()
		if s.partition(i, &root) {
			rows = append(rows, i)
		}
	}
	some := func(of []int) (set []int) {
		for _, j := range of {
			if r.IntN(2) == 0 {
				set = append(set, j)
			}
		}
		return set
	}
	var grow func(o origin, depth int) int
	both := func(i, depth int) (int, int) {
		return grow(origin{i, false}, depth-1), grow(origin{i, true}, depth-1)
	}
	grow = func(o origin, depth int) int {
		kind := r.IntN(8)
		switch {
		case depth == 0 || len(integers) == 0:
			i := t.put(o, Node{Leaf: nothing()})
			p := t.place(s, i)
			y, _ := solver.AscendWithin(s.model, make([]float64, len(s.model.Rows)), p.lower, p.upper)
			l := &Leaf{Shift: usualShift, Rows: []int{}, Y: Ints{}}
			for k := range s.rows(p) {
				v := 0.0
				if k < len(y) {
					v = y[k]
				} else if r.IntN(2) == 0 { // a row of its own
					v = float64(r.IntN(7) - 3)
				}
				if w := int64(math.Ldexp(v, usualShift)); w != 0 && !math.IsInf(s.side(p, k, w > 0), 0) {
					l.Rows, l.Y = append(l.Rows, k), append(l.Y, w)
				}
			}
			if s.finish(p, l); !l.known() {
				l = s.finish(p, nothing())
			}
			t.set(i, Node{Leaf: l})
			return i
		case kind == 0:
			n := &Split{Columns: some(integers)}
			i := t.put(o, Node{Split: n})
			n.Zero, n.Some = both(i, depth)
			return i
		case kind == 1 && len(rows) > 0:
			n := &Divide{Row: rows[r.IntN(len(rows))]}
			for _, e := range s.model.Rows[n.Row].Terms {
				if r.IntN(2) == 0 {
					n.Columns = append(n.Columns, int(e.Col))
				}
			}
			slices.Sort(n.Columns)
			i := t.put(o, Node{Divide: n})
			n.Zero, n.Other = both(i, depth)
			return i
		case kind == 2:
			n := &Sum{Columns: some(integers), At: int64(r.IntN(3))}
			i := t.put(o, Node{Sum: n})
			n.Low, n.High = both(i, depth)
			return i
		}
		n := &Branch{Column: integers[r.IntN(len(integers))]}
		if s.implied != nil && kind > 3 {
			n.Column = integers[len(integers)-1-r.IntN(min(3, len(integers)))] // steps stand last
		}
		i := t.put(o, Node{Branch: n})
		n.Low, n.High = both(i, depth)
		return i
	}
	grow(origin{parent: -1}, depth)
	return t.nodes
}

// TestNoTreeProvesTooMuch: whatever a tree is made of, what the checker takes from it is never above the optimum.
func TestNoTreeProvesTooMuch(t *testing.T) {
	trees, tight := 0, 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 7))
		m, l := burdens(r, r.IntN(2))
		if len(l.At) == 0 {
			continue
		}
		best := math.Inf(1)
		everyPoint(m, func(x []float64) { best = math.Min(best, m.Levels[0].Value(x)) })
		if math.IsInf(best, 1) {
			continue
		}
		list := []Ladder{{Column: l.Column, At: l.At, Partitions: l.Partitions, Nested: l.Nested}}
		if r.IntN(2) == 0 { // the model has the steps itself
			n := len(m.Columns)
			m, _ = solver.Restate(m, []solver.Ladder{l})
			list = []Ladder{{}}
			for k := range l.At {
				list[0].Given = append(list[0].Given, n+k)
			}
		}
		s, err := newStage(m, newMatrix(m), 0, nil).withLadders(list)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		w := newWalker(s, grown(r, s, r.IntN(5)))
		if err := w.walk(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if trees++; nearest(w.least) > best+1e-9 {
			t.Fatalf("seed %d: the checker takes %s, a point costs %g", seed, w.least, best)
		} else if nearest(w.least) > best-1 {
			tight++
		}
	}
	if trees < 250 || tight < trees/4 {
		t.Errorf("%d trees, %d near the optimum", trees, tight)
	}
}
