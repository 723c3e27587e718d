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

// doubtful says whether a relaxation in floating point leaves it open what its node is worth: no candidate is left to branch on, or its multipliers
// give less than it says is the least.
func (g *grower) doubtful(l *Leaf, found solver.Relaxed, candidates []candidate) bool {
	if len(candidates) == 0 || !l.known() || found.Status != solver.Optimal {
		return true
	}
	return found.Objective-nearest(&l.Bound.Rat) > mip.FeasTol*math.Max(1, math.Abs(nearest(g.value)))
}

// sure solves the relaxation at p in fractions, from a solution in floating point or nil. The leaf is nil where it is too large, met a limit or has no least value; there
// are no candidates where its solution has integers only, and then the leaf's bound is the least value of the node.
func (g *grower) sure(r *reduced, p place, x []float64) (leaf *Leaf, candidates []candidate) {
	if r.program == nil {
		return nil, nil
	}
	ctx := g.ctx
	if !g.deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, g.deadline)
		defer cancel()
	}
	r.take(p)
	found := r.program.Solve(ctx, r.lower, r.upper, x)
	if found.Status == solver.NoSolution {
		g.late()
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
			candidates = append(candidates, candidate{j, nearest(v)})
		}
	}
	return leaf, candidates
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

// vertex is the best point of a model of one level that has the integers of x, each number the float nearest to it; nil where there is none, or the model
// is too large.
func vertex(m *mip.Model, x []float64) []float64 {
	if len(m.Levels) != 1 || !exact.Fits(len(m.Rows), len(m.Columns)) {
		return nil
	}
	lower, upper := make([]float64, len(x)), make([]float64, len(x))
	for j, c := range m.Columns {
		if lower[j], upper[j] = c.Lower, c.Upper; c.Integer {
			lower[j], upper[j] = x[j], x[j]
		}
	}
	found := exact.New(m).Solve(context.Background(), lower, upper, x)
	if found.X == nil {
		return nil
	}
	out := make([]float64, len(x))
	for j, v := range found.X {
		out[j] = nearest(v) + 0
	}
	return out
}
