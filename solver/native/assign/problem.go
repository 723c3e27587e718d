// Package assign finds the assignment inside a model in computational form, bounds the model by the Lagrangian of that
// assignment and searches it by annealing. It imports the standard library only; native drives it.
//
// [Detect] finds the two families of rows, [NewInstance] lays the columns out, [Dual] evaluates the relaxation at given
// multipliers, [Ascent] raises them, [Local] prices complete assignments under change, [Anneal] changes them, and [Driver]
// holds all of it together. Nothing here is certified: native computes the bound anew from [Dual.Multipliers]. All types
// are for one goroutine, but that evaluations and trials of chains use as many as they are given; the same seed gives the same answer on any number.
package assign

// Matrix is a compressed sparse matrix: vector k (a column or a row) is Index[Start[k]:Start[k+1]], the values beside it.
type Matrix struct {
	Start []int
	Index []int32
	Value []float64
}

// Vec is vector k: its indices and its values.
func (a *Matrix) Vec(k int) ([]int32, []float64) {
	s, e := a.Start[k], a.Start[k+1]
	return a.Index[s:e], a.Value[s:e]
}

// Problem is a model in computational form: minimise Offset + Cost'x, RowLo <= A x <= RowUp, Lower <= x <= Upper, some
// columns integer. It is read only.
type Problem struct {
	N, M         int
	Cols, Rows   Matrix
	Cost         []float64
	Offset       float64
	Lower, Upper []float64
	RowLo, RowUp []float64
	Integer      []bool
}
