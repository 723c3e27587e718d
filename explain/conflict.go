// Package explain answers why a plan is as it is, or why there is none. In this version: [Conflict].
//
// It may import planning and what planning may import.
package explain

import (
	"context"
	"slices"
	"time"

	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
)

// Options says with what the smaller models are solved, and how long the search for a smaller conflict may take.
type Options struct {
	Backend solver.Solver
	Time    time.Duration
}

// ErrFeasible is returned where there is no conflict.
var ErrFeasible = i18n.E("各项要求可以同时满足", "the requirements can all be kept")

// ErrLate is returned where time was over before it was known whether there is a conflict.
var ErrLate = i18n.E("时间已到，尚未查明哪些要求不能同时满足", "time was over before it was known which requirements cannot be kept together")

// Conflict finds a set of clauses, recorded decisions, posts and people that cannot all be kept, such that without any one
// of them the others can. First the rows of the model are thinned out, which leaves few people and posts; then, over what
// is left of their rows, whole clauses and single decisions, by encoding anew; last the rows once more. Where the time runs
// out the set still is a conflict, but is not said to be minimal.
func Conflict(ctx context.Context, x *posting.Index, pol *policy.Policy, o Options) (*planning.Conflict, error) {
	deadline := time.Now().Add(o.Time)
	t := &tester{ctx: ctx, backend: o.Backend, deadline: deadline}
	groups := groupsOf(x, pol)
	m := encode(x, pol, groups)
	switch clash := t.infeasible(m); {
	case t.err != nil:
		return nil, t.err
	case t.late:
		return nil, ErrLate
	case !clash:
		return nil, ErrFeasible
	}
	rows := t.thin(m, rowsOf(m))
	names := namesOf(m, rows)
	groups = shrink(groups, func(kept []group) bool { return !t.over() && t.infeasible(named(encode(x, pol, kept), names)) })
	m = encode(x, pol, groups)
	rows = t.thin(m, rowsNamed(m, names))
	return &planning.Conflict{Groups: describe(x, pol, groups, m, rows), Minimal: !t.late}, t.err
}

// thin keeps of rows that leave no point only those without which there is one.
func (t *tester) thin(m *mip.Model, rows []mip.Row) []mip.Row {
	return shrink(rows, func(kept []mip.Row) bool { return !t.over() && t.infeasible(only(m, kept)) })
}

// namesOf are the names of rows: the same row has the same name in every encoding of an instance.
func namesOf(m *mip.Model, rows []mip.Row) map[string]bool {
	out := map[string]bool{}
	for _, r := range rows {
		out[m.Rows[r].Name] = true
	}
	return out
}

func rowsNamed(m *mip.Model, names map[string]bool) []mip.Row {
	return slices.DeleteFunc(rowsOf(m), func(r mip.Row) bool { return !names[m.Rows[r].Name] })
}

// named is the model of the rows with these names alone.
func named(m *mip.Model, names map[string]bool) *mip.Model { return only(m, rowsNamed(m, names)) }

// group is a clause, what a clause asks of one cadre whom it names, or the recorded decision on one cadre.
type group struct {
	clause string // id; "" for a decision
	cadre  int    // posting.None for a whole clause
}

// byName tells whether a clause is as many groups as it names cadres: what was agreed on each of them.
func byName(c *policy.Clause) bool { return c.Kind == "plan_kept" && len(c.For.Cadres) > 0 }

func groupsOf(x *posting.Index, pol *policy.Policy) []group {
	var out []group
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		switch {
		case !c.Active(pol.Calendar.Date) || !c.Binding() || c.Kind == "disposition":
		case byName(c):
			for _, id := range c.For.Cadres {
				out = append(out, group{clause: c.ID, cadre: x.CadreAt(id)})
			}
		default:
			out = append(out, group{clause: c.ID, cadre: posting.None})
		}
	}
	for c := range x.Cadres {
		if p := &x.Cadres[c]; p.Disposition != "" && p.Disposition != posting.Normal || len(p.Unsuited) > 0 {
			out = append(out, group{cadre: c})
		}
	}
	return out
}

// encode builds the feasibility model in which only the given groups hold.
func encode(x *posting.Index, pol *policy.Policy, kept []group) *mip.Model {
	p, in := *pol, *x.Instance
	p.Clauses = slices.Clone(pol.Clauses)
	for i := range p.Clauses {
		c := &p.Clauses[i]
		if c.Binding() && byName(c) {
			c.For.Cadres = slices.DeleteFunc(slices.Clone(c.For.Cadres), func(id string) bool {
				return !slices.Contains(kept, group{clause: c.ID, cadre: x.CadreAt(id)})
			})
			c.Off = c.Off || len(c.For.Cadres) == 0
			continue
		}
		bound := c.Binding() && c.Kind != "disposition"
		c.Off = c.Off || !c.Binding() && !capped(pol, c) || bound && !slices.Contains(kept, group{clause: c.ID, cadre: posting.None})
	}
	in.Cadres = slices.Clone(in.Cadres)
	for c := range in.Cadres {
		if !slices.Contains(kept, group{cadre: c}) {
			in.Cadres[c].Disposition, in.Cadres[c].FixedPost, in.Cadres[c].Unsuited = posting.Normal, "", nil
		}
	}
	m := constraints.Encode(posting.NewIndex(&in, p.Calendar), &p).Model
	m.Levels = nil
	return m
}

