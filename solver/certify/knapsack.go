package certify

import (
	"math"
	"math/bits"

	"cadre/internal/i18n"
	"cadre/solver"
)

// Leaves with limits. In the place of
//
//	sum over columns of min over bounds of d_j x_j,   d = c - A'y,
//
// such a leaf has, for each row among its limits, the least of the sum of d_j x_j over integer points of the columns of that row which
// keep the bounds and the row itself: a 0/1 knapsack, solved by dynamic programming. No column stands in two of them; those in none
// count as before. Since the limits share no column, that is the least over all columns at once.
//
// With Some only points count that have one of the columns of the last split above the leaf: for each of these columns
// the least with that column at one, and of these the least.

const (
	// maxCells bounds the tables of all knapsacks of a certificate together, so that no certificate takes a checker more than some
	// ten seconds for them.
	maxCells = 1 << 33
	// maxRoom bounds the room of one limit, and with it the memory of a table.
	maxRoom = 1 << 22
	// maxMass bounds sums of reduced costs.
	maxMass = 1 << 62
)

// limited says whether a node is a leaf with limits.
func (n Node) limited() bool { return n.Leaf != nil && len(n.Leaf.Limits) > 0 }

// exhausted says whether no more knapsacks are solved.
func (s *stage) exhausted() bool { return s.ints != nil && *s.ints.cells > maxCells }

// limited says what is wrong with the limits of a leaf at p, nil where nothing is or there are none. It notes which columns are in them.
func (s *stage) limited(p place, l *Leaf) error {
	switch {
	case len(l.Limits) == 0 && l.Some:
		return i18n.E("some 须与 limits 同用", "some counts with limits only")
	case len(l.Limits) == 0:
		return nil
	case l.Ray || l.Empty:
		return i18n.E("射线没有 limits", "a ray has no limits")
	case !s.ints.plain():
		return i18n.E("limits 要求数据为整数", "limits need integer data")
	case l.Some && !s.splits(p):
		return i18n.E("它上方最近的不是 split", "no split stands last above it")
	}
	last := -1
	s.ints.turn++
	for _, i := range l.Limits {
		if i <= last || i >= s.given {
			return i18n.E("limits 中的约束 %d 不存在或次序不对", "limit %d does not exist or is out of order", i)
		}
		if last = i; !s.limits(p, i) {
			return i18n.E("约束 %d 不能用作 limits：应只含别的 limits 中没有的 0-1 变量，系数不为负，有上限", "row %d is no limit: binary columns that are in no other, weights of at least zero, a most", i)
		}
	}
	return nil
}

// splits says whether the last row of p's own is a split's: one of its columns is one at least.
func (s *stage) splits(p place) bool {
	n := len(p.own)
	return n > 0 && p.own[n-1].coefs == nil && p.own[n-1].lower == 1
}

// limits says whether row i may be a limit beside those before it at this turn.
func (s *stage) limits(p place, i int) bool {
	r, v := &s.model.Rows[i], s.ints
	if !(r.Upper >= 0 && r.Upper < maxRoom) {
		return false
	}
	for _, t := range r.Terms {
		j := int(t.Col)
		if v.in[j] == v.turn || !s.model.Columns[j].Integer || t.Coef < 0 || p.lower[j] < 0 || p.upper[j] > 1 || p.lower[j] > p.upper[j] {
			return false
		}
		v.in[j] = v.turn
	}
	return true
}

// worth is the leaf of multipliers and limits that were handed over, nil where they give no bound; the multipliers are as short as
// they can be without a loss.
func (g *grower) worth(s *stage, p place, n *solver.ProofNode) *Leaf {
	for _, shift := range shifts(n.Multipliers) {
		l := s.weigh(p, n.Multipliers[:min(len(n.Multipliers), s.given)], shift)
		l.shorten()
		if l.Limits, l.Some = n.Limits, n.Some; s.finish(p, l).known() {
			return l
		}
	}
	return nil
}

// shorten takes what digits all multipliers have as zeros at their ends off them.
func (l *Leaf) shorten() {
	var all int64
	for _, y := range l.Y {
		all |= y
	}
	drop := min(bits.TrailingZeros64(uint64(all)), l.Shift)
	for e := range l.Y {
		l.Y[e] >>= drop
	}
	l.Shift -= drop
}

