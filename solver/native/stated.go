package native

import (
	"math"
	"slices"

	"cadre/mip"
	"cadre/solver"
)

// origin is how a cut was made: what the proof needs to state it. Nothing of it where multipliers is nil.
type origin struct {
	rows        []int
	multipliers []float64
	upper       []bool  // whether a row's upper side counts
	atUpper     []int32 // columns counted from their upper bounds
	divisor     int64   // of integer multipliers, 0: to be found
}

func (c *cut) from(o origin) *cut {
	c.origin = o
	return c
}

// origin is that of the cut just rounded. Cuts are stated as "at least": signs change.
func (m *mixer) origin() (o origin) {
	for _, s := range m.sum {
		o.rows, o.multipliers, o.upper = append(o.rows, s.row), append(o.multipliers, -s.coef), append(o.upper, s.sign > 0)
	}
	for _, j := range m.list {
		if m.atUpper(j) {
			o.atUpper = append(o.atUpper, j)
		}
	}
	return o
}

// coverOrigin states a cover inequality of row i as the rounding of the row divided by the heaviest item of the cover in, whose
// items count from one down. It lifts other items as superadditive functions do, which is about what counting them does.
func (m *mixer) coverOrigin(i int, sign float64, in []knapItem) origin {
	o := origin{rows: []int{i}, multipliers: []float64{-sign}, upper: []bool{sign > 0}}
	inside := map[int32]bool{}
	heaviest, least, sum := 0.0, math.Inf(1), 0.0
	for _, it := range in {
		inside[it.col] = true
		heaviest, least, sum = math.Max(heaviest, it.weight), math.Min(least, it.weight), sum+it.weight
	}
	idx, val := m.p.rows.vec(i)
	for e, j := range idx {
		if sign*val[e] < 0 != inside[j] { // an item of the cover counts from where it is taken
			o.atUpper = append(o.atUpper, j)
		}
	}
	if heaviest != math.Trunc(heaviest) || heaviest > 1<<30 {
		return origin{}
	}
	if o.divisor = int64(heaviest); heaviest == least {
		o.divisor++ // else there may be nothing to round
	}
	return o
}

// stated is a cut in terms of the given problem: its statement, and what that says.
type stated struct {
	cut solver.Cut
	row solver.CutRow
}

// newBook is an empty book about a problem.
func newBook(given *problem) *book {
	row := func(i int) ([]int32, []float64, float64, float64) {
		index, value := given.rows.vec(i)
		return index, value, given.rowLo[i], given.rowUp[i]
	}
	return &book{given: given, room: recordRoom, deriver: solver.NewDeriver(solver.Given{
		Lower: given.lower, Upper: given.upper, Integer: given.integer, Rows: given.m, Row: row})}
}

// withCuts is the recorder after rows of cuts, from own on, were dropped (number -1) and cuts were added.
func (r *recorder) withCuts(own int, number []int32, list []*cut) *recorder {
	if r == nil {
		return nil
	}
	t := *r
	t.rows = slices.Clone(r.rows[:min(own, len(r.rows))])
	for i := own; i < len(number); i++ {
		if number[i] >= 0 {
			t.rows = append(t.rows, r.row(i))
		}
	}
	for _, c := range list {
		t.rows = append(t.rows, c.row)
	}
	return &t
}

// provable puts the cuts as the proof can state them in the place of those found, as long as they cut off enough: a bound that rests
// on others could not be handed over.
func (s *search) provable(list []*cut) []*cut {
	if s.rec == nil {
		return list
	}
	m := &mixer{p: s.p, lo: s.lo, hi: s.hi, x: s.x, out: make([]float64, s.p.n), used: make([]bool, s.p.n)}
	var kept []*cut
	for _, c := range list {
		if c = s.rec.restate(m, &c.origin); c != nil {
			kept = append(kept, c)
		}
	}
	return kept
}

// restate enters a cut into the book, and returns it over the columns of the search; nil where it cannot be stated, or does not cut
// off the mixer's point.
func (r *recorder) restate(m *mixer, o *origin) *cut {
	b := r.book
	if o.multipliers == nil || b.room < 0 {
		return nil
	}
	given, ok := r.statement(o)
	if !ok {
		return nil
	}
	row, ok := b.deriver.Derive(&given)
	if !ok {
		return nil
	}
	gone, at := r.value(), r.columns()
	side := -row.Side
	for e, j := range row.Index {
		if math.IsNaN(gone[j]) {
			m.put(at[j], -row.Value[e])
		} else {
			side += row.Value[e] * gone[j]
		}
	}
	c := m.clean(side)
	if c == nil {
		return nil
	}
	b.cuts, b.room = append(b.cuts, stated{given, row}), b.room-len(row.Index)
	c.row = int32(b.deriver.Keep(row))
	return c
}

// columns are those of the search by given column.
func (r *recorder) columns() []int32 {
	if r.at == nil {
		r.at = make([]int32, r.book.given.n)
		for k, j := range r.cols {
			r.at[j] = int32(k)
		}
	}
	return r.at
}

