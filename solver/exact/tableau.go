package exact

import (
	"context"
	"math"
	"math/big"

	"cadre/solver"
)

// tableau states some variables, the basic ones, by the others: basic = sum of entries times nonbasic. Variables are the columns, then the
// rows' activities. At first the activities are basic. Each nonbasic variable stands at one of its bounds, at 0 where it is free.
type tableau struct {
	ctx       context.Context
	columns   int
	spans     []span     // by variable
	value     []*big.Rat // by variable
	basis     []int      // by line: its basic variable
	others    []int      // by place in a line: its nonbasic variable
	lines     [][]*big.Rat
	objective []*big.Rat // the objective by the nonbasic variables
	left      *int       // of the work, see mostWork
}

func (p *Program) tableau(ctx context.Context, lower, upper, x []float64, left *int) *tableau {
	n := len(p.costs)
	t := &tableau{ctx: ctx, left: left, columns: n, objective: append([]*big.Rat(nil), p.costs...)}
	for j := range n {
		s := spanOf(lower[j], upper[j])
		t.spans, t.others = append(t.spans, s), append(t.others, j)
		t.value = append(t.value, s.nearest(x, j))
	}
	for i, coefs := range p.rows {
		t.basis, t.spans = append(t.basis, n+i), append(t.spans, p.sides[i])
		t.lines = append(t.lines, append([]*big.Rat(nil), coefs...))
		t.value = append(t.value, new(big.Rat))
	}
	t.evaluate()
	return t
}

// nearest is the bound nearest to a value of x, which may be nil.
func (s span) nearest(x []float64, j int) *big.Rat {
	switch {
	case s.lower == nil && s.upper == nil:
		return new(big.Rat)
	case s.lower == nil:
		return s.upper
	case s.upper == nil || x == nil:
		return s.lower
	}
	lower, _ := s.lower.Float64()
	upper, _ := s.upper.Float64()
	if math.Abs(x[j]-upper) < math.Abs(x[j]-lower) {
		return s.upper
	}
	return s.lower
}

// evaluate computes the basic variables' values.
func (t *tableau) evaluate() {
	product := new(big.Rat)
	for i, line := range t.lines {
		if t.spent() {
			return
		}
		sum := new(big.Rat)
		for k, v := range line {
			if v != nil {
				t.count(v, sum)
				sum.Add(sum, product.Mul(v, t.value[t.others[k]]))
			}
		}
		t.value[t.basis[i]] = sum
	}
}

// within is how near to a bound a value in floating point counts as at it.
const within = 1e-7

// crash makes the columns basic that are strictly between their bounds in x, in lines whose activity is at a side there, as far as there are any.
func (t *tableau) crash(x []float64) {
	activity := make([]float64, len(t.lines))
	for i, line := range t.lines {
		for k, v := range line {
			if v != nil {
				f, _ := v.Float64()
				activity[i] += f * x[t.others[k]]
			}
		}
	}
	loose := make([]float64, len(t.lines))
	for i := range t.lines {
		loose[i] = t.spans[t.basis[i]].distance(activity[i])
	}
	for k := range t.columns {
		if t.spent() {
			return
		}
		if j := t.others[k]; t.spans[j].distance(x[j]) <= within {
			continue
		}
		at := -1
		for i, line := range t.lines {
			if line[k] != nil && t.basis[i] >= t.columns && (at < 0 || loose[i] < loose[at]) {
				at = i
			}
		}
		if at >= 0 {
			b := t.basis[at]
			t.value[b] = t.spans[b].nearest(activity, b-t.columns)
			t.pivot(at, k)
		}
	}
	t.evaluate()
}

// distance is how far v is from the nearer bound, relative to it.
func (s span) distance(v float64) float64 {
	d := math.Inf(1)
	for _, b := range []*big.Rat{s.lower, s.upper} {
		if b != nil {
			f, _ := b.Float64()
			d = math.Min(d, math.Abs(v-f)/math.Max(1, math.Abs(f)))
		}
	}
	return d
}

// side says where a value lies: -1 below the bounds, 1 above them, 0 within.
func (t *tableau) side(v int) int {
	s := t.spans[v]
	switch {
	case s.lower != nil && t.value[v].Cmp(s.lower) < 0:
		return -1
	case s.upper != nil && t.value[v].Cmp(s.upper) > 0:
		return 1
	}
	return 0
}

// repair takes the basic variables within their bounds: Optimal where all are, Infeasible where that cannot be.
func (t *tableau) repair() solver.Status {
	for {
		if t.spent() {
			return solver.NoSolution
		}
		costs, broken := t.infeasibility()
		if !broken {
			return solver.Optimal
		}
		k, up := t.entering(costs)
		if k < 0 {
			return solver.Infeasible
		}
		t.move(k, up) // blocks: the sum of infeasibilities is not negative
	}
}

// improve takes the objective to its least.
func (t *tableau) improve() solver.Status {
	for {
		if t.spent() {
			return solver.NoSolution
		}
		k, up := t.entering(t.objective)
		switch {
		case k < 0:
			return solver.Optimal
		case !t.move(k, up):
			return solver.Unbounded
		}
	}
}

// infeasibility is the sum of what the basic variables lie outside their bounds, by the nonbasic ones; false where there is nothing.
func (t *tableau) infeasibility() (costs []*big.Rat, broken bool) {
	costs = make([]*big.Rat, len(t.others))
	for i, line := range t.lines {
		side := t.side(t.basis[i])
		if side == 0 {
			continue
		}
		broken = true
		for k, v := range line {
			if v == nil {
				continue
			}
			if side > 0 {
				add(costs, k, new(big.Rat).Set(v))
			} else {
				add(costs, k, new(big.Rat).Neg(v))
			}
		}
	}
	return costs, broken
}

