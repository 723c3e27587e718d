package main

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

func TestBar(t *testing.T) {
	for _, c := range []struct {
		used, limit time.Duration
		full        int
	}{{0, time.Minute, 0}, {15 * time.Second, time.Minute, 5}, {time.Minute, time.Minute, 20}, {2 * time.Minute, time.Minute, 20}, {time.Hour, 0, 0}} {
		got := bar(c.used, c.limit)
		if strings.Count(got, "#") != c.full || len([]rune(got)) != barWidth+2 {
			t.Errorf("%v of %v: %s, want %d", c.used, c.limit, got, c.full)
		}
	}
}

// TestProgressThrottled: lines wait a second, but a new incumbent is never left out of JSON.
func TestProgressThrottled(t *testing.T) {
	news := []solver.Progress{
		{Level: "cost", Phase: "root", Incumbent: math.NaN(), Bound: math.Inf(-1)},
		{Level: "cost", Phase: "root", Incumbent: math.NaN(), Bound: 3},
		{Level: "cost", Phase: "search", Incumbent: 9, Bound: 3},
		{Level: "cost", Phase: "search", Incumbent: 9, Bound: 4},
		{Level: "cost", Phase: "search", Incumbent: 8, Bound: 4, Nodes: 7},
	}
	for way, want := range map[string]int{progressLines: 0, progressNone: 0, progressJSON: 3} {
		var out bytes.Buffer
		p := newProgress(&out, i18n.En, way, time.Minute)
		for _, n := range news {
			p.show(n)
		}
		p.done()
		if got := strings.Count(out.String(), "\n"); got != want {
			t.Errorf("%s: %d lines, want %d:\n%s", way, got, want, out.String())
		}
		if way == progressJSON && !strings.HasSuffix(out.String(), `"incumbent":8,"bound":4,"gap":0.5,"nodes":7}`+"\n") {
			t.Errorf("got %s", out.String())
		}
	}
}

// TestInSenseOf: what the file maximises is told in its sense; the gap does not change.
func TestInSenseOf(t *testing.T) {
	var got solver.Progress
	tell := inSenseOf(&mip.Model{Levels: []mip.Level{{Name: "profit", Negated: true}, {Name: "cost"}}}, func(p solver.Progress) { got = p })
	tell(solver.Progress{Level: "profit", Incumbent: -20, Bound: -25})
	if got.Incumbent != 20 || got.Bound != 25 || gapOf(got) != 0.25 {
		t.Errorf("%+v, gap %g", got, gapOf(got))
	}
	tell(solver.Progress{Level: "cost", Incumbent: 25, Bound: 20})
	if got.Incumbent != 25 || gapOf(got) != 0.2 {
		t.Errorf("%+v, gap %g", got, gapOf(got))
	}
}
