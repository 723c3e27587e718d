package assign

import "math"

// paths are the ways on from a left that has lost its right: lefts that others displace, with distances and predecessors.
type paths struct {
	dist      []float64
	pred      []int32 // the left that displaced it
	took      []int32 // by that choice
	stamp     []int32 // now: reached, -now: settled
	home      []float64
	homeBy    []int32
	homeStamp []int32
	now       int32
	heap      distHeap
}

func newPaths(n int) paths {
	return paths{dist: make([]float64, n), pred: make([]int32, n), took: make([]int32, n), stamp: make([]int32, n),
		home: make([]float64, n), homeBy: make([]int32, n), homeStamp: make([]int32, n)}
}

const (
	mostSettled = 100 // lefts from which one search goes on: most ends lie nearer
	fewSettled  = 20  // in large instances, where more chains are worth more than better ones
	noiseShare  = 0.5 // of the temperature: mean of what is added to each cost
)

// complete appends to the chain the cheapest moves by reduced cost, up to reach, by which left i, who has lost its right, and those
// whom it displaces find other choices (Dijkstra, Numerische Mathematik 1, 1959). They end where somebody takes home, the right
// that the first left gave up, -1 none; or a free right; or a column of his own. A little noise, exponential, makes different
// chains of equal ones. It returns the right that was filled at last, -1 none.
func (a *Anneal) complete(n *trial, s *paths, i int32, reach float64) (filled int32, ok bool) {
	last := &n.chains[n.used-1]
	l, first, home := a.l, last.moves[0].left, last.home
	s.begin(i)
	if n.used > 1 {
		s.avoid(n.chains[0].moves)
	}
	end, at, by := reach, int32(-1), int32(-1)
	a.near(n, last, s)
	if s.homeStamp[i] == s.now && s.home[i] < end {
		end, at, by = s.home[i], i, s.homeBy[i]
	}
	for range a.settled {
		d, j := s.next(end)
		if j < 0 {
			break
		}
		for _, e := range a.arcs[j] {
			w := d + e.cost
			if w >= end {
				break
			}
			if e.choice == l.Choice[j] || e.node == home && home >= 0 {
				continue
			}
			w += n.jitter(a.heat)
			o := int32(-1)
			switch {
			case e.node < 0:
				if home >= 0 {
					w += l.empty[home]
				}
			case l.Owner[e.node] < 0:
				w -= l.empty[e.node]
			default:
				o = l.Owner[e.node]
			}
			if w >= end || o == first {
				continue
			}
			if o < 0 {
				end, at, by = w, j, e.choice
				continue
			}
			if s.reach(o, j, e.choice, w) && s.homeStamp[o] == s.now && w+s.home[o] < end {
				end, at, by = w+s.home[o], o, s.homeBy[o]
			}
		}
	}
	if at < 0 {
		return -1, false
	}
	for j, c := at, by; j >= 0; j, c = s.pred[j], s.took[j] {
		last.moves = append(last.moves, move{j, l.Choice[j], c})
	}
	return l.in.To[by], true
}

// near notes what it costs those who could take home.
func (a *Anneal) near(n *trial, last *chain, s *paths) {
	if last.home < 0 {
		return
	}
	for _, e := range a.into[last.home] {
		if e.node != last.moves[0].left && a.l.Choice[e.node] != e.choice {
			s.home[e.node], s.homeBy[e.node], s.homeStamp[e.node] = e.cost+n.jitter(a.heat), e.choice, s.now
		}
	}
}

func (s *paths) begin(i int32) {
	s.now++
	s.heap = s.heap[:0]
	s.dist[i], s.pred[i], s.stamp[i] = 0, -1, s.now
	s.heap.push(0, i)
}

// avoid shuts the ways over lefts that move already.
func (s *paths) avoid(moves []move) {
	for _, m := range moves {
		s.stamp[m.left] = -s.now
	}
}

// next settles the nearest left that is nearer than end, -1 none.
func (s *paths) next(end float64) (float64, int32) {
	for len(s.heap) > 0 {
		d, j := s.heap.pop()
		if d >= end {
			return d, -1
		}
		if d == s.dist[j] && s.stamp[j] != -s.now {
			s.stamp[j] = -s.now
			return d, j
		}
	}
	return 0, -1
}

// reach notes a way to left o and says whether it is the shortest so far.
func (s *paths) reach(o, by, choice int32, w float64) bool {
	if s.stamp[o] == -s.now || s.stamp[o] == s.now && s.dist[o] <= w {
		return false
	}
	s.dist[o], s.pred[o], s.took[o], s.stamp[o] = w, by, choice, s.now
	s.heap.push(w, o)
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
