package certify

import (
	"math"
	"slices"

	"cadre/mip"
	"cadre/solver"
)

// adopt takes over, of the proofs that a solver handed over for this level, the one that proves most, where that is more
// than the tree at hand; or as much, with branches, which are then worked on. What is unsound in a proof costs strength only: such a node is a leaf, and every
// bound is computed anew. Where time is over the root still is taken over: one pass over the rows.
func (g *grower) adopt(proofs []*solver.Proof) {
	for _, p := range proofs {
		if p == nil || len(p.Nodes) == 0 {
			continue
		}
		if t := g.translate(p); t != nil && (t.tree.closed() || t.tree.betters(&g.tree, t.stage)) {
			g.take(t)
		}
		if g.closed() || g.reaches(g.tree.bound(g.stage)) {
			return
		}
	}
}

// take makes the tree of a proof the grower's own.
func (g *grower) take(t *translator) {
	g.tree, g.stage, g.ladders, g.cuts, g.adopted = t.tree, t.stage, t.ladders, t.cuts, true
	g.gains = newGains(len(g.stage.lower))
}

// betters says whether t proves more than the other tree, or as much with more branches.
func (t *tree) betters(other *tree, s *stage) bool {
	a, b := t.bound(s), other.bound(s)
	switch {
	case a == nil || b == nil:
		return a != nil || b == nil && len(t.nodes) > len(other.nodes)
	case a.Cmp(b) == 0:
		return len(t.nodes) > len(other.nodes)
	}
	return a.Cmp(b) > 0
}

// translate states a proof as a tree of the certificate. One that is too long for it is cut down to the nodes that were
// made first, which is a tree as well.
func (g *grower) translate(p *solver.Proof) *translator {
	p, stage, ladders, bytes := g.climbed(p)
	for most := len(p.Nodes); most > 0; most /= 2 {
		t := &translator{g: g, proof: p, most: most, room: g.maxBytes, stage: stage, given: len(stage.model.Rows), ladders: ladders, place: stage.root()}
		t.lower, t.upper = slices.Clone(t.lower), slices.Clone(t.upper)
		t.tree.bytes = bytes
		t.addCuts()
		t.sharing(p)
		t.node(0, origin{parent: -1}, nil)
		if t.tree.bytes <= t.room {
			return t
		}
	}
	return nil
}

// climbed takes over the ladders of a proof where all of them stand, with their size. Where one does not, the columns and rows behind it
// would be others: what the root's multipliers of the rows before say is all that is left.
func (g *grower) climbed(p *solver.Proof) (_ *solver.Proof, stage *stage, ladders []Ladder, bytes int) {
	for _, l := range p.Ladders {
		ladders = append(ladders, Ladder{Column: l.Column, At: l.At, Partitions: l.Partitions, Nested: l.Nested, Given: l.Given})
	}
	stage, err := g.bare.withLadders(ladders)
	if err != nil {
		return p.Plain(len(g.bare.model.Rows)), g.bare, nil, 0
	}
	for k := range ladders {
		bytes += len(quote(&ladders[k])) + nodeBytes
	}
	return p, stage, ladders, bytes
}

// addCuts takes over the cuts that can be derived.
func (t *translator) addCuts() {
	if len(t.proof.Cuts) == 0 || t.stage.ints == nil {
		return
	}
	given := t.given
	t.stage = t.stage.open()
	at := make([]int, 0, len(t.proof.Cuts)) // row of each cut, -1 where it is none
	for _, c := range t.proof.Cuts {
		own := Cut{Rows: slices.Clone(c.Rows), Y: slices.Clone(c.Y), Divisor: c.Divisor, Other: slices.Clone(c.Other), Upper: slices.Clone(c.Upper)}
		row, unit, err := mip.Constraint{}, 0.0, error(nil)
		if renumber(own.Rows, given, at) && renumber(own.Other, given, at) {
			row, unit, err = t.stage.cut(&own)
		}
		if unit == 0 || err != nil {
			at = append(at, -1)
			t.units = append(t.units, 0)
			continue
		}
		at = append(at, len(t.stage.model.Rows))
		t.units = append(t.units, unit)
		t.stage.addCut(row)
		t.cuts = append(t.cuts, own)
		t.tree.bytes += len(quote(&own)) + nodeBytes
	}
}

// renumber counts cuts by their rows; false where one is not there.
func renumber(rows []int, given int, at []int) bool {
	for e, i := range rows {
		if i < given {
			continue
		}
		if i-given >= len(at) || at[i-given] < 0 {
			return false
		}
		rows[e] = at[i-given]
	}
	return true
}

