package assign

import (
	"math"
	"slices"
	"time"
)

// Driver bounds an instance and searches it, by turns. It is for one goroutine.
type Driver struct {
	In    *Instance
	Dual  *Dual
	Asc   *Ascent
	Local *Local
	Best  []int32       // best assignment by left its choice, nil none
	Value float64       // its objective, +Inf none
	Found []int32       // of the last run, as in Heat
	Wide  float64       // candidates of a left at the hot end of annealing, HotCandidates where nothing else is known to be better
	Rate  time.Duration // for a trial at the end of the last run, 0 unknown
	red   []float64
	last  *Local // of the last run
	twins []*Local
}

// NewDriver lays out the problem's assignment and evaluates it at the given multipliers (by row, nil: zero), of which those
// of side rows count. stop is asked now and then whether to give up the first bound.
func NewDriver(in *Instance, y []float64, seed uint64, stop func() bool) *Driver {
	d := &Driver{In: in, Dual: NewDual(in), Local: NewLocal(in, seed), Value: math.Inf(1), Wide: HotCandidates}
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
	least, most, gain, wide := coarseLeast, coarseMost, coarseGain, false
	if in.Large {
		most, gain, wide = largeMost, largeGain, true
	}
	for last := a.Value; ; last = a.Value {
		for range coarseRound {
			if stop() {
				return a
			}
			a.Step()
		}
		switch {
		case a.Steps >= most:
			return a
		case wide && a.Value-last < narrowGain*math.Abs(a.Value):
			wide = false
			a.narrow()
		case a.Steps < least || a.Value-last >= gain*math.Abs(a.Value):
		case a.refine():
			least = a.Steps + coarseLeast
		default:
			return a
		}
	}
}

const (
	coarseRound = 50
	coarseLeast = 200
	coarseMost  = 1500
	coarseGain  = 5e-4 // share of the value
	largeMost   = 5000 // in large instances, where steps of the ascent that follows are dear
	largeGain   = 1e-4
	narrowGain  = 1e-2 // of a round after which multipliers move so little that working sets last for some steps
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
	HotCandidates = 5.0
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

// hot is half the reduced cost up to which lefts have Wide choices on average.
func (d *Driver) hot() float64 {
	want := int(d.Wide * float64(len(d.In.Left)))
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

// Heat is one run of annealing, laid out at the multipliers of its time. It changes nothing of the driver but Local, so that the ascent may
// go on while it runs.
type Heat struct {
	a     *Anneal
	l     *Local
	y     []float64
	from  []int32 // the relaxation's assignment
	hot   float64
	kappa float64
	rate  time.Duration // for a trial, 0 unknown
	Hands int           // threads that a run may use, at least one; it comes to the same on any number
	Found []int32       // the best assignment, or the last one, which breaks rows, where none was feasible
}

// Heat lays out a run at the best multipliers. A hurried one makes violations dear from the beginning, to find any point at all.
func (d *Driver) Heat(hurry bool) *Heat {
	red := d.reducedCosts()
	h := &Heat{l: d.Local, y: slices.Clone(d.Dual.Y), from: d.Dual.matching(), hot: d.hot(), rate: d.Rate, Hands: 1}
	h.a = NewAnneal(d.Local, red, reachHots*h.hot)
	h.kappa = h.hot * kappaFirst
	if hurry {
		h.kappa *= hurryFactor
	}
	return h
}

// Heats lays out so many runs like Heat with hurry false, which may go on side by side. Each has draws and an assignment of its own.
func (d *Driver) Heats(n int) []*Heat {
	list := []*Heat{d.Heat(false)}
	for k := range n - 1 {
		if len(d.twins) == k {
			d.twins = append(d.twins, d.Local.twin())
		}
		h := *list[0]
		h.l, h.a = d.twins[k], list[0].a.twin(d.twins[k])
		list = append(list, &h)
	}
	return list
}

// Run makes so many trials, fewer where the time left does not suffice: a search that the clock cuts while it is hot is worth nothing.
func (h *Heat) Run(trials int, p Pace) {
	a, l := h.a, h.l
	if left, limited := p.Left(); limited {
		p.spare = left / spareShare
	}
	l.Weigh(h.y, h.kappa, false)
	l.Load(h.from)
	for q := range annealParts {
		f := float64(q) / (annealParts - 1)
		l.Weigh(h.y, h.kappa*math.Pow(kappaLast/kappaFirst, f), f > stiffFrom)
		h.part(p.fit(trials/annealParts, annealParts-q, h.rate), h.hot*math.Pow(coldShare, f))
		if p.Stop() {
			break
		}
	}
	for q := 0; q < mendParts && math.IsInf(a.Best, 1) && l.Broken > 0 && !p.Stop(); q++ {
		l.Weigh(h.y, h.kappa*kappaLast/kappaFirst, true)
		a.Mend(mendTrials, h.hot*coldShare)
	}
	h.Found = a.Keep
	if math.IsInf(a.Best, 1) {
		h.Found = slices.Clone(l.Choice)
	}
	l.Load(h.Found)
}

// part makes so many trials at temperature t and takes their time.
func (h *Heat) part(trials int, t float64) {
	began := time.Now()
	h.a.Run(trials, t, h.Hands)
	if trials > 0 {
		h.rate = time.Since(began) / time.Duration(trials)
	}
}

// Best is the objective of the best assignment found, +Inf where none was feasible.
func (h *Heat) Best() float64 { return h.a.Best }

// Keep takes over what a run found.
func (d *Driver) Keep(h *Heat) {
	d.Found, d.Rate, d.last = h.Found, h.rate, h.l
	if h.a.Best < d.Value-improves {
		d.Value, d.Best = h.a.Best, append(d.Best[:0], h.a.Keep...)
	}
}

// Pace is the clock of a run.
type Pace struct {
	Stop  func() bool                          // asked now and then whether to give up
	Left  func() (left time.Duration, ok bool) // time that is left, false without a limit
	Short func()                               // told when the time left made a run shorter
	spare time.Duration                        // of the time left, which parts do not plan with
}

// spareShare is the part of its time, as a quotient, that a run does not use: rows that it leaves broken are mended then.
const spareShare = 25

// fit is how many of the trials of a part fit, of which there are so many still to come.
func (p Pace) fit(trials, parts int, rate time.Duration) int {
	left, limited := p.Left()
	left -= p.spare
	need := time.Duration(trials*parts) * rate
	if !limited || need <= left {
		return trials
	}
	p.Short()
	if left <= 0 {
		return 0
	}
	return int(float64(trials) * float64(left) / float64(need))
}

// Last is the point of the run that was kept last, and whether it breaks rows.
func (d *Driver) Last() (x []float64, broken bool) { return d.last.Point(), d.last.Broken > 0 }

// Point is the point of the best assignment.
func (d *Driver) Point() []float64 {
	d.Local.Load(d.Best)
	return d.Local.Point()
}
