package policy

import (
	"strings"
	"testing"

	"cadre/posting"
)

// onlyClause is a policy of one clause of its own.
const onlyClause = `version: 1
plan_date: 2026-01
authority: 县管
horizon: {periods: 1, months: 12}
levels: [{name: weighted, zh: 综合, en: weighed, unit: point}]
clauses:
`

var tableFaults = []fault{
	{"E2033", "p.yaml:7:108", "  - {id: N1, kind: minimum_term, modality: waivable, citation: 本地, parameters: {years: 3}, for: {where: '1 % len(cadre.also) == 0'}}\n"},
	{"E2040", "p.yaml:7:5", "  - {id: N1, kind: minimum_term, modality: hard, citation: {zh: 本地, covers: [乡科级正职]}, parameters: {years: 3}, for: {class: leading}}\n"},
	{"E2041", "p.yaml:7:93", "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, for: {cadres: [c1, c11]}}\n"},
	{"E2034", "p.yaml:7:137", "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, thresholds: [{where: cadre.tenure_months >= 24}, {rank: 乡科级副职}]}\n"},
	{"E2034", "p.yaml:7:114", "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, thresholds: [{units: u1}, {cadres: [c1, c2]}]}\n"},
	{"E2034", "p.yaml:7:131", "  - {id: N1, kind: unit_inflow, modality: hard, citation: 本地, parameters: {share: 1/3, least: 1}, thresholds: [{posts: [p1, p2]}, {units: u2}]}\n"},
	{"E2034", "p.yaml:7:126", "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, thresholds: [{to: {posts: [p1, p2]}}, {to: {units: u1}}]}\n"},
	{"E2036", "p.yaml:7:5", "  - {id: N1, kind: long_tenure, modality: waivable, level: weighted, citation: 本地, parameters: {must_years: 2}, for: {rank: 乡科级副职}}\n  - {id: N2, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 2.5}, for: {class: key}}\n"},
	{"E2041", "p.yaml:7:93", "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, for: {authority: [县管, 县官]}}\n"},
	{"E2041", "p.yaml:7:93", "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, for: {zone: [北片, 背片]}}\n"},
	{"W2042", "p.yaml:7:93", "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, for: {class: [key, team]}}\n"},
	{"W2042", "p.yaml:7:92", "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, to: {where: post.key and post.team}}\n"},
}

// A policy is held against the tables: each fault is one problem with a code and an exact place.
func TestTableFaults(t *testing.T) {
	x := county()
	for _, f := range tableFaults {
		ps := mustDecode(t, onlyClause+f.source).Validate(x, nil)
		if len(ps.List) != 1 || ps.List[0].Code != f.code || ps.List[0].Where != f.at {
			t.Errorf("want %s %s of\n%sgot\n%s", f.code, f.at, f.source, report(ps))
		}
	}
}

// What is right is not reported: clauses that are off or out of force, citations that cover those selected, people of
// another authority, conditions that may hold.
func TestTableNoFaults(t *testing.T) {
	x := county()
	for _, source := range []string{
		"for: {cadres: c11}, off: yes",
		"for: {class: [key, team]}, from: 2026-02",
		"for: {class: [key, team]}, until: 2025-12",
		"for: {cadres: c4, rank: 县处级正职}",
		"for: {authority: [县管, 省管], rank: 乡科级副职}",
		"thresholds: [{where: cadre.tenure_months >= 60, rank: 乡科级副职}, {where: cadre.tenure_months < 60, rank: 乡科级副职}]",
		"thresholds: [{to: {posts: [p1, p2]}, rank: 乡科级副职}, {to: {posts: p3}, rank: 乡科级副职}]",
		"thresholds: [{to: {where: post.key}, rank: 乡科级副职}, {to: {where: not post.key}, rank: 乡科级副职}]",
		"thresholds: [{units: u2, until: 2025-12}, {cadres: c2, from: 2026-01}]",
		"for: {rank: 乡科级副职}, to: {posts: [p1, p2], where: place.hardship > 2}",
	} {
		p := mustDecode(t, onlyClause+"  - {id: N1, kind: minimum_term, modality: hard, citation: {zh: 本地, covers: [乡科级副职]}, parameters: {years: 3}, "+source+"}\n")
		if ps := p.Validate(x, nil); len(ps.List) > 0 {
			t.Errorf("%s: %s", source, report(ps))
		}
	}
	x.Cadres[0].Authority = "市管"
	p := mustDecode(t, onlyClause+"  - {id: N1, kind: minimum_term, modality: hard, citation: {zh: 本地, covers: [乡科级副职]}, parameters: {years: 3}, for: {class: leading}}\n")
	if ps := p.Validate(x, nil); len(ps.List) > 0 {
		t.Errorf("cadre of another authority: %s", report(ps))
	}
}

