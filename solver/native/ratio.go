package native

import "math"

// group is a run of candidates of the ratio test whose ratios Harris's tolerance does not tell apart.
type group struct {
	begin, end int
	best       int32 // the candidate with the largest pivot
	size       float64
}

// ratioTest chooses the column that enters, and the boxed columns that flip because their breakpoints are passed.
// sign is +1 where the leaving column lies below its lower bound by delta, -1 where above its upper. The answer is
// -1 where no column can stop the dual step: then no choice of the columns reaches the bound.
func (s *simplex) ratioTest(sign, delta float64) (int32, []int32) {
	rest := s.candidates(sign)
	s.groups = s.groups[:0]
	all, slope := rest, delta
	for len(rest) > 0 && slope >= 0 {
		begin := len(all) - len(rest)
		limit := math.Inf(1)
		for _, j := range rest {
			limit = math.Min(limit, (math.Abs(s.d[j])+dualTol)/math.Abs(s.alpha[j]))
		}
		g := group{begin: begin, best: -1}
		k := 0
		for e, j := range rest {
			a := math.Abs(s.alpha[j])
			if math.Abs(s.d[j]) > limit*a {
				continue
			}
			rest[e], rest[k] = rest[k], j
			k++
			slope -= a * (s.upper[j] - s.lower[j])
			if a > g.size || a == g.size && j < g.best {
				g.best, g.size = j, a
			}
		}
		g.end = begin + k
		s.groups = append(s.groups, g)
		rest = rest[k:]
	}
	if slope > primalTol || len(all) == 0 {
		return -1, nil
	}
	return s.pickGroup(all)
}

// candidates lists the columns whose reduced cost moves towards zero.
func (s *simplex) candidates(sign float64) []int32 {
	cand := s.cand[:0]
	for _, j := range s.touched {
		a := -sign * s.alpha[j]
		switch s.state[j] {
		case atLower:
			if a <= pivotTol || s.lower[j] == s.upper[j] {
				continue
			}
		case atUpper:
			if a >= -pivotTol || s.lower[j] == s.upper[j] {
				continue
			}
		case atZero:
			if math.Abs(a) <= pivotTol {
				continue
			}
		default:
			continue
		}
		cand = append(cand, j)
	}
	s.cand = cand
	return cand
}

// pickGroup takes the last group with a pivot that is large enough; the groups before it flip.
func (s *simplex) pickGroup(all []int32) (int32, []int32) {
	largest := 0.0
	for _, g := range s.groups {
		largest = math.Max(largest, g.size)
	}
	enough := math.Min(goodPivot, 0.1*largest)
	for k := len(s.groups) - 1; k >= 0; k-- {
		if g := s.groups[k]; g.size >= enough {
			return g.best, all[:g.begin]
		}
	}
	return -1, nil
}
