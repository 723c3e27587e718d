package native

import (
	"math"
	"math/rand/v2"
)

// jumper looks for any feasible point by local search without a relaxation: it takes a broken row and moves the column
// of it that mends most in all, broken rows growing heavier while nothing mends (after Luteberget and Sartor,
// Mathematical Programming Computation 15, 2023, and WalkSAT). A column that goes up in a row of the kind
// "at most one of these" sends the one that was there down in the same step.
type jumper struct {
	p      *problem
	x      []float64
	act    []float64
	size   []float64 // by row: its largest coefficient; violations are counted in it
	weight []float64
	pack   []bool  // by row: at most one of binary columns
	one    []int32 // by such row: a column at one, -1 none
	broken []int32 // rows
	place  []int32 // by row: where it stands in broken, -1 nowhere
	moved  []int64 // by column: the step at which it moved last
	step   int64
	spent  int64 // entries touched
	rng    *rand.Rand
	moves  []jump
	price  float64 // of a unit of the objective, in violations
	log    []jump  // moves since the last feasible point, the way back; kept where logs
	logs   bool
}

// jump is a column and its new value.
type jump struct {
	col int32
	to  float64
}

const (
	jumpTries  = 40      // columns of a broken row that are looked at
	jumpTabu   = 6       // steps for which a column stays where it was put, and as many more by chance
	jumpPasses = 100     // entries of the matrix that a search may touch, in passes over all of it
	jumpLeast  = 200_000 // and at least so many
	jumpCheck  = 1000    // steps between two looks at the limits
)

func newJumper(p *problem, x []float64, seed int64) *jumper {
	g := &jumper{p: p, x: x, act: make([]float64, p.m), size: make([]float64, p.m), weight: make([]float64, p.m),
		pack: make([]bool, p.m), one: make([]int32, p.m), place: make([]int32, p.m), moved: make([]int64, p.n),
		rng: rand.New(rand.NewPCG(uint64(seed), 0x6a756d70))}
	for j := range x {
		g.moved[j] = math.MinInt64 / 2
	}
	for i := range p.m {
		g.weight[i], g.place[i], g.one[i], g.pack[i] = 1, -1, -1, p.rowUp[i] == 1
		idx, val := p.rows.vec(i)
		for e, j := range idx {
			g.act[i] += val[e] * x[j]
			g.size[i] = math.Max(g.size[i], math.Abs(val[e]))
			g.pack[i] = g.pack[i] && val[e] == 1 && p.integer[j] && p.lower[j] >= 0
			if x[j] == 1 {
				g.one[i] = j
			}
		}
		g.mark(int32(i))
	}
	return g
}

// lack is by how much row i is broken at activity a, in its largest coefficients; negative where a is too large.
func (g *jumper) lack(i int32, a float64) float64 {
	tol := rowTol * math.Max(1, math.Abs(a))
	switch {
	case a < g.p.rowLo[i]-tol:
		return (g.p.rowLo[i] - a) / g.size[i]
	case a > g.p.rowUp[i]+tol:
		return (g.p.rowUp[i] - a) / g.size[i]
	}
	return 0
}

// mark keeps the list of broken rows.
func (g *jumper) mark(i int32) {
	bad, at := g.lack(i, g.act[i]) != 0, g.place[i]
	switch {
	case bad && at < 0:
		g.place[i] = int32(len(g.broken))
		g.broken = append(g.broken, i)
	case !bad && at >= 0:
		last := g.broken[len(g.broken)-1]
		g.broken[at], g.place[last] = last, at
		g.broken, g.place[i] = g.broken[:len(g.broken)-1], -1
	}
}

// run searches until no row is broken or so many entries have been touched; it says whether the point is feasible.
func (g *jumper) run(entries int64, mt *meter) bool {
	for len(g.broken) > 0 && g.spent < entries {
		g.spent++ // rows without columns exist
		if g.step++; g.step%jumpCheck == 0 {
			if mt.work++; mt.spent() {
				return false
			}
		}
		i := g.broken[g.rng.IntN(len(g.broken))]
		best, gain := g.choose(i)
		if gain >= 0 {
			g.weight[i]++
		}
		if best.col >= 0 {
			g.take(best)
		}
	}
	return len(g.broken) == 0
}

