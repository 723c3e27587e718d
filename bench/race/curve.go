package race

import (
	"math"
	"slices"
)

// thresholds of proven gaps that the tables ask for.
const (
	gap1   = 1e-2
	gap01  = 1e-3
	gap001 = 1e-4
)

// finish turns the events of a run into times and its primal-dual integral. The end of the run is its last event.
func (r *Run) finish() {
	if r.Objective != nil || r.Bound != nil {
		end := r.Answer
		for _, e := range r.Events { // clocks of two processes differ a little
			end = max(end, e.At)
		}
		r.Events = append(r.Events, Event{end, r.Objective, r.Bound})
	}
	slices.SortStableFunc(r.Events, func(a, b Event) int { return int(math.Copysign(1, a.At-b.At)) })
	r.Events = thin(r.Events)
	if g := r.gap(); !math.IsInf(g, 0) {
		r.Gap = &g
	}
	if r.Status == Missing {
		return
	}
	area := 0.0
	for i, e := range r.Events {
		if e.Incumbent != nil && r.First == nil {
			r.First = &r.Events[i].At
		}
		g := e.gap()
		for _, t := range []struct {
			to   **float64
			most float64
		}{{&r.To1, gap1}, {&r.To01, gap01}, {&r.To001, gap001}} {
			if *t.to == nil && g <= t.most+gapSlack {
				*t.to = &r.Events[i].At
			}
		}
	}
	for i := 0; i <= len(r.Events); i++ { // before the first event the gap is 1, after the last it stays
		from, g := 0.0, 1.0
		if i > 0 {
			from, g = r.Events[i-1].At, min(1, r.Events[i-1].gap())
		}
		to := r.Limit
		if i < len(r.Events) {
			to = min(r.Limit, r.Events[i].At)
		}
		area += g * max(0, to-min(from, r.Limit))
	}
	if r.Limit > 0 {
		mean := area / r.Limit
		r.Integral = &mean
	}
}

func (e *Event) gap() float64 {
	if e.Incumbent == nil || e.Bound == nil {
		return math.Inf(1)
	}
	return relative(*e.Incumbent, *e.Bound)
}

// thin carries the last known values on and keeps the events that change something.
func thin(events []Event) []Event {
	var out []Event
	var now Event
	for _, e := range events {
		if e.Incumbent == nil {
			e.Incumbent = now.Incumbent
		}
		if e.Bound == nil {
			e.Bound = now.Bound
		}
		if e.Incumbent == nil && e.Bound == nil || len(out) > 0 && equal(e.Incumbent, now.Incumbent) && equal(e.Bound, now.Bound) {
			continue
		}
		out, now = append(out, e), e
	}
	return out
}

func equal(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }
