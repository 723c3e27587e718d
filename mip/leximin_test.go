package mip

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestLeximin: over all ways to choose, the order by counts is the order by sorted burdens.
func TestLeximin(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 5))
		step := int64(1 + r.IntN(3))
		columns := 0
		groups := make([][]Choice, 1+r.IntN(4))
		for g := range groups {
			for range 1 + r.IntN(3) {
				groups[g] = append(groups[g], Choice{Col(columns), int64(r.IntN(9) - 1)})
				columns++
			}
		}
		levels := Leximin("burden", "person", groups, step)
		type plan struct{ counts, burdens []int64 }
		var all []plan
		var choose func(g int, x []float64, burdens []int64)
		choose = func(g int, x []float64, burdens []int64) {
			if g == len(groups) {
				p := plan{burdens: slices.Clone(burdens)}
				slices.SortFunc(p.burdens, func(a, b int64) int { return int(b - a) })
				for k := range levels {
					p.counts = append(p.counts, int64(levels[k].Value(x)))
				}
				all = append(all, p)
				return
			}
			choose(g+1, x, append(burdens, 0))
			for _, c := range groups[g] {
				x[c.Col] = 1
				choose(g+1, x, append(burdens, max(0, (c.Burden+step-1)/step)))
				x[c.Col] = 0
			}
		}
		choose(0, make([]float64, columns), nil)
		for _, a := range all {
			for _, b := range all {
				if slices.Compare(a.counts, b.counts) != slices.Compare(a.burdens, b.burdens) {
					t.Fatalf("seed %d, step %d: counts %v and %v, burdens %v and %v", seed, step, a.counts, b.counts, a.burdens, b.burdens)
				}
			}
		}
	}
}

func TestLeximinLevels(t *testing.T) {
	got := Leximin("ledger", "person", [][]Choice{{{3, 12}, {0, 0}}, {{2, 5}, {1, 12}}, {{4, -3}}}, 1)
	want := []Level{
		{Name: "ledger.12", Unit: "person", Scale: 1, Terms: []Term{{1, 1}, {3, 1}}},
		{Name: "ledger.5", Unit: "person", Scale: 1, Terms: []Term{{1, 1}, {2, 1}, {3, 1}}},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if got := Leximin("ledger", "person", nil, 0); got != nil {
		t.Errorf("nobody: %v", got)
	}
}
