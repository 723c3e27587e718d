package ruletest

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cadre/audit"
	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/lint"
	"cadre/policy"
	"cadre/posting"
)

// TestLintIsSound: what the lint proves holds of every plan there is, as the auditor judges it. Where it finds a
// contradiction no plan is accepted; where it finds a shortfall, every accepted plan misses one of the two clauses.
func TestLintIsSound(t *testing.T) {
	found := map[string]int{}
	rapid.Check(t, func(t *rapid.T) { soundLint(t, drawWorld(t), found) })
	for seed := range uint64(max(*instances, 1500)) { // the same worlds every time, so that the counts cannot fail by bad luck
		soundLint(t, Random(seed), found)
	}
	t.Log(found)
	for _, code := range []string{"L201 contradiction", "L201 shortfall", "L202 shortfall", "L203 shortfall", "L301 contradiction", "L301 shortfall"} {
		if found[code] == 0 {
			t.Errorf("no world has %s", code)
		}
	}
}

type fataler interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func soundLint(t fataler, w *World, found map[string]int) {
	t.Helper()
	x, pol, err := w.Read()
	if err != nil {
		t.Fatal(err)
	}
	findings := slices.DeleteFunc(lint.Check(x, pol).Findings, func(f lint.Finding) bool { return f.Severity == lint.Note })
	if len(findings) == 0 {
		return
	}
	options, err := allowed(x, pol)
	if err != nil {
		t.Fatal(err)
	}
	if size(options) > mostPlans {
		return
	}
	for _, f := range findings {
		found[f.Code+" "+string(f.Severity)]++
	}
	err = each(options, func(plan []posting.Assignment) error {
		r, err := audit.Judge(x, pol, &posting.Plan{Assignments: plan}, i18n.En)
		if err != nil || len(r.Violated) > 0 {
			return err
		}
		for _, f := range findings {
			if f.Severity == lint.Contradiction || !missing(r, f, pol) {
				return fmt.Errorf("%s %s %s against %q, %v: %s\nis not so in the plan %v", f.Severity, f.Code, f.Clause, f.Against, f.Subjects, f.Text.En, plan)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, w.Archive())
	}
}

// missing tells whether a plan misses one of the two clauses of a finding. Moves that are only counted are listed nowhere:
// of these the level tells.
func missing(r posting.AuditReport, f lint.Finding, pol *policy.Policy) bool {
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		silent := c.ID == f.Against && c.Kind == "few_moves"
		if silent && slices.ContainsFunc(r.Levels, func(l posting.LevelValue) bool { return l.Name == c.Level && l.Value > 0 }) {
			return true
		}
	}
	return slices.ContainsFunc(r.Missed, func(m posting.Finding) bool { return m.Clause == f.Clause || m.Clause == f.Against })
}

// TestSurveyCounts: the counts of the lint are those of judging every pair by itself.
func TestSurveyCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		x, pol, err := w.Read()
		if err != nil {
			t.Fatal(err)
		}
		enc := constraints.Encode(x, pol)
		for _, touch := range enc.Survey(1) {
			if len(touch.Clauses) > 1 || !touch.Clauses[0].Binding() || policy.Kinds()[touch.Clauses[0].Kind].Scope != "pair" {
				continue
			}
			if want := refusedAlone(t, x, pol, touch.Clauses[0]); touch.Refused != want {
				t.Fatalf("%s refuses %d pairs to the survey, %d by itself\n%s", touch.Clauses[0].ID, touch.Refused, want, w.Archive())
			}
		}
	})
}

// refusedAlone counts the pairs that a policy of one clause keeps from being lawful.
func refusedAlone(t *rapid.T, x *posting.Index, pol *policy.Policy, k *policy.Clause) int {
	alone := *pol
	alone.Clauses = slices.DeleteFunc(slices.Clone(pol.Clauses), func(c policy.Clause) bool { return c.ID != k.ID && !lifts(c.Kind) })
	for i := range alone.Clauses {
		if c := &alone.Clauses[i]; c.ID != k.ID && c.Kind == "area_avoidance" {
			c.Modality = policy.Level // it may be an own ground, but refuses nothing
			c.Level = pol.Levels[0].Name
		} else if c.ID != k.ID && c.Kind == "secondment" {
			c.Params = map[string]any{"months": c.Int("months"), "most_months": 1000} // it says how long, but refuses nothing
			c.Forbid = false
		}
	}
	enc := constraints.EncodeAll(x, &alone)
	n := 0
	for c := range x.Cadres {
		for q := range x.Posts {
			arrival := x.Seat(c) == posting.None
			moves := (arrival || x.Leaves(c) == 0) && x.First(c) <= x.Last(c) && q != x.Seat(c) && !(arrival && x.Seconded(q))
			if moves && !slices.Contains(enc.Takers(q), c) {
				n++
			}
		}
	}
	return n
}

// lifts tells whether clauses of a kind can lift others.
func lifts(kind string) bool { return slices.Contains(grounding, kind) }
