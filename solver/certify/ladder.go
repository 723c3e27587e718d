package certify

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"sort"

	"cadre/internal/i18n"
	"cadre/mip"
)

// climb is what a ladder adds to a stage, derived from the rows before it in exact integers. See docs/certificate.md.
type climb struct {
	columns []mip.Column
	rows    []mip.Constraint
	implied []implied // by step
}

// implied is what else a branch on a step says: where the step is zero, so are the columns shut and the steps above; where it is one, so
// are the steps below.
type implied struct{ shut, above, below []int }

// withLadders is the stage with the steps and rows of ladders.
func (s *stage) withLadders(list []Ladder) (*stage, error) {
	if len(list) == 0 {
		return s, nil
	}
	out, rows := s.open(), len(s.model.Rows)
	out.implied = maps.Clone(s.implied)
	for k := range list {
		var err error
		if len(list[k].Given) > 0 {
			err = out.declare(list[k].Given, rows)
		} else {
			var c *climb
			if c, err = out.climb(&list[k], rows); err == nil {
				out.add(c)
			}
		}
		if err != nil {
			return nil, i18n.E("阶梯 %d：%s", "ladder %d: %s", k, err)
		}
	}
	return out, nil
}

// implies is what branch b says beside its own column's bounds, nil on most.
func (s *stage) implies(column int, at int64) *implied {
	if at != 0 {
		return nil
	}
	return s.implied[column]
}

// narrow takes over what a branch implies on one of its sides, and returns the way back. It says whether bounds cross.
func (p *place) narrow(i *implied, high bool) (crossed bool, back func()) {
	if i == nil {
		return false, func() {}
	}
	if high {
		was := make([]float64, len(i.below))
		for e, j := range i.below {
			was[e] = p.lower[j]
			p.lower[j] = math.Max(p.lower[j], 1)
			crossed = crossed || p.upper[j] < 1
		}
		return crossed, func() {
			for e, j := range slices.Backward(i.below) {
				p.lower[j] = was[e]
			}
		}
	}
	zero := slices.Concat(i.above, i.shut)
	for _, j := range zero {
		crossed = crossed || p.lower[j] > 0
	}
	was := p.clear(zero)
	return crossed, func() { p.reset(zero, was) }
}

// add appends what a ladder adds.
func (s *stage) add(c *climb) {
	n := len(s.lower)
	s.lower, s.upper = s.lower[:n:n], s.upper[:n:n]
	s.model.Columns = s.model.Columns[:n:n]
	for _, col := range c.columns {
		s.model.AddColumn(col)
		s.lower, s.upper = append(s.lower, col.Lower), append(s.upper, col.Upper)
	}
	for k := range c.implied {
		s.imply(n+k, &c.implied[k])
	}
	if v := s.ints; v != nil {
		v.cost = append(v.cost[:n:n], make([]int64, len(c.columns))...)
		v.reduced, v.in = make([]int64, len(s.lower)), make([]int, len(s.lower))
	}
	for _, r := range c.rows {
		if s.ints != nil {
			s.addCut(r)
		} else {
			s.model.AddRow(r)
		}
	}
}

// imply keeps what a branch on a column says.
func (s *stage) imply(column int, i *implied) {
	if s.implied == nil {
		s.implied = map[int]*implied{}
	}
	s.implied[column] = i
}

// declare takes up a ladder of binary columns that the model has: each asks for the one before, and shuts columns while it is zero.
func (s *stage) declare(steps []int, rows int) error {
	at, asks := map[int]int{}, make([]bool, len(steps))
	for k, j := range steps {
		if _, twice := at[j]; twice || j < 0 || j >= len(s.model.Columns) || !s.binary(j) || s.implied[j] != nil {
			return i18n.E("变量 %d 不是一级，或出现两次", "column %d is no step, or occurs twice", j)
		}
		at[j] = k
	}
	rungs := make([][]int, len(steps))
	for i := range rows {
		step, columns := s.shuts(&s.model.Rows[i], at)
		if step < 0 {
			continue
		}
		if len(columns) == 1 && step+1 < len(steps) && columns[0] == steps[step+1] {
			asks[step+1] = true
		} else {
			rungs[step] = append(rungs[step], columns...)
		}
	}
	var shut []int
	seen := map[int]bool{} // a column stands in the rows of every step that it needs
	for k := len(steps) - 1; k >= 0; k-- {
		if k > 0 && !asks[k] {
			return i18n.E("没有约束说第 %d 级要求前一级", "no row says that step %d asks for the one before", k)
		}
		for _, j := range rungs[k] {
			if !seen[j] {
				shut, seen[j] = append(shut, j), true
			}
		}
		s.imply(steps[k], &implied{shut: shut[:len(shut):len(shut)], above: steps[k+1:], below: steps[:k]})
	}
	return nil
}

