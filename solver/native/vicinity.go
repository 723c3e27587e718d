package native

import (
	"math"
	"math/rand/v2"
)

// vicinity searches around a point of an assignment (large neighbourhood search: Shaw, Principles and Practice of Constraint
// Programming, 1998): a cluster of lefts that compete for rights chooses anew among columns of small reduced cost, by branch and
// bound, all others keep what they have. The point may break rows at first: clusters begin there, and to break them costs more
// than any repair. Each search costs what its cluster costs, whatever the size of the whole.
type vicinity struct {
	s      *structured
	e      *excerpter
	choice [][]int32 // by left the columns that it may choose
	own    [][]int32 // by right its own columns
	loose  [][]int32 // by row the columns outside the assignment that stand there
	owner  []int32   // by right its left, -1 none
	fixed  []bool    // by left: keeps what it has; scratch
	busy   []bool    // by left: in a cluster of this round
	seeds  []int32   // lefts that begin clusters in this sweep, the last one first
	taken  []bool    // by left: was in a cluster of this sweep
	marked []bool    // columns of the excerpt at hand
	rand   *rand.Rand
	size   float64
	dear   float64
}

const (
	vicinitySize   = 60     // lefts let go at first
	vicinityLeast  = 10     // and at the least
	vicinityGrow   = 1.15   // of the size after a search that ended, and the inverse after one that did not
	vicinityTired  = 1.2    // sweeps without a better point after which it gives up in the first turn
	mostTired      = 10     // and in late ones
	vicinityNodes  = 150    // of one search
	vicinityPivots = 10_000 // of one search
	vicinityShows  = 20     // searches between two offers of the point
	breachPrice    = 10     // of a broken row, in units of the largest cost
	roundClusters  = 4      // searched at a time, whatever the number of threads, where they are a small part of all
	roundShare     = 4      // as a quotient
)

// around searches around the incumbent, among columns of reduced cost up to t, until so many sweeps over the lefts brought nothing
// better, or all is solved. It returns the share of lefts that a cluster had at last.
func (s *structured) around(t, tired float64) float64 {
	v := s.vicinity(s.x, t)
	v.sweep(tired)
	return v.size / float64(len(v.choice))
}

// sweep searches until it is tired.
func (v *vicinity) sweep(tired float64) {
	s := v.s
	n := float64(len(v.choice))
	for since, k := 0.0, 1; since < tired*n && !s.done(); k++ {
		value, breaks := v.e.value, v.e.breaks
		lefts, done := v.search()
		if done && lefts == len(v.choice) {
			break
		}
		since += float64(lefts)
		if v.e.breaks < breaks || v.e.breaks == breaks && v.e.value < value-improvement {
			since = 0
		}
		if k%vicinityShows == 0 {
			v.show()
		}
	}
	v.show()
}

// mend searches until no row is broken, or so many searches in a row did not help.
func (v *vicinity) mend() {
	for fails := 0; v.e.breaks > 0 && fails < mendTired && !v.s.done(); fails++ {
		breaks := v.e.breaks
		v.size = math.Min(v.size, 2*vicinitySize)
		v.sow() // a sweep over all would hardly ever come back to the rows that are broken
		if v.search(); v.e.breaks < breaks {
			fails = 0
		}
	}
	v.show()
}

const mendTired = 30

// improvement is the least change of a value worth telling.
const improvement = 1e-7

// show offers the point.
func (v *vicinity) show() {
	if v.e.breaks == 0 && v.e.value < v.s.value {
		v.s.offer(v.e.x)
	}
	v.s.report("neighbours")
}

// vicinity lays out the surroundings of x.
func (s *structured) vicinity(x []float64, t float64) *vicinity {
	in, p := s.in, s.p
	v := &vicinity{s: s, e: newExcerpter(p, x), choice: make([][]int32, len(in.Left)), own: make([][]int32, len(in.Right)),
		loose: make([][]int32, p.m), owner: make([]int32, len(in.Right)), fixed: make([]bool, len(in.Left)), busy: make([]bool, len(in.Left)),
		taken: make([]bool, len(in.Left)), marked: make([]bool, p.n), rand: rand.New(rand.NewPCG(s.seed, uint64(p.n))), size: vicinitySize}
	for j := range p.n {
		v.dear = math.Max(v.dear, breachPrice*math.Abs(p.cost[j]))
		switch i, k := in.LeftOf[j], in.RightOf[j]; {
		case i >= 0 && (s.rc[j] <= t || s.used[j] || x[j] > 0):
			v.choice[i] = append(v.choice[i], int32(j))
		case i < 0 && k >= 0:
			v.own[k] = append(v.own[k], int32(j))
		case i < 0:
			idx, _ := p.cols.vec(j)
			for _, r := range idx {
				v.loose[r] = append(v.loose[r], int32(j))
			}
		}
	}
	for k := range v.owner {
		v.owner[k] = -1
	}
	for j, i := range in.LeftOf {
		if k := in.RightOf[j]; i >= 0 && k >= 0 && x[j] > 0.5 {
			v.owner[k] = i
		}
	}
	return v
}

