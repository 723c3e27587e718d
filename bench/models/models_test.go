package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native"
)

func bytesOf(t *testing.T, s size, seed uint64, fairness string) []byte {
	t.Helper()
	m := encode(newWorld(s, seed), fairness)
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := mip.WriteMPS(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameSeedSameBytes(t *testing.T) {
	for _, s := range []size{{40, 0}, {60, 9}} {
		for _, fairness := range []string{convex, minMax} {
			first := bytesOf(t, s, 7, fairness)
			if !bytes.Equal(first, bytesOf(t, s, 7, fairness)) {
				t.Errorf("%s %s: two runs differ", s, fairness)
			}
			if bytes.Equal(first, bytesOf(t, s, 8, fairness)) {
				t.Errorf("%s %s: the seed changes nothing", s, fairness)
			}
		}
	}
}

// stay is the point at which everybody keeps the post held.
func stay(w *world, m *mip.Model) []float64 {
	one := map[string]bool{}
	for i := range w.cadres {
		one[fmt.Sprintf("x.%d.%d", i, i)] = true
	}
	for n, c := range w.couples {
		a, b := w.regionOf(c[0]), w.regionOf(c[1])
		if w.distance(a, b) < nearPoints {
			one[fmt.Sprintf("near.%d.%d.%d", n, a, b)] = true
		} else {
			one[fmt.Sprintf("apart.%d", n)] = true
		}
	}
	x := make([]float64, len(m.Columns))
	for j, c := range m.Columns {
		switch {
		case one[c.Name]:
			x[j] = 1
		case strings.HasPrefix(c.Name, "missing."), strings.HasPrefix(c.Name, "reach."):
			x[j] = c.Upper
		}
	}
	return x
}

// TestStaying: where nobody moves no limit on moves binds, and the only rows broken are the floors that ask for moves
// and ties that hold today.
func TestStaying(t *testing.T) {
	for _, fairness := range []string{convex, minMax} {
		w := newWorld(size{120, 20}, 3)
		m := encode(w, fairness)
		x := stay(w, m)
		broken := map[string]bool{}
		for _, r := range m.Rows {
			sum := mip.Dot(r.Terms, x)
			family, _, _ := strings.Cut(r.Name, ".")
			switch family {
			case "inflow", "lodging", "budget":
				if sum != 0 {
					t.Errorf("%s: %s counts %g moves of people who stay", fairness, r.Name, sum)
				}
			}
			if sum < r.Lower || sum > r.Upper {
				broken[family] = true
			}
		}
		if !broken["rotate"] {
			t.Errorf("%s: no floor asks for moves", fairness)
		}
		for family := range broken {
			if family != "rotate" && family != "kin" && family != "young" {
				t.Errorf("%s: staying breaks %s", fairness, family)
			}
		}
	}
}

// TestApartIsPaid: without the flow of a near pair, or the column apart, the couple's row is broken; and a flow through a
// region where the spouse does not serve breaks that region's row.
func TestApartIsPaid(t *testing.T) {
	w := newWorld(size{120, 20}, 3)
	m := encode(w, convex)
	for j, c := range m.Columns {
		if !strings.HasPrefix(c.Name, "near.0.") {
			continue
		}
		x := stay(w, m)
		was := m.Violation(x, mip.FeasTol) // the floors
		for k, d := range m.Columns {
			if strings.HasPrefix(d.Name, "near.0.") || d.Name == "apart.0" {
				x[k] = 0
			}
		}
		if !breaks(m, x, "couple.0") {
			t.Fatalf("a couple without flow breaks no row (before: %s)", was)
		}
		x[j] = 1
		here := fmt.Sprintf("near.0.%d.%d", w.regionOf(w.couples[0][0]), w.regionOf(w.couples[0][1])) == c.Name
		if fits := !breaks(m, x, "flow.0."); fits != here {
			t.Errorf("%s: fits %t, want %t", c.Name, fits, here)
		}
	}
}

func breaks(m *mip.Model, x []float64, prefix string) bool {
	for _, r := range m.Rows {
		if sum := mip.Dot(r.Terms, x); strings.HasPrefix(r.Name, prefix) && (sum < r.Lower || sum > r.Upper) {
			return true
		}
	}
	return false
}

// TestFairnessMatters: whatever the seed, some post burdens more than another, so that the two kinds differ.
func TestFairnessMatters(t *testing.T) {
	for seed := range uint64(40) {
		w := newWorld(size{minCadres, 0}, seed)
		ladder := 0
		for _, c := range encode(w, minMax).Columns {
			if strings.HasPrefix(c.Name, "reach.") {
				ladder++
			}
		}
		if ladder == 0 {
			t.Errorf("seed %d: no level of burden is reached by choice", seed)
		}
	}
}

// TestIdealIsZero: every cadre has a choice, and no price is negative, so that the objective is the cost above ideals.
func TestIdealIsZero(t *testing.T) {
	w := newWorld(size{80, 12}, 5)
	for _, fairness := range []string{convex, minMax} {
		free := 0
		for _, prices := range (&encoder{world: w}).regrets(fairness) {
			for _, p := range prices {
				if p < 0 {
					t.Fatalf("%s: a price of %d lies below the ideal", fairness, p)
				}
				if p == 0 {
					free++
				}
			}
		}
		if free == 0 {
			t.Errorf("%s: nobody's and no post's ideal is for free: the zero lies too low", fairness)
		}
	}
}

// TestSolved: a small instance has a plan, and the value of the min-max model is that of its plan, recomputed.
func TestSolved(t *testing.T) {
	w := newWorld(size{24, 0}, 1)
	for fairness, price := range map[string]func(members, floor, top, most int) int{minMax: reached, largest: borne} {
		m := encode(w, fairness)
		r, err := native.New().Solve(context.Background(), m, solver.Params{})
		if err != nil || r.Status != solver.Optimal {
			t.Fatalf("%s: %s: %v", fairness, r.Status, err)
		}
		if want := recompute(w, m, r.Values, price); r.Objective != want {
			t.Errorf("%s: objective %g, the plan costs %g", fairness, r.Objective, want)
		}
	}
}

// recompute is the cost of a plan from the world, without the model's prices, but for columns outside the assignment.
func recompute(w *world, m *mip.Model, x []float64, price func(members, floor, top, most int) int) float64 {
	at := map[string]float64{}
	for j, c := range m.Columns {
		at[c.Name] = x[j]
	}
	total := 0.0
	regret := (&encoder{world: w}).regrets(minMax)
	for i, list := range w.choices {
		total += emptyPrice * (at[fmt.Sprintf("none.%d", i)] + at[fmt.Sprintf("empty.%d", i)])
		for k, ch := range list {
			total += float64(regret[i][k]) * at[fmt.Sprintf("x.%d.%d", i, ch.post)]
		}
	}
	for n := range w.couples {
		total += apartPrice * at[fmt.Sprintf("apart.%d", n)]
	}
	for g := range w.regions {
		total += missingPrice * at[fmt.Sprintf("missing.%d", g)]
	}
	return total + unfair(w, at, price)
}

// unfair prices the largest burden of each rank.
func unfair(w *world, at map[string]float64, price func(members, floor, top, most int) int) float64 {
	total := 0.0
	for k := range ranks {
		members, floor, top := (&encoder{world: w}).ladder(k)
		most := 0
		for _, i := range members {
			for _, ch := range w.choices[i] {
				if at[fmt.Sprintf("x.%d.%d", i, ch.post)] > 0 {
					most = max(most, ch.burden)
				}
			}
		}
		total += float64(price(len(members), floor, top, most))
	}
	return total
}

// reached prices the levels that the largest burden reaches.
func reached(members, floor, top, most int) (total int) {
	for l := floor + levelStep; l <= min(top, most); l += levelStep {
		total += levelPrice * max(1, members/levelPer)
	}
	return total
}

// borne prices each unit of it.
func borne(members, _, _, most int) int { return most * largestPrice(members) }

// TestGAP: the format is read by agent, then job.
func TestGAP(t *testing.T) {
	from, out := t.TempDir(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(from, "chu1997"), 0o755); err != nil {
		t.Fatal(err)
	}
	// two agents, three jobs; the first agent is cheap and has room for one
	path := filepath.Join(from, "chu1997", "tiny")
	if err := os.WriteFile(path, []byte("2 3\n1 2 3\n10 20 5\n4 4 4\n1 1 1\n7 3\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	m, err := readGAP(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := native.New().Solve(context.Background(), m, solver.Params{})
	if err != nil || r.Objective != 2+10+5 {
		t.Errorf("%g, want 17: %v", r.Objective, err)
	}
	if err := writeGAP(from, out); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(out, "tiny.mps")); err != nil {
		t.Error(err)
	}
	if err := writeGAP(out, out); err == nil {
		t.Error("a folder without instances is taken")
	}
}

func TestSizes(t *testing.T) {
	got, err := parseSizes("100,3000k60")
	if err != nil || len(got) != 2 || got[0] != (size{100, 0}) || got[1] != (size{3000, 60}) {
		t.Errorf("%v %v", got, err)
	}
	for _, bad := range []string{"x", "100k", "5", "100k-1"} {
		if _, err := parseSizes(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
