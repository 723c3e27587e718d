package solver

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"cadre/mip"
)

// Ladder restates a column that stands for the largest of many burdens, such as z in z >= sum of b_j x_j for each cadre, whose columns
// x_j lie in a partition of his own. Relaxations see little of such rows: a cadre may spread over many columns, of which none alone
// reaches far. A ladder has a binary column, a step, for each height v in At: "some column is chosen that needs z to be above v".
//
// Column x_j needs the column to be at least a height of its own, the largest integer n_j for which some row proves
// z >= n_j where x_j >= 1, all other columns at the sides of their bounds that the row likes best. With
// the columns of greater need S_v = {j: n_j > v}, next(v) their least need and base the column's lower bound, rounded down, the rows are
//
//	z - sum over steps k of (next(v_k) - next(v_k-1)) u_k  >=  base      where next(v_0) = base
//	u_k - u_k+1  >=  0
//	sum over x_j of partition p in S_v_k of x_j - u_k  <=  0
//
// in this order, the steps' columns and rows behind those of the model and of the ladders before. The last kind, a rung, is left out where it
// has no x_j, and nested ones where the next step's says as much; others have only the x_j that the step above does not have, to which they are
// tied by the steps between: they say less to a relaxation, and are much shorter. All rows hold for every point of the model
// that has the steps at what they stand for, so that restating changes no objective. Where At holds the base and every need but the largest
// one, and all of these columns lie in partitions, the rows of z are implied.
//
// Where a step is zero so are all columns of S_v and the steps above; where it is one so are the steps below. A branch on a step says so much (see
// [Implied]).
type Ladder struct {
	Column     int
	At         []int64 // ascending, from the base on
	Partitions []int   // rows, ascending: a sum of nonnegative integer columns that is at most 1
	Nested     bool

	// Given, in the place of all others, are the steps of a ladder that the model itself has, from the lowest up. A row u_k - u_k+1 >= 0 ties
	// each to the next, and rows that say that a sum of nonnegative columns is at most a step, or a multiple of it, tell what it shuts.
	// Such a ladder adds nothing to the model: it says what branches on its steps say.
	Given []int
}

// Restate returns m with the steps and rows of ladders, false where one does not fit. Time and memory are linear in what it adds; m is
// shared, and not changed.
func Restate(m *mip.Model, ladders []Ladder) (*mip.Model, bool) {
	if len(ladders) == 0 {
		return m, true
	}
	out := *m
	out.Columns, out.Rows = m.Columns[:len(m.Columns):len(m.Columns)], m.Rows[:len(m.Rows):len(m.Rows)]
	for k := range ladders {
		l := &ladders[k]
		if len(l.Given) > 0 {
			continue
		}
		if l.Column < 0 || l.Column >= len(m.Columns) || len(l.At) == 0 {
			return nil, false
		}
		n := NewNeeds(m, l.Column)
		for _, i := range l.Partitions {
			if i < 0 || i >= len(m.Rows) || !partition(m, &m.Rows[i]) {
				return nil, false
			}
		}
		if float64(l.At[0]) < n.Base || !l.climb(&out, n) {
			return nil, false
		}
	}
	return &out, true
}

// Implied is what else a branch on a step says: where the step is zero, so are the columns Shut and the steps Above; where it is one, so are
// the steps Below. The slices are shared; nobody may change them.
type Implied struct{ Shut, Above, Below []int }

// Implications are those of the steps of ladders of m, which must fit, by column of the restated model.
func Implications(m *mip.Model, ladders []Ladder) map[int]Implied {
	if len(ladders) == 0 {
		return nil
	}
	out, first := map[int]Implied{}, len(m.Columns)
	for k := range ladders {
		if len(ladders[k].Given) > 0 {
			given(m, ladders[k].Given, out)
			continue
		}
		l, n := &ladders[k], NewNeeds(m, ladders[k].Column)
		order := make([]int, len(n.Columns)) // by need, the largest first
		for e := range order {
			order[e] = e
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(n.needs[b], n.needs[a]) })
		var steps, shut []int
		for e := range l.At {
			steps = append(steps, first+e)
		}
		for _, e := range order {
			shut = append(shut, int(n.Columns[e]))
		}
		for e, v := range l.At {
			higher := sort.Search(len(order), func(q int) bool { return n.needs[order[q]] <= float64(v) })
			out[first+e] = Implied{Shut: shut[:higher], Above: steps[e+1:], Below: steps[:e]}
		}
		first += len(l.At)
	}
	return out
}

