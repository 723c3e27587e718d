package scenario

import (
	"slices"
	"strings"
	"testing"

	"cadre/policy"
)

// faults are files with the problems that they must bring about: code, line and column, and a word of the hint.
var faults = []struct{ name, yaml, want, hint string }{
	{"unknown key", "version: 1\nscenario: []\n", "E2002 s.yaml:2:1", "scenarios"},
	{"no name", "version: 1\nscenarios:\n  - {close: P1}\n", "E2003 s.yaml:3:5", ""},
	{"one name twice", "version: 1\nscenarios:\n  - {name: A}\n  - {name: A}\n", "E2007 s.yaml:4:12", ""},
	{"name of the base", "version: 1\nscenarios:\n  - {name: base}\n", "E2007 s.yaml:3:12", ""},
	{"with a scenario that is not above", "version: 1\nscenarios:\n  - {name: 甲, with: 乙}\n  - {name: 乙}\n", "E2101 s.yaml:3:21", ""},
	{"with a misspelt scenario", "version: 1\nscenarios:\n  - {name: cut}\n  - {name: more, with: [cat]}\n", "E2101 s.yaml:4:24", "cut"},
	{"one goal", "version: 1\nfrontiers:\n  - {name: f, goals: [moves]}\n", "E2102 s.yaml:3:5", ""},
	{"a gate without test", "version: 1\ngates:\n  - {metric: moves}\n", "E2103 s.yaml:3:5", ""},
	{"a gate with two", "version: 1\ngates:\n  - {metric: moves, at_most: 3, at_least: 1}\n", "E2103 s.yaml:3:5", ""},
	{"a limit that is no number", "version: 1\ngates:\n  - {metric: moves, at_most: few}\n", "E2005 s.yaml:3:30", ""},
	{"a test unknown", "version: 1\ngates:\n  - {metric: moves, against_base: fall}\n", "E2006 s.yaml:3:35", "falls"},
	{"a grid without values", "version: 1\ngrids:\n  - {name: g, vary: [{clause: R1, parameter: share, values: []}]}\n", "E2003 s.yaml:3:22", ""},
	{"a verb without its object", "version: 1\nscenarios:\n  - {name: A, flats: [{more: 3}]}\n", "E2003 s.yaml:3:23", ""},
	{"a row without its key", "version: 1\nscenarios:\n  - {name: A, set: {cadres: [{hold: yes}]}}\n", "E2003 s.yaml:3:30", ""},
	{"no YAML", "version: 1\nscenarios: [\n", "E2001 s.yaml:", ""},
	{"another version", "version: 2\n", "E2008 s.yaml:1:10", ""},
}

func TestFaults(t *testing.T) {
	for _, f := range faults {
		file, ps := Decode("s.yaml", []byte(f.yaml))
		if file != nil || len(ps.List) == 0 {
			t.Errorf("%s: no error", f.name)
			continue
		}
		p := ps.List[0]
		if got := p.Code + " " + p.Where; !strings.HasPrefix(got, f.want) || !strings.Contains(p.Hint.En, f.hint) {
			t.Errorf("%s: got %s (%s), want %s (%s)", f.name, got, p.Hint.En, f.want, f.hint)
		}
	}
}

func decode(t *testing.T, yaml string) *File {
	t.Helper()
	f, ps := Decode("s.yaml", []byte(yaml))
	if f == nil {
		t.Fatal(ps.List)
	}
	return f
}

func casesOf(t *testing.T, f *File, most int) []Case {
	t.Helper()
	cases, ps := f.Cases(most)
	if ps.HasErrors() {
		t.Fatal(ps.List)
	}
	return cases
}

// A grid takes every combination, the last dimension first; scenarios can be dimensions, and a blank is none.
func TestGrid(t *testing.T) {
	f := decode(t, `
version: 1
scenarios:
  - {name: 甲, close: P1}
grids:
  - name: G
    clauses: [{id: R9, off: yes}]
    vary:
      - {clause: R1, parameter: share, values: [20%, 30%]}
      - {scenarios: ["", 甲]}
      - {table: places, key: L1, field: lodging, values: [2]}
`)
	var names []string
	for _, c := range casesOf(t, f, 10) {
		names = append(names, c.Name)
	}
	want := []string{"base", "甲", "G：R1.share=20% L1.lodging=2", "G：R1.share=20% 甲 L1.lodging=2", "G：R1.share=30% L1.lodging=2", "G：R1.share=30% 甲 L1.lodging=2"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q", names)
	}
	last := casesOf(t, f, 10)[5].Scenario
	if len(last.Policy) != 2 || len(last.Edits) != 2 || last.Edits[0].Closes != "P1" {
		t.Errorf("the last combination has %d policy overlays and %d edits", len(last.Policy), len(last.Edits))
	}
}