// entering is the place of the first nonbasic variable that lowers the costs, and whether by rising; -1 where there is none.
func (t *tableau) entering(costs []*big.Rat) (k int, up bool) {
	best, rises := -1, false
	for k, c := range costs {
		v := t.others[k]
		if c == nil || best >= 0 && t.others[best] < v {
			continue
		}
		s := t.spans[v]
		up := c.Sign() < 0
		if up && (s.upper == nil || t.value[v].Cmp(s.upper) < 0) || !up && (s.lower == nil || t.value[v].Cmp(s.lower) > 0) {
			best, rises = k, up
		}
	}
	return best, rises
}

// move changes the nonbasic variable at a place until it or a basic one comes to a bound; false where none does.
func (t *tableau) move(k int, up bool) bool {
	enters := t.others[k]
	at, far, to := -1, t.spans[enters].reach(t.value[enters], up), (*big.Rat)(nil)
	for i, line := range t.lines {
		if line[k] == nil {
			continue
		}
		stop := t.stop(t.basis[i], (line[k].Sign() > 0) == up)
		if stop == nil {
			continue
		}
		d := new(big.Rat).Sub(stop, t.value[t.basis[i]])
		d.Abs(d.Quo(d, line[k]))
		if far != nil {
			if c := d.Cmp(far); c > 0 || c == 0 && (at < 0 || t.basis[at] < t.basis[i]) {
				continue
			}
		}
		at, far, to = i, d, stop
	}
	if far == nil {
		return false
	}
	if !up {
		far = new(big.Rat).Neg(far)
	}
	t.value[enters] = new(big.Rat).Add(t.value[enters], far)
	for i, line := range t.lines {
		if line[k] != nil {
			d := t.times(line[k], far)
			t.value[t.basis[i]] = d.Add(d, t.value[t.basis[i]])
		}
	}
	if at >= 0 {
		t.value[t.basis[at]] = to
		t.pivot(at, k)
	}
	return true
}

// reach is how far v is from the bound on its way, nil where there is none.
func (s span) reach(v *big.Rat, up bool) *big.Rat {
	bound := s.lower
	if up {
		bound = s.upper
	}
	if bound == nil {
		return nil
	}
	d := new(big.Rat).Sub(bound, v)
	return d.Abs(d)
}

// stop is the first bound of a basic variable on its way, nil where there is none. One outside its bounds stops at the nearer one, if that is its way.
func (t *tableau) stop(v int, up bool) *big.Rat {
	s, side := t.spans[v], t.side(v)
	switch {
	case side < 0 && up, side == 0 && !up:
		return s.lower
	case side > 0 && !up, side == 0 && up:
		return s.upper
	}
	return nil
}

// pivot exchanges the basic variable of line i with the nonbasic one at place k, whose entry is not 0. Values stay as they are. Where a limit is met
// it ends half done.
func (t *tableau) pivot(i, k int) {
	line := t.lines[i]
	by := new(big.Rat).Inv(line[k])
	for e, v := range line {
		if v != nil && e != k {
			line[e] = t.times(v, by)
			line[e].Neg(line[e])
		}
	}
	line[k] = by
	for h := range t.lines {
		if t.spent() {
			return
		}
		if h != i {
			t.substitute(t.lines[h], line, k)
		}
	}
	t.substitute(t.objective, line, k)
	t.basis[i], t.others[k] = t.others[k], t.basis[i]
}

// substitute replaces the variable at place k by what the line says of it.
func (t *tableau) substitute(in, line []*big.Rat, k int) {
	at := in[k]
	if at == nil {
		return
	}
	in[k] = nil
	for e, v := range line {
		if v != nil {
			add(in, e, t.times(at, v))
		}
	}
}

// times is the product, counted.
func (t *tableau) times(a, b *big.Rat) *big.Rat {
	t.count(a, b)
	return new(big.Rat).Mul(a, b)
}

// count takes what work with two fractions is off what is left.
func (t *tableau) count(a, b *big.Rat) { *t.left -= 1 + words(a) + words(b) }

func words(v *big.Rat) int { return len(v.Num().Bits()) + len(v.Denom().Bits()) }

// spent says whether a limit is met.
func (t *tableau) spent() bool { return *t.left <= 0 || t.ctx.Err() != nil }

func (t *tableau) point() []*big.Rat { return t.value[:t.columns] }

// multipliers are those of the rows: the objective is the sum of the nonbasic variables times these, and an activity's is its row's.
func (t *tableau) multipliers() []*big.Rat { return t.ofRows(t.objective) }

// ray are the multipliers of rows that show that the infeasibility cannot be less: it is the sum of basic variables outside their
// bounds, less that of the nonbasic ones by which it is stated, and that sum is always 0.
func (t *tableau) ray() []*big.Rat {
	costs, _ := t.infeasibility()
	y := t.ofRows(costs)
	for _, v := range t.basis {
		if side := t.side(v); side != 0 && v >= t.columns {
			y[v-t.columns] = big.NewRat(-int64(side), 1)
		}
	}
	return y
}

// ofRows are the entries at the rows' activities, nil for those that are basic.
func (t *tableau) ofRows(costs []*big.Rat) []*big.Rat {
	y := make([]*big.Rat, len(t.lines))
	for k, v := range t.others {
		if v >= t.columns {
			y[v-t.columns] = costs[k]
		}
	}
	return y
}
