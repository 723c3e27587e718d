package native

import "math"

// propagator tightens column bounds by the activity bounds of rows (Savelsbergh, ORSA Journal on Computing 6, 1994),
// row by row until nothing changes or the work limit is reached.
type propagator struct {
	p      *problem
	lo, hi []float64 // the domain being tightened, set by the caller
	queued []bool
	queue  []int32
	trail  []change // bounds before each change since the caller cleared it
}

// change is a column with the bounds that it had.
type change struct {
	col    int32
	lo, hi float64
}

// undo takes back the changes after the first keep ones.
func (g *propagator) undo(keep int) {
	for k := len(g.trail) - 1; k >= keep; k-- {
		c := g.trail[k]
		g.lo[c.col], g.hi[c.col] = c.lo, c.hi
	}
	g.trail = g.trail[:keep]
}

// narrow sets the bounds of a column and propagates; false means that the domain is empty.
func (g *propagator) narrow(j int32, lo, hi float64) bool {
	g.trail = append(g.trail, change{j, g.lo[j], g.hi[j]})
	g.lo[j], g.hi[j] = lo, hi
	g.column(j)
	return g.run()
}

func newPropagator(p *problem) *propagator {
	return &propagator{p: p, queued: make([]bool, p.m)}
}

// use sets the domain to work on.
func (g *propagator) use(lo, hi []float64) {
	g.lo, g.hi, g.trail = lo, hi, g.trail[:0]
}

// column queues the rows of a column whose bounds changed.
func (g *propagator) column(j int32) {
	rows, _ := g.p.cols.vec(int(j))
	for _, i := range rows {
		g.row(i)
	}
}

func (g *propagator) row(i int32) {
	if !g.queued[i] {
		g.queued[i] = true
		g.queue = append(g.queue, i)
	}
}

// run works off the queue; false means that the domain is empty.
func (g *propagator) run() bool {
	budget := int64(propagationSweeps * (len(g.p.rows.index) + g.p.m + 1))
	ok := true
	for k := 0; k < len(g.queue); k++ {
		i := g.queue[k]
		g.queued[i] = false
		if !ok || budget < 0 {
			continue
		}
		size := int64(g.p.rows.start[i+1] - g.p.rows.start[i])
		budget -= size
		ok = g.tighten(int(i))
	}
	g.queue = g.queue[:0]
	return ok
}

// propagationSweeps bounds one run by so many passes over the matrix: chains of ever smaller steps exist.
const propagationSweeps = 10

// activity is the range of a row over a domain, infinite parts counted apart.
type activity struct {
	min, max       float64
	minInf, maxInf int
	size           float64 // the largest product, to which rounding errors are relative
}

func (a *activity) add(v, lo, hi float64) {
	if v < 0 {
		lo, hi = hi, lo
	}
	if math.IsInf(lo, 0) {
		a.minInf++
	} else {
		a.min += v * lo
		a.size = math.Max(a.size, math.Abs(v*lo))
	}
	if math.IsInf(hi, 0) {
		a.maxInf++
	} else {
		a.max += v * hi
		a.size = math.Max(a.size, math.Abs(v*hi))
	}
}

func rowActivity(p *problem, i int, lower, upper []float64) activity {
	var a activity
	idx, val := p.rows.vec(i)
	for e, j := range idx {
		a.add(val[e], lower[j], upper[j])
	}
	return a
}

// tighten derives bounds for the columns of row i.
func (g *propagator) tighten(i int) bool {
	act := rowActivity(g.p, i, g.lo, g.hi)
	tol := rowTol * math.Max(1, act.size)
	low, up := g.p.rowLo[i], g.p.rowUp[i]
	if act.minInf == 0 && act.min > up+tol || act.maxInf == 0 && act.max < low-tol {
		return false
	}
	upWorks := !math.IsInf(up, 1) && act.minInf <= 1 && (act.maxInf > 0 || act.max > up+tol)
	lowWorks := !math.IsInf(low, -1) && act.maxInf <= 1 && (act.minInf > 0 || act.min < low-tol)
	if !upWorks && !lowWorks {
		return true
	}
	idx, val := g.p.rows.vec(i)
	for e, j := range idx {
		lo, hi := g.lo[j], g.hi[j]
		if lo == hi {
			continue
		}
		if upWorks && !g.limit(j, val[e], lo, hi, up, act.min, act.minInf) {
			return false
		}
		if lowWorks && !g.limit(j, -val[e], lo, hi, -low, -act.max, act.maxInf) {
			return false
		}
	}
	return true
}

// limit tightens column j, whose bounds were lo and hi when the activity was taken, by v x_j + rest <= side, where
// rest is at least the minimal activity without j.
func (g *propagator) limit(j int32, v, lo, hi, side, minAct float64, infinite int) bool {
	own := v * lo
	if v < 0 {
		own = v * hi
	}
	switch {
	case math.IsInf(own, 0):
		if infinite > 1 {
			return true
		}
		own = 0
	case infinite > 0:
		return true
	}
	bound := (side - (minAct - own)) / v
	if math.Abs(bound) > hugeBound {
		return true
	}
	if v > 0 {
		return g.setUpper(j, bound)
	}
	return g.setLower(j, bound)
}

func (g *propagator) setUpper(j int32, b float64) bool {
	if g.p.integer[j] {
		b = math.Floor(b + intTol)
		if b >= g.hi[j] {
			return true
		}
	} else {
		b += propTol * math.Max(1, math.Abs(b))
		if !worthwhile(g.hi[j]-b, g.lo[j], g.hi[j]) {
			return true
		}
	}
	g.trail = append(g.trail, change{j, g.lo[j], g.hi[j]})
	g.hi[j] = b
	return g.settle(j)
}

func (g *propagator) setLower(j int32, b float64) bool {
	if g.p.integer[j] {
		b = math.Ceil(b - intTol)
		if b <= g.lo[j] {
			return true
		}
	} else {
		b -= propTol * math.Max(1, math.Abs(b))
		if !worthwhile(b-g.lo[j], g.lo[j], g.hi[j]) {
			return true
		}
	}
	g.trail = append(g.trail, change{j, g.lo[j], g.hi[j]})
	g.lo[j] = b
	return g.settle(j)
}

// worthwhile says whether a continuous bound improves enough: a tenth of the range, or a bound where none was.
func worthwhile(gain, lo, hi float64) bool {
	if span := hi - lo; !math.IsInf(span, 1) {
		return gain > 0.1*span && gain > 1e-3
	}
	return gain > 1e-3 && (math.IsInf(gain, 1) || gain > 0.1*hugeBound)
}

// settle queues the rows of a changed column and says whether its domain is still not empty.
func (g *propagator) settle(j int32) bool {
	g.column(j)
	if g.lo[j] <= g.hi[j] {
		return true
	}
	if g.p.integer[j] || g.lo[j]-g.hi[j] > propTol*math.Max(1, math.Abs(g.lo[j])) {
		return false
	}
	g.trail = append(g.trail, change{j, g.lo[j], g.hi[j]})
	mid := (g.lo[j] + g.hi[j]) / 2
	g.lo[j], g.hi[j] = mid, mid
	return true
}
