package solver

import (
	"math"
	"slices"

	"cadre/mip"
)

// Bound is what the proof says of m's only level, in floating point: the least of its leaves' bounds, -Inf where one has
// none. It is for trying an old proof on a model that has changed a little; to rely on it let solver/certify compute it
// exactly. Multipliers of rows that m does not have, and of cuts that cannot be derived, do not count; branches on columns that m does not have end
// in a leaf. It takes one pass over the terms for each leaf.
func (p *Proof) Bound(m *mip.Model) float64 {
	if len(p.Nodes) == 0 {
		return math.Inf(-1)
	}
	implied := Implications(m, p.Ladders)
	m, ok := Restate(m, p.Ladders)
	if !ok {
		return math.Inf(-1)
	}
	w := proofWalk{proof: p, m: m, implied: implied, lower: make([]float64, len(m.Columns)), upper: make([]float64, len(m.Columns)),
		cost: make([]float64, len(m.Columns)), d: make([]float64, len(m.Columns)), least: math.Inf(1)}
	for j, c := range m.Columns {
		if w.lower[j], w.upper[j] = c.Lower, c.Upper; c.Integer {
			w.lower[j], w.upper[j] = math.Ceil(c.Lower), math.Floor(c.Upper)
		}
	}
	if len(m.Levels) > 0 {
		w.constant = m.Levels[0].Constant
		for _, t := range m.Levels[0].Terms {
			w.cost[t.Col] += t.Coef
		}
	}
	w.cuts = derived(p.Cuts, m, slices.Clone(w.lower), slices.Clone(w.upper))
	w.node(0, nil)
	return w.least
}

// proofWalk goes through a proof depth first.
type proofWalk struct {
	proof        *Proof
	m            *mip.Model
	lower, upper []float64
	rows         []proofRow
	cuts         []CutRow
	constant     float64
	cost, d      []float64
	least        float64
	depth        int
	implied      map[int]Implied
}

// proofRow is a row that the place of a node adds.
type proofRow struct {
	columns      []int
	coefs        []int64 // nil: ones
	lower, upper float64
}

func (r *proofRow) coef(e int) float64 {
	if r.coefs == nil {
		return 1
	}
	return float64(r.coefs[e])
}

// deepestProof bounds the depth of a walk; what lies deeper counts as a leaf.
const deepestProof = 10_000

func (w *proofWalk) node(i int, y []float64) {
	n := &w.proof.Nodes[i]
	if n.Multipliers != nil && !n.Ray {
		y = n.Multipliers
	}
	w.depth++
	defer func() { w.depth-- }()
	if n.Kind == KindLeaf || n.Low <= i || n.High <= i || max(n.Low, n.High) >= len(w.proof.Nodes) || w.depth > deepestProof || !w.known(n) {
		w.leaf(n, y)
		return
	}
	switch n.Kind {
	case KindBranch:
		w.branch(n, y)
	case KindSplit:
		w.without(n.Columns, n.Low, y)
		w.with(proofRow{n.Columns, nil, 1, math.Inf(1)}, n.High, y)
	case KindDivide:
		w.divide(n, y)
	case KindSum:
		w.with(proofRow{n.Columns, n.Coefs, math.Inf(-1), float64(n.At)}, n.Low, y)
		w.with(proofRow{n.Columns, n.Coefs, float64(n.At + 1), math.Inf(1)}, n.High, y)
	}
}

// known says whether a node's columns exist and are fit to be divided by.
func (w *proofWalk) known(n *ProofNode) bool {
	fit := func(j int) bool { return j >= 0 && j < len(w.lower) && w.m.Columns[j].Integer }
	if n.Kind == KindBranch {
		return fit(n.Column)
	}
	last := -1
	for _, j := range n.Columns {
		if j <= last || !fit(j) || n.Kind != KindSum && w.lower[j] < 0 {
			return false
		}
		last = j
	}
	switch n.Kind {
	case KindDivide:
		return w.partition(n.Row)
	case KindSum:
		return n.Coefs == nil || len(n.Coefs) == len(n.Columns)
	}
	return true
}

// partition says whether row i takes at most one of its nonnegative integer columns.
func (w *proofWalk) partition(i int) bool {
	if i < 0 || i >= len(w.m.Rows) || !(w.m.Rows[i].Upper <= 1) {
		return false
	}
	for _, t := range w.m.Rows[i].Terms {
		if t.Coef != 1 || !w.m.Columns[t.Col].Integer || w.lower[t.Col] < 0 {
			return false
		}
	}
	return true
}

