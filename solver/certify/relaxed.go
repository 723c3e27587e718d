package certify

import (
	"math"
	"time"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/exact"
)

// reduced is the relaxation without the columns that are fixed at zero: they take no part in any row, and row
// multipliers mean the same without them. Rows are those of the stage, then the place's own.
type reduced struct {
	g            *grower
	columns      []int // of the stage
	relaxation   solver.Relaxation
	program      *exact.Program // nil where it is too large
	values       []float64      // of the last optimum, nil before there is one
	lower, upper []float64
}

func newReduced(g *grower, p place) *reduced {
	r := &reduced{g: g}
	full, lower, upper := g.stage.model, p.lower, p.upper
	at := make([]mip.Col, len(lower)) // 1 + the column's index in the reduced model
	m := &mip.Model{Name: full.Name}
	for j := range lower {
		if lower[j] == 0 && upper[j] == 0 {
			continue
		}
		r.columns = append(r.columns, j)
		at[j] = 1 + m.AddColumn(mip.Column{Lower: lower[j], Upper: upper[j], Integer: full.Columns[j].Integer})
	}
	kept := func(terms []mip.Term) []mip.Term {
		var out []mip.Term
		for _, t := range terms {
			if at[t.Col] > 0 {
				out = append(out, mip.Term{Col: at[t.Col] - 1, Coef: t.Coef})
			}
		}
		return out
	}
	for i := range full.Rows {
		m.AddRow(mip.Constraint{Lower: full.Rows[i].Lower, Upper: full.Rows[i].Upper, Terms: kept(full.Rows[i].Terms)})
	}
	for i := range p.own {
		m.AddRow(p.own[i].constraint(at))
	}
	l := full.Levels[0]
	l.Terms = kept(l.Terms)
	m.AddLevel(l)
	if exact.Fits(len(m.Rows), len(m.Columns)) {
		r.program = exact.New(m)
	}
	m.Levels[0].Terms = r.leaning(m, l.Terms)
	r.relaxation = g.relaxer.Relax(m)
	r.lower, r.upper = make([]float64, len(r.columns)), make([]float64, len(r.columns))
	return r
}

// covers says whether all columns that are open at p take part.
func (r *reduced) covers(p place) bool {
	e := 0
	for j := range p.lower {
		if e < len(r.columns) && r.columns[e] == j {
			e++
		} else if p.lower[j] != 0 || p.upper[j] != 0 {
			return false
		}
	}
	return true
}

// constraint is a place's own row over the columns of a reduced model, whose indices stand in at plus one.
func (r *ownRow) constraint(at []mip.Col) mip.Constraint {
	out := mip.Constraint{Lower: r.lower, Upper: r.upper}
	for e, j := range r.columns {
		if at[j] > 0 {
			out.Terms = append(out.Terms, mip.Term{Col: at[j] - 1, Coef: float64(r.coef(e))})
		}
	}
	return out
}

// lean is how much the costs of unbounded columns lean, relative to the largest cost: more than the reduced costs of a
// simplex code are wrong by, and far less than anybody asks of a bound.
const lean = 1e-9

// leaning is the objective's terms, with the costs of columns without an upper bound a little lower and of those without
// a lower bound a little higher. A reduced cost that should be zero then has, under the true costs and after rounding,
// the sign for which the missing bound is not needed. Columns free on both sides are left to mended.
func (r *reduced) leaning(m *mip.Model, terms []mip.Term) []mip.Term {
	top, open := 0.0, false
	cost := make([]float64, len(m.Columns))
	for _, t := range terms {
		cost[t.Col] = t.Coef
		top = math.Max(top, math.Abs(t.Coef))
	}
	for _, c := range m.Columns {
		open = open || math.IsInf(c.Lower, -1) != math.IsInf(c.Upper, 1)
	}
	if !open {
		return terms
	}
	mass := make([]float64, len(m.Columns))
	for i := range m.Rows {
		for _, t := range m.Rows[i].Terms {
			mass[t.Col] += math.Abs(t.Coef)
		}
	}
	terms = nil
	for j, c := range m.Columns {
		by := lean*math.Max(top, 1) + math.Ldexp(mass[j], -fineShift)
		switch below, above := math.IsInf(c.Lower, -1), math.IsInf(c.Upper, 1); {
		case above && !below:
			cost[j] -= by
		case below && !above:
			cost[j] += by
		}
		if cost[j] != 0 {
			terms = append(terms, mip.Term{Col: mip.Col(j), Coef: cost[j]})
		}
	}
	return terms
}

// take takes the bounds of p, which hold the left-out columns at zero.
func (r *reduced) take(p place) {
	for e, j := range r.columns {
		r.lower[e], r.upper[e] = p.lower[j], p.upper[j]
	}
}

// solve solves within the bounds of p.
func (r *reduced) solve(p place) solver.Relaxed {
	r.take(p)
	params := solver.Params{}
	if !r.g.deadline.IsZero() {
		params.Time = max(time.Until(r.g.deadline), 1)
	}
	found := r.relaxation.Solve(r.g.ctx, r.lower, r.upper, params)
	if found.Status == solver.Optimal {
		r.values = found.Values
	}
	return found
}

// candidate is an integer column whose value in the relaxation is none.
type candidate struct {
	column int
	value  float64
}

