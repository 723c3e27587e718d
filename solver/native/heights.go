package native

import (
	"math"
	"slices"

	"cadre/solver"
	"cadre/solver/native/assign"
)

// heights knows the ladders among the links of a problem: links each of which asks for the one before, and whose rows shut columns of
// the assignment while they are zero. Where no two ladders share a right, multipliers of all other rows bound every combination of heights
// at once: each ladder is solved at each of its heights (assign.Heights), and a combination is their sum. So boxes are divided and
// closed by tables, and a relaxation is solved of those only that are left.
type heights struct {
	s       *structured
	ladders [][]int32         // links, the lowest step first
	kind    []rowKind         // by row
	rung    []int32           // by row of a step: its place in the ladder
	group   []int32           // by left: its ladder; the number of ladders where it has none
	level   []int32           // by choice: the steps that it needs
	price   map[int32]float64 // multipliers that are known: of rows by which a column of its own pays for steps
	lay     *assign.Heights
	tables  []*heightTable
}

// rowKind tells the rows that ladders are made of from those that multipliers weigh.
type rowKind uint8

const (
	weighed rowKind = iota
	ofAssignment
	ofStep   // shuts its columns while the step is zero
	ofLadder // one step asks for the one before
)

// heights finds the ladders, nil where some link is in none that can be solved by itself.
func (s *structured) heights() *heights {
	h := &heights{s: s, kind: make([]rowKind, s.p.m), rung: make([]int32, s.p.m)}
	for _, i := range slices.Concat(s.in.Left, s.in.Right) {
		h.kind[i] = ofAssignment
	}
	at := h.order()
	if at == nil {
		return nil
	}
	if h.rungs(at); !h.needs(at) {
		return nil
	}
	h.payers()
	if h.lay = assign.NewHeights(s.in, len(h.ladders)+1, h.group, h.level); h.lay == nil {
		return nil
	}
	return h
}

// declare has proofs name the ladders, so that branches on their steps tell what follows (see solver.Implied). Those that restated
// columns are named already.
func (s *structured) declare() {
	if len(s.r.ladders) > 0 {
		return
	}
	for _, list := range s.h.ladders {
		var l solver.Ladder
		for _, j := range list {
			l.Given = append(l.Given, int(s.rec.cols[j]))
		}
		s.r.ladders = append(s.r.ladders, l)
	}
	s.r.steps = solver.Implications(s.r.m, s.r.ladders)
}

// place is where a link stands: its ladder and step.
type place struct{ ladder, step int32 }

// order sorts the links into ladders; nil where one asks for two others, or is no step: an integer from 72 to 73 is a link as well.
func (h *heights) order() map[int32]place {
	p := h.s.p
	out := map[int32]place{}
	for _, j := range h.s.links {
		if p.lower[j] != 0 || p.upper[j] != 1 {
			return nil
		}
		out[j] = place{}
	}
	next, below := map[int32]int32{}, map[int32]bool{}
	for i := range p.m {
		idx, val := p.rows.vec(i)
		if len(idx) != 2 || val[0] != -val[1] || p.rowLo[i] != 0 || !math.IsInf(p.rowUp[i], 1) {
			continue
		}
		a, b := idx[0], idx[1]
		if val[0] < 0 {
			a, b = b, a
		}
		_, linkA := out[a]
		_, linkB := out[b]
		if !linkA || !linkB {
			continue
		}
		if _, branches := next[a]; branches || below[b] {
			return nil
		}
		next[a], below[b], h.kind[i] = b, true, ofLadder
	}
	placed := 0
	for _, j := range h.s.links {
		if below[j] {
			continue
		}
		var list []int32
		for k, ok := j, true; ok; k, ok = next[k] {
			out[k] = place{int32(len(h.ladders)), int32(len(list))}
			list = append(list, k)
		}
		h.ladders, placed = append(h.ladders, list), placed+len(list)
	}
	if placed < len(out) { // some ask for each other
		return nil
	}
	return out
}

// rungs finds the rows of steps: columns of the assignment less the step are at most zero.
func (h *heights) rungs(at map[int32]place) {
	p := h.s.p
	for j, here := range at {
		rows, _ := p.cols.vec(int(j))
		for _, i := range rows {
			if h.kind[i] != weighed || p.rowUp[i] != 0 || !math.IsInf(p.rowLo[i], -1) {
				continue
			}
			idx, val := p.rows.vec(int(i))
			plain := true
			for e, k := range idx {
				plain = plain && (k == j && val[e] == -1 || k != j && val[e] == 1 && h.s.in.LeftOf[k] >= 0)
			}
			if plain {
				h.kind[i], h.rung[i] = ofStep, here.step
			}
		}
	}
}

// needs finds out how many steps the choices of each left need; false where they are of two ladders.
func (h *heights) needs(at map[int32]place) bool {
	in := h.s.in
	h.group, h.level = slices.Repeat([]int32{int32(len(h.ladders))}, len(in.Left)), make([]int32, len(in.Col))
	for i := range in.Left {
		for c := in.Start[i]; c < in.Start[i+1]; c++ {
			rows, _ := h.s.p.cols.vec(int(in.Col[c]))
			for _, r := range rows {
				if h.kind[r] != ofStep {
					continue
				}
				g := at[h.stepOf(r)].ladder
				if h.group[i] != g && h.group[i] < int32(len(h.ladders)) {
					return false
				}
				h.group[i], h.level[c] = g, max(h.level[c], h.rung[r]+1)
			}
		}
	}
	return true
}

// payers finds the rows by which a column that stands nowhere else rises with steps. Its cost is that of the steps, whatever else holds.
func (h *heights) payers() {
	p := h.s.p
	h.price = map[int32]float64{}
	for _, list := range h.ladders {
		rows, _ := p.cols.vec(int(list[0]))
		for _, i := range rows {
			idx, val := p.rows.vec(int(i))
			for e, j := range idx {
				alone := p.cols.start[j+1]-p.cols.start[j] == 1 && h.s.in.LeftOf[j] < 0 && h.s.in.RightOf[j] < 0
				if y := p.cost[j] / val[e]; h.kind[i] == weighed && alone && (y > 0 && !math.IsInf(p.rowLo[i], -1) || y < 0 && !math.IsInf(p.rowUp[i], 1)) {
					h.price[i] = y
				}
			}
		}
	}
}

// stepOf is the link of a step's row.
func (h *heights) stepOf(r int32) int32 {
	idx, val := h.s.p.rows.vec(int(r))
	return idx[slices.Index(val, -1)]
}