// packing is the work on one leaf.
type packing struct {
	v     *integers
	p     place
	asked []bool  // by column: of the split, nil where none counts
	sum   int64   // the least of all
	rise  int64   // by how much it rises at the least where one of the split's columns has to be one
	mass  float64 // of the reduced costs
	fits  bool
}

// item is a column that a knapsack may take or not.
type item struct {
	column int
	weight int64
	cost   int64 // reduced
}

// pack is the least over all columns within their bounds and the leaf's limits; false where there is none, or it is too much work. The reduced costs
// are those of the leaf, which must be sound.
func (v *integers) pack(s *stage, p place, l *Leaf) (int64, bool) {
	if s.limited(p, l) != nil {
		return 0, false
	}
	w := packing{v: v, p: p, rise: math.MaxInt64, fits: true}
	if l.Some {
		w.asked = make([]bool, len(p.lower))
		for _, j := range p.own[len(p.own)-1].columns {
			w.asked[j] = true
		}
	}
	for _, i := range l.Limits {
		w.limit(s, i)
	}
	w.others()
	switch {
	case !w.fits || s.exhausted() || !(w.mass < maxMass):
		return 0, false
	case !l.Some:
		return w.sum, true
	}
	return w.sum + w.rise, w.rise < math.MaxInt64 && float64(w.rise)+w.mass < maxMass
}

// limit adds the knapsack of row i.
func (w *packing) limit(s *stage, i int) {
	room := int64(s.model.Rows[i].Upper)
	var items []item
	for _, t := range s.model.Rows[i].Terms {
		j := int(t.Col)
		it := item{j, int64(t.Coef), w.v.reduced[j]}
		w.mass += math.Abs(float64(it.cost))
		switch {
		case w.p.lower[j] == 1: // it has to be there
			room -= it.weight
			w.sum += it.cost
			w.needs(j, 0)
		case w.p.upper[j] == 1:
			items = append(items, it)
		}
	}
	if w.fits = w.fits && room >= 0 && w.mass < maxMass; !w.fits {
		return
	}
	best := w.table(items, -1, room)
	if best == nil {
		return
	}
	w.sum += best[room]
	w.each(items, best, room)
}

// each finds by how much the knapsack rises with each of its columns that the split asks for.
func (w *packing) each(items []item, best []int64, room int64) {
	if w.asked == nil {
		return
	}
	for e, it := range items {
		if !w.asked[it.column] || it.weight > room {
			continue
		}
		others := best // which hold nothing that costs
		if it.cost < 0 {
			others = w.table(items, e, room)
		}
		if others != nil {
			w.needs(it.column, it.cost+others[room-it.weight]-best[room])
		}
	}
}

// table is the least cost of items but the one at skip within each room up to the given one: best[u] after an item is the lesser of
// leaving it and of taking it into what is left. nil where that is too much work.
func (w *packing) table(items []item, skip int, room int64) []int64 {
	best := make([]int64, room+1)
	for e, it := range items {
		if e == skip || it.cost >= 0 || it.weight > room {
			continue
		}
		if *w.v.cells += room + 1; *w.v.cells > maxCells {
			return nil
		}
		for u := room; u >= it.weight; u-- {
			best[u] = min(best[u], best[u-it.weight]+it.cost)
		}
	}
	return best
}

// needs notes by how much the sum rises where a column has to be one.
func (w *packing) needs(j int, rise int64) {
	if w.asked != nil && w.asked[j] {
		w.rise = min(w.rise, rise)
	}
}

// others adds the columns that are in no limit.
func (w *packing) others() {
	for j, cost := range w.v.reduced {
		if w.v.in[j] == w.v.turn {
			continue
		}
		lower, upper := w.p.lower[j], w.p.upper[j]
		at := lower
		if cost < 0 {
			at = upper
		}
		if cost != 0 {
			w.mass += math.Abs(float64(cost)) * math.Max(1, math.Abs(at))
			if !(w.mass < maxMass) {
				return
			}
			w.sum += cost * int64(at)
		}
		if w.asked != nil && w.asked[j] && upper >= 1 {
			w.needs(j, cost*int64(math.Max(at, 1))-cost*int64(at))
		}
	}
}
