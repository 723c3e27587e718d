package report

import (
	_ "embed"
	"fmt"
	"io"
	"math"

	"cadre/internal/i18n"
	"cadre/scenario"
)

//go:embed compare.gohtml
var comparePageSource string

// comparePage is what the template of compare.html shows.
type comparePage struct {
	Lang, Title, Internal, PageOne, Subject string
	Numbers                                 [][2]string
	Plans                                   []comparePlan
	Fronts                                  []*frontChart
	Tables                                  []htmlTable
}

// comparePlan is the headline of one scenario.
type comparePlan struct {
	Title, Note, Folder string
	Lines               []string
	Gates               []compareGate
}

type compareGate struct {
	Text string
	Pass bool
}

// comparison is what the papers of a comparison are called.
var comparison = i18n.T("比选方案对照（讨论稿）", "plans compared (draft for discussion)")

// WriteCompareHTML writes compare.html. Folders are those of the plans, relative to the page, "" where there is none.
func WriteCompareHTML(w io.Writer, c *scenario.Comparison, folders []string, opt Options) error {
	k := newCompared(c, folders, opt)
	return k.execute(w, comparePageSource, k.page())
}

func (k *compared) page() *comparePage {
	g := &comparePage{Lang: "zh-CN", Title: k.say(comparison), Internal: k.say(internal), PageOne: k.say(pageOne),
		Subject: k.say(i18n.F("%[1]s，基准日 %[2]s", "%[1]s, plan date %[2]s", k.pol.Name, k.x.Calendar.Date.String())), Numbers: k.numbers()}
	if k.lang == i18n.En {
		g.Lang = "en"
	}
	for i, r := range k.c.Runs {
		if r.Base != i {
			g.Plans = append(g.Plans, k.plan(i))
		}
	}
	for _, f := range k.fronts() {
		if c := f.chart(); c != nil && f.shown() {
			g.Fronts = append(g.Fronts, c)
		}
	}
	for _, t := range k.tables(mostColumns) {
		if len(t.rows) > 0 {
			g.Tables = append(g.Tables, k.htmlTable(t))
		}
	}
	return g
}

// numbers are the key numbers of the comparison as a whole.
func (k *compared) numbers() [][2]string {
	planned := len(k.columns(math.MaxInt))
	out := [][2]string{{k.say(i18n.T("方案", "plans")), k.say(i18n.F("%[1]d 个情景，其中 %[2]d 个得出方案", "%[1]d scenarios, %[2]d with a plan", len(k.c.Runs), planned))}}
	if d := k.c.Runs[0].Digest; d != nil {
		out = append(out, [2]string{k.say(i18n.T("基准方案", "base plan")), k.say(i18n.F("调整 %[1]d 人，另有调入 %[2]d 人、离任 %[3]d 人", "%[1]d people move; beside them %[2]d arrive and %[3]d leave",
			k.moved(0), int(d.Metrics["placements"]), int(d.Metrics["departures"])))})
	}
	if k.aud.Whole() {
		out = append(out, [2]string{k.say(i18n.T("稳定人选", "steady choices")), k.say(i18n.F("含调入、离任在内，%[1]d 人在所有方案中都有变动，%[2]d 人只在部分方案中有变动",
			"arrivals and leavers included, %[1]d people move in all plans, %[2]d in some", len(k.c.Always()), len(k.c.Sometimes())))})
	}
	if n := len(k.c.Verdicts); n > 0 && k.aud.Whole() {
		out = append(out, [2]string{k.say(i18n.T("门槛", "gates")), k.say(i18n.F("判定 %[1]d 次，未通过 %[2]d 次", "%[1]d verdicts, %[2]d failed", n, len(k.c.Failed())))})
	}
	return out
}

func (k *compared) plan(i int) comparePlan {
	r := k.c.Runs[i]
	out := comparePlan{Title: k.title(i), Note: k.say(r.Scenario.Note), Folder: k.folders[i]}
	for _, l := range k.headline(i) {
		if l != (i18n.Text{}) {
			out.Lines = append(out.Lines, k.say(l))
		}
	}
	for _, v := range k.c.Verdicts {
		if v.Run == i && k.aud.Whole() {
			g := &k.c.File.Gates[v.Gate]
			out.Gates = append(out.Gates, compareGate{k.say(i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", k.gate(g), figure(v.Value))), v.Pass})
		}
	}
	return out
}

// WriteCompareXLSX writes compare.xlsx. The same comparison gives the same bytes.
func WriteCompareXLSX(path string, c *scenario.Comparison, folders []string, opt Options) error {
	k := newCompared(c, folders, opt)
	return writeBook(path, k.papers, k.first, k.tables(math.MaxInt))
}

// first is 先看这里: the headline of each plan.
func (k *compared) first() []line {
	lines := k.banner(comparison, i18n.T("方案", "plan"))
	for _, n := range k.numbers() {
		lines = append(lines, line{left: n[0], right: n[1]})
	}
	for i, r := range k.c.Runs {
		if r.Base == i {
			continue
		}
		text := ""
		for _, l := range k.plan(i).Lines {
			text += l
		}
		lines = append(lines, line{left: k.title(i), right: text})
	}
	return append(lines, line{part: remark})
}

// CompareSummary prints the headline of every scenario, and the gates that are failed.
func CompareSummary(w io.Writer, c *scenario.Comparison, opt Options) error {
	k := newCompared(c, make([]string, len(c.Runs)), opt)
	t := &text{p: k.papers}
	t.line(i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", comparison, pageOne))
	for _, n := range k.numbers() {
		t.line(i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", n[0], n[1]))
	}
	for i, r := range c.Runs {
		if r.Base == i {
			continue
		}
		t.head(i18n.T(k.title(i), k.title(i)))
		for _, l := range k.headline(i) {
			if l != (i18n.Text{}) {
				t.item(l)
			}
		}
	}
	t.frontiers(k)
	if k.aud.Whole() {
		t.gates(k)
	}
	_, err := fmt.Fprint(w, t.b.String())
	return err
}

// gates prints how many gates were passed, and each that was not.
func (t *text) gates(k *compared) {
	if len(k.c.Verdicts) == 0 {
		return
	}
	failed := k.c.Failed()
	t.head(i18n.F("门槛：判定 %[1]d 次，未通过 %[2]d 次", "gates: %[1]d verdicts, %[2]d failed", len(k.c.Verdicts), len(failed)))
	var all []i18n.Text
	for _, v := range failed {
		all = append(all, i18n.F("%[1]s：%[2]s，实际 %[3]s", "%[1]s: %[2]s, is %[3]s", k.title(v.Run), k.gate(&k.c.File.Gates[v.Gate]), figure(v.Value)))
	}
	t.items(all)
}
