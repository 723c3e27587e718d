package certify_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/native"
)

// TestRefuteAgainstBruteForce: with work enough exactly the models without a point are refuted; with little, never one that
// has a point. What is written reads back and holds, and against a model with a point it does not.
func TestRefuteAgainstBruteForce(t *testing.T) {
	refuted, branched := 0, 0
	for seed := range 600 {
		m := randomModel(rand.New(rand.NewPCG(uint64(seed), 7)), seed%2 == 1)
		for i := range m.Rows {
			m.Rows[i].Lower, m.Rows[i].Upper = m.Rows[i].Lower+1, m.Rows[i].Upper+1
		}
		feasible := len(points(m)) > 0
		c := certify.Refute(context.Background(), m, nil, native.Native{}, certify.Limits{})
		if (c == nil) != feasible {
			t.Fatalf("%+v: feasible %t, refuted %t", m, feasible, c != nil)
		}
		if certify.Refute(context.Background(), m, nil, native.Native{}, certify.Limits{Work: 1}) != nil && feasible {
			t.Fatalf("%+v is refuted and has a point", m)
		}
		if c == nil {
			continue
		}
		refuted++
		if len(c.Infeasible.Nodes) > 1 {
			branched++
		}
		var text bytes.Buffer
		if err := c.Write(&text); err != nil {
			t.Fatal(err)
		}
		read, err := certify.Read(&text)
		if err != nil {
			t.Fatal(err)
		}
		if err := certify.VerifyRefutation(m, read); err != nil {
			t.Fatalf("%+v: %v", m, err)
		}
		free := *m
		free.Rows = nil
		if certify.VerifyRefutation(&free, read) == nil && len(points(&free)) > 0 {
			t.Fatal("the refutation holds for a model without rows")
		}
	}
	if refuted < 50 || branched < 10 {
		t.Errorf("%d refuted, %d of them with branches", refuted, branched)
	}
}

// TestRefuteHanded: a tree that a solver handed over is used without any relaxation.
func TestRefuteHanded(t *testing.T) {
	m := odd() // x + y = 1, y + z = 1, x + z = 1: every sum is even for integers, 3/2 for the relaxation
	for i := range m.Rows {
		m.Rows[i].Upper = 1
	}
	p := solver.NewProof(nil)
	low, high := p.Branch(0, 0, 0)
	p.Exclude(low, []float64{1, -1, 1})
	p.Exclude(high, []float64{-1, 1, -1})
	c := certify.Refute(context.Background(), m, p, nil, certify.Limits{})
	if c == nil {
		t.Fatal("not refuted")
	}
	if err := certify.VerifyRefutation(m, c); err != nil {
		t.Error(err)
	}
	for _, forged := range []func(c *certify.Certificate){
		func(c *certify.Certificate) { c.Infeasible.Nodes[1].Leaf.Y[0]++ },
		func(c *certify.Certificate) { c.Infeasible.Nodes[1].Leaf.Ray = false },
		func(c *certify.Certificate) { c.Infeasible.Nodes[0].Branch.At = 1 },
		func(c *certify.Certificate) { c.Infeasible.Nodes[0].Branch.High = 1 },
		func(c *certify.Certificate) { c.Infeasible = nil },
		func(c *certify.Certificate) { c.Digest = strings.Repeat("0", 64) },
	} {
		bad := certify.Refute(context.Background(), m, p, nil, certify.Limits{})
		forged(bad)
		if certify.VerifyRefutation(m, bad) == nil {
			t.Errorf("a forgery passes: %+v", bad)
		}
	}
	if _, err := certify.Verify(m, []float64{1, 0, 0}, c); err == nil {
		t.Error("a refutation passes for the certificate of a solution")
	}
}

// TestRefuteOpen: columns without bounds, and an infeasibility that no integer excludes.
func TestRefuteOpen(t *testing.T) {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "x", Lower: -mip.Inf, Upper: mip.Inf})
	m.AddColumn(mip.Column{Name: "y", Upper: mip.Inf, Integer: true})
	for _, side := range [][2]float64{{-mip.Inf, 2}, {2.5, mip.Inf}} {
		m.AddRow(mip.Constraint{Lower: side[0], Upper: side[1], Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: -1}}})
	}
	c := certify.Refute(context.Background(), m, nil, native.Native{}, certify.Limits{})
	if c == nil {
		t.Fatal("not refuted")
	}
	if err := certify.VerifyRefutation(m, c); err != nil {
		t.Error(err)
	}
}
