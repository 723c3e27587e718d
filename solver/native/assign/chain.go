package assign

import "math"

// A chain begins with a left that takes another choice. Whoever held its right takes another one, and so on, until somebody takes the right
// that the first left gave up, or what nobody held. It is searched from both ends at once (Pohl, Machine Intelligence 6, 1971): from the
// first left over those who are displaced, and from the right given up over those who could take it.

// paths is the scratch of one search.
type paths struct {
	ways  []way // by left
	now   int32
	ahead distHeap // lefts that are displaced, by dist
	back  distHeap // lefts from whom the end can be reached, by rest
	meets []meet   // cheapest first

	first int32   // left
	home  int32   // the right that it gives up, -1 none
	end   float64 // chains that cost more are of no use
	slack float64 // by which one may cost more than the cheapest
	gone  float64 // least dist that is not settled, +Inf none
	left  float64 // least rest that is not settled, +Inf none
}

// way is what is known of a left that somebody displaces.
type way struct {
	dist  float64 // reduced cost of the chain up to there
	rest  float64 // and from there to the end
	pred  int32   // the left that displaces it
	took  int32   // by that choice
	next  int32   // its choice on the way to the end
	seen  int32   // now: dist is known, -now: settled
	known int32   // now: rest is known, -now: settled
}

// meet is a chain that was found: it goes over left at, whose last move it is to take choice, or, at -1, who is known from both ends.
type meet struct {
	cost       float64
	at, choice int32
}

func newPaths(n int) paths { return paths{ways: make([]way, n)} }

const (
	mostSettled = 20  // lefts from which one search goes on: more chains are worth more than better ones
	mostMeets   = 6   // chains of one search that are weighed
	meetSlack   = 2.0 // temperatures by which they may cost more than the cheapest, what broken rows give back apart: side rows may make up for it
	noiseShare  = 0.5 // of the temperature: mean of what is added to each cost
)

// search finds a chain in which left i takes one of the given candidates first, and writes it into the trial: of the cheapest by reduced
// cost, up to reach, the one that is cheapest with side rows, of those that cost at most slack more than the first. A little noise,
// exponential, makes different chains of equal ones. Ends at what nobody held are only found by the way.
func (a *Anneal) search(n *trial, h *hand, i int32, first []arc, reach, slack float64) bool {
	s := &h.paths
	s.begin(i, a.l.right[i], reach, slack)
	if s.home >= 0 {
		a.backward(n, s, s.home, 0)
	}
	a.forward(n, s, i, 0, first)
	for range mostSettled {
		if s.floors(); s.gone+s.left >= s.end {
			break
		}
		if s.home < 0 || s.gone <= s.left {
			d, j := s.ahead.pop()
			if y := &s.ways[j]; d == y.dist && y.seen == s.now {
				y.seen = -s.now
				a.forward(n, s, j, d, a.arcs.of(j))
			}
			continue
		}
		d, j := s.back.pop()
		if y := &s.ways[j]; d == y.rest && y.known == s.now {
			y.known = -s.now
			if r := a.l.right[j]; r >= 0 {
				a.backward(n, s, r, d)
			}
		}
	}
	return a.pick(n, h)
}

// forward goes on from left j, whom it costs d to displace.
func (a *Anneal) forward(n *trial, s *paths, j int32, d float64, list []arc) {
	l, has := a.l, a.l.Choice[j]
	for _, e := range list {
		w := d + e.cost
		if w >= s.end {
			break
		}
		if e.choice == has {
			continue
		}
		w += n.jitter(a.heat)
		o := int32(-1)
		if e.node >= 0 && e.node != s.home {
			o = l.Owner[e.node]
		}
		switch {
		case e.node >= 0 && e.node == s.home:
			if j == s.first { // another column for the same pair; others are found from the other end
				s.meet(meet{w, j, e.choice})
			}
			continue
		case o < 0:
			s.meet(meet{w + s.ends(l, e.node), j, e.choice})
			continue
		}
		z := &s.ways[o]
		if o == s.first || w+s.left >= s.end || z.seen == -s.now || z.seen == s.now && z.dist <= w {
			continue
		}
		z.dist, z.pred, z.took, z.seen = w, j, e.choice, s.now
		s.ahead.push(w, o)
		if z.known == s.now || z.known == -s.now {
			s.meet(meet{w + z.rest, o, -1})
		}
	}
}

