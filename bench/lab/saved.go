package lab

import (
	"encoding/json"
	"fmt"
	"os"

	"cadre/scenario"
)

// savedVersion is that of lab.json.
const savedVersion = 1

// Saved is lab.json: what a later comparison is held against, and what programs read.
type Saved struct {
	Version  int           `json:"version"`
	Name     string        `json:"name"`
	Variants []Variant     `json:"variants"`
	Metrics  []SavedMetric `json:"metrics"`
	Gates    []SavedGate   `json:"gates"`
	Against  []Delta       `json:"against,omitempty"`
}

// SavedMetric tells which way a metric is better: lower, higher, or "".
type SavedMetric struct {
	Name   string `json:"name"`
	Better string `json:"better"`
	Zh     string `json:"zh"`
	En     string `json:"en"`
}

// SavedGate is a gate with how many of the runs that it asks pass.
type SavedGate struct {
	Metric string   `json:"metric"`
	Test   string   `json:"test"`
	Limit  float64  `json:"limit"`
	Judged int      `json:"judged"`
	Passed int      `json:"passed"`
	Failed []string `json:"failed"`
}

// Delta is a metric of a variant then and now, by medians.
type Delta struct {
	Input   string  `json:"input"`
	Variant string  `json:"variant"`
	Metric  string  `json:"metric"`
	Then    float64 `json:"then"`
	Now     float64 `json:"now"`
	Verdict string  `json:"verdict"` // better, worse, changed
}

// Save is the comparison as lab.json.
func (l *Lab) Save() Saved {
	s := Saved{Version: savedVersion, Name: l.Name.Zh, Variants: l.Variants, Metrics: []SavedMetric{}, Gates: []SavedGate{}, Against: l.Against}
	for _, m := range l.Metrics {
		s.Metrics = append(s.Metrics, SavedMetric{m.Name, string(m.Direction), m.Text.Zh, m.Text.En})
	}
	for _, g := range l.Gates {
		s.Gates = append(s.Gates, SavedGate{g.Metric, string(g.Test), g.Limit, g.Judged, g.Passed, append([]string{}, g.Failed...)})
	}
	return s
}

// ReadSaved reads a lab.json.
func ReadSaved(path string) (*Saved, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &Saved{}
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("%s is no lab.json: %w", path, err)
	}
	if s.Version != savedVersion {
		return nil, fmt.Errorf("%s has version %d, this program reads %d", path, s.Version, savedVersion)
	}
	return s, nil
}

// Hold holds the comparison against a saved one: every metric of a variant that both have, where it differs. Metrics without a
// direction are left out.
func (l *Lab) Hold(s *Saved) {
	then := map[[2]string]*Variant{}
	for i := range s.Variants {
		v := &s.Variants[i]
		then[[2]string{v.Input, v.Name}] = v
	}
	l.Against = []Delta{}
	for i := range l.Variants {
		v := &l.Variants[i]
		old := then[[2]string{v.Input, v.Name}]
		if old == nil {
			continue
		}
		if old.Planned > 0 && v.Planned == 0 {
			l.Against = append(l.Against, Delta{v.Input, v.Name, "", float64(old.Planned), 0, "worse"})
		}
		for _, m := range l.Metrics {
			l.hold(v, old, m)
		}
	}
}

func (l *Lab) hold(v, old *Variant, m scenario.Metric) {
	a, had := old.Values[m.Name]
	b, has := v.Values[m.Name]
	if !had || !has || m.Direction == scenario.Either {
		return
	}
	if verdict := judge(m, a.Median, b.Median); verdict != Same {
		l.Against = append(l.Against, Delta{v.Input, v.Name, m.Name, a.Median, b.Median, verdict.Text().En})
	}
}

// Regressions counts what has become worse than in the saved comparison.
func (l *Lab) Regressions() int {
	n := 0
	for _, d := range l.Against {
		if d.Verdict == "worse" {
			n++
		}
	}
	return n
}

// FailedGates counts runs that failed a gate.
func (l *Lab) FailedGates() int {
	n := 0
	for _, g := range l.Gates {
		n += len(g.Failed)
	}
	return n
}
