package assign

import (
	"math"
	"math/rand/v2"
)

type move struct{ left, from, to int32 }

// chain is a left that takes another choice, those whom this displaces, and where that ends.
type chain struct {
	moves  []move
	home   int32   // the right that the first left gives up and nobody takes, -1 none
	filled int32   // the free one that the last left takes, -1 none
	rise   float64 // what it costs, penalties of side rows included
}

func (c *chain) has(i int32) bool {
	for _, m := range c.moves {
		if m.left == i {
			return true
		}
	}
	return false
}

// trial is a chain and whether to make it.
type trial struct {
	chain
	rng   *rand.Rand
	noise uint64  // state of the generator of noise
	limit float64 // the rise up to which it is made, drawn when needed, negative before
	taken bool
}

// try draws a chain and says whether to make it. It changes neither the search nor its assignment.
func (a *Anneal) try(n *trial, h *hand) {
	n.limit = -1
	n.taken = a.propose(n, h) && n.accepts(n.rise, a.heat)
}

// propose draws who begins a chain, and mostly what he takes; else that is left to the search.
func (a *Anneal) propose(n *trial, h *hand) bool {
	if len(a.urgent) > 0 && n.rng.IntN(urgentShare) == 0 {
		u := a.urgent[n.rng.IntN(len(a.urgent))]
		if u.arc < 0 { // what is cheapest may well stand in the same row
			u = a.draw(n, u.left)
		}
		return a.follow(n, h, u, a.relief(u))
	}
	u := take{a.live[n.rng.IntN(len(a.live))], -1}
	if n.rng.IntN(2) == 0 {
		u = a.draw(n, u.left)
	}
	return a.follow(n, h, u, 0)
}

// take is a left and one of its candidates, by number, -1 any.
type take struct{ left, arc int32 }

// draw draws a candidate of left i.
func (a *Anneal) draw(n *trial, i int32) take {
	if k := len(a.arcs.of(i)); k > 0 {
		return take{i, int32(n.rng.IntN(k))}
	}
	return take{i, -1}
}

// first are the candidates of a take.
func (a *Anneal) first(u take) []arc {
	list := a.arcs.of(u.left)
	if u.arc < 0 {
		return list
	}
	return list[u.arc : u.arc+1]
}

// follow completes a chain. more is what it may cost because rows give it back.
func (a *Anneal) follow(n *trial, h *hand, u take, more float64) bool {
	reach := a.distance + more
	if from := a.l.Choice[u.left]; from >= 0 {
		reach += a.costOf(u.left, from)
	}
	return a.search(n, h, u.left, a.first(u), reach, meetSlack*a.heat+more)
}

// costOf is the reduced cost of a choice of left i, 0 where it is no candidate.
func (a *Anneal) costOf(i, c int32) float64 {
	for _, e := range a.arcs.of(i) {
		if e.choice == c {
			return e.cost
		}
	}
	return 0
}

// static is what a chain costs outside the side rows; the changes of these are in the draft.
func (a *Anneal) static(c *chain, d *draft) float64 {
	sum := d.moves(a.l, c.moves)
	if c.home >= 0 {
		sum += a.l.empty[c.home]
	}
	if c.filled >= 0 {
		sum -= a.l.empty[c.filled]
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
		if !n.taken || moved && !a.stands(&n.chain) {
			continue
		}
		static := a.static(&n.chain, &l.own)
		if !moved || n.accepts(static+l.own.cost(l), a.heat) {
			a.apply(&n.chain, static)
			moved = true
		}
		l.own.forget()
	}
}

// stands says whether the moves of a chain are still there to be made.
func (a *Anneal) stands(c *chain) bool {
	for _, m := range c.moves {
		if a.l.Choice[m.left] != m.from {
			return false
		}
	}
	return c.filled < 0 || a.l.Owner[c.filled] < 0
}

// mostRise is the number of temperatures beyond which a rise is never taken: its chance would be a billionth.
const mostRise = 20
