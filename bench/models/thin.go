package main

import (
	"cmp"
	"math"
	"slices"
)

// thinner keeps two thirds of keep as the cheapest posts of each cadre, adds for each post the cheapest third of keep cadres,
// and never drops the post held. It takes the cadres one by one: all pairs of tens of thousands would not fit into memory.
type thinner struct {
	keep int
	bids []cheapest[bid] // by post
}

// bid is a cadre's choice of a post.
type bid struct {
	cadre int
	choice
}

func newThinner(s size) *thinner {
	t := &thinner{keep: s.keep, bids: make([]cheapest[bid], s.cadres)}
	for p := range t.bids {
		t.bids[p] = newCheapest[bid](s.keep / 3)
	}
	return t
}

// cost is what a pair costs both sides and fairness.
func (c choice) cost() int { return c.cadreCost + c.postCost + squared(c.burden) }

// take notes the choices of cadre i for their posts, and returns those that the cadre keeps.
func (t *thinner) take(i int, list []choice) []choice {
	own, held := newCheapest[choice](2*t.keep/3), -1
	for k, ch := range list {
		own.add(ch)
		t.bids[ch.post].add(bid{i, ch})
		if ch.post == i {
			held = k
		}
	}
	kept := own.sorted()
	if held >= 0 && !slices.Contains(kept, list[held]) {
		kept = append(kept, list[held])
	}
	return kept
}

// addTo adds what the posts keep to what the cadres keep, whose choices stand in the order of posts.
func (t *thinner) addTo(choices [][]choice) {
	if t.keep == 0 {
		return
	}
	for p := range t.bids {
		for _, b := range t.bids[p].sorted() {
			choices[b.cadre] = append(choices[b.cadre], b.choice)
		}
	}
	for i := range choices {
		slices.SortFunc(choices[i], func(a, b choice) int { return cmp.Compare(a.post, b.post) })
		choices[i] = slices.Compact(choices[i]) // a pair that both keep
	}
}

// cheapest keeps the n cheapest of what it is given, of equals those that came first.
type cheapest[C interface{ cost() int }] struct {
	n     int
	list  []C
	worst int // what is as dear as this comes too late
}

func newCheapest[C interface{ cost() int }](n int) cheapest[C] {
	return cheapest[C]{n: n, worst: math.MaxInt}
}

func (c *cheapest[C]) add(v C) {
	if v.cost() >= c.worst {
		return
	}
	if c.list = append(c.list, v); len(c.list) >= 2*c.n {
		c.sorted()
	}
}

// sorted returns what is kept, the cheapest first.
func (c *cheapest[C]) sorted() []C {
	slices.SortStableFunc(c.list, func(a, b C) int { return cmp.Compare(a.cost(), b.cost()) })
	if len(c.list) >= c.n {
		c.list = c.list[:c.n]
		c.worst = math.MinInt
		if c.n > 0 {
			c.worst = c.list[c.n-1].cost()
		}
	}
	return c.list
}
