package assign

import "math"

// Point completes the present assignment to a point of the problem: rights without an owner take their cheapest column,
// columns outside the assignment what the rows ask for, the cheapest first. Whether it is feasible is for the caller to
// check, since columns that stand in several rows are set by their cost alone.
func (l *Local) Point() []float64 {
	in := l.in
	p := in.P
	x := make([]float64, p.N)
	for _, c := range l.Choice {
		if c >= 0 {
			x[in.Col[c]] = 1
		}
	}
	for k, i := range l.Owner {
		if j := l.emptyCol[k]; i < 0 && j >= 0 {
			x[j] = 1
		}
	}
	for _, j := range in.Loose {
		x[j] = p.Lower[j]
		if p.Cost[j] < 0 {
			x[j] = p.Upper[j]
		}
	}
	l.pointHelpers(x)
	l.pointGates(x)
	return x
}

// pointHelpers raises the columns that help one row alone.
func (l *Local) pointHelpers(x []float64) {
	in := l.in
	p := in.P
	for q := range l.rows {
		r := &l.rows[q]
		short, up := r.lo-l.act[q], false
		if short <= rowTol {
			short, up = l.act[q]-r.up, true
		}
		for _, s := range l.helperCols[q] {
			if short <= rowTol {
				break
			}
			if s.up != up {
				continue
			}
			t := min(short, s.room)
			n := t / s.coef
			if p.Integer[s.col] {
				n = ceil(n)
			}
			x[s.col] += n
			short -= n * s.coef
		}
	}
}

// pointGates opens the cheapest column of every gate.
func (l *Local) pointGates(x []float64) {
	for b := range l.gates {
		g := &l.gates[b]
		best, at := l.big, int32(-1)
		for c, j := range g.cols {
			open := true
			for _, q := range g.rows[c] {
				open = open && l.rows[q].up-l.act[q] >= 1-rowTol
			}
			if open && g.price[c] < best {
				best, at = g.price[c], j
			}
		}
		if at >= 0 {
			x[at] = 1
		}
	}
}

func ceil(v float64) float64 { return math.Ceil(v - rowTol) }
