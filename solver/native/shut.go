package native

import (
	"math"
	"slices"

	"cadre/solver"
)

// What a node's reduced costs put at zero stays there below it. A proof states that as a split: all of these columns are zero, or
// one is not, and then the multipliers that shut it prove enough.

// shut keeps for the nodes below what reduced costs have put at zero: most columns, deep in a tree, and the relaxation prices none of
// them. Proofs state it where a leaf needs it (see handover). Nodes whose caps are fixed are problems of their own, and state
// their bounds in full.
func (s *search) shut(nd *node, lo, hi []float64) {
	if s.hasCaps || math.IsInf(s.value, 1) {
		return
	}
	for j := range hi {
		if hi[j] == 0 && s.domHi[j] > 0 && lo[j] == 0 {
			nd.shut = append(nd.shut, int32(j))
		}
	}
	s.rec.shut(nd.part, nd.shut)
}

// shut notes on a part what its multipliers put at zero.
func (r *recorder) shut(p *part, columns []int32) {
	if r == nil || p == nil || p.y.row == nil {
		return
	}
	for _, j := range columns {
		if r.absent(int(j), 1, 0) {
			p.shut = append(p.shut, int(r.cols[j]))
		}
	}
}

// shutOff states a part below a split on the columns that it shuts, all at once, where there is much below that may lean on them; nil
// where that has no proof, or does not pay: then each leaf below sees to itself.
func (h *handover) shutOff(p *part, y weights) *part {
	if h.spent() || p.low.kind == solver.KindLeaf && p.high.kind == solver.KindLeaf {
		return nil
	}
	x := h.propagated()
	if x.over != nil || x.empty {
		return nil
	}
	at := x.split(p, p.shut, len(x.after))
	if at == nil {
		return nil
	}
	top := x.chain(at)
	if top == nil {
		return nil
	}
	lo, hi := slices.Clone(h.lo), slices.Clone(h.hi)
	x.enter()
	for _, j := range at.columns {
		h.hi[j] = 0
	}
	x.bottom.low = h.divided(p, y)
	copy(h.lo, lo)
	copy(h.hi, hi)
	return top
}

// shutSpan is a part above the place that puts columns at zero: the changes from begin to end.
type shutSpan struct {
	by         *part
	begin, end int
}

// close puts at zero what the parts above have shut, from the top down, and propagates: a part below may lean on that.
func (x *explanation) close() {
	g := x.h.g
	for _, p := range x.h.shut {
		s := shutSpan{by: p, begin: len(g.trail)}
		for _, j := range p.shut {
			if x.lo[j] > 0 {
				x.over = p
				return
			}
			if x.hi[j] > 0 {
				g.set(int32(j), x.lo[j], 0)
			}
		}
		if s.end = len(g.trail); s.end > s.begin {
			x.shut = append(x.shut, s)
		}
		if x.empty = !g.run(); x.empty {
			return
		}
	}
}

// shutBy is which part has shut the column of change k, -1 where propagation made the change.
func (x *explanation) shutBy(k int) int {
	for e := range x.shut {
		if s := &x.shut[e]; k >= s.begin && k < s.end {
			return e
		}
	}
	return -1
}

// sides are the splits that state what is shut, as far as it is needed: where one of the columns is not zero, the multipliers that shut
// them prove enough, with the changes before, which are marked as needed. False where they do not.
func (x *explanation) sides() ([]part, bool) {
	out := make([]part, len(x.shut))
	for e := len(x.shut) - 1; e >= 0; e-- {
		s := &x.shut[e]
		var columns []int
		for k := s.begin; k < s.end; k++ {
			if x.needed[k] {
				columns = append(columns, int(x.after[k].col))
			}
		}
		if len(columns) == 0 {
			continue
		}
		side := x.split(s.by, columns, s.begin)
		if side == nil {
			return nil, false
		}
		out[e] = *side
	}
	return out, true
}

// split is a split on columns that a part has shut, as far as they are open here: where one of them is not zero the part's multipliers
// prove enough, with the changes before end, which are marked as needed. Nil where they do not, or nothing is open.
func (x *explanation) split(by *part, shut []int, end int) *part {
	h := x.h
	w := x.substituted(by.y, false, end)
	h.price(w, false)
	var columns []int
	least := math.Inf(1)
	for _, j := range shut {
		if h.lo[j] > 0 {
			return nil
		}
		if h.hi[j] > 0 {
			columns = append(columns, j)
			least = math.Min(least, h.d[j])
		}
	}
	if len(columns) == 0 || !(least > 0) || !x.lean(w, false, end, h.goal-least) {
		return nil
	}
	slices.Sort(columns)
	return &part{kind: solver.KindSplit, columns: columns, low: &part{}, high: &part{y: w.plus(int32(h.p.m), least)}}
}