// capped tells whether what a clause counts may come to so much at most.
func capped(pol *policy.Policy, c *policy.Clause) bool {
	level := c.Level
	if c.Modality == policy.Weighted {
		level = policy.WeightedLevel
	}
	return slices.ContainsFunc(pol.Levels, func(l policy.LevelSpec) bool { return l.Name == level && l.Capped })
}

func rowsOf(m *mip.Model) []mip.Row {
	out := make([]mip.Row, len(m.Rows))
	for i := range out {
		out[i] = mip.Row(i)
	}
	return out
}

// only is the model of some rows, with the columns that they have: all others are free to be anything.
func only(m *mip.Model, rows []mip.Row) *mip.Model {
	c := &mip.Model{Name: m.Name}
	at := make([]mip.Col, len(m.Columns)) // one more than the column's place in c, 0 where it has none yet
	for _, r := range rows {
		row := m.Rows[r]
		row.Terms = slices.Clone(row.Terms)
		for i, t := range row.Terms {
			if at[t.Col] == 0 {
				at[t.Col] = 1 + c.AddColumn(m.Columns[t.Col])
			}
			row.Terms[i].Col = at[t.Col] - 1
		}
		c.AddRow(row)
	}
	return c
}

// tester decides feasibility until the deadline; after it every answer is "feasible", which keeps what is there.
type tester struct {
	ctx      context.Context
	backend  solver.Solver
	deadline time.Time
	late     bool
	err      error
}

// over says, before a smaller model is built in vain, that nothing more can be tested.
func (t *tester) over() bool {
	over := t.err != nil || t.ctx.Err() != nil || !time.Now().Before(t.deadline)
	t.late = t.late || over
	return over
}

func (t *tester) infeasible(m *mip.Model) bool {
	if t.over() {
		return false
	}
	r, err := t.backend.Solve(t.ctx, m, solver.Params{Time: max(time.Until(t.deadline), 1)})
	if err != nil {
		t.err = i18n.E("试较小的集合：%s", "testing a smaller set: %s", err)
	}
	t.late = t.late || r.Status == solver.NoSolution
	return r.Status == solver.Infeasible
}

// shrink deletes what is not needed for `fails` to stay true: halves first, then quarters, then single items, so that a
// small conflict among many items costs few tests. The result fails, and no single item can be left out.
func shrink[T any](items []T, fails func([]T) bool) []T {
	for size := (len(items) + 1) / 2; size >= 1; size /= 2 {
		for at := 0; at < len(items); {
			rest := slices.Concat(items[:at], items[min(at+size, len(items)):])
			if fails(rest) {
				items = rest
			} else {
				at += size
			}
		}
	}
	return items
}

// describe names the members: decisions, then clauses with the posts, units and people of their rows. A clause that
// works by refusing pairs has no row, and stands for itself.
func describe(x *posting.Index, pol *policy.Policy, groups []group, m *mip.Model, rows []mip.Row) []planning.Group {
	subjects := map[string][]string{}
	for _, r := range rows {
		s := m.Rows[r].Stamp
		for _, id := range s.Subjects {
			if !slices.Contains(subjects[s.Clause], id) {
				subjects[s.Clause] = append(subjects[s.Clause], id)
			}
		}
	}
	var out []planning.Group
	for _, g := range groups {
		if g.clause == "" {
			out = append(out, planning.Group{Clause: decision, Subjects: []string{x.Cadres[g.cadre].ID}})
			continue
		}
		shown := shownID(pol, g.clause)
		if g.cadre != posting.None {
			out = append(out, planning.Group{Clause: shown, Subjects: []string{x.Cadres[g.cadre].ID}})
			continue
		}
		out = append(out, planning.Group{Clause: shown, Subjects: subjects[shown]})
		delete(subjects, shown)
	}
	for _, l := range pol.Levels { // the most that a goal may come to is no clause, but clashes like one
		if slices.ContainsFunc(rows, func(r mip.Row) bool { return m.Rows[r].Stamp.Clause == l.Name }) {
			out = append(out, planning.Group{Clause: l.Name})
		}
	}
	if keeps := subjects["R50"]; len(keeps) > 0 {
		out = append(out, planning.Group{Clause: "R50", Subjects: keeps})
	}
	return out
}

// shownID is the id under which a clause is printed.
func shownID(pol *policy.Policy, id string) string {
	for i := range pol.Clauses {
		if c := &pol.Clauses[i]; c.ID == id {
			return c.Shown()
		}
	}
	return id
}
