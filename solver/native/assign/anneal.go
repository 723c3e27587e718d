package assign

import (
	"math"
	"slices"
)

// Anneal improves an assignment by simulated annealing over chains of moves: a left takes one of its candidates, and the
// cheapest way on is searched for the one who held it (chain.go). What chains cost in reduced costs is known beforehand, so
// that what is left to decide is the price of the side rows.
type Anneal struct {
	l        *Local
	arcs     [][]arc // by left: its candidates, cheapest first
	into     [][]arc // by right: those who have it among their candidates
	chain    []move
	live     []int32 // lefts with a choice of candidates
	paths    paths
	noise    uint64  // state of the generator of noise
	Best     float64 // objective of Keep, +Inf none
	Keep     []int32 // best feasible assignment, by left its choice
	fresh    bool    // the present assignment is better than Keep
	distance float64 // reduced cost that a chain may have at the present temperature
	settled  int     // lefts from which one search for the end of a chain goes on
}

// arc is a choice with its reduced cost, from the side of a left (node: its right, -1 none) or of a right (node: a left).
type arc struct {
	choice, node int32
	cost         float64
}

type move struct{ left, from, to int32 }

const (
	mostCandidates = 16
	chainReach     = 10 // temperatures that a chain may cost in reduced costs: what side rows give back is seldom more
)

// NewAnneal prepares a search. reduced has the reduced costs of all choices, duals of the assignment included; choices beyond
// reach are no candidates.
func NewAnneal(l *Local, reduced []float64, reach float64) *Anneal {
	in := l.in
	n := len(in.Left)
	a := &Anneal{l: l, arcs: make([][]arc, n), into: make([][]arc, len(in.Right)), paths: newPaths(n), noise: l.rng.Uint64() | 1,
		Best: math.Inf(1), Keep: make([]int32, n), settled: mostSettled}
	if in.Large {
		a.settled = fewSettled
	}
	for i := range in.Left {
		var list []arc
		for c := in.Start[i]; c < in.Start[i+1]; c++ {
			if reduced[c] <= reach {
				list = append(list, arc{c, in.To[c], max(0, reduced[c])})
			}
		}
		slices.SortStableFunc(list, func(x, y arc) int {
			switch {
			case x.cost < y.cost:
				return -1
			case x.cost > y.cost:
				return 1
			}
			return 0
		})
		a.arcs[i] = slices.Clone(list[:min(len(list), mostCandidates)])
		for _, e := range a.arcs[i] {
			if e.node >= 0 {
				a.into[e.node] = append(a.into[e.node], arc{e.choice, int32(i), e.cost})
			}
		}
	}
	return a
}

// Run makes so many trials at temperature t.
func (a *Anneal) Run(trials int, t float64) {
	a.heat(t)
	if len(a.live) == 0 {
		return
	}
	for range trials {
		if home, filled, ok := a.propose(t); ok {
			a.decide(home, filled, t)
		}
		a.l.forget()
	}
	a.note()
}

// heat finds the lefts that have a choice at temperature t.
func (a *Anneal) heat(t float64) {
	a.distance = chainReach * t
	a.live = a.live[:0]
	for i, list := range a.arcs {
		if len(list) > 1 && list[1].cost < a.distance {
			a.live = append(a.live, int32(i))
		}
	}
}

// Mend makes so many trials for each left that can help a broken row, chains of any cost allowed.
func (a *Anneal) Mend(trials int, t float64) {
	l := a.l
	a.distance = math.Inf(1)
	a.live = a.live[:0]
	for i, list := range a.arcs {
		if l.helps(l.Choice[i], -1) || slices.ContainsFunc(list, func(e arc) bool { return l.helps(e.choice, 1) }) {
			a.live = append(a.live, int32(i))
		}
	}
	for n := trials * len(a.live); n > 0 && l.Broken > 0; n-- {
		if home, filled, ok := a.propose(t); ok {
			a.decide(home, filled, t)
		}
		l.forget()
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

// propose draws the first move of a chain and completes it. home is the right that the first left gives up and nobody takes,
// filled the free one that the last one takes, -1 none.
func (a *Anneal) propose(t float64) (home, filled int32, ok bool) {
	l := a.l
	i := a.live[l.rng.IntN(len(a.live))]
	e := a.arcs[i][l.rng.IntN(len(a.arcs[i]))]
	from := l.Choice[i]
	if e.choice == from {
		return 0, 0, false
	}
	a.chain = append(a.chain[:0], move{i, from, e.choice})
	home = -1
	reach := a.distance - e.cost
	if from >= 0 {
		home = l.in.To[from]
		reach += a.costOf(i, from)
	}
	if reach <= 0 {
		return 0, 0, false
	}
	switch k := e.node; {
	case k < 0 || l.Owner[k] < 0:
		return home, k, true
	case k == home: // two columns for one pair
		return -1, -1, true
	}
	end, ok := a.complete(i, l.Owner[e.node], home, reach, t)
	if end == home {
		return -1, -1, ok
	}
	return home, end, ok
}

// costOf is the reduced cost of a choice of left i, 0 where it is no candidate.
func (a *Anneal) costOf(i, c int32) float64 {
	for _, e := range a.arcs[i] {
		if e.choice == c {
			return e.cost
		}
	}
	return 0
}

// decide makes the proposed chain or not (Metropolis).
func (a *Anneal) decide(home, filled int32, t float64) {
	l := a.l
	static := 0.0
	for _, m := range a.chain {
		l.change(m.from, -1)
		l.change(m.to, 1)
		static += l.price(m.left, m.to) - l.price(m.left, m.from)
	}
	if home >= 0 {
		static += l.empty[home]
	}
	if filled >= 0 {
		static -= l.empty[filled]
	}
	h := static + l.pending()
	if h <= 0 || h <= mostRise*t && l.rng.Float64() < math.Exp(-h/t) {
		a.apply(static)
	}
}

// mostRise is the number of temperatures beyond which a rise is never taken: its chance would be a billionth.
const mostRise = 20

// price is the cost of a choice, or of none.
func (l *Local) price(i, c int32) float64 {
	if c < 0 {
		return l.none[i]
	}
	return l.cost[c]
}

// apply makes the chain.
func (a *Anneal) apply(static float64) {
	l := a.l
	if a.fresh {
		a.note()
	}
	for _, m := range a.chain {
		l.leave(m.left)
	}
	for _, m := range a.chain {
		l.enter(m.left, m.to)
	}
	l.True += static + l.commit()
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
	l.Choice[i] = -1
}

// enter gives a left without a choice the choice c, whose right is free.
func (l *Local) enter(i, c int32) {
	l.Choice[i] = c
	if k := l.in.To[c]; k >= 0 {
		l.Owner[k] = i
		if l.emptyCol[k] < 0 && l.empty[k] > 0 {
			l.Broken--
		}
	}
}
