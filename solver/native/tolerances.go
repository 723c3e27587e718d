package native

// Tolerances, and why they have their values. Costs and rows are scaled by powers of two to magnitudes near one
// before the simplex method sees them.
const (
	// primalTol is how far a basic column may lie outside its bounds. Tighter than mip.FeasTol, so that what the
	// simplex method accepts is accepted outside after unscaling.
	primalTol = 1e-8
	// dualTol is how wrong a reduced cost may be; the safe bound pays for what remains.
	dualTol = 1e-7
	// pivotTol is the least pivot in the row of a ratio test: smaller ones are mostly rounding noise.
	pivotTol = 1e-9
	// goodPivot is the pivot size beyond which the ratio test does not look for a better one.
	goodPivot = 1e-2
	// zeroTol: entries of solved vectors below it are taken as zero, to keep the vectors sparse.
	zeroTol = 1e-14
	// cancelTol: entries that shrink below it in the elimination are taken as cancelled.
	cancelTol = 1e-14
	// singularTol is the least pivot of a factorization.
	singularTol = 1e-9
	// markowitzThreshold is the customary share of the largest entry of its column that a pivot must have.
	markowitzThreshold = 0.1
	// markowitzTries is how many rows and columns are looked at for a pivot, after Zlatev.
	markowitzTries = 4
	// maxUpdates is the number of Forrest-Tomlin updates after which a new factorization is cheaper and safer.
	maxUpdates = 100
	// updateTol is the relative disagreement between both ways to compute an updated diagonal.
	updateTol = 1e-6
	// agreeTol is the relative disagreement of the pivot element from its row and from its column.
	agreeTol = 1e-7
	// intTol is how far an integer column may lie from an integer in a solution of the relaxation.
	intTol = 1e-6
	// rowTol is how far a point handed out may break a row with continuous columns, relative to its terms.
	rowTol = 1e-7
	// exactTol is the same for rows of integers only, whose sums are exact up to rounding.
	exactTol = 1e-9
	// tinyGap is the relative gap that floating-point bounds cannot close: below it a solution counts as optimal.
	tinyGap = 1e-9
	// optimalGap is the largest relative gap that a finished search may report as optimal.
	optimalGap = 1e-6
	// propTol is the slack left to bounds of continuous columns that propagation finds.
	propTol = 1e-6
	// hugeBound: propagation derives no bounds beyond it, as their cancellation errors would be too large.
	hugeBound = 1e9
	// weightFloor keeps steepest-edge weights positive (Forrest and Goldfarb).
	weightFloor = 1e-4
)
