package lexico

import (
	"context"
	"math"
	"slices"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Numbers of the opening.
const (
	// openingRatio is how much a typical unit of a level outweighs one of the next level. It need not make the sum
	// lexicographic, since the levels are solved after it.
	openingRatio = 4
	// openingRange is how much one of the first level may outweigh one of the last: 4 keeps nine levels within it, and it keeps
	// their sum within the digits of a simplex code. More levels have a smaller ratio.
	openingRange = 1 << 18
	// fewLevels: where no more are left, those before keep their values in the opening. Where more are left the point found is
	// now and then so much worse that what follows takes ten times as long (50 scenarios of a county: one in twenty).
	fewLevels = 2
	// openingGap ends the opening once proof costs more than it saves.
	openingGap = 1e-5
	// openingName is the level that news of the opening is about.
	openingName = "opening"
)

// weighted is the sum of levels that the opening minimises, and the bound that it proved.
type weighted struct {
	from    int       // the first level of the sum; those before keep the values that they have
	weights []float64 // by level: integers, at least 1, the last one is 1; nil before the opening
	bound   float64
	proof   *solver.Proof // nil where none was handed over; rows counted as for level from
}

// open minimises a weighted sum of the levels from k on, as a rule of all of them. The first levels alone have few costs, mostly zero: relaxations are
// full of ties, and general solvers branch hundreds of times for a point that the costs of the later levels give
// at once. The solution is the first incumbent; levels at which it stands at a bound need no solve. Any outcome
// but infeasibility leaves the answer to the levels. Where the levels before k are settled and few are left, they keep their
// values: there is less to search.
func (r *run) open(ctx context.Context, k int) error {
	r.tried = true
	if k == len(r.levels)-1 || r.exhausted(ctx) != solver.LimitNone || r.allMet() { // the sum of one level is that level
		return nil
	}
	if len(r.levels)-k > fewLevels {
		k = 0
	}
	weights := openingWeights(r.model)
	p := r.share(0)
	p.Gap, p.AbsGap = openingGap, 0
	p.Progress = r.news(openingName)
	if r.warm != nil {
		p.Warm = r.warm.Opening
	}
	if p.Start == nil {
		p.Start = r.broken
	}
	m, kept := r.restricted(k)
	found, err := r.solve(ctx, summed(m, r.model.Levels[k:], weights[k:]), p)
	if err != nil {
		return i18n.E("起步：%s", "opening: %s", err)
	}
	r.note(found)
	r.opened = unproven(found.Warm)
	r.last = r.opened
	r.log(openingName, found.Trace)
	switch found.Status {
	case solver.Infeasible:
		r.prove(k, handed(found))
		r.take(k, found)
		return nil
	case solver.Optimal, solver.Feasible:
		r.offer(k, r.tidied(ctx, found.Values))
		r.sum = weighted{k, weights, found.Bound, widen(handed(found), r.model, k, kept)}
	}
	r.barren = r.values == nil
	return nil
}

func (r *run) allMet() bool {
	for k := range r.levels {
		if !r.met(k) {
			return false
		}
	}
	return true
}

// openingWeights are integers, so that sums of integral levels stay exact.
func openingWeights(m *mip.Model) []float64 {
	n := len(m.Levels)
	weights := make([]float64, n)
	ratio := math.Min(openingRatio, math.Pow(openingRange, 1/float64(max(n-1, 1))))
	outweigh := 1.0 // a typical unit of the last level
	for k := n - 1; k >= 0; k-- {
		if k == n-1 {
			outweigh = typical(&m.Levels[k])
		}
		weights[k] = math.Max(1, math.Round(outweigh/typical(&m.Levels[k])))
		outweigh *= ratio
	}
	return weights
}

// typical is the median magnitude of a level's coefficients, 1 where it has none.
func typical(l *mip.Level) float64 {
	var sizes []float64
	for _, t := range l.Terms {
		if t.Coef != 0 {
			sizes = append(sizes, math.Abs(t.Coef))
		}
	}
	if len(sizes) == 0 {
		return 1
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// summed is m with the weighted sum of levels as the only level.
func summed(m *mip.Model, levels []mip.Level, weights []float64) *mip.Model {
	sum := mip.Level{Name: openingName, Scale: 1}
	coefs := make([]float64, len(m.Columns))
	for k, l := range levels {
		sum.Constant += weights[k] * l.Constant
		for _, t := range l.Terms {
			coefs[t.Col] += weights[k] * t.Coef
		}
	}
	for j, c := range coefs {
		if c != 0 {
			sum.Terms = append(sum.Terms, mip.Term{Col: mip.Col(j), Coef: c})
		}
	}
	out := m.WithLevel(0)
	out.Levels = []mip.Level{sum}
	return out
}

// imply raises level k's bound by what the opening proved: where sum of w f >= B, and f_i <= v_i for i < k, and
// f_i <= u_i by the column bounds for i > k, then f_k >= (B - sum over i < k of w_i v_i - sum over i > k of w_i u_i)
// / w_k, of the levels i that the sum has. It is strong for the last level, and for levels before ones of small range.
func (r *run) imply(k int) {
	if r.sum.weights == nil {
		return
	}
	rest := r.sum.bound
	for i := r.sum.from; i < len(r.model.Levels); i++ {
		switch {
		case i < k:
			rest -= r.sum.weights[i] * r.value(i)
		case i > k:
			rest -= r.sum.weights[i] * mostOf(r.model, &r.model.Levels[i])
		}
	}
	bound := rest / r.sum.weights[k]
	if r.model.Integral(&r.model.Levels[k]) {
		bound = math.Ceil(bound - impliedTol*math.Max(1, math.Abs(bound)))
	}
	if bound > r.levels[k].Bound {
		r.levels[k].Bound = bound
		r.prove(k, ofLevel(&r.sum, r.model, k))
	}
}

// impliedTol is how far above an integer rounding errors of the division and of a fractional level may lift a bound.
const impliedTol = 1e-9

// mostOf is the largest value that the column bounds allow a level.
func mostOf(m *mip.Model, l *mip.Level) float64 {
	negated := mip.Level{Constant: -l.Constant}
	for _, t := range l.Terms {
		negated.Terms = append(negated.Terms, mip.Term{Col: t.Col, Coef: -t.Coef})
	}
	return -m.TrivialBound(&negated)
}
