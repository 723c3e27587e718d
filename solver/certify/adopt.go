package certify

import (
	"math/big"
	"slices"

	"cadre/solver"
)

// adopt takes over, of the proofs that a solver handed over for this level, the one that proves most, where that is more
// than the tree at hand. What is unsound in a proof costs strength only: such a node is a leaf, and every
// bound is computed anew. Where time is over the root still is taken over: one pass over the rows.
func (g *grower) adopt(proofs []*solver.Proof) {
	for _, p := range proofs {
		if p == nil || len(p.Nodes) == 0 {
			continue
		}
		if t := g.translate(p); t != nil && (t.closed() || above(t.bound(g.stage), g.tree.bound(g.stage))) {
			g.tree, g.adopted = *t, true
		}
		if g.closed() || g.reaches(g.tree.bound(g.stage)) {
			return
		}
	}
}

// above says whether bound a is higher than b; nil is none.
func above(a, b *big.Rat) bool { return a != nil && (b == nil || a.Cmp(b) > 0) }

// translate states a proof as a tree of the certificate. One that is too long for it is cut down to the nodes that were
// made first, which is a tree as well.
func (g *grower) translate(p *solver.Proof) *tree {
	room := g.maxBytes
	for most := len(p.Nodes); most > 0; most /= 2 {
		t := translator{g: g, proof: p, most: most, room: room, place: g.stage.root()}
		t.lower, t.upper = slices.Clone(t.lower), slices.Clone(t.upper)
		t.node(0, origin{parent: -1}, nil)
		if t.tree.bytes <= room {
			return &t.tree
		}
	}
	return nil
}

// translator walks a proof depth first; its place is that of the present node.
type translator struct {
	g     *grower
	proof *solver.Proof
	most  int // nodes from this one on are left out: their parents are leaves
	room  int // bytes
	place
	depth   int
	crossed int // columns whose bounds cross here
	tree    tree
}

// node translates node i, with the multipliers of the nearest node above that has some.
func (t *translator) node(i int, o origin, y []float64) {
	n := &t.proof.Nodes[i]
	if n.Multipliers != nil && !n.Ray {
		y = n.Multipliers
	}
	t.depth++
	defer func() { t.depth-- }()
	switch {
	case t.crossed > 0 || !t.inner(i, n):
		t.leaf(n, o, y)
	case n.Row > 0:
		t.divide(n, o, y)
	case n.Columns != nil:
		t.split(n, o, y)
	default:
		t.branch(n, o, y)
	}
}

// inner says whether node i has children that can be followed.
func (t *translator) inner(i int, n *solver.ProofNode) bool {
	if n.Low <= i || n.High <= i || max(n.Low, n.High) >= t.most || t.depth >= deepest || t.tree.bytes > t.room || t.g.late() {
		return false
	}
	if n.Columns == nil {
		return t.integer(n.Column) && abs(n.At) < exactInts
	}
	last := -1
	for _, j := range n.Columns {
		if j <= last || !t.integer(j) || t.lower[j] < 0 {
			return false
		}
		last = j
	}
	if n.Row == 0 {
		return true
	}
	if !t.g.stage.partition(n.Row-1, &t.place) {
		return false
	}
	_, part := t.g.stage.others(n.Row-1, n.Columns)
	return part
}

func (t *translator) integer(j int) bool {
	return j >= 0 && j < len(t.lower) && t.g.stage.model.Columns[j].Integer
}

// branch: a side on which nothing is left needs no node.
func (t *translator) branch(n *solver.ProofNode, o origin, y []float64) {
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
	b.Low = len(t.tree.nodes)
	t.node(n.Low, origin{i, false}, y)
	t.lower[j], t.upper[j] = at+1, upper
	b.High = len(t.tree.nodes)
	t.node(n.High, origin{i, true}, y)
	t.lower[j] = lower
}

func (t *translator) split(n *solver.ProofNode, o origin, y []float64) {
	s := &Split{Columns: n.Columns}
	i := t.tree.put(o, Node{Split: s})
	s.Zero = t.without(s.Columns, n.Low, origin{i, false}, y)
	t.sets = append(t.sets, s.Columns)
	s.Some = len(t.tree.nodes)
	t.node(n.High, origin{i, true}, y)
	t.sets = t.sets[:len(t.sets)-1]
}

func (t *translator) divide(n *solver.ProofNode, o origin, y []float64) {
	d := &Divide{Row: n.Row - 1, Columns: n.Columns}
	i := t.tree.put(o, Node{Divide: d})
	d.Zero = t.without(d.Columns, n.Low, origin{i, false}, y)
	others, _ := t.g.stage.others(d.Row, d.Columns)
	d.Other = t.without(others, n.High, origin{i, true}, y)
}

// without translates a node with these columns at zero, and returns its index.
func (t *translator) without(columns []int, node int, o origin, y []float64) int {
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

func (t *translator) leaf(n *solver.ProofNode, o origin, y []float64) {
	if t.crossed > 0 {
		t.tree.put(o, Node{Leaf: &Leaf{Rows: []int{}, Y: Ints{}, Ray: true, Empty: true}})
		return
	}
	if n.Ray {
		if l := t.g.ray(t.place, n.Multipliers); l != nil {
			t.tree.put(o, Node{Leaf: l})
			return
		}
	}
	l := t.g.weighed(t.place, y, len(t.proof.Nodes) > fewNodes)
	if l == nil {
		l = t.g.finish(t.place, nothing())
	}
	t.tree.put(o, Node{Leaf: l})
}

// fewNodes: so small a proof may have multipliers that are finer, and longer, than usual.
const fewNodes = 16

// nothing is the leaf that weighs no row.
func nothing() *Leaf { return &Leaf{Rows: []int{}, Y: Ints{}} }

// weighed is the leaf of these multipliers, rounded; nil where they give no finite bound. Finer rounding is tried where
// the usual one gives none, or where thrift is not asked for and the target is out of reach.
func (g *grower) weighed(p place, duals []float64, thrift bool) *Leaf {
	var best *Leaf
	for _, shift := range shifts(duals) {
		if l := g.finish(p, g.weigh(p, duals, shift)); l.known() && (best == nil || better(l, best)) {
			best = l
		}
		if best != nil && (thrift || g.reaches(g.rounded(best))) {
			break
		}
	}
	return best
}
