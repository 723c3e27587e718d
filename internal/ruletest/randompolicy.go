package ruletest

import (
	"embed"
	"fmt"
	"maps"
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

// clauses are a random subset of the kinds, most often with headcount, each in a random modality of its own.
func (d draw) clauses() []string {
	var out []string
	if d.chance(85) {
		out = append(out, "{id: SEAT, kind: headcount, modality: hard, citation: drawn}")
	}
	names := kindsWithCases()
	for i := range d.IntN(mostClauses-3) + 3 {
		out = append(out, d.clause(clauseID(i), names[d.IntN(len(names))]))
	}
	return out
}

// clause draws one clause of a kind.
func (d draw) clause(id, name string) string {
	k := policy.Kinds()[name]
	m := k.Modalities[d.IntN(len(k.Modalities))]
	if m == policy.Report && d.chance(70) {
		m = k.Modalities[0]
	}
	s := fmt.Sprintf("{id: %s, kind: %s, modality: %s", id, name, m)
	if m == policy.Level || name == "long_tenure" && m != policy.Report {
		s += ", level: " + pick(d, "first", "second", "third")
	}
	if m == policy.Weighted {
		s += ", weight: " + pick(d, "0.001", "0.5", "1", "2")
	}
	if d.chance(10) && len(k.Selects) > 0 {
		s += ", thresholds: " + d.thresholds(name)
	} else {
		s += d.scope(k)
	}
	if d.chance(20) {
		s += ", unknown: forbid"
	}
	if p := d.parameters(name); p != "" {
		s += ", parameters: {" + p + "}"
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
func (d draw) thresholds(kind string) string {
	options := []string{"class: key|class: not_key", "hardship: [0, 1]|hardship: [2, 3, 4]", "tier: 1|tier: [2, 3]|tier: [4, 5]",
		"post_rank: 乡科级正职|post_rank: [乡科级副职, 股级正职]", "until: 2025-12|from: 2026-01, class: leading", "class: principal|role: [副职, 班子成员]|class: middle"}
	if policy.Kinds()[kind].Reads("to") {
		options = append(options, "to: {class: key}|to: {class: not_key}", "class: team, to: {tier: [1, 2]}|to: {tier: [3, 4, 5]}")
	}
	rows := strings.Split(pick(d, options...), "|")
	for i := range rows {
		if p := d.parameters(kind); p != "" && d.chance(70) {
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
		"{hardship: [0, 1, 2]}", "{tier: [1, 3]}", "{tenure_at_least: 5}", "{age_at_most: 35}", "{where: 'cadre.tenure_months >= 36'}", "{where: 'post.weight > 1'}", "{where: 'unit.tier < 3'}")
}

// retirement is the table of the built-in rule book.
const retirement = "table: [{sex: 男, level_from: '', age: 60, to_age: 63, from: 2025-01, step_months: 4}, " +
	"{sex: 女, level_from: 乡科级正职, age: 60, to_age: 63, from: 2025-01, step_months: 4}, " +
	"{sex: 女, level_from: '', age: 55, to_age: 58, from: 2025-01, step_months: 4}]"

// parameters draws the parameters of a kind: those of tuned, where thresholds fit the facts that are drawn; else by the
// schema of its page, so that a new kind takes part as soon as it has cases.
func (d draw) parameters(kind string) string {
	if drawn, ok := d.tuned(kind); ok {
		return drawn
	}
	k := policy.Kinds()[kind]
	var out []string
	for _, name := range slices.Sorted(maps.Keys(k.Parameters)) {
		if p := k.Parameters[name]; p.Required || d.chance(50) {
			out = append(out, name+": "+d.parameter(p))
		}
	}
	return strings.Join(out, ", ")
}

// parameter draws a value of a type.
func (d draw) parameter(p policy.Parameter) string {
	switch p.Type {
	case "int":
		return pick(d, "0", "1", "2", "24", "60")
	case "years":
		return pick(d, "1", "2", "3", "5", "10")
	case "ratio":
		return pick(d, "0%", "1/3", "50%", "100%")
	case "flag":
		return pick(d, "yes", "no")
	case "enum":
		return p.Values[d.IntN(len(p.Values))]
	case "table":
		return "[]"
	}
	values := p.Values
	if len(values) == 0 {
		values = []string{"农业", "财政", "人事"}
	}
	var list []string
	for _, v := range values {
		if d.chance(60) {
			list = append(list, v)
		}
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// tuned draws the parameters of kinds whose thresholds are to lie near the facts.
func (d draw) tuned(kind string) (string, bool) {
	years := pick(d, "1", "2", "3", "5", "10")
	switch kind {
	case "commute":
		return "soft_minutes: 60, step_minutes: 15, most_steps: " + pick(d, "1", "6"), true
	case "couple_near", "family_burden":
		return "minutes: 60", true
	case "fit":
		return "field_points: 4, appraisal_points: 2, appraisal_years: 3", true
	case "kin_avoidance":
		return "kin: [" + pick(d, "配偶", "配偶, 直系血亲, 三代以内旁系血亲, 近姻亲") + "]", true
	case "level_match":
		return fmt.Sprintf("up: %d, down: %d", d.IntN(2), d.IntN(2)), true
	case "lodging":
		return "commute_minutes: 60, family_of: 4", true
	case "move_ground":
		return fmt.Sprintf("max_chain: %d", d.IntN(4)) + pick(d, "", "", fmt.Sprintf(", max_moves: %d", d.IntN(3))), true
	case "near_retirement":
		return "months: 24, " + retirement, true
	case "post_weight":
		return fmt.Sprintf("most_drop: %d, advance: %s", d.IntN(2), pick(d, "yes", "no")), true
	case "staff_type":
		return "allowed: [{from: 行政, to: 事业}]", true
	case "team_outflow", "unit_inflow":
		return fmt.Sprintf("share: %s, least: %d", pick(d, "0%", "1/3", "50%"), d.IntN(2)), true
	case "tie_order":
		return "most_months: 240, step_months: 12", true
	case "yearly_share":
		return d.yearlyShare(years), true
	case "young_to_hard":
		return "age: 35, grassroots_months: 24, hardship: 2", true
	}
	return "", false
}

func (d draw) yearlyShare(years string) string {
	var exclude []string
	for _, class := range []string{"held", "pinned", "deferred"} {
		if d.chance(30) {
			exclude = append(exclude, class)
		}
	}
	return fmt.Sprintf("share: %s, candidate_years: %s, counts: %s, rounding: %s, apply_to: %s, count: %s, exclude: [%s]",
		pick(d, "25%", "1/3", "50%", "100%"), years, pick(d, "other_unit", "other_post"), pick(d, "up", "down", "nearest"),
		pick(d, "together", "each_unit"), pick(d, "year", "batch"), strings.Join(exclude, ", "))
}
