package native

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Links are binary columns outside the assignment that stand in several rows, such as the steps of a ladder of burdens that nobody
// of a group may pass. The relaxation weighs their rows; once all are fixed, what is left is a plain assignment. So they are
// first fixed as their reduced costs say, for a point, then where reduced costs leave a better point no choice, and
// branched on where that leaves any open.

// mostLinks: with more of them branching would not end.
const mostLinks = 100

// decidable says whether the links are few and binary.
func (s *structured) decidable() bool {
	for _, j := range s.links {
		if !s.p.integer[j] || s.p.upper[j]-s.p.lower[j] != 1 {
			return false
		}
	}
	return len(s.links) <= mostLinks
}

// decide searches a problem with links, whose relaxation has been solved. Each part that is left out costs at least what its
// reduced cost adds to the bound below.
func (s *structured) decide() {
	s.reduceCosts()
	s.part(s.nearer(s.links), 2*firstNodes, false, nil)
	if s.up == nil {
		s.survey()
	}
	if s.done() {
		return
	}
	limit := s.enough()
	fixed, open := s.forced(limit)
	bound := s.below + limit*(1-reducedCostSlack)
	proof, in := s.excluding(s.with(fixed))
	switch {
	case len(open) == 0:
		bound = math.Min(bound, s.part(fixed, 0, true, in))
	default:
		j := s.undecided(open)
		near := s.nearer([]int32{j})[j]
		low, high := s.rec.branch(in, j, s.p.lower[j])
		for _, v := range []float64{near, s.p.lower[j] + s.p.upper[j] - near} {
			side := high
			if fixed[j] = v; v == s.p.lower[j] {
				side = low
			}
			bound = math.Min(bound, s.part(fixed, 0, true, side))
		}
	}
	s.establish(bound, proof)
	s.report("links")
}

// survey looks for a better point where one link has its other value, from the best so far on: what reduced costs say of links is
// true of the relaxation only. The most doubtful links are tried, with short searches.
func (s *structured) survey() {
	for value := math.Inf(1); s.x != nil && s.value < value; {
		value = s.value
		base := map[int32]float64{}
		for _, j := range s.links {
			base[j] = s.x[j]
		}
		for _, j := range s.doubtful() {
			if s.done() {
				return
			}
			other := maps.Clone(base)
			other[j] = s.p.lower[j] + s.p.upper[j] - base[j]
			if s.part(other, 0, false, nil); s.value < value {
				break
			}
		}
	}
}

// doubtful are the links of least reduced cost, the most doubtful first.
func (s *structured) doubtful() []int32 {
	list := slices.Clone(s.links)
	slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(math.Abs(s.rc[a]), math.Abs(s.rc[b])) })
	return list[:min(len(list), surveyed)]
}

const surveyed = 12

// nearer are the bounds of links that their reduced costs like better.
func (s *structured) nearer(links []int32) map[int32]float64 {
	v := make(map[int32]float64, len(links))
	for _, j := range links {
		v[j] = s.p.lower[j]
		if s.rc[j] < 0 {
			v[j] = s.p.upper[j]
		}
	}
	return v
}

// forced divides the links into those that a reduced cost beyond the limit fixes, with their values, and others.
func (s *structured) forced(limit float64) (fixed map[int32]float64, open []int32) {
	var list []int32
	for _, j := range s.links {
		if math.Abs(s.rc[j]) > limit {
			list = append(list, j)
		} else {
			open = append(open, j)
		}
	}
	return s.nearer(list), open
}

// undecided is the link of least reduced cost.
func (s *structured) undecided(open []int32) int32 {
	best := open[0]
	for _, j := range open {
		if math.Abs(s.rc[j]) < math.Abs(s.rc[best]) {
			best = j
		}
	}
	return best
}

// part searches the problem with some columns fixed, and returns a bound on it. See turns and whole for how far it goes: with a
// good incumbent it is quickest to go to the end at once. The proof grows from the given part of that of s, nil none.
func (s *structured) part(fixed map[int32]float64, turns int64, whole bool, proof *part) float64 {
	if s.r.mt.spent() {
		return s.bound
	}
	q := s.with(fixed)
	pre, ok := presolve(q)
	switch {
	case !ok:
		return math.Inf(1)
	case pre.n == 0:
		s.offer(pre.restore(nil))
		return pre.offset
	}
	t := s.r.structure(pre)
	if t == nil {
		bound, _ := s.plainly(q, nil, s.r.par.Gap, mostNodes, math.MaxInt64, s.rec, proof)
		return bound
	}
	t.up, t.turns, t.whole = s, turns, whole
	if proof != nil {
		t.rec, t.proof = s.rec.within(pre), proof
	}
	if s.x != nil && within(s.x, q.lower, q.upper) {
		t.offer(pre.reduce(s.x))
	}
	t.value = s.value
	y := make([]float64, t.p.m)
	for k, i := range pre.rowKeep {
		y[k] = s.y[i]
	}
	t.search(y)
	s.nodes += t.nodes
	return t.bound
}

// with is the problem with some columns fixed.
func (s *structured) with(fixed map[int32]float64) *problem {
	q := *s.p
	q.lower, q.upper = append([]float64(nil), s.p.lower...), append([]float64(nil), s.p.upper...)
	for j, v := range fixed {
		q.lower[j], q.upper[j] = v, v
	}
	return &q
}

// within says whether a point keeps bounds on columns.
func within(x, lower, upper []float64) bool {
	for j, v := range x {
		if v < lower[j]-intTol || v > upper[j]+intTol {
			return false
		}
	}
	return true
}