// choose is the best move that mends row i, among some of its columns; its column is -1 where there is none.
func (g *jumper) choose(i int32) (best jump, gain float64) {
	best, gain = jump{-1, 0}, math.Inf(1)
	idx, val := g.p.rows.vec(int(i))
	from, tries := 0, len(idx)
	if tries > jumpTries {
		from, tries = g.rng.IntN(len(idx)), jumpTries
	}
	g.spent += int64(tries)
	for k := range tries {
		e := (from + k) % len(idx)
		m, ok := g.candidate(i, idx[e], val[e])
		if !ok {
			continue
		}
		if s := g.try(m); s < gain {
			best, gain = m, s
		}
	}
	return best, gain
}

// candidate is the move of column j that mends row i as far as it can.
func (g *jumper) candidate(i, j int32, v float64) (jump, bool) {
	p := g.p
	if p.lower[j] == p.upper[j] || g.step-g.moved[j] < jumpTabu+g.rng.Int64N(jumpTabu) {
		return jump{}, false
	}
	d := g.lack(i, g.act[i]) * g.size[i] / v
	if p.integer[j] {
		if d > 0 {
			d = math.Ceil(d - intTol)
		} else {
			d = math.Floor(d + intTol)
		}
	}
	to := math.Max(p.lower[j], math.Min(p.upper[j], g.x[j]+d))
	return jump{j, to}, to != g.x[j]
}

// try is the change of the weighted violation by a move and what it sends down.
func (g *jumper) try(m jump) float64 {
	g.list(m)
	sum := 0.0
	for k := range g.moves {
		sum += g.shift(&g.moves[k])
	}
	for k := len(g.moves) - 1; k >= 0; k-- {
		g.shift(&g.moves[k])
	}
	return sum
}

// list lays out a move with those that it sends down.
func (g *jumper) list(m jump) {
	g.moves = append(g.moves[:0], m)
	if m.to <= g.x[m.col] {
		return
	}
	rows, _ := g.p.cols.vec(int(m.col))
	for _, i := range rows {
		if k := g.one[i]; g.pack[i] && k >= 0 && k != m.col && g.x[k] == 1 && g.p.lower[k] == 0 && !g.listed(k) {
			g.moves = append(g.moves, jump{k, 0})
		}
	}
}

func (g *jumper) listed(k int32) bool {
	for _, m := range g.moves {
		if m.col == k {
			return true
		}
	}
	return false
}

// shift makes a move in the activities, leaves the way back in m, and returns the change of the weighted violation.
func (g *jumper) shift(m *jump) float64 {
	d := m.to - g.x[m.col]
	sum := g.price * g.p.cost[m.col] * d
	rows, val := g.p.cols.vec(int(m.col))
	g.spent += int64(len(rows))
	for e, i := range rows {
		a := g.act[i] + val[e]*d
		sum += g.weight[i] * (math.Abs(g.lack(i, a)) - math.Abs(g.lack(i, g.act[i])))
		g.act[i] = a
	}
	g.x[m.col], m.to = m.to, g.x[m.col]
	return sum
}

// take makes a move and what it sends down.
func (g *jumper) take(m jump) {
	g.list(m)
	for _, m := range g.moves {
		g.put(m)
		g.moved[m.col] = g.step
	}
}

// put makes a single move.
func (g *jumper) put(m jump) {
	g.shift(&m)
	if g.logs {
		g.log = append(g.log, m)
	}
	rows, _ := g.p.cols.vec(int(m.col))
	for _, i := range rows {
		switch {
		case g.x[m.col] == 1:
			g.one[i] = m.col
		case g.one[i] == m.col:
			g.one[i] = -1
		}
		g.mark(i)
	}
}

// jump looks for a first point near x. What it costs does not matter: presolve without costs sets all columns that only
// make rows easier to where rows are easiest.
func (s *search) jump(x []float64) bool {
	q := *s.p
	q.lower, q.upper, q.cost = s.lo, s.hi, make([]float64, q.n)
	pre, ok := presolve(&q)
	if !ok {
		return false
	}
	if pre.n == 0 {
		return s.offer(pre.restore(nil))
	}
	y := pre.reduce(x)
	for j := range y {
		if pre.integer[j] {
			y[j] = math.Round(y[j])
		}
		y[j] = math.Max(pre.lower[j], math.Min(pre.upper[j], y[j]))
	}
	g := newJumper(pre.problem, y, s.opt.seed)
	entries := int64(jumpPasses*len(pre.cols.index) + jumpLeast)
	return g.run(entries, s.mt) && s.offer(pre.restore(g.x))
}
