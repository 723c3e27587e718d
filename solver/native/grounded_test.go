package native

import (
	"math"
	"testing"

	"cadre/mip"
	"cadre/solver/native/assign"
)

// TestFixedByRow: a continuous column that a row holds at its other bound is gone after presolve.
func TestFixedByRow(t *testing.T) {
	m := &mip.Model{}
	for _, name := range []string{"flow", "other", "x"} {
		m.AddColumn(mip.Column{Name: name, Upper: 1, Integer: name == "x"})
	}
	m.AddRow(mip.Constraint{Name: "none here", Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{{Col: 0, Coef: 1}}})
	m.AddRow(mip.Constraint{Name: "all here", Lower: 1, Upper: mip.Inf, Terms: []mip.Term{{Col: 1, Coef: 1}}})
	m.AddRow(mip.Constraint{Name: "sum", Lower: 1, Upper: 2, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: 0.5}, {Col: 2, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: -1}, {Col: 1, Coef: 1}, {Col: 2, Coef: 1}}})
	pre, ok := presolveGiven(newProblem(m))
	if !ok || pre.n != 0 || pre.fixed[0] != 0 || pre.fixed[1] != 1 || pre.fixed[2] != 1 {
		t.Fatalf("%d columns are left, fixed %v", pre.n, pre.fixed)
	}
}

// TestGrounded: multipliers of the presolved relaxation prove nearly as much of the given model, where presolve fixed columns by rows that
// it then dropped: flows of couples to regions where a spouse has no post.
func TestGrounded(t *testing.T) {
	lost := 0
	for seed := range uint64(8) {
		s := structuredOf(cadreCase{cadres: 90, each: 6, seed: seed}.model())
		s.relax(nil)
		p, y := s.r.p, make([]float64, s.r.p.m)
		for k, i := range s.pre.rowKeep {
			y[i] = s.y[k]
		}
		bound := func(y []float64) float64 { return p.safeBound(y, p.cost, p.lower, p.upper) }
		if bound(y) < s.below-1 {
			lost++
		}
		if got := bound(s.r.grounded(y)); got < s.below-1e-6*math.Abs(s.below) {
			t.Errorf("seed %d: %g is proven of the presolved model, %g of the given one, %g as they were", seed, s.below, got, bound(y))
		}
	}
	if lost < 4 {
		t.Errorf("presolve's bounds mattered %d times only", lost)
	}
}

// TestFirst: where costs are spread widely, with few candidates each, searches begin colder; where they are not, as they were. Either way
// the point is feasible.
func TestFirst(t *testing.T) {
	for _, c := range []struct {
		cadreCase
		cold bool
	}{{cadreCase{cadres: 1800, each: 40}, true}, {cadreCase{cadres: 300}, false}} {
		s := structuredOf(c.model())
		s.d = assign.NewDriver(s.in, nil, s.seed, s.r.mt.spent)
		s.first()
		if s.x == nil || !s.p.feasible(s.x) {
			t.Fatalf("%+v: no point", c)
		}
		if cold := s.d.Wide < assign.HotCandidates; cold != c.cold {
			t.Errorf("%+v: colder %t", c, cold)
		}
	}
}
