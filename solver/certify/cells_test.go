package certify

import (
	"strings"
	"testing"

	"cadre/mip"
)

// TestCells: once the knapsacks of a certificate have filled as many cells as they may, the next one is refused, and its table is not made.
func TestCells(t *testing.T) {
	m := &mip.Model{}
	row := mip.Constraint{Name: "limit", Lower: -mip.Inf, Upper: 9}
	level := mip.Level{Name: "cost", Scale: 1}
	for _, name := range []string{"a", "b"} {
		j := m.AddColumn(mip.Column{Name: name, Upper: 1, Integer: true})
		row.Terms = append(row.Terms, mip.Term{Col: j, Coef: 5})
		level.Terms = append(level.Terms, mip.Term{Col: j, Coef: -1})
	}
	m.AddRow(row)
	m.AddLevel(level)
	for _, c := range []struct {
		spent int64
		ok    bool
	}{{0, true}, {maxCells - 20, true}, {maxCells - 19, false}, {maxCells, false}} {
		matrix := newMatrix(m)
		matrix.cells = c.spent
		leaf := &Leaf{Rows: []int{}, Y: Ints{}, Limits: []int{0}}
		leaf.Bound.SetInt64(-1)
		err := newWalker(newStage(m, matrix, 0, nil), []Node{{Leaf: leaf}}).walk()
		if (err == nil) != c.ok || err != nil && !strings.Contains(err.Error(), "cells") {
			t.Errorf("after %d cells: %v", c.spent, err)
		}
	}
}
