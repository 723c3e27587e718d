package scenario

import (
	"maps"
	"math"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
)

// metrics lists what the plans have been measured by.
func (c *Comparison) metrics() {
	have := map[string]bool{}
	for _, r := range c.Runs {
		if r.Digest != nil {
			for name := range r.Digest.Metrics {
				have[name] = true
			}
		}
	}
	taken := map[string]bool{}
	add := func(m Metric) {
		if have[m.Name] && !taken[m.Name] {
			taken[m.Name] = true
			c.Metrics = append(c.Metrics, c.worded(m))
		}
	}
	for _, m := range c.File.Metrics {
		add(c.described(m))
	}
	for _, m := range c.levels() {
		add(m)
	}
	for _, m := range knownMetrics {
		add(m)
	}
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if !strings.HasPrefix(name, levelPrefix) {
			add(known(name))
		}
	}
}

// levels are the goals as metrics: less is better.
func (c *Comparison) levels() []Metric {
	var out []Metric
	for _, pol := range c.Policies {
		for _, l := range pol.Levels {
			if m := known(l.Name); m.Text == (i18n.Text{}) {
				out = append(out, Metric{l.Name, Lower, l.Text})
			}
		}
	}
	return out
}

// described gives a metric of the file the direction and words of a level of its name.
func (c *Comparison) described(m Metric) Metric {
	for _, l := range c.levels() {
		if strings.TrimPrefix(m.Name, levelPrefix) != l.Name {
			continue
		}
		if m.Direction == Either {
			m.Direction = l.Direction
		}
		if m.Text == (i18n.Text{}) {
			m.Text = l.Text
		}
	}
	return m
}

// judge judges every gate on every run that it asks, and reports gates on metrics that no plan has.
func (c *Comparison) judge() *policy.Problems {
	ps := &policy.Problems{}
	names := make([]string, len(c.Metrics))
	for i, m := range c.Metrics {
		names[i] = m.Name
	}
	for g := range c.File.Gates {
		gate := &c.File.Gates[g]
		if len(names) > 0 && !c.has(gate.Metric) {
			ps.Add(policy.Problem{Code: "E2103", Severity: policy.Error, Where: gate.Where, Hint: policy.Suggest(gate.Metric, names),
				Text: i18n.F("没有一个方案有指标 %q", "no plan has the metric %q", gate.Metric)})
			continue
		}
		for i, r := range c.Runs {
			if r.Digest != nil && gate.asks(&r.Case, &c.Runs[r.Base].Case) {
				c.verdict(g, i)
			}
		}
	}
	return ps
}

func (c *Comparison) has(metric string) bool {
	return slices.ContainsFunc(c.Runs, func(r *Run) bool {
		if r.Digest == nil {
			return false
		}
		_, ok := r.Digest.Metrics[metric]
		return ok
	})
}

// verdict judges one gate on one run; a metric that the plan lacks is 0, as the sum over nothing.
func (c *Comparison) verdict(g, i int) {
	gate, r := &c.File.Gates[g], c.Runs[i]
	v := Verdict{Gate: g, Run: i, Value: r.Digest.Metrics[gate.Metric], Base: math.NaN()}
	if base := c.Runs[r.Base].Digest; base != nil {
		v.Base = base.Metrics[gate.Metric]
	} else if gate.relative() {
		return // nothing to hold it against
	}
	v.Pass = gate.Holds(v.Value, v.Base)
	c.Verdicts = append(c.Verdicts, v)
}
