package native

import (
	"slices"

	"cadre/solver"
)

// worthTree divides a problem of knapsacks, depth first, until no part is below a goal (Posta, Ferland and Michelon, Computational
// Optimization and Applications 52, 2012, search such bounds likewise). At each node the worths of the one above are improved
// by some steps. Then the knapsacks show what each option costs more than the bound: those that would reach the goal are
// closed, and those without which it is reached are taken. What is left is divided where the two likeliest ways out raise the bound most.
type worthTree struct {
	k       *knapsacks
	b       *pricer
	goal    int64 // bounds from here on will do
	root    *worthPart
	stack   []*worthNode
	room    int     // numbers that may still be kept
	best    []int64 // worths; scratch
	in, out []int64 // by option, see pricer.rises
	nodes   int64   // so far
	floor   int64   // the least bound of leaves below the goal
	found   func(x []float64)
}

// worthNode is what is still to be done.
type worthNode struct {
	closed marks
	worth  []int32 // of the node above
	part   *worthPart
}

// worthPart is a part of the proof, over the given model: a leaf with worths (nil: they are not kept), a split of columns the worths of
// whose high side count that one of these is taken, a division of a row by some of its columns, or a branch on a column.
type worthPart struct {
	kind      solver.ProofKind
	row       int
	column    int
	columns   []int
	low, high *worthPart
	worth     []int32
	some      bool
}

const (
	worthRoot     = 500 // steps of the ascent before the first tree
	worthSteps    = 25  // and at each node
	worthRounds   = 4   // of ascents at a node, while that closes
	worthMany     = 10  // one of so many open options
	worthPatience = 4   // steps without a better bound after which they are halved
	worthShortest = 1e-3
	worthLikely   = 4 // times the way to the goal count as that far, when ways out are compared
)

// newWorthTree begins at worths.
func newWorthTree(b *pricer, goal int64, worth []int32) *worthTree {
	k := b.k
	t := &worthTree{k: k, b: b, goal: goal, root: &worthPart{}, room: recordRoom, floor: never,
		best: make([]int64, len(k.row)), in: make([]int64, len(k.of)), out: make([]int64, len(k.of))}
	t.stack = []*worthNode{{closed: k.wide(), worth: worth, part: t.root}}
	return t
}

// grow works on nodes until so many cells are filled; true where none is left.
func (t *worthTree) grow(cells int64) bool {
	for stop := t.b.work + cells; len(t.stack) > 0 && t.b.work < stop; {
		last := len(t.stack) - 1
		nd := t.stack[last]
		t.stack = t.stack[:last]
		t.nodes++
		t.node(nd)
	}
	return len(t.stack) == 0
}

// node bounds and divides one node.
func (t *worthTree) node(nd *worthNode) {
	if t.room < 0 { // the proof is too long, and its parts are not kept
		t.root, nd.part = nil, &worthPart{}
	}
	t.b.enter(nd.closed, nd.worth)
	for round := 1; ; round++ {
		bound := t.ascend(worthSteps)
		if bound >= t.goal {
			nd.part.worth = t.stated()
			return
		}
		t.b.rises(t.in, t.out)
		closed, alive := t.fix(nd, bound)
		if !alive {
			return
		}
		if round == worthRounds || closed*worthMany < t.b.undecided() {
			break
		}
	}
	t.divide(nd)
}

// ascend improves the worths by so many steps at the most (subgradients with Polyak's lengths), and leaves the best ones priced.
func (t *worthTree) ascend(steps int) int64 {
	b := t.b
	best, bound, length, fails := b.price(), b.bound, 1.0, 0
	copy(t.best, b.worth)
	for ; steps > 0 && best < t.goal && length > worthShortest; steps-- {
		norm := b.amiss()
		if norm == 0 {
			t.show()
			break
		}
		b.step(length * float64(t.target(best)-bound) / float64(norm))
		if bound = b.price(); bound > best {
			best, fails = bound, 0
			copy(t.best, b.worth)
		} else if fails++; fails >= worthPatience {
			length, fails = length/2, 0
		}
	}
	if bound < best {
		copy(b.worth, t.best)
		b.price()
	}
	return best
}

// target is what steps aim at: a little above the goal, or not too far up.
func (t *worthTree) target(bound int64) int64 {
	one := int64(1) << t.k.bits
	return min(t.goal+one/2, bound+max(bound, -bound)/worthFar+one)
}

// worthFar: steps aim at the bound and this part of it, at the most.
const worthFar = 50

// show tells the point that takes every choice as it is asked for.
func (t *worthTree) show() {
	x := make([]float64, t.k.columns)
	for o, taken := range t.b.taken {
		if taken {
			x[t.k.col[o]] = 1
		}
	}
	t.found(x)
}