// counted are multipliers by the rows of the certificate: those of cuts in their integer form, none of cuts that are not
// there.
func (t *translator) counted(y []float64) []float64 {
	given := t.given
	if len(t.units) == 0 || len(y) <= given {
		return y
	}
	out := slices.Clone(y[:given])
	for k, unit := range t.units {
		if i := given + k; i < len(y) && unit != 0 {
			out = append(out, y[i]/unit)
		} else if unit != 0 {
			out = append(out, 0)
		}
	}
	return append(out, y[min(len(y), given+len(t.units)):]...)
}

// translator walks a proof depth first; its place is that of the present node.
type translator struct {
	g     *grower
	proof *solver.Proof
	most  int // nodes from this one on are left out: their parents are leaves
	room  int // bytes
	place
	stage   *stage // with the cuts
	ladders []Ladder
	given   int         // rows before the cuts
	at      map[int]int // by entry of the proof's shared multipliers: that of the certificate
	cuts    []Cut
	units   []float64 // of the proof's cuts, 0 where one is none
	depth   int
	crossed int // columns whose bounds cross here
	tree    tree
}

// node translates node i; y is the nearest node above that has multipliers, nil where none has.
func (t *translator) node(i int, o origin, y *solver.ProofNode) {
	n := &t.proof.Nodes[i]
	if n.Multipliers != nil && !n.Ray {
		y = n
	}
	t.depth++
	defer func() { t.depth-- }()
	if t.crossed > 0 || !t.inner(i, n) {
		t.leaf(n, o, y)
		return
	}
	switch n.Kind {
	case solver.KindBranch:
		t.branch(n, o, y)
	case solver.KindSplit:
		t.split(n, o, y)
	case solver.KindDivide:
		t.divide(n, o, y)
	case solver.KindSum:
		t.sum(n, o, y)
	}
}

// inner says whether node i has children that can be followed.
func (t *translator) inner(i int, n *solver.ProofNode) bool {
	if n.Low <= i || n.High <= i || max(n.Low, n.High) >= t.most || t.depth >= deepest || t.tree.bytes > t.room || t.g.late() {
		return false
	}
	switch n.Kind {
	case solver.KindBranch:
		return t.integer(n.Column) && abs(n.At) < exactInts
	case solver.KindSplit:
		return t.ascending(n.Columns, 0)
	case solver.KindDivide:
		if !t.ascending(n.Columns, 0) || !t.stage.partition(n.Row, &t.place) {
			return false
		}
		_, part := t.stage.others(n.Row, n.Columns)
		return part
	case solver.KindSum:
		s := Sum{Columns: n.Columns, Coefs: n.Coefs, At: n.At}
		return t.ascending(n.Columns, math.Inf(-1)) && s.fault() == ""
	}
	return false
}

// ascending says whether columns are integer ones in order, none below the limit here.
func (t *translator) ascending(columns []int, limit float64) bool {
	last := -1
	for _, j := range columns {
		if j <= last || !t.integer(j) || t.lower[j] < limit {
			return false
		}
		last = j
	}
	return true
}

func (t *translator) integer(j int) bool {
	return j >= 0 && j < len(t.lower) && t.stage.model.Columns[j].Integer
}

// branch: a side on which nothing is left needs no node.
func (t *translator) branch(n *solver.ProofNode, o origin, y *solver.ProofNode) {
	j, at := n.Column, float64(n.At)
	lower, upper := t.lower[j], t.upper[j]
	switch {
	case at < lower:
		t.node(n.High, o, y)
		return
	case at >= upper:
		t.node(n.Low, o, y)
		return
	}
	b := &Branch{Column: j, At: n.At}
	i := t.tree.put(o, Node{Branch: b})
	t.upper[j] = at
	b.Low = t.implying(b, n.Low, origin{i, false}, y)
	t.lower[j], t.upper[j] = at+1, upper
	b.High = t.implying(b, n.High, origin{i, true}, y)
	t.lower[j] = lower
}

// implying translates a side of a branch with what that implies, and returns its index.
func (t *translator) implying(b *Branch, node int, o origin, y *solver.ProofNode) int {
	i := len(t.tree.nodes)
	crossed, back := t.narrow(t.stage.implies(b.Column, b.At), o.second)
	if crossed {
		t.crossed++
	}
	t.node(node, o, y)
	if back(); crossed {
		t.crossed--
	}
	return i
}

