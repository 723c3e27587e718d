package main

import (
	"fmt"
	"math"
	"strings"

	"cadre/mip"
	"cadre/solver"
)

// outcome is one run of one peer. Objective is the value found by substitution, nil where there is no sound point;
// Bound is what the peer claims.
type outcome struct {
	Model, Peer, Version string
	Seed                 int
	Limit, Asked         float64 // seconds, relative gap
	Cadres               int     // rows cadre.*, 0 in other models
	Status               string
	Objective, Bound     *float64
	Seconds              float64 // wall time of the process
	Answer               float64 // wall time until the point was written: for ours the certificate comes after it
	CPU                  float64 // seconds of all its processes
	Fault                string  // what the check or the process had against it, "" nothing
}

// agree is how far a claimed value may lie from the recomputed one, relative to its size: printed digits differ.
const agree = 1e-6

// substitute puts the point into the model: rows, bounds and integrality, then the objective against the claimed one.
func (r *outcome) substitute(m *mip.Model, claimed float64, read func() (map[string]float64, error)) {
	point, err := read()
	if err != nil {
		r.Fault = "no point: " + err.Error()
		return
	}
	x := make([]float64, len(m.Columns))
	for j := range m.Columns {
		v, ok := point[m.Columns[j].Name]
		if ok {
			delete(point, m.Columns[j].Name)
		}
		if m.Columns[j].Integer && math.Abs(v-math.Round(v)) <= mip.IntTol {
			v = math.Round(v)
		}
		x[j] = v
	}
	for name := range point {
		if name != "constant" { // carries the objective's constant, which our reader has folded back
			r.Fault = "the point names columns that the model does not have, such as " + name
			return
		}
	}
	if what := m.Violation(x, mip.FeasTol); what != "" {
		r.Fault = "the point breaks the model: " + what
		return
	}
	value := m.Levels[0].Value(x)
	r.Objective = &value
	if math.Abs(value-claimed) > agree*math.Max(1, math.Abs(value)) {
		r.Fault = fmt.Sprintf("claims %.10g, the point gives %.10g", claimed, value)
	}
}

// gap is the relative gap of the checked objective to the claimed bound, +Inf where one is missing.
func (r *outcome) gap() float64 {
	if r.Objective == nil || r.Bound == nil {
		return math.Inf(1)
	}
	return solver.RelGap(*r.Objective, *r.Bound)
}

// gapSlack forgives rounding where a peer stops exactly at the gap.
const gapSlack = 1e-9

// done tells whether the run ended with a checked point within the asked gap and without a fault.
func (r *outcome) done() bool { return r.Fault == "" && r.gap() <= r.Asked+gapSlack }

// cadresOf counts the rows that place a cadre.
func cadresOf(m *mip.Model) int {
	n := 0
	for i := range m.Rows {
		if strings.HasPrefix(m.Rows[i].Name, "cadre.") {
			n++
		}
	}
	return n
}

// contradictions notes every bound that lies above a checked point of the same model, and every claim of
// infeasibility where there is such a point.
func contradictions(all []outcome) {
	best := map[string]float64{}
	for _, r := range all {
		if v, ok := best[r.Model]; r.Objective != nil && (!ok || *r.Objective < v) {
			best[r.Model] = *r.Objective
		}
	}
	for k := range all {
		r := &all[k]
		v, ok := best[r.Model]
		switch {
		case !ok || r.Fault != "":
		case r.Bound != nil && *r.Bound > v+agree*math.Max(1, math.Abs(v)):
			r.Fault = fmt.Sprintf("wrong bound: a point of value %.10g exists", v)
		case r.Status == string(solver.Infeasible):
			r.Fault = fmt.Sprintf("claims infeasible: a point of value %.10g exists", v)
		}
	}
}

// line is the run on one line.
func (r *outcome) line() string {
	return fmt.Sprintf("%s %s: %s %s %s gap %s %.1f s (%.1f to the point, %.1f of a core) %s",
		r.Model, r.Peer, r.Status, show(r.Objective), show(r.Bound), percent(r.gap()), r.Seconds, r.Answer, r.CPU, r.Fault)
}