// given adds the implications of a ladder that the model has.
func given(m *mip.Model, steps []int, out map[int]Implied) {
	at := map[int]int{}
	for k, j := range steps {
		at[j] = k
	}
	rungs := make([][]int, len(steps))
	for i := range m.Rows {
		k, columns := shuts(m, &m.Rows[i], at)
		if k >= 0 {
			rungs[k] = append(rungs[k], columns...)
		}
	}
	var shut []int
	seen := map[int]bool{} // a column stands in the rows of every step that it needs
	for k := len(steps) - 1; k >= 0; k-- {
		for _, j := range rungs[k] {
			if !seen[j] {
				shut, seen[j] = append(shut, j), true
			}
		}
		out[steps[k]] = Implied{Shut: shut[:len(shut):len(shut)], Above: steps[k+1:], Below: steps[:k]}
	}
}

// shuts says which step shuts the other columns of a row, and these; -1 where none does.
func shuts(m *mip.Model, r *mip.Constraint, at map[int]int) (step int, columns []int) {
	sign, side := 1.0, r.Upper
	if r.Lower == 0 {
		sign, side = -1, 0
	}
	step = -1
	for _, t := range r.Terms {
		k, is := at[int(t.Col)]
		switch v := sign * t.Coef; {
		case is && v < 0 && step < 0:
			step = k
		case is || v <= 0 || !(m.Columns[t.Col].Lower >= 0):
			return -1, nil
		default:
			columns = append(columns, int(t.Col))
		}
	}
	if side != 0 {
		return -1, nil
	}
	return step, columns
}

// climb adds the steps and rows of the ladder; false where a step leads nowhere.
func (l *Ladder) climb(m *mip.Model, n *Needs) bool {
	first := len(m.Columns)
	heights := slices.Sorted(slices.Values(n.needs))
	up := mip.Constraint{Name: "ladder", Lower: n.Base, Upper: math.Inf(1), Terms: []mip.Term{{Col: mip.Col(l.Column), Coef: 1}}}
	last := n.Base
	for k, v := range l.At {
		e, _ := slices.BinarySearch(heights, float64(v)+1)
		if e == len(heights) || k > 0 && v <= l.At[k-1] {
			return false
		}
		step := m.AddColumn(mip.Column{Name: "step", Upper: 1, Integer: true})
		up.Terms = append(up.Terms, mip.Term{Col: step, Coef: last - heights[e]})
		last = heights[e]
	}
	m.AddRow(up)
	for k := 1; k < len(l.At); k++ {
		m.AddRow(mip.Constraint{Name: "ladder", Upper: math.Inf(1),
			Terms: []mip.Term{{Col: mip.Col(first + k - 1), Coef: 1}, {Col: mip.Col(first + k), Coef: -1}}})
	}
	at := make(map[mip.Col]float64, len(n.Columns))
	for e, j := range n.Columns {
		at[j] = n.needs[e]
	}
	for _, i := range l.Partitions {
		l.rungs(m, m.Rows[i].Terms, at, mip.Col(first))
	}
	return true
}

// rungs adds the rows of one partition.
func (l *Ladder) rungs(m *mip.Model, terms []mip.Term, at map[mip.Col]float64, first mip.Col) {
	lists := make([][]mip.Term, len(l.At)+1)
	for _, t := range terms {
		need, ok := at[t.Col]
		for k := len(l.At) - 1; ok && k >= 0; k-- {
			if need > float64(l.At[k]) {
				if lists[k] = append(lists[k], t); !l.Nested {
					break
				}
			}
		}
	}
	for k := range l.At {
		list := lists[k]
		if repeated := l.Nested && len(list) == len(lists[k+1]); len(list) > 0 && !repeated {
			m.AddRow(mip.Constraint{Name: "ladder", Lower: math.Inf(-1), Terms: append(list, mip.Term{Col: first + mip.Col(k), Coef: -1})})
		}
	}
}

// partition says whether a row takes at most one of its nonnegative integer columns.
func partition(m *mip.Model, r *mip.Constraint) bool {
	for _, t := range r.Terms {
		if c := &m.Columns[t.Col]; t.Coef != 1 || !c.Integer || !(c.Lower > -1) {
			return false
		}
	}
	return r.Upper <= 1
}

// Needs are what the columns of a model ask of one of its columns, z.
type Needs struct {
	Base    float64   // what z is at least, whatever the others are, rounded down
	Columns []mip.Col // that need more than it, ascending
	Rows    []int     // that become easier where z rises, ascending
	Whole   bool      // no need had to be rounded, or z is an integer: the rows say no more than the needs

	needs []float64 // of Columns
}

// needTol: so near to an integer is one; data as they are written are in general no sums of powers of two.
const needTol = 1e-9

