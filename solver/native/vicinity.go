package native

import (
	"math"
	"math/rand/v2"
)

// vicinity searches around the incumbent of an assignment (large neighbourhood search: Shaw, Principles and Practice of
// Constraint Programming, 1998). It works on a core, the columns of small reduced cost: a cluster of lefts that compete for
// rights chooses anew there, by branch and bound, all others keep what they have. The clusters grow while they are solved to
// the end, up to the whole core.
type vicinity struct {
	s      *structured
	core   *presolved
	left   []int32   // by column of the core: its left, -1 none
	right  []int32   // and its right
	choice [][]int32 // by left its columns in the core
	rand   *rand.Rand
	size   float64
}

const (
	vicinitySize   = 60     // lefts let go at first
	vicinityLeast  = 10     // and at the least
	vicinityGrow   = 1.15   // of the size after a search that ended, and the inverse after one that did not
	vicinityTired  = 6      // searches in a row without a better point after which it gives up in the first turn
	mostTired      = 60     // and in late ones
	vicinityNodes  = 150    // of one search
	vicinityPivots = 10_000 // of one search
)

// around searches the core until so many searches in a row brought nothing better, or all of it is solved. It returns the
// share of lefts that a cluster had at last.
func (s *structured) around(core *presolved, tired int64) float64 {
	v := s.vicinity(core)
	for fails := int64(0); fails < tired && !s.done(); fails++ {
		value, all := s.value, int(v.size) >= len(v.choice)
		if v.search() && all {
			break
		}
		if s.value < value {
			fails = 0
		}
		s.report("neighbours")
	}
	return v.size / float64(len(v.choice))
}

func (s *structured) vicinity(core *presolved) *vicinity {
	v := &vicinity{s: s, core: core, left: make([]int32, core.n), right: make([]int32, core.n), choice: make([][]int32, len(s.in.Left)),
		rand: rand.New(rand.NewPCG(s.seed, uint64(core.n))), size: vicinitySize}
	for j, o := range core.keep {
		v.left[j], v.right[j] = s.in.LeftOf[o], s.in.RightOf[o]
		if i := v.left[j]; i >= 0 {
			v.choice[i] = append(v.choice[i], int32(j))
		}
	}
	return v
}

// search lets one cluster choose anew. It says whether that was searched to the end.
func (v *vicinity) search() bool {
	x := v.core.reduce(v.s.x)
	free := v.pick(x)
	q := *v.core.problem
	q.lower, q.upper = append([]float64(nil), q.lower...), append([]float64(nil), q.upper...)
	for j, i := range v.left {
		if i >= 0 && !free[i] {
			q.lower[j], q.upper[j] = x[j], x[j]
		}
	}
	_, done := v.s.plainly(&q, v.core, v.s.r.par.Gap*finer, vicinityNodes, vicinityPivots, nil, nil)
	if done {
		v.size = math.Min(float64(len(free)), v.size*vicinityGrow)
	} else {
		v.size = math.Max(vicinityLeast, v.size/vicinityGrow)
	}
	return done
}

// pick chooses a cluster: from a left to the owners of rights that it could take, and so on.
func (v *vicinity) pick(x []float64) []bool {
	owner := v.owners(x)
	n := len(v.choice)
	free, size, picked := make([]bool, n), min(int(v.size), n), 0
	var queue []int32
	add := func(i int32) {
		if i >= 0 && !free[i] && picked < size {
			free[i] = true
			picked++
			queue = append(queue, i)
		}
	}
	for picked < size {
		if len(queue) == 0 {
			add(int32(v.rand.IntN(n)))
			continue
		}
		i := queue[0]
		queue = queue[1:]
		for _, j := range v.choice[i] {
			if k := v.right[j]; k >= 0 && v.rand.IntN(2) == 0 {
				add(owner[k])
			}
		}
	}
	return free
}

// owners are the lefts that hold the rights, -1 none.
func (v *vicinity) owners(x []float64) []int32 {
	owner := make([]int32, len(v.s.in.Right))
	for k := range owner {
		owner[k] = -1
	}
	for j, i := range v.left {
		if i >= 0 && x[j] > 0.5 && v.right[j] >= 0 {
			owner[v.right[j]] = i
		}
	}
	return owner
}

// plainly searches a restriction q of the core (nil: of the problem) by branch and bound alone, without heuristics of its own:
// with an incumbent and few columns that is quickest. It returns a bound on q, and whether it is proven to the gap;
// rec and proof are for recording that (nil: not).
func (s *structured) plainly(q *problem, core *presolved, gap float64, nodes, work int64, rec *recorder, proof *part) (float64, bool) {
	pre, ok := presolve(q)
	if !ok {
		return math.Inf(1), true
	}
	back := func(x []float64) []float64 { return core.restoreIn(pre.restore(x)) }
	if pre.n == 0 {
		s.offer(back(nil))
		return pre.offset, true
	}
	mt := s.r.mt.child(work)
	defer s.r.mt.join(mt)
	opt := options{gap: gap, absGap: s.r.par.AbsGap * finer, seed: s.r.par.Seed, maxNodes: nodes}
	opt.found = func(y []float64, _ float64) { s.offer(back(y)) }
	opt.report = func(string, float64, float64, int64) { s.report("core") }
	t := newSearch(pre.problem, opt, mt)
	if t.depth, t.value = maxDepth, s.value; s.x != nil {
		t.best = pre.reduce(core.reduceIn(s.x))
	}
	t.record(rec.within(pre), proof)
	t.run()
	s.nodes += t.nodes + t.below
	return t.bound(), !t.stopped || t.bound() >= t.cutoff()
}

// restoreIn and reduceIn are restore and reduce, and change nothing where there was no presolve.
func (r *presolved) restoreIn(x []float64) []float64 {
	if r == nil {
		return x
	}
	return r.restore(x)
}

func (r *presolved) reduceIn(full []float64) []float64 {
	if r == nil {
		return full
	}
	return r.reduce(full)
}

// finer: searches for better points stop at this share of the gap that is asked for in all.
const finer = 0.25
