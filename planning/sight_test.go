package planning_test

import (
	"slices"
	"testing"

	"cadre/mip"
	"cadre/planning"
	"cadre/solver"
	"cadre/solver/native"
)

// TestOneBatchInSight: the plan keeps every row of the model, and moves fewer people than one made while later batches ask for what
// nobody can give yet.
func TestOneBatchInSight(t *testing.T) {
	enc := fiveYears(t)
	first, closed := planning.Starts(t.Context(), enc, planning.Options{Backend: native.New(), Params: solver.Params{Seed: 1, Gap: 0.05}})
	for name, x := range map[string][]float64{"in sight": first, "closed": closed} {
		if x == nil {
			t.Fatalf("%s: no plan", name)
		}
		if bad := enc.Model.Violation(x, mip.FeasTol); bad != "" {
			t.Errorf("%s: %s", name, bad)
		}
	}
	moves := slices.IndexFunc(enc.Model.Levels, func(l mip.Level) bool { return l.Name == "moves" })
	if few, many := enc.Model.Levels[moves].Value(first), enc.Model.Levels[moves].Value(closed); few >= many {
		t.Errorf("%g moves in sight, %g closed", few, many)
	}
}

// TestSightCosts: what stays cost until t and after t is what they cost in all.
func TestSightCosts(t *testing.T) {
	enc := fiveYears(t)
	m := enc.Model
	sum := func(levels []mip.Level) []float64 {
		out := make([]float64, len(m.Columns))
		for _, l := range levels {
			for _, e := range l.Terms {
				out[e.Col] += e.Coef
			}
		}
		return out
	}
	all, s := sum(m.Levels), planning.NewSight(enc)
	for batch := 1; batch <= enc.Periods(); batch++ {
		seen, _ := s.UpTo(batch, make([]float64, len(m.Columns)))
		if !slices.Equal(sum(seen.Levels), all) {
			t.Errorf("batch %d: the costs are others", batch)
		}
		later := seen.Levels[len(seen.Levels)-2].Terms
		if last := batch == enc.Periods(); last != (len(later) == 0) {
			t.Errorf("batch %d: %d stays cost something after it", batch, len(later))
		}
	}
}

// TestSightRows: at the last batch every row binds; before it those do not that only later spells can mend, and spells of the batches
// before are as in the values.
func TestSightRows(t *testing.T) {
	enc := fiveYears(t)
	m, s := enc.Model, planning.NewSight(enc)
	values := make([]float64, len(m.Columns))
	loose := func(batch int) (n int) {
		seen, columns := s.UpTo(batch, values)
		for i := range m.Rows {
			if seen.Rows[i].Lower != m.Rows[i].Lower || seen.Rows[i].Upper != m.Rows[i].Upper {
				n++
			}
		}
		for j := range m.Choices {
			if sp, _ := enc.SpellAt(mip.Col(j)); !sp.Stay && sp.From < batch && columns[j].Upper > 0 {
				t.Fatalf("batch %d: %s is open", batch, m.Columns[j].Name)
			}
		}
		return n
	}
	if n := loose(enc.Periods()); n > 0 {
		t.Errorf("%d rows do not bind in the last batch", n)
	}
	if one, two := loose(1), loose(2); one == 0 || two == 0 || two >= one {
		t.Errorf("%d rows do not bind in the first batch, %d in the second", one, two)
	}
}

// TestSightThin: of many spells the cheapest stay, for every cadre and on every post, and those of the values.
func TestSightThin(t *testing.T) {
	enc := fiveYears(t)
	m, s := enc.Model, planning.NewSight(enc)
	values, columns := make([]float64, len(m.Columns)), slices.Clone(m.Columns)
	last := m.Choices - 1
	values[last] = 1
	s.Thin(columns, values, m.Choices/4)
	open, people, all := 0, map[int]bool{}, map[int]bool{}
	for j := range m.Choices {
		sp, _ := enc.SpellAt(mip.Col(j))
		if sp.Stay {
			continue
		}
		all[sp.Cadre] = true
		if columns[j].Upper > 0 {
			open++
			people[sp.Cadre] = true
		}
	}
	if open > m.Choices/4+1 || open < m.Choices/20 || len(people) != len(all) || columns[last].Upper == 0 {
		t.Errorf("%d of %d spells of %d of %d people are open", open, m.Choices, len(people), len(all))
	}
	whole := slices.Clone(m.Columns)
	if s.Thin(whole, nil, m.Choices); !slices.Equal(bounds(whole), bounds(m.Columns)) {
		t.Error("few spells were closed")
	}
}

// bounds are the upper bounds of columns.
func bounds(columns []mip.Column) []float64 {
	out := make([]float64, len(columns))
	for j := range columns {
		out[j] = columns[j].Upper
	}
	return out
}
