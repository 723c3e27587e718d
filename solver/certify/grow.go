package certify

import (
	"container/heap"
	"math"
	"math/big"
	"time"

	"cadre/solver"
)

// grower grows the tree of one level, best bound first.
type grower struct {
	*builder
	stage    *stage
	value    *big.Rat
	target   *big.Rat
	nodes    []Node
	origin   []origin
	open     tips
	reduced  *reduced
	gains    gains
	maxWork  int64
	maxBytes int
	largest  int       // size of the largest leaf
	deadline time.Time // zero: none
}

// origin says on which side of which node a node stands; the root has none.
type origin struct {
	parent int
	second bool // High, or Some
}

// tip is a leaf that may still be branched on.
type tip struct {
	node       int
	bound      *big.Rat // rounded up; nil: none
	candidates []candidate
}

func newGrower(b *builder, s *stage, value, target *big.Rat) *grower {
	return &grower{builder: b, stage: s, value: value, target: target, gains: newGains(len(s.lower))}
}

// grow ends at the target, at a limit, or at a leaf on which there is nothing to branch.
func (g *grower) grow() {
	zero := &Leaf{Rows: []int{}, Y: Ints{}}
	g.add(origin{parent: -1}, g.finish(g.stage.root(), zero))
	if g.reaches(g.rounded(zero)) || g.spent() {
		return
	}
	g.root(zero)
	for len(g.open) > 0 && !g.spent() {
		t := heap.Pop(&g.open).(tip)
		if g.reaches(t.bound) || len(t.candidates) == 0 {
			heap.Push(&g.open, t)
			return
		}
		g.branch(t)
		g.report()
	}
}

// root solves the first relaxation and excludes, by their reduced costs, the columns that no better solution uses.
func (g *grower) root(zero *Leaf) {
	g.reduced = newReduced(g, g.stage.lower, g.stage.upper)
	p := g.stage.root()
	leaf, candidates := g.relax(p, zero)
	if g.limits.Gap >= wideGap {
		leaf = g.coarsen(p, leaf)
	}
	g.nodes[0].Leaf = leaf
	g.bytes += size(leaf) - size(zero)
	bound := g.rounded(leaf)
	node := 0
	if !g.reaches(bound) {
		node = g.exclude(leaf, p)
	}
	heap.Push(&g.open, tip{node, bound, candidates})
	g.report()
}

// branch divides a leaf into two, whose relaxations are solved at once, so that the tree stays complete.
func (g *grower) branch(t tip) {
	leaf := g.nodes[t.node].Leaf
	p := g.place(t.node)
	c := g.choose(p, g.score(leaf), t.candidates)
	at := math.Floor(c.value)
	b := &Branch{Column: c.column, At: int64(at)}
	lower, upper := p.lower[c.column], p.upper[c.column]
	before := g.score(leaf)
	p.upper[c.column] = at
	low, lowMore := g.relax(p, leaf)
	b.Low = g.add(origin{t.node, false}, low)
	lowTip := tip{b.Low, g.rounded(low), lowMore}
	g.gains.note(c, false, g.score(low)-before)
	p.lower[c.column], p.upper[c.column] = at+1, upper
	high, highMore := g.relax(p, leaf)
	b.High = g.add(origin{t.node, true}, high)
	highTip := tip{b.High, g.rounded(high), highMore}
	g.gains.note(c, true, g.score(high)-before)
	p.lower[c.column] = lower
	g.nodes[t.node] = Node{Branch: b}
	g.bytes -= size(leaf)
	for _, child := range []tip{lowTip, highTip} {
		if !g.nodes[child.node].Leaf.Ray {
			heap.Push(&g.open, child)
		}
	}
}

// score is a leaf's bound as a float, the value's where the leaf is empty.
func (g *grower) score(l *Leaf) float64 {
	if l.Ray {
		return nearest(g.value)
	}
	return nearest(&l.Bound.Rat)
}

// add appends a leaf.
func (g *grower) add(o origin, l *Leaf) int {
	g.nodes = append(g.nodes, Node{Leaf: l})
	g.origin = append(g.origin, o)
	g.bytes += size(l)
	g.largest = max(g.largest, size(l))
	return len(g.nodes) - 1
}

// size is how many bytes a leaf takes in the certificate, with what surrounds it.
func size(l *Leaf) int { return len(quote(l)) + 128 }

