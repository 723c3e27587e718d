package assign

import (
	"math"
	"slices"
)

// Ascent raises the bound of a Dual by the volume method (Barahona and Anbil, Mathematical Programming 87, 2000): steps
// from the best multipliers along an average of subgradients. The target that the step length wants need not be known:
// any value above the optimum will do, since the length adapts.
type Ascent struct {
	d      *Dual
	lo, hi []float64 // by side row (index into Side)
	scale  []float64
	best   []float64 // multipliers of the best value, by side row
	Value  float64   // at best, on the working set
	Bound  float64   // best bound over all columns
	At     []float64 // multipliers, by row, of Bound
	Target float64
	lambda float64
	alpha  float64 // weight of the newest subgradient in the average
	g, avg []float64
	first  float64
	fails  int
	since  int // steps since the last pricing
	every  int
	per    int // pairs per left in the working set
	reach  float64
	Steps  int
}

const (
	targetShare = 0.1  // of the largest cost, for each left: a first guess of how far the optimum lies above the first value
	targetNear  = 0.01 // a target that has come so near, as a share of the rise so far, was too low
	targetRise  = 0.04 // and rises by this share
	firstEvery  = 6    // steps before the first pricing
	mostEvery   = 60   // the longest time between two pricings
	nearAlpha   = 0.02 // at the least, of an ascent that follows another: it crawls along the longest averages
	firstPer    = 40   // pairs per left in the first working sets
	nearLambda  = 1e-3 // at the least, share of the way there
	leastPer    = 14   // and in late ones
	coarsePer   = 16   // both where a left takes what is cheapest for him alone
	firstLambda = 0.2  // share of the way to the target; longer steps throw multipliers so far that they never quite return
	mostLambda  = 0.2  //
	patience    = 7    // failures after which steps get shorter
	shorter     = 0.7  //
	longer      = 1.1  //
	firstAlpha  = 0.05 // weight of the newest subgradient in the average
	leastAlpha  = 0.01 // from which it shrinks no more in large instances: an average over 20 steps swings there, and steps shrink too soon
	smaller     = 0.4  // factor on that weight
	freshLambda = 0.01 // at the least, share of the way to the target after a change of that weight
)

// NewAscent begins at the present multipliers of d.
func NewAscent(d *Dual, target float64) *Ascent {
	in := d.in
	n := len(in.Side)
	a := &Ascent{d: d, lo: make([]float64, n), hi: make([]float64, n), scale: make([]float64, n), best: make([]float64, n),
		g: make([]float64, n), avg: make([]float64, n), lambda: firstLambda, alpha: firstAlpha, Target: target, every: firstEvery, per: firstPer,
		Bound: math.Inf(-1), At: make([]float64, in.P.M), reach: math.Inf(1)}
	for q, i := range in.Side {
		a.lo[q], a.hi[q] = math.Inf(-1), math.Inf(1)
		if math.IsInf(in.P.RowLo[i], -1) {
			a.hi[q] = 0
		}
		if math.IsInf(in.P.RowUp[i], 1) {
			a.lo[q] = 0
		}
		_, val := in.P.Rows.Vec(int(i))
		sum := 0.0
		for _, v := range val {
			sum += v * v
		}
		if sum > 0 {
			a.scale[q] = math.Sqrt(float64(len(val)) / sum)
		}
		a.best[q] = d.Y[i]
	}
	a.d.Use(a.cheapest())
	v := d.Eval()
	a.every, a.Value = 1, math.Inf(-1) // the value of a first working set is far above any bound
	a.Value = a.exact(v)
	a.slope(a.avg)
	a.first = a.Value
	if math.IsInf(target, 1) {
		a.Target = a.Value + max(math.Abs(a.Value), targetShare*in.top*float64(len(in.Left)))
	}
	return a
}

// follow goes on where another ascent, on the same rows, has come: with steps and averages nearly as short and as long.
func (a *Ascent) follow(b *Ascent) {
	a.Target, a.lambda, a.alpha = b.Target, max(b.lambda, nearLambda), max(b.alpha, nearAlpha)
}

// narrow goes on, on a loosened instance, with working sets; until then every step prices all columns.
func (a *Ascent) narrow() {
	a.d.in.narrow()
	a.per, a.every = coarsePer, 1
	copy(a.d.Y, a.At)
	a.d.Use(a.cheapest())
}

