package solvertest

import (
	"math"

	"cadre/solver"
)

// example is a model with a known answer. Objective counts where status is Optimal.
type example struct {
	name, text string
	status     solver.Status
	objective  float64
}

var none = math.NaN()

// examples were solved by hand; those of integer columns in small boxes are checked against enumeration by the
// tests of this package.
var examples = []example{
	// Nothing, or nearly nothing.
	{"empty model", "", solver.Optimal, 0},
	{"empty objective", "min 0", solver.Optimal, 0},
	{"only a constant", "min 42.5", solver.Optimal, 42.5},
	{"negative constant", "min - 3", solver.Optimal, -3},
	{"columns without rows", "x 1..4; y -2..3; min x - y", solver.Optimal, -2},
	{"integer columns without rows", "x int 1..4; y int -2..3; min x - y", solver.Optimal, -2},
	{"no objective", "x 0..4; x >= 3", solver.Optimal, 0},
	{"no objective, integers", "x int 0..4; y int 0..4; x + y = 5", solver.Optimal, 0},
	{"no objective, infeasible", "x int 0..4; x >= 5", solver.Infeasible, none},
	{"empty row that holds", "x 0..1; 0 <= 3; min - x", solver.Optimal, -1},
	{"empty row that fails", "x 0..1; = 3; min x", solver.Infeasible, none},
	{"empty row that fails, no columns", ">= 1", solver.Infeasible, none},
	{"empty range row", "x 0..1; -1 <= 0 x <= 1; min x", solver.Optimal, 0},
	{"column in no row", "x 0..9; y 0..9; min - x - y; x <= 3", solver.Optimal, -12},
	{"column nowhere", "x int 0..9; y int 0..9; min - x; x <= 3", solver.Optimal, -3},
	{"free row", "x 0..9; min - x; x <= inf", solver.Optimal, -9},
	{"zero objective coefficients", "x int 0..3; min 0 x + 1; x >= 2", solver.Optimal, 1},

	// Linear programs.
	{"two rows", "x 0..inf; y 0..inf; min - 3 x - 5 y; x <= 4; 2 y <= 12; 3 x + 2 y <= 18", solver.Optimal, -36},
	{"diet", "x 0..inf; y 0..inf; min 2 x + 3 y; x + y >= 4; x + 3 y >= 6", solver.Optimal, 9},
	{"equation", "x 0..inf; y 0..inf; min x + 2 y; x + y = 5; x - y = 1", solver.Optimal, 7},
	{"redundant equations", "x 0..inf; y 0..inf; min x + 2 y; x + y = 5; 2 x + 2 y = 10; x - y = 1", solver.Optimal, 7},
	{"duplicate rows", "x 0..9; y 0..9; min - x - y; x + y <= 4; x + y <= 4; x + y <= 4", solver.Optimal, -4},
	{"contradicting equations", "x 0..9; y 0..9; min x; x + y = 5; x + y = 6", solver.Infeasible, none},
	{"degenerate vertex", "x 0..inf; y 0..inf; min - x - y; x + y <= 2; x <= 1; y <= 1; x - y <= 0; y - x <= 0", solver.Optimal, -2},
	{"cycling example of Beale", "a 0..inf; b 0..inf; c 0..inf; d 0..inf; min - 0.75 a + 150 b - 0.02 c + 6 d; 0.25 a - 60 b - 0.04 c + 9 d <= 0; 0.5 a - 90 b - 0.02 c + 3 d <= 0; c <= 1", solver.Optimal, -0.05},
	{"Klee-Minty cube", "x 0..inf; y 0..inf; z 0..inf; min - 100 x - 10 y - z; x <= 1; 20 x + y <= 100; 200 x + 20 y + z <= 10000", solver.Optimal, -10000},
	{"ties", "x 0..1; y 0..1; z 0..1; min - x - y - z; x + y + z <= 2", solver.Optimal, -2},
	{"range row at its lower side", "x 0..9; y 0..9; min x + y; 3 <= x + y <= 5", solver.Optimal, 3},
	{"range row at its upper side", "x 0..9; y 0..9; min - x - y; 3 <= x + y <= 5", solver.Optimal, -5},
	{"negative range row", "x -9..9; y -9..9; min x + y; -7 <= x + y <= -5", solver.Optimal, -7},
	{"range that is an equation", "x 0..9; min x; 4 <= x <= 4", solver.Optimal, 4},
	{"crossed sides", "x 0..9; min x; 5 <= x + 0 <= 4", solver.Infeasible, none},
	{"fractional optimum", "x 0..1; y 0..1; min - x - y; 2 x + y <= 2; x + 2 y <= 2", solver.Optimal, -4.0 / 3},
	{"negative bounds", "x -5..-1; y -4..-2; min - x - y; x + y <= -4", solver.Optimal, 4},
	{"negative lower bound", "x -5..5; min x; x >= -7", solver.Optimal, -5},
	{"objective constant", "x 0..5; min x + 10; x >= 2", solver.Optimal, 12},
	{"constant crosses zero", "x 0..5; min x - 3; x >= 2", solver.Optimal, -1},

	// Free and fixed columns, infinite sides.
	{"free column", "x -inf..inf; min x; x >= -3", solver.Optimal, -3},
	{"free column in an equation", "x -inf..inf; y 0..4; min x + 3 y; x + y = 2", solver.Optimal, 2},
	{"free column takes up the slack", "x -inf..inf; y int 0..4; min y; x - y = 7; x <= 9", solver.Optimal, 0},
	{"absolute value", "x int -5..5; t -inf..inf; min t; t - 2 x >= -7; t + 2 x >= 7", solver.Optimal, 1},
	{"no lower bound", "x -inf..3; min - x", solver.Optimal, -3},
	{"no lower bound, bounded by a row", "x -inf..3; y 0..1; min x; x + y >= -8", solver.Optimal, -9},
	{"free integer", "x int -inf..inf; min x; 2 x >= -7", solver.Optimal, -3},
	{"integer without upper bound", "x int 0..inf; min - x; 2 x <= 7", solver.Optimal, -3},
	{"fixed column", "x 3..3; y 0..9; min y; x + y >= 7", solver.Optimal, 4},
	{"fixed integer", "x int 3..3; y int 0..9; min y; x + y >= 7", solver.Optimal, 4},
	{"everything fixed", "x int 3..3; y int 4..4; min x + y; x + y = 7", solver.Optimal, 7},
	{"everything fixed, infeasible", "x int 3..3; y int 4..4; min x + y; x + y = 8", solver.Infeasible, none},
	{"crossed bounds", "x 4..3; min x", solver.Infeasible, none},
	{"crossed integer bounds", "x int 4..3; y int 0..1; min y; x + y >= 0", solver.Infeasible, none},
	{"fixed at zero", "x 0..0; y 0..5; min - x - y; x + y <= 3", solver.Optimal, -3},

	// Infeasible and unbounded.
	{"infeasible rows", "x 0..inf; y 0..inf; min x; x + y <= 1; x + y >= 2", solver.Infeasible, none},
	{"infeasible by bounds", "x 0..1; y 0..1; min x; x + y >= 3", solver.Infeasible, none},
	{"infeasible for integers only", "x int 0..1; y int 0..1; min x; 2 x + 2 y = 3", solver.Infeasible, none},
	{"infeasible parity", "x int 0..9; y int 0..9; z int 0..9; min x; 2 x + 4 y + 6 z = 7", solver.Infeasible, none},
	{"infeasible between integers", "x int 0..9; min x; 0.25 <= x <= 0.75", solver.Infeasible, none},
	{"no integer inside the bounds", "x int 0.25..0.75; min x", solver.Infeasible, none},
	{"infeasible pigeons", "a int 0..1; b int 0..1; c int 0..1; d int 0..1; e int 0..1; f int 0..1; min a; a + b >= 1; c + d >= 1; e + f >= 1; a + c + e <= 1; b + d + f <= 1", solver.Infeasible, none},
	{"infeasible odd cycle", "x int 0..1; y int 0..1; z int 0..1; min x; x + y = 1; y + z = 1; z + x = 1", solver.Infeasible, none},
	{"unbounded column", "x 0..inf; min - x", solver.Unbounded, none},
	{"unbounded free column", "x -inf..inf; min x", solver.Unbounded, none},
	{"unbounded ray", "x 0..inf; y 0..inf; min - x - y; x - y <= 2; y - x <= 2", solver.Unbounded, none},
	{"unbounded integer", "x int 0..inf; y int 0..1; min - x; x + y >= 2", solver.Unbounded, none},
	{"unbounded ray of integers", "x int 0..inf; y int 0..inf; min - x - y; x - y <= 4", solver.Unbounded, none},
	{"unbounded beside integers", "x int -inf..inf; y int 0..9; z int 0..9; min x + y; 3 y + 5 z = 17", solver.Unbounded, none},
	{"unbounded but infeasible", "x 0..inf; y 0..1; min - x; y >= 2", solver.Infeasible, none},
	{"unbounded relaxation, infeasible integers", "x 0..inf; y int 0..1; min - x; 2 y = 1", solver.Infeasible, none},
	{"bounded though the box is not", "x 0..inf; y 0..inf; min x - y; x - y >= -2; x + y <= 100", solver.Optimal, -2},
	{"unbounded box, zero objective", "x 0..inf; y 0..inf; min 0; x - y = 3", solver.Optimal, 0},

	// Knapsacks and equations of integers.
	{"knapsack", "a int 0..1; b int 0..1; c int 0..1; d int 0..1; min - 10 a - 13 b - 18 c - 31 d; 2 a + 3 b + 4 c + 7 d <= 10", solver.Optimal, -44},
	{"knapsack with ties", "a int 0..1; b int 0..1; c int 0..1; min - 2 a - 2 b - 2 c; 3 a + 3 b + 3 c <= 7", solver.Optimal, -4},
	{"integer knapsack", "a int 0..9; b int 0..9; min - 5 a - 4 b; 6 a + 4 b <= 24; a + 2 b <= 6", solver.Optimal, -20},
	{"equality knapsack", "a int 0..9; b int 0..9; c int 0..9; min a + b + c; 12 a + 7 b + 5 c = 41", solver.Optimal, 4},
	{"equality knapsack without solution", "a int 0..9; b int 0..9; min a; 6 a + 10 b = 13", solver.Infeasible, none},
	{"coins of Frobenius", "a int 0..20; b int 0..20; min a + b; 7 a + 11 b = 59", solver.Infeasible, none},
	{"coins", "a int 0..20; b int 0..20; min a + b; 7 a + 11 b = 60", solver.Optimal, 8},
	{"cover", "a int 0..1; b int 0..1; c int 0..1; min 3 a + 4 b + 5 c; a + b >= 1; b + c >= 1; a + c >= 1", solver.Optimal, 7},
	{"packing", "a int 0..1; b int 0..1; c int 0..1; min - 3 a - 4 b - 5 c; a + b <= 1; b + c <= 1; a + c <= 1", solver.Optimal, -5},
	{"rounding would be wrong", "x int 0..9; y int 0..9; min - 21 x - 11 y; 7 x + 4 y <= 13", solver.Optimal, -33},
	{"integers with fractional bounds", "x int 0.5..3.5; y int -1.5..1.5; min x - y", solver.Optimal, 0},
	{"integer with a negative fractional bound", "x int -2.5..2; min x", solver.Optimal, -2},
	{"negative integers", "x int -9..-1; y int -9..-1; min - x - y; 2 x + 3 y <= -11", solver.Optimal, 4},
	{"even numbers only", "x int 0..20; y int 0..10; min - x; x - 2 y = 0; x <= 15", solver.Optimal, -14},
	{"long chain of equalities", "a int 0..3; b int 0..3; c int 0..3; d int 0..3; min - d; a - b = 0; b - c = 0; c - d = 0; a + d <= 5", solver.Optimal, -2},
	{"big-M switch on", "x 0..100; s int 0..1; min - x + 30 s; x - 100 s <= 0", solver.Optimal, -70},
	{"big-M switch off", "x 0..100; s int 0..1; min - x + 130 s; x - 100 s <= 0", solver.Optimal, 0},
	{"fixed charges", "x 0..8; y 0..8; s int 0..1; t int 0..1; min x + 2 y + 20 s + 5 t; x + y >= 6; x - 8 s <= 0; y - 8 t <= 0", solver.Optimal, 17},
	{"mixed", "x int 0..5; y 0..inf; min - x - y; x + 2 y <= 7.5; x <= 3.5", solver.Optimal, -5.25},
	{"semi-continuous by hand", "x 0..9; s int 0..1; min x + s; x - 9 s <= 0; x - 4 s >= 0; x >= 1", solver.Optimal, 5},
	{"two of three rows", "x 0..9; a int 0..1; b int 0..1; c int 0..1; min x; x - 3 a >= 0; x - 5 b >= 0; x - 8 c >= 0; a + b + c >= 2", solver.Optimal, 5},
	{"convex cost in steps", "n int 0..4; a 0..1; b 0..1; c 0..2; min a + 3 b + 5 c; n - a - b - c = 0; n >= 3", solver.Optimal, 9},
	{"min-max", "x int 0..5; y int 0..5; z 0..inf; min z; z - x >= 0; z - y >= 0; x + y = 7", solver.Optimal, 4},
	{"set partition", "a int 0..1; b int 0..1; c int 0..1; d int 0..1; min 5 a + 4 b + 3 c + 7 d; a + b = 1; a + c = 1; b + d = 1", solver.Optimal, 7},
	{"implication", "a int 0..1; b int 0..1; c int 0..1; min - a - b + 3 c; a - c <= 0; b - c <= 0", solver.Optimal, 0},
	{"exclusive or", "a int 0..1; b int 0..1; x int 0..1; min - x; x - a - b <= 0; x - a + b >= 0; x + a - b >= 0; x + a + b <= 2; a >= 1", solver.Optimal, -1},

	// Magnitudes.
	{"large objective", "x int 0..1000; y int 0..1000; min - 1000000 x - 1000001 y; x + y <= 1000", solver.Optimal, -1000001000},
	{"large right-hand side", "x 0..inf; min x; x >= 10000000", solver.Optimal, 10000000},
	{"large coefficients", "x int 0..9; y int 0..9; min - 2 x - y; 1000000 x + 2000000 y <= 5000000", solver.Optimal, -10},
	{"tiny objective", "x 0..10; y 0..10; min 0.0001 x + 0.0002 y; x + y >= 5", solver.Optimal, 0.0005},
	{"tiny coefficients", "x 0..inf; min x; 0.001 x >= 2", solver.Optimal, 2000},
	{"mixed magnitudes", "x 0..100000; y int 0..1; min x + 50000 y; x + 100000 y >= 70000", solver.Optimal, 50000},
	{"large constant", "x int 0..9; min x + 1000000000; x >= 4", solver.Optimal, 1000000004},
	{"large bounds", "x -1000000..1000000; y -1000000..1000000; min x + y; x - y >= 5; x + y >= 1", solver.Optimal, 1},
	{"near ties", "x int 0..1; y int 0..1; min - 100000 x - 100001 y; x + y <= 1", solver.Optimal, -100001},

	// Assignment shapes.
	{"assignment", "a1 int 0..1; a2 int 0..1; a3 int 0..1; b1 int 0..1; b2 int 0..1; b3 int 0..1; c1 int 0..1; c2 int 0..1; c3 int 0..1; min 4 a1 + a2 + 3 a3 + 2 b1 + 0 b2 + 5 b3 + 3 c1 + 2 c2 + 2 c3; a1 + a2 + a3 = 1; b1 + b2 + b3 = 1; c1 + c2 + c3 = 1; a1 + b1 + c1 = 1; a2 + b2 + c2 = 1; a3 + b3 + c3 = 1", solver.Optimal, 5},
	{"assignment may stay open", "a1 int 0..1; a2 int 0..1; b1 int 0..1; b2 int 0..1; min - 5 a1 - 4 a2 - 6 b1 + b2; a1 + a2 <= 1; b1 + b2 <= 1; a1 + b1 <= 1; a2 + b2 <= 1", solver.Optimal, -10},
	{"assignment with a quota", "a1 int 0..1; a2 int 0..1; b1 int 0..1; b2 int 0..1; min a1 + 5 a2 + 2 b1 + 3 b2; a1 + a2 = 1; b1 + b2 = 1; a2 + b2 >= 1", solver.Optimal, 4},
	{"couple in one place", "a1 int 0..1; a2 int 0..1; b1 int 0..1; b2 int 0..1; min 9 a1 + a2 + b1 + 7 b2; a1 + a2 = 1; b1 + b2 = 1; a1 - b1 = 0; a2 - b2 = 0", solver.Optimal, 8},
	{"generalised assignment", "a1 int 0..1; a2 int 0..1; b1 int 0..1; b2 int 0..1; c1 int 0..1; c2 int 0..1; min 3 a1 + 5 a2 + 2 b1 + 4 b2 + 6 c1 + c2; a1 + a2 = 1; b1 + b2 = 1; c1 + c2 = 1; 4 a1 + 3 b1 + 5 c1 <= 6; 3 a2 + 4 b2 + 2 c2 <= 6", solver.Optimal, 8},
	{"no seat for all", "a1 int 0..1; a2 int 0..1; b1 int 0..1; b2 int 0..1; c1 int 0..1; c2 int 0..1; min a1; a1 + a2 = 1; b1 + b2 = 1; c1 + c2 = 1; a1 + b1 + c1 <= 1; a2 + b2 + c2 <= 1", solver.Infeasible, none},
}
