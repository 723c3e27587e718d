package native

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Where a column stands relative to the basis.
const (
	basic int8 = iota
	atLower
	atUpper
	atZero // nonbasic and free
)

// lpStatus is how a linear relaxation ended.
type lpStatus int

const (
	lpOptimal    lpStatus = iota
	lpInfeasible          // a verified Farkas ray is in simplex.ray
	lpUnbounded           // a primal feasible point and an improving ray were found
	lpCutoff              // the safe bound passed simplex.cutoff
	lpStopped             // time, work or context
	lpPivots              // the pivot limit of the call
	lpFailed              // numerical trouble that refactorization did not cure
)

// simplex solves min c'x, A x + s = 0 over bounds, s being one logical per row with bounds [-rowUp, -rowLo]. Column
// n+i is the logical of row i. All data here are scaled (see scale.go). It is made for many solves that differ in
// bounds: the basis, its factors and the steepest-edge weights stay from one to the next.
type simplex struct {
	p            *problem
	n, m         int
	a, at        matrix // scaled, by column and by row
	scale        scaling
	cost         []float64 // true costs
	work         []float64 // costs with perturbations and shifts
	lower, upper []float64
	head         []int32 // head[i] is the column that is basic in row i
	state        []int8
	x, d         []float64
	weight       []float64 // dual steepest-edge weights by row
	f            *factor
	fresh        bool // nothing was updated since the last factorization
	shifted      bool // work differs from cost
	cutoff       float64
	ray          []float64 // unscaled multipliers of the last infeasible solve
	pivots       int64
	meter        *meter
	seed         int64
	rng          *rand.Rand

	rho, col, tau, spike, part []float64 // scratch by row
	alpha                      []float64 // pivot row by column, zero outside touched
	touched                    []int32
	open                       []int32 // nonbasic columns that are not fixed, logicals apart; see arrange
	place                      []int32 // by column: where it stands in open, -1 nowhere
	stale                      []bool  // by column: d was not kept up to date while it could not enter
	asleep                     []bool  // by column: too dear to enter for now; see doze
	wide                       bool    // all columns are priced
	prices                     []float64
	breaks                     []breakpoint
	groups                     []group
	trouble                    int
}

func newSimplex(p *problem, mt *meter, seed int64) *simplex {
	s := &simplex{p: p, n: p.n, m: p.m, seed: seed}
	s.scale, s.a = scaleProblem(p)
	s.at = s.a.transpose(s.m)
	s.cost = make([]float64, s.n+s.m)
	for j := range s.n {
		s.cost[j] = p.cost[j] * s.scale.col[j] * s.scale.cost
	}
	s.begin(mt)
	return s
}

// twin is another one for the same problem, at the slack basis. They share what no solve changes.
func (s *simplex) twin() *simplex {
	t := &simplex{p: s.p, n: s.n, m: s.m, seed: s.seed, scale: s.scale, a: s.a, at: s.at, cost: s.cost}
	t.begin(s.meter)
	return t
}

// begin lays out the state of a solve.
func (s *simplex) begin(mt *meter) {
	n, m := s.n, s.m
	s.f, s.cutoff, s.meter, s.wide = newFactor(m), math.Inf(1), mt, true
	s.rng = rand.New(rand.NewPCG(uint64(s.seed), 0x9e3779b97f4a7c15))
	s.work, s.lower, s.upper = slices.Clone(s.cost), make([]float64, n+m), make([]float64, n+m)
	s.head, s.state = make([]int32, m), make([]int8, n+m)
	s.x, s.d, s.weight = make([]float64, n+m), make([]float64, n+m), make([]float64, m)
	s.rho, s.col, s.tau, s.spike, s.part = make([]float64, m), make([]float64, m), make([]float64, m), make([]float64, m), make([]float64, m)
	s.alpha, s.place, s.stale, s.asleep = make([]float64, n+m), make([]int32, n), make([]bool, n), make([]bool, n)
	s.setBounds(s.p.lower, s.p.upper)
	for i := range m {
		s.lower[n+i], s.upper[n+i] = -s.p.rowUp[i]*s.scale.row[i], -s.p.rowLo[i]*s.scale.row[i]
	}
	s.slackBasis()
}

// slackBasis makes every logical basic.
func (s *simplex) slackBasis() {
	for i := range s.m {
		s.head[i] = int32(s.n + i)
		s.weight[i] = 1
		s.state[s.n+i] = basic
	}
	for j := range s.n {
		s.state[j] = atLower
		s.rest(int32(j))
	}
	s.fresh = false
	s.f.updates = maxUpdates
}

// setBounds takes over column bounds (unscaled); nonbasic columns follow their bounds at the next solve.
func (s *simplex) setBounds(lower, upper []float64) {
	for j := range s.n {
		s.lower[j], s.upper[j] = lower[j]/s.scale.col[j], upper[j]/s.scale.col[j]
	}
}