// place is where node i stands.
func (g *grower) place(i int) place {
	p := place{lower: append([]float64(nil), g.stage.lower...), upper: append([]float64(nil), g.stage.upper...)}
	for ; g.origin[i].parent >= 0; i = g.origin[i].parent {
		o := g.origin[i]
		n := &g.nodes[o.parent]
		switch {
		case n.Branch != nil && o.second:
			p.lower[n.Branch.Column] = math.Max(p.lower[n.Branch.Column], float64(n.Branch.At+1))
		case n.Branch != nil:
			p.upper[n.Branch.Column] = math.Min(p.upper[n.Branch.Column], float64(n.Branch.At))
		case !o.second: // tips never stand on the Some side
			for _, j := range n.Split.Columns {
				p.upper[j] = math.Min(p.upper[j], 0)
			}
		}
	}
	return p
}

// relax solves the relaxation at p. The leaf is the best that is known there, its parent's at worst.
func (g *grower) relax(p place, parent *Leaf) (*Leaf, []candidate) {
	g.work++
	best := g.finish(p, &Leaf{Shift: parent.Shift, Rows: parent.Rows, Y: parent.Y})
	found := g.reduced.solve(p)
	switch found.Limit {
	case solver.LimitTime, solver.LimitInterrupted:
		g.deterministic = false
	}
	if found.Status == solver.Infeasible {
		if ray := g.ray(p, found.Ray); ray != nil {
			return ray, nil
		}
		return best, nil
	}
	for _, shift := range shifts(found.Duals) {
		leaf := g.finish(p, g.weigh(found.Duals, shift))
		if better(leaf, best) {
			best = leaf
		}
		if leaf.known() {
			break
		}
	}
	return best, g.reduced.candidates(found.Values)
}

// known says whether a leaf has a finite bound; Build keeps no other where it can.
func (l *Leaf) known() bool { return !l.none }

func better(a, b *Leaf) bool {
	return a.known() && (!b.known() || a.Bound.Cmp(&b.Bound.Rat) > 0)
}

// finish computes the leaf's bound.
func (g *grower) finish(p place, l *Leaf) *Leaf {
	bound := g.stage.bound(p, l)
	if l.none = bound == nil; !l.none {
		l.Bound = number(bound)
	}
	return l
}

// rounded is the leaf's bound, lifted to a value that the objective can take; nil where there is none.
func (g *grower) rounded(l *Leaf) *big.Rat {
	if !l.known() {
		return nil
	}
	return g.stage.roundUp(&l.Bound.Rat)
}

func (g *grower) reaches(bound *big.Rat) bool { return bound != nil && bound.Cmp(g.target) >= 0 }

// bound is what the whole tree proves, nil where a leaf has no bound.
func (g *grower) bound() *big.Rat {
	var least *big.Rat
	for i := range g.nodes {
		l := g.nodes[i].Leaf
		if l == nil || l.Ray {
			continue
		}
		b := g.rounded(l)
		if b == nil {
			return nil
		}
		if least == nil || b.Cmp(least) < 0 {
			least = b
		}
	}
	return least
}

// spent says whether a limit forbids another relaxation.
func (g *grower) spent() bool {
	if g.ctx.Err() != nil || !g.deadline.IsZero() && !time.Now().Before(g.deadline) {
		g.deterministic = false
		return true
	}
	return g.work >= g.maxWork || g.bytes+2*g.largest >= g.maxBytes // a branch adds two leaves
}

func (g *grower) report() {
	if g.limits.Progress == nil {
		return
	}
	bound := math.Inf(-1)
	if len(g.open) > 0 && g.open[0].bound != nil {
		bound = nearest(g.open[0].bound)
	}
	g.limits.Progress(solver.Progress{Phase: "certify", Level: g.stage.model.Levels[0].Name,
		Incumbent: nearest(g.value), Bound: bound, Nodes: g.work, Elapsed: time.Since(g.began)})
}

// tips is a heap: the least bound first, then the oldest node.
type tips []tip

func (t tips) Len() int { return len(t) }
func (t tips) Less(i, j int) bool {
	a, b := t[i].bound, t[j].bound
	switch {
	case a == nil || b == nil:
		if (a == nil) != (b == nil) {
			return a == nil
		}
	default:
		if c := a.Cmp(b); c != 0 {
			return c < 0
		}
	}
	return t[i].node < t[j].node
}
func (t tips) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (t *tips) Push(v any)   { *t = append(*t, v.(tip)) }
func (t *tips) Pop() any {
	last := len(*t) - 1
	v := (*t)[last]
	*t = (*t)[:last]
	return v
}
