package certify

import (
	"context"
	"math"
	"math/big"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/exact"
)

// Relaxations in fractions. A simplex code in floating point may leave a small node open that has no point, take for integers what is none by
// a millionth, or hand out multipliers whose rounding costs more than a column's wide bounds allow. docs/adr/0040 says where that matters.

// short says whether a leaf gives less than its relaxation in floating point says is the least.
func (g *grower) short(l *Leaf, found solver.Relaxed) bool {
	if !l.known() || found.Status != solver.Optimal {
		return true
	}
	return found.Objective-nearest(g.rounded(l)) > mip.FeasTol*math.Max(1, math.Abs(nearest(g.value)))
}

// sure solves the relaxation at p in fractions, whose program there has to be. The leaf is nil where that is too much, or there is no least value; there
// are no candidates where the solution has integers only, and then the leaf's bound is the least value of the node.
func (g *grower) sure(r *reduced, p place) (leaf *Leaf, candidates []candidate) {
	ctx := g.ctx
	if !g.deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, g.deadline)
		defer cancel()
	}
	r.take(p)
	found := r.program.Solve(ctx, r.lower, r.upper, r.values)
	if found.Status == solver.NoSolution && !g.late() {
		r.program = nil // the next ones would be no easier
	}
	if found.Y == nil {
		return nil, nil
	}
	leaf = exactly(byRow(found.Y))
	if leaf == nil {
		return nil, nil
	}
	leaf.Ray = found.Status == solver.Infeasible
	g.stage.finish(p, leaf)
	for e, v := range found.X {
		if j := r.columns[e]; g.stage.model.Columns[j].Integer && !v.IsInt() {
			candidates = append(candidates, candidate{j, beside(v)})
		}
	}
	return leaf, candidates
}

// beside is the float nearest to v, which is no integer, but one between the same integers where that is one.
func beside(v *big.Rat) float64 {
	f := nearest(v)
	if f == math.Trunc(f) {
		below := new(big.Int).Div(v.Num(), v.Denom()) // rounds down, since the denominator is positive
		f = nearest(new(big.Rat).SetInt(below)) + 0.5
	}
	return f
}

// byRow are multipliers by row, without those that are 0.
func byRow(y []*big.Rat) map[int]*big.Rat {
	out := map[int]*big.Rat{}
	for i, v := range y {
		if v != nil {
			out[i] = v
		}
	}
	return out
}

// vertex is the best point of m that has the integers of x, each number the float nearest to it; nil where there is none, or m is not for fractions.
func vertex(m *mip.Model, x []float64) []float64 {
	if !exact.Mixed(m) {
		return nil
	}
	found := exact.Vertex(context.Background(), m, x)
	return found.Floats()
}
