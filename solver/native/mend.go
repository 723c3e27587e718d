package native

import (
	"cmp"
	"math"
	"slices"
)

// mend improves the incumbent without a relaxation: a column that costs something goes to where it costs nothing, and
// what that breaks is repaired at the least cost, or all is taken back. It may touch as many entries as so many passes over
// the matrix do.
func (s *search) mend(passes int) {
	q := *s.p
	q.lower, q.upper = s.lo, s.hi
	g := newJumper(&q, append([]float64(nil), s.best...), s.opt.seed)
	if len(g.broken) > 0 {
		return // the bounds were tightened past the incumbent
	}
	m := &mender{g: g, listed: make([]bool, q.n)}
	m.slide()
	s.offer(g.x)
	m.value = q.objective(g.x)
	g.logs = true
	for j := range q.n {
		m.list(int32(j))
	}
	entries := int64(passes*len(q.cols.index) + jumpLeast)
	fails, better := 0, false
	for k := 1; len(m.costs) > 0 && g.spent < entries && fails < mendFails && !s.mt.spent(); k++ {
		s.mt.work++
		if fails++; m.improve() {
			fails, better = 0, true
		}
		if better && k%mendOffer == 0 {
			better = false
			s.offer(g.x)
			s.publish("mend")
		}
	}
	s.offer(g.x)
}

const (
	mendPasses  = 80    // of the root
	mendBriefly = 20    // where better ways follow
	mendFails   = 5_000 // attempts in a row without an improvement after which it ends
	mendLeastN  = 4_000 // columns from which it pays: the relaxation of fewer is quicker
	mendOffer   = 2_000 // attempts between two offers, each of which checks all rows
	mendSteps   = 40    // of one repair
	mendDraws   = 3     // columns of which the dearest is tried
)

// mender is the state of mend.
type mender struct {
	g      *jumper
	value  float64
	costs  []int32 // columns that may cost something
	listed []bool  // by column: in costs
	heavy  []int32 // rows that this attempt made heavier
}

func (m *mender) list(j int32) {
	if !m.listed[j] && m.dear(j) {
		m.listed[j] = true
		m.costs = append(m.costs, j)
	}
}

// dear says whether column j stands where it costs more than at its other bound.
func (m *mender) dear(j int32) bool {
	p := m.g.p
	switch c := p.cost[j]; {
	case p.lower[j] == p.upper[j]:
		return false
	case c > 0:
		return m.g.x[j] > p.lower[j]
	case c < 0:
		return m.g.x[j] < p.upper[j] && !math.IsInf(p.upper[j], 1)
	}
	return false
}

// slide moves every column by itself as far towards less cost as its rows allow, the dearest first.
func (m *mender) slide() {
	g := m.g
	var list []int32
	for j := range g.p.n {
		if m.dear(int32(j)) {
			list = append(list, int32(j))
		}
	}
	cost := func(j int32) float64 { return math.Abs(g.p.cost[j]) }
	slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(cost(b), cost(a)) })
	for _, j := range list {
		if to := m.slack(j); to != g.x[j] {
			g.put(jump{j, to})
		}
	}
}

// slack is how far column j may move by itself towards less cost.
func (m *mender) slack(j int32) float64 {
	g, p := m.g, m.g.p
	to := p.lower[j]
	if p.cost[j] < 0 {
		to = p.upper[j]
	}
	d := to - g.x[j]
	rows, val := p.cols.vec(int(j))
	for e, i := range rows {
		room := p.rowUp[i] - g.act[i]
		if val[e]*d < 0 {
			room = g.act[i] - p.rowLo[i]
		}
		room = math.Max(0, room) / math.Abs(val[e])
		if math.Abs(d) > room {
			d = math.Copysign(room, d)
		}
	}
	if p.integer[j] {
		d = math.Trunc(d + math.Copysign(intTol, d))
	}
	return g.x[j] + d
}

// draw picks a column that costs something, the dearest of a few; -1 where none is left.
func (m *mender) draw() int32 {
	g, best, most := m.g, int32(-1), 0.0
	for k := 0; k < mendDraws && len(m.costs) > 0; {
		at := g.rng.IntN(len(m.costs))
		j := m.costs[at]
		if !m.dear(j) {
			last := len(m.costs) - 1
			m.costs[at], m.listed[j] = m.costs[last], false
			m.costs = m.costs[:last]
			continue
		}
		if k++; math.Abs(g.p.cost[j]) > most || k == 1 && g.rng.IntN(2) == 0 {
			best, most = j, math.Abs(g.p.cost[j])
			if k == 1 && g.rng.IntN(2) == 0 {
				break // every column has a chance, dear or not
			}
		}
	}
	return best
}

// improve makes one attempt and says whether the point is better now; otherwise it is what it was.
func (m *mender) improve() bool {
	g := m.g
	j := m.draw()
	if j < 0 {
		return false
	}
	to := m.slack(j)
	switch {
	case to != g.x[j]:
	case g.p.integer[j] && g.rng.IntN(2) == 0:
		to = math.Max(g.p.lower[j], math.Min(g.p.upper[j], g.x[j]-math.Copysign(1, g.p.cost[j])))
	case g.p.cost[j] < 0:
		to = g.p.upper[j]
	default:
		to = g.p.lower[j]
	}
	g.log = g.log[:0]
	gain := math.Abs(g.p.cost[j] * (to - g.x[j]))
	g.price = 1 / gain
	g.step += 2 * jumpTabu // what moved before is free to move
	g.take(jump{j, to})
	for k := 0; len(g.broken) > 0 && k < mendSteps; k++ {
		g.step++
		i := g.broken[g.rng.IntN(len(g.broken))]
		best, _ := g.choose(i)
		g.weight[i] += mendHeavier
		m.heavy = append(m.heavy, i)
		if best.col < 0 {
			break
		}
		g.take(best)
	}
	g.price = 0
	now := m.after()
	ok := len(g.broken) == 0 && now < m.value-mendLeast*math.Max(1, math.Abs(m.value))
	m.settle(ok, now)
	return ok
}

const (
	mendHeavier = 0.3  // by which a broken row grows heavier in a repair
	mendLeast   = 1e-9 // the least improvement, relative
)

// after is the objective after the moves of the log.
func (m *mender) after() float64 {
	v := m.value
	at := map[int32]float64{}
	for k := len(m.g.log) - 1; k >= 0; k-- {
		at[m.g.log[k].col] = m.g.log[k].to
	}
	for _, k := range m.g.log {
		if was, ok := at[k.col]; ok {
			v += m.g.p.cost[k.col] * (m.g.x[k.col] - was)
			delete(at, k.col)
		}
	}
	return v
}

// settle keeps the moves of the log or takes them back.
func (m *mender) settle(keep bool, value float64) {
	g := m.g
	for _, i := range m.heavy {
		g.weight[i] = 1
	}
	m.heavy = m.heavy[:0]
	if keep {
		m.value = value
		for _, k := range g.log {
			m.list(k.col)
		}
		return
	}
	g.logs = false
	for k := len(g.log) - 1; k >= 0; k-- {
		g.put(g.log[k])
	}
	g.logs = true
}
