package assign

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// Local is a complete assignment under change: every left has a choice or none, every right an owner or none. Side rows
// are priced, columns outside the assignment follow it at their cheapest. One goroutine may change it; while none does, any may read it.
type Local struct {
	in         *Instance
	ent        entries    // of choices, in side rows (index into Side)
	cost       []float64  // of choices
	none       []float64  // by left: price of no choice
	empty      []float64  // by right: price of no owner
	helperCols [][]helper // by side row
	emptyCol   []int32    // by right: the column that an empty one takes, -1 none
	rows       []rowPrice
	gates      []gate
	block      []int32 // by side row: its gate, -1 none

	Choice []int32 // by left, -1 none
	Owner  []int32 // by right, -1 none
	right  []int32 // by left: the right of its choice, -1 none
	act    []float64
	True   float64 // objective
	Broken int     // side rows, lefts and rights that are not satisfied

	own draft
	rng *rand.Rand
	big float64
}

// rowPrice prices the activity that the assignment has in a side row. First come the helpers: columns that this row
// alone uses. What is left over is a violation.
type rowPrice struct {
	lo, up         float64
	softLo, softUp []segment
	over           float64 // price of a unit of violation
	credit         float64 // given for a unit of room at the upper side (positive) or at the lower side (negative)
	stiff          float64 // factor on kappa: rises while the row is broken
	plain          bool    // not part of a gate
}

// segment is a helper: so many units at a price each.
type segment struct{ price, room float64 }

// soft splits a row's shortage into what its helpers cost and what they leave.
func (r *rowPrice) soft(a float64) (cost, left float64) {
	short, list := r.lo-a, r.softLo
	if short <= rowTol {
		if short, list = a-r.up, r.softUp; short <= rowTol {
			return 0, 0
		}
	}
	for _, s := range list {
		t := min(short, s.room)
		cost += t * s.price
		if short -= t; short <= rowTol {
			return cost, 0
		}
	}
	return cost, short
}

// rowTol is how far a row's activity may pass its side: sums of products of moderate numbers.
const rowTol = 1e-7

// price is the penalised cost at activity a.
func (r *rowPrice) price(a float64) float64 {
	sum := 0.0
	if a > r.up+rowTol || a < r.lo-rowTol {
		cost, left := r.soft(a)
		sum = cost + left*r.over
	}
	switch {
	case r.credit > 0 && a < r.up:
		sum -= r.credit * (r.up - a)
	case r.credit < 0 && a > r.lo:
		sum += r.credit * (a - r.lo)
	}
	return sum
}

// helper is the column of a segment: coef units of the row for one of the column, at the row's upper side where up.
type helper struct {
	segment
	col  int32
	coef float64
	up   bool
}

// gate is a cover whose columns are let through by side rows: it costs the cheapest column all of whose rows have room.
type gate struct {
	cols  []int32
	price []float64
	rows  [][]int32 // by column, side rows
	least float64   // of the columns without rows
}

// NewLocal prepares a search. Prices of violations come with Weigh.
func NewLocal(in *Instance, seed uint64) *Local {
	p := in.P
	n := int(in.Start[len(in.Left)])
	l := &Local{in: in, rng: rand.New(rand.NewPCG(seed, 0x5851f42d4c957f2d)), cost: make([]float64, n),
		none: make([]float64, len(in.Left)), empty: make([]float64, len(in.Right)), emptyCol: make([]int32, len(in.Right)),
		rows: make([]rowPrice, len(in.Side)), block: make([]int32, len(in.Side)), act: make([]float64, len(in.Side)),
		Choice: make([]int32, len(in.Left)), Owner: make([]int32, len(in.Right)), right: make([]int32, len(in.Left))}
	l.helperCols = make([][]helper, len(in.Side))
	l.big = dear * max(1, in.top)
	number := make([]int32, p.M)
	for q, i := range in.Side {
		number[i] = int32(q)
		l.rows[q] = rowPrice{lo: p.RowLo[i], up: p.RowUp[i], stiff: 1, plain: true}
		l.block[q] = -1
	}
	l.ent.start = make([]int32, 1, n+1)
	for c, j := range in.Col {
		l.cost[c] = p.Cost[j]
		idx, val := p.Cols.Vec(int(j))
		for e, r := range idx {
			if in.IsSide[r] {
				l.ent.row, l.ent.val = append(l.ent.row, number[r]), append(l.ent.val, val[e])
			}
		}
		l.ent.start = append(l.ent.start, int32(len(l.ent.row)))
	}
	l.prices()
	l.helpers(number)
	l.own = l.draft()
	return l
}

// twin is another assignment of the same instance, still empty, with draws of its own. They share what no search changes.
func (l *Local) twin() *Local {
	t := *l
	t.rows = slices.Clone(l.rows)
	t.Choice, t.Owner, t.right = make([]int32, len(l.Choice)), make([]int32, len(l.Owner)), make([]int32, len(l.right))
	t.act, t.own = make([]float64, len(l.act)), l.draft()
	t.rng = rand.New(rand.NewPCG(l.rng.Uint64(), l.rng.Uint64()))
	return &t
}

