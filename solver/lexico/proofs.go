package lexico

import (
	"slices"

	"cadre/mip"
	"cadre/solver"
)

// Proofs of a backend count its own model's rows; those of a level count the rows as certificates do: the model's, then one
// for each earlier level, then cuts and splits.

// handed is what a solve handed over as a proof: the tree, or the root's multipliers; nil where neither.
func handed(found solver.Result) *solver.Proof {
	if found.Proof != nil || found.Multipliers == nil {
		return found.Proof
	}
	return solver.NewProof(found.Multipliers)
}

// widen counts the rows of a proof of the restricted model of level k as a certificate does. kept are the earlier levels
// that had a row there, in order.
func widen(p *solver.Proof, m *mip.Model, k int, kept []int) *solver.Proof {
	if p == nil || len(kept) == k {
		return p
	}
	n := len(m.Rows)
	spread := func(y []float64) []float64 {
		out := make([]float64, n+k, max(n, len(y))+k)
		copy(out, y[:min(n, len(y))])
		for e, i := range kept {
			if n+e < len(y) {
				out[n+i] = y[n+e]
			}
		}
		return append(out, y[min(n+len(kept), len(y)):]...)
	}
	return mapped(p, spread, spread, func(i int) int {
		switch {
		case i < n:
			return i
		case i < n+len(kept):
			return n + kept[i-n]
		}
		return i + k - len(kept)
	})
}

// ofLevel draws from a proof about the weighted sum of levels one about level k: what the multipliers y say of
// sum of w f, y/w_k and -w_i/w_k on "f_i <= value" for the levels i < k of the sum say of f_k; the levels after k are left to the
// bounds of the columns. Rays and cuts know no objective: they only make room for the levels' rows.
func ofLevel(s *weighted, m *mip.Model, k int) *solver.Proof {
	if s.proof == nil {
		return nil
	}
	n, more, w := len(m.Rows)+s.from, k-s.from, s.weights[k]
	room := func(y []float64) []float64 {
		out := make([]float64, n+more, max(n, len(y))+more)
		copy(out, y[:min(n, len(y))])
		return append(out, y[min(n, len(y)):]...)
	}
	return mapped(s.proof, func(y []float64) []float64 {
		out := room(y)
		for i := range out {
			out[i] /= w
		}
		for i := range more {
			out[n+i] = -s.weights[s.from+i] / w
		}
		return out
	}, room, func(i int) int {
		if i < n {
			return i
		}
		return i + more
	})
}

// mapped is a copy of p with the multipliers of nodes mapped by weigh, those of rays by room, and the rows of ladders, cuts and limits by row.
func mapped(p *solver.Proof, weigh, room func([]float64) []float64, row func(int) int) *solver.Proof {
	p = p.Expanded()
	weighed := sharing(weigh)
	out := &solver.Proof{Ladders: slices.Clone(p.Ladders), Cuts: slices.Clone(p.Cuts), Nodes: slices.Clone(p.Nodes)}
	for i := range out.Ladders {
		out.Ladders[i].Partitions = renumbered(out.Ladders[i].Partitions, row)
	}
	for i := range out.Nodes {
		n := &out.Nodes[i]
		switch {
		case n.Ray:
			n.Multipliers = room(n.Multipliers)
		case n.Multipliers != nil || i == 0:
			n.Multipliers = weighed(n.Multipliers)
		}
		n.Limits, n.Some = limited(n, row)
	}
	for i := range out.Cuts {
		c := &out.Cuts[i]
		c.Rows, c.Other = renumbered(c.Rows, row), renumbered(c.Other, row)
	}
	return out
}

// limited are the limits of a node in the order of the rows that they become; none where one has gone.
func limited(n *solver.ProofNode, row func(int) int) (limits []int, some bool) {
	limits = renumbered(n.Limits, row)
	slices.Sort(limits)
	if len(limits) == 0 || limits[0] < 0 {
		return nil, false
	}
	return limits, n.Some
}

func renumbered(rows []int, row func(int) int) []int {
	out := make([]int, len(rows))
	for e, i := range rows {
		out[e] = row(i)
	}
	return out
}

// sharing maps each slice once, so that nodes that share one go on sharing it.
func sharing(f func([]float64) []float64) func([]float64) []float64 {
	done := map[*float64][]float64{}
	return func(y []float64) []float64 {
		if len(y) == 0 {
			return f(y)
		}
		out, known := done[&y[0]]
		if !known {
			out = f(y)
			done[&y[0]] = out
		}
		return out
	}
}
