package native

import (
	"math"
	"sort"
)

// roundCheaply tries to round the relaxation at the first nodes and then at every tenth.
func (s *search) roundCheaply(lo, hi []float64) bool {
	if s.nodes > 5 && s.nodes%10 != 0 {
		return false
	}
	return s.roundTo(s.x, lo, hi)
}

// roundTo looks for a feasible point near x: integer columns are fixed one after the other, the most decided and
// then the largest first, and every fixing is propagated ("shift and propagate", Berthold and Hendel, Journal of
// Heuristics 21, 2015, without the shifts); continuous columns follow by the relaxation. It leaves the basis of the
// relaxation as it was.
func (s *search) roundTo(x, lo, hi []float64) bool {
	lower, upper := append([]float64(nil), lo...), append([]float64(nil), hi...)
	if !s.fixAll(x, lower, upper) {
		return false
	}
	y := append([]float64(nil), lower...)
	if s.p.feasible(y) {
		return s.offer(y)
	}
	return s.complete(lower, upper)
}

// complete solves the continuous columns with the integers fixed.
func (s *search) complete(lower, upper []float64) bool {
	keep := s.lp.snapshot()
	s.lp.setBounds(lower, upper)
	s.lp.cutoff = s.cutoff()
	ok := false
	if s.lp.solve(0) == lpOptimal {
		y := s.lp.point(nil)
		for j := range y {
			if s.p.integer[j] {
				y[j] = lower[j]
			}
		}
		ok = s.offer(y)
	}
	s.lp.restore(keep)
	return ok
}

// fixAll fixes every integer column of the domain; false where propagation finds the domain empty on both sides.
func (s *search) fixAll(x, lower, upper []float64) bool {
	s.g.use(lower, upper)
	for range 2 { // a value taken out of the middle of a domain is met in the second pass
		for _, j := range s.fixingOrder(x, lower, upper) {
			v := math.Max(lower[j], math.Min(upper[j], math.Round(x[j])))
			if lower[j] < upper[j] && (math.IsInf(v, 0) || !s.fixOrExclude(j, v)) {
				return false
			}
		}
	}
	return true
}

// fixOrExclude fixes a column at v or, where that fails, takes v off its domain; false where that fails too.
func (s *search) fixOrExclude(j int32, v float64) bool {
	g := s.g
	mark := len(g.trail)
	if g.narrow(j, v, v) {
		return true
	}
	g.undo(mark)
	switch {
	case v == g.lo[j] && v < g.hi[j]:
		return g.narrow(j, v+1, g.hi[j])
	case v == g.hi[j] && v > g.lo[j]:
		return g.narrow(j, g.lo[j], v-1)
	}
	return false
}

// fixingOrder lists the free integer columns, those with the largest values first. Among equals the cheap ones come
// first where they go up, and last where they stay down, so that rows are left with their cheapest columns.
func (s *search) fixingOrder(x, lower, upper []float64) []int32 {
	var list []int32
	for j := range s.p.n {
		if s.p.integer[j] && lower[j] < upper[j] {
			list = append(list, int32(j))
		}
	}
	sort.SliceStable(list, func(a, b int) bool {
		p, q := list[a], list[b]
		u, v := x[p]-lower[p], x[q]-lower[q]
		if u != v {
			return u > v
		}
		if u > 0 {
			return s.lp.d[p] < s.lp.d[q]
		}
		return s.lp.d[p] > s.lp.d[q]
	})
	return list
}

// Limits of one dive.
const (
	diveRounds = 60
	diveShare  = 0.15 // share of the fractional columns that is fixed in one round
	diveSure   = 0.85 // columns above it are fixed together
)

// dive follows the relaxation down to an integral point: in every round the columns nearest to an upper value are
// fixed and propagated, and the relaxation is solved again. The basis is left as it was.
func (s *search) dive(lo, hi []float64) {
	keep := s.lp.snapshot()
	lower, upper := append([]float64(nil), lo...), append([]float64(nil), hi...)
	for range diveRounds {
		list := s.fractional(lower, upper)
		if len(list) == 0 {
			s.settle(lower, upper, math.Inf(1))
			break
		}
		if !s.diveRound(list, lower, upper) {
			break
		}
		if st := s.relax(lower, upper); st != lpOptimal {
			break
		}
		s.x = s.lp.point(s.x)
	}
	s.lp.restore(keep)
	s.lp.setBounds(lo, hi)
}

// diveRound fixes the most decided of the fractional columns upwards.
func (s *search) diveRound(list []int32, lower, upper []float64) bool {
	frac := func(j int32) float64 { return s.x[j] - math.Floor(s.x[j]) }
	sort.SliceStable(list, func(a, b int) bool { return frac(list[a]) > frac(list[b]) })
	s.g.use(lower, upper)
	fixed, most := 0, 1+int(diveShare*float64(len(list)))
	for k, j := range list {
		if fixed >= most && frac(j) < diveSure || k > 2*most && fixed > 0 {
			break
		}
		if lower[j] == upper[j] {
			continue
		}
		v := math.Max(lower[j], math.Min(upper[j], math.Ceil(s.x[j])))
		fixed++
		if !s.fixOrExclude(j, v) {
			return false
		}
	}
	return true
}
