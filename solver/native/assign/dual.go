package assign

import (
	"math"
	"slices"
)

// Dual evaluates the Lagrangian of an instance: side rows are weighed by multipliers (positive: their lower side), what
// is left is an assignment, solved on a working set of pairs, and columns priced on their own. A value of the working
// set bounds nothing; Price turns it into a bound on all columns.
type Dual struct {
	in   *Instance
	Y    []float64 // by row; zero on rows of the assignment and on covers
	U, V []float64 // duals of the assignment by left and right
	Act  []float64 // by row: activity of the minimiser
	lap  *lap
	set  []int32 // by arc of lap: choice
	sets entries // of the arcs
	outL []int32 // by left: column taken outside, -1 the row's slack, -2 a missing one
	outR []int32
	big  float64
}

// entries are coefficients in side rows, by item.
type entries struct {
	start []int32
	row   []int32
	val   []float64
}

func (t *entries) at(k int32) ([]int32, []float64) {
	a, b := t.start[k], t.start[k+1]
	return t.row[a:b], t.val[a:b]
}

// missing is the price of an equation without a column, in units of the largest cost: a relaxation, so that the value
// stays a bound, and dear enough to be avoided.
const missing = 100

// NewDual begins with zero multipliers and a working set of the cheapest pairs.
func NewDual(in *Instance) *Dual {
	p := in.P
	d := &Dual{in: in, Y: make([]float64, p.M), Act: make([]float64, p.M), big: missing * max(1, in.top),
		U: make([]float64, len(in.Left)), V: make([]float64, len(in.Right)),
		outL: make([]int32, len(in.Left)), outR: make([]int32, len(in.Right))}
	return d
}

// begin takes the multipliers of side rows as far as a finite side of the row lets them count, and those of the assignment's
// rows as its duals to begin from.
func (d *Dual) begin(y []float64) {
	p := d.in.P
	for _, i := range d.in.Side {
		if y[i] > 0 && !math.IsInf(p.RowLo[i], -1) || y[i] < 0 && !math.IsInf(p.RowUp[i], 1) {
			d.Y[i] = y[i]
		}
	}
	for k, i := range d.in.Right {
		d.V[k] = y[i]
	}
}

// reduced is the cost of column j less the weights of its side rows.
func (d *Dual) reduced(j int32) float64 {
	p := d.in.P
	r := p.Cost[j]
	a, b := p.Cols.Start[j], p.Cols.Start[j+1]
	idx, val := p.Cols.Index[a:b], p.Cols.Value[a:b]
	for e, i := range idx {
		r -= d.Y[i] * val[e]
	}
	return r
}

// dual is that of right k, 0 where a pair has none.
func (d *Dual) dual(k int32) float64 {
	if k < 0 {
		return 0
	}
	return d.V[k]
}

// Use makes a working set of the given choices (ascending, pairs only). Duals and matching are kept.
func (d *Dual) Use(set []int32) {
	in := d.in
	nl, nr := len(in.Left), len(in.Right)
	start, to := make([]int32, nl+1), make([]int32, len(set))
	t := entries{start: make([]int32, 1, len(set)+1)}
	i := int32(0)
	for e, c := range set {
		for c >= in.Start[i+1] {
			i++
			start[i] = int32(e)
		}
		to[e] = in.To[c]
		idx, val := in.P.Cols.Vec(int(in.Col[c]))
		for q, r := range idx {
			if in.IsSide[r] {
				t.row, t.val = append(t.row, r), append(t.val, val[q])
			}
		}
		t.start = append(t.start, int32(len(t.row)))
	}
	for k := i + 1; k <= int32(nl); k++ {
		start[k] = int32(len(set))
	}
	old, oldSet := d.lap, d.set
	d.lap = newLap(nl, nr, start, to)
	d.set, d.sets = set, t
	d.lap.u, d.lap.v = d.U, d.V
	if old != nil && nr > 0 {
		d.lap.adopt(old, oldSet, set)
	}
}

// adopt takes over the matching of another working set where its arcs are still there.
func (a *lap) adopt(old *lap, oldSet, set []int32) {
	for i := range a.nl {
		switch e := old.arc[i]; {
		case e == outside:
			a.arc[i] = outside
		case e >= 0:
			for f := a.start[i]; f < a.start[i+1]; f++ {
				if set[f] == oldSet[e] {
					a.arc[i], a.owner[a.to[f]] = f, int32(i)
				}
			}
		}
	}
}

// Eval solves the relaxation at Y on the working set and returns its value.
func (d *Dual) Eval() float64 {
	a := d.lap
	d.in.parts(len(d.set), func(_, from, to int) {
		for e := from; e < to; e++ {
			r := d.in.P.Cost[d.in.Col[d.set[e]]]
			rows, val := d.sets.at(int32(e))
			for q, i := range rows {
				r -= d.Y[i] * val[q]
			}
			a.cost[e] = r
		}
	})
	d.priceOutside()
	a.solve()
	value := d.in.P.Offset + a.value()
	clear(d.Act)
	d.takematching()
	return value + d.priceRest() + d.sides()
}

// priceOutside finds the cheapest way of every node to stay out.
func (d *Dual) priceOutside() {
	in, a := d.in, d.lap
	in.parts(len(in.Left), func(_, from, to int) {
		for i := from; i < to; i++ {
			a.outL[i], d.outL[i] = d.big, -2
			if in.slackL(i) {
				a.outL[i], d.outL[i] = 0, -1
			}
			for c := in.Own[i]; c < in.Start[i+1]; c++ {
				if r := d.reduced(in.Col[c]); r < a.outL[i] {
					a.outL[i], d.outL[i] = r, in.Col[c]
				}
			}
		}
	})
	for k := range in.Right {
		a.outR[k], d.outR[k] = d.big, -2
		if in.slackR(k) {
			a.outR[k], d.outR[k] = 0, -1
		}
		for _, j := range in.Only[in.OnlyStart[k]:in.OnlyStart[k+1]] {
			if r := d.reduced(j); r < a.outR[k] {
				a.outR[k], d.outR[k] = r, j
			}
		}
	}
}

