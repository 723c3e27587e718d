package policy

import (
	"slices"
	"testing"
)

// A leximin clause has a level for each threshold in the place of its own, the highest first, and shares it with nobody.
func TestLeximinLevels(t *testing.T) {
	const levels = `levels:
  - moves
  - {name: burden, zh: 困难, en: burden, unit: person}
  - weighted
`
	source := "version: 1\ninclude: builtin\nplan_date: 2026-01\nauthority: 县管\n" + levels + `clauses:
  - {id: R31, modality: level, level: burden, parameters: {method: leximin, top: 3}}
`
	var only string // the clauses of other levels are left out: the file lists three levels
	for _, id := range []string{"R01", "R03", "R05.a", "R05.b", "R09", "R11", "R12", "R13", "R14", "R19", "R25", "R38", "R49.a", "R49.b", "R50"} {
		only += "  - {id: " + id + ", off: yes, level: moves}\n"
	}
	p, ps := Decode("p.yaml", []byte(source+only), Options{})
	if p == nil {
		t.Fatal(report(ps))
	}
	var names []string
	for _, l := range p.Levels {
		names = append(names, l.Name)
	}
	if want := []string{"moves", "burden@3", "burden@2", "burden@1", "weighted"}; !slices.Equal(names, want) {
		t.Errorf("levels %v, want %v", names, want)
	}
	if _, ps := Decode("p.yaml", []byte(source+only+"  - {id: MOVES, level: burden}\n"), Options{}); len(ps.List) != 1 || ps.List[0].Code != "E2015" {
		t.Errorf("a second clause in the level: %s", report(ps))
	}
}
