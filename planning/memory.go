package planning

import (
	"context"
	"slices"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
)

// Memory is what a run leaves behind for runs of nearly the same instance and policy: its plan, what proves it and the bases of
// its solves, all by name, and no more of the model than they speak of. It saves time and decides among plans that are equally
// good; it lets no worse one pass. It is read-only, and can be written with encoding/gob.
type Memory struct {
	Columns, Rows, Levels []string
	Warm                  *lexico.Warm // by Columns, Rows and Levels
}

// Memory is what the run leaves behind, nil where it has no plan.
func (o *Outcome) Memory() *Memory {
	if o.Values == nil {
		return nil
	}
	return remember(o.Model, o.Values, o.Certificate, o.left)
}

// Remember is the memory of a plan that was kept as a model, its solution and, where not nil, the certificate.
func Remember(m *mip.Model, values []float64, c *certify.Certificate) *Memory {
	return remember(m, values, c, nil)
}

// remember takes the certificate's proofs rather than the backend's: they prove more.
func remember(m *mip.Model, values []float64, c *certify.Certificate, left *lexico.Warm) *Memory {
	w := lexico.Warm{}
	if left != nil {
		w = *left
	}
	w.Values = values
	if c != nil {
		w.Proofs = c.Proofs(m)
	}
	names := spokenOf(m, &w)
	out := &Memory{Warm: w.Rename(m, names)}
	for k, left := range out.Warm.Levels {
		if left == nil {
			out.Warm.Levels[k] = &solver.Warm{} // gob knows no nil in a slice
		}
	}
	for j := range names.Columns {
		out.Columns = append(out.Columns, names.Columns[j].Name)
	}
	for i := range names.Rows {
		out.Rows = append(out.Rows, names.Rows[i].Name)
	}
	for k := range names.Levels {
		out.Levels = append(out.Levels, names.Levels[k].Name)
	}
	return out
}

// spokenOf holds the names, and nothing else, of what in m is not zero or stands in a proof.
func spokenOf(m *mip.Model, w *lexico.Warm) *mip.Model {
	columns, rows := make([]bool, len(m.Columns)), make([]bool, len(m.Rows))
	for j, v := range w.Values {
		columns[j] = v != 0
	}
	for _, p := range slices.Concat(w.Proofs...) {
		p = p.Plain(len(m.Rows)) // as renaming does
		for i := range p.Nodes {
			speaks(&p.Nodes[i], columns, rows)
		}
		for i := range p.Cuts {
			derives(&p.Cuts[i], columns, rows)
		}
	}
	for _, left := range append([]*solver.Warm{w.Opening}, w.Levels...) {
		rests(left, columns, rows)
	}
	return named(m, columns, rows)
}

// speaks marks the columns and rows of a node of a proof.
func speaks(n *solver.ProofNode, columns, rows []bool) {
	switch n.Kind {
	case solver.KindBranch:
		columns[n.Column] = true
	case solver.KindDivide:
		rows[n.Row] = true
	}
	for _, j := range n.Columns {
		columns[j] = true
	}
	for _, i := range n.Limits {
		rows[i] = true
	}
	for i, y := range n.Multipliers[:min(len(n.Multipliers), len(rows))] {
		rows[i] = rows[i] || y != 0
	}
}

// derives marks what a cut is made of.
func derives(c *solver.Cut, columns, rows []bool) {
	for _, j := range c.Upper {
		columns[j] = true
	}
	for _, i := range c.Rows {
		if i < len(rows) {
			rows[i] = true
		}
	}
}

// rests marks what a basis does not have where a new column or row would be.
func rests(w *solver.Warm, columns, rows []bool) {
	if w == nil || len(w.Basis) < len(columns)+len(rows) {
		return
	}
	for j := range columns {
		columns[j] = columns[j] || w.Basis[j] != solver.AtLower
	}
	for i := range rows {
		rows[i] = rows[i] || w.Basis[len(columns)+i] != solver.Basic
	}
}

// named is a model of names, of the columns and rows that are used and of all levels.
func named(m *mip.Model, columns, rows []bool) *mip.Model {
	out := &mip.Model{}
	for j, used := range columns {
		if used {
			out.Columns = append(out.Columns, mip.Column{Name: m.Columns[j].Name})
		}
	}
	for i, used := range rows {
		if used {
			out.Rows = append(out.Rows, mip.Constraint{Name: m.Rows[i].Name})
		}
	}
	for k := range m.Levels {
		out.Levels = append(out.Levels, mip.Level{Name: m.Levels[k].Name})
	}
	return out
}

// warm is the memory as of model to.
func (m *Memory) warm(to *mip.Model) *lexico.Warm {
	from := &mip.Model{}
	for _, name := range m.Columns {
		from.Columns = append(from.Columns, mip.Column{Name: name})
	}
	for _, name := range m.Rows {
		from.Rows = append(from.Rows, mip.Constraint{Name: name})
	}
	for _, name := range m.Levels {
		from.Levels = append(from.Levels, mip.Level{Name: name})
	}
	return m.Warm.Rename(from, to)
}

// recall joins memories: the best of the plans that still hold once all that only counts has been counted anew, the first of
// those equally good, else the first of all; and the proofs of all. Nil where there is none. Choices that several remember are
// counted once.
func recall(ctx context.Context, m *mip.Model, o Options) *lexico.Warm {
	var out *lexico.Warm
	var seen [][]float64
	for _, memory := range o.Memories {
		w := memory.warm(m)
		chosen := w.Values
		if m.Choices > 0 && len(chosen) > 0 {
			chosen = chosen[:m.Choices]
		}
		if slices.ContainsFunc(seen, func(x []float64) bool { return slices.Equal(x, chosen) }) {
			out.Join(m, w)
			continue
		}
		seen = append(seen, chosen)
		w.Recount(ctx, m, o.Backend, o.Params)
		if out == nil {
			out = w
			continue
		}
		out.Join(m, w)
	}
	return out
}
