package native

import (
	"math"
	"math/rand/v2"
)

// neighbours searches around the incumbent of a problem of choices (each of many rows sums binary columns to one or to at
// most one): some rows that compete with each other may choose anew, within the core of columns with small reduced costs, all
// others keep their choice (large neighbourhood search: Shaw, Principles and Practice of Constraint Programming, 1998).
type neighbours struct {
	of    []int32   // by column its row of choice, -1 none
	rows  []int32   // rows of choice
	links []int32   // other rows, in which rows of choice compete
	price []float64 // reduced costs of the relaxation at hand when this was laid out
	limit float64   // of the core
	size  float64   // rows to let go
	spent int64     // work so far
	fails int       // searches in a row without a better point
	rand  *rand.Rand

	choices *choices // nil: there is more than choices under limits
}

const (
	lookLeast  = 20   // rows of choice from which it pays
	lookShare  = 0.5  // share of the work of a search that goes into it
	lookRoot   = 0.8  // and at the root
	lookTired  = 30   // searches in a row without a better point after which the share is halved, then a third, and so on
	lookSize   = 20   // rows let go at first
	lookFew    = 8    // and at the least
	lookGrow   = 1.15 // of the size after a search that ended, and the inverse after one that did not
	lookCore   = 10   // columns per row of choice in the core
	lookNodes  = 80   // of one search
	lookPivots = 3000 // of one search
)

// lookAround searches neighbourhoods until they took their share of the work.
func (s *search) lookAround(share float64) {
	if s.depth >= maxDepth {
		return
	}
	if t := s.chooser(); t != nil {
		s.chooseAnew(t)
		return
	}
	if s.best == nil {
		return
	}
	if s.near == nil {
		if s.near = s.layNeighbours(); s.near.choices != nil {
			s.chooseAnew(s)
			return
		}
	}
	n := s.near
	for len(n.rows) >= lookLeast && !s.mt.spent() && s.bound() < s.cutoff() && n.due(share, s.mt.work) {
		work, value := s.mt.work, s.value
		s.searchAround(n)
		n.spent += s.mt.work - work + 1
		if n.fails++; s.value < value {
			n.fails = 0
		}
		s.publish("neighbours")
	}
}

// due says whether the searches have had less than their share of all work, which shrinks while they find nothing.
func (n *neighbours) due(share float64, work int64) bool {
	return float64(n.spent)*(1+float64(n.fails)/lookTired) <= share*float64(work)
}

// layNeighbours finds the rows of choice, in the order of the model, and the core by the present relaxation.
func (s *search) layNeighbours() *neighbours {
	p := s.p
	n := &neighbours{of: make([]int32, p.n), size: lookSize, rand: rand.New(rand.NewPCG(uint64(s.opt.seed), uint64(p.n)))}
	for j := range n.of {
		n.of[j] = -1
	}
	for i := range p.m {
		if idx, ok := s.choice(i, n.of); ok {
			for _, j := range idx {
				n.of[j] = int32(len(n.rows))
			}
			n.rows = append(n.rows, int32(i))
		} else {
			n.links = append(n.links, int32(i))
		}
	}
	n.price = make([]float64, p.n)
	var all []float64
	for j := range p.n {
		if s.lp.state[j] != basic {
			n.price[j] = s.lp.d[j] / s.lp.scale.cost
		}
		if n.of[j] >= 0 {
			all = append(all, n.price[j])
		}
	}
	if len(n.rows) >= lookLeast {
		n.limit = quantile(all, math.Min(1, lookCore*float64(len(n.rows))/float64(len(all))))
		n.choices = s.layChoices(n)
	}
	return n
}

// choice says whether row i sums binary columns, none of them in a row of choice before, to one or at most one.
func (s *search) choice(i int, of []int32) ([]int32, bool) {
	idx, val := s.p.rows.vec(i)
	if s.p.rowUp[i] != 1 || len(idx) < 2 {
		return nil, false
	}
	for e, j := range idx {
		if val[e] != 1 || !s.p.integer[j] || s.p.lower[j] != 0 || s.p.upper[j] != 1 || of[j] >= 0 {
			return nil, false
		}
	}
	return idx, true
}

// searchAround lets some rows choose anew.
func (s *search) searchAround(n *neighbours) {
	free := s.letGo(n)
	lo, hi := append([]float64(nil), s.lo...), append([]float64(nil), s.hi...)
	for j, i := range n.of {
		v := s.best[j]
		switch {
		case i < 0 || v < lo[j] || v > hi[j]:
		case !free[i]:
			lo[j], hi[j] = v, v
		case v < intTol && n.price[j] > n.limit && lo[j] == 0:
			hi[j] = 0
		}
	}
	bound, done := s.subAt(maxDepth, lo, hi, lookNodes, lookPivots, nil)
	if done || bound >= s.cutoff() {
		n.size = math.Min(float64(len(n.rows)), n.size*lookGrow)
	} else {
		n.size = math.Max(lookFew, n.size/lookGrow)
	}
}

// letGo picks the rows that may choose anew: some at random, and some whose present choices stand in one row.
func (s *search) letGo(n *neighbours) []bool {
	size := min(int(n.size), len(n.rows))
	free, picked := make([]bool, len(n.rows)), 0
	add := func(i int32) {
		if i >= 0 && !free[i] && picked < size {
			free[i] = true
			picked++
		}
	}
	for picked < size {
		add(int32(n.rand.IntN(len(n.rows))))
		for range 2 {
			if len(n.links) > 0 {
				s.together(n, n.links[n.rand.IntN(len(n.links))], add)
			}
		}
	}
	return free
}

// together adds the rows whose present choice stands in one row, as a half at the most of what is let go.
func (s *search) together(n *neighbours, row int32, add func(int32)) {
	idx, _ := s.p.rows.vec(int(row))
	left := int(n.size / 2)
	for at := n.rand.IntN(len(idx) + 1); left > 0 && at < len(idx); at++ {
		if j := idx[at]; s.best[j] > intTol && n.of[j] >= 0 {
			add(n.of[j])
			left--
		}
	}
}
