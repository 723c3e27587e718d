package native

import "math"

// breakpoint is a candidate of the ratio test: the dual step d/a takes its reduced cost to zero. Passing it lets the
// slope of the dual objective fall by drop, infinite where the column has no other bound.
type breakpoint struct {
	a, d, drop float64
	col        int32
}

// group is a run of breakpoints whose ratios Harris's tolerance does not tell apart.
type group struct {
	begin int
	best  int32   // the column with the largest pivot
	size  float64 // its size
}

// ratioTest chooses the column that enters, and the boxed columns that flip because their breakpoints are passed.
// sign is +1 where the leaving column lies below its lower bound by delta, -1 where above its upper. The answer is
// -1 where no column can stop the dual step: then no choice of the columns reaches the bound.
func (s *simplex) ratioTest(sign, delta float64) (int32, []breakpoint) {
	all := s.breakpoints(sign)
	total := 0.0
	for k := range all {
		total += all[k].drop
	}
	if len(all) == 0 || total < delta-primalTol {
		return -1, nil
	}
	all = narrowDown(all, delta)
	s.groups = s.groups[:0]
	rest, slope := all, delta
	for len(rest) > 0 && slope >= 0 {
		limit := harris(rest)
		g := group{begin: len(all) - len(rest), best: -1}
		k := 0
		for e := range rest {
			b := rest[e]
			if b.d > limit*b.a*roundedUp {
				continue
			}
			rest[e], rest[k] = rest[k], b
			k++
			slope -= b.drop
			if b.a > g.size || b.a == g.size && b.col < g.best {
				g.best, g.size = b.col, b.a
			}
		}
		s.groups = append(s.groups, g)
		rest = rest[k:]
	}
	return s.pickGroup(all)
}

// roundedUp makes sure that the column which sets Harris's limit passes it in spite of rounding.
const roundedUp = 1 + 1e-12

// harris is the longest dual step that keeps all breakpoints within the dual tolerance.
func harris(list []breakpoint) float64 {
	limit := math.Inf(1)
	for k := range list {
		if b := &list[k]; b.d+dualTol < limit*b.a {
			limit = (b.d + dualTol) / b.a
		}
	}
	return limit
}

// narrowDown keeps the breakpoints up to ten times the least ratio, or a hundred, and so on, such that the slope
// changes sign among them.
func narrowDown(all []breakpoint, delta float64) []breakpoint {
	if len(all) < 32 {
		return all
	}
	for limit := 10 * harris(all); ; limit *= 10 {
		slope, k := delta, 0
		for e := range all {
			if b := all[e]; b.d <= limit*b.a {
				slope -= b.drop
				all[e], all[k] = all[k], b
				k++
			}
		}
		if slope < 0 || k == len(all) || math.IsInf(limit, 1) {
			return all[:k]
		}
	}
}

// breakpoints lists the columns whose reduced cost moves towards zero.
func (s *simplex) breakpoints(sign float64) []breakpoint {
	list := s.breaks[:0]
	for _, j := range s.touched {
		a := -sign * s.alpha[j]
		d := s.d[j]
		switch s.state[j] {
		case atLower:
			if a <= pivotTol {
				continue
			}
		case atUpper:
			if a >= -pivotTol {
				continue
			}
			a, d = -a, -d
		case atZero:
			if a = math.Abs(a); a <= pivotTol {
				continue
			}
			d = 0
		default:
			continue
		}
		list = append(list, breakpoint{a, max(d, 0), a * (s.upper[j] - s.lower[j]), j})
	}
	s.breaks = list
	return list
}

// pickGroup takes the last group with a pivot that is large enough; the groups before it flip.
func (s *simplex) pickGroup(all []breakpoint) (int32, []breakpoint) {
	largest := 0.0
	for _, g := range s.groups {
		largest = max(largest, g.size)
	}
	enough := min(goodPivot, 0.1*largest)
	for k := len(s.groups) - 1; k >= 0; k-- {
		if g := s.groups[k]; g.size >= enough {
			return g.best, all[:g.begin]
		}
	}
	return -1, nil
}