// integral is how far from an integer a value of the relaxation may be and still count as one.
const integral = 1e-6

func (r *reduced) candidates(x []float64) []candidate {
	var out []candidate
	for e, v := range x {
		j := r.columns[e]
		if r.g.stage.model.Columns[j].Integer && math.Abs(v-math.Round(v)) > integral {
			out = append(out, candidate{j, v})
		}
	}
	return out
}

// last is what can be branched on at p where the relaxation has no fractions: of the integer columns that are not fixed the one whose value is
// farthest from an integer, the first of equals, beside that value; in the middle where there are no values.
func (r *reduced) last(p place, x []float64) []candidate {
	best, off := -1, -1.0
	for e, j := range r.columns {
		if lower, upper := branchable(p, j); !r.g.stage.model.Columns[j].Integer || !(lower < upper) {
			continue
		}
		distance := 0.0
		if x != nil {
			distance = math.Abs(x[e] - math.Round(x[e]))
		}
		if distance > off {
			best, off = e, distance
		}
	}
	if best < 0 {
		return nil
	}
	j := r.columns[best]
	lower, upper := branchable(p, j)
	at := (lower + upper) / 2
	if x != nil {
		at = x[best]
	}
	at = math.Floor(math.Max(lower, math.Min(at, upper-1))) // below the upper bound, so that both sides have values
	return []candidate{{j, at + 0.5}}
}

// branchable are the bounds of a column as far as branches may state them.
func branchable(p place, j int) (lower, upper float64) {
	return math.Max(p.lower[j], -moderate), math.Min(p.upper[j], moderate)
}

// Fineness of multipliers.
const (
	// usualShift: with multipliers rounded to 2^-20 a county's bound loses some hundredths of an objective unit, which
	// rounding up to the next integer wins back.
	usualShift = 20
	// middleShift is for models whose rounding errors add up over a million columns.
	middleShift = 30
	// fineShift is tried last.
	fineShift = 40
	// mostBits is how large a rounded multiplier may be, a few bits below what 64 hold.
	mostBits = 60
)

// shifts are the finenesses worth trying for these multipliers, the usual one first.
func shifts(duals []float64) []int {
	top := 0.0
	for _, y := range duals {
		top = math.Max(top, math.Abs(y))
	}
	if duals == nil || math.IsInf(top, 0) || math.IsNaN(top) {
		return nil
	}
	_, exp := math.Frexp(top)
	room := max(mostBits-max(exp, 0), 0)
	if room <= usualShift {
		return []int{room}
	}
	return []int{usualShift, min(room, middleShift), min(room, fineShift)}
}

// weigh rounds multipliers to 2^-shift, and drops those of rows that do not exist at p and those whose side is infinite.
func (s *stage) weigh(p place, duals []float64, shift int) *Leaf {
	l := &Leaf{Shift: shift, Rows: []int{}, Y: Ints{}}
	for i, v := range duals[:min(len(duals), s.rows(p))] {
		y := int64(math.Round(math.Ldexp(v, shift)))
		if y == 0 || math.IsInf(s.side(p, i, y > 0), 0) {
			continue
		}
		l.Rows = append(l.Rows, i)
		l.Y = append(l.Y, y)
	}
	return l
}

// Coarse multipliers.
const (
	// wideGap: who asks for no more than this wants an answer and a certificate that are quick and short.
	wideGap = 0.01
	// coarsest: multipliers are rounded to multiples of 2^coarsest at most.
	coarsest = 12
)

// coarsen rounds the multipliers of a leaf that reaches the target as coarsely as still does.
func (g *grower) coarsen(p place, leaf *Leaf) *Leaf {
	if !g.reaches(g.rounded(leaf)) || leaf.Ray || leaf.Over != nil || len(leaf.Of) > 0 {
		return leaf
	}
	for drop := leaf.Shift + coarsest; drop > 0; drop-- {
		l := &Leaf{Shift: max(leaf.Shift-drop, 0), Rows: []int{}, Y: Ints{}}
		for e, y := range leaf.Y {
			if y = int64(math.Round(math.Ldexp(float64(y), -drop))) << max(drop-leaf.Shift, 0); y != 0 {
				l.Rows, l.Y = append(l.Rows, leaf.Rows[e]), append(l.Y, y)
			}
		}
		if g.reaches(g.rounded(g.stage.finish(p, l))) {
			return l
		}
	}
	return leaf
}

// ray is the leaf of an infeasible place, nil where rounding has spoilt the proof. Rays are scaled to a largest
// entry of one first.
func (g *grower) ray(s *stage, p place, ray []float64) *Leaf {
	top := 0.0
	for _, v := range ray {
		top = math.Max(top, math.Abs(v))
	}
	if top == 0 || math.IsInf(top, 0) || math.IsNaN(top) {
		return nil
	}
	unit := make([]float64, len(ray))
	for i, v := range ray {
		unit[i] = v / top
	}
	for _, shift := range shifts(unit) {
		l := s.weigh(p, unit, shift)
		l.Ray = true
		if s.finish(p, l); l.known() && l.Bound.Sign() > 0 {
			return l
		}
	}
	if l := g.mended(s, p, unit, true); l != nil && l.Bound.Sign() > 0 {
		return l
	}
	return nil
}
