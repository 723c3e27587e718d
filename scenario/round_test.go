package scenario

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

// town is a small world: C1 on P1, C2 on P2, C3 leaves P3, N1 arrives; P4 is vacant, P5 reserved.
func town() *posting.Index {
	date := posting.NewMonth(2026, 1)
	in := &posting.Instance{
		Cadres:     []posting.Cadre{{ID: "C1", Post: "P1"}, {ID: "C2", Post: "P2"}, {ID: "C3", Post: "P3"}, {ID: "N1", Arrives: date}},
		Posts:      []posting.Post{{ID: "P1", Filling: posting.Fillable}, {ID: "P2", Filling: posting.Fillable}, {ID: "P3", Filling: posting.Fillable}, {ID: "P4", Filling: posting.Fillable}, {ID: "P5", Filling: posting.ReserveArrival}},
		Departures: []posting.Departure{{Cadre: "C3", Month: date + 2}},
	}
	return posting.NewIndex(in, posting.Calendar{Date: date, Periods: 1, Length: 12})
}

// TestDecisionEdits holds every word against docs/second-round.md.
func TestDecisionEdits(t *testing.T) {
	for _, c := range []struct {
		decision posting.Decision
		want     string
	}{
		{posting.Decision{Cadre: "C1", Post: "P4", Decision: posting.Agreed}, "cadres C1 disposition=定岗:P4"},
		{posting.Decision{Cadre: "C1", Post: "P1", Decision: posting.Agreed}, "cadres C1 disposition=不动"},
		{posting.Decision{Cadre: "C3", Post: "", Decision: posting.Agreed}, ""},
		{posting.Decision{Cadre: "N1", Post: "P4", Decision: posting.Agreed}, "arrivals N1 disposition=定岗:P4"},
		{posting.Decision{Cadre: "C1", Post: "P4", Decision: posting.NoChange}, "cadres C1 disposition=不动"},
		{posting.Decision{Cadre: "N1", Post: "P4", Decision: posting.NoChange}, "arrivals N1 disposition= unsuited=+P4"},
		{posting.Decision{Cadre: "C1", Post: "P4", Decision: posting.Assigned, To: "P2"}, "cadres C1 disposition=定岗:P2"},
		{posting.Decision{Cadre: "C1", Post: "P4", Decision: posting.NotSuited}, "cadres C1 disposition= unsuited=+P4"},
		{posting.Decision{Cadre: "C1", Post: "P4", Decision: posting.Another}, "cadres C1 disposition= unsuited=+P4; posts P4 filling=必须填"},
		{posting.Decision{Cadre: "C1", Post: "P5", Decision: posting.Another}, "cadres C1 disposition= unsuited=+P5"},
		{posting.Decision{Cadre: "C1", Post: "P4", Decision: posting.Deferred, Until: posting.NewMonth(2026, 9)}, "cadres C1 disposition= hold=是 hold_until=2026-09"},
		{posting.Decision{Cadre: "C9", Post: "P4", Decision: posting.Agreed}, ""},
	} {
		var got []string
		for _, e := range decisionEdits(&c.decision, town(), "w") {
			line := e.Table + " " + e.Key
			for _, cell := range e.Cells {
				line += fmt.Sprintf(" %s=%s", cell.Field, cell.Value)
			}
			got = append(got, line)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s for %s on %q: got %q, want %q", c.decision.Decision, c.decision.Cadre, c.decision.Post, strings.Join(got, "; "), c.want)
		}
	}
}