// pick chooses a cluster: from a left to the owners of rights that it could take, and so on.
func (v *vicinity) pick() []int32 {
	n := len(v.choice)
	for i := range v.fixed {
		v.fixed[i] = true
	}
	size := min(int(v.size), n)
	free := make([]int32, 0, size)
	add := func(i int32) {
		if i >= 0 && v.fixed[i] && !v.busy[i] && len(free) < size {
			v.fixed[i], v.taken[i] = false, true
			free = append(free, i)
		}
	}
	for at := 0; len(free) < size; {
		if at == len(free) {
			add(v.seed())
			continue
		}
		for _, j := range v.choice[free[at]] {
			if v.rand.IntN(2) == 0 {
				continue
			}
			if k := v.s.in.RightOf[j]; k >= 0 {
				add(v.owner[k])
			}
			v.rivals(j, add)
		}
		at++
	}
	return free
}

// rivals adds lefts that hold what column j lacks: one for each side row that has no room for it.
func (v *vicinity) rivals(j int32, add func(int32)) {
	p := v.e.p
	if v.e.x[j] > 0.5 {
		return
	}
	idx, val := p.cols.vec(int(j))
	for t, r := range idx {
		if !v.s.in.IsSide[r] || v.e.act[r]+val[t] <= p.rowUp[r]+rowTol && v.e.act[r]+val[t] >= p.rowLo[r]-rowTol {
			continue
		}
		members, _ := p.rows.vec(int(r))
		at, n := v.rand.IntN(len(members)), 0
		for k := range members {
			o := members[(at+k)%len(members)]
			if l := v.s.in.LeftOf[o]; l >= 0 && v.e.x[o] > 0.5 {
				add(l)
				if n++; n == 2 {
					break
				}
			}
		}
	}
}

// seed is a left from which a cluster begins: one that stands in a broken row, else one that was in no cluster of this sweep.
func (v *vicinity) seed() int32 {
	for {
		if len(v.seeds) == 0 {
			v.sow()
		}
		i := v.seeds[len(v.seeds)-1]
		v.seeds = v.seeds[:len(v.seeds)-1]
		if !v.taken[i] || v.fixed[i] && len(v.seeds) == 0 {
			return i
		}
	}
}

// sow begins a sweep.
func (v *vicinity) sow() {
	v.seeds = v.seeds[:0]
	for i := range v.choice {
		v.seeds = append(v.seeds, int32(i))
		v.taken[i] = false
	}
	shuffle := func(list []int32) { v.rand.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] }) }
	shuffle(v.seeds)
	n := len(v.seeds)
	for i := range v.e.act {
		if v.e.misses(int32(i)) == 0 {
			continue
		}
		idx, _ := v.e.p.rows.vec(i)
		for _, j := range idx {
			if l := v.s.in.LeftOf[j]; l >= 0 && v.e.x[j] > 0.5 {
				v.seeds = append(v.seeds, l)
			}
		}
	}
	shuffle(v.seeds[n:])
}

// columns are those that lefts without a fixed choice can take, those of rights that this concerns, and those outside the assignment
// in rows of these.
func (v *vicinity) columns(free []int32) []int32 {
	in := v.s.in
	var cols []int32
	add := func(j int32) {
		if !v.marked[j] {
			v.marked[j] = true
			cols = append(cols, j)
		}
	}
	for _, i := range free {
		for _, j := range v.choice[i] {
			k := in.RightOf[j]
			if k >= 0 && v.owner[k] >= 0 && v.fixed[v.owner[k]] {
				continue
			}
			add(j)
			if k >= 0 {
				for _, o := range v.own[k] {
					add(o)
				}
			}
		}
	}
	for _, j := range cols[:len(cols):len(cols)] {
		idx, _ := v.e.p.cols.vec(int(j))
		for _, r := range idx {
			for _, o := range v.loose[r] {
				add(o)
			}
		}
	}
	for _, j := range cols {
		v.marked[j] = false
	}
	return cols
}

// move takes over a point of the excerpt where it is better, and still is after the moves of other clusters.
func (v *vicinity) move(q *excerpt, y []float64) {
	if q.objective(y) >= q.objective(q.now) {
		return
	}
	breaks, value, now := v.e.breaks, v.e.value, v.e.values(q)
	if v.e.paste(q, y); v.e.breaks > breaks || v.e.breaks == breaks && v.e.value >= value {
		v.e.paste(q, now)
		return
	}
	for k, j := range q.of {
		if v.s.in.LeftOf[j] >= 0 && now[k] > 0.5 {
			v.holds(j, -1)
		}
	}
	for k, j := range q.of {
		if i := v.s.in.LeftOf[j]; i >= 0 && y[k] > 0.5 {
			v.holds(j, i)
		}
	}
}

// holds notes who owns the right of a column.
func (v *vicinity) holds(j, i int32) {
	if k := v.s.in.RightOf[j]; k >= 0 {
		v.owner[k] = i
	}
}
