package assign

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Anneal improves an assignment by simulated annealing over chains of moves: a left takes one of its candidates, and the
// cheapest way on is searched for the one who held it (chain.go). What chains cost in reduced costs is known beforehand, so
// that what is left to decide is the price of the side rows.
type Anneal struct {
	l        *Local
	arcs     [][]arc // by left: its candidates, cheapest first
	into     [][]arc // by right: those who have it among their candidates
	rows     *rowUse // nil: no chains in pairs
	urgent   []take  // moves that broken rows need; a choice of -1 stands for any
	live     []int32 // lefts with a choice of candidates
	trials   []*trial
	hands    []*hand
	Best     float64 // objective of Keep, +Inf none
	Keep     []int32 // best feasible assignment, by left its choice
	fresh    bool    // the present assignment is better than Keep
	heat     float64 // the present temperature
	distance float64 // reduced cost that a chain may have there
	settled  int     // lefts from which one search for the end of a chain goes on
}

// arc is a choice with its reduced cost, from the side of a left (node: its right, -1 none) or of a right (node: a left).
type arc struct {
	choice, node int32
	cost         float64
}

type move struct{ left, from, to int32 }

// chain is a left that takes another choice, those whom this displaces, and where that ends.
type chain struct {
	moves  []move
	home   int32 // the right that the first left gives up and nobody takes, -1 none
	filled int32 // the free one that the last left takes, -1 none
}

// trial is a chain, or two that balance each other in a side row, and whether to make them.
type trial struct {
	rng    *rand.Rand
	noise  uint64 // state of the generator of noise
	chains [2]chain
	used   int     // chains
	limit  float64 // the rise up to which it is made, drawn when needed, negative before
	taken  bool
}

const (
	mostCandidates = 16
	chainReach     = 10 // temperatures that a chain may cost in reduced costs: what side rows give back is seldom more
)