// fix closes what raises the bound to the goal if it is taken, and takes what does so if it is not. It says how many options that closed,
// and whether anything is left.
func (t *worthTree) fix(nd *worthNode, bound int64) (closed int, alive bool) {
	k, b := t.k, t.b
	closed = t.shut(nd, bound)
	for c := range k.row {
		if b.left[c] == 0 && !k.atMost[c] { // any worth can be asked of a choice that has no option
			b.worth[c] += t.goal - bound
			nd.part.worth = t.stated()
			return closed, false
		}
		for o := k.first[c]; o < k.first[c+1] && b.left[c] > 1; o++ {
			if b.open[o] && t.out[o] >= t.goal-bound {
				closed += int(b.left[c]) - 1
				zero := &worthPart{worth: t.stated()}
				nd.part = nd.part.divide(k.row[c], k.col[o], zero, &worthPart{})
				k.except(nd.closed, o)
				b.only(o)
			}
		}
	}
	return closed, true
}

// shut closes the options that raise the bound to the goal.
func (t *worthTree) shut(nd *worthNode, bound int64) int {
	var columns []int
	var list []int32
	for o := range t.k.of {
		if t.b.open[o] && t.in[o] >= t.goal-bound {
			columns, list = append(columns, t.k.col[o]), append(list, int32(o))
		}
	}
	if len(list) == 0 {
		return 0
	}
	p := nd.part
	p.kind, p.columns, p.low, p.high = solver.KindSplit, columns, &worthPart{}, &worthPart{worth: t.stated(), some: true}
	slices.Sort(columns)
	for _, o := range list {
		nd.closed.set(int(o))
		t.b.close(o)
	}
	nd.part = p.low
	return len(list)
}

// divide makes a leaf a division by one column of a row, and returns the side on which all others are zero.
func (p *worthPart) divide(row, column int, zero, other *worthPart) *worthPart {
	p.kind, p.row, p.columns, p.low, p.high = solver.KindDivide, row, []int{column}, zero, other
	return other
}

// divide divides a node by the likeliest option of a choice.
func (t *worthTree) divide(nd *worthNode) {
	best, score := int32(-1), 0.0
	for c := range t.k.row {
		if t.b.settled(int32(c)) {
			continue
		}
		if o, v := t.judge(int32(c)); v > score {
			best, score = o, v
		}
	}
	if best < 0 {
		t.conclude(nd)
		return
	}
	c := t.k.of[best]
	zero, one := &worthPart{}, &worthPart{}
	nd.part.divide(t.k.row[c], t.k.col[best], zero, one)
	worth, closed := t.b.kept(t.b.worth), slices.Clone(nd.closed)
	closed.set(int(best))
	if t.b.left[c] == 1 { // it is this one or nothing
		nd.part.kind, nd.part.column = solver.KindBranch, t.k.col[best]
		nd.closed.set(len(t.k.of) + int(c))
	}
	t.k.except(nd.closed, best)
	t.stack = append(t.stack, &worthNode{closed, worth, zero}, &worthNode{nd.closed, worth, one})
}

// conclude ends a node all of whose choices are decided: what is left is one point at the most.
func (t *worthTree) conclude(nd *worthNode) {
	bound := t.b.price()
	if bound < t.goal {
		t.show()
	}
	t.floor = min(t.floor, bound)
	nd.part.worth = t.stated()
}

// judge finds the likeliest option of a choice, and how good it is to divide by it: the product of by how much the bound rises with it
// and with the second likeliest, as far as the knapsacks of the present worths tell.
func (t *worthTree) judge(c int32) (option int32, score float64) {
	k, b := t.k, t.b
	all := int64(0) // to leave out all that are taken
	for o := k.first[c]; o < k.first[c+1]; o++ {
		if b.taken[o] {
			all += t.out[o]
		}
	}
	option = -1
	first, second := int64(never), int64(never)
	if k.atMost[c] {
		first, second = never, all
	}
	for o := k.first[c]; o < k.first[c+1]; o++ {
		if !b.open[o] {
			continue
		}
		rise := all + t.in[o]
		if b.taken[o] {
			rise -= t.out[o]
		}
		if rise < first {
			first, second, option = rise, min(first, second), o
		} else {
			second = min(second, rise)
		}
	}
	way := func(rise int64) float64 {
		return float64(min(rise, worthLikely*(t.goal-b.bound))) + float64(int64(1)<<k.bits)*worthLeast
	}
	return option, way(first) * way(second)
}

// worthLeast is added to both ways out, so that one that raises nothing does not make the other one worthless.
const worthLeast = 0.01

// stated are the worths as a certificate is to have them, where all options of a choice but one are closed and nothing says that it
// has to be taken: worth so much that its knapsack takes it, and that to leave it out would pass the goal. Nil where there is no room left.
func (t *worthTree) stated() []int32 {
	k, b := t.k, t.b
	if t.room -= len(k.row); t.room < 0 {
		return nil
	}
	dear := b.mass()
	for i := range dear {
		dear[i] += max(t.goal-b.base, 0)
	}
	out := slices.Clone(b.worth)
	for c := range out {
		if b.forced(int32(c)) {
			o := b.sole(int32(c))
			switch {
			case k.atMost[c]: // the bounds of the column say so
				out[c] = 0
			case k.limit[o] < 0:
				out[c] = k.cost[o]
			default:
				out[c] = k.cost[o] + dear[k.limit[o]]
			}
		}
	}
	return b.kept(out)
}
