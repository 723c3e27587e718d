package assign

import (
	"math"
	"slices"
)

// Anneal improves an assignment by simulated annealing over chains of moves: a left takes one of its candidates, whose
// owner takes one of his, and so on, until a right is free or the first one's place closes the cycle. Candidates are
// drawn by reduced cost, so that what is left to decide is the price of the side rows.
type Anneal struct {
	l       *Local
	reduced []float64 // of choices
	cand    [][]int32
	cum     [][]float64 // running sums of the candidates' weights
	chain   []move
	wild    bool
	live    []int32 // lefts with a choice of candidates
	Best    float64 // objective of Keep, +Inf none
	Keep    []int32 // best feasible assignment, by left its choice
	fresh   bool    // the present assignment is better than Keep
}

type move struct{ left, from, to int32 }

const (
	mostCandidates = 16
	chainLength    = 5
	wildChance     = 4 // one chain in this is drawn without regard to reduced costs
	closeChance    = 2 // a chain that can close does so one time in this
)

// NewAnneal prepares a search. reduced has the reduced costs of all choices, duals of the assignment included.
func NewAnneal(l *Local, reduced []float64, reach float64) *Anneal {
	in := l.in
	a := &Anneal{l: l, reduced: reduced, cand: make([][]int32, len(in.Left)), cum: make([][]float64, len(in.Left)),
		Best: math.Inf(1), Keep: make([]int32, len(in.Left))}
	var list []int32
	for i := range in.Left {
		list = list[:0]
		for c := in.Start[i]; c < in.Start[i+1]; c++ {
			if reduced[c] <= reach {
				list = append(list, c)
			}
		}
		slices.SortStableFunc(list, func(x, y int32) int {
			switch {
			case reduced[x] < reduced[y]:
				return -1
			case reduced[x] > reduced[y]:
				return 1
			}
			return 0
		})
		a.cand[i] = append([]int32(nil), list[:min(len(list), mostCandidates)]...)
		a.cum[i] = make([]float64, len(a.cand[i]))
	}
	return a
}

// heat sets the temperature of the draws.
func (a *Anneal) heat(t float64) {
	a.live = a.live[:0]
	for i := range a.cand {
		a.warm(int32(i), t)
	}
}

// warm sets the weights of a left's candidates.
func (a *Anneal) warm(i int32, t float64) {
	list, sum := a.cand[i], 0.0
	for q, c := range list {
		sum += math.Exp(-max(0, a.reduced[c]) / t)
		a.cum[i][q] = sum
	}
	if len(list) > 1 && sum-1 > leastHope {
		a.live = append(a.live, i)
	}
}

// leastHope: a left whose other candidates weigh less than this beside the best one begins no chain.
const leastHope = 1e-3

func (a *Anneal) draw(i int32) int32 {
	c := a.cum[i]
	if len(c) == 0 {
		return -1
	}
	t := a.l.rng.Float64() * c[len(c)-1]
	for q := range c {
		if c[q] >= t {
			return a.cand[i][q]
		}
	}
	return a.cand[i][len(c)-1]
}

// Run makes so many trials at temperature t.
func (a *Anneal) Run(trials int, t float64) (accepted int) {
	a.heat(t)
	l := a.l
	if len(a.live) == 0 {
		return 0
	}
	for range trials {
		if home, filled, closed, ok := a.propose(); ok && a.decide(home, filled, closed, t) {
			accepted++
		}
		l.forget()
	}
	a.note()
	return accepted
}

// propose draws a chain. home is the right that the first left gives up and nobody takes, filled the free one that the
// last one takes, -1 none; closed says that the last move was not drawn but closes the cycle.
func (a *Anneal) propose() (home, filled int32, closed, ok bool) {
	l := a.l
	in := l.in
	i := a.live[l.rng.IntN(len(a.live))]
	first := i
	a.chain = a.chain[:0]
	home, filled = -1, -1
	if c := l.Choice[i]; c >= 0 {
		home = in.To[c]
	}
	wild := l.rng.Int32N(wildChance) == 0
	a.wild = wild
	for depth := range chainLength {
		if depth > 0 && home >= 0 && (depth == chainLength-1 || l.rng.Int32N(closeChance) == 0) {
			if c := in.find(i, home); c >= 0 {
				a.chain = append(a.chain, move{i, l.Choice[i], c})
				return -1, -1, true, true
			}
		}
		c := a.draw(i)
		if wild && len(a.cand[i]) > 0 {
			c = a.cand[i][l.rng.IntN(len(a.cand[i]))]
		}
		if c < 0 || c == l.Choice[i] {
			return 0, 0, false, false
		}
		k := in.To[c]
		a.chain = append(a.chain, move{i, l.Choice[i], c})
		if k < 0 || l.Owner[k] < 0 {
			return home, k, false, true
		}
		j := l.Owner[k]
		if j == first && depth > 0 {
			return -1, -1, false, true // takes the first one's place
		}
		for _, m := range a.chain {
			if m.left == j {
				return 0, 0, false, false
			}
		}
		i = j
	}
	return 0, 0, false, false
}

// decide makes the proposed chain or not (Metropolis and Hastings: the drawn moves' reduced costs are accounted for by
// the draw).
func (a *Anneal) decide(home, filled int32, closed bool, t float64) bool {
	l := a.l
	static, drawn := 0.0, 0.0
	for q, m := range a.chain {
		l.change(m.from, -1)
		l.change(m.to, 1)
		static += l.price(m.left, m.to) - l.price(m.left, m.from)
		if a.wild || closed && q == len(a.chain)-1 {
			continue
		}
		drawn += max(0, a.reduced[m.to])
		if m.from >= 0 {
			drawn -= max(0, a.reduced[m.from])
		}
	}
	if home >= 0 && home != filled {
		static += l.empty[home]
	}
	if filled >= 0 && filled != home {
		static -= l.empty[filled]
	}
	h := static + l.pending() - drawn
	if h > 0 && (h > 20*t || l.rng.Float64() >= math.Exp(-h/t)) {
		return false
	}
	a.apply(static)
	return true
}

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
