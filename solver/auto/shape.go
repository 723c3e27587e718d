package auto

import (
	"fmt"

	"cadre/mip"
)

// Shape is what of a model decides who solves it.
type Shape struct {
	Columns, Rows int
	Terms         int
	Partitioned   float64 // share of the integer columns that stand in a partition: a row of ones that equals or is at most one
}

// assignment: where so large a share of the integer columns is partitioned, the model is an assignment with side rows, for which
// the embedded engine was made.
const assignment = 0.8

// Assignment says whether the model is an assignment with side constraints.
func (s Shape) Assignment() bool { return s.Partitioned >= assignment }

// String says it in a word for the trace. The levels of one model, whose rows and fixed columns differ, read alike.
func (s Shape) String() string {
	kind := fmt.Sprintf("no assignment: less than %.0f %%", 100*assignment)
	if s.Assignment() {
		kind = fmt.Sprintf("an assignment with side rows: %.0f %% or more", 100*assignment)
	}
	return fmt.Sprintf("%s of the integer columns partitioned, %d columns in all", kind, s.Columns)
}

// ShapeOf looks at every term once.
func ShapeOf(m *mip.Model) Shape {
	s := Shape{Columns: len(m.Columns), Rows: len(m.Rows)}
	in := make([]bool, len(m.Columns))
	for i := range m.Rows {
		r := &m.Rows[i]
		s.Terms += len(r.Terms)
		if partition(m, r) {
			for _, t := range r.Terms {
				in[t.Col] = true
			}
		}
	}
	integers, partitioned := 0, 0
	for j := range m.Columns {
		if m.Columns[j].Integer && m.Columns[j].Lower != m.Columns[j].Upper {
			integers++
			if in[j] {
				partitioned++
			}
		}
	}
	if integers > 0 {
		s.Partitioned = float64(partitioned) / float64(integers)
	}
	return s
}

// partition says whether a row takes one, or at most one, of several binary columns.
func partition(m *mip.Model, r *mip.Constraint) bool {
	if r.Upper != 1 || len(r.Terms) < 2 {
		return false
	}
	for _, t := range r.Terms {
		if c := &m.Columns[t.Col]; t.Coef != 1 || !c.Integer || c.Lower < 0 || c.Upper > 1 {
			return false
		}
	}
	return true
}
