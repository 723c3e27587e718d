package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// model takes two of twelve, in two rows of which one has room to spare.
func model() *mip.Model {
	m := &mip.Model{Name: "small"}
	row := mip.Constraint{Name: "two", Lower: 2, Upper: mip.Inf}
	cost := mip.Level{Name: "cost", Scale: 1}
	for j := range 12 {
		c := m.AddColumn(mip.Column{Name: "x" + string(rune('a'+j)), Upper: 1, Integer: true})
		row.Terms = append(row.Terms, mip.Term{Col: c, Coef: 1})
		cost.Terms = append(cost.Terms, mip.Term{Col: c, Coef: float64(10 + j)})
	}
	m.AddRow(row)
	m.AddLevel(cost)
	return m
}

// TestKinds: each kind changes one number of the model, of its own sort.
func TestKinds(t *testing.T) {
	x := solve(model(), solver.Params{}).Values
	for _, k := range kinds {
		m, before := model(), model()
		if what, ok := k.change(m, x, rand.New(rand.NewPCG(1, 1))); !ok || what == "" {
			t.Fatalf("%s: nothing to change", k.name)
		}
		columns, rows, costs := 0, 0, 0
		for j := range m.Columns {
			if !reflect.DeepEqual(m.Columns[j], before.Columns[j]) {
				columns++
				if held := m.Columns[j].Lower; held != m.Columns[j].Upper || (k.name == "agreed choices") != (held == 1 && x[j] == 1) ||
					(k.name == "bans") != (held == 0 && x[j] == 1) {
					t.Errorf("%s: column %d at %g in the plan, %+v", k.name, j, x[j], m.Columns[j])
				}
			}
			if m.Levels[0].Terms[j] != before.Levels[0].Terms[j] {
				costs++
			}
		}
		if !reflect.DeepEqual(m.Rows, before.Rows) {
			rows++
		}
		want := map[string][3]int{"costs": {0, 0, 1}, "sides": {0, 1, 0}}[k.name]
		if want == [3]int{} {
			want = [3]int{1, 0, 0}
		}
		if got := [3]int{columns, rows, costs}; got != want {
			t.Errorf("%s changes %v columns, rows and costs, want %v", k.name, got, want)
		}
	}
}

// TestMeasure: every kind has a ratio for each change.
func TestMeasure(t *testing.T) {
	name := filepath.Join(t.TempDir(), "m.mps")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := mip.WriteMPS(f, model()); err != nil {
		t.Fatal(err)
	}
	f.Close()
	ratios := map[string][]float64{}
	if err := measure(name, solver.Params{Seed: 1}, 2, rand.New(rand.NewPCG(1, 1)), ratios); err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		if len(ratios[k.name]) != 2 || !(median(ratios[k.name]) > 0) {
			t.Errorf("%s: %v", k.name, ratios[k.name])
		}
	}
	if m := median([]float64{4, 1, 3, 10}); m != 3.5 {
		t.Errorf("median %g, want 3.5", m)
	}
}