// NewAnneal prepares a search. reduced has the reduced costs of all choices, duals of the assignment included; choices beyond
// reach are no candidates.
func NewAnneal(l *Local, reduced []float64, reach float64) *Anneal {
	in := l.in
	n := len(in.Left)
	a := &Anneal{l: l, arcs: make([][]arc, n), into: make([][]arc, len(in.Right)), hands: []*hand{newHand(l)},
		trials: []*trial{{rng: l.rng, noise: l.rng.Uint64() | 1}}, Best: math.Inf(1), Keep: make([]int32, n), settled: mostSettled}
	if in.Large {
		a.settled, a.trials = fewSettled, l.batch()
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
	if in.Large {
		a.rows = newRowUse(a)
	}
	return a
}

// Run makes so many trials at temperature t, on so many threads; it comes to the same on any number.
func (a *Anneal) Run(trials int, t float64, threads int) {
	a.warm(t)
	if len(a.live) == 0 {
		return
	}
	a.rows.fill(a.l)
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
	for i, list := range a.arcs {
		if len(list) > 1 && list[1].cost < a.distance {
			a.live = append(a.live, int32(i))
		}
	}
}

// Mend makes so many trials for each left that can help a broken row, chains of any cost allowed.
func (a *Anneal) Mend(trials int, t float64) {
	l := a.l
	a.heat, a.distance = t, math.Inf(1)
	a.live = a.live[:0]
	for i, list := range a.arcs {
		if l.helps(l.Choice[i], -1) || slices.ContainsFunc(list, func(e arc) bool { return l.helps(e.choice, 1) }) {
			a.live = append(a.live, int32(i))
		}
	}
	a.rows.fill(l)
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

// try draws a chain and says whether to make it. It changes neither the search nor its assignment.
func (a *Anneal) try(n *trial, h *hand) {
	n.limit, n.used = -1, 1
	if n.taken = a.propose(n, h); !n.taken {
		return
	}
	static := a.static(n, &h.draft)
	n.taken = n.accepts(static+h.draft.cost(a.l), a.heat)
	if !n.taken && a.rows != nil && n.accepts(static, a.heat) {
		n.taken = a.balance(n, h)
	}
	h.draft.forget()
}

// propose draws the first move of a chain and completes it.
func (a *Anneal) propose(n *trial, h *hand) bool {
	if len(a.urgent) > 0 && n.rng.IntN(urgentShare) == 0 {
		u := a.urgent[n.rng.IntN(len(a.urgent))]
		if u.arc.choice < 0 {
			u.arc = a.candidate(n, u.left)
		}
		return a.follow(n, h, u.left, u.arc, a.relief(u.left, u.arc.choice))
	}
	i := a.live[n.rng.IntN(len(a.live))]
	return a.follow(n, h, i, a.candidate(n, i), 0)
}

// candidate draws one of left i; where there is none, it is what i has.
func (a *Anneal) candidate(n *trial, i int32) arc {
	if len(a.arcs[i]) == 0 {
		return arc{choice: a.l.Choice[i]}
	}
	return a.arcs[i][n.rng.IntN(len(a.arcs[i]))]
}

// follow completes the last chain of a trial, in which left i takes e first. more is what the chain may cost because rows give it back.
func (a *Anneal) follow(n *trial, h *hand, i int32, e arc, more float64) bool {
	l, c := a.l, &n.chains[n.used-1]
	from := l.Choice[i]
	if e.choice == from {
		return false
	}
	c.moves = append(c.moves[:0], move{i, from, e.choice})
	c.home, c.filled = -1, -1
	reach := a.distance + more - e.cost
	if from >= 0 {
		c.home = l.in.To[from]
		reach += a.costOf(i, from)
	}
	if reach <= 0 {
		return false
	}
	switch k := e.node; {
	case k < 0 || l.Owner[k] < 0:
		c.filled = k
		return true
	case k == c.home: // two columns for one pair
		c.home = -1
		return true
	}
	end, ok := a.complete(n, &h.paths, l.Owner[e.node], reach)
	if end == c.home {
		c.home = -1
	} else {
		c.filled = end
	}
	return ok
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

// static is what a trial costs outside the side rows; the changes of these are in the draft.
func (a *Anneal) static(n *trial, d *draft) float64 {
	sum := 0.0
	for k := range n.chains[:n.used] {
		c := &n.chains[k]
		sum += d.moves(a.l, c.moves)
		if c.home >= 0 {
			sum += a.l.empty[c.home]
		}
		if c.filled >= 0 {
			sum -= a.l.empty[c.filled]
		}
	}
	return sum
}

// accepts is the rule of Metropolis. Asked again, it answers by the same draw.
func (n *trial) accepts(rise, t float64) bool {
	if rise <= 0 || rise > mostRise*t {
		return rise <= 0
	}
	if n.limit < 0 {
		n.limit = -t * math.Log(n.rng.Float64())
	}
	return rise < n.limit
}

// settle makes those trials of a batch that are to be made, in their order, as far as they still can be and are worth it after those before.
func (a *Anneal) settle(batch []*trial) {
	l, moved := a.l, false
	for _, n := range batch {
		if !n.taken || moved && !a.stands(n) {
			continue
		}
		static := a.static(n, &l.own)
		if !moved || n.accepts(static+l.own.cost(l), a.heat) {
			a.apply(n, static)
			moved = true
		}
		l.own.forget()
	}
}

// stands says whether the moves of a trial are still there to be made.
func (a *Anneal) stands(n *trial) bool {
	for k := range n.chains[:n.used] {
		c := &n.chains[k]
		for _, m := range c.moves {
			if a.l.Choice[m.left] != m.from {
				return false
			}
		}
		if c.filled >= 0 && a.l.Owner[c.filled] >= 0 {
			return false
		}
	}
	return true
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

// apply makes a chain, whose changes of rows are drafted.
func (a *Anneal) apply(n *trial, static float64) {
	l := a.l
	if a.fresh {
		a.note()
	}
	for k := range n.chains[:n.used] {
		for _, m := range n.chains[k].moves {
			l.leave(m.left)
			a.rows.drop(l, m.left, m.from)
		}
	}
	for k := range n.chains[:n.used] {
		for _, m := range n.chains[k].moves {
			l.enter(m.left, m.to)
			a.rows.add(l, m.left, m.to)
		}
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
