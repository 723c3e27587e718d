package certify

import (
	"container/heap"
	"math"
	"math/big"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// grower grows the tree of one level, best bound first.
type grower struct {
	*builder
	tree
	bare     *stage // of the level, without ladders and cuts
	stage    *stage // with those of the tree
	ladders  []Ladder
	cuts     []Cut
	value    *big.Rat
	target   *big.Rat
	open     tips
	reduced  *reduced // the relaxation below the splits at the top of the tree; nil before it is needed
	gains    gains
	maxWork  int64
	maxBytes int
	deadline time.Time // zero: none
	adopted  bool      // whether the tree began as a solver's
	refutes  bool      // whether the tree is to show that there is no point
	insisted int       // branches for want of candidates
}

// tip is a leaf that may still be branched on.
type tip struct {
	node       int
	bound      *big.Rat // rounded up; nil: none
	relaxed    bool     // whether its relaxation was solved, which gives the candidates
	candidates []candidate
	last       []candidate // what is left to branch on where there are none
}

func newGrower(b *builder, s *stage, value, target *big.Rat) *grower {
	return &grower{builder: b, bare: s, stage: s, value: value, target: target, gains: newGains(len(s.lower))}
}

// grow begins with no multipliers, goes on with what the solver handed over, and then with relaxations of its own. It
// ends at the target, at a limit, or at a leaf on which there is nothing to branch: it has the least bound of all, which no other leaf lifts.
func (g *grower) grow(proofs []*solver.Proof) {
	g.put(origin{parent: -1}, Node{Leaf: g.stage.finish(g.stage.root(), nothing())})
	if g.reaches(g.tree.bound(g.stage)) {
		return
	}
	if g.limits.Gap < wideGap || len(g.stage.lower) > shortColumns {
		g.climb(proofs)
		return
	}
	if g.climb(leaves(proofs)); !g.reaches(g.tree.bound(g.stage)) {
		g.adopt(proofs)
	}
}

// shortColumns: on models of more columns a relaxation of its own takes longer than a whole tree does to take over.
const shortColumns = 10_000

// leaves are the proofs without their trees: where a wide gap is asked for, one leaf is often enough and the certificate short.
func leaves(proofs []*solver.Proof) []*solver.Proof {
	var list []*solver.Proof
	for _, p := range proofs {
		if p != nil && len(p.Nodes) > 0 {
			list = append(list, &solver.Proof{Cuts: p.Cuts, Nodes: []solver.ProofNode{{Multipliers: p.Nodes[0].Multipliers}}})
		}
	}
	return list
}

// climb takes over what proofs show and goes on with relaxations of its own.
func (g *grower) climb(proofs []*solver.Proof) {
	g.adopt(proofs)
	if g.refutes && !g.closed() && g.outright() {
		return
	}
	g.thin()
	g.report()
	if g.done() || g.relaxer == nil || !g.openTips() {
		return
	}
	for len(g.open) > 0 && !g.spent() {
		t := heap.Pop(&g.open).(tip)
		switch {
		case g.reaches(t.bound) || t.relaxed && len(t.candidates) == 0 && !g.insists(&t):
			return
		case t.relaxed:
			g.branch(t)
		default:
			g.deepen(t)
		}
		g.report()
	}
}

// mostInsisted bounds the branches for want of candidates in a tree: they help where a few do.
const mostInsisted = 256

// insists says whether a leaf short of the target is worth a branch though its relaxation has integers only: they may be none by less than it
// can tell, or its multipliers say less than it does. What rounding alone takes off a bound is not worth one.
func (g *grower) insists(t *tip) bool {
	if len(t.last) == 0 || g.insisted >= mostInsisted {
		return false
	}
	if t.bound != nil && g.stage.step == nil {
		short := nearest(new(big.Rat).Sub(g.target, t.bound))
		if short <= mip.FeasTol*math.Max(1, math.Abs(nearest(g.value))) {
			return false
		}
	}
	g.insisted++
	t.candidates = t.last
	return true
}

// thin rounds what was taken over coarsely where a wide gap was asked for and one leaf reaches it.
func (g *grower) thin() {
	if l := g.nodes[0].Leaf; g.adopted && l != nil && g.limits.Gap >= wideGap {
		g.set(0, Node{Leaf: g.coarsen(g.stage.root(), l)})
	}
}

// done says whether the tree reaches the target or a limit forbids more.
func (g *grower) done() bool { return g.closed() || g.reaches(g.tree.bound(g.stage)) || g.spent() }

// mostRelaxed: a solver's proof is not bettered by relaxations of more columns than this. What the embedded simplex method
// makes of them in the time that is left would not be worth its memory.
const mostRelaxed = 100_000

// openTips lists the leaves that may be worked on, and prepares the relaxation that most of them share. It reports whether
// that is worth its while.
func (g *grower) openTips() bool {
	if g.adopted {
		g.exclude(0, g.stage.root())
	}
	for i := range g.nodes {
		if l := g.nodes[i].Leaf; l != nil && !l.Ray {
			g.open = append(g.open, tip{node: i, bound: g.rounded(l)})
		}
	}
	heap.Init(&g.open)
	p := g.place(g.stage, g.top())
	if g.adopted && open(p) > mostRelaxed {
		return false
	}
	g.reduced = newReduced(g, p)
	return true
}

// relaxation is that of a place: the common one, or one with the rows or columns that the place has beside it.
func (g *grower) relaxation(p place) *reduced {
	if len(p.own) == 0 && g.reduced.covers(p) {
		return g.reduced
	}
	return newReduced(g, p)
}

// top is the node below the splits, on their Zero side, and the branches one side of which is a leaf, with which the tree begins.
func (g *grower) top() int {
	leaf := func(i int) bool { return g.nodes[i].Leaf != nil }
	for i := 0; ; {
		switch n := &g.nodes[i]; {
		case n.Split != nil:
			i = n.Split.Zero
		case n.Branch != nil && leaf(n.Branch.Low) && !leaf(n.Branch.High):
			i = n.Branch.High
		case n.Branch != nil && leaf(n.Branch.High) && !leaf(n.Branch.Low):
			i = n.Branch.Low
		default:
			return i
		}
	}
}

// deepen solves the relaxation of a leaf. At the top of the tree it then excludes, by their reduced costs, the columns that no
// better solution uses.
func (g *grower) deepen(t tip) {
	p := g.place(g.stage, t.node)
	if g.adopted && open(p) > mostRelaxed {
		t.relaxed = true // as good as it gets
		heap.Push(&g.open, t)
		return
	}
	leaf, candidates, last := g.relax(g.relaxation(p), p, g.nodes[t.node].Leaf)
	if t.node == g.top() && g.limits.Gap >= wideGap {
		leaf = g.coarsen(p, leaf)
	}
	g.set(t.node, Node{Leaf: leaf})
	if leaf.Ray {
		return
	}
	t.bound, t.relaxed, t.candidates, t.last = g.rounded(leaf), true, candidates, last
	if t.node == g.top() && !g.reaches(t.bound) {
		if i := g.exclude(t.node, p); i != t.node {
			g.reduced, t.node = newReduced(g, g.place(g.stage, i)), i
		}
	}
	heap.Push(&g.open, t)
}

// branch divides a leaf into two, whose relaxations are solved at once, so that the tree stays complete.
func (g *grower) branch(t tip) {
	leaf := g.nodes[t.node].Leaf
	p := g.place(g.stage, t.node)
	r := g.relaxation(p)
	c := g.choose(r, p, g.score(leaf), t.candidates)
	at := math.Floor(c.value)
	b := &Branch{Column: c.column, At: int64(at)}
	lower, upper := p.lower[c.column], p.upper[c.column]
	implied := g.stage.implies(b.Column, b.At)
	p.upper[c.column] = at
	_, back := p.narrow(implied, false)
	low := g.child(r, p, t.node, c, false)
	back()
	p.lower[c.column], p.upper[c.column] = at+1, upper
	_, back = p.narrow(implied, true)
	high := g.child(r, p, t.node, c, true)
	back()
	p.lower[c.column] = lower
	b.Low, b.High = low.node, high.node
	g.set(t.node, Node{Branch: b})
	for _, child := range []tip{low, high} {
		if !g.nodes[child.node].Leaf.Ray {
			heap.Push(&g.open, child)
		}
	}
}

// child solves the relaxation of one side of a branch.
func (g *grower) child(r *reduced, p place, parent int, c candidate, up bool) tip {
	above := g.nodes[parent].Leaf
	leaf, candidates, last := g.relax(r, p, above)
	g.gains.note(c, up, g.score(leaf)-g.score(above))
	return tip{g.put(origin{parent, up}, Node{Leaf: leaf}), g.rounded(leaf), true, candidates, last}
}

// score is a leaf's bound as a float, the value's where the leaf is empty.
func (g *grower) score(l *Leaf) float64 {
	if l.Ray {
		return nearest(g.value)
	}
	return nearest(&l.Bound.Rat)
}

// relax solves the relaxation at p. The leaf is the best that is known there, its parent's at worst. Where there are no candidates there may be a last one.
func (g *grower) relax(r *reduced, p place, parent *Leaf) (leaf *Leaf, candidates, last []candidate) {
	if crossed(p) {
		return void(), nil, nil
	}
	g.work++
	best := g.stage.finish(p, &Leaf{Shift: parent.Shift, Rows: parent.Rows, Y: parent.Y, Over: parent.Over, Exact: parent.Exact, Of: parent.Of, Limits: parent.Limits, Some: parent.Some})
	found := r.solve(p)
	switch found.Limit {
	case solver.LimitTime, solver.LimitInterrupted:
		g.deterministic = false
	}
	if found.Status == solver.Infeasible {
		if ray := g.ray(g.stage, p, found.Ray); ray != nil {
			return ray, nil, nil
		}
	}
	candidates = r.candidates(found.Values)
	// Where no branch follows, and no bound is rounded up to a value of the objective, what coarse multipliers lose is lost.
	thrift := len(candidates) > 0 || g.stage.step != nil
	best = g.pick(p, found.Duals, thrift, best)
	if r.program != nil && !g.reaches(g.rounded(best)) {
		if thrift && g.short(best, found) {
			best = g.pick(p, found.Duals, false, best)
		}
		if len(candidates) == 0 {
			if leaf, candidates := g.sure(r, p); leaf != nil {
				if leaf.Ray || better(leaf, best) {
					best = leaf
				}
				return best, candidates, nil
			}
		}
	}
	if len(candidates) == 0 && (found.Status == solver.Optimal || found.Status == solver.Infeasible) {
		last = r.last(p, found.Values)
	}
	return best, candidates, last
}

// pick is the better of a leaf and that of these multipliers, rounded.
func (g *grower) pick(p place, duals []float64, thrift bool, best *Leaf) *Leaf {
	if l := g.weighed(g.stage, p, duals, thrift); l != nil && better(l, best) {
		return l
	}
	return best
}

// known says whether a leaf has a finite bound; Build keeps no other where it can.
func (l *Leaf) known() bool { return !l.none }

func better(a, b *Leaf) bool {
	return a.known() && (!b.known() || a.Bound.Cmp(&b.Bound.Rat) > 0)
}

func (g *grower) rounded(l *Leaf) *big.Rat { return g.stage.rounded(l) }

func (g *grower) reaches(bound *big.Rat) bool { return bound != nil && bound.Cmp(g.target) >= 0 }

// late says whether time is over.
func (g *grower) late() bool {
	if g.ctx.Err() != nil || !g.deadline.IsZero() && !time.Now().Before(g.deadline) {
		g.deterministic = false
		return true
	}
	return false
}

// spent says whether a limit forbids another relaxation.
func (g *grower) spent() bool {
	if g.work >= g.maxWork || g.bytes+2*g.largest >= g.maxBytes { // a branch adds two leaves
		g.cut = true
		return true
	}
	return g.late()
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
