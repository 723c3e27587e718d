package certify

import (
	"math"
	"math/big"
	"sync"

	"cadre/mip"
	"cadre/solver"
)

// Proofs are the certificate's trees in the form in which solvers hand them over, by level: what solver/lexico begins from
// when nearly the same model is solved again, and what Build takes. m is the model of the certificate.
func (c *Certificate) Proofs(m *mip.Model) [][]*solver.Proof {
	out := make([][]*solver.Proof, len(c.Levels))
	matrix := sync.OnceValue(func() *matrix { return newMatrix(m) })
	for k := range c.Levels {
		given, cuts := c.cutsOf(m, matrix, k)
		p := handBack(c.Levels[k].Nodes, c.Levels[k].Shared, given, cuts)
		for _, l := range c.Levels[k].Ladders {
			p.Ladders = append(p.Ladders, solver.Ladder{Column: l.Column, At: l.At, Partitions: l.Partitions, Nested: l.Nested, Given: l.Given})
		}
		out[k] = []*solver.Proof{p}
	}
	return out
}

// handedCut is a cut, and by what its multipliers in a certificate are multiplied to be those of a proof.
type handedCut struct {
	cut  solver.Cut
	unit float64
}

// cutsOf are the cuts of level k and the rows before them; those that cannot be derived are not weighed.
func (c *Certificate) cutsOf(m *mip.Model, matrix func() *matrix, k int) (given int, out []handedCut) {
	if len(c.Levels[k].Cuts) == 0 {
		return len(m.Rows) + k, nil
	}
	values := make([]*big.Rat, k)
	for i := range values {
		values[i] = &c.Levels[i].Value.Rat
	}
	s, err := newStage(m, matrix(), k, values).withLadders(c.Levels[k].Ladders)
	if err != nil {
		return len(m.Rows) + k, nil
	}
	given, s = len(s.model.Rows), s.open()
	for i := range c.Levels[k].Cuts {
		own := &c.Levels[k].Cuts[i]
		row, unit, err := s.cut(own)
		if err != nil {
			unit = 0
		}
		s.addCut(row)
		out = append(out, handedCut{solver.Cut{Rows: own.Rows, Y: own.Y, Divisor: own.Divisor, Other: own.Other, Upper: own.Upper}, unit})
	}
	return given, out
}

// handBack states nodes as those of a proof.
func handBack(nodes []Node, shared []Shared, given int, cuts []handedCut) *solver.Proof {
	p := &solver.Proof{Nodes: make([]solver.ProofNode, len(nodes))}
	for _, c := range cuts {
		p.Cuts = append(p.Cuts, c.cut)
	}
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
			p.Nodes[i] = solver.ProofNode{Multipliers: spread(shared, n.Leaf).multipliers(given, cuts), Ray: n.Leaf.Ray, Limits: n.Leaf.Limits, Some: n.Leaf.Some}
		}
	}
	return p
}

// multipliers are those of the leaf in floating point, exactly where they have no more than 53 digits.
func (l *Leaf) multipliers(given int, cuts []handedCut) []float64 {
	if len(l.Rows) == 0 {
		return []float64{}
	}
	y := make([]float64, l.Rows[len(l.Rows)-1]+1)
	for e, i := range l.Rows {
		if y[i] = l.float(e); i >= given && i < given+len(cuts) {
			y[i] *= cuts[i-given].unit
		}
	}
	return y
}

// float is the e-th multiplier.
func (l *Leaf) float(e int) float64 {
	if l.Over != nil {
		return nearest(new(big.Rat).SetFrac(l.weight(e), l.denominator()))
	}
	return math.Ldexp(float64(l.Y[e]), -l.Shift)
}