// backward goes on to those who could take right r, from which it costs d to the end.
func (a *Anneal) backward(n *trial, s *paths, r int32, d float64) {
	for _, e := range a.into.of(r) {
		w := d + e.cost
		if w >= s.end {
			break
		}
		o := e.node
		if o == s.first || a.l.Choice[o] == e.choice {
			continue
		}
		w += n.jitter(a.heat)
		z := &s.ways[o]
		if w+s.gone >= s.end || z.known == -s.now || z.known == s.now && z.rest <= w {
			continue
		}
		z.rest, z.next, z.known = w, e.choice, s.now
		s.back.push(w, o)
		if z.seen == s.now || z.seen == -s.now {
			s.meet(meet{w + z.dist, o, -1})
		}
	}
}

// ends is what it costs that a chain ends at right k, which nobody held, -1 at none: home stays empty.
func (s *paths) ends(l *Local, k int32) float64 {
	sum := 0.0
	if s.home >= 0 {
		sum += l.empty[s.home]
	}
	if k >= 0 {
		sum -= l.empty[k]
	}
	return sum
}

// floors takes stock of what is to be settled next; where one end cannot go on, nothing is.
func (s *paths) floors() {
	if s.gone = s.ahead.least(); s.home >= 0 {
		s.left = s.back.least()
	}
}

// begin looks for chains from left first, who gives up home.
func (s *paths) begin(first, home int32, reach, slack float64) {
	s.now++
	s.ahead, s.back, s.meets = s.ahead[:0], s.back[:0], s.meets[:0]
	s.first, s.home, s.end, s.slack, s.gone, s.left = first, home, reach, slack, 0, 0
	s.ways[first].pred = -1
}

// meet notes a chain where it is among the cheapest.
func (s *paths) meet(m meet) {
	if m.cost >= s.end {
		return
	}
	k := len(s.meets)
	if k < mostMeets {
		s.meets = append(s.meets, m)
	} else if k--; s.meets[k].cost <= m.cost {
		return
	}
	for ; k > 0 && s.meets[k-1].cost > m.cost; k-- {
		s.meets[k] = s.meets[k-1]
	}
	s.meets[k] = m
	s.end = min(s.end, s.meets[0].cost+s.slack)
}

// pick weighs the chains that were found and gives the trial the cheapest.
func (a *Anneal) pick(n *trial, h *hand) (found bool) {
	for _, m := range h.paths.meets {
		c := &h.chain
		if !h.paths.trace(a.l, c, m) {
			continue
		}
		c.rise = a.static(c, &h.draft) + h.draft.cost(a.l)
		h.draft.forget()
		if !found || c.rise < n.rise {
			n.chain, h.chain, found = h.chain, n.chain, true
		}
	}
	return found
}

// trace writes a chain down and says whether everybody moves once: one that is known from both ends may cross itself.
func (s *paths) trace(l *Local, c *chain, m meet) bool {
	c.moves, c.home, c.filled = c.moves[:0], s.home, -1
	put := func(j, to int32) bool {
		simple := !c.has(j)
		c.moves = append(c.moves, move{j, l.Choice[j], to})
		return simple
	}
	if m.choice >= 0 {
		put(m.at, m.choice)
		c.filled = l.in.To[m.choice]
	}
	for j := m.at; s.ways[j].pred >= 0; j = s.ways[j].pred {
		if !put(s.ways[j].pred, s.ways[j].took) {
			return false
		}
	}
	for j := m.at; m.choice < 0 && c.filled != s.home; j = l.Owner[c.filled] {
		to := s.ways[j].next
		if !put(j, to) {
			return false
		}
		c.filled = l.in.To[to]
	}
	if c.filled == s.home {
		c.home, c.filled = -1, -1
	}
	return true
}

// jitter is an exponential variate of mean noiseShare temperatures. It has a generator of its own (Marsaglia, Journal of
// Statistical Software 8, 2003), since it is drawn for every arc.
func (n *trial) jitter(t float64) float64 {
	s := n.noise
	s ^= s << 13
	s ^= s >> 7
	s ^= s << 17
	n.noise = s
	return t * exponential[s>>(64-exponentialBits)]
}

const exponentialBits = 10

// exponential are the quantiles of jitter at temperature one.
var exponential = func() (t [1 << exponentialBits]float64) {
	for k := range t {
		t[k] = -noiseShare * math.Log((float64(k)+0.5)/float64(len(t)))
	}
	return
}()
