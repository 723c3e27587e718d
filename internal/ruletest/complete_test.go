package ruletest

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cadre/audit"
	"cadre/policy"
	"cadre/posting"
)

// parts are what the name of a case says about it, up to the first underscore.
var parts = []string{"kept", "broken", "boundary", "unknown", "waived"}

// TestFourFiles: every kind has its page, encoder, auditor and cases, and nothing else claims to be a kind.
func TestFourFiles(t *testing.T) {
	kinds := policy.KindNames()
	for _, kind := range kinds {
		for _, file := range []string{"policy/spec/" + kind + ".md", "constraints/" + kind + ".go", "audit/" + kind + ".go", "internal/ruletest/cases/" + kind} {
			if _, err := os.Stat(filepath.Join("..", "..", file)); err != nil {
				t.Errorf("kind %s lacks %s", kind, file)
			}
		}
	}
	for _, pkg := range []string{"constraints", "audit"} {
		src, err := os.ReadFile(filepath.Join("..", "..", pkg, "registry.go"))
		if err != nil {
			t.Fatal(err)
		}
		var listed []string
		for _, m := range regexp.MustCompile(`(?m)^\t"(\w+)":`).FindAllStringSubmatch(string(src), -1) {
			listed = append(listed, m[1])
		}
		if !slices.Equal(listed, kinds) {
			t.Errorf("%s/registry.go lists\n%v\nwant\n%v", pkg, listed, kinds)
		}
	}
	dirs, err := os.ReadDir("cases")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		if !slices.Contains(kinds, d.Name()) {
			t.Errorf("cases/%s is no kind", d.Name())
		}
	}
}

// TestEveryKindHasItsCases: one that breaks the rule, one on the boundary, one with unknown data and one that is waived
// where the kind has them (neverUnknown and neverWaived say why others have not).
func TestEveryKindHasItsCases(t *testing.T) {
	have := map[string]map[string]int{}
	for _, c := range cases(t) {
		part, _, _ := strings.Cut(c.Name, "_")
		if !slices.Contains(parts, part) {
			t.Errorf("%s/%s: a name begins with one of %v", c.Kind, c.Name, parts)
		}
		if have[c.Kind] == nil {
			have[c.Kind] = map[string]int{}
		}
		have[c.Kind][part]++
		if len(strings.Fields(c.Comment)) < 2 {
			t.Errorf("%s/%s: the reasoning is missing", c.Kind, c.Name)
		}
	}
	for _, kind := range policy.KindNames() {
		for _, part := range []string{"broken", "boundary"} {
			if have[kind][part] == 0 {
				t.Errorf("%s has no case %s_*", kind, part)
			}
		}
		for part, never := range map[string]map[string]string{"unknown": neverUnknown, "waived": neverWaived} {
			if why := never[kind]; (have[kind][part] == 0) != (why != "") {
				t.Errorf("%s: %d cases %s_*, and the reason for none is %q", kind, have[kind][part], part, why)
			}
		}
	}
}

// neverUnknown says of kinds without a case of unknown data why there is none.
var neverUnknown = map[string]string{
	"departure_audit":  "a blank flag is no",
	"executable_order": "dates and numbers that a plan does not give are not judged",
	"regime_freeze":    "a blank procedure is 党委任免",
	"unit_preference":  "what was not asked is no opinion",
	"wishes":           "who stated no wish has none",
}

// neverWaived says of kinds without a waived case why there is none.
var neverWaived = map[string]string{
	"appraisal_kept":   "the page exempts nobody",
	"authority":        "hard or report only",
	"class_balance":    "the page exempts nobody",
	"disposition":      "hard or report only",
	"executable_order": "hard or report only",
	"family_moved":     "report only",
	"favour_move":      "an exception is itself the written ground: no breach",
	"few_moves":        "single moves are not listed",
	"filling":          "hard or report only",
	"flow_balance":     "the page leaves out the pinned ones and exempts nobody",
	"headcount":        "the page exempts nobody",
	"keeps_post":       "the page leaves nobody out",
	"move_ground":      "the page exempts nobody",
	"stated_ground":    "hard or report only",
	"team_complement":  "the page exempts nobody",
	"tie_order":        "has no findings",
	"even_volume":      "the page exempts nobody",
}

// TestCasesSayWhatTheyAre: a broken case breaks a clause of its kind, a waived one waives one, and on the boundary and in
// kept ones nothing of the kind is broken.
func TestCasesSayWhatTheyAre(t *testing.T) {
	for _, c := range cases(t) {
		part, _, _ := strings.Cut(c.Name, "_")
		broken, waived := mentions(c, "violated", "missed"), mentions(c, "waived")
		broken = broken || len(c.Want.Levels) > 0 || c.Want.Reported()
		switch {
		case part == "broken" && !broken, part == "waived" && !waived, (part == "kept" || part == "boundary") && (broken || waived):
			t.Errorf("%s/%s: the name says otherwise than the findings %q", c.Kind, c.Name, c.Want.Findings)
		}
	}
}

// mentions tells whether a finding of one of the parts is wanted under a clause of the case's kind.
func mentions(c *Case, parts ...string) bool {
	return slices.ContainsFunc(c.Want.Findings, func(line string) bool {
		f := strings.Fields(line)
		return slices.Contains(parts, f[0]) && slices.ContainsFunc(c.Policy.Clauses, func(k policy.Clause) bool {
			return k.Kind == c.Kind && k.Shown() == f[1]
		})
	})
}

// TestClausesMatter: with the clauses of its kind off, a case that finds anything finds something else: other level
// values or metrics, or, for what is waived or unverifiable, other findings, and nothing is violated but what is no plan
// at all (P02).
func TestClausesMatter(t *testing.T) {
	for _, c := range cases(t) {
		if len(c.Want.Findings)+len(c.Want.Levels)+len(nonzero(c.Want.Metrics)) == 0 {
			continue
		}
		off := *c.Policy
		off.Clauses = slices.Clone(off.Clauses)
		for i := range off.Clauses {
			off.Clauses[i].Off = off.Clauses[i].Off || off.Clauses[i].Kind == c.Kind
		}
		r := judged(t, c, &off)
		values := byLevel(&off, audit.Values(r))
		if maps.Equal(nonzero(values), c.Want.Levels) && slices.Equal(Lines(r), c.Want.Findings) && c.Want.MetricDifferences(r.Metrics) == nil {
			t.Errorf("%s/%s: nothing changes with the clause off", c.Kind, c.Name)
		}
		if len(c.Want.Levels) > 0 && c.Want.LevelDifferences(values) == nil {
			t.Errorf("%s/%s: the value is the same with the clause off", c.Kind, c.Name)
		}
		if c.Want.Violated() && slices.ContainsFunc(r.Violated, func(f posting.Finding) bool { return f.Clause != "P02" }) {
			t.Errorf("%s/%s: still violated with the clause off: %v", c.Kind, c.Name, Lines(r))
		}
	}
}

func nonzero(values map[string]float64) map[string]float64 {
	out := maps.Clone(values)
	maps.DeleteFunc(out, func(_ string, v float64) bool { return v == 0 })
	return out
}

// TestHorizonTwo: at least two cases look two periods ahead.
func TestHorizonTwo(t *testing.T) {
	n := 0
	for _, c := range cases(t) {
		if c.Policy.Calendar.Periods == 2 {
			n++
		}
	}
	if n < 2 {
		t.Errorf("%d cases have two periods", n)
	}
}