// statement puts an origin in terms of the given problem.
func (r *recorder) statement(o *origin) (c solver.Cut, ok bool) {
	type term struct {
		row   int
		w     float64
		other bool
	}
	var terms []term
	m := r.book.given.m
	for e, k := range o.rows {
		t := term{int(r.row(k)), o.multipliers[e], false}
		if t.row < 0 {
			return c, false
		}
		if t.row >= m { // stated as "at least", and in integers
			t.w /= -r.book.cuts[t.row-m].row.Unit
			t.other = t.w < 0
		} else {
			t.other = t.w > 0 == o.upper[e]
		}
		terms = append(terms, t)
	}
	slices.SortFunc(terms, func(a, b term) int { return a.row - b.row })
	w := make([]float64, len(terms))
	for e, t := range terms {
		w[e] = t.w
	}
	c.Y, c.Divisor = solver.Fractions(w)
	if o.divisor > 0 {
		c.Divisor *= o.divisor
	}
	y := c.Y[:0]
	for e, t := range terms {
		if c.Y[e] == 0 {
			continue
		}
		y = append(y, c.Y[e])
		c.Rows = append(c.Rows, t.row)
		if t.other {
			c.Other = append(c.Other, t.row)
		}
	}
	c.Y = y
	return r.count(c, o.atUpper), true
}

// count lists, of the columns of the rows, those that count from their upper bounds: those of the search that do, and those that are
// fixed there.
func (r *recorder) count(c solver.Cut, atUpper []int32) solver.Cut {
	g, value := r.book.given, r.value()
	upper := make(map[int32]bool, len(atUpper)) // whether it stands in one of the rows
	for _, j := range atUpper {
		upper[r.cols[j]] = false
	}
	for _, i := range c.Rows {
		idx, _, _, _ := r.book.deriver.Row(i)
		for _, j := range idx {
			met, counts := upper[j]
			if !met && (counts || value[j] == math.Floor(g.upper[j]) && value[j] > g.lower[j]) {
				upper[j] = true
				c.Upper = append(c.Upper, int(j))
			}
		}
	}
	slices.Sort(c.Upper)
	return c
}

// value is that of the columns which presolve removed on the way to the search, NaN of others.
func (r *recorder) value() []float64 {
	if r.gone != nil {
		return r.gone
	}
	at := func(k int) int { return k } // the given column of one that pre was made of
	if r.above != nil {
		at = func(k int) int { return int(r.above.cols[k]) }
		r.gone = slices.Clone(r.above.value())
	} else {
		r.gone = make([]float64, r.book.given.n)
	}
	for k, v := range r.pre.fixed {
		r.gone[at(k)] = v
	}
	for _, j := range r.cols {
		r.gone[j] = math.NaN()
	}
	return r.gone
}

// extend adds the cuts to the given problem, and returns the model with them.
func (b *book) extend(m *mip.Model, p *problem, top *part) *mip.Model {
	if len(b.cuts) == 0 {
		return m
	}
	used := b.usedBy(top)
	out := *m
	out.Rows = slices.Clone(m.Rows)
	for k := range b.cuts {
		c := &b.cuts[k].row
		row := mip.Constraint{Lower: c.Side, Upper: math.Inf(1)}
		if !used[k] {
			row.Lower, c = math.Inf(-1), &solver.CutRow{Side: math.Inf(-1)}
		}
		for e, j := range c.Index {
			row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: c.Value[e]})
		}
		out.Rows = append(out.Rows, row)
		p.rowLo, p.rowUp = append(p.rowLo, c.Side), append(p.rowUp, math.Inf(1))
	}
	p.rows = matrix{slices.Clone(p.rows.start), slices.Clone(p.rows.index), slices.Clone(p.rows.value)}
	for k := range b.cuts {
		if used[k] {
			p.rows.index, p.rows.value = append(p.rows.index, b.cuts[k].row.Index...), append(p.rows.value, b.cuts[k].row.Value...)
		}
		p.rows.push()
	}
	p.m += len(b.cuts)
	p.cols = p.rows.transpose(p.n)
	return &out
}

// used lists the cuts that a tree weighs and those that they are made of, and numbers rows by that list: the given ones, the
// cuts, and the row of a split.
func (b *book) used(top *part, rows int, list *[]solver.Cut) []int {
	number := make([]int, rows, rows+1)
	for i := range number {
		number[i] = i
	}
	if b == nil || len(b.cuts) == 0 {
		return append(number, rows)
	}
	used := b.usedBy(top)
	for k := len(used) - 1; k >= 0; k-- {
		for _, i := range b.cuts[k].cut.Rows {
			if used[k] && i >= rows {
				used[i-rows] = true
			}
		}
	}
	for k := range b.cuts {
		number = append(number, rows+len(*list))
		if used[k] {
			c := b.cuts[k].cut
			c.Rows, c.Other = slices.Clone(c.Rows), slices.Clone(c.Other)
			for _, part := range [][]int{c.Rows, c.Other} {
				for e, i := range part {
					part[e] = number[i]
				}
			}
			*list = append(*list, c)
		}
	}
	return append(number, rows+len(*list))
}

// usedBy says which cuts a tree weighs.
func (b *book) usedBy(top *part) []bool {
	used := make([]bool, len(b.cuts))
	top.each(func(p *part) {
		for _, i := range p.y.row {
			if k := int(i) - b.given.m; k >= 0 && k < len(used) {
				used[k] = true
			}
		}
	})
	return used
}

// each visits the parts of a tree.
func (p *part) each(f func(*part)) {
	f(p)
	if p.kind != solver.KindLeaf {
		p.low.each(f)
		p.high.each(f)
	}
}
