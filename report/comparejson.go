package report

import (
	"math"

	"cadre/planning"
	"cadre/posting"
	"cadre/scenario"
)

// CompareJSON is compare.json (docs/compare.schema.json).
type CompareJSON struct {
	Version   int             `json:"version"`
	Base      string          `json:"base"` // name of the base run
	Scenarios []ScenarioJSON  `json:"scenarios"`
	Changes   []ChangeJSON    `json:"changes"`
	Moving    []MovingJSON    `json:"moving"`
	Gates     []GateJSON      `json:"gates"`
	Metrics   []DirectionJSON `json:"metrics"`
	Frontiers []FrontJSON     `json:"frontiers"`
}

// ScenarioJSON is one run. Plan is its folder, "" where there is no plan; Base the name of the run it is held against.
type ScenarioJSON struct {
	Name     string             `json:"name"`
	Base     string             `json:"base"`
	Status   string             `json:"status"`
	Limit    string             `json:"limit"`
	Plan     string             `json:"plan"`
	Gap      float64            `json:"gap"`
	Metrics  map[string]float64 `json:"metrics"`
	Missed   []MissedJSON       `json:"missed"`
	Unfilled []string           `json:"unfilled"`
	Says     []string           `json:"says"`
	Headline []string           `json:"headline"`
	Conflict []MissedJSON       `json:"conflict"`
}

// MissedJSON is a clause with those concerned; of a conflict it has no amount.
type MissedJSON struct {
	Clause   string   `json:"clause"`
	Amount   float64  `json:"amount,omitempty"`
	Subjects []string `json:"subjects"`
}

// ChangeJSON is a cadre whom a scenario places otherwise than the base plan: there at From, here at To. Seat is the
// present post.
type ChangeJSON struct {
	Cadre    string       `json:"cadre"`
	Scenario string       `json:"scenario"`
	Seat     string       `json:"seat"`
	From     string       `json:"from"`
	To       string       `json:"to"`
	Move     posting.Move `json:"move"` // in the scenario's plan
}

// MovingJSON says in which plans a cadre does not stay.
type MovingJSON struct {
	Cadre string   `json:"cadre"`
	In    []string `json:"in"`
	Of    int      `json:"of"`
	Base  string   `json:"base"`
}

// GateJSON is one gate judged on one run; BaseValue is absent where the base has no plan.
type GateJSON struct {
	Metric    string   `json:"metric"`
	Test      string   `json:"test"`
	Limit     *float64 `json:"limit,omitempty"`
	Scenario  string   `json:"scenario"`
	Value     float64  `json:"value"`
	BaseValue *float64 `json:"base_value,omitempty"`
	Pass      bool     `json:"pass"`
}

// DirectionJSON tells which way a metric is better: lower, higher, or "".
type DirectionJSON struct {
	Name   string `json:"name"`
	Better string `json:"better"`
	Text   string `json:"text"`
}

// NewCompareJSON is the content of compare.json for the audience.
func NewCompareJSON(c *scenario.Comparison, folders []string, opt Options) *CompareJSON {
	k := newCompared(c, folders, opt)
	out := &CompareJSON{Version: 1, Base: c.Runs[0].Name, Changes: []ChangeJSON{}, Moving: []MovingJSON{}, Gates: []GateJSON{}, Metrics: []DirectionJSON{}, Frontiers: []FrontJSON{}}
	for i := range c.Runs {
		out.Scenarios = append(out.Scenarios, k.scenarioJSON(i))
		for _, ch := range k.changes(i) {
			out.Changes = append(out.Changes, ChangeJSON{ch.Cadre, c.Runs[i].Name, ch.Seat, ch.From, ch.To, ch.ToMove})
		}
	}
	for _, m := range c.Moving {
		if ch := (scenario.Change{Run: m.Base, Cadre: m.Cadre, Seat: k.seatOf(m)}); k.seesChange(&ch) {
			out.Moving = append(out.Moving, MovingJSON{m.Cadre, k.runNames(m.In), m.Of, c.Runs[m.Base].Name})
		}
	}
	if k.aud.Whole() {
		for _, v := range c.Verdicts {
			out.Gates = append(out.Gates, k.gateJSON(v))
		}
	}
	for _, f := range k.fronts() {
		if f.shown() {
			out.Frontiers = append(out.Frontiers, f.json())
		}
	}
	for _, m := range c.Metrics {
		if !k.points(m.Name) {
			out.Metrics = append(out.Metrics, DirectionJSON{m.Name, string(m.Direction), k.say(m.Text)})
		}
	}
	return out
}

func (k *compared) scenarioJSON(i int) ScenarioJSON {
	r := k.c.Runs[i]
	s := ScenarioJSON{Name: r.Name, Base: k.c.Runs[r.Base].Name, Status: r.Record.Status, Limit: r.Record.Limit, Plan: k.folders[i],
		Metrics: map[string]float64{}, Missed: []MissedJSON{}, Unfilled: []string{}, Says: []string{}, Headline: []string{}, Conflict: []MissedJSON{}}
	for _, t := range r.Says {
		s.Says = append(s.Says, k.say(t))
	}
	if i != r.Base {
		s.Headline = append(s.Headline, k.plan(i).Lines...)
	}
	if r.Record.Conflict != nil && k.aud.Whole() {
		s.Conflict = conflictJSON(r.Record.Conflict)
	}
	d := r.Digest
	if d == nil || !k.aud.Whole() {
		return s
	}
	s.Gap, s.Unfilled = d.Gap, append(s.Unfilled, d.Unfilled...)
	for name, v := range d.Metrics {
		if !k.points(name) {
			s.Metrics[name] = v
		}
	}
	for _, m := range d.Missed {
		s.Missed = append(s.Missed, MissedJSON{m.Clause, m.Amount, append([]string{}, m.Subjects...)})
	}
	return s
}

func conflictJSON(c *planning.Conflict) []MissedJSON {
	out := []MissedJSON{}
	for _, g := range c.Groups {
		out = append(out, MissedJSON{Clause: g.Clause, Subjects: append([]string{}, g.Subjects...)})
	}
	return out
}

func (k *compared) runNames(runs []int) []string {
	out := []string{}
	for _, i := range runs {
		out = append(out, k.c.Runs[i].Name)
	}
	return out
}

func (k *compared) gateJSON(v scenario.Verdict) GateJSON {
	g := &k.c.File.Gates[v.Gate]
	out := GateJSON{Metric: g.Metric, Test: string(g.Test), Scenario: k.c.Runs[v.Run].Name, Value: v.Value, Pass: v.Pass}
	if g.Test == scenario.AtMost || g.Test == scenario.AtLeast {
		out.Limit = &g.Limit
	}
	if !math.IsNaN(v.Base) {
		out.BaseValue = &v.Base
	}
	return out
}