// A duty that falls due before a move is allowed is no contradiction where it is for others, or where the minimum does not
// bind.
func TestTermsInOrder(t *testing.T) {
	for _, least := range []string{"modality: hard, for: {class: team}", "modality: report", "modality: weighted, weight: 1", "modality: hard, until: 2025-12"} {
		p := mustDecode(t, onlyClause+"  - {id: N1, kind: long_tenure, modality: report, level: weighted, citation: 本地, parameters: {must_years: 2}, for: {rank: 乡科级副职}}\n"+
			"  - {id: N2, kind: minimum_term, citation: 本地, parameters: {years: 2.5}, "+least+"}\n")
		p.Clauses[0].Modality = Hard
		if ps := p.Validate(county(), nil); len(ps.Errors()) > 0 {
			t.Errorf("%s: %s", least, report(ps))
		}
	}
}

var exceptionFaults = []struct {
	code string
	e    posting.Exception
}{
	{"E2050", posting.Exception{No: "1", Clause: "R99", Subject: "c1"}},
	{"E2051", posting.Exception{No: "1", Clause: "R20", Subject: "c1"}},
	{"", posting.Exception{No: "1", Clause: "R06", Subject: "c1", Until: posting.NewMonth(2026, 1)}},
	{"", posting.Exception{No: "1", Clause: "R05", Subject: "c1"}},
	{"", posting.Exception{No: "1", Clause: "R05.b", Subject: "c1"}},
	{"", posting.Exception{No: "1", Clause: "R09", Subject: "c1"}},
}

// An exception names a clause that allows one. Its cell is named, the person is not.
func TestExceptions(t *testing.T) {
	for _, f := range exceptionFaults {
		x := county()
		x.Exceptions = []posting.Exception{f.e}
		var got []Problem
		places := func(table, id, column string) string { return table + " " + id + " " + column }
		for _, p := range mustDecode(t, header).Validate(x, places).List {
			if p.Code != "W2042" {
				got = append(got, p)
			}
		}
		switch {
		case f.code == "" && len(got) == 0:
		case len(got) != 1 || got[0].Code != f.code:
			t.Errorf("%s: want %q, got %v", f.e.Clause, f.code, got)
		case got[0].Where != "exceptions 1 clause":
			t.Errorf("%s: at %q", f.e.Clause, got[0].Where)
		case strings.Contains(got[0].Text.Zh+got[0].Text.En, "c1"):
			t.Errorf("names the person: %v", got[0])
		}
	}
}

// A rule test names a clause, or the part of it before a dot, and a period of the plan.
func TestRuleTests(t *testing.T) {
	places := func(table, id, column string) string { return table + " " + id + " " + column }
	for _, c := range []struct {
		clause string
		period int
		want   string
	}{{"", 1, ""}, {"R05", 1, ""}, {"R05.a", 1, ""}, {"R55", 1, "E2053 tests 7 clause"}, {"R05", 2, "E2054 tests 7 period"}} {
		ps := &Problems{}
		mustDecode(t, header).ValidateTest("7", c.clause, c.period, places, ps)
		got := ""
		for _, p := range ps.List {
			got += p.Code + " " + p.Where
		}
		if got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// A policy of an authority that no post has plans nothing.
func TestAuthorityOfNobody(t *testing.T) {
	p := mustDecode(t, strings.Replace(onlyClause, "县管", "省管", 1)+"  - {id: N1, kind: few_moves, modality: weighted, weight: 1, citation: 本地}\n")
	if ps := p.Validate(county(), nil); len(ps.List) != 1 || ps.List[0].Code != "E2043" || !strings.Contains(ps.List[0].Hint.Zh, "县管") {
		t.Errorf("want E2043 that suggests 县管, got %s", report(ps))
	}
}

// Every code is declared once, has a case above that brings it about, and says what it means and what to do.
func TestCodes(t *testing.T) {
	cases := map[string]bool{"E2037": true, "E2043": true, "E2053": true, "E2054": true} // tests of their own
	for _, f := range append(faults, tableFaults...) {
		cases[f.code] = true
	}
	for _, f := range exceptionFaults {
		cases[f.code] = true
	}
	for _, f := range append(includeFaults, thresholdFaults...) {
		cases[f.code] = true
	}
	seen := map[string]bool{}
	for _, c := range Codes() {
		if seen[c.ID] || !cases[c.ID] || c.Text.Zh == "" || c.Text.En == "" || c.Fix.Zh == "" || c.Fix.En == "" {
			t.Errorf("%s: declared twice, without a case or without words", c.ID)
		}
		if (c.Severity == Warning) != strings.HasPrefix(c.ID, "W2") || (c.Severity == Error) != strings.HasPrefix(c.ID, "E2") {
			t.Errorf("%s has severity %s", c.ID, c.Severity)
		}
		seen[c.ID] = true
	}
}
