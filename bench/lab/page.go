package lab

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"cadre/bench/chart"
	"cadre/internal/i18n"
	"cadre/scenario"
)

// Page is a comparison laid out for people in one language.
type Page struct {
	Lang     i18n.Lang
	Title    string
	Headline []string
	Tables   []Table // what is compared, metrics, gates, saved comparison
	Annex    []Table // ranking, every metric
	Pictures []template.HTML
}

// Table is a titled table of text.
type Table struct {
	Title string
	Head  []string
	Rows  [][]string
}

// NewPage lays a comparison out.
func NewPage(l *Lab, f *scenario.File, lang i18n.Lang) (*Page, error) {
	p := &Page{Lang: lang, Title: l.Name.In(lang)}
	if p.Title == "" {
		p.Title = i18n.T("政策比选", "policies compared").In(lang)
	}
	shown := l.Shown(f)
	p.headline(l, shown)
	p.Tables = append(p.Tables, p.compared(l), p.pivot(p.say("主要指标", "Metrics"), l, shown))
	if len(l.Gates) > 0 {
		p.Tables = append(p.Tables, p.gates(l))
	}
	if l.Against != nil {
		p.Tables = append(p.Tables, p.against(l))
	}
	p.Annex = append(p.Annex, p.ranking(l), p.pivot(p.say("全部指标", "Every metric"), l, l.Metrics))
	return p, p.boxes(l, shown)
}

func (p *Page) say(zh, en string, args ...any) string { return i18n.F(zh, en, args...).In(p.Lang) }

// headline says in words how much was compared, what each variant does against its baseline, what the gates say, and what has
// changed since the saved comparison.
func (p *Page) headline(l *Lab, shown []scenario.Metric) {
	p.Headline = append(p.Headline, p.scope(l))
	for i := range l.Variants {
		v := &l.Variants[i]
		base := l.Baseline(v.Input)
		switch {
		case v.Planned == 0:
			p.Headline = append(p.Headline, p.say("%s：现有要求不能同时满足，或限时内没有方案", "%s: the requirements cannot all be kept, or no plan was found in time", p.variant(l, v)))
		case base == nil || v.Base:
			continue
		default:
			p.Headline = append(p.Headline, p.variant(l, v)+p.say("：", ": ")+p.moved(base, v, shown))
		}
	}
	p.Headline = append(p.Headline, p.verdicts(l)...)
}

// scope is "3 variants on 1 input, 6 runs; baseline: as now".
func (p *Page) scope(l *Lab) string {
	inputs, bases, runs := map[string]bool{}, []string{}, 0
	names := map[string]bool{}
	for _, v := range l.Variants {
		inputs[v.Input], names[v.Name], runs = true, true, runs+v.Runs
		if v.Base && !slices.Contains(bases, v.Name) {
			bases = append(bases, v.Name)
		}
	}
	return p.say("共 %[1]d 个方案、%[2]d 套数据，计算 %[3]d 次；基准：%[4]s", "variants: %[1]d, inputs: %[2]d, runs: %[3]d; baseline: %[4]s", len(names), len(inputs), runs,
		strings.Join(bases, p.say("、", ", ")))
}

// variant names a variant, with its input where there are several.
func (p *Page) variant(l *Lab, v *Variant) string {
	if v.Input != "" && l.several() {
		return v.Input + p.say("：", ": ") + v.Name
	}
	return v.Name
}

// moved tells which metrics went which way, those that became worse first.
func (p *Page) moved(base, v *Variant, shown []scenario.Metric) string {
	var parts []string
	for _, want := range []Verdict{Worse, Better, Other} {
		for _, m := range shown {
			a, ok := base.Values[m.Name]
			b, ok2 := v.Values[m.Name]
			if ok && ok2 && judge(m, a.Median, b.Median) == want {
				parts = append(parts, p.say("%[1]s %[2]s → %[3]s（%[4]s）", "%[1]s %[2]s → %[3]s (%[4]s)", p.name(m), plain(a.Median), plain(b.Median), want.Text()))
			}
		}
	}
	if len(parts) == 0 {
		return p.say("与基准无差别", "no difference from the baseline")
	}
	return strings.Join(parts, p.say("；", "; "))
}

