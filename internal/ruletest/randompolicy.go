package ruletest

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"cadre/policy"
)

// mostClauses is the number of clauses up to which a random policy goes; their ids are drawn by exceptions, too.
const mostClauses = 14

// clauseID names clause i: every third is part a of a stem.
func clauseID(i int) string {
	if i%3 == 2 {
		return fmt.Sprintf("R%02d.a", i+1)
	}
	return fmt.Sprintf("R%02d", i+1)
}

//go:embed cases
var caseFiles embed.FS

// kindsWithCases are the kinds that random policies draw from, sorted.
func kindsWithCases() []string {
	var out []string
	dirs, _ := caseFiles.ReadDir("cases") // embedded: it is there
	for _, d := range dirs {
		if policy.Kinds()[d.Name()] != nil {
			out = append(out, d.Name())
		}
	}
	return out
}

// themes are kinds that read the same data: the clauses of a world with a theme are of these as often as of any other, so
// that what only one or two kinds read is read in many worlds.
var themes = [][]string{
	{"support_mission", "term_in_progress", "few_moves", "long_tenure"},
	{"secondment", "seats_filled", "lodging", "kin_avoidance", "kin_function"},
	{"hardship_balance", "long_tenure"},
	{"wishes", "unit_preference"},
	{"field_coverage", "team_complement", "appraisal_kept", "fit"},
	{"zone_coverage", "no_early_return"},
	{"regime_freeze", "departure_audit", "stated_ground"},
}

// about tells whether a theme holds one of the kinds.
func about(theme []string, kinds ...string) bool {
	return slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(theme, k) })
}

// clauses are a random subset of the kinds, most often with headcount, each in a random modality of its own.
func (d draw) clauses(theme []string) []string {
	var out []string
	if d.chance(85) {
		out = append(out, "{id: SEAT, kind: headcount, modality: hard, citation: drawn}")
	}
	names := kindsWithCases()
	for i := range d.IntN(mostClauses-3) + 3 {
		name := pick(d, names...)
		if theme != nil && d.chance(50) {
			name = pick(d, theme...)
		}
		clause := d.clause(clauseID(i), name)
		if strings.Contains(clause, leximin) && slices.ContainsFunc(out, func(c string) bool { return strings.Contains(c, leximin) }) {
			continue // the level of burdens is for one clause
		}
		out = append(out, clause)
	}
	if slices.ContainsFunc(out, statesGrounds) {
		out = append(out, grounds)
	}
	return out
}

// leximin is the part of a clause that takes the level of burdens, and grounds the clause without which a model may break
// one of kind stated_ground: it sees to it that every secondment has a ground.
const (
	leximin = "level: " + burdenLevel
	grounds = "{id: GROUND, kind: move_ground, modality: hard, parameters: {max_chain: 3}, citation: drawn}"
)

func statesGrounds(clause string) bool {
	return strings.Contains(clause, "kind: stated_ground, modality: hard")
}

// clause draws one clause of a kind.
func (d draw) clause(id, name string) string {
	k := policy.Kinds()[name]
	m := k.Modalities[d.IntN(len(k.Modalities))]
	if m == policy.Report && d.chance(70) {
		m = k.Modalities[d.IntN(max(1, len(k.Modalities)-1))] // report is the last one
	}
	s := fmt.Sprintf("{id: %s, kind: %s, modality: %s", id, name, m)
	parameters := d.parameters(name, m)
	switch {
	case m == policy.Level && strings.Contains(parameters, "method: leximin"):
		s += ", " + leximin
	case m == policy.Level || name == "long_tenure" && m != policy.Report:
		s += ", level: " + pick(d, "first", "second", "third")
	}
	if m == policy.Weighted {
		s += ", weight: " + pick(d, "0.001", "0.5", "1", "2")
	}
	if d.chance(10) && len(k.Selects) > 0 && name != "hardship_balance" { // whose ways of balancing go with one modality and one level
		s += ", thresholds: " + d.thresholds(name, m)
	} else {
		s += d.scope(k)
	}
	if d.chance(20) {
		s += ", unknown: forbid"
	}
	if parameters != "" {
		s += ", parameters: {" + parameters + "}"
	}
	return s + ", citation: drawn}"
}

// scope says whom and when a clause is for.
func (d draw) scope(k *policy.Kind) string {
	s := ""
	if d.chance(25) && k.Reads("for") {
		s += ", for: " + d.selector()
	}
	if d.chance(15) && k.Reads("to") {
		s += ", to: " + d.selector()
	}
	if d.chance(4) {
		s += ", " + pick(d, "from: 2026-02", "until: 2025-12", "from: 2026-01", "until: 2026-01", "off: yes")
	}
	return s
}

// thresholds divide a clause by conditions that exclude each other, or by time.
func (d draw) thresholds(kind string, m policy.Modality) string {
	options := []string{"class: key|class: not_key", "hardship: [0, 1]|hardship: [2, 3, 4]", "tier: 1|tier: [2, 3]|tier: [4, 5]",
		"post_rank: 乡科级正职|post_rank: [乡科级副职, 股级正职]", "until: 2025-12|from: 2026-01, class: leading", "class: principal|role: [副职, 班子成员]|class: middle"}
	if policy.Kinds()[kind].Reads("to") {
		options = append(options, "to: {class: key}|to: {class: not_key}", "class: team, to: {tier: [1, 2]}|to: {tier: [3, 4, 5]}")
	}
	rows := strings.Split(pick(d, options...), "|")
	for i := range rows {
		if p := d.parameters(kind, m); p != "" && d.chance(70) {
			rows[i] += ", parameters: {" + p + "}"
		}
		rows[i] = "{" + rows[i] + "}"
	}
	return "[" + strings.Join(rows, ", ") + "]"
}

func (d draw) selector() string {
	return pick(d, "{rank: [乡科级副职]}", "{rank: [乡科级正职]}", "{post_rank: [乡科级副职]}", "{class: [leading]}", "{class: [not_leading]}",
		"{class: [key]}", "{class: [not_key, team]}", "{class: [principal]}", "{class: [not_principal]}", "{class: [middle]}", "{role: [副职, 班子成员]}",
		"{unit_kind: [乡镇]}", "{staff_type: [行政]}", "{authority: [县管]}", "{cadres: [A, B]}", "{posts: [P1, P2]}", "{units: [U1]}",
		"{hardship: [0, 1, 2]}", "{tier: [1, 3]}", "{zone: 东片}", "{tenure_at_least: 5}", "{age_at_most: 35}", "{where: 'cadre.tenure_months >= 36'}", "{where: 'post.weight > 1'}", "{where: 'unit.tier < 3'}")
}
