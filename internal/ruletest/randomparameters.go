package ruletest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cadre/policy"
)

// retirement is the table of the built-in rule book.
const retirement = "table: [{sex: 男, level_from: '', age: 60, to_age: 63, from: 2025-01, step_months: 4}, " +
	"{sex: 女, level_from: 乡科级正职, age: 60, to_age: 63, from: 2025-01, step_months: 4}, " +
	"{sex: 女, level_from: '', age: 55, to_age: 58, from: 2025-01, step_months: 4}]"

// parameters draws the parameters of a kind: those of tuned, where thresholds fit the facts that are drawn; else by the
// schema of its page, so that a new kind takes part as soon as it has cases.
func (d draw) parameters(kind string, m policy.Modality) string {
	if drawn, ok := d.tuned(kind, m); ok {
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
func (d draw) tuned(kind string, m policy.Modality) (string, bool) {
	years := pick(d, "1", "2", "3", "5", "10")
	switch kind {
	case "appraisal_kept":
		return fmt.Sprintf("years: %d, share: %s", d.IntN(4)+1, pick(d, "1/3", "50%", "100%")), true
	case "commute":
		return "soft_minutes: 60, step_minutes: 15, most_steps: " + pick(d, "1", "6"), true
	case "couple_near", "family_burden":
		return "minutes: 60", true
	case "fit":
		return "field_points: 4, appraisal_points: 2, appraisal_years: 3", true
	case "hardship_balance":
		return d.balance(m), true
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
	case "regime_freeze":
		return fmt.Sprintf("regime: %s, approvals: [%s]%s", pick(d, "election", "stability"), pick(d, "选举", "选举, 人大任免", "党委任免", "双重管理"),
			pick(d, "", ", except: [avoidance]", ", except: [duty]", ", except: [avoidance, duty]")), true
	case "secondment":
		return fmt.Sprintf("months: %s, most_months: %s", pick(d, "6", "12", "13", "24"), pick(d, "12", "24", "36")) +
			pick(d, "", ", ages: [{level_from: '', age: 36}]", ", ages: [{level_from: '', age: 36}, {level_from: 乡科级正职, age: 53}]"), true
	case "staff_type":
		return "allowed: [{from: 行政, to: 事业}]", true
	case "support_mission":
		return fmt.Sprintf("months: %s, most_months: %s", pick(d, "6", "12", "24"), pick(d, "12", "24", "36")), true
	case "team_complement":
		return fmt.Sprintf("by: %s, most: %d", pick(d, "fields", "temperament"), d.IntN(2)), true
	case "team_outflow":
		return fmt.Sprintf("share: %s, least: %d", pick(d, "0%", "1/3", "50%"), d.IntN(2)) + pick(d, "", ", rounding: down", ", rounding: nearest", ", rounding: up"), true
	case "tie_order":
		return "most_months: 240, step_months: 12", true
	case "unit_inflow":
		return fmt.Sprintf("share: %s, least: %d", pick(d, "0%", "1/3", "50%"), d.IntN(2)), true
	case "unit_preference":
		return d.preference(m), true
	case "wishes":
		return d.wishing(m), true
	case "yearly_share":
		return d.yearlyShare(years), true
	case "young_to_hard":
		return "age: 35, grassroots_months: 24, hardship: 2", true
	case "zone_coverage":
		return fmt.Sprintf("zones: [%s], years: %s, from_age: %s", pick(d, "东片", "西片", "东片, 西片"), pick(d, "1", "3"), pick(d, "0", "35", "45", "54")), true
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

// balance draws a way of balancing that goes with the modality.
func (d draw) balance(m policy.Modality) string {
	methods := []string{"cap"}
	switch m {
	case policy.Level, policy.Report:
		methods = []string{"convex", "leximin", "leximin", "leximin", "gini", "cap"}
	case policy.Weighted:
		methods = []string{"convex", "gini", "cap"}
	}
	more := map[string]string{
		"cap":     fmt.Sprintf(", cap: %d", d.IntN(5)),
		"gini":    ", tiers: [" + pick(d, "{share: 25%, weight: 3}", "{share: 1/3, weight: 2}, {share: 100%, weight: 1}", "{share: 50%, weight: 1}, {share: 50%, weight: 2}") + "]",
		"leximin": fmt.Sprintf(", top: %d", d.IntN(3)+2),
	}
	method := pick(d, methods...)
	return fmt.Sprintf("method: %s, hardship: %d, far: %d, apart: %d, care: %d, overdue: %d, far_minutes: 60, step: %s", method,
		d.IntN(3), d.IntN(2), d.IntN(2), d.IntN(2), d.IntN(2), pick(d, "6", "12", "24")) + more[method]
}

// wishing draws what is read of wishes: only refusals bind.
func (d draw) wishing(m policy.Modality) string {
	if m == policy.Hard || d.chance(20) {
		return "use: refusal"
	}
	return "use: rank" + pick(d, "", ", rank_points: 1", ", rank_points: 2") + pick(d, "", ", miss_points: 5") +
		pick(d, "", ", credit_points: 3") + pick(d, "", ", most_cycles: 2") + pick(d, "", ", credit_unit: first", ", credit_unit: any")
}

// preference draws what is read of ratings: only vetoes bind, and they do nothing else.
func (d draw) preference(m policy.Modality) string {
	if m == policy.Hard || m == policy.Waivable {
		return "use: veto"
	}
	return "use: " + pick(d, "rank", "grade") + pick(d, "", ", points: 2") + pick(d, "", ", missing: 5") + pick(d, "", ", most: 2")
}
