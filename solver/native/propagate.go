package native

import "math"

// propagator tightens column bounds by the activity bounds of rows (Savelsbergh, ORSA Journal on Computing 6, 1994),
// row by row until nothing changes or the work limit is reached. Activities are kept up to date with every change, and
// a row is looked at only where its slack is small enough for its largest column to matter.
type propagator struct {
	p      *problem
	lo, hi []float64 // the domain being tightened
	act    []activity
	reach  []float64 // reach[i]: the largest |a_ij| times the range of x_j when the domain came in
	queued []bool
	queue  []int32
	trail  []change // bounds before each change since use
	fixes  bool     // whether a continuous column that a row holds at its other bound is fixed there, without slack
	why    int32    // the row at work
	upper  bool     // whether it is its upper side
	looked int64    // terms of the rows worked off
	gain   float64  // see worthwhile
}

// change is a column with the bounds that it had, and the side of a row that changed them.
type change struct {
	col    int32
	lo, hi float64
	why    int32
	upper  bool
}

// undo takes back the changes after the first keep ones.
func (g *propagator) undo(keep int) {
	for k := len(g.trail) - 1; k >= keep; k-- {
		c := g.trail[k]
		g.assign(c.col, c.lo, c.hi)
	}
	g.trail = g.trail[:keep]
}

// assign gives a column new bounds and its rows their new activities.
func (g *propagator) assign(j int32, lo, hi float64) {
	rows, val := g.p.cols.vec(int(j))
	for e, i := range rows {
		a := &g.act[i]
		a.add(val[e], g.lo[j], g.hi[j], -1)
		a.add(val[e], lo, hi, 1)
	}
	g.lo[j], g.hi[j] = lo, hi
}

// set is assign with a note on the trail; the rows that may follow are queued. False means an empty domain.
func (g *propagator) set(j int32, lo, hi float64) bool {
	g.trail = append(g.trail, change{j, g.lo[j], g.hi[j], g.why, g.upper})
	g.assign(j, lo, hi)
	rows, _ := g.p.cols.vec(int(j))
	for _, i := range rows {
		if !g.queued[i] && g.awake(int(i)) {
			g.row(i)
		}
	}
	return lo <= hi
}

// awake says whether a row is broken or may tighten a column.
func (g *propagator) awake(i int) bool {
	a, tol := &g.act[i], rowTol*max(1, g.act[i].size)
	return a.minInf <= 1 && g.p.rowUp[i]-a.min < g.reach[i]+tol ||
		a.maxInf <= 1 && a.max-g.p.rowLo[i] < g.reach[i]+tol
}

// narrow sets the bounds of a column and propagates; false means that the domain is empty.
func (g *propagator) narrow(j int32, lo, hi float64) bool {
	g.set(j, lo, hi)
	return g.run()
}

func newPropagator(p *problem) *propagator {
	return &propagator{
		p: p, queued: make([]bool, p.m), act: make([]activity, p.m), reach: make([]float64, p.m), gain: worthGain,
	}
}

// use sets the domain to work on. Linear in the matrix.
func (g *propagator) use(lo, hi []float64) {
	g.lo, g.hi, g.trail = lo, hi, g.trail[:0]
	for i := range g.p.m {
		g.act[i], g.reach[i] = rowActivity(g.p, i, lo, hi)
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
		g.looked += size
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

// add counts the product of v and [lo, hi] in, or with sign -1 out.
func (a *activity) add(v, lo, hi, sign float64) {
	if v < 0 {
		lo, hi = hi, lo
	}
	v *= sign
	if math.IsInf(lo, 0) {
		a.minInf += int(sign)
	} else {
		a.min += v * lo
	}
	if math.IsInf(hi, 0) {
		a.maxInf += int(sign)
	} else {
		a.max += v * hi
	}
}

// rowActivity is the activity of row i and the largest range of one of its terms.
func rowActivity(p *problem, i int, lower, upper []float64) (a activity, reach float64) {
	idx, val := p.rows.vec(i)
	for e, j := range idx {
		lo, hi := lower[j], upper[j]
		a.add(val[e], lo, hi, 1)
		v := math.Abs(val[e])
		reach = max(reach, v*(hi-lo))
		if size := v * max(math.Abs(lo), math.Abs(hi)); !math.IsInf(size, 1) {
			a.size = max(a.size, size)
		}
	}
	return a, reach
}

// tighten derives bounds for the columns of row i.
func (g *propagator) tighten(i int) bool {
	act := g.act[i]
	tol := rowTol * math.Max(1, act.size)
	low, up := g.p.rowLo[i], g.p.rowUp[i]
	g.why, g.upper = int32(i), act.minInf == 0 && act.min > up+tol
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
		if g.upper = true; upWorks && !g.limit(j, val[e], lo, hi, up, act.min, act.minInf) {
			return false
		}
		if g.upper = false; lowWorks && !g.limit(j, -val[e], lo, hi, -low, -act.max, act.maxInf) {
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
	} else if !g.fixes || math.Abs(b-g.lo[j]) > exactTol {
		b += propTol * max(1, math.Abs(b))
		if !g.worthwhile(g.hi[j]-b, g.lo[j], g.hi[j]) {
			return true
		}
	}
	return g.settle(j, g.lo[j], b)
}

func (g *propagator) setLower(j int32, b float64) bool {
	if g.p.integer[j] {
		b = math.Ceil(b - intTol)
		if b <= g.lo[j] {
			return true
		}
	} else if !g.fixes || math.Abs(b-g.hi[j]) > exactTol {
		b -= propTol * max(1, math.Abs(b))
		if !g.worthwhile(b-g.lo[j], g.lo[j], g.hi[j]) {
			return true
		}
	}
	return g.settle(j, b, g.hi[j])
}

// worthwhile says whether a continuous bound improves enough: by a share of the range, or to a bound where none was.
func (g *propagator) worthwhile(gain, lo, hi float64) bool {
	if span := hi - lo; !math.IsInf(span, 1) {
		return gain > g.gain*span && gain > 1e-3
	}
	return gain > 1e-3 && (math.IsInf(gain, 1) || gain > 0.1*hugeBound)
}

// worthGain is that share: chains of ever smaller steps lead nowhere.
const worthGain = 0.1

// settle sets bounds that propagation found and says whether the domain is still not empty. Bounds of continuous
// columns that cross by rounding only meet in the middle.
func (g *propagator) settle(j int32, lo, hi float64) bool {
	if lo > hi && !g.p.integer[j] && lo-hi <= propTol*max(1, math.Abs(lo)) {
		lo = (lo + hi) / 2
		hi = lo
	}
	return g.set(j, lo, hi)
}