// binary says whether column j is an integer from zero to one.
func (s *stage) binary(j int) bool {
	c := &s.model.Columns[j]
	return c.Integer && c.Lower == 0 && c.Upper == 1
}

// shuts says which step shuts the other columns of a row while it is zero, and these: their sum, each with a positive coefficient and none
// below zero, is at most a multiple of the step. -1 where the row says something else.
func (s *stage) shuts(r *mip.Constraint, at map[int]int) (step int, columns []int) {
	sign := 1.0
	switch {
	case r.Upper == 0:
	case r.Lower == 0:
		sign = -1
	default:
		return -1, nil
	}
	step = -1
	for _, t := range r.Terms {
		k, is := at[int(t.Col)]
		switch v := sign * t.Coef; {
		case is && v < 0 && step < 0:
			step = k
		case v <= 0 || !(s.model.Columns[t.Col].Lower >= 0):
			return -1, nil
		default:
			columns = append(columns, int(t.Col))
		}
	}
	return step, columns
}

// climb derives a ladder of the column from the first rows.
func (s *stage) climb(l *Ladder, rows int) (*climb, error) {
	if l.Column < 0 || l.Column >= len(s.model.Columns) || len(l.At) == 0 {
		return nil, i18n.E("变量 %d 不存在，或没有分级", "column %d does not exist, or has no steps", l.Column)
	}
	n, err := s.needs(l.Column, rows)
	if err != nil {
		return nil, err
	}
	c := &climb{}
	if err := c.steps(l, n, len(s.model.Columns)); err != nil {
		return nil, err
	}
	c.imply(l, n, len(s.model.Columns))
	last := -1
	for _, i := range l.Partitions {
		if i <= last || i >= rows || !s.takesOne(&s.model.Rows[i]) {
			return nil, i18n.E("约束 %d 不是至多取一的约束，或次序不对", "row %d is no partition, or out of order", i)
		}
		last = i
		c.rungs(l, n, s.model.Rows[i].Terms, len(s.model.Columns))
	}
	return c, nil
}

// takesOne says whether a row takes at most one of its columns, all nonnegative integers.
func (s *stage) takesOne(r *mip.Constraint) bool {
	return r.Upper <= 1 && !slices.ContainsFunc(r.Terms, func(t mip.Term) bool {
		c := &s.model.Columns[t.Col]
		return t.Coef != 1 || !c.Integer || !(c.Lower > -1)
	})
}

// steps adds the columns, the row that says how high each is, and that none stands above one that is not taken.
func (c *climb) steps(l *Ladder, n *needs, first int) error {
	up := mip.Constraint{Name: "ladder", Lower: float64(n.base), Upper: math.Inf(1), Terms: []mip.Term{{Col: mip.Col(l.Column), Coef: 1}}}
	all := n.ascending()
	height, below := n.base, n.base-1
	for k, v := range l.At {
		e, _ := slices.BinarySearch(all, v+1)
		if v <= below || v >= exactInts || e == len(all) {
			return i18n.E("级 %d 次序不对，低于起点 %d，或高于所有需要", "step %d is out of order, below the base %d, or above all needs", v, n.base)
		}
		c.columns = append(c.columns, mip.Column{Name: "step", Upper: 1, Integer: true})
		up.Terms = append(up.Terms, mip.Term{Col: mip.Col(first + k), Coef: float64(height - all[e])})
		height, below = all[e], v
	}
	c.rows = append(c.rows, up)
	for k := 1; k < len(l.At); k++ {
		c.rows = append(c.rows, mip.Constraint{Name: "ladder", Upper: math.Inf(1),
			Terms: []mip.Term{{Col: mip.Col(first + k - 1), Coef: 1}, {Col: mip.Col(first + k), Coef: -1}}})
	}
	return nil
}

// imply lists what branches on the steps imply. Columns with a lower bound below zero have no needs.
func (c *climb) imply(l *Ladder, n *needs, first int) {
	var shut, steps []int
	for j := range n.of {
		shut = append(shut, int(j))
	}
	slices.SortFunc(shut, func(a, b int) int { // by need, the largest first
		return cmp.Or(cmp.Compare(n.of[mip.Col(b)], n.of[mip.Col(a)]), cmp.Compare(a, b))
	})
	for k := range l.At {
		steps = append(steps, first+k)
	}
	for k, v := range l.At {
		higher := sort.Search(len(shut), func(e int) bool { return n.of[mip.Col(shut[e])] <= v })
		c.implied = append(c.implied, implied{shut: shut[:higher], above: steps[k+1:], below: steps[:k]})
	}
}

