package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"

	"cadre/audit"
	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// loaded are the cases, read once for all tests.
var loaded = sync.OnceValues(func() ([]*Case, error) {
	paths, err := filepath.Glob("cases/*/*.txtar")
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("no cases: %v", err)
	}
	dir, err := os.MkdirTemp("", "ruletest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var out []*Case
	for i, path := range paths {
		c, err := Load(path, filepath.Join(dir, strconv.Itoa(i)))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
})

func cases(t *testing.T) []*Case {
	t.Helper()
	all, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (c *Case) index(pol *policy.Policy) *posting.Index {
	return posting.NewIndex(c.Instance, pol.Calendar)
}

// judged is the auditor's report on a case under a policy.
func judged(t *testing.T, c *Case, pol *policy.Policy) posting.AuditReport {
	t.Helper()
	r, err := audit.Judge(c.index(pol), pol, c.Plan, i18n.En)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// byLevel names level values, in the units that people read.
func byLevel(pol *policy.Policy, values []int64) map[string]float64 {
	out := map[string]float64{}
	for i, l := range pol.Levels {
		out[l.Name] = float64(values[i])
		if l.Name == policy.WeightedLevel {
			out[l.Name] /= policy.WeightScale
		}
	}
	return out
}

// TestAuditorOnCases: the auditor finds exactly what a person wrote down, and the same level values.
func TestAuditorOnCases(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.Kind+"/"+c.Name, func(t *testing.T) {
			r := judged(t, c, c.Policy)
			if got := Lines(r); !slices.Equal(got, c.Want.Findings) {
				t.Errorf("got findings\n%q\nwant\n%q", got, c.Want.Findings)
			}
			if err := c.Want.LevelDifferences(byLevel(c.Policy, audit.Values(r))); err != nil {
				t.Error(err)
			}
			if err := c.Want.MetricDifferences(r.Metrics); err != nil {
				t.Error(err)
			}
		})
	}
}

// unmodelled are the kinds that bind what a model cannot break: cases that break them are judged by the auditor alone.
var unmodelled = map[string]string{
	"executable_order": "judges dates and numbers that a plan gives beside who goes where",
	"stated_ground":    "other clauses, and the validation of the policy, see to it that every change has a ground",
}

// TestEncoderOnCases: the model accepts the plan exactly where a person found nothing violated, at the same values.
func TestEncoderOnCases(t *testing.T) {
	backend := Backend()
	for _, c := range cases(t) {
		t.Run(c.Kind+"/"+c.Name, func(t *testing.T) {
			enc := constraints.Encode(c.index(c.Policy), c.Policy)
			values, _, accepted, err := Pinned(enc, c.Plan.Assignments, backend)
			if err != nil {
				t.Fatal(err)
			}
			if accepted == c.Want.Violated() && unmodelled[c.Kind] == "" {
				t.Fatalf("accepted: %t, want %t", accepted, !c.Want.Violated())
			}
			if !accepted {
				return
			}
			if err := c.Want.LevelDifferences(byLevel(c.Policy, values)); err != nil {
				t.Error(err)
			}
		})
	}
}