// dear is the price of an equation without a column, in units of the largest cost.
const dear = 4

// prices finds what it costs to leave lefts and rights without a pair.
func (l *Local) prices() {
	in := l.in
	for i := range l.none {
		if !in.slackL(i) {
			l.none[i] = l.big
		}
	}
	for k := range l.empty {
		l.emptyCol[k] = -1
		if !in.slackR(k) {
			l.empty[k] = l.big
		}
		for _, j := range in.Only[in.OnlyStart[k]:in.OnlyStart[k+1]] {
			if in.P.Cost[j] < l.empty[k] {
				l.empty[k], l.emptyCol[k] = in.P.Cost[j], j
			}
		}
	}
}

// helpers reads the columns outside the assignment as segments of their row or as gates.
func (l *Local) helpers(number []int32) {
	in := l.in
	p := in.P
	for _, c := range in.Covers {
		g := gate{cols: c.Cols, least: math.Inf(1)}
		b := int32(len(l.gates))
		for _, j := range c.Cols {
			var rows []int32
			idx, _ := p.Cols.Vec(int(j))
			for _, i := range idx {
				if in.IsSide[i] {
					q := number[i]
					rows = append(rows, q)
					l.rows[q].plain, l.block[q] = false, b
				}
			}
			g.price, g.rows = append(g.price, p.Cost[j]), append(g.rows, rows)
			if rows == nil {
				g.least = min(g.least, p.Cost[j])
			}
		}
		l.gates = append(l.gates, g)
	}
	for _, j := range in.Loose {
		idx, val := p.Cols.Vec(int(j))
		if len(idx) != 1 || !in.IsSide[idx[0]] || p.Cost[j] < 0 {
			continue
		}
		q := number[idx[0]]
		v, span := math.Abs(val[0]), p.Upper[j]-p.Lower[j]
		l.helperCols[q] = append(l.helperCols[q], helper{segment{p.Cost[j] / v, span * v}, j, v, val[0] < 0})
	}
	for q, list := range l.helperCols {
		sort.SliceStable(list, func(a, b int) bool { return list[a].price < list[b].price })
		r := &l.rows[q]
		for _, h := range list {
			if h.up {
				r.softUp = append(r.softUp, h.segment)
			} else {
				r.softLo = append(r.softLo, h.segment)
			}
		}
	}
}

const (
	stiffer   = 1.3
	softer    = 0.97
	mostStiff = 1000
)

// Weigh sets the prices of violations from multipliers (by row): a row that binds is paid for like its multiplier says
// and kappa more where it is broken, and given back all but kappa where it has room, so that both sides of a binding
// row are equally near. It changes the penalised cost, not the objective.
func (l *Local) Weigh(y []float64, kappa float64, stiffen bool) {
	p := l.in.P
	for q, i := range l.in.Side {
		r := &l.rows[q]
		_, val := p.Rows.Vec(int(i))
		top := 0.0
		for _, v := range val {
			top = max(top, math.Abs(v))
		}
		if _, left := r.soft(l.act[q]); left > 0 && r.plain && stiffen {
			r.stiff = min(r.stiff*stiffer, mostStiff)
		} else if stiffen {
			r.stiff = max(1, r.stiff*softer)
		} else {
			r.stiff = 1
		}
		k := kappa * r.stiff / max(top, 1e-9)
		r.over = math.Abs(y[i]) + k
		r.credit = 0
		if c := math.Abs(y[i]) - k; c > 0 && r.plain {
			r.credit = c
			if y[i] > 0 {
				r.credit = -c
			}
		}
	}
}

// Load sets an assignment: by left its choice, -1 none.
func (l *Local) Load(choice []int32) {
	copy(l.Choice, choice)
	for k := range l.Owner {
		l.Owner[k] = -1
	}
	clear(l.act)
	l.True, l.Broken = l.in.P.Offset, 0
	for i, c := range choice {
		if l.right[i] = -1; c < 0 {
			l.True += l.none[i]
			if l.none[i] > 0 {
				l.Broken++
			}
			continue
		}
		l.True += l.cost[c]
		if k := l.in.To[c]; k >= 0 {
			l.Owner[k], l.right[i] = int32(i), k
		}
		rows, val := l.ent.at(c)
		for e, q := range rows {
			l.act[q] += val[e]
		}
	}
	for k, i := range l.Owner {
		if i < 0 {
			l.True += l.empty[k]
			if l.empty[k] > 0 && l.emptyCol[k] < 0 {
				l.Broken++
			}
		}
	}
	for q := range l.rows {
		if r := &l.rows[q]; r.plain {
			cost, left := r.soft(l.act[q])
			l.True += cost
			if left > 0 {
				l.Broken++
			}
		}
	}
	for b := range l.gates {
		v := l.gateCost(int32(b), nil)
		l.True += v
		if v >= l.big {
			l.Broken++
		}
	}
}
