package assign

import (
	"math"
	"math/rand/v2"
)

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
