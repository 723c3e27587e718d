package certify

import (
	"math"
	"math/big"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Checked is what a verified certificate proves of one level.
type Checked struct {
	Name   string
	Value  float64 // at the solution
	Bound  float64 // the largest float that is not above the proven bound; -Inf where there is none
	Leaves int
}

// Verify checks x and the certificate against the model in exact arithmetic: that x is feasible, or as near to it as the certificate
// says, that its level values are those stated, that every tree is complete, that every leaf's multipliers give exactly its bound, and every tree
// exactly its level's. It takes time linear in the leaves times the terms of the rows that they weigh, and memory
// linear in the model; leaves with limits take their tables in addition, up to maxCells in all. The error names the first difference. Model.Model (the hash) is the caller's to compare.
func Verify(m *mip.Model, x []float64, c *Certificate) ([]Checked, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	if c.Within != 0 && c.Within != mip.FeasTol {
		return nil, i18n.E("证书允许约束相差 %g；只认容差 %g", "the certificate lets rows be off by %g; no other tolerance is known than %g", c.Within, mip.FeasTol)
	}
	if err := keeps(m, x, c.Within); err != nil {
		return nil, i18n.E("解不满足模型：%s", "the solution breaks the model: %s", err)
	}
	if len(c.Levels) != len(m.Levels) || c.Infeasible != nil {
		return nil, i18n.E("证书有 %d 个层级，模型有 %d 个", "the certificate has %d levels, the model %d", len(c.Levels), len(m.Levels))
	}
	values, matrix := Values(m, x), newMatrix(m)
	rooms := make([]*big.Rat, len(m.Levels))
	out := make([]Checked, len(m.Levels))
	for k := range m.Levels {
		bound, leaves, err := verifyLevel(newStage(m, matrix, k, rooms), values[k], &c.Levels[k])
		if err != nil {
			return nil, i18n.E("层级 %s：%s", "level %s: %s", m.Levels[k].Name, err)
		}
		rooms[k] = room(m, k, values[k], bound, c.Within)
		out[k] = Checked{Name: m.Levels[k].Name, Value: nearest(values[k]), Bound: down(bound), Leaves: leaves}
	}
	if c.Digest != c.sum() {
		return nil, errDigest
	}
	return out, nil
}

var errDigest = i18n.E("证书被改动：摘要（digest）与内容不符", "the certificate was changed: its digest is not that of its contents")

func verifyLevel(bare *stage, value *big.Rat, p *Proof) (*big.Rat, int, error) {
	if name := bare.model.Levels[0].Name; p.Name != name {
		return nil, 0, i18n.E("证书称之为 %s", "the certificate calls it %s", p.Name)
	}
	if p.Value.Cmp(value) != 0 {
		return nil, 0, i18n.E("证书写值为 %s，解的值为 %s", "the certificate states value %s, the solution has %s", p.Value.decimal(), value.RatString())
	}
	s, err := bare.with(p.Ladders, p.Cuts, p.Shared)
	if err != nil {
		return nil, 0, err
	}
	w := newWalker(s, p.Nodes)
	if err := w.walk(); err != nil {
		return nil, 0, err
	}
	if w.least == nil {
		return nil, 0, i18n.E("按这棵树没有任何解，而解是有的", "the tree leaves no room for any solution, yet there is one")
	}
	if p.Bound.Cmp(w.least) != 0 {
		return nil, 0, i18n.E("证书写界为 %s，它的树证明的是 %s", "the certificate states bound %s, its tree proves %s", p.Bound.decimal(), w.least.RatString())
	}
	return w.least, w.leaves, nil
}

// Gap is the gap of a checked level, relative to the larger of 1 and its value, never negative. A solution whose rows are off may
// lie below the bound: by no more than mip.FeasTol that is no gap. By more, it is better than any solution can be, and the gap
// says by how much.
func Gap(value, bound float64) float64 {
	if Beyond(value, bound) {
		return solver.RelGap(bound, value)
	}
	return solver.RelGap(value, bound)
}

// Beyond says whether a solution is better than any can be, by more than counts as no gap.
func Beyond(value, bound float64) bool { return solver.RelGap(bound, value) > mip.FeasTol }

func nearest(r *big.Rat) float64 {
	v, _ := r.Float64()
	return v
}

func down(r *big.Rat) float64 {
	if r == nil {
		return math.Inf(-1)
	}
	return floatDown(r)
}

// walker goes through a tree depth first, its place being that of the present node.
type walker struct {
	stage *stage
	nodes []Node
	seen  []bool
	place
	least  *big.Rat // of the leaves so far, rounded up; nil before the first
	leaves int
	depth  int
}

func newWalker(s *stage, nodes []Node) *walker {
	w := &walker{stage: s, nodes: nodes, seen: make([]bool, len(nodes))}
	w.lower = append(w.lower, s.lower...)
	w.upper = append(w.upper, s.upper...)
	return w
}

// walk checks the whole tree.
func (w *walker) walk() error {
	if err := w.node(0, -1); err != nil {
		return err
	}
	for i, seen := range w.seen {
		if !seen {
			return i18n.E("节点 %d 不在任何节点之下", "node %d hangs on no other", i)
		}
	}
	return nil
}

// deepest bounds the depth of trees, and with it the stack. Grown trees have some dozens of levels.
const deepest = 100_000

// node checks node i, which must stand behind its parent and on no other branch.
func (w *walker) node(i, parent int) error {
	if i <= parent || i >= len(w.nodes) || w.seen[i] {
		return i18n.E("节点 %d：子节点 %d 不存在、属于别的节点，或排在它之前", "node %d: child %d does not exist, or is another's, or stands before it", parent, i)
	}
	if w.depth++; w.depth > deepest {
		return i18n.E("节点 %d 深于 %d 层", "node %d lies deeper than %d", i, deepest)
	}
	defer func() { w.depth-- }()
	w.seen[i] = true
	n := &w.nodes[i]
	if n.kinds() != 1 {
		return i18n.E("节点 %d 应恰为 branch、split、divide、sum、leaf 之一", "node %d is not exactly one of branch, split, divide, sum and leaf", i)
	}
	switch {
	case n.Branch != nil:
		return w.branch(i, n.Branch)
	case n.Split != nil:
		return w.split(i, n.Split)
	case n.Divide != nil:
		return w.divide(i, n.Divide)
	case n.Sum != nil:
		return w.sum(i, n.Sum)
	}
	return w.leaf(i, n.Leaf)
}

// kinds counts what the node is.
func (n *Node) kinds() int {
	count := 0
	for _, is := range []bool{n.Branch != nil, n.Split != nil, n.Divide != nil, n.Sum != nil, n.Leaf != nil} {
		if is {
			count++
		}
	}
	return count
}

// integer says whether column j exists and is one.
func (w *walker) integer(j int) bool {
	return j >= 0 && j < len(w.lower) && w.stage.model.Columns[j].Integer
}

// branch: an integer column is at most At or at least At+1.
func (w *walker) branch(i int, b *Branch) error {
	if !w.integer(b.Column) || abs(b.At) >= exactInts {
		return i18n.E("节点 %d：变量 %d 不能在 %d 处分支", "node %d: column %d cannot be branched on at %d", i, b.Column, b.At)
	}
	j := b.Column
	lower, upper, implied := w.lower[j], w.upper[j], w.stage.implies(j, b.At)
	w.upper[j] = math.Min(upper, float64(b.At))
	_, back := w.narrow(implied, false)
	err := w.node(b.Low, i)
	if back(); err != nil {
		return err
	}
	w.lower[j], w.upper[j] = math.Max(lower, float64(b.At+1)), upper
	_, back = w.narrow(implied, true)
	err = w.node(b.High, i)
	back()
	w.lower[j] = lower
	return err
}

// split: nonnegative integer columns are all zero, or their sum is at least 1.
func (w *walker) split(i int, s *Split) error {
	if err := w.set(i, s.Columns); err != nil {
		return err
	}
	was := w.clear(s.Columns)
	err := w.node(s.Zero, i)
	if w.reset(s.Columns, was); err != nil {
		return err
	}
	return w.with(someOf(s), s.Some, i)
}

// with checks node i below its parent with one more row.
func (w *walker) with(row ownRow, i, parent int) error {
	w.own = append(w.own, row)
	err := w.node(i, parent)
	w.own = w.own[:len(w.own)-1]
	return err
}

// sum: integer columns with integer coefficients sum up to at most At, or to at least At+1.
func (w *walker) sum(i int, s *Sum) error {
	last := -1
	for _, j := range s.Columns {
		if !w.integer(j) || j <= last {
			return i18n.E("节点 %d：变量 %d 不能放进和中", "node %d: column %d does not belong into a sum", i, j)
		}
		last = j
	}
	if err := s.check(); err != nil {
		return i18n.E("节点 %d 不是和：%s", "node %d is no sum: %s", i, err)
	}
	low, high := s.sides()
	if err := w.with(low, s.Low, i); err != nil {
		return err
	}
	return w.with(high, s.High, i)
}

// set: nonnegative integer columns, ascending.
func (w *walker) set(i int, columns []int) error {
	last := -1
	for _, j := range columns {
		if !w.integer(j) || w.lower[j] < 0 || j <= last {
			return i18n.E("节点 %d：变量 %d 不能放进集合中", "node %d: column %d does not belong into a set", i, j)
		}
		last = j
	}
	return nil
}

// divide: of a row that takes at most one of its columns, some are zero, or all others.
func (w *walker) divide(i int, d *Divide) error {
	if err := w.set(i, d.Columns); err != nil {
		return err
	}
	if !w.stage.partition(d.Row, &w.place) {
		return i18n.E("节点 %d：约束 %d 不是至多取一的约束", "node %d: row %d is no partition", i, d.Row)
	}
	others, part := w.stage.others(d.Row, d.Columns)
	if !part {
		return i18n.E("节点 %d：有的变量不在约束 %d 中", "node %d: some of its columns are not in row %d", i, d.Row)
	}
	was := w.clear(d.Columns)
	err := w.node(d.Zero, i)
	if w.reset(d.Columns, was); err != nil {
		return err
	}
	was = w.clear(others)
	err = w.node(d.Other, i)
	w.reset(others, was)
	return err
}

// leaf computes the bound anew.
func (w *walker) leaf(i int, l *Leaf) error {
	w.leaves++
	if err := w.sound(i, l); err != nil {
		return err
	}
	if l.Empty {
		return w.empty(i, l)
	}
	bound := w.stage.bound(w.place, l)
	switch {
	case bound == nil && w.stage.exhausted():
		return i18n.E("节点 %d：证书中的背包表超过 %d 格", "node %d: the knapsacks of the certificate take more than %d cells", i, int64(maxCells))
	case bound == nil && len(l.Limits) > 0:
		return i18n.E("节点 %d：limits 得不出界：有的放不下，或无穷大，或过大", "node %d: the limits give no bound: something does not fit, or is infinite or too large", i)
	case bound == nil:
		return i18n.E("节点 %d：乘子得不出界：所需的约束或变量在那一侧没有界", "node %d: the multipliers give no bound: a side or a column that they need is infinite", i)
	}
	if l.Bound.Cmp(bound) != 0 {
		return i18n.E("节点 %d 写界为 %s，乘子得出的是 %s", "node %d states bound %s, its multipliers give %s", i, l.Bound.decimal(), bound.RatString())
	}
	if l.Ray {
		if bound.Sign() <= 0 {
			return i18n.E("节点 %d：射线什么也没有证明", "node %d: the ray proves nothing", i)
		}
		return nil
	}
	if bound = w.stage.roundUp(bound); w.least == nil || bound.Cmp(w.least) < 0 {
		w.least = bound
	}
	return nil
}

// empty: a ray that weighs nothing, where the bounds of some column cross.
func (w *walker) empty(i int, l *Leaf) error {
	if !l.Ray || len(l.Rows) > 0 || l.Bound.Sign() != 0 {
		return i18n.E("节点 %d：empty 应为没有约束、界为 0 的射线", "node %d: what is empty is a ray without rows, with bound 0", i)
	}
	for j := range w.lower {
		if w.lower[j] > w.upper[j] {
			return nil
		}
	}
	return i18n.E("节点 %d 不是空的：没有变量的下界高于上界", "node %d is not empty: the bounds of no column cross", i)
}

// at says at which node something is wrong.
func at(node int, err error) error { return i18n.E("节点 %d：%s", "node %d: %s", node, err) }

// maxShift bounds the fineness of multipliers.
const maxShift = 62

func (w *walker) sound(i int, l *Leaf) error {
	if err := l.check(); err != nil {
		return at(i, err)
	}
	if l.Over == nil && len(l.Rows) != len(l.Y) || l.Shift < 0 || l.Shift > maxShift {
		return i18n.E("节点 %d：%d 个约束，%d 个乘子，shift %d", "node %d: %d rows, %d multipliers, shift %d", i, len(l.Rows), len(l.Y), l.Shift)
	}
	last := -1
	for _, r := range l.Rows {
		if r <= last || r >= w.stage.rows(w.place) {
			return i18n.E("节点 %d：约束 %d 不存在或次序不对", "node %d: row %d does not exist or is out of order", i, r)
		}
		last = r
	}
	if err := w.stage.adds(l); err != nil {
		return at(i, err)
	}
	if err := w.stage.limited(w.place, l); err != nil {
		return at(i, err)
	}
	return nil
}
