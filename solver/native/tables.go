package native

import (
	"math"
	"slices"

	"cadre/solver/native/assign"
)

// heightTable is what multipliers say of all combinations of heights.
type heightTable struct {
	y    []float64 // of the weighed rows
	rc   []float64 // reduced costs of columns
	rest float64   // of what is neither in the assignment nor a step
	at   [][]assign.Height

	sides *weights            // of the weighed rows of the given problem, nil before they are needed
	duals map[[2]int]*weights // of a ladder's assignment at a height
}

// span is a range of heights: at least lo steps, hi at most.
type span struct{ lo, hi int }

// mostTables: each further one takes time for every box.
const mostTables = 12

// read makes a table of multipliers of all rows, of which those of weighed rows count.
func (h *heights) read(y []float64) *heightTable {
	p, in := h.s.p, h.s.in
	t := &heightTable{y: make([]float64, p.m), rc: make([]float64, p.n), rest: p.offset}
	for i, v := range y {
		if known, ok := h.price[int32(i)]; ok {
			v = known
		}
		side := p.rowLo[i]
		if v < 0 {
			side = p.rowUp[i]
		}
		if h.kind[i] == weighed && v != 0 && !math.IsInf(side, 0) {
			t.y[i] = v
			t.rest += v * side
		}
	}
	step := make([]bool, p.n)
	for _, list := range h.ladders {
		for _, j := range list {
			step[j] = true
		}
	}
	for j := range p.n {
		if t.rc[j] = p.reducedCost(j, t.y); in.LeftOf[j] < 0 && in.RightOf[j] < 0 && !step[j] {
			t.rest += least(t.rc[j], p.lower[j], p.upper[j])
		}
	}
	for g := range len(h.ladders) + 1 {
		most := 0
		if g < len(h.ladders) {
			most = len(h.ladders[g])
		}
		t.at = append(t.at, h.lay.Solve(g, most, func(j int32) float64 { return t.rc[j] }))
	}
	return t
}

// learn reads one more table, in the place of the oldest where there are many.
func (h *heights) learn(y []float64) *heightTable {
	t := h.read(y)
	if len(h.tables) == mostTables {
		h.tables = slices.Delete(h.tables, 0, 1)
	}
	h.tables = append(h.tables, t)
	return t
}

// whole are all heights.
func (h *heights) whole() []span {
	out := make([]span, len(h.ladders))
	for g, list := range h.ladders {
		out[g].hi = len(list)
	}
	return out
}

// bound is what a table says of a box.
func (h *heights) bound(t *heightTable, box []span) float64 {
	sum := t.rest + t.at[len(h.ladders)][0].Value
	for g, r := range box {
		sum += h.part(t, g, r)
	}
	return sum
}

// part is what a table says of a ladder in a range of heights.
func (h *heights) part(t *heightTable, g int, r span) float64 {
	return t.at[g][r.hi].Value + h.steps(t, g, r)
}

// steps is what the steps of a ladder cost in a range of heights: those that are taken, and others that earn something.
func (h *heights) steps(t *heightTable, g int, r span) (sum float64) {
	for k, j := range h.ladders[g][:r.hi] {
		if d := t.rc[j]; k < r.lo {
			sum += d
		} else {
			sum += math.Min(0, d)
		}
	}
	return sum
}

// best is the table that says most of a box, and what.
func (h *heights) best(box []span) (by *heightTable, bound float64) {
	bound = math.Inf(-1)
	for _, t := range h.tables {
		if b := h.bound(t, box); b > bound {
			by, bound = t, b
		}
	}
	return by, bound
}

// multipliers are those of all rows by which a table bounds a box. What the box shuts, and the steps that follow from those at the ends of its
// ranges, take no part: a branch on a step tells so much.
func (h *heights) multipliers(t *heightTable, box []span) []float64 {
	y := slices.Clone(t.y)
	for g := range t.at {
		hi := 0
		if g < len(box) {
			hi = box[g].hi
		}
		h.weighAssignment(t, g, hi, y)
	}
	return y
}