// rest puts a nonbasic column on a bound that exists, keeping the side where possible.
func (s *simplex) rest(j int32) {
	lo, hi := s.lower[j], s.upper[j]
	switch {
	case s.state[j] == atUpper && !math.IsInf(hi, 1):
	case !math.IsInf(lo, -1):
		s.state[j] = atLower
	case !math.IsInf(hi, 1):
		s.state[j] = atUpper
	default:
		s.state[j] = atZero
	}
	switch s.state[j] {
	case atLower:
		s.x[j] = lo
	case atUpper:
		s.x[j] = hi
	default:
		s.x[j] = 0
	}
}

// refactor computes factors, and from them all basic values and reduced costs afresh.
func (s *simplex) refactor() {
	for i, j := range s.head {
		s.alpha[j] = s.weight[i] // weights belong to columns, which are about to change rows
	}
	evicted := s.f.factorize(&s.a, s.n, s.head)
	for i, j := range s.head {
		s.weight[i] = 1
		if s.state[j] == basic {
			s.weight[i] = s.alpha[j]
		}
		s.alpha[j], s.state[j] = 0, basic
	}
	for _, j := range evicted {
		s.alpha[j], s.state[j] = 0, atLower
		s.rest(j)
	}
	for _, j := range s.touched {
		s.alpha[j] = 0
	}
	s.touched = s.touched[:0]
	s.fresh = true
	s.primals()
	s.duals()
	s.doze()
	s.arrange()
}

// doze lets columns sleep whose reduced costs are large: a dual step seldom gets there, and until the next factorization, which prices
// all of them, they cost nothing. What it then finds to be needed flips to its other bound, and the method goes on.
func (s *simplex) doze() {
	clear(s.asleep)
	if s.wide || s.n <= awakePerRow*s.m {
		return
	}
	v := s.prices[:0]
	for j := range s.n {
		if s.state[j] != basic && s.lower[j] < s.upper[j] {
			v = append(v, math.Abs(s.d[j]))
		}
	}
	if s.prices = v; len(v) <= awakePerRow*s.m {
		return
	}
	limit := quantile(v, float64(awakePerRow*s.m)/float64(len(v)))
	for j := range s.n {
		s.asleep[j] = math.Abs(s.d[j]) > limit && s.lower[j] < s.upper[j] && !math.IsInf(s.lower[j], -1) && !math.IsInf(s.upper[j], 1)
	}
}

// wake prices all columns until the end of the solve.
func (s *simplex) wake() {
	s.wide = true
	clear(s.asleep)
	s.arrange()
}

// arrange lists the columns that may enter: nothing else is priced, which in a tree leaves out most of them. Columns that were fixed
// until now get their reduced costs by the multipliers, which the logicals hold.
func (s *simplex) arrange() {
	s.open = s.open[:0]
	for j := range s.n {
		s.place[j] = -1
		switch {
		case s.state[j] == basic:
			s.stale[j] = false
		case s.lower[j] == s.upper[j] || s.asleep[j]:
			s.stale[j] = true
		default:
			if s.stale[j] {
				s.stale[j] = false
				s.d[j] = s.work[j]
				idx, val := s.a.vec(j)
				for e, i := range idx {
					l := s.n + int(i)
					s.d[j] -= (s.work[l] - s.d[l]) * val[e]
				}
			}
			s.enlist(int32(j))
		}
	}
}

func (s *simplex) enlist(j int32) {
	s.place[j] = int32(len(s.open))
	s.open = append(s.open, j)
}

// delist takes a column that becomes basic off the list.
func (s *simplex) delist(j int32) {
	at, last := s.place[j], s.open[len(s.open)-1]
	s.open[at], s.place[last] = last, at
	s.open, s.place[j] = s.open[:len(s.open)-1], -1
}

// primals computes the basic values from the nonbasic ones.
func (s *simplex) primals() {
	v := s.tau
	clear(v)
	for j := range s.n + s.m {
		if s.state[j] == basic {
			continue
		}
		s.rest(int32(j))
		if s.x[j] != 0 {
			s.addColumn(v, int32(j), -s.x[j])
		}
	}
	s.f.ftran(v, nil)
	for i, j := range s.head {
		s.x[j] = v[i]
	}
}

// addColumn adds t times column j of [A I] to v.
func (s *simplex) addColumn(v []float64, j int32, t float64) {
	if int(j) >= s.n {
		v[int(j)-s.n] += t
		return
	}
	idx, val := s.a.vec(int(j))
	for e, i := range idx {
		v[i] += t * val[e]
	}
}

// duals computes the reduced costs of the working costs.
func (s *simplex) duals() {
	y := s.tau
	for i, j := range s.head {
		y[i] = s.work[j]
	}
	s.f.btran(y, nil)
	for j := range s.n {
		if s.state[j] == basic {
			s.d[j] = 0
			continue
		}
		idx, val := s.a.vec(j)
		t := s.work[j]
		for e, i := range idx {
			t -= y[i] * val[e]
		}
		s.d[j] = t
	}
	for i := range s.m {
		j := s.n + i
		s.d[j] = s.work[j] - y[i]
		if s.state[j] == basic {
			s.d[j] = 0
		}
	}
}

