package constraints_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"cadre/constraints"
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/lexico"
	"cadre/solver/native"
)

// encode encodes an instance under clauses (lines of YAML), over so many periods of a year from 2026-01.
func encode(t *testing.T, in *posting.Instance, periods int, levels []string, clauses ...string) (*posting.Index, *constraints.Encoding) {
	t.Helper()
	src := fmt.Sprintf("version: 1\nplan_date: 2026-01\nauthority: 县管\nhorizon: {periods: %d, months: 12}\nlevels:\n", periods)
	for _, l := range append(levels, policy.WeightedLevel) {
		src += fmt.Sprintf("  - {name: %[1]s, zh: %[1]s, en: %[1]s, unit: case}\n", l)
	}
	src += "clauses:\n"
	for _, c := range clauses {
		src += "  - {" + c + ", citation: drawn}\n"
	}
	pol, problems := policy.Decode("policy.yaml", []byte(src), policy.Options{})
	if pol == nil || len(problems.List) > 0 {
		t.Fatalf("%v\n%s", problems.List, src)
	}
	x := posting.NewIndex(in, pol.Calendar)
	enc := constraints.Encode(x, pol)
	if err := enc.Model.Check(); err != nil {
		t.Fatal(err)
	}
	return x, enc
}

// least solves a model: its level values in order, and a point that reaches them; nil where it is infeasible.
func least(t *testing.T, m *mip.Model) (values []int64, point []float64) {
	t.Helper()
	r, err := lexico.Solve(context.Background(), m, native.Native{}, solver.Params{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Status == solver.Infeasible {
		return nil, nil
	}
	if r.Status != solver.Optimal {
		t.Fatalf("the solver ended %s", r.Status)
	}
	for _, l := range r.Levels {
		values = append(values, int64(math.Round(l.Value)))
	}
	return values, r.Values
}

// pinned is least of a plan: nil where the model does not accept it.
func pinned(t *testing.T, enc *constraints.Encoding, plan ...posting.Assignment) (values []int64, point []float64) {
	t.Helper()
	m, err := enc.Pin(plan)
	var refused *constraints.Refused
	if errors.As(err, &refused) {
		return nil, nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return least(t, m)
}

// forced is the model with some columns, named, at 1; a column that is missing is a fault of the test.
func forced(t *testing.T, m *mip.Model, names ...string) *mip.Model {
	t.Helper()
	out := *m
	out.Columns = slices.Clone(m.Columns)
	for _, name := range names {
		j := slices.IndexFunc(out.Columns, func(c mip.Column) bool { return c.Name == name })
		if j < 0 {
			t.Fatalf("the model has no column %s", name)
		}
		out.Columns[j].Lower = 1
	}
	return &out
}

func to(cadre, post string, period int) posting.Assignment {
	return posting.Assignment{Cadre: cadre, To: post, Period: period}
}

// person and seat are as plain as can be.
func person(id, post string) posting.Cadre {
	return posting.Cadre{ID: id, Name: id, Post: post, Level: posting.TownshipHead, Authority: "县管", Disposition: posting.Normal,
		Grassroots: posting.Unknown, FamilySize: posting.Unknown, AreaMonths: posting.Unknown, SpecialChanges: posting.Unknown}
}

func seat(id, unit string, term posting.Term, months int) posting.Post {
	return posting.Post{ID: id, Name: id, Unit: unit, Level: posting.TownshipHead, Role: posting.Deputy, Counts: term != posting.TermSecondment,
		Weight: posting.Unknown, Filling: posting.Fillable, Authority: "县管", Term: term, TermMonths: months}
}

func unit(id, place string) posting.Unit {
	return posting.Unit{ID: id, Name: id, Place: place, Heads: posting.Unknown, Deps: posting.Unknown, Middle: posting.Unknown, Tier: posting.Unknown}
}
