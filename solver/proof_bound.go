package solver

import (
	"math"
	"slices"

	"cadre/mip"
)

// Bound is what the proof says of m's only level, in floating point: the least of its leaves' bounds, -Inf where one has
// none. It is for trying an old proof on a model that has changed a little; to rely on it let solver/certify compute it
// exactly. Multipliers of cuts, and of rows that m does not have, do not count; branches on columns that m does not have end
// in a leaf. It takes one pass over the terms for each leaf.
func (p *Proof) Bound(m *mip.Model) float64 {
	if len(p.Nodes) == 0 {
		return math.Inf(-1)
	}
	w := proofWalk{proof: p, m: m, lower: make([]float64, len(m.Columns)), upper: make([]float64, len(m.Columns)),
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
	w.node(0, nil)
	return w.least
}

// proofWalk goes through a proof depth first.
type proofWalk struct {
	proof        *Proof
	m            *mip.Model
	lower, upper []float64
	sets         [][]int
	constant     float64
	cost, d      []float64
	least        float64
	depth        int
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
	switch {
	case n.Low <= i || n.High <= i || max(n.Low, n.High) >= len(w.proof.Nodes) || w.depth > deepestProof || !w.known(n):
		w.leaf(n, y)
	case n.Row > 0:
		w.divide(n, y)
	case n.Columns != nil:
		w.split(n, y)
	default:
		w.branch(n, y)
	}
}

// known says whether a node's columns exist and are fit to be divided by.
func (w *proofWalk) known(n *ProofNode) bool {
	fit := func(j int) bool { return j >= 0 && j < len(w.lower) && w.m.Columns[j].Integer }
	if n.Columns == nil {
		return fit(n.Column)
	}
	for _, j := range n.Columns {
		if !fit(j) || w.lower[j] < 0 {
			return false
		}
	}
	return n.Row == 0 || w.partition(n.Row-1)
}

// partition says whether row i takes at most one of its nonnegative integer columns.
func (w *proofWalk) partition(i int) bool {
	if i >= len(w.m.Rows) || !(w.m.Rows[i].Upper <= 1) {
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
	if at >= lower {
		w.upper[j] = math.Min(upper, at)
		w.node(n.Low, y)
	}
	if at < upper {
		w.lower[j], w.upper[j] = math.Max(lower, at+1), upper
		w.node(n.High, y)
	}
	w.lower[j], w.upper[j] = lower, upper
}

func (w *proofWalk) split(n *ProofNode, y []float64) {
	w.without(n.Columns, n.Low, y)
	w.sets = append(w.sets, n.Columns)
	w.node(n.High, y)
	w.sets = w.sets[:len(w.sets)-1]
}

func (w *proofWalk) divide(n *ProofNode, y []float64) {
	var others []int
	for _, t := range w.m.Rows[n.Row-1].Terms {
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
	for e, j := range columns {
		w.upper[j] = upper[e]
	}
}

// leaf lowers the least bound to the leaf's; a ray that holds closes it.
func (w *proofWalk) leaf(n *ProofNode, y []float64) {
	if n.Ray && w.bound(n.Multipliers, true) > mip.FeasTol {
		return
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
	for k, set := range w.sets {
		if i := rows + len(w.proof.Cuts) + k; i < len(y) && y[i] > 0 {
			sum += y[i]
			for _, j := range set {
				w.d[j] -= y[i]
			}
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
