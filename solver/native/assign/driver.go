package assign

import (
	"math"
	"slices"
)

// Driver bounds an instance and searches it, by turns. It is for one goroutine.
type Driver struct {
	In    *Instance
	Dual  *Dual
	Asc   *Ascent
	Local *Local
	Best  []int32 // best assignment by left its choice, nil none
	Value float64 // its objective, +Inf none
	Found []int32 // the best assignment of the last run, or the last one, which breaks rows, where none was feasible
	red   []float64
	stop  func() bool
}

// NewDriver lays out the problem's assignment and evaluates it at the given multipliers (by row, nil: zero), of which those
// of side rows count. stop is asked now and then whether to give up.
func NewDriver(in *Instance, y []float64, seed uint64, stop func() bool) *Driver {
	d := &Driver{In: in, Dual: NewDual(in), Local: NewLocal(in, seed), Value: math.Inf(1), stop: stop}
	if len(y) == in.P.M {
		d.Dual.begin(y)
		d.Asc = NewAscent(d.Dual, math.Inf(1))
		return d
	}
	c := coarse(in, stop)
	d.Dual.begin(c.At)
	d.Asc = NewAscent(d.Dual, math.Inf(1))
	d.Asc.follow(c)
	return d
}

// coarse is an ascent on a relaxation in which rights may be taken more than once: each left takes what is cheapest for him, and
// rights are rows to weigh like others. Its bound is as good in the end, since an assignment is integral, and a step costs a
// fraction of one with the assignment, whose duals take long to settle while multipliers move far. It ends where rounds gain little.
func coarse(in *Instance, stop func() bool) *Ascent {
	a := NewAscent(NewDual(in.loosened()), math.Inf(1))
	for last := a.Value; ; last = a.Value {
		for range coarseRound {
			if stop() {
				return a
			}
			a.Step()
		}
		if a.Steps >= coarseLeast && a.Value-last < coarseGain*math.Abs(a.Value) || a.Steps >= coarseMost {
			return a
		}
	}
}

const (
	coarseRound = 50
	coarseLeast = 200
	coarseMost  = 1500
	coarseGain  = 5e-4 // share of the value
)

// reducedCosts are those of all choices at the best multipliers; the duals are brought there.
func (d *Driver) reducedCosts() []float64 {
	in := d.In
	d.Asc.Restore()
	if d.red == nil {
		d.red = make([]float64, len(in.Col))
	}
	for i := range in.Left {
		for c := in.Start[i]; c < in.Start[i+1]; c++ {
			d.red[c] = d.Dual.reduced(in.Col[c]) - d.Dual.U[i]
			if k := in.To[c]; k >= 0 {
				d.red[c] -= d.Dual.V[k]
			}
		}
	}
	return d.red
}

// matching is the assignment of the last evaluation, by left its choice.
func (d *Dual) matching() []int32 {
	in := d.in
	out := make([]int32, len(in.Left))
	for i, e := range d.lap.arc {
		out[i] = -1
		if e >= 0 {
			out[i] = d.set[e]
			continue
		}
		for c := in.Own[i]; c < in.Start[i+1]; c++ {
			if in.Col[c] == d.outL[i] {
				out[i] = c
			}
		}
	}
	return out
}

// Annealing runs from hot to cold; both follow from the reduced costs: at the hot end a left has so many candidates.
const (
	hotCandidates = 5
	coldShare     = 0.2
	kappaFirst    = 2.5 // of a binding row's price, in temperatures
	kappaLast     = 28.0
	stiffFrom     = 0.3 // share of the schedule after which broken rows get dearer one by one
	annealParts   = 60
	mendParts     = 40 // rounds about broken rows at the end, where no assignment was feasible
	mendTrials    = 30 // per left that has to do with them
	reachHots     = 25
	hurryFactor   = 8 // by which violations are dearer in a search that shall find any point
)

// hot is half the reduced cost up to which lefts have hotCandidates choices on average.
func (d *Driver) hot() float64 {
	want := int(hotCandidates * float64(len(d.In.Left)))
	var near []float64
	for _, r := range d.red {
		near = append(near, max(0, r))
	}
	slices.Sort(near)
	if want >= len(near) {
		want = len(near) - 1
	}
	return max(near[want]/2, 1e-6*max(1, d.In.top))
}

// Anneal makes one run of so many trials from the relaxation's assignment. A hurried one makes
// violations dear from the beginning, to find any point at all. It says whether it found a better one.
func (d *Driver) Anneal(trials int, hurry bool) bool {
	red := d.reducedCosts()
	hot := d.hot()
	a := NewAnneal(d.Local, red, reachHots*hot)
	kappa := hot * kappaFirst
	if hurry {
		kappa *= hurryFactor
	}
	y := d.Dual.Y
	d.Local.Weigh(y, kappa, false)
	d.Local.Load(d.Dual.matching())
	for q := range annealParts {
		f := float64(q) / (annealParts - 1)
		d.Local.Weigh(y, kappa*math.Pow(kappaLast/kappaFirst, f), f > stiffFrom)
		a.Run(trials/annealParts, hot*math.Pow(coldShare, f))
		if d.stop() {
			break
		}
	}
	for q := 0; q < mendParts && math.IsInf(a.Best, 1) && d.Local.Broken > 0 && !d.stop(); q++ {
		d.Local.Weigh(y, kappa*kappaLast/kappaFirst, true)
		a.Mend(mendTrials, hot*coldShare)
	}
	d.Found = a.Keep
	if math.IsInf(a.Best, 1) {
		d.Found = append([]int32(nil), d.Local.Choice...)
	}
	d.Local.Load(d.Found)
	if a.Best < d.Value-improves {
		d.Value, d.Best = a.Best, append(d.Best[:0], a.Keep...)
		return true
	}
	return false
}

// Last is the point of the last run.
func (d *Driver) Last() []float64 { return d.Local.Point() }

// Point is the point of the best assignment.
func (d *Driver) Point() []float64 {
	d.Local.Load(d.Best)
	return d.Local.Point()
}
