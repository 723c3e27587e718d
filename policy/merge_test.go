package policy

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cadre/posting"
)

// mustDecode decodes a policy without faults.
func mustDecode(t interface {
	Helper()
	Fatalf(string, ...any)
}, source string) *Policy {
	t.Helper()
	p, ps := Decode("p.yaml", []byte(source), Options{})
	if p == nil || len(ps.List) > 0 {
		t.Fatalf("of\n%s\n%s", source, report(ps))
	}
	return p
}

func clauseOf(t *testing.T, p *Policy, id string) *Clause {
	t.Helper()
	for i := range p.Clauses {
		if p.Clauses[i].ID == id {
			return &p.Clauses[i]
		}
	}
	t.Fatalf("no clause %s", id)
	return nil
}

// flow writes a node as YAML of one line.
func flow(n *node) string {
	var parts []string
	switch n.shape {
	case scalar:
		return strconv.Quote(n.text)
	case list:
		for _, item := range n.items {
			parts = append(parts, flow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case table:
		for _, p := range n.pairs {
			parts = append(parts, p.key.text+": "+flow(p.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "~"
}

// A file that includes the built-in book and states nothing has its clauses, levels and hash but for the authority.
func TestIncludeAloneIsTheBook(t *testing.T) {
	p, book := mustDecode(t, header), Builtin()
	book.Authority = "县管"
	if p.hash() != book.hash() {
		t.Error("including the book changes it")
	}
	if p.Calendar != (posting.Calendar{Date: posting.NewMonth(2026, 1), Periods: 1, Length: 12}) {
		t.Errorf("calendar %+v", p.Calendar)
	}
}

// Stating any part of a clause again, key by key and parameter by parameter, changes nothing: merging is idempotent.
func TestRestatingChangesNothing(t *testing.T) {
	book := parse("builtin.yaml", builtinSource, &Problems{}).get("clauses").items
	want := mustDecode(t, header).Hash
	rapid.Check(t, func(rt *rapid.T) {
		var b strings.Builder
		for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(book)-1), 1, 4, rapid.ID[int]).Draw(rt, "clauses") {
			part := &node{shape: table}
			for _, p := range book[i].pairs {
				if p.key.text == "id" || rapid.Bool().Draw(rt, p.key.text) {
					part.pairs = append(part.pairs, pair{p.key, some(rt, p)})
				}
			}
			fmt.Fprintln(&b, "  -", flow(part))
		}
		if got := mustDecode(rt, header+b.String()); got.Hash != want {
			rt.Fatalf("restating changes the policy:\n%s", b.String())
		}
	})
}

// some keeps a part of the parameters of a clause, and other values whole.
func some(rt *rapid.T, p pair) *node {
	if p.key.text != "parameters" {
		return p.value
	}
	out := &node{shape: table}
	for _, q := range p.value.pairs {
		if rapid.Bool().Draw(rt, q.key.text) {
			out.pairs = append(out.pairs, q)
		}
	}
	return out
}

// An override changes what it states and nothing else; a new id is appended.
func TestOverride(t *testing.T) {
	p := mustDecode(t, header+`  - {id: R06, parameters: {years: 2.5}}
  - {id: R12, for: {class: [team]}, parameters: {share: 1/3}}
  - {id: N1, kind: keeps_post, modality: hard, citation: 本地}
`)
	want := Builtin().Clauses
	for i := range want {
		c, got := &want[i], &p.Clauses[i]
		switch c.ID {
		case "R06":
			c.Params["years"] = 30
		case "R12":
			c.For = Selector{Class: []string{"team"}}
			c.Params["share"] = Ratio{1, 3}
		}
		c.Where, c.For.Where, c.To.Where = "", "", ""
		if g := *got; !reflect.DeepEqual(stripped(g), *c) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.ID, stripped(g), *c)
		}
	}
	last := p.Clauses[len(p.Clauses)-1]
	if len(p.Clauses) != len(want)+1 || last.ID != "N1" || last.Name != Kinds()["keeps_post"].Statement || last.Where != "p.yaml:8:5" {
		t.Errorf("new clause: %+v", last)
	}
}

func stripped(c Clause) Clause {
	c.Where, c.For.Where, c.To.Where = "", "", ""
	return c
}

// A clause whose modality changes leaves a weight or level behind that it has no use for; a duty keeps its level.
func TestModalityChange(t *testing.T) {
	p := mustDecode(t, header+"  - {id: R26, modality: report}\n  - {id: R09, modality: hard}\n  - {id: R01, modality: hard}\n")
	if c := clauseOf(t, p, "R26"); c.Weight != 0 || c.Modality != Report {
		t.Errorf("R26: %+v", c)
	}
	if c := clauseOf(t, p, "R09"); c.Level != "" || c.Modality != Hard {
		t.Errorf("R09: %+v", c)
	}
	if c := clauseOf(t, p, "R01"); c.Level != "overdue_not_moved" {
		t.Errorf("R01 lost its level: %+v", c)
	}
}

// Levels can be reordered by name alone, a table restates a part, and a null takes an inherited key back.
func TestLevelsAndNull(t *testing.T) {
	p := mustDecode(t, strings.Replace(header, "clauses:", "horizon: {periods: 2}\nlevels: [moves, {name: seats_unfilled, unit: post}, arrivals_unplaced, precedence, overdue_not_moved, yearly_shares, team_structure, open_seats, weighted]\nclauses:", 1)+
		"  - {id: R06, parameters: {except: ~}, for: ~}\n")
	if p.Levels[0] != Builtin().Levels[7] || p.Levels[1].Unit != "post" || p.Levels[1].Text != Builtin().Levels[0].Text {
		t.Errorf("levels: %+v", p.Levels)
	}
	if p.Calendar.Periods != 2 || p.Calendar.Length != 12 {
		t.Errorf("calendar: %+v", p.Calendar)
	}
	c := clauseOf(t, p, "R06")
	if c.Has("except") || c.For.Class != nil || c.Months("years") != 60 {
		t.Errorf("R06: %+v", c)
	}
}

// The hash follows the content, not the way it is written, nor the plan date.
func TestHash(t *testing.T) {
	a := mustDecode(t, header+"  - {id: R12, parameters: {share: 1/3}}\n")
	for _, same := range []string{
		header + "  - id: R12\n    parameters:\n      share: 2/6 # a comment\n",
		strings.Replace(header, "2026-01", "2026-02", 1) + "  - {id: R12, parameters: {share: 1/3}}\n",
	} {
		if b := mustDecode(t, same); b.Hash != a.Hash {
			t.Errorf("another hash of\n%s", same)
		}
	}
	for _, other := range []string{
		header + "  - {id: R12, parameters: {share: 1/4}}\n",
		header + "  - {id: R12, parameters: {share: 1/3}, from: 2026-01}\n",
		header + "  - {id: R12, parameters: {share: 1/3}, for: {class: [leading], post_rank: [乡科级正职, 乡科级副职], where: post.key}}\n",
		strings.Replace(header, "县管", "市管", 1) + "  - {id: R12, parameters: {share: 1/3}}\n",
	} {
		if b := mustDecode(t, other); b.Hash == a.Hash {
			t.Errorf("the same hash of\n%s", other)
		}
	}
	if b := a.WithDate(posting.NewMonth(2030, 5)); b.Hash != a.Hash || b.Calendar.Date != posting.NewMonth(2030, 5) || a.Calendar.Date != posting.NewMonth(2026, 1) {
		t.Error("WithDate is no copy for another date")
	}
}

// Shares are exact, in lowest terms.
func TestShares(t *testing.T) {
	for w, want := range map[string]Ratio{"25%": {1, 4}, "1/3": {1, 3}, "0.25": {1, 4}, "12.5%": {1, 8}, "0": {0, 1}, "1": {1, 1}, "2/6": {1, 3}, "100%": {1, 1}} {
		if r, ok := parseShare(w); !ok || r != want {
			t.Errorf("%s: %v %v, want %v", w, r, ok, want)
		}
	}
	for _, w := range []string{"", "%", "1/0", "1/-3", "0.5/2", "1/3%", "１/3", "1e3", "0x1", "..5", "1234567890", "+1", "--1", "5-"} {
		if r, ok := parseShare(w); ok {
			t.Errorf("%q is read as %v", w, r)
		}
	}
}

// The date of the options goes before the file's, and makes up for one that is missing.
func TestDate(t *testing.T) {
	date := posting.NewMonth(2027, 3)
	for _, source := range []string{header, strings.Replace(header, "plan_date: 2026-01\n", "", 1)} {
		p, ps := Decode("p.yaml", []byte(source), Options{Date: date})
		if p == nil || p.Calendar.Date != date {
			t.Errorf("date not taken: %s", report(ps))
		}
	}
}

// The nearest word is the one with the fewest changes; a far one is no help.
func TestNearest(t *testing.T) {
	for w, want := range map[string]string{"yaers": "years", "县处正职": "县处级正职", "zebra": "", "": ""} {
		if got := Nearest(w, []string{"months", "years", "县处级副职", "县处级正职"}); got != want {
			t.Errorf("%q: %q, want %q", w, got, want)
		}
	}
}