// unitRow computes rho = B'^-1 e_p and leaves what update wants in part.
func (s *simplex) unitRow(p int) {
	clear(s.rho)
	s.rho[p] = 1
	s.f.btran(s.rho, s.part)
}

// column computes col = B^-1 a_q and leaves what update wants in spike.
func (s *simplex) column(q int32) {
	clear(s.col)
	s.addColumn(s.col, q, 1)
	s.f.ftran(s.col, s.spike)
}

// priceRow computes alpha = rho'[A I] for the columns that may enter, by the rows with a nonzero rho or, where these are many, by
// the columns.
func (s *simplex) priceRow() {
	for _, j := range s.touched {
		s.alpha[j] = 0
	}
	s.touched = s.touched[:0]
	entries := 0
	for i, r := range s.rho {
		if math.Abs(r) < zeroTol {
			continue
		}
		entries += s.at.start[i+1] - s.at.start[i]
		if j := s.n + i; s.state[j] != basic && s.lower[j] < s.upper[j] {
			s.touched = append(s.touched, int32(j))
			s.alpha[j] = r
		}
	}
	if entries*rowsPrice < len(s.open)*len(s.a.index)/max(1, s.n) {
		s.priceByRows()
	} else {
		s.priceByColumns()
	}
}

// rowsPrice is what an entry met by rows costs against one met by columns, where sums need no memory.
const rowsPrice = 4

func (s *simplex) priceByColumns() {
	for _, j := range s.open {
		sum := 0.0
		idx, val := s.a.vec(int(j))
		for e, i := range idx {
			sum += s.rho[i] * val[e]
		}
		if math.Abs(sum) >= zeroTol {
			s.alpha[j] = sum
			s.touched = append(s.touched, j)
		}
	}
}

func (s *simplex) priceByRows() {
	for i, r := range s.rho {
		if math.Abs(r) < zeroTol {
			continue
		}
		idx, val := s.at.vec(i)
		for e, j := range idx {
			if s.place[j] < 0 {
				continue
			}
			v := s.alpha[j]
			if v == 0 {
				s.touched = append(s.touched, j)
			}
			if v += r * val[e]; v == 0 {
				v = met
			}
			s.alpha[j] = v
		}
	}
}

// awakePerRow is how many columns per row are priced at once.
const awakePerRow = 2

// met stands for a sum that cancelled: its column was met already.
const met = 1e-300

// passLogicals keeps the reduced costs of the fixed logicals, which are not touched, over a dual step.
func (s *simplex) passLogicals(step float64) {
	for i, r := range s.rho {
		if j := s.n + i; r != 0 && s.state[j] != basic && s.lower[j] == s.upper[j] {
			s.d[j] -= step * r
		}
	}
}

// exchange makes q basic in row p; the leaving column goes to the given side. False asks for a factorization.
func (s *simplex) exchange(p int, q int32, side int8) bool {
	out := s.head[p]
	s.state[out] = side
	s.rest(out)
	s.head[p] = q
	s.state[q] = basic
	if int(q) < s.n {
		s.delist(q)
	}
	if int(out) < s.n {
		if s.stale[out] = s.lower[out] == s.upper[out]; !s.stale[out] {
			s.enlist(out)
		}
	}
	s.fresh = false
	s.pivots++
	s.meter.work++
	return s.f.update(int32(p), s.spike, s.part, s.col[p])
}

// multipliers are the row multipliers of the last solve, unscaled: the safe bound of the problem takes them.
func (s *simplex) multipliers(y []float64) []float64 {
	y = y[:0]
	for i := range s.m {
		j := s.n + i
		y = append(y, (s.work[j]-s.d[j])*s.scale.row[i]/s.scale.cost)
	}
	return y
}

// point is the present solution, unscaled.
func (s *simplex) point(x []float64) []float64 {
	x = x[:0]
	for j := range s.n {
		x = append(x, s.x[j]*s.scale.col[j])
	}
	return x
}

// dualObjective is the objective of the present basis with working costs, unscaled, without the offset.
func (s *simplex) dualObjective() float64 {
	sum := 0.0
	for j, t := range s.work {
		sum += t * s.x[j]
	}
	return sum / s.scale.cost
}

// basis is a saved basis: enough to warm-start from it.
type basis struct {
	head  []int32
	upper []int32 // nonbasic columns at their upper bound
}

func (s *simplex) saveBasis() *basis {
	b := &basis{head: append([]int32(nil), s.head...)}
	for j, st := range s.state {
		if st == atUpper {
			b.upper = append(b.upper, int32(j))
		}
	}
	return b
}

// loadBasis takes over a saved basis, of this problem or of one with fewer rows, whose logicals were appended.
func (s *simplex) loadBasis(b *basis) {
	for j := range s.state {
		s.state[j] = atLower
	}
	for _, j := range b.upper {
		s.state[j] = atUpper
	}
	copy(s.head, b.head)
	for i := len(b.head); i < s.m; i++ {
		s.head[i] = int32(s.n + i)
	}
	for i, j := range s.head {
		s.state[j] = basic
		s.weight[i] = 1
	}
	s.fresh = false
	s.f.updates = maxUpdates
}
