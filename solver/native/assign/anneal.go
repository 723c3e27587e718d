package assign

import (
	"math"
	"slices"
)

// Anneal improves an assignment by simulated annealing over chains of moves (chain.go). What chains cost in reduced costs is known
// beforehand, so that what is left to decide is the price of the side rows.
type Anneal struct {
	l        *Local
	arcs     stars    // by left: its candidates, cheapest first
	into     stars    // by right: those who have it among their candidates, cheapest first
	takes    [][]take // see takers
	urgent   []take   // moves that broken rows need
	over     []bool   // by side row: more stands in it than may
	live     []int32  // lefts with a choice of candidates
	trials   []*trial
	hands    []*hand
	Best     float64 // objective of Keep, +Inf none
	Keep     []int32 // best feasible assignment, by left its choice
	fresh    bool    // the present assignment is better than Keep
	heat     float64 // the present temperature
	distance float64 // reduced cost that a chain may have there
}

const chainReach = 10 // temperatures that a chain may cost in reduced costs: what side rows give back is seldom more

// NewAnneal prepares a search. reduced has the reduced costs of all choices, duals of the assignment included; choices beyond
// reach are no candidates.
func NewAnneal(l *Local, reduced []float64, reach float64) *Anneal {
	in := l.in
	a := &Anneal{l: l, trials: l.batch(), hands: []*hand{newHand(l)}, Best: math.Inf(1), Keep: make([]int32, len(in.Left)), over: make([]bool, len(l.rows))}
	a.arcs = candidates(in, reduced, reach)
	a.into = a.arcs.turned(len(in.Right))
	a.takes = a.takers()
	return a
}

// twin is a search for another assignment, among the same candidates.
func (a *Anneal) twin(l *Local) *Anneal {
	return &Anneal{l: l, arcs: a.arcs, into: a.into, takes: a.takes, trials: l.batch(), hands: []*hand{newHand(l)}, Best: math.Inf(1),
		Keep: make([]int32, len(l.Choice)), over: make([]bool, len(l.rows))}
}

// Run makes so many trials at temperature t, on so many threads; it comes to the same on any number.
func (a *Anneal) Run(trials int, t float64, threads int) {
	a.warm(t)
	if len(a.live) == 0 {
		return
	}
	c := a.gather(threads)
	for k := 0; trials > 0; trials -= len(a.trials) {
		if k -= len(a.trials); k <= 0 {
			a.look()
			k = len(a.live) / urgentLooks
		}
		size := min(trials, len(a.trials))
		c.try(size)
		a.settle(a.trials[:size])
	}
	c.dismiss()
	a.note()
}

// warm finds the lefts that have a choice at temperature t.
func (a *Anneal) warm(t float64) {
	a.heat, a.distance = t, chainReach*t
	a.live = a.live[:0]
	for i := range a.l.Choice {
		if list := a.arcs.of(int32(i)); len(list) > 1 && list[1].cost < a.distance {
			a.live = append(a.live, int32(i))
		}
	}
}

// Mend makes so many trials for each left that can help a broken row, chains of any cost allowed.
func (a *Anneal) Mend(trials int, t float64) {
	l := a.l
	a.heat, a.distance = t, math.Inf(1)
	a.live = a.live[:0]
	for i := range l.Choice {
		list := a.arcs.of(int32(i))
		if l.helps(l.Choice[i], -1) || slices.ContainsFunc(list, func(e arc) bool { return l.helps(e.choice, 1) }) {
			a.live = append(a.live, int32(i))
		}
	}
	one := a.trials[:1]
	for n := trials * len(a.live); n > 0 && l.Broken > 0; n-- {
		a.try(one[0], a.hands[0])
		a.settle(one)
	}
	a.note()
}

// helps says whether a row that is broken gets nearer to its side by a choice, -1 none, that is taken (sign 1) or given up (-1).
func (l *Local) helps(c int32, sign float64) bool {
	if c < 0 {
		return false
	}
	rows, val := l.ent.at(c)
	for e, q := range rows {
		r := &l.rows[q]
		if _, left := r.soft(l.act[q]); left > 0 && (l.act[q] < r.lo) == (sign*val[e] > 0) {
			return true
		}
	}
	return false
}

// price is the cost of a choice, or of none.
func (l *Local) price(i, c int32) float64 {
	if c < 0 {
		return l.none[i]
	}
	return l.cost[c]
}

// apply makes a chain, whose changes of rows are drafted.
func (a *Anneal) apply(c *chain, static float64) {
	l := a.l
	if a.fresh {
		a.note()
	}
	for _, m := range c.moves {
		l.leave(m.left)
	}
	for _, m := range c.moves {
		l.enter(m.left, m.to)
	}
	l.True += static + l.commit(&l.own)
	if l.Broken == 0 && l.True < a.Best-improves {
		a.fresh = true
	}
}

// improves is the least improvement worth keeping.
const improves = 1e-7

// note keeps the present assignment where it is the best.
func (a *Anneal) note() {
	if a.fresh && a.l.Broken == 0 && a.l.True < a.Best-improves {
		a.Best = a.l.True
		copy(a.Keep, a.l.Choice)
	}
	a.fresh = false
}

// leave takes a left's choice away.
func (l *Local) leave(i int32) {
	c := l.Choice[i]
	if c < 0 {
		if l.none[i] > 0 {
			l.Broken--
		}
		return
	}
	if k := l.in.To[c]; k >= 0 {
		l.Owner[k] = -1
		if l.emptyCol[k] < 0 && l.empty[k] > 0 {
			l.Broken++
		}
	}
	l.Choice[i], l.right[i] = -1, -1
}

// enter gives a left without a choice the choice c, whose right is free.
func (l *Local) enter(i, c int32) {
	l.Choice[i] = c
	if k := l.in.To[c]; k >= 0 {
		l.Owner[k], l.right[i] = i, k
		if l.emptyCol[k] < 0 && l.empty[k] > 0 {
			l.Broken--
		}
	}
}