// weighAssignment sets the multipliers of a ladder's assignment at a height.
func (h *heights) weighAssignment(t *heightTable, g, hi int, y []float64) {
	in := h.s.in
	for q, k := range h.lay.Rights(g) {
		y[in.Right[k]] = t.at[g][hi].V[q]
	}
	for q, i := range h.lay.Lefts(g) {
		y[in.Left[i]] = t.at[g][hi].U[q]
	}
}

// dropped are the multipliers by which rows that presolve dropped take over what it knew from them.
func (h *heights) dropped(t *heightTable) (out weights) {
	rec, y := h.s.rec, make([]float64, h.s.r.p.m)
	w := rec.weights(h.multipliers(t, h.whole()))
	for e, i := range w.row {
		y[i] = w.value[e]
	}
	kept := make([]bool, len(y))
	for _, i := range rec.rows {
		kept[i] = true
	}
	for i, v := range h.s.r.grounded(y) {
		if v != 0 && !kept[i] {
			out.row, out.value = append(out.row, int32(i)), append(out.value, v)
		}
	}
	return out
}

// shared are the multipliers of a box in terms of the given problem, in parts that other boxes have as well; nil where there is no room.
func (h *heights) shared(t *heightTable, box []span) []*weights {
	rec := h.s.rec
	if t.sides == nil {
		w := rec.weights(t.y).and(h.dropped(t))
		t.sides, t.duals = &w, map[[2]int]*weights{}
	}
	out := []*weights{t.sides}
	for g := range t.at {
		hi := 0
		if g < len(box) {
			hi = box[g].hi
		}
		key := [2]int{g, hi}
		if t.duals[key] == nil {
			y := make([]float64, h.s.p.m)
			h.weighAssignment(t, g, hi, y)
			w := rec.weights(y)
			t.duals[key] = &w
		}
		out = append(out, t.duals[key])
	}
	if slices.ContainsFunc(out, func(w *weights) bool { return w.row == nil }) {
		return nil
	}
	return out
}

// paid are the multipliers by which steps are paid: of rows that nothing is left of once they are fixed.
func (h *heights) paid() []float64 {
	y := make([]float64, h.s.p.m)
	for i, v := range h.price {
		y[i] = v
	}
	return y
}

// fixed are the links that a box fixes.
func (h *heights) fixed(box []span) map[int32]float64 {
	out := map[int32]float64{}
	for g, r := range box {
		for k, j := range h.ladders[g] {
			switch {
			case k < r.lo:
				out[j] = 1
			case k >= r.hi:
				out[j] = 0
			}
		}
	}
	return out
}

// widest is the ladder of a box whose range costs most by a table, and its middle; -1 where all heights are known.
func (h *heights) widest(t *heightTable, box []span) (g, at int) {
	g, most := -1, math.Inf(-1)
	for k, r := range box {
		if w := h.steps(t, k, span{r.hi, r.hi}) - h.steps(t, k, r); r.lo < r.hi && w > most {
			g, at, most = k, (r.lo+r.hi)/2, w
		}
	}
	return g, at
}

// closes is where a box should be divided so that a table closes one side by a cutoff, and that with most heights; -1 where none does.
func (h *heights) closes(box []span, cutoff float64) (g, at int) {
	g, most := -1, 0
	if math.IsInf(cutoff, 1) {
		return g, 0
	}
	for _, t := range h.tables {
		all := h.bound(t, box)
		for k, r := range box {
			rest := all - h.part(t, k, r)
			for e := r.hi - 1; e >= r.lo && e-r.lo+1 > most; e-- {
				if rest+h.part(t, k, span{r.lo, e}) >= cutoff {
					g, at, most = k, e, e-r.lo+1
				}
			}
			for e := r.lo; e < r.hi && r.hi-e > most; e++ {
				if rest+h.part(t, k, span{e + 1, r.hi}) >= cutoff {
					g, at, most = k, e, r.hi-e
				}
			}
		}
	}
	return g, at
}

// ranged is the box with another range of one ladder.
func ranged(box []span, g int, r span) []span {
	out := slices.Clone(box)
	out[g] = r
	return out
}
