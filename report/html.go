package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"cadre/internal/i18n"
	"cadre/planning"
)

//go:embed report.gohtml
var pageSource string

//go:embed style.gohtml
var styleSource string

// page is what the template shows.
type page struct {
	Lang, Title, Internal, PageOne, Subject string
	Numbers                                 [][2]string
	Whole                                   bool
	Bars                                    []bar
	BarsHeight                              int
	Flow                                    *flow
	Clock                                   clock
	Tables                                  []htmlTable
	Foot                                    string
}

// htmlTable is a table of the page; widths are in percent.
type htmlTable struct {
	ID, Name, Note, Count string
	Heads                 []htmlColumn
	Rows                  []htmlRow
}

type htmlColumn struct {
	Head  string
	Width string
}

type htmlRow struct {
	Tone  string
	Cells []htmlCell
}

type htmlCell struct {
	Text   string
	Number bool
}

// toneClass are the classes of the page's style sheet.
var toneClass = [tones]string{plain: "", moving: "moving", coming: "coming", leaving: "leaving", alarm: "alarm"}

// WriteHTML writes report.html: one page without scripts or anything from outside, that also prints on A4.
func WriteHTML(w io.Writer, o *planning.Outcome, opt Options) error {
	p := newPapers(o, opt)
	return p.execute(w, pageSource, p.page())
}

// execute shows data by a page's template, with the style that all pages share.
func (p *papers) execute(w io.Writer, source string, data any) error {
	t, err := templateOf(source, p.lang)
	if err != nil {
		return i18n.E("页面模板：%s", "the page's template: %s", err)
	}
	return t.Execute(w, data)
}

// templates are those in use, by source and language: parsing one and making it safe takes longer than filling it in.
var templates sync.Map

type templateKey struct {
	source string
	lang   i18n.Lang
}

func templateOf(source string, lang i18n.Lang) (*template.Template, error) {
	if t, known := templates.Load(templateKey{source, lang}); known {
		return t.(*template.Template), nil
	}
	t, err := template.New("page").Funcs(template.FuncMap{"text": func(zh, en string) string { return i18n.T(zh, en).In(lang) },
		"add": func(a, b int) int { return a + b }, "sub": func(a, b int) int { return a - b }}).Parse(styleSource + source)
	if err == nil {
		templates.Store(templateKey{source, lang}, t)
	}
	return t, err
}

func (p *papers) page() *page {
	g := &page{Lang: "zh-CN", Title: p.say(p.title()), Internal: p.say(internal), PageOne: p.say(pageOne),
		Subject: p.say(i18n.F("%[1]s，基准日 %[2]s", "%[1]s, plan date %[2]s", p.pol.Name, p.x.Calendar.Date.String())), Numbers: p.keyNumbers(), Whole: p.aud.Whole()}
	if p.lang == i18n.En {
		g.Lang = "en"
	}
	if g.Whole {
		g.Bars, g.Flow, g.Clock = p.bars(), p.flows(), p.clocks()
		g.BarsHeight = len(g.Bars) * barStep
	}
	for _, t := range p.pageTables() {
		g.Tables = append(g.Tables, p.htmlTable(t))
	}
	if p.aud.office() {
		g.Foot = p.say(gapText(p.plan))
	}
	return g
}

// pageTables are the tables of the page: those of the workbook that are read, not filled in.
func (p *papers) pageTables() []*table {
	var out []*table
	for _, t := range p.planTables() {
		if t.id != "nominations" && t.id != "roster" && t.id != "approvals" && t.id != "shares" && t.id != "followups" && t.id != "ledger" {
			out = append(out, t)
		}
	}
	return out
}

// leastShare is the per cent of a page's width that an id takes.
const leastShare = 4.5

func (p *papers) htmlTable(t *table) htmlTable {
	h := htmlTable{ID: t.id, Name: t.name, Note: t.note, Count: fmt.Sprint(len(t.rows))}
	total := 0
	for _, c := range t.columns {
		total += c.width
	}
	for _, c := range t.columns {
		h.Heads = append(h.Heads, htmlColumn{c.head, fmt.Sprintf("%.1f", max(leastShare, float64(100*c.width)/float64(total)))})
	}
	for _, r := range t.rows {
		row := htmlRow{Tone: toneClass[r.tone]}
		for _, v := range r.cells {
			_, text := v.(string)
			row.Cells = append(row.Cells, htmlCell{fmt.Sprint(v), !text})
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}