// Inputs, policies, options and repeats are crossed; each input has a base of its own, under the first policy and options.
func TestAcross(t *testing.T) {
	f := decode(t, "version: 1\nscenarios: [{name: 甲}]\ninputs: [x, y]\npolicies: [p, q]\noptions: {seed: [1, 2]}\nrepeats: 2\n")
	cases := casesOf(t, f, 100)
	if f.Size() != 32 || len(cases) != 32 {
		t.Fatalf("%d runs, %d listed, want 32", f.Size(), len(cases))
	}
	for i, c := range cases {
		if want := i / 16 * 16; c.Base != want || cases[want].Scenario.Name != "base" || cases[want].Input != c.Input {
			t.Errorf("run %d (%s) is held against %d, want %d", i, c.Name, c.Base, want)
		}
	}
	if got := cases[31].Name; got != "甲 [y, q, seed 2, #2]" {
		t.Errorf("the last run is named %q", got)
	}
	names := map[string]bool{}
	for _, c := range cases {
		names[c.Name] = true
	}
	if len(names) != 32 {
		t.Errorf("%d names for 32 runs", len(names))
	}
}

// A million runs are refused with their number, without being listed, unless so many are confirmed.
func TestTooMany(t *testing.T) {
	dimension := "      - {clause: R1, parameter: share, values: [1%, 2%, 3%, 4%, 5%, 6%, 7%, 8%, 9%, 10%]}\n"
	f := decode(t, "version: 1\ngrids:\n  - name: G\n    vary:\n"+strings.Repeat(dimension, 6))
	_, ps := f.Cases(500)
	if len(ps.List) != 1 || ps.List[0].Code != "E2104" || !strings.Contains(ps.List[0].Text.En, "1000001 runs") || !strings.Contains(ps.List[0].Hint.En, "--runs 1000001") {
		t.Errorf("got %v", ps.List)
	}
	f = decode(t, "version: 1\ngrids:\n  - name: G\n    vary:\n"+strings.Repeat(dimension, 19))
	if _, ps := f.Cases(500); len(ps.List) != 1 || !strings.Contains(ps.List[0].Text.En, "> 10^12") {
		t.Errorf("10^19 runs: %v", ps.List)
	}
}

// Every code of scenario files has a case that brings it about: here, on the sheet, or when gates are judged.
func TestCodes(t *testing.T) {
	covered := map[string]bool{"E2104": true, "E2105": true}
	for _, f := range faults {
		covered[strings.Fields(f.want)[0]] = true
	}
	for _, c := range policy.ScenarioCodes() {
		if !covered[c.ID] || c.Text.Zh == "" || c.Text.En == "" || c.Fix.Zh == "" || c.Fix.En == "" {
			t.Errorf("%s has no case or no words", c.ID)
		}
	}
}

// TestGateHolds stands on the boundary of each test.
func TestGateHolds(t *testing.T) {
	for _, c := range []struct {
		test        Test
		value, base float64
		want        bool
	}{
		{AtMost, 3, 9, true}, {AtMost, 3.5, 9, false}, {AtLeast, 3, 9, true}, {AtLeast, 2.5, 9, false},
		{Falls, 8, 9, true}, {Falls, 9, 9, false}, {Rises, 10, 9, true}, {Rises, 9, 9, false},
		{NotAbove, 9, 9, true}, {NotAbove, 10, 9, false}, {NotBelow, 9, 9, true}, {NotBelow, 8, 9, false},
	} {
		if g := (Gate{Test: c.test, Limit: 3}); g.Holds(c.value, c.base) != c.want {
			t.Errorf("%s: value %g, base %g, limit 3: want %t", c.test, c.value, c.base, c.want)
		}
	}
}
