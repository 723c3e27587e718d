package native

import (
	"math"
	"sort"
)

// Limits of the cutting loop at a root.
const (
	cutRounds   = 15
	cutsARound  = 60
	cutStall    = 3    // rounds without progress after which the loop ends
	cutProgress = 0.01 // share of the distance to the incumbent that counts as progress
	tableauRows = 60   // fractional columns whose tableau rows are rounded in one round
	parallel    = 0.7  // largest cosine between cuts of one round
)

// cutRoot strengthens the root relaxation by rounds of cuts, which become rows of the problem. The relaxation has
// been solved; it is solved again at the end. False means that the root is empty or past the cutoff.
func (s *search) cutRoot(nd *node) bool {
	if s.depth > 1 || len(s.p.rows.index) > cutModel {
		return true
	}
	own, stall := s.p.m, 0
	for range cutRounds {
		if s.mt.spent() || len(s.fractional(s.lo, s.hi)) == 0 || stall >= cutStall {
			break
		}
		list := s.provable(s.separate())
		if len(list) == 0 {
			break
		}
		s.addCuts(list, own)
		st := s.relax(s.lo, s.hi)
		if st == lpInfeasible {
			s.rec.exclude(nd.part, s.lp.ray)
			return false
		}
		bound := s.roundUp(s.lpBound(s.lo, s.hi))
		if st == lpCutoff || bound >= s.cutoff() {
			s.prune(bound)
			s.rec.weigh(nd.part, s.y, bound)
			return false
		}
		if st != lpOptimal {
			break
		}
		stall++
		if bound > nd.bound+cutProgress*math.Min(math.Abs(nd.bound)*cutProgress+1, math.Abs(s.value-nd.bound)) {
			stall = 0
		}
		if bound > nd.bound {
			nd.bound = bound
			s.rec.weigh(nd.part, s.y, bound)
		}
		s.x = s.lp.point(s.x)
	}
	s.addCuts(nil, own)
	return true
}

// cutModel: models with more nonzeros have too costly relaxations for rounds of cuts.
const cutModel = 400_000

// separate looks for cuts in knapsack rows, single rows and tableau rows, and chooses among them.
func (s *search) separate() []*cut {
	m := newMixer(s.p, s.lo, s.hi, s.x)
	var list []*cut
	add := func(c *cut) {
		if c != nil {
			list = append(list, c)
		}
	}
	for i := range s.p.m {
		if s.p.rows.start[i+1]-s.p.rows.start[i] > cutLength {
			continue
		}
		add(m.cover(i, 1))
		add(m.cover(i, -1))
		m.single(i, add)
	}
	for _, p := range s.tableau() {
		s.lp.unitRow(p)
		for _, sign := range []float64{1, -1} {
			beta, ok := m.aggregate(func(yield func(int, float64) bool) {
				for i, v := range s.lp.rho {
					if math.Abs(v) > cutNoise && !yield(i, sign*v*s.lp.scale.row[i]) {
						return
					}
				}
			})
			if ok {
				add(m.round(beta))
			}
		}
	}
	return choose(list)
}

// single rounds row i, divided by the coefficients of its fractional integer columns.
func (m *mixer) single(i int, add func(*cut)) {
	idx, val := m.p.rows.vec(i)
	tried := map[float64]bool{}
	for e, j := range idx {
		v := math.Abs(val[e])
		if !m.p.integer[j] || math.Abs(m.x[j]-math.Round(m.x[j])) < intTol || tried[v] || len(tried) >= 4 {
			continue
		}
		tried[v] = true
		for _, w := range []float64{1 / v, -1 / v} {
			if beta, ok := m.aggregate(func(yield func(int, float64) bool) { yield(i, w) }); ok {
				add(m.round(beta))
			}
		}
	}
}

// tableau lists the rows whose basic column is a fractional integer, the most fractional first.
func (s *search) tableau() []int {
	var list []int
	dist := func(p int) float64 {
		x := s.x[s.lp.head[p]]
		return math.Abs(x - math.Round(x))
	}
	for p, j := range s.lp.head {
		if int(j) < s.p.n && s.p.integer[j] && dist(p) > cutFraction {
			list = append(list, p)
		}
	}
	sort.SliceStable(list, func(a, b int) bool { return dist(list[a]) > dist(list[b]) })
	return list[:min(len(list), tableauRows)]
}

// choose takes the cuts of greatest efficacy that are not nearly parallel to one taken.
func choose(list []*cut) []*cut {
	sort.SliceStable(list, func(a, b int) bool { return list[a].efficacy > list[b].efficacy })
	var taken []*cut
	for _, c := range list {
		ok := true
		for _, t := range taken {
			ok = ok && cosine(c, t) < parallel
		}
		if ok {
			taken = append(taken, c)
		}
		if len(taken) == cutsARound {
			break
		}
	}
	return taken
}

func cosine(a, b *cut) float64 {
	sum, k := 0.0, 0
	for e, j := range a.index {
		for k < len(b.index) && b.index[k] < j {
			k++
		}
		if k < len(b.index) && b.index[k] == j {
			sum += a.value[e] * b.value[k]
		}
	}
	return sum / (a.norm * b.norm)
}

// addCuts appends the cuts to the problem and drops earlier ones, rows from own on, that do not bind. The basis is
// kept.
func (s *search) addCuts(list []*cut, own int) {
	old := s.lp
	q := *s.p
	q.rows = matrix{start: []int{0}}
	q.rowLo, q.rowUp = nil, nil
	b := &basis{}
	number := make([]int32, s.p.m)
	for i := range s.p.m {
		number[i] = -1
		if i >= own && old.state[s.p.n+i] == basic {
			continue
		}
		number[i] = int32(len(q.rowLo))
		idx, val := s.p.rows.vec(i)
		q.rows.index, q.rows.value = append(q.rows.index, idx...), append(q.rows.value, val...)
		q.rows.push()
		q.rowLo, q.rowUp = append(q.rowLo, s.p.rowLo[i]), append(q.rowUp, s.p.rowUp[i])
	}
	for _, c := range list {
		q.rows.index, q.rows.value = append(q.rows.index, c.index...), append(q.rows.value, c.value...)
		q.rows.push()
		q.rowLo, q.rowUp = append(q.rowLo, math.Inf(-1)), append(q.rowUp, c.side)
	}
	q.m = len(q.rowLo)
	q.cols = q.rows.transpose(q.n)
	for j, st := range old.state {
		k := int32(j)
		if j >= q.n {
			if number[j-q.n] < 0 {
				continue
			}
			k = int32(q.n) + number[j-q.n]
		}
		switch st {
		case basic:
			b.head = append(b.head, k)
		case atUpper:
			b.upper = append(b.upper, k)
		}
	}
	for k := len(list); k > 0; k-- {
		b.head = append(b.head, int32(q.n+q.m-k))
	}
	s.rec = s.rec.withCuts(own, number, list)
	s.p = &q
	s.g = newPropagator(s.p)
	s.lp = newSimplex(s.p, s.mt, s.opt.seed)
	s.lp.pivots = old.pivots
	s.lp.loadBasis(b)
}