// TestAgreed: an agreed move is kept by a clause; what a meeting has assigned before, placements and agreed stays are pinned.
func TestAgreed(t *testing.T) {
	agreed := func(cadre, post string) posting.Decision {
		return posting.Decision{Cadre: cadre, Post: post, Decision: posting.Agreed}
	}
	p := &posting.Process{Round: 3,
		Previous: []posting.Planned{{Cadre: "C1", To: "P2", Period: 1}, {Cadre: "C2", To: "P4", Period: 1}, {Cadre: "C3", To: "P3", Period: 1}, {Cadre: "N1", To: "P5", Period: 1}},
		Rounds: []posting.Round{{Round: 1, Decisions: []posting.Decision{{Cadre: "C2", Post: "P1", Decision: posting.Assigned, To: "P4"}}},
			{Round: 2, Decisions: []posting.Decision{agreed("C1", "P2"), agreed("C2", "P4"), agreed("N1", "P5")}}}}
	b := policy.NewBook("p.yaml", []byte(book), policy.Options{})
	over, err := ProcessOverlay(b, p, town())
	if err != nil {
		t.Fatal(err)
	}
	pol, ps := b.With(over.Policy...)
	if pol == nil {
		t.Fatal(ps.List)
	}
	if c := clauseOf(pol, agreedClause); c == nil || !c.Binding() || !slices.Equal(c.For.Cadres, []string{"C1"}) {
		t.Errorf("the clause: %+v", c)
	}
	var pinned []string
	for _, e := range over.Edits {
		if e.Table != "previous" {
			pinned = append(pinned, e.Key)
		}
	}
	if !slices.Equal(pinned, []string{"C2", "N1"}) {
		t.Errorf("pinned: %v", pinned)
	}
}

// TestStanding: the latest decision of each holds, and one that is taken back does not.
func TestStanding(t *testing.T) {
	d := func(cadre string, w posting.Word) posting.Decision {
		return posting.Decision{Cadre: cadre, Decision: w}
	}
	p := posting.Process{Rounds: []posting.Round{
		{Round: 1, Decisions: []posting.Decision{d("A", posting.Agreed), d("B", posting.NoChange), d("C", posting.Agreed)}},
		{Round: 2, Decisions: []posting.Decision{d("B", posting.TakenBack), d("C", posting.NotSuited)}},
	}}
	var got []string
	for _, s := range p.Standing() {
		got = append(got, s.Cadre+string(s.Decision))
	}
	if !slices.Equal(got, []string{"A同意", "C不宜到该岗"}) {
		t.Errorf("standing: %v", got)
	}
}

const book = `
version: 1
plan_date: 2026-01
authority: 县管
horizon: {periods: 1, months: 12}
levels:
  - {name: seats, zh: 空缺, en: seats, unit: seat}
  - {name: moves, zh: 调整, en: moves, unit: person}
  - {name: weighted, zh: 综合, en: weighed, unit: point}
clauses:
  - {id: M, kind: few_moves, modality: level, level: moves, citation: 本地}
`

// The goal that counts changes stands before moves, or where it is asked for; a policy that counts them itself is left alone.
func TestKeepTree(t *testing.T) {
	for _, c := range []struct{ source, before, want string }{
		{book, "", "seats changes moves weighted"},
		{book, "seats", "changes seats moves weighted"},
		{book, "weighted", "seats moves changes weighted"},
		{strings.ReplaceAll(strings.ReplaceAll(book, "name: moves", "name: few"), "level: moves", "level: few"), "", "seats few changes weighted"},
		{book + "  - {id: K, kind: plan_kept, modality: weighted, weight: 3, citation: 本地}\n", "", "seats moves weighted"},
	} {
		b := policy.NewBook("p.yaml", []byte(c.source), policy.Options{})
		tree, err := keepTree(b, c.before, "w")
		if err != nil {
			t.Fatal(err)
		}
		var over []policy.Tree
		if !tree.Blank() {
			over = []policy.Tree{tree}
		}
		pol, ps := b.With(over...)
		if pol == nil {
			t.Fatal(ps.List)
		}
		if got := strings.Join(goals(pol), " "); got != c.want || len(pol.ActiveOf(keepKind)) != 1 && len(over) > 0 {
			t.Errorf("before %q: levels %s, want %s", c.before, got, c.want)
		}
	}
	_, err := keepTree(policy.NewBook("p.yaml", []byte(book), policy.Options{}), "nowhere", "w")
	if _, ok := err.(ErrNoLevel); !ok {
		t.Errorf("a goal that is not there: %v", err)
	}
}