// refine goes on, in a large instance, along longer averages. It says whether they were not long enough already.
func (a *Ascent) refine() bool {
	if !a.d.in.Large || a.alpha <= leastAlpha {
		return false
	}
	a.alpha, a.lambda = a.alpha*smaller, max(a.lambda, freshLambda)
	return true
}

// cheapest is a first working set: the pairs of least cost of every left and of every right.
func (a *Ascent) cheapest() []int32 {
	in := a.d.in
	var set []int32
	byRight := make([][]int32, len(in.Right))
	mark := make([]bool, in.Start[len(in.Left)])
	var list []int32
	cost := func(c int32) float64 { return a.d.reduced(in.Col[c]) - a.d.dual(in.To[c]) }
	pick := func(list []int32) {
		if len(list) > a.per/2 {
			slices.SortStableFunc(list, func(x, y int32) int {
				if s, t := cost(x), cost(y); s != t {
					if s < t {
						return -1
					}
					return 1
				}
				return int(x - y)
			})
			list = list[:a.per/2]
		}
		for _, c := range list {
			mark[c] = true
		}
	}
	for i := range in.Left {
		list = list[:0]
		for c := in.Start[i]; c < in.Own[i]; c++ {
			list = append(list, c)
			if k := in.To[c]; k >= 0 {
				byRight[k] = append(byRight[k], c)
			}
		}
		pick(list)
	}
	for k := range byRight {
		pick(byRight[k])
	}
	for c, ok := range mark {
		if ok {
			set = append(set, int32(c))
		}
	}
	return set
}

// slope is the scaled subgradient of the last evaluation: what the rows miss (positive) or have too much of.
func (a *Ascent) slope(out []float64) {
	d := a.d
	p := d.in.P
	for q, i := range d.in.Side {
		low, high := p.RowLo[i]-d.Act[i], p.RowUp[i]-d.Act[i]
		var t float64
		switch y := d.Y[i]; {
		case y > 0:
			t = low
		case y < 0:
			t = high
		case low > 0:
			t = low
		case high < 0:
			t = high
		case math.IsInf(low, -1):
			t = high
		case math.IsInf(high, 1):
			t = low
		}
		if math.IsInf(t, 0) {
			t = 0
		}
		out[q] = t * a.scale[q]
	}
}

// Step makes one trial step and says whether it raised the value.
func (a *Ascent) Step() bool {
	d := a.d
	norm := 0.0
	for q, t := range a.avg {
		if t < 0 && a.best[q] <= a.lo[q] || t > 0 && a.best[q] >= a.hi[q] {
			continue
		}
		norm += t * t
	}
	if norm < 1e-12 {
		norm = 1e-12
	}
	length := a.lambda * max(a.Target-a.Value, 1e-6*math.Abs(a.Value)) / norm
	for q, i := range d.in.Side {
		d.Y[i] = max(a.lo[q], min(a.hi[q], a.best[q]+length*a.avg[q]*a.scale[q]))
	}
	v := d.Eval()
	a.Steps++
	a.since++
	if v > a.Value && a.since >= a.every {
		v = a.exact(v)
	}
	a.slope(a.g)
	serious := v > a.Value
	dot := a.mix()
	if !serious {
		if a.fails++; a.fails >= patience {
			a.lambda, a.fails = max(a.lambda*shorter, 1e-5), 0
		}
		return false
	}
	a.fails = 0
	if dot > 0 {
		a.lambda = min(mostLambda, a.lambda*longer)
	}
	a.Value = v
	if gain := v - a.first; a.Target-v < targetNear*gain {
		a.Target += targetRise * gain
	}
	for q, i := range d.in.Side {
		a.best[q] = d.Y[i]
	}
	return true
}

