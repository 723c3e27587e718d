package certify

import (
	"math"

	"cadre/mip"
	"cadre/solver"
)

// Proofs are the certificate's trees in the form in which solvers hand them over, by level: what solver/lexico begins from
// when nearly the same model is solved again, and what Build takes. Cuts are left out: they were derived from data that may
// have changed. m is the model of the certificate.
func (c *Certificate) Proofs(m *mip.Model) [][]*solver.Proof {
	out := make([][]*solver.Proof, len(c.Levels))
	for k := range c.Levels {
		p := &c.Levels[k]
		out[k] = []*solver.Proof{handBack(p.Nodes, len(m.Rows)+k, len(p.Cuts))}
	}
	return out
}

// handBack leaves out the rows of cuts, which stand behind the given ones.
func handBack(nodes []Node, given, cuts int) *solver.Proof {
	p := &solver.Proof{Nodes: make([]solver.ProofNode, len(nodes))}
	for i := range nodes {
		switch n := &nodes[i]; {
		case n.Branch != nil:
			p.Nodes[i] = solver.ProofNode{Kind: solver.KindBranch, Column: n.Branch.Column, At: n.Branch.At, Low: n.Branch.Low, High: n.Branch.High}
		case n.Split != nil:
			p.Nodes[i] = solver.ProofNode{Kind: solver.KindSplit, Columns: n.Split.Columns, Low: n.Split.Zero, High: n.Split.Some}
		case n.Divide != nil:
			p.Nodes[i] = solver.ProofNode{Kind: solver.KindDivide, Row: n.Divide.Row, Columns: n.Divide.Columns, Low: n.Divide.Zero, High: n.Divide.Other}
		case n.Sum != nil:
			p.Nodes[i] = solver.ProofNode{Kind: solver.KindSum, Columns: n.Sum.Columns, Coefs: n.Sum.Coefs, At: n.Sum.At, Low: n.Sum.Low, High: n.Sum.High}
		case n.Leaf != nil:
			p.Nodes[i] = solver.ProofNode{Multipliers: n.Leaf.multipliers(given, cuts), Ray: n.Leaf.Ray}
		}
	}
	return p
}

// multipliers are those of the leaf in floating point, exactly where they have no more than 53 digits.
func (l *Leaf) multipliers(given, cuts int) []float64 {
	if len(l.Rows) == 0 {
		return []float64{}
	}
	y := make([]float64, l.Rows[len(l.Rows)-1]+1)
	for e, i := range l.Rows {
		switch {
		case i >= given+cuts:
			i -= cuts
		case i >= given:
			continue
		}
		y[i] = math.Ldexp(float64(l.Y[e]), -l.Shift)
	}
	return y
}