// NewNeeds finds what columns need of column z. It takes one pass over the terms.
func NewNeeds(m *mip.Model, z int) *Needs {
	var rows []int
	for i := range m.Rows {
		if coefOf(&m.Rows[i], mip.Col(z)) != 0 {
			rows = append(rows, i)
		}
	}
	return NeedsIn(m, z, rows)
}

// NeedsIn is NewNeeds where the rows in which z stands are known, ascending.
func NeedsIn(m *mip.Model, z int, rows []int) *Needs {
	c := &m.Columns[z]
	n := &Needs{Base: math.Floor(c.Lower), Whole: true}
	most := map[mip.Col]float64{}
	for _, i := range rows {
		r := &m.Rows[i]
		sign, side := 1.0, r.Upper
		a := coefOf(r, mip.Col(z))
		if a > 0 {
			sign, side = -1, -r.Lower
		}
		if a == 0 || math.IsInf(side, 0) {
			continue
		}
		n.Rows = append(n.Rows, i)
		n.row(m, r, mip.Col(z), sign, side, math.Abs(a), most)
	}
	for j, v := range most {
		if v > n.Base {
			n.Columns = append(n.Columns, j)
		}
	}
	slices.Sort(n.Columns)
	for _, j := range n.Columns {
		n.needs = append(n.needs, most[j])
	}
	return n
}

// row takes the needs of a row: sign times its terms but z's is at most side + a z.
func (n *Needs) row(m *mip.Model, r *mip.Constraint, z mip.Col, sign, side, a float64, most map[mip.Col]float64) {
	least := 0.0
	for _, t := range r.Terms {
		if t.Col != z {
			least += leastOf(&m.Columns[t.Col], sign*t.Coef)
			if !m.Columns[t.Col].Integer {
				least = math.Inf(-1) // what the others add up to is not known in integers
			}
		}
	}
	if math.IsInf(least, 0) || math.IsNaN(least) {
		n.Whole = false
		return
	}
	whole := m.Columns[z].Integer
	n.Base = math.Max(n.Base, n.rounded((least-side)/a, whole))
	for _, t := range r.Terms {
		c, v := &m.Columns[t.Col], sign*t.Coef
		switch {
		case t.Col == z || v == 0:
		case v < 0:
			n.Whole = n.Whole && c.Lower == c.Upper
		case c.Lower != 0 || c.Upper > 1:
			n.Whole = false
		default:
			need := n.rounded((least+v-side)/a, whole)
			if old, ok := most[t.Col]; !ok || need > old {
				most[t.Col] = need
			}
		}
	}
}

// rounded is the height that z reaches where it is at least v.
func (n *Needs) rounded(v float64, whole bool) float64 {
	if k := math.Round(v); math.Abs(v-k) <= needTol*math.Max(1, math.Abs(v)) {
		return k
	}
	if whole {
		return math.Ceil(v)
	}
	n.Whole = false
	return math.Floor(v)
}

// leastOf is the least of v x within the bounds of a column, rounded inwards for integers.
func leastOf(c *mip.Column, v float64) float64 {
	lower, upper := c.Lower, c.Upper
	if c.Integer {
		lower, upper = math.Ceil(lower), math.Floor(upper)
	}
	switch {
	case v > 0:
		return v * lower
	case v < 0:
		return v * upper
	}
	return 0
}

func coefOf(r *mip.Constraint, j mip.Col) (sum float64) {
	for _, t := range r.Terms {
		if t.Col == j {
			sum += t.Coef
		}
	}
	return sum
}

// Heights are those of a ladder that makes the rows of z needless: the base, and every need but the largest.
func (n *Needs) Heights() []int64 {
	list := slices.Compact(slices.Sorted(slices.Values(n.needs)))
	if len(list) == 0 {
		return nil
	}
	out := []int64{int64(n.Base)}
	for _, v := range list[:len(list)-1] {
		out = append(out, int64(v))
	}
	return out
}

// Size is how many terms a ladder of all heights adds, about.
func (n *Needs) Size(nested bool) int {
	if !nested {
		return 2 * len(n.needs)
	}
	list := slices.Sorted(slices.Values(n.needs))
	heights, size := 0, 0
	for e, v := range list {
		if e == 0 || v > list[e-1] {
			heights++
		}
		size += heights
	}
	return size
}

// Steps is a point of m with the steps of ladders behind it.
func Steps(m *mip.Model, ladders []Ladder, x []float64) []float64 {
	out := slices.Clone(x)
	for k := range ladders {
		n, top := NewNeeds(m, ladders[k].Column), math.Inf(-1)
		for e, j := range n.Columns {
			if x[j] > 0.5 {
				top = math.Max(top, n.needs[e])
			}
		}
		for _, v := range ladders[k].At {
			step := 0.0
			if top > float64(v) {
				step = 1
			}
			out = append(out, step)
		}
	}
	return out
}
