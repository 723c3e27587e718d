package policy

import (
	"strings"
	"testing"
)

// header begins a policy that is right but for what follows it: 5 lines.
const header = `version: 1
include: builtin
plan_date: 2026-01
authority: 县管
clauses:
`

// fault is a policy, and the one problem that it has, with its exact place.
type fault struct {
	code, at, source string
}

var faults = []fault{
	{"E2001", "p.yaml:1:4", "a: [1,\nb: 2"},
	{"E2001", "p.yaml:6:21", header + "  - {id: R06, name: &x a}\n"},
	{"E2001", "p.yaml:2:1", "version: 1\n" + strings.Repeat("[", 80)},
	{"E2001", "p.yaml:1:1", strings.Repeat("- ", 80)},
	{"E2001", "p.yaml:3:1", "version: 1\n---\nversion: 1\n"},
	{"E2001", "p.yaml:2:1", "version: 1\nname: \xcf\xd8\n"},
	{"E2001", "p.yaml:5001:1", strings.Repeat("\n", 5000) + "a"},
	{"E2002", "p.yaml:6:15", header + "  - {id: R06, yeras: 3}\n"},
	{"E2002", "p.yaml:6:28", header + "  - {id: R06, parameters: {yers: 3}}\n"},
	{"E2003", "p.yaml:1:1", "version: 1\ninclude: builtin\nplan_date: 2026-01\n"},
	{"E2003", "p.yaml:6:5", header + "  - {id: N1, kind: keeps_post, modality: hard}\n"},
	{"E2004", "p.yaml:6:20", header + "  - {id: R06, for: leading}\n"},
	{"E2004", "p.yaml:6:28", header + "  - {id: R06, for: {class: []}}\n"},
	{"E2004", "p.yaml:5:10", strings.TrimSuffix(header, "\n") + " builtin\n"},
	{"E2005", "p.yaml:6:35", header + "  - {id: R06, parameters: {years: five}}\n"},
	{"E2005", "p.yaml:6:35", header + "  - {id: R06, parameters: {years: 1.3}}\n"},
	{"E2005", "p.yaml:6:21", header + "  - {id: R06, from: 2026-13}\n"},
	{"E2005", "p.yaml:6:20", header + "  - {id: R06, off: off}\n"},
	{"E2002", "p.yaml:6:41", header + "  - {id: R18, parameters: {area: place, top: 1}}\n"},
	{"E2006", "p.yaml:6:47", header + "  - {id: R06, parameters: {years: 5, except: [promotions]}}\n"},
	{"E2006", "p.yaml:6:27", header + "  - {id: R06, for: {rank: 乡科正职}}\n"},
	{"E2006", "p.yaml:6:10", header + "  - {id: R6O, off: yes}\n"},
	{"E2006", "p.yaml:7:32", header + "  - id: R06\n    for: {where: cadre.rank == '乡科正职'}\n"},
	{"E2007", "p.yaml:7:10", header + "  - {id: R06}\n  - {id: R06}\n"},
	{"E2007", "p.yaml:6:25", header + "  - {id: R06, off: yes, off: no}\n"},
	{"E2008", "p.yaml:1:10", "version: 2\ninclude: builtin\nplan_date: 2026-01\nauthority: 县管\n"},
	{"E2009", "p.yaml:2:10", "version: 1\ninclude: other.yaml\nplan_date: 2026-01\nauthority: 县管\n"},
	{"E2010", "p.yaml:1:1", "version: 1\ninclude: builtin\nauthority: 县管\n"},
	{"E2011", "p.yaml:6:35", header + "  - {id: R06, parameters: {years: -1}}\n"},
	{"E2011", "p.yaml:6:42", header + "  - {id: R34, parameters: {step_minutes: 0}}\n"},
	{"E2011", "p.yaml:6:23", header + "  - {id: R26, weight: 0}\n"},
	{"E2012", "p.yaml:6:35", header + "  - {id: R12, parameters: {share: 125%}}\n"},
	{"E2012", "p.yaml:6:35", header + "  - {id: R12, parameters: {share: 4/3}}\n"},
	{"E2012", "p.yaml:6:35", header + "  - {id: R12, parameters: {share: -0.1}}\n"},
	{"E2020", "p.yaml:6:20", header + "  - {id: N1, kind: keep_post, modality: hard, citation: 本地}\n"},
	{"E2021", "p.yaml:6:25", header + "  - {id: R20, modality: weighted, weight: 1}\n"},
	{"E2022", "p.yaml:6:5", header + "  - {id: N1, kind: keeps_post, modality: level, citation: 本地}\n"},
	{"E2022", "p.yaml:6:5", header + "  - {id: N1, kind: long_tenure, modality: hard, parameters: {must_years: 5}, citation: 本地}\n"},
	{"E2006", "p.yaml:6:22", header + "  - {id: R50, level: arrivals}\n"},
	{"E2023", "p.yaml:5:9", "version: 1\ninclude: builtin\nplan_date: 2026-01\nauthority: 县管\nlevels: [weighted, seats_unfilled, arrivals_unplaced, precedence, overdue_not_moved, yearly_shares, team_structure, open_seats, moves]\n"},
	{"E2024", "p.yaml:6:5", header + "  - {id: R06, modality: weighted}\n"},
	{"E2025", "p.yaml:6:23", header + "  - {id: R20, weight: 2}\n"},
	{"E2025", "p.yaml:6:22", header + "  - {id: R20, level: moves}\n"},
	{"E2026", "p.yaml:6:5", header + "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地}\n"},
	{"E2027", "p.yaml:6:37", header + "  - {id: R06, from: 2026-05, until: 2026-04}\n"},
	{"E2015", "p.yaml:6:5", header + "  - {id: R31, parameters: {method: leximin, top: 5}}\n"},
	{"E2015", "p.yaml:6:5", header + "  - {id: R31, modality: hard}\n"},
	{"E2015", "p.yaml:8:9", header + "  - id: R31\n    thresholds:\n      - {rank: [乡科级正职], parameters: {method: leximin, top: 3}}\n"},
	{"E2015", "p.yaml:6:5", header + "  - {id: N1, kind: wishes, modality: hard, parameters: {use: rank}, citation: 本地}\n"},
	{"E2015", "p.yaml:6:5", header + "  - {id: N1, kind: unit_preference, modality: hard, parameters: {use: grade}, citation: 本地}\n"},
	{"E2015", "p.yaml:6:5", header + "  - {id: N1, kind: unit_preference, modality: weighted, weight: 1, parameters: {use: veto}, citation: 本地}\n"},
	{"E2015", "p.yaml:6:109", header + "  - {id: N1, kind: unit_preference, modality: waivable, parameters: {use: veto}, citation: 本地, thresholds: [{class: key, parameters: {use: rank}}, {class: not_key}]}\n"},
	{"E2026", "p.yaml:6:5", header + "  - {id: R31, parameters: {method: cap}}\n"},
	{"E2028", "p.yaml:6:21", header + "  - {id: R06, kind: long_tenure}\n"},
	{"E2005", "p.yaml:6:35", header + "  - {id: R06, for: {hardship: [0, A]}}\n"},
	{"E2007", "p.yaml:6:35", header + "  - {id: R06, for: {hardship: [1, 1]}}\n"},
	{"E2011", "p.yaml:6:35", header + "  - {id: R06, for: {hardship: [1, 7]}}\n"},
	{"E2011", "p.yaml:6:27", header + "  - {id: R06, for: {tier: 0}}\n"},
	{"E2029", "p.yaml:6:20", header + "  - {id: R50, for: {class: key}}\n"},
	{"E2029", "p.yaml:6:22", header + "  - {id: R49.a, for: {class: key}}\n"},
	{"E2029", "p.yaml:6:27", header + "  - {id: R45, thresholds: [{class: key, parameters: {max_chain: 2}}]}\n"},
	{"E2035", "p.yaml:6:20", header + "  - {id: R06, for: {class: [key, not_key]}}\n"},
	{"E2035", "p.yaml:6:20", header + "  - {id: R06, for: {class: [principal], role: 副职}}\n"},
	{"E2030", "p.yaml:6:38", header + "  - {id: R06, for: {where: cadre.age ≥ 3}}\n"},
	{"E2030", "p.yaml:6:38", header + "  - {id: R06, for: {where: cadre.age = 3}}\n"},
	{"E2030", "p.yaml:6:42", header + "  - {id: R06, for: {where: 'cadre.id in [“a”]'}}\n"},
	{"E2030", "p.yaml:6:28", header + "  - {id: R06, for: {where: cadre.age + 1}}\n"},
	{"E2030", "p.yaml:7:40", header + "  - id: R06\n    for: {where: '3 > 2 and cadre.age < '}\n"},
	{"E2030", "p.yaml:7:29", header + "  - id: R06\n    for: {where: cadre.rank > post.level}\n"},
	{"E2031", "p.yaml:6:34", header + "  - {id: R06, for: {where: cadre.agge > 3}}\n"},
	{"E2031", "p.yaml:6:28", header + "  - {id: R06, for: {where: caddre.age > 3}}\n"},
	{"E2031", "p.yaml:6:32", header + "  - {id: R06, for: {where: len(cadre) > 3}}\n"},
	{"E2032", "p.yaml:10:33", header + "  - id: R06\n    for:\n      where: |\n        干部.年龄 > 3 and\n        cadre.学历 == '本科' and 干部.性别 == '女'\n"},
}

// Every fault of a policy is one problem with a code and an exact place.
func TestFaults(t *testing.T) {
	for _, f := range faults {
		p, ps := Decode("p.yaml", []byte(f.source), Options{})
		if len(ps.List) != 1 || ps.List[0].Code != f.code || ps.List[0].Where != f.at || p != nil {
			t.Errorf("want %s %s of\n%.800s\ngot\n%s", f.code, f.at, f.source, report(ps))
		}
	}
}