// takeMatching adds up the activities of the assignment.
func (d *Dual) takematching() {
	a := d.lap
	for i, e := range a.arc {
		if e >= 0 {
			rows, val := d.sets.at(e)
			for q, r := range rows {
				d.Act[r] += val[q]
			}
		} else if j := d.outL[i]; j >= 0 {
			d.take(j, 1)
		}
	}
	for k, i := range a.owner {
		if j := d.outR[k]; i < 0 && j >= 0 {
			d.take(j, 1)
		}
	}
}

func (d *Dual) take(j int32, x float64) {
	idx, val := d.in.P.Cols.Vec(int(j))
	for e, i := range idx {
		d.Act[i] += val[e] * x
	}
}

// priceRest prices the columns outside the assignment.
func (d *Dual) priceRest() float64 {
	p, sum := d.in.P, 0.0
	for _, j := range d.in.Loose {
		r, x := d.reduced(j), p.Lower[j]
		if r < 0 {
			x = p.Upper[j]
		}
		if x != 0 && r != 0 {
			sum += r * x
		}
		if x != 0 && !math.IsInf(x, 0) {
			d.take(j, x)
		}
	}
	for k := range d.in.Covers {
		sum += d.fill(&d.in.Covers[k])
	}
	return sum
}

// fill takes the cheapest columns of a cover.
func (d *Dual) fill(c *Cover) float64 {
	p, sum, need := d.in.P, 0.0, c.Need
	best, at := math.Inf(1), int32(-1)
	for _, j := range c.Cols {
		r := d.reduced(j)
		if r <= 0 {
			sum += r * p.Upper[j]
			need -= p.Upper[j]
			d.take(j, p.Upper[j])
		} else if r < best {
			best, at = r, j
		}
	}
	if need <= 0 {
		return sum
	}
	if p.Upper[at] >= need {
		d.take(at, need)
		return sum + best*need
	}
	return sum + d.fillSlowly(c, need)
}

// fillSlowly is fill where no single column has the room.
func (d *Dual) fillSlowly(c *Cover, need float64) float64 {
	p, sum := d.in.P, 0.0
	used := map[int32]bool{}
	for need > 0 {
		best, at := math.Inf(1), int32(-1)
		for _, j := range c.Cols {
			if r := d.reduced(j); r > 0 && r < best && !used[j] {
				best, at = r, j
			}
		}
		used[at] = true
		x := min(need, p.Upper[at])
		d.take(at, x)
		sum += best * x
		need -= x
	}
	return sum
}

// sides is what the multipliers earn at the rows' sides.
func (d *Dual) sides() float64 {
	p, sum := d.in.P, 0.0
	for _, i := range d.in.Side {
		switch y := d.Y[i]; {
		case y > 0:
			sum += y * p.RowLo[i]
		case y < 0:
			sum += y * p.RowUp[i]
		}
	}
	return sum
}

// Price goes over all pairs: it returns how much the value of the last Eval must fall to be a bound, because pairs
// outside the working set are cheaper than U and V allow, and the choices whose reduced cost is less than reach, ascending, with
// these costs.
func (d *Dual) Price(reach float64) (list []int32, rc []float64, excess float64) {
	in := d.in
	worst := make([]float64, len(in.Left))
	var lists [mostParts][]int32
	var costs [mostParts][]float64
	in.parts(len(in.Left), func(part, from, to int) {
		for i := from; i < to; i++ {
			for c := in.Start[i]; c < in.Own[i]; c++ {
				r := d.reduced(in.Col[c]) - d.dual(in.To[c]) - d.U[i]
				worst[i] = min(worst[i], r)
				if r < reach {
					lists[part], costs[part] = append(lists[part], c), append(costs[part], r)
				}
			}
		}
	})
	for _, w := range worst {
		excess -= w
	}
	return slices.Concat(lists[:]...), slices.Concat(costs[:]...), excess
}

// Multipliers are those of all rows (by row of the problem) at the present Y, such that they bound all columns: the
// assignment's duals, lowered where a pair is cheaper than they allow, the side rows' and the covers'.
func (d *Dual) Multipliers() []float64 {
	in := d.in
	y := append([]float64(nil), d.Y...)
	for k, i := range in.Right {
		y[i] = d.V[k]
	}
	for l, i := range in.Left {
		y[i] = d.U[l]
		for c := in.Start[l]; c < in.Own[l]; c++ {
			if r := d.reduced(in.Col[c]) - d.dual(in.To[c]); r < y[i] {
				y[i] = r
			}
		}
	}
	for k := range in.Covers {
		c := &in.Covers[k]
		y[c.Row] = d.marginal(c)
	}
	return y
}

// marginal is the reduced cost of the last column that fills a cover.
func (d *Dual) marginal(c *Cover) float64 {
	need := c.Need
	used := map[int32]bool{}
	for {
		best, at := math.Inf(1), int32(-1)
		for _, j := range c.Cols {
			if r := d.reduced(j); r < best && !used[j] {
				best, at = r, j
			}
		}
		if at < 0 {
			return 0
		}
		used[at] = true
		if need -= d.in.P.Upper[at]; need <= rowTol {
			return max(0, best)
		}
	}
}
