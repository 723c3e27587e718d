package solver

import (
	"context"

	"cadre/mip"
)

// Relaxer solves linear relaxations: models without their integrality. solver/certify turns the row multipliers that
// it hands out into bounds, and trusts none of its numbers.
type Relaxer interface {
	// Relax prepares the relaxation of m, which has at most one level, for many solves. It does not change m.
	Relax(m *mip.Model) Relaxation
}

// Relaxation is one prepared relaxation. It is for one goroutine.
type Relaxation interface {
	// Solve minimises within the given column bounds (indexed by mip.Col) instead of the model's. It may begin from
	// where the last call ended. Of the limits of p it keeps Time and Work; the same calls in the same order give the
	// same answers unless a clock ends one.
	Solve(ctx context.Context, lower, upper []float64, p Params) Relaxed
}

// Relaxed is the answer of one relaxation. Row multipliers are indexed by mip.Row: a positive one weighs the row's lower
// side, a negative one its upper side.
type Relaxed struct {
	// Status is Optimal, Infeasible, Unbounded, or NoSolution where a limit or numerical trouble ended the solve.
	Status    Status
	Limit     Limit
	Objective float64   // where Optimal
	Values    []float64 // indexed by mip.Col, where Optimal
	Duals     []float64 // row multipliers; the best at hand where a limit ended the solve, nil where there are none
	Ray       []float64 // where Infeasible: multipliers for which rows and bounds exclude each other (Farkas)
	Work      int64     // pivots spent
}
