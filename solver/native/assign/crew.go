package assign

import (
	"math/rand/v2"
	"runtime"
	"sync/atomic"
)

// hand is the scratch of one who tries.
type hand struct {
	paths paths
	draft draft
	chain chain
}

func newHand(l *Local) *hand { return &hand{paths: newPaths(len(l.Choice)), draft: l.draft()} }

// batch are trials that are drawn from one assignment, before any of them is made. They are as many for any number of threads, each with
// generators of its own, so that a search comes to the same on any.
func (l *Local) batch() []*trial {
	list := make([]*trial, max(1, min(mostBatch, len(l.Choice)/batchShare)))
	for k := range list {
		list[k] = &trial{rng: rand.New(rand.NewPCG(l.rng.Uint64(), l.rng.Uint64())), noise: l.rng.Uint64() | 1}
	}
	return list
}

const (
	mostBatch  = 128
	batchShare = 64 // of the lefts: of so few trials hardly any concern the same lefts and rows
	handShare  = 8  // trials of a batch for which another hand is worth the waiting
)

// crew tries the trials of batches side by side. Those who wait look again and again: a batch takes less than a thread takes to fall asleep
// and to wake.
type crew struct {
	a     *Anneal
	size  atomic.Int64 // of the batch
	round atomic.Int64 // batches so far, -1: no more
	next  atomic.Int64 // trial of the batch to try next
	tried atomic.Int64
}

// gather calls so many hands together.
func (a *Anneal) gather(hands int) *crew {
	for len(a.hands) < min(hands, len(a.trials)/handShare) {
		a.hands = append(a.hands, newHand(a.l))
	}
	c := &crew{a: a}
	for _, h := range a.hands[1:] {
		go c.serve(h)
	}
	return c
}

// serve tries what there is to try until the crew is dismissed.
func (c *crew) serve(h *hand) {
	for seen := int64(0); ; {
		switch r := c.round.Load(); r {
		case -1:
			return
		case seen:
			runtime.Gosched()
		default:
			seen = r
			c.work(h)
		}
	}
}

// try tries the first so many trials and returns when all are tried.
func (c *crew) try(size int) {
	c.size.Store(int64(size))
	c.tried.Store(0)
	c.next.Store(0)
	c.round.Add(1)
	for c.work(c.a.hands[0]); c.tried.Load() < int64(size); {
		runtime.Gosched()
	}
}

func (c *crew) work(h *hand) {
	for {
		k := c.next.Add(1) - 1
		if k >= c.size.Load() {
			return
		}
		c.a.try(c.a.trials[k], h)
		c.tried.Add(1)
	}
}

func (c *crew) dismiss() { c.round.Store(-1) }
