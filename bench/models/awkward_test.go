package main

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native"
)

// TestAwkward: every model is sound, the same seed gives the same, and the small ones are what their names say.
func TestAwkward(t *testing.T) {
	want := map[string]solver.Status{"infeasible-parity": solver.Infeasible, "infeasible-pigeons": solver.Infeasible, "unbounded-ray": solver.Unbounded,
		"multi-knapsack": "", "market-split": "", "equality-knapsack": "", "lot-sizing": "", "free-columns": ""} // "": not solved here, they may take long
	for k, a := range awkward {
		m, again := &mip.Model{Name: a.name}, &mip.Model{Name: a.name}
		a.build(rand.New(rand.NewPCG(1, uint64(k))), m)
		a.build(rand.New(rand.NewPCG(1, uint64(k))), again)
		if err := m.Check(); err != nil {
			t.Errorf("%s: %v", a.name, err)
		}
		var one, two strings.Builder
		if mip.WriteMPS(&one, m) != nil || mip.WriteMPS(&two, again) != nil || one.String() != two.String() {
			t.Errorf("%s: drawn differently", a.name)
		}
		status, special := want[a.name]
		if special && status == "" {
			continue
		}
		r, err := native.New().Solve(context.Background(), m, solver.Params{Work: 200_000})
		if err != nil || special && r.Status != status || !special && r.Status != solver.Optimal && r.Status != solver.Feasible {
			t.Errorf("%s: %s, %v", a.name, r.Status, err)
		}
	}
}
