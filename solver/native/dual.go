package native

import (
	"math"
	"slices"
)

// solve finds an optimal basis, starting from the present one: a dual simplex method on costs that are shifted
// where they are not dual feasible, then, on the true costs, a primal one. Unboundedness is only reported by the
// latter, from a feasible point, and infeasibility only with a verified ray.
func (s *simplex) solve(maxPivots int64) lpStatus {
	end := s.pivots + maxPivots
	if maxPivots <= 0 {
		end = math.MaxInt64
	}
	s.trouble = 0
	defer func() { s.wide = false }()
	for range maxRounds {
		st := s.dual(end)
		if st != lpOptimal {
			return st
		}
		if !s.unshift() {
			return lpOptimal
		}
		if st = s.primal(end); st != lpFailed {
			return st
		}
		s.trouble = 0
	}
	return lpFailed
}

// maxRounds is how often the primal clean-up may lose feasibility and hand back to the dual method.
const maxRounds = 8

// maxTrouble is how many numerical failures a solve may have before it gives up.
const maxTrouble = 30

// unshift returns to the true costs and says whether the basis is no longer dual feasible.
func (s *simplex) unshift() bool {
	if !s.shifted {
		return false
	}
	copy(s.work, s.cost)
	s.shifted = false
	s.duals()
	for j := range s.d {
		if s.dualInfeasibility(int32(j)) > dualTol {
			return true
		}
	}
	return false
}

// dualInfeasibility is how wrong the sign of a reduced cost is.
func (s *simplex) dualInfeasibility(j int32) float64 {
	if s.lower[j] == s.upper[j] {
		return 0
	}
	switch s.state[j] {
	case atLower:
		return -s.d[j]
	case atUpper:
		return s.d[j]
	case atZero:
		return math.Abs(s.d[j])
	}
	return 0
}

// dual runs the bounded dual simplex method with steepest-edge pricing (Forrest and Goldfarb, Mathematical
// Programming 57, 1992) and the bound-flipping ratio test (Fourer, 1994; Maros, EJOR 149, 2003) until the point is
// primal feasible for the working costs.
func (s *simplex) dual(end int64) lpStatus {
	s.start()
	stall, tries := 0, 0
	for count := 1; ; count++ {
		if st, stop := s.check(count, end); stop {
			return st
		}
		if s.f.stale() || s.trouble > maxTrouble {
			if s.trouble > maxTrouble {
				return lpFailed
			}
			s.refactor()
			s.flipOrShift()
		}
		p := s.chooseRow()
		if p < 0 {
			if s.fresh {
				return lpOptimal
			}
			if tries++; tries > mostTries {
				s.wide = true
			}
			s.refactor()
			s.flipOrShift()
			continue
		}
		step, st := s.dualStep(p)
		if st != lpOptimal {
			return st
		}
		if stall++; step > dualTol {
			stall = 0
		}
		if stall > stallPivots {
			s.perturb()
			stall = 0
		}
	}
}

// mostTries is how often columns that were asleep may turn out to be needed at the end before all are priced.
const mostTries = 3

// stallPivots is the number of dual degenerate pivots in a row after which costs are perturbed.
const stallPivots = 20

// start makes the saved basis usable: factors, dual feasibility, basic values.
func (s *simplex) start() {
	if s.shifted {
		copy(s.work, s.cost)
		s.shifted = false
		s.f.updates = maxUpdates
	}
	if s.f.stale() {
		s.refactor()
	} else {
		s.primals()
		s.arrange()
	}
	s.flipOrShift()
}

// flipOrShift makes the basis dual feasible: boxed columns change sides, costs of others are shifted.
func (s *simplex) flipOrShift() {
	flipped := false
	for j := range s.d {
		if s.dualInfeasibility(int32(j)) <= dualTol {
			continue
		}
		switch {
		case s.state[j] == atLower && !math.IsInf(s.upper[j], 1):
			s.state[j], flipped = atUpper, true
		case s.state[j] == atUpper && !math.IsInf(s.lower[j], -1):
			s.state[j], flipped = atLower, true
		default:
			s.shift(int32(j), -s.d[j])
		}
	}
	if flipped {
		s.primals()
	}
}

// shift adds t to the working cost of a nonbasic column.
func (s *simplex) shift(j int32, t float64) {
	s.work[j] += t
	s.d[j] += t
	s.shifted = true
}

// perturb moves the costs of all nonbasic columns by small random amounts to the side that keeps them dual
// feasible: the cure of dual degeneracy, which assignment models have in plenty.
func (s *simplex) perturb() {
	for j := range s.d {
		if s.state[j] == basic || s.state[j] == atZero || s.lower[j] == s.upper[j] {
			continue
		}
		t := perturbation * (1 + math.Abs(s.cost[j])) * (1 + s.rng.Float64())
		if s.state[j] == atUpper {
			t = -t
		}
		s.shift(int32(j), t)
	}
}

// perturbation is the relative size of cost perturbations, as in other dual simplex codes.
const perturbation = 1e-6

// check looks at the limits every few pivots.
func (s *simplex) check(count int, end int64) (lpStatus, bool) {
	if s.pivots >= end {
		return lpPivots, true
	}
	if count%16 != 0 {
		return lpOptimal, false
	}
	if s.meter.spent() {
		return lpStopped, true
	}
	if !math.IsInf(s.cutoff, 1) && s.dualObjective()+s.p.offset >= s.cutoff && s.boundPasses() {
		return lpCutoff, true
	}
	return lpOptimal, false
}

// boundPasses confirms a cutoff by the safe bound within the present bounds.
func (s *simplex) boundPasses() bool {
	lower, upper := s.unscaledBounds()
	s.ray = s.multipliers(s.ray)
	return s.p.safeBound(s.ray, s.p.cost, lower, upper) >= s.cutoff
}

