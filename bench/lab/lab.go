// Package lab sums up a comparison of policies as planners know it from acceptance tests: variants (a policy with a scenario, on
// an input) against a baseline, each metric with its direction, gates, and a saved comparison that a later one is held
// against. The runs, metrics and gates are those of package scenario; this package groups and counts them.
package lab

import (
	"math"
	"slices"

	"cadre/internal/i18n"
	"cadre/scenario"
)

// Variant is what is compared: a policy with a scenario on an input, over all options and repeats.
type Variant struct {
	Name     string             `json:"name"` // policy and scenario, where several are
	Input    string             `json:"input"`
	Policy   string             `json:"policy,omitempty"`
	Scenario string             `json:"scenario"`
	Base     bool               `json:"base"`    // the baseline of its input
	Runs     int                `json:"runs"`    // made
	Planned  int                `json:"planned"` // of these, with a plan
	Values   map[string]Summary `json:"values"`  // by metric, over the runs with a plan
	Rank     int                `json:"-"`       // by the goals in their order, among the variants of the input; 0 without a plan
	Says     []i18n.Text        `json:"-"`       // what its scenario changes
	Judged   int                `json:"-"`       // gates over its runs
	Passed   int                `json:"-"`
}

// Summary is a metric over the runs of a variant.
type Summary struct {
	Median float64   `json:"median"`
	Least  float64   `json:"least"`
	Most   float64   `json:"most"`
	All    []float64 `json:"all"`
}

// Gate is an acceptance gate over all runs that it asks.
type Gate struct {
	scenario.Gate
	Judged, Passed int
	Failed         []string // names of the runs
}

// Lab is a whole comparison.
type Lab struct {
	Name     i18n.Text
	Variants []Variant // input by input, the baseline first
	Metrics  []scenario.Metric
	Gates    []Gate
	Against  []Delta // where a saved comparison was given
}

// New sums up finished runs.
func New(c *scenario.Comparison) *Lab {
	l := &Lab{Name: c.File.Name, Metrics: c.Metrics}
	at, of := map[[3]string]int{}, make([]int, len(c.Runs))
	for i, r := range c.Runs {
		key := [3]string{r.Input, r.Policy, r.Scenario.Name}
		k, ok := at[key]
		if !ok {
			k = len(l.Variants)
			at[key] = k
			l.Variants = append(l.Variants, Variant{Name: variantName(c, r), Input: r.Input, Policy: r.Policy, Scenario: r.Scenario.Name,
				Base: r.Base == i, Says: r.Says, Values: map[string]Summary{}})
		}
		of[i] = k
		l.Variants[k].add(r)
	}
	for k := range l.Variants {
		l.Variants[k].sum()
	}
	l.rank(c)
	l.gates(c, of)
	return l
}

// variantName tells policy and scenario, as far as several are compared.
func variantName(c *scenario.Comparison, r *scenario.Run) string {
	several := len(c.File.Across.Policies) > 1
	switch {
	case several && len(c.File.Scenarios)+len(c.File.Grids) > 0:
		return r.Policy + " · " + r.Scenario.Name
	case several:
		return r.Policy
	}
	return r.Scenario.Name
}

func (v *Variant) add(r *scenario.Run) {
	v.Runs++
	if r.Digest == nil {
		return
	}
	v.Planned++
	for name, value := range r.Digest.Metrics {
		s := v.Values[name]
		s.All = append(s.All, value)
		v.Values[name] = s
	}
}

func (v *Variant) sum() {
	for name, s := range v.Values {
		sorted := slices.Sorted(slices.Values(s.All))
		n := len(sorted)
		s.Least, s.Most, s.Median = sorted[0], sorted[n-1], (sorted[(n-1)/2]+sorted[n/2])/2
		v.Values[name] = s
	}
}

// rank orders the variants of each input by the medians of the goals, the most important first.
func (l *Lab) rank(c *scenario.Comparison) {
	var goals []string
	if len(c.Policies) > 0 {
		for _, g := range c.Policies[0].Levels {
			goals = append(goals, "level."+g.Name)
		}
	}
	for i := range l.Variants {
		v := &l.Variants[i]
		if v.Planned == 0 {
			continue
		}
		v.Rank = 1
		for k := range l.Variants {
			if w := &l.Variants[k]; w.Input == v.Input && w.Planned > 0 && before(w, v, goals) {
				v.Rank++
			}
		}
	}
}

func before(a, b *Variant, goals []string) bool {
	for _, g := range goals {
		if x, y := a.Values[g].Median, b.Values[g].Median; x != y {
			return x < y
		}
	}
	return false
}

// gates counts verdicts by gate and by variant; of tells the variant of each run.
func (l *Lab) gates(c *scenario.Comparison, of []int) {
	for i := range c.File.Gates {
		g := Gate{Gate: c.File.Gates[i]}
		for _, v := range c.Verdicts {
			if v.Gate != i {
				continue
			}
			w := &l.Variants[of[v.Run]]
			g.Judged, w.Judged = g.Judged+1, w.Judged+1
			if v.Pass {
				g.Passed, w.Passed = g.Passed+1, w.Passed+1
			} else {
				g.Failed = append(g.Failed, c.Runs[v.Run].Name)
			}
		}
		l.Gates = append(l.Gates, g)
	}
}

// Baseline is the baseline of an input, nil where it has no plan.
func (l *Lab) Baseline(input string) *Variant {
	for i := range l.Variants {
		if v := &l.Variants[i]; v.Base && v.Input == input && v.Planned > 0 {
			return v
		}
	}
	return nil
}

// Verdict is which way a metric went.
type Verdict int

const (
	Same Verdict = iota
	Better
	Worse
	Other // it changed, and has no direction
)

// Words of verdicts.
var verdictWords = map[Verdict]i18n.Text{Same: i18n.T("持平", "the same"), Better: i18n.T("改善", "better"), Worse: i18n.T("变差", "worse"),
	Other: i18n.T("有变化", "changed")}

// Text is the word for people.
func (v Verdict) Text() i18n.Text { return verdictWords[v] }

// equalTo is how far two medians may lie apart and still be the same: they are sums of integers over a stated scale.
const equalTo = 1e-9

// judge says which way a value went.
func judge(m scenario.Metric, from, to float64) Verdict {
	switch {
	case math.Abs(from-to) <= equalTo*math.Max(1, math.Abs(from)):
		return Same
	case m.Direction == scenario.Either:
		return Other
	case (to < from) == (m.Direction == scenario.Lower):
		return Better
	}
	return Worse
}

// several tells whether the comparison is over more than one input, so that variants have to name theirs.
func (l *Lab) several() bool {
	return slices.ContainsFunc(l.Variants, func(v Variant) bool { return v.Input != l.Variants[0].Input })
}

// metric describes a metric by name.
func (l *Lab) metric(name string) scenario.Metric {
	if i := slices.IndexFunc(l.Metrics, func(m scenario.Metric) bool { return m.Name == name }); i >= 0 {
		return l.Metrics[i]
	}
	return scenario.Metric{Name: name}
}

// Shown are the metrics of the headline, the first table and the box plots: those that the file names, else those with a direction.
func (l *Lab) Shown(f *scenario.File) []scenario.Metric {
	var out []scenario.Metric
	for _, m := range l.Metrics {
		named := slices.ContainsFunc(f.Metrics, func(n scenario.Metric) bool { return n.Name == m.Name })
		if named || len(f.Metrics) == 0 && m.Direction != scenario.Either {
			out = append(out, m)
		}
	}
	return out
}
