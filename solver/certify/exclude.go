package certify

import (
	"math"
	"math/big"
)

// Exclusion by reduced costs: with multipliers whose bound is B, a solution that uses a column of reduced cost d costs
// at least B + d. All columns for which that reaches the target make one split: where some of them is used the
// same multipliers prove the target, so that the rest of the tree does without them.

// excludeShare: below this share of the columns a split does not pay for its leaf.
const excludeShare = 20

// exclude makes the leaf of node i, at p, such a split where that pays, and returns the node to go on with. Only nodes
// that stand on no Some side can be split.
func (g *grower) exclude(i int, p place) int {
	leaf := g.nodes[i].Leaf
	if leaf == nil || len(p.own) > 0 || g.stage.ints == nil || !leaf.known() || leaf.Ray || len(leaf.Of) > 0 || !g.stage.fast(p, leaf) {
		return i
	}
	g.stage.bound(p, leaf) // leaves the reduced costs
	columns, least := g.dear(g.missing(leaf), p)
	if len(columns)*excludeShare < open(p) {
		return i
	}
	some := &Leaf{Shift: leaf.Shift, Rows: append(append([]int{}, leaf.Rows...), len(g.stage.model.Rows)),
		Y: append(append(Ints{}, leaf.Y...), least)}
	split := &Split{Columns: columns}
	at := p
	at.own = []ownRow{someOf(split)}
	if g.stage.finish(at, some); !g.reaches(g.rounded(some)) {
		return i
	}
	split.Zero = g.put(origin{i, false}, Node{Leaf: leaf})
	split.Some = g.put(origin{i, true}, Node{Leaf: some})
	g.set(i, Node{Split: split})
	return split.Zero
}

// open counts the columns that are not fixed.
func open(p place) int {
	n := 0
	for j := range p.lower {
		if p.lower[j] != p.upper[j] {
			n++
		}
	}
	return n
}

// missing is how much the leaf's bound falls short of the target, in units of its multipliers, rounded up.
func (g *grower) missing(leaf *Leaf) int64 {
	short := new(big.Rat).Sub(g.target, &leaf.Bound.Rat)
	if g.stage.step != nil { // whatever passes the value before the target is rounded up to it
		short.Sub(g.stage.roundUp(g.target), &leaf.Bound.Rat)
		short.Sub(short, new(big.Rat).SetInt(g.stage.step))
	}
	short.Mul(short, new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), uint(leaf.Shift))))
	up := math.Ceil(floatUp(short)) + 1
	if !(up < exactInts) {
		return math.MaxInt64
	}
	return max(int64(up), 1)
}

// dear lists the columns at zero whose reduced cost is no less than the limit, and the least such cost.
func (g *grower) dear(limit int64, p place) (columns []int, least int64) {
	least = math.MaxInt64
	for j := range p.lower {
		d := g.stage.ints.reduced[j] / g.stage.ints.unit // rounded down where it counts
		if g.stage.model.Columns[j].Integer && p.lower[j] == 0 && p.upper[j] > 0 && d >= limit {
			columns = append(columns, j)
			least = min(least, d)
		}
	}
	return columns, least
}
