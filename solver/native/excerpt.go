package native

// excerpter cuts small problems out of a large one: some columns choose anew, all others keep the values of a point. A cut costs
// what its columns' entries are, whatever the size of the whole.
type excerpter struct {
	p       *problem
	x       []float64 // the point: whole numbers where columns are; it may break rows
	act     []float64 // activity of every row at x
	breaks  int       // rows that x breaks
	value   float64   // objective at x
	placeOf []int32   // by row: its place in the excerpt at hand, -1 none
}

// excerpt is such a problem. Its first columns are those of the whole, then come what broken rows miss, at a price.
type excerpt struct {
	problem
	of  []int32   // columns of the whole
	row []int32   // rows of the whole
	now []float64 // the present point
}

func newExcerpter(p *problem, x []float64) *excerpter {
	e := &excerpter{p: p, x: append([]float64(nil), x...), act: make([]float64, p.m), placeOf: make([]int32, p.m), value: p.objective(x)}
	for i := range p.m {
		idx, val := p.rows.vec(i)
		for k, j := range idx {
			e.act[i] += val[k] * x[j]
		}
		e.placeOf[i] = -1
		if e.misses(int32(i)) != 0 {
			e.breaks++
		}
	}
	return e
}

// misses is how far the point is short of row i's lower side (positive) or beyond its upper one (negative).
func (e *excerpter) misses(i int32) float64 {
	switch a := e.act[i]; {
	case a < e.p.rowLo[i]-rowTol:
		return e.p.rowLo[i] - a
	case a > e.p.rowUp[i]+rowTol:
		return e.p.rowUp[i] - a
	}
	return 0
}

// cut makes the excerpt of the given columns, each named once. A row that stays as broken as it is costs dear.
func (e *excerpter) cut(cols []int32, dear float64) *excerpt {
	p := e.p
	q := &excerpt{of: cols}
	q.offset = e.value
	q.cols.start = []int{0}
	var rest []float64 // by row: what other columns do
	for _, j := range cols {
		x := e.x[j]
		q.column(p.lower[j], p.upper[j], p.cost[j], p.integer[j], x)
		q.offset -= p.cost[j] * x
		idx, val := p.cols.vec(int(j))
		for k, i := range idx {
			r := e.placeOf[i]
			if r < 0 {
				r = int32(len(q.row))
				e.placeOf[i] = r
				q.row, rest = append(q.row, i), append(rest, e.act[i])
			}
			rest[r] -= val[k] * x
			q.cols.index, q.cols.value = append(q.cols.index, r), append(q.cols.value, val[k])
		}
		q.cols.push()
	}
	for r, i := range q.row {
		q.rowLo, q.rowUp = append(q.rowLo, p.rowLo[i]-rest[r]), append(q.rowUp, p.rowUp[i]-rest[r])
		if t := e.misses(i); t != 0 {
			q.column(0, 1, dear, false, 1)
			q.cols.index, q.cols.value = append(q.cols.index, int32(r)), append(q.cols.value, t)
			q.cols.push()
		}
		e.placeOf[i] = -1
	}
	q.n, q.m = len(q.cost), len(q.row)
	q.rows = q.cols.transpose(q.m)
	return q
}

func (q *excerpt) column(lower, upper, cost float64, integer bool, now float64) {
	q.lower, q.upper = append(q.lower, lower), append(q.upper, upper)
	q.cost, q.integer, q.now = append(q.cost, cost), append(q.integer, integer), append(q.now, now)
}

// paste moves the point to y, a point of the excerpt.
func (e *excerpter) paste(q *excerpt, y []float64) {
	for _, i := range q.row {
		if e.misses(i) != 0 {
			e.breaks--
		}
	}
	for k, j := range q.of {
		d := y[k] - e.x[j]
		if d == 0 {
			continue
		}
		e.x[j] = y[k]
		e.value += e.p.cost[j] * d
		idx, val := e.p.cols.vec(int(j))
		for t, i := range idx {
			e.act[i] += val[t] * d
		}
	}
	for _, i := range q.row {
		if e.misses(i) != 0 {
			e.breaks++
		}
	}
}

// values are those of the point in the columns of an excerpt.
func (e *excerpter) values(q *excerpt) []float64 {
	v := make([]float64, len(q.of))
	for k, j := range q.of {
		v[k] = e.x[j]
	}
	return v
}