// rungs adds the rows of a partition: a step is taken where one of its columns needs to be above it. Those that need to be above the next
// step as well stand in nested rows only, which are left out where the next step repeats them.
func (c *climb) rungs(l *Ladder, n *needs, terms []mip.Term, first int) {
	for k, v := range l.At {
		row := mip.Constraint{Name: "ladder", Lower: math.Inf(-1)}
		higher := 0
		for _, t := range terms {
			need, ok := n.of[t.Col]
			if !ok || need <= v {
				continue
			}
			if k+1 < len(l.At) && need > l.At[k+1] {
				higher++
				if !l.Nested {
					continue
				}
			}
			row.Terms = append(row.Terms, t)
		}
		if repeated := l.Nested && higher == len(row.Terms); len(row.Terms) > 0 && !repeated {
			row.Terms = append(row.Terms, mip.Term{Col: mip.Col(first + k), Coef: -1})
			c.rows = append(c.rows, row)
		}
	}
}

// needs are the heights that a column must have, whatever the others are, and where each of these is at least one.
type needs struct {
	base int64
	of   map[mip.Col]int64
}

// ascending are all needs, sorted.
func (n *needs) ascending() []int64 {
	out := make([]int64, 0, len(n.of))
	for _, v := range n.of {
		out = append(out, v)
	}
	slices.Sort(out)
	return out
}

// needs of column z in the first rows: those with integer columns only but z.
func (s *stage) needs(z, rows int) (*needs, error) {
	low := math.Floor(s.model.Columns[z].Lower)
	if !(math.Abs(low) < moderate) {
		return nil, i18n.E("它的变量没有下界，或下界过大", "its column has no lower bound, or a large one")
	}
	n := &needs{base: int64(low), of: map[mip.Col]int64{}}
	for i := range rows {
		s.need(n, mip.Col(z), &s.model.Rows[i])
	}
	for j, v := range n.of {
		if v <= n.base {
			delete(n.of, j)
		}
	}
	return n, nil
}

// need takes the needs of a row: with sign so that z has a negative coefficient -a, and the row an upper side, terms but z's are at most
// side + a z. In units all numbers are integers; where some would be too large, so that differences of heights left 2^53, the row says nothing.
func (s *stage) need(n *needs, z mip.Col, r *mip.Constraint) {
	a := 0.0
	for _, t := range r.Terms {
		if t.Col == z {
			a = t.Coef
		} else if !s.model.Columns[t.Col].Integer {
			return // what the others add up to is not known in integers
		}
	}
	sign, side := int64(1), r.Upper
	if a > 0 {
		sign, side = -1, r.Lower
	}
	digits := rowPlaces(r)
	if a == 0 || math.IsInf(side, 0) || digits > mostPlaces || !(math.Max(math.Abs(a), math.Abs(side))*float64(tens[digits]) < moderate) {
		return
	}
	unit := tens[digits]
	least, mass := -sign*whole(side, unit), math.Abs(side)*float64(unit)
	parts := make([]int64, len(r.Terms))
	for e, t := range r.Terms {
		if t.Col == z || t.Coef == 0 {
			continue
		}
		lower, upper := s.model.Columns[t.Col].Lower, s.model.Columns[t.Col].Upper
		at := math.Ceil(lower)
		if (t.Coef > 0) == (sign < 0) {
			at = math.Floor(upper)
		}
		mass += math.Abs(t.Coef) * float64(unit) * math.Max(1, math.Abs(at))
		if !moderately(t.Coef, unit) || !(mass < exactInts/2) {
			return
		}
		parts[e] = sign * whole(t.Coef, unit) * int64(at)
		least += parts[e]
	}
	by := -sign * whole(a, unit)
	n.base = max(n.base, s.height(least, by, z))
	for e, t := range r.Terms {
		c, v := &s.model.Columns[t.Col], sign*whole(t.Coef, unit)
		if t.Col == z || v <= 0 || c.Lower != 0 || c.Upper > 1 {
			continue
		}
		need := s.height(least-parts[e]+v, by, z)
		if old, ok := n.of[t.Col]; !ok || need > old {
			n.of[t.Col] = need
		}
	}
}

// height is the largest integer that z reaches where by times z is at least v.
func (s *stage) height(v, by int64, z mip.Col) int64 {
	if s.model.Columns[z].Integer {
		return -floorDiv(-v, by)
	}
	return floorDiv(v, by)
}
