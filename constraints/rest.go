package constraints

import (
	"math"
	"slices"

	"cadre/mip"
)

// Rest is the model that is left once every spell stands as in values: the columns that only count, from the first one on in the
// same order, and the rows and levels in which they stand. [Encoding.Join] puts a solution of it back.
func (e *Encoding) Rest(values []float64) *mip.Model {
	from := len(e.spells)
	out := &mip.Model{Name: e.Model.Name, Columns: slices.Clone(e.Model.Columns[from:])}
	for i := range e.Model.Rows {
		r := e.Model.Rows[i]
		terms, fixed := split(r.Terms, from, values)
		if len(terms) == 0 {
			continue
		}
		r.Terms, r.Lower, r.Upper = terms, r.Lower-fixed, r.Upper-fixed
		out.AddRow(r)
	}
	for _, l := range e.Model.Levels {
		terms, fixed := split(l.Terms, from, values)
		l.Terms, l.Constant = terms, l.Constant+fixed
		out.AddLevel(l)
	}
	return out
}

// split takes the terms of columns before from at their values, and counts the others from there.
func split(terms []mip.Term, from int, values []float64) (rest []mip.Term, fixed float64) {
	for _, t := range terms {
		if int(t.Col) < from {
			fixed += t.Coef * math.Round(values[t.Col])
			continue
		}
		rest = append(rest, mip.Term{Col: t.Col - mip.Col(from), Coef: t.Coef})
	}
	return rest, fixed
}

// Join is values with the columns of Rest as in rest.
func (e *Encoding) Join(values, rest []float64) []float64 {
	out := slices.Clone(values)
	for i := range e.spells {
		out[i] = math.Round(out[i])
	}
	copy(out[len(e.spells):], rest)
	return out
}
