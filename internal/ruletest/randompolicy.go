package ruletest

import (
	"fmt"
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

// clauses are a random subset of the kinds, most often with headcount, each in a random modality of its own.
func (d draw) clauses() []string {
	var out []string
	if d.chance(85) {
		out = append(out, "{id: SEAT, kind: headcount, modality: hard, citation: drawn}")
	}
	names := policy.KindNames()
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
	if d.chance(25) {
		s += ", for: " + d.selector()
	}
	if d.chance(15) {
		s += ", to: " + d.selector()
	}
	if d.chance(20) {
		s += ", unknown: forbid"
	}
	if d.chance(4) {
		s += ", " + pick(d, "from: 2026-02", "until: 2025-12", "from: 2026-01", "until: 2026-01", "off: yes")
	}
	if p := d.parameters(name); p != "" {
		s += ", parameters: {" + p + "}"
	}
	return s + ", citation: drawn}"
}

func (d draw) selector() string {
	return pick(d, "{rank: [乡科级副职]}", "{rank: [乡科级正职]}", "{post_rank: [乡科级副职]}", "{class: [leading]}", "{class: [not_leading]}",
		"{class: [key]}", "{class: [not_key, team]}", "{class: [principal]}", "{class: [not_principal]}", "{class: [middle]}", "{role: [副职, 班子成员]}",
		"{unit_kind: [乡镇]}", "{staff_type: [行政]}", "{authority: [县管]}", "{cadres: [A, B]}", "{posts: [P1, P2]}", "{units: [U1]}",
		"{tenure_at_least: 5}", "{age_at_most: 35}", "{where: 'cadre.tenure_months >= 36'}", "{where: 'post.weight > 1'}", "{where: 'unit.tier < 3'}")
}

// retirement is the table of the built-in rule book.
const retirement = "table: [{sex: 男, level_from: '', age: 60, to_age: 63, from: 2025-01, step_months: 4}, " +
	"{sex: 女, level_from: 乡科级正职, age: 60, to_age: 63, from: 2025-01, step_months: 4}, " +
	"{sex: 女, level_from: '', age: 55, to_age: 58, from: 2025-01, step_months: 4}]"

// parameters draws the parameters of a kind, "" where it has none.
func (d draw) parameters(kind string) string {
	years := pick(d, "1", "2", "3", "5", "10")
	if policy.Kinds()[kind].Scope == "plan" {
		return d.planParameters(kind, years)
	}
	return d.pairParameters(kind, years)
}

func (d draw) pairParameters(kind, years string) string {
	switch kind {
	case "area_avoidance":
		return "area: " + pick(d, "place", "parent")
	case "area_limit":
		return fmt.Sprintf("years: %s, area: %s", years, pick(d, "place", "parent"))
	case "authority":
		return fmt.Sprintf("nominated: %s, staff_within: %s", pick(d, "allow", "forbid"), pick(d, "unit", "system", "any"))
	case "commute":
		return "soft_minutes: 60, step_minutes: 15, most_steps: " + pick(d, "1", "6")
	case "family_burden":
		return "minutes: 60"
	case "fit":
		return "field_points: 4, appraisal_points: 2, appraisal_years: 3"
	case "hold":
		return "flag: " + pick(d, "review", "hold")
	case "level_limit":
		return "years: " + years
	case "level_match":
		return fmt.Sprintf("up: %d, down: %d", d.IntN(2), d.IntN(2))
	case "minimum_term":
		return "years: " + years + pick(d, "", ", except: [promotion]", ", except: [promotion, avoidance]")
	case "near_retirement":
		return "months: 24, " + retirement
	case "no_early_return":
		return fmt.Sprintf("years: %s, scope: %s", pick(d, "1", "2", "3"), pick(d, "post", "unit"))
	case "post_weight":
		return fmt.Sprintf("most_drop: %d, advance: %s", d.IntN(2), pick(d, "yes", "no"))
	case "promotion_gate":
		return fmt.Sprintf("service_years: %s, level_years: %s, grassroots_months: %s", pick(d, "0", "5"), pick(d, "0", "2"), pick(d, "0", "24"))
	case "qualification":
		return "items: [" + pick(d, "party, ethnicity, degree, licence, grassroots", "degree, grassroots") + "]"
	case "special_change":
		return fmt.Sprintf("term_years: %s, most: %d", years, d.IntN(3))
	case "staff_type":
		return "allowed: [{from: 行政, to: 事业}]"
	case "tie_order":
		return "most_months: 240, step_months: 12"
	case "young_to_hard":
		return "age: 35, grassroots_months: 24, hardship: 2"
	}
	return ""
}

func (d draw) planParameters(kind, years string) string {
	switch kind {
	case "class_balance":
		return fmt.Sprintf("class: %s, points: %s", pick(d, "principal", "specialist"), pick(d, "0", "10", "34"))
	case "couple_near":
		return "minutes: 60"
	case "flow_balance":
		return "by: " + pick(d, "place", "unit")
	case "kin_avoidance":
		return d.kin()
	case "kin_function":
		return d.kin() + ", functions: [" + pick(d, "组织", "组织, 财务", "组织, 人事, 纪检, 监察, 审计, 财务") + "]"
	case "knowledge_kept":
		return fmt.Sprintf("share: %s, months: %s", pick(d, "1/3", "50%", "100%"), pick(d, "0", "12", "24"))
	case "lodging":
		return "commute_minutes: 60, family_of: 4"
	case "long_tenure":
		return "must_years: " + years
	case "move_ground":
		return fmt.Sprintf("max_chain: %d", d.IntN(4)) + pick(d, "", "", fmt.Sprintf(", max_moves: %d", d.IntN(3)))
	case "seats_filled":
		return "seats: " + pick(d, "principal", "other")
	case "team_outflow", "unit_inflow":
		return fmt.Sprintf("share: %s, least: %d", pick(d, "0%", "1/3", "50%"), d.IntN(2))
	case "team_presence":
		return fmt.Sprintf("who: %s, age: 35, least: %d, apply_to: %s", pick(d, "women", "non_party", "minority", "young"), d.IntN(3), pick(d, "each", "together"))
	case "yearly_share":
		return d.yearlyShare(years)
	}
	return ""
}

func (d draw) kin() string {
	return "kin: [" + pick(d, "配偶", "配偶, 直系血亲, 三代以内旁系血亲, 近姻亲") + "]"
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
