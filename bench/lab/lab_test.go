package lab

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/scenario"
)

func summary(all ...float64) Summary {
	v := Variant{Values: map[string]Summary{"m": {All: all}}}
	v.sum()
	return v.Values["m"]
}

func TestSummary(t *testing.T) {
	if s := summary(4, 1, 3); s.Median != 3 || s.Least != 1 || s.Most != 4 || s.text() != "3 [1, 4]" {
		t.Errorf("%+v %s", s, s.text())
	}
	if s := summary(2, 4); s.Median != 3 {
		t.Errorf("%+v", s)
	}
	if s := (Summary{}); s.text() != "-" {
		t.Error(s.text())
	}
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		d        scenario.Direction
		from, to float64
		want     Verdict
	}{{scenario.Lower, 3, 2, Better}, {scenario.Lower, 2, 3, Worse}, {scenario.Higher, 2, 3, Better}, {scenario.Higher, 3, 2, Worse},
		{scenario.Either, 2, 3, Other}, {scenario.Lower, 2, 2 + 1e-12, Same}} {
		if got := judge(scenario.Metric{Direction: c.d}, c.from, c.to); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// fixture is a baseline and a candidate on one input, and a candidate without a plan.
func fixture() (*Lab, *scenario.File) {
	variant := func(name string, base bool, moves ...float64) Variant {
		v := Variant{Name: name, Input: "甲县", Base: base, Runs: 2, Planned: len(moves), Values: map[string]Summary{}, Rank: 1}
		if len(moves) > 0 {
			v.Values["moves"] = summary(moves...)
		}
		return v
	}
	l := &Lab{Name: i18n.T("比选", "compared"), Metrics: []scenario.Metric{{Name: "moves", Direction: scenario.Lower, Text: i18n.T("调整人数", "people moved")}},
		Variants: []Variant{variant("base", true, 10, 12), variant("<b>bold</b>", false, 14, 14), variant("none", false)},
		Gates:    []Gate{{Gate: scenario.Gate{Metric: "moves", Test: scenario.AtMost, Limit: 12}, Judged: 2, Passed: 0, Failed: []string{"x", "y"}}}}
	return l, &scenario.File{Metrics: l.Metrics}
}

// stored is the comparison as it comes back from lab.json.
func stored(t *testing.T, l *Lab) *Saved {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lab.json")
	text, err := json.Marshal(l.Save())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := ReadSaved(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPage: the page says what went which way, what has no plan and what the gates say; names cannot break out of it, and the
// box plots keep Chinese text.
func TestPage(t *testing.T) {
	l, f := fixture()
	saved := stored(t, l)
	l.Variants[1].Judged, l.Variants[1].Says = 2, []i18n.Text{i18n.T("总量定为 5", "most moves set to 5")}
	l.Variants[1].Values["moves"] = summary(15)
	l.Hold(saved)
	p, err := NewPage(l, f, i18n.Zh)
	if err != nil {
		t.Fatal(err)
	}
	var text, html bytes.Buffer
	if err := p.Text(&text); err != nil {
		t.Fatal(err)
	}
	if err := p.HTML(&html); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"共 3 个方案、1 套数据，计算 6 次；基准：base", "\n<b>bold</b>：调整人数 11 → 15（变差）", "\nnone：现有要求不能同时满足",
		"判 2 项，通过 0 项；未全部通过：<b>bold</b>", "1 处变化，其中变差 1 处"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, &text)
		}
	}
	if strings.Contains(html.String(), "<b>bold") || !strings.Contains(html.String(), "<svg") || !strings.Contains(html.String(), ">调整人数</text>") {
		t.Errorf("%.2000s", html.String())
	}
	for _, want := range []string{"<td>总量定为 5</td>", "2 项中 0 项", "<td>调整人数</td><td>不多于 12</td>", "<td>变差</td>"} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("no %q in\n%s", want, &html)
		}
	}
	if l.Regressions() != 1 || l.FailedGates() != 2 {
		t.Errorf("%d regressions, %d failures", l.Regressions(), l.FailedGates())
	}
}

// TestHold: what has lost its plan is worse; what is new is not compared.
func TestHold(t *testing.T) {
	l, _ := fixture()
	saved := stored(t, l)
	l.Variants[1].Planned = 0
	l.Variants[0].Name = "new"
	l.Hold(saved)
	if len(l.Against) != 1 || l.Against[0].Metric != "" || l.Against[0].Verdict != "worse" {
		t.Errorf("%+v", l.Against)
	}
}