func (w *proofWalk) branch(n *ProofNode, y []float64) {
	j, at := n.Column, float64(n.At)
	lower, upper := w.lower[j], w.upper[j]
	step, is := w.implied[j]
	is = is && at == 0
	if at >= lower {
		if w.upper[j] = math.Min(upper, at); is {
			w.without(slices.Concat(step.Above, step.Shut), n.Low, y)
		} else {
			w.node(n.Low, y)
		}
	}
	if at < upper {
		if w.lower[j], w.upper[j] = math.Max(lower, at+1), upper; is {
			w.taken(step.Below, n.High, y)
		} else {
			w.node(n.High, y)
		}
	}
	w.lower[j], w.upper[j] = lower, upper
}

// with visits a node with one more row.
func (w *proofWalk) with(row proofRow, node int, y []float64) {
	w.rows = append(w.rows, row)
	w.node(node, y)
	w.rows = w.rows[:len(w.rows)-1]
}

func (w *proofWalk) divide(n *ProofNode, y []float64) {
	var others []int
	for _, t := range w.m.Rows[n.Row].Terms {
		if _, in := slices.BinarySearch(n.Columns, int(t.Col)); !in {
			others = append(others, int(t.Col))
		}
	}
	w.without(n.Columns, n.Low, y)
	w.without(others, n.High, y)
}

// without visits a node with these columns at zero, unless one of them cannot be.
func (w *proofWalk) without(columns []int, node int, y []float64) {
	upper := make([]float64, len(columns))
	empty := false
	for e, j := range columns {
		upper[e], w.upper[j] = w.upper[j], math.Min(w.upper[j], 0)
		empty = empty || w.lower[j] > 0
	}
	if !empty {
		w.node(node, y)
	}
	for e, j := range slices.Backward(columns) {
		w.upper[j] = upper[e]
	}
}

// taken visits a node with these steps at one, unless one of them cannot be.
func (w *proofWalk) taken(steps []int, node int, y []float64) {
	lower := make([]float64, len(steps))
	empty := false
	for e, j := range steps {
		lower[e], w.lower[j] = w.lower[j], 1
		empty = empty || w.upper[j] < 1
	}
	if !empty {
		w.node(node, y)
	}
	for e, j := range slices.Backward(steps) {
		w.lower[j] = lower[e]
	}
}

// leaf lowers the least bound to the leaf's; a ray that holds closes it.
func (w *proofWalk) leaf(n *ProofNode, y []float64) {
	if n.Ray && w.bound(n.Multipliers, true) > mip.FeasTol {
		return
	}
	if len(n.Of) > 0 {
		y = w.proof.Total(n.Of)
	}
	w.least = math.Min(w.least, w.bound(y, false))
}

func (w *proofWalk) bound(y []float64, ray bool) float64 {
	sum := 0.0
	if clear(w.d); !ray {
		copy(w.d, w.cost)
		sum = w.constant
	}
	rows := len(w.m.Rows)
	for i, v := range y[:min(len(y), rows)] {
		if v == 0 {
			continue
		}
		side := w.m.Rows[i].Lower
		if v < 0 {
			side = w.m.Rows[i].Upper
		}
		if math.IsInf(side, 0) {
			continue // the model changed, and the row has no such side any more
		}
		sum += v * side
		for _, t := range w.m.Rows[i].Terms {
			w.d[t.Col] -= v * t.Coef
		}
	}
	for k := range w.cuts {
		if i := rows + k; i < len(y) {
			sum += w.cut(&w.cuts[k], y[i])
		}
	}
	for k := range w.rows {
		if i := rows + len(w.proof.Cuts) + k; i < len(y) {
			sum += w.weigh(&w.rows[k], y[i])
		}
	}
	for j, d := range w.d {
		switch {
		case d > 0:
			sum += d * w.lower[j]
		case d < 0:
			sum += d * w.upper[j]
		}
	}
	if math.IsNaN(sum) {
		return math.Inf(-1)
	}
	return sum
}

// weigh takes v times a row of the place off the reduced costs, and returns what it adds to the bound.
func (w *proofWalk) weigh(r *proofRow, v float64) float64 {
	side := r.lower
	if v < 0 {
		side = r.upper
	}
	if v == 0 || math.IsInf(side, 0) {
		return 0
	}
	for e, j := range r.columns {
		w.d[j] -= v * r.coef(e)
	}
	return v * side
}

// cut takes v times a cut off the reduced costs, and returns what it adds to the bound.
func (w *proofWalk) cut(c *CutRow, v float64) float64 {
	if v <= 0 || math.IsInf(c.Side, 0) {
		return 0
	}
	for e, j := range c.Index {
		w.d[j] -= v * c.Value[e]
	}
	return v * c.Side
}
