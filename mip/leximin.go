package mip

import (
	"cmp"
	"fmt"
	"slices"
)

// Choice is one of the things that somebody may be given, and the burden that comes with it. Columns of choices are binary.
type Choice struct {
	Col    Col
	Burden int64
}

// Leximin states, as ordered levels, that the worst-off are treated best: first as few as can be bear the largest burden
// that anybody could, then as few as can be bear that or the next smaller one, and so on. Since burdens are integers, the
// plan that is least in these counts, in order, is the one whose burdens, sorted from the largest down, are lexicographically
// least.
//
// Each group is one bearer and the choices open to him, of which a plan takes one at most; who takes none bears nothing. A
// burden of zero or less counts as none. Level t is the sum of the columns whose burden is at least t, so that no
// column and no row is added. Levels are named PREFIX.BURDEN, in the given unit, the largest burden first; a threshold
// above which no column differs has none. Burdens may be divided by a step first: all within the same step count
// alike (a burden b counts as the b/step-th one, rounded up). It takes time linear in choices x levels.
func Leximin(prefix, unit string, groups [][]Choice, step int64) []Level {
	step = max(step, 1)
	at := map[int64][]Term{}
	for _, group := range groups {
		for _, c := range group {
			if c.Burden > 0 {
				rung := (c.Burden + step - 1) / step * step
				at[rung] = append(at[rung], Term{c.Col, 1})
			}
		}
	}
	rungs := make([]int64, 0, len(at))
	for r := range at {
		rungs = append(rungs, r)
	}
	slices.SortFunc(rungs, func(a, b int64) int { return cmp.Compare(b, a) })
	var out []Level
	var so []Term // far: the columns of larger burdens
	for _, r := range rungs {
		so = slices.Concat(so, at[r])
		slices.SortFunc(so, func(a, b Term) int { return cmp.Compare(a.Col, b.Col) })
		out = append(out, Level{Name: fmt.Sprintf("%s.%d", prefix, r), Unit: unit, Scale: 1, Terms: slices.Clone(so)})
	}
	return out
}
