package ruletest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"cadre/audit"
	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
)

// mostPlans bounds the enumeration of one world; larger ones are left to Agree's random plans alone.
const mostPlans = 4000

// samples is how many random plans of a world are judged by both sides.
const samples = 12

// Agreement counts what was compared in one world.
type Agreement struct {
	Enumerated bool // the oracle was asked
	Feasible   bool
	Judged     int // plans that the oracle judged
	Pinned     int // random plans that both sides judged
	Accepted   int // of these, accepted by both
	Seconding  int // of these, plans in which somebody is seconded
	Missions   int // and those in which somebody goes on a mission or comes back from one
}

// Agree holds encoder and auditor against each other in one world: the oracle's best against the solver's, random plans
// pinned in the model against their audit, the solver's plan and its grounds against their audit, and the four lists.
// The error says where they disagree.
func Agree(w *World, backend solver.Solver) (Agreement, error) {
	x, pol, err := w.Read()
	if err != nil {
		return Agreement{}, err
	}
	m := match{x: x, pol: pol, backend: backend, enc: constraints.Encode(x, pol)}
	if err := m.enc.Model.Check(); err != nil {
		return Agreement{}, err
	}
	for _, step := range []func() error{m.lists, m.optimum, func() error { return m.randomPlans(w.Seed) }} {
		if err := step(); err != nil {
			return m.did, err
		}
	}
	return m.did, nil
}

// match is one world under comparison.
type match struct {
	x       *posting.Index
	pol     *policy.Policy
	enc     *constraints.Encoding
	backend solver.Solver
	did     Agreement
}

// optimum compares the solver's best with the oracle's, and the solver's plan with its audit.
func (m *match) optimum() error {
	values, point, feasible, err := Optimum(m.enc.Model, m.backend)
	if err != nil {
		return err
	}
	m.did.Feasible = feasible
	if feasible {
		if err := m.audited(m.enc.Decode(point), values); err != nil {
			return err
		}
	}
	options, err := allowed(m.x, m.pol)
	if err != nil || size(options) > mostPlans {
		return err
	}
	best, err := BruteForce(m.x, m.pol)
	m.did.Enumerated, m.did.Judged = true, best.Judged
	switch {
	case err != nil:
		return err
	case feasible != (best.Values != nil):
		return fmt.Errorf("the solver says feasible: %t, the oracle: %t, by %s", feasible, best.Values != nil, written(best.Plan))
	case feasible && !slices.Equal(values, best.Values):
		return fmt.Errorf("the solver's best is %v, by %s; the oracle's %v, by %s", values, written(changes(m.x, m.enc.Decode(point))), best.Values, written(best.Plan))
	}
	return nil
}

// size is the number of plans that the options allow, or more than any bound.
func size(options [][]*posting.Assignment) int {
	n := 1
	for _, o := range options {
		n = min(n*len(o), 1<<30)
	}
	return n
}

// audited checks a decoded plan, grounds and all.
func (m *match) audited(plan []posting.Assignment, values []int64) error {
	r, err := audit.Judge(m.x, m.pol, &posting.Plan{Assignments: plan}, i18n.En)
	switch {
	case err != nil:
		return err
	case len(r.Violated) > 0:
		return fmt.Errorf("the solver's plan %s fails its audit: %+v", written(changes(m.x, plan)), r.Violated[0])
	case !slices.Equal(audit.Values(r), values):
		return fmt.Errorf("the solver values its plan %s at %v, the auditor at %v", written(changes(m.x, plan)), values, audit.Values(r))
	}
	return m.grounds(plan)
}

// grounds compares those that the encoder gives with the auditor's own.
func (m *match) grounds(plan []posting.Assignment) error {
	own, err := audit.Grounds(m.x, m.pol, &posting.Plan{Assignments: plan})
	if err != nil {
		return err
	}
	changing := changes(m.x, plan)
	for _, a := range plan {
		if a.To == a.From && slices.ContainsFunc(changing, func(b posting.Assignment) bool { return b.Cadre == a.Cadre }) {
			continue // the stay beside a secondment
		}
		if !slices.Equal(a.Grounds, own[a.Cadre]) {
			return fmt.Errorf("grounds of %s to %q in %d: the encoder's are %q, the auditor's %q", a.Cadre, a.To, a.Period, a.Grounds, own[a.Cadre])
		}
	}
	return nil
}

// randomPlans pins random plans and compares verdict and values.
func (m *match) randomPlans(seed uint64) error {
	r := rand.New(rand.NewPCG(seed, 1))
	options := Options(m.x)
	lawful, err := allowed(m.x, m.pol)
	if err != nil {
		return err
	}
	for i := range samples {
		from := lawful
		if i%4 == 0 {
			from = options // mostly refused plans, too
		}
		var plan []posting.Assignment
		for _, o := range from {
			if a := o[r.IntN(len(o))]; a != nil && r.IntN(3) > 0 {
				plan = append(plan, *a)
			}
		}
		if i%6 == 5 {
			plan = m.overdone(r, plan)
		}
		if err := m.pinned(plan); err != nil {
			return err
		}
	}
	return nil
}

