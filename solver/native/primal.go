package native

import "math"

// primal runs the bounded primal simplex method on the true costs from a primal feasible basis. It only cleans up
// after the dual method, or proves that the problem is unbounded. lpFailed means that feasibility was lost or that it
// stalled.
func (s *simplex) primal(end int64) lpStatus {
	if !s.fresh {
		s.refactor()
	}
	s.wake()
	devex := make([]float64, s.n+s.m)
	for j := range devex {
		devex[j] = 1
	}
	degenerate := 0
	for count := 1; ; count++ {
		if s.pivots >= end {
			return lpPivots
		}
		if count%16 == 0 && s.meter.spent() {
			return lpStopped
		}
		if s.f.stale() || s.trouble > maxTrouble {
			s.refactor()
			if s.trouble > maxTrouble || s.worstPrimal() > 10*primalTol {
				return lpFailed
			}
		}
		q := s.chooseColumn(devex, degenerate > stallPivots)
		if q < 0 {
			if s.fresh {
				return s.finish()
			}
			s.refactor()
			if s.worstPrimal() > 10*primalTol {
				return lpFailed
			}
			continue
		}
		moved, st := s.primalStep(q, devex)
		if st != lpOptimal {
			return st
		}
		if degenerate++; moved {
			degenerate = 0
		}
		if degenerate > stallLimit {
			s.refactor()
			return lpFailed
		}
	}
}

// stallLimit is the number of degenerate pivots in a row after which the dual method goes on instead.
const stallLimit = 400

// finish accepts an optimal basis unless it lies outside its bounds.
func (s *simplex) finish() lpStatus {
	if s.worstPrimal() > 10*primalTol {
		return lpFailed
	}
	return lpOptimal
}

// worstPrimal is the largest distance of a basic column from its bounds.
func (s *simplex) worstPrimal() float64 {
	worst := 0.0
	for _, j := range s.head {
		worst = math.Max(worst, math.Max(s.lower[j]-s.x[j], s.x[j]-s.upper[j]))
	}
	return worst
}

// chooseColumn is the entering column by Devex pricing (Harris, Mathematical Programming 5, 1973), or, in a
// degenerate stall, a random one, which cannot cycle for ever.
func (s *simplex) chooseColumn(devex []float64, random bool) int32 {
	best, at, seen := 0.0, int32(-1), 0
	for j := range s.d {
		v := s.dualInfeasibility(int32(j))
		if v <= dualTol {
			continue
		}
		if random {
			if seen++; s.rng.IntN(seen) == 0 {
				at = int32(j)
			}
			continue
		}
		if v*v > best*devex[j] {
			best, at = v*v/devex[j], int32(j)
		}
	}
	return at
}

// primalStep lets q enter. It says whether the point moved.
func (s *simplex) primalStep(q int32, devex []float64) (bool, lpStatus) {
	dir := 1.0
	if s.d[q] > 0 {
		dir = -1
	}
	s.column(q)
	p, step, side := s.primalRatio(dir)
	if span := s.upper[q] - s.lower[q]; span <= step {
		if math.IsInf(span, 1) {
			return false, s.noRow()
		}
		s.flip([]breakpoint{{col: q}})
		s.fresh = false
		return true, lpOptimal
	}
	s.unitRow(p)
	s.priceRow()
	if pivot := s.col[p]; math.Abs(pivot-s.alpha[q]) > agreeTol*(1+math.Abs(pivot)) {
		s.trouble++
		if !s.fresh {
			s.refactor()
			return true, lpOptimal
		}
	}
	s.primalUpdate(p, q, dir*step, side, devex)
	return step > primalTol, lpOptimal
}

func (s *simplex) noRow() lpStatus {
	if s.fresh {
		return lpUnbounded
	}
	s.trouble++
	s.refactor()
	return lpOptimal
}

// primalRatio is Harris's ratio test: among the rows that block within the tolerance the one with the largest pivot.
func (s *simplex) primalRatio(dir float64) (p int, step float64, side int8) {
	limit := math.Inf(1)
	for i, v := range s.col {
		if room, rate := s.room(i, v, dir); rate > pivotTol {
			limit = math.Min(limit, (room+primalTol)/rate)
		}
	}
	p, step = -1, math.Inf(1)
	size := 0.0
	for i, v := range s.col {
		room, rate := s.room(i, v, dir)
		if rate <= pivotTol || room > limit*rate || rate <= size {
			continue
		}
		p, size, step = i, rate, math.Max(0, room/rate)
		side = atLower
		if dir*v < 0 {
			side = atUpper
		}
	}
	return p, step, side
}

// room is how far the basic column of row i may still move, and how fast it does when the entering column moves.
func (s *simplex) room(i int, v, dir float64) (room, rate float64) {
	if v == 0 {
		return 0, 0
	}
	j := s.head[i]
	if dir*v > 0 {
		return s.x[j] - s.lower[j], math.Abs(v)
	}
	return s.upper[j] - s.x[j], math.Abs(v)
}

// primalUpdate takes the step and keeps reduced costs and Devex weights.
func (s *simplex) primalUpdate(p int, q int32, step float64, side int8, devex []float64) {
	out := s.head[p]
	for i, v := range s.col {
		if v != 0 {
			s.x[s.head[i]] -= step * v
		}
	}
	s.x[q] += step
	ratio := s.d[q] / s.alpha[q]
	s.passLogicals(ratio)
	for _, j := range s.touched {
		s.d[j] -= ratio * s.alpha[j]
		r := s.alpha[j] / s.alpha[q]
		devex[j] = math.Max(devex[j], r*r*devex[q])
	}
	s.d[q], s.d[out] = 0, -ratio
	devex[out] = math.Max(devex[q]/(s.alpha[q]*s.alpha[q]), 1)
	if !s.exchange(p, q, side) {
		s.f.updates = maxUpdates
	}
}
