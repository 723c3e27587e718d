package certify

import (
	"math"
	"math/big"
	"slices"
)

// tree is the proof of one level as it grows. It is complete at every moment.
type tree struct {
	nodes   []Node
	origin  []origin
	bytes   int // of the JSON, about
	largest int // size of the largest leaf
}

// origin says on which side of which node a node stands; the root has none.
type origin struct {
	parent int
	second bool // High, or Some
}

// put appends a node and returns its index.
func (t *tree) put(o origin, n Node) int {
	t.nodes, t.origin = append(t.nodes, n), append(t.origin, o)
	t.count(&n)
	return len(t.nodes) - 1
}

// set puts another node in the place of node i.
func (t *tree) set(i int, n Node) {
	t.bytes -= size(&t.nodes[i])
	t.nodes[i] = n
	t.count(&n)
}

func (t *tree) count(n *Node) {
	s := size(n)
	t.bytes += s
	if n.Leaf != nil {
		t.largest = max(t.largest, s)
	}
}

// Sizes in the certificate, a little more than they are.
const (
	nodeBytes   = 64
	columnBytes = 8
)

// size is how many bytes a node takes in the certificate.
func size(n *Node) int {
	switch {
	case n.Leaf != nil:
		return len(quote(n.Leaf)) + nodeBytes
	case n.Split != nil:
		return columnBytes*len(n.Split.Columns) + nodeBytes
	case n.Divide != nil:
		return columnBytes*len(n.Divide.Columns) + nodeBytes
	case n.Sum != nil:
		return columnBytes*(len(n.Sum.Columns)+len(n.Sum.Coefs)) + 2*nodeBytes
	}
	return 2 * nodeBytes
}

// leaves counts the leaves.
func (t *tree) leaves() int {
	n := 0
	for i := range t.nodes {
		if t.nodes[i].Leaf != nil {
			n++
		}
	}
	return n
}

// place is where node i stands in stage s.
func (t *tree) place(s *stage, i int) place {
	p := place{lower: append([]float64(nil), s.lower...), upper: append([]float64(nil), s.upper...)}
	for ; t.origin[i].parent >= 0; i = t.origin[i].parent {
		o := t.origin[i]
		n := &t.nodes[o.parent]
		switch {
		case n.Branch != nil:
			j, at := n.Branch.Column, n.Branch.At
			if o.second {
				p.lower[j] = math.Max(p.lower[j], float64(at+1))
			} else {
				p.upper[j] = math.Min(p.upper[j], float64(at))
			}
			p.narrow(s.implies(j, at), o.second)
		case n.Divide != nil && o.second:
			others, _ := s.others(n.Divide.Row, n.Divide.Columns)
			p.clear(others)
		case n.Divide != nil:
			p.clear(n.Divide.Columns)
		case n.Sum != nil:
			row, high := n.Sum.sides()
			if o.second {
				row = high
			}
			p.own = append(p.own, row)
		case o.second:
			p.own = append(p.own, someOf(n.Split))
		default:
			p.clear(n.Split.Columns)
		}
	}
	slices.Reverse(p.own) // they were met from the node up
	return p
}

// closed says whether every leaf is a ray: there is no point at all.
func (t *tree) closed() bool {
	for i := range t.nodes {
		if l := t.nodes[i].Leaf; l != nil && !l.Ray {
			return false
		}
	}
	return true
}

// bound is what the whole tree proves, nil where a leaf has no bound.
func (t *tree) bound(s *stage) *big.Rat {
	var least *big.Rat
	for i := range t.nodes {
		l := t.nodes[i].Leaf
		if l == nil || l.Ray {
			continue
		}
		b := s.rounded(l)
		if b == nil {
			return nil
		}
		if least == nil || b.Cmp(least) < 0 {
			least = b
		}
	}
	return least
}
