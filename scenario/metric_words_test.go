package scenario

import (
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// TestMetricsHaveWords: counts, parts of clauses and the lodging of places are told in words of both languages; words of a file
// stand, what is unknown keeps its name.
func TestMetricsHaveWords(t *testing.T) {
	x := posting.NewIndex(&posting.Instance{Places: []posting.Place{{ID: "L1", Name: "鹤井"}}}, posting.Calendar{})
	c := &Comparison{Indexes: []*posting.Index{x}, Policies: []*policy.Policy{{Clauses: []policy.Clause{{ID: "R41.a", Name: i18n.T("女干部", "women")}}}}}
	for name, want := range map[string]string{"stays": "people who stay", "R41.a.class": "women (R41.a): of these in the class", "lodging_used.L1": "鹤井: lodging used",
		"R41.a.novel": "", "R99.moved": "", "lodging_used.L9": "", "novel": ""} {
		if got := c.worded(Metric{Name: name}).Text; got.En != want || (got.Zh == "") != (want == "") {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := c.worded(Metric{Name: "stays", Text: i18n.T("甲", "a")}).Text.En; got != "a" {
		t.Error(got)
	}
	for name, w := range countWords {
		if strings.HasPrefix(name, officePrefix) || w.Zh == "" || w.En == "" {
			t.Error(name, w)
		}
	}
}