// exact prices all columns at the multipliers just evaluated, and solves again with what was missing, until the value
// is nearly a bound. It returns that bound.
func (a *Ascent) exact(v float64) float64 {
	d := a.d
	for round := 0; ; round++ {
		list, rc, excess := d.Price(a.reach)
		if v-excess > a.Bound {
			a.Bound = v - excess
			copy(a.At, d.Y)
		}
		tol := closeTo * math.Abs(v)
		if round == 0 {
			a.since = 0
			if excess > tol {
				a.every = max(1, a.every/2)
			} else {
				a.every = min(mostEvery, a.every+1+a.every/2)
				a.per = max(leastPer, a.per*9/10)
			}
		}
		if excess <= tol && round == 0 && len(d.set) < 2*a.per*len(d.in.Left) || round >= 4 || v-excess < a.Value && round > 0 {
			return v - excess
		}
		most := a.per * len(d.in.Left)
		if len(list) > most {
			list = a.thin(list, rc, most)
		} else {
			a.reach *= 1.5
		}
		d.Use(list)
		v = d.Eval()
		if excess <= tol {
			return v
		}
	}
}

// closeTo is the share of the value by which it may pass the bound before columns are added.
const closeTo = 1e-5

// mix takes the new subgradient into the average and returns the product of the two.
func (a *Ascent) mix() (dot float64) {
	for q, t := range a.g {
		if a.best[q] == 0 && t < 0 && a.lo[q] == 0 || a.best[q] == 0 && t > 0 && a.hi[q] == 0 {
			t = 0
		}
		dot += t * a.avg[q]
	}
	for q, t := range a.g {
		a.avg[q] += a.alpha * (t - a.avg[q])
	}
	return dot
}

// nearest is how many of the cheapest pairs of every node stay in the working set whatever their reduced cost.
const nearest = 8

// thin keeps the cheapest pairs, so many in all, and the nearest of every node.
func (a *Ascent) thin(list []int32, rc []float64, most int) []int32 {
	in := a.d.in
	sorted := append([]float64(nil), rc...)
	slices.Sort(sorted)
	cut := sorted[most]
	a.reach = max(cut*1.2, 1e-3*max(1, in.top))
	left, right := newRanks(len(in.Left)), newRanks(len(in.Right))
	for q, c := range list {
		left.add(in.LeftOf[in.Col[c]], rc[q])
		if k := in.To[c]; k >= 0 {
			right.add(k, rc[q])
		}
	}
	kept := list[:0]
	for q, c := range list {
		if rc[q] <= cut || left.holds(in.LeftOf[in.Col[c]], rc[q]) || in.To[c] >= 0 && right.holds(in.To[c], rc[q]) {
			kept = append(kept, c)
		}
	}
	return kept
}

// ranks keeps the smallest values of every node.
type ranks struct{ least []float64 }

func newRanks(n int) ranks {
	r := ranks{make([]float64, n*nearest)}
	for k := range r.least {
		r.least[k] = math.Inf(1)
	}
	return r
}

func (r ranks) add(node int32, v float64) {
	l := r.least[int(node)*nearest : (int(node)+1)*nearest]
	if v >= l[nearest-1] {
		return
	}
	k := nearest - 1
	for k > 0 && l[k-1] > v {
		l[k] = l[k-1]
		k--
	}
	l[k] = v
}

func (r ranks) holds(node int32, v float64) bool { return v <= r.least[int(node)*nearest+nearest-1] }

// Finish takes the best multipliers, prices all columns there and leaves the dual at those of the best bound.
func (a *Ascent) Finish() {
	for q, i := range a.d.in.Side {
		a.d.Y[i] = a.best[q]
	}
	a.exact(a.d.Eval())
	a.Restore()
}

// Restore brings the dual back to the multipliers of the best bound. The working set has moved on since that was found, and grows until
// nothing is missing: duals that do not know all columns prove less.
func (a *Ascent) Restore() {
	d := a.d
	copy(d.Y, a.At)
	v, reach := d.Eval(), a.reach
	for range restoreRounds {
		list, _, excess := d.Price(reach)
		if excess <= closeTo*math.Abs(v) {
			return
		}
		list = append(list, d.set...)
		slices.Sort(list)
		d.Use(slices.Compact(list))
		v, reach = d.Eval(), reach*1.5
	}
}

// restoreRounds are pricing passes until nothing is missing: two or three as a rule.
const restoreRounds = 20

// Retarget lowers the target to a value that is known to be reached.
func (a *Ascent) Retarget(value float64) {
	if value > a.Value {
		a.Target = min(a.Target, value)
	}
}