// overdone adds to a plan a row that makes it none, where there is one: a second change of one who has one, or a
// secondment of one who arrives or leaves.
func (m *match) overdone(r *rand.Rand, plan []posting.Assignment) []posting.Assignment {
	var rows []posting.Assignment
	for c := range m.x.Cadres {
		has := slices.IndexFunc(plan, func(a posting.Assignment) bool { return a.Cadre == m.x.Cadres[c].ID })
		for q := range m.x.Posts {
			second := has >= 0 && q != m.x.PostAt(plan[has].To)
			if q != m.x.Seat(c) && (second || m.x.Seconded(q) && (m.x.Seat(c) == posting.None || m.x.Leaves(c) > 0)) {
				rows = append(rows, posting.Assignment{Cadre: m.x.Cadres[c].ID, To: m.x.Posts[q].ID, Period: r.IntN(m.x.Calendar.Periods) + 1})
			}
		}
	}
	if len(rows) == 0 {
		return plan
	}
	return append(plan, rows[r.IntN(len(rows))])
}

func (m *match) pinned(plan []posting.Assignment) error {
	o, err := Judge(m.x, m.pol, plan)
	if err != nil {
		return err
	}
	values, point, accepted, err := Pinned(m.enc, plan, m.backend)
	m.did.Pinned++
	switch {
	case err != nil:
		return err
	case accepted != o.Accepted:
		return fmt.Errorf("plan %s: the encoder accepts it: %t, the auditor: %t%s", written(plan), accepted, o.Accepted, m.violations(plan))
	case accepted && !slices.Equal(values, o.Values):
		return fmt.Errorf("plan %s: the encoder values it at %v, the auditor at %v", written(plan), values, o.Values)
	case !accepted:
		return nil
	}
	m.did.count(m.x, plan)
	return m.grounds(m.enc.Decode(point))
}

// count adds an accepted plan.
func (a *Agreement) count(x *posting.Index, plan []posting.Assignment) {
	has := func(what func(c, q int) bool) int {
		if slices.ContainsFunc(plan, func(r posting.Assignment) bool { return what(x.CadreAt(r.Cadre), x.PostAt(r.To)) }) {
			return 1
		}
		return 0
	}
	a.Accepted++
	a.Seconding += has(func(_, q int) bool { return x.Seconded(q) })
	a.Missions += has(func(c, q int) bool {
		return !x.Seconded(q) && (x.OnMission(c) || x.Posts[q].Term == posting.TermMission)
	})
}

func (m *match) violations(plan []posting.Assignment) string {
	r, err := audit.Judge(m.x, m.pol, &posting.Plan{Assignments: plan}, i18n.En)
	if err != nil || len(r.Violated) == 0 {
		return ""
	}
	return ", for " + line("violated", r.Violated[0])
}

// lists compares the four lists, and the clauses that put people on them.
func (m *match) lists() error {
	theirs, err := audit.Lists(m.x, m.pol)
	if err != nil {
		return err
	}
	ours := map[string]string{}
	b := planning.Brief(m.x, m.pol)
	for list, people := range map[audit.List][]planning.Listed{audit.Due: b.Due, audit.Eligible: b.May, audit.Deferred: b.NotNow, audit.Others: b.Others} {
		for _, p := range people {
			ours[m.x.Cadres[p.Cadre].ID] = fmt.Sprint(list, p.Clauses)
		}
	}
	for _, l := range theirs {
		if want := fmt.Sprint(l.List, l.Clauses); !m.x.Cadres[m.x.CadreAt(l.Cadre)].Arrival() && ours[l.Cadre] != want {
			return fmt.Errorf("%s: the encoder lists him as %s, the auditor as %s", l.Cadre, ours[l.Cadre], want)
		}
	}
	return nil
}

// changes are the assignments that change something.
func changes(x *posting.Index, plan []posting.Assignment) []posting.Assignment {
	return slices.DeleteFunc(slices.Clone(plan), func(a posting.Assignment) bool { return a.To == a.From || a.To == "" })
}

func written(plan []posting.Assignment) string {
	var out []string
	for _, a := range plan {
		out = append(out, fmt.Sprintf("%s→%s@%d", a.Cadre, a.To, a.Period))
	}
	return "[" + strings.Join(out, " ") + "]"
}

// Sum adds up agreements.
func Sum(all []Agreement) map[string]int {
	out := map[string]int{}
	for _, a := range all {
		out["worlds"]++
		out["judged"] += a.Judged
		out["pinned"] += a.Pinned
		out["accepted"] += a.Accepted
		out["seconding"] += a.Seconding
		out["missions"] += a.Missions
		if a.Enumerated {
			out["enumerated"]++
		}
		if a.Feasible {
			out["feasible"]++
		}
	}
	return out
}

// Figures prints a sum in a fixed order.
func Figures(sum map[string]int) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(sum)) {
		out = append(out, fmt.Sprintf("%d %s", sum[k], k))
	}
	return strings.Join(out, ", ")
}