func (t *translator) split(n *solver.ProofNode, o origin, y *solver.ProofNode) {
	s := &Split{Columns: n.Columns}
	i := t.tree.put(o, Node{Split: s})
	s.Zero = t.without(s.Columns, n.Low, origin{i, false}, y)
	s.Some = t.with(someOf(s), n.High, origin{i, true}, y)
}

func (t *translator) sum(n *solver.ProofNode, o origin, y *solver.ProofNode) {
	s := &Sum{Columns: n.Columns, Coefs: n.Coefs, At: n.At}
	i := t.tree.put(o, Node{Sum: s})
	low, high := s.sides()
	s.Low = t.with(low, n.Low, origin{i, false}, y)
	s.High = t.with(high, n.High, origin{i, true}, y)
}

// with translates a node with one more row, and returns its index.
func (t *translator) with(row ownRow, node int, o origin, y *solver.ProofNode) int {
	i := len(t.tree.nodes)
	t.own = append(t.own, row)
	t.node(node, o, y)
	t.own = t.own[:len(t.own)-1]
	return i
}

func (t *translator) divide(n *solver.ProofNode, o origin, y *solver.ProofNode) {
	d := &Divide{Row: n.Row, Columns: n.Columns}
	i := t.tree.put(o, Node{Divide: d})
	d.Zero = t.without(d.Columns, n.Low, origin{i, false}, y)
	others, _ := t.stage.others(d.Row, d.Columns)
	d.Other = t.without(others, n.High, origin{i, true}, y)
}

// without translates a node with these columns at zero, and returns its index.
func (t *translator) without(columns []int, node int, o origin, y *solver.ProofNode) int {
	crossed := 0
	for _, j := range columns {
		if t.lower[j] > 0 {
			crossed++
		}
	}
	i := len(t.tree.nodes)
	was := t.clear(columns)
	t.crossed += crossed
	t.node(node, o, y)
	t.crossed -= crossed
	t.reset(columns, was)
	return i
}

func (t *translator) leaf(n *solver.ProofNode, o origin, y *solver.ProofNode) {
	if t.crossed > 0 {
		t.tree.put(o, Node{Leaf: void()})
		return
	}
	if n.Ray {
		if l := t.g.ray(t.stage, t.place, t.counted(n.Multipliers)); l != nil {
			t.tree.put(o, Node{Leaf: l})
			return
		}
	}
	if len(n.Of) > 0 {
		if l := t.combined(n.Of); l != nil && l.known() && t.g.reaches(t.stage.rounded(l)) {
			t.tree.put(o, Node{Leaf: l})
			return
		}
		y = &solver.ProofNode{Multipliers: t.proof.Total(n.Of)}
	}
	l := t.weighed(y)
	// Multipliers from deep in a tree that was cut off, or that leant on cuts which do not stand, may prove less than the root's.
	if top := &t.proof.Nodes[0]; top.Multipliers != nil && (l == nil || !t.g.reaches(t.stage.rounded(l))) {
		if r := t.weighed(top); r != nil && (l == nil || better(r, l)) {
			l = r
		}
	}
	if l == nil {
		l = t.stage.finish(t.place, nothing())
	}
	t.tree.put(o, Node{Leaf: l})
}

// weighed is the leaf of a node's multipliers and limits, nil where they give no bound.
func (t *translator) weighed(y *solver.ProofNode) *Leaf {
	switch {
	case y == nil:
		return nil
	case len(y.Limits) > 0:
		return t.g.worth(t.stage, t.place, y)
	}
	thrift := len(t.proof.Nodes) > fewNodes && len(t.units) == 0
	return t.g.weighed(t.stage, t.place, t.counted(y.Multipliers), thrift)
}

// fewNodes: so small a proof may have multipliers that are finer, and longer, than usual.
const fewNodes = 16

// nothing is the leaf that weighs no row.
func nothing() *Leaf { return &Leaf{Rows: []int{}, Y: Ints{}} }

// weighed is the leaf of these multipliers, rounded; nil where they give no finite bound. Finer rounding is tried where
// the usual one gives none, or where thrift is not asked for and the target is out of reach. Where none does the multipliers are mended.
func (g *grower) weighed(s *stage, p place, duals []float64, thrift bool) *Leaf {
	var best *Leaf
	for _, shift := range shifts(duals) {
		if l := s.finish(p, s.weigh(p, duals, shift)); l.known() && (best == nil || better(l, best)) {
			best = l
		}
		if best != nil && (thrift || g.reaches(s.rounded(best))) {
			break
		}
	}
	if best == nil {
		best = g.mended(s, p, duals, false)
	}
	return best
}