// verdicts says how many gates are passed, which variants fail which, and what a saved comparison says.
func (p *Page) verdicts(l *Lab) []string {
	var out []string
	judged, passed := 0, 0
	for _, g := range l.Gates {
		judged, passed = judged+g.Judged, passed+g.Passed
	}
	if len(l.Gates) > 0 {
		out = append(out, p.say("验收门槛：判 %[1]d 项，通过 %[2]d 项", "acceptance gates: %[1]d judged, %[2]d passed", judged, passed)+p.failing(l))
	}
	if l.Against != nil {
		out = append(out, p.say("与上次保存的比选相比：%[1]d 处变化，其中变差 %[2]d 处", "against the saved comparison: %[1]d changes, %[2]d for the worse", len(l.Against), l.Regressions()))
	}
	return out
}

func (p *Page) failing(l *Lab) string {
	var names []string
	for i := range l.Variants {
		if v := &l.Variants[i]; v.Passed < v.Judged {
			names = append(names, p.variant(l, v))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return p.say("；未全部通过：%s", "; not all passed by: %s", strings.Join(names, p.say("、", ", ")))
}

// compared says what each variant changes, how often it was computed, and how it fares at the gates.
func (p *Page) compared(l *Lab) Table {
	t := Table{Title: p.say("比选的方案", "What is compared"), Head: []string{p.say("数据", "input"), p.say("方案", "variant"), p.say("改动", "what it changes"),
		p.say("计算次数", "runs"), p.say("有方案", "with a plan"), p.say("门槛通过", "gates passed")}}
	for i := range l.Variants {
		v := &l.Variants[i]
		gates := "-"
		if v.Judged > 0 {
			gates = p.say("%[1]d 项中 %[2]d 项", "%[2]d of %[1]d", v.Judged, v.Passed)
		}
		t.Rows = append(t.Rows, []string{v.Input, v.Name, p.changes(v), strconv.Itoa(v.Runs), strconv.Itoa(v.Planned), gates})
	}
	return t
}

func (p *Page) changes(v *Variant) string {
	var out []string
	for _, s := range v.Says {
		out = append(out, s.In(p.Lang))
	}
	switch {
	case len(out) > 0:
		return strings.Join(out, p.say("；", "; "))
	case v.Base:
		return p.say("基准", "baseline")
	}
	return p.say("见该政策文件", "see its policy file")
}

func (p *Page) name(m scenario.Metric) string {
	if t := m.Text.In(p.Lang); t != "" {
		return t
	}
	return m.Name
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// pivot has a row for each metric and a column for each variant: median, and the range where runs differ.
func (p *Page) pivot(title string, l *Lab, metrics []scenario.Metric) Table {
	t := Table{Title: title, Head: []string{p.say("指标", "metric"), p.say("方向", "better")}}
	for i := range l.Variants {
		name := l.Variants[i].Name
		if l.Variants[i].Input != "" && l.several() {
			name = l.Variants[i].Input + "\n" + name
		}
		t.Head = append(t.Head, name)
	}
	better := map[scenario.Direction]string{scenario.Lower: p.say("越少越好", "less"), scenario.Higher: p.say("越多越好", "more"), scenario.Either: ""}
	for _, m := range metrics {
		row := []string{p.name(m), better[m.Direction]}
		for i := range l.Variants {
			row = append(row, l.Variants[i].Values[m.Name].text())
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (s Summary) text() string {
	switch {
	case len(s.All) == 0:
		return "-"
	case s.Least == s.Most:
		return plain(s.Median)
	}
	return plain(s.Median) + " [" + plain(s.Least) + ", " + plain(s.Most) + "]"
}

func (p *Page) gates(l *Lab) Table {
	t := Table{Title: p.say("验收门槛", "Acceptance gates"), Head: []string{p.say("指标", "metric"), p.say("要求", "demand"), p.say("判", "judged"), p.say("过", "passed"),
		p.say("未过的方案", "runs that failed")}}
	for _, g := range l.Gates {
		t.Rows = append(t.Rows, []string{p.name(l.metric(g.Metric)), p.demand(&g.Gate), strconv.Itoa(g.Judged), strconv.Itoa(g.Passed), strings.Join(g.Failed, p.say("、", ", "))})
	}
	return t
}

// demand is a gate in words.
func (p *Page) demand(g *scenario.Gate) string {
	switch g.Test {
	case scenario.AtMost:
		return p.say("不多于 %s", "at most %s", plain(g.Limit))
	case scenario.AtLeast:
		return p.say("不少于 %s", "at least %s", plain(g.Limit))
	case scenario.Falls:
		return p.say("低于基准", "below the baseline")
	case scenario.Rises:
		return p.say("高于基准", "above the baseline")
	case scenario.NotAbove:
		return p.say("不高于基准", "not above the baseline")
	}
	return p.say("不低于基准", "not below the baseline")
}

func (p *Page) against(l *Lab) Table {
	t := Table{Title: p.say("与上次保存的比选对照", "Against the saved comparison"), Head: []string{p.say("数据", "input"), p.say("方案", "variant"), p.say("指标", "metric"),
		p.say("上次", "then"), p.say("本次", "now"), p.say("结论", "verdict")}}
	for _, d := range l.Against {
		t.Rows = append(t.Rows, []string{d.Input, d.Variant, p.delta(l, d), plain(d.Then), plain(d.Now), p.verdict(d.Verdict)})
	}
	return t
}

// delta names what differs from a saved comparison: a metric, or that there is a plan at all.
func (p *Page) delta(l *Lab, d Delta) string {
	if d.Metric == "" {
		return p.say("有方案的次数", "runs with a plan")
	}
	return p.name(l.metric(d.Metric))
}

// verdict is a verdict of lab.json in the language of the page.
func (p *Page) verdict(word string) string {
	for _, t := range verdictWords {
		if t.En == word {
			return t.In(p.Lang)
		}
	}
	return word
}

func (p *Page) ranking(l *Lab) Table {
	t := Table{Title: p.say("按目标次序排列", "Variants by the goals in their order"), Head: []string{p.say("数据", "input"), p.say("位次", "place"), p.say("方案", "variant")}}
	for place := 1; place <= len(l.Variants); place++ {
		for i := range l.Variants {
			if v := &l.Variants[i]; v.Rank == place {
				t.Rows = append(t.Rows, []string{v.Input, strconv.Itoa(place), v.Name})
			}
		}
	}
	return t
}

// boxes draws, for each shown metric that differs somewhere, a box for each variant over its inputs and runs.
func (p *Page) boxes(l *Lab, shown []scenario.Metric) error {
	for _, m := range shown {
		var names []string
		var values [][]float64
		at := map[string]int{}
		for i := range l.Variants {
			v := &l.Variants[i]
			k, ok := at[v.Name]
			if !ok {
				k = len(names)
				at[v.Name], names, values = k, append(names, v.Name), append(values, nil)
			}
			values[k] = append(values[k], v.Values[m.Name].All...)
		}
		if !differ(values) {
			continue
		}
		var b bytes.Buffer
		if err := chart.Boxes(&b, chart.Axes{Title: p.name(m)}, names, values); err != nil {
			return err
		}
		svg := b.String()
		p.Pictures = append(p.Pictures, template.HTML(svg[strings.Index(svg, "<svg"):])) // our own drawing; names are escaped by the canvas
	}
	return nil
}

func differ(values [][]float64) bool {
	first, seen := 0.0, false
	for _, list := range values {
		for _, v := range list {
			if seen && v != first {
				return true
			}
			first, seen = v, true
		}
	}
	return false
}

//go:embed page.gohtml
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// HTML writes the page in one file, without links to anything outside.
func (p *Page) HTML(w io.Writer) error { return pageTemplate.Execute(w, p) }

// Text writes the headline.
func (p *Page) Text(w io.Writer) error {
	_, err := io.WriteString(w, p.Title+"\n"+strings.Join(p.Headline, "\n")+"\n")
	return err
}