func (s *simplex) unscaledBounds() (lower, upper []float64) {
	lower, upper = make([]float64, s.n), make([]float64, s.n)
	for j := range s.n {
		lower[j], upper[j] = s.lower[j]*s.scale.col[j], s.upper[j]*s.scale.col[j]
	}
	return lower, upper
}

// chooseRow is the row whose basic column is furthest outside its bounds in the steepest-edge norm, -1 none.
func (s *simplex) chooseRow() int {
	best, at := 0.0, -1
	for i, j := range s.head {
		excess := s.lower[j] - s.x[j]
		if up := s.x[j] - s.upper[j]; up > excess {
			excess = up
		}
		if excess > primalTol && excess*excess > best*s.weight[i] {
			best, at = excess*excess/s.weight[i], i
		}
	}
	return at
}

// dualStep makes the basic column of row p leave. It answers with the dual step length; lpOptimal means go on.
func (s *simplex) dualStep(p int) (float64, lpStatus) {
	out := s.head[p]
	s.unitRow(p)
	if s.reweigh(p) {
		return 1, lpOptimal
	}
	s.priceRow()
	side, sign, delta := atLower, 1.0, s.lower[out]-s.x[out]
	if delta < 0 {
		side, sign, delta = atUpper, -1.0, s.x[out]-s.upper[out]
	}
	q, flips := s.ratioTest(sign, delta)
	if q < 0 && slices.Contains(s.asleep, true) {
		s.wake()
		s.flipOrShift()
		return 1, lpOptimal
	}
	if q < 0 {
		return 0, s.noColumn(p, sign)
	}
	s.column(q)
	if pivot := s.col[p]; math.Abs(pivot-s.alpha[q]) > agreeTol*(1+math.Abs(pivot)) {
		s.trouble++
		if !s.fresh || pivot == 0 {
			s.refactor()
			s.flipOrShift()
			return 1, lpOptimal
		}
	}
	s.flip(flips)
	step := s.updateDuals(q, out)
	s.updatePrimals(p, q, side)
	s.updateWeights(p)
	if !s.exchange(p, q, side) {
		s.f.updates = maxUpdates
	}
	return step, lpOptimal
}

// reweigh compares the steepest-edge weight of row p with its true value, now that it is known; where it was far too
// small the row was chosen wrongly and another is looked for.
func (s *simplex) reweigh(p int) bool {
	norm := 0.0
	for _, v := range s.rho {
		norm += v * v
	}
	old := s.weight[p]
	s.weight[p] = norm
	return old < norm/4
}

// noColumn decides what an empty ratio test means.
func (s *simplex) noColumn(p int, sign float64) lpStatus {
	s.ray = s.ray[:0]
	for i, v := range s.rho {
		s.ray = append(s.ray, -sign*v*s.scale.row[i])
	}
	lower, upper := s.unscaledBounds()
	if s.p.safeBound(s.ray, nil, lower, upper) > 0 {
		return lpInfeasible
	}
	s.trouble++
	if !s.fresh {
		s.refactor()
		s.flipOrShift()
		return lpOptimal
	}
	return lpFailed
}

// flip moves the columns to their other bounds and the basic values with them.
func (s *simplex) flip(flips []breakpoint) {
	if len(flips) == 0 {
		return
	}
	v := s.tau
	clear(v)
	for _, b := range flips {
		j := b.col
		from := s.x[j]
		if s.state[j] == atLower {
			s.state[j] = atUpper
		} else {
			s.state[j] = atLower
		}
		s.rest(j)
		s.addColumn(v, j, from-s.x[j])
	}
	s.f.ftran(v, nil)
	for i, j := range s.head {
		s.x[j] += v[i]
	}
}

// updateDuals takes the dual step at which the reduced cost of q vanishes. Costs of columns whose reduced cost would
// get a wrong sign are shifted.
func (s *simplex) updateDuals(q, out int32) float64 {
	sign := 1.0
	if s.state[q] == atUpper {
		sign = -1
	}
	if s.state[q] != atZero && sign*s.d[q] < 0 {
		s.shift(q, -s.d[q])
	}
	step := s.d[q] / s.alpha[q]
	if step != 0 {
		s.passLogicals(step)
		for _, j := range s.touched {
			d := s.d[j] - step*s.alpha[j]
			switch s.state[j] {
			case atLower:
				if d < -dualTol {
					s.work[j], s.shifted, d = s.work[j]-d, true, 0
				}
			case atUpper:
				if d > dualTol {
					s.work[j], s.shifted, d = s.work[j]-d, true, 0
				}
			}
			s.d[j] = d
		}
	}
	s.d[q] = 0
	s.d[out] = -step
	return math.Abs(step)
}

// updatePrimals moves the leaving column of row p to its bound.
func (s *simplex) updatePrimals(p int, q int32, side int8) {
	out := s.head[p]
	target := s.lower[out]
	if side == atUpper {
		target = s.upper[out]
	}
	step := (s.x[out] - target) / s.col[p]
	for i, v := range s.col {
		if v != 0 {
			s.x[s.head[i]] -= step * v
		}
	}
	s.x[q] += step
	s.x[out] = target
}

// updateWeights keeps the steepest-edge weights exact over the pivot in row p.
func (s *simplex) updateWeights(p int) {
	copy(s.tau, s.rho)
	s.f.ftran(s.tau, nil)
	pivot, old := s.col[p], s.weight[p]
	for i, v := range s.col {
		if v == 0 || i == p {
			continue
		}
		r := v / pivot
		s.weight[i] = math.Max(s.weight[i]-2*r*s.tau[i]+r*r*old, weightFloor)
	}
	s.weight[p] = math.Max(old/(pivot*pivot), weightFloor)
}
