package policy

import (
	"embed"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"cadre/internal/i18n"
)

//go:embed spec/*.md
var specFiles embed.FS

// Kinds are the schemas of every rule kind, by name: the front matter of spec/<kind>.md. The map is shared and must
// not be changed. A fault in a page is a fault of the program, which the package's tests report.
func Kinds() map[string]*Kind { return kinds().byName }

// KindNames lists the rule kinds in alphabetical order.
func KindNames() []string { return slices.Sorted(maps.Keys(Kinds())) }

// selectorNames are the selectors of a clause.
var selectorNames = []string{"for", "to"}

type kindTable struct {
	byName map[string]*Kind
	faults Problems
}

var kinds = sync.OnceValue(func() *kindTable {
	out := &kindTable{byName: map[string]*Kind{}}
	pages, _ := fs.Glob(specFiles, "spec/*.md") // the pattern is well formed
	for _, page := range pages {
		src, err := fs.ReadFile(specFiles, page)
		if err != nil || page == "spec/README.md" {
			continue
		}
		k := readKind(page, string(src), &out.faults)
		out.byName[k.Name] = k
	}
	return out
})

// readKind reads one page: the front matter between two lines of dashes, and the text after it.
func readKind(page, src string, ps *Problems) *Kind {
	front, body, found := strings.Cut(strings.TrimPrefix(src, "---\n"), "\n---\n")
	d := &decoder{ps: ps}
	root := parse(page, []byte("#\n"+front), ps) // the comment stands for the line of dashes: lines agree with the page
	f := d.table(root, "kind", "scope", "selects", "moving", "seconds", "hold", "modalities", "statement", "breach", "unit", "source", "parameters", "protected")
	k := &Kind{
		Name:       d.must(f, root, "kind").text,
		Scope:      d.word(d.must(f, root, "scope"), []string{"pair", "plan"}),
		Selects:    d.words(f["selects"], selectorNames),
		Moving:     d.flag(f["moving"]),
		Seconds:    d.flag(f["seconds"]),
		Hold:       d.flag(f["hold"]),
		Statement:  d.texts(d.must(f, root, "statement")),
		Breach:     d.texts(f["breach"]),
		Unit:       d.texts(f["unit"]),
		Source:     d.texts(f["source"]),
		Protected:  d.words(d.must(f, root, "protected"), protectedNames()),
		Parameters: map[string]Parameter{},
		Body:       body,
	}
	if k.Pair() {
		k.Selects = selectorNames
	}
	k.Modalities = d.modalities(d.must(f, root, "modalities"))
	for _, p := range d.shaped(d.must(f, root, "parameters"), table).pairs {
		k.Parameters[p.key.text] = d.parameter(p.value)
	}
	if !found || page != "spec/"+k.Name+".md" {
		ps.add("E2003", root.at, i18n.T("规则页缺少表头，或者类型与文件名不符", "the page lacks its front matter, or the kind differs from the file name"))
	}
	return k
}

func (d *decoder) modalities(n *node) []Modality {
	var out []Modality
	for _, m := range d.words(n, modalityNames) {
		out = append(out, Modality(m))
	}
	return out
}

func (d *decoder) parameter(n *node) Parameter {
	f := d.table(n, "type", "required", "values", "with", "columns", "zh", "en")
	p := Parameter{
		Type:     d.word(d.must(f, n, "type"), slices.Sorted(maps.Keys(readers))),
		Required: d.flag(f["required"]),
		Values:   d.words(f["values"], nil),
		Columns:  d.words(f["columns"], nil),
		Text:     i18n.T(d.must(f, n, "zh").text, d.must(f, n, "en").text),
		With:     map[string][]Modality{},
	}
	for _, v := range d.shaped(f["with"], table).pairs {
		p.With[d.word(v.key, p.Values)] = d.modalities(v.value)
	}
	if (p.Type == "table") != (len(p.Columns) > 0) || p.Type == "enum" && len(p.Values) == 0 {
		d.ps.add("E2003", n.at, i18n.T("table 要有 columns，enum 要有 values", "a table wants columns, an enum wants values"))
	}
	return p
}
