package scenario

import (
	"io"
	"os"
	"path/filepath"
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/workbook"
)

// maxBytes bounds a scenario file; the YAML reader has a bound of its own.
const maxBytes = 1 << 20

// Read reads a scenario file: YAML, or the sheet 情景 of a workbook or CSV file. Every fault of the content is in the
// problems; where one of them is an error, the file is nil. The error is a file that cannot be read.
func Read(path string) (*File, *policy.Problems, error) {
	if workbook.IsTable(path) {
		return readSheet(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, i18n.E("读取情景：%s", "read scenarios: %s", err)
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxBytes))
	if err != nil {
		return nil, nil, i18n.E("读取情景：%s", "read scenarios: %s", err)
	}
	file, ps := Decode(filepath.Base(path), src)
	if file != nil {
		file.Dir = filepath.Dir(path)
	}
	return file, ps, nil
}

// Decode is Read for a YAML text at hand; name stands for the file in messages.
func Decode(name string, src []byte) (*File, *policy.Problems) {
	r, root := policy.NewReader(name, src)
	if r.Problems.HasErrors() {
		return nil, r.Problems // of a file that is no YAML nothing else can be said
	}
	d := &decoder{Reader: r, named: map[string]*Scenario{}}
	file := d.file(root)
	if r.Problems.Sort(name); r.Problems.HasErrors() {
		return nil, r.Problems
	}
	return file, r.Problems
}

// decoder decodes a scenario file.
type decoder struct {
	*policy.Reader
	named map[string]*Scenario
}

// version is the form of the scenario file that this program reads.
const version = "1"

// defaultBase is the name of the base run where the file gives none.
const defaultBase = "base"

func (d *decoder) file(root policy.Tree) *File {
	f := d.Table(root, "version", "name", "base", "scenarios", "grids", "gates", "metrics", "frontiers", "inputs", "policies",
		"options", "repeats", "previous", "changes_before")
	if v := d.Must(f, root, "version"); !v.Blank() && d.Text(v) != version {
		d.Fail("E2008", v, i18n.F("版本 %[1]q 不受支持，只支持 %[2]s", "version %[1]q is not supported, only %[2]s", d.Text(v), version), i18n.Text{})
	}
	file := &File{Name: d.Texts(f["name"]), Base: d.Text(f["base"]), Previous: d.Text(f["previous"]), Before: d.Text(f["changes_before"])}
	if file.Base == "" {
		file.Base = defaultBase
	}
	for _, t := range d.Items(f["scenarios"]) {
		if s, ok := d.scenario(t, file); ok {
			file.Scenarios = append(file.Scenarios, s)
			d.named[s.Name] = &s
		}
	}
	for _, t := range d.Items(f["grids"]) {
		file.Grids = append(file.Grids, d.grid(t, file))
	}
	for _, t := range d.Items(f["metrics"]) {
		file.Metrics = append(file.Metrics, d.metric(t))
	}
	for _, t := range d.Items(f["gates"]) {
		file.Gates = append(file.Gates, d.gate(t))
	}
	for _, t := range d.Items(f["frontiers"]) {
		file.Frontiers = append(file.Frontiers, d.frontier(t))
	}
	file.Across = d.across(f)
	return file
}

// name reads a name that no other scenario, grid or the base has.
func (d *decoder) name(f map[string]policy.Tree, t policy.Tree, file *File) string {
	n := d.Must(f, t, "name")
	name := d.Text(n)
	taken := name == file.Base || d.named[name] != nil || slices.ContainsFunc(file.Grids, func(g Grid) bool { return g.Name == name })
	if name != "" && taken {
		d.Fail("E2007", n, i18n.F("情景 %q 重复", "the scenario %q stands twice", name), i18n.Text{})
	}
	return name
}

func (d *decoder) scenario(t policy.Tree, file *File) (Scenario, bool) {
	f := d.Table(t, slices.Concat([]string{"name", "note", "with"}, overlayKeys)...)
	s := Scenario{Name: d.name(f, t, file), Note: d.Texts(f["note"]), Where: t.Where()}
	s.Overlay = d.with(f["with"]).then(d.overlay(t, f))
	return s, s.Name != ""
}

// with stacks the overlays of scenarios that stand before.
func (d *decoder) with(t policy.Tree) Overlay {
	var out Overlay
	for _, name := range d.Words(t, nil) {
		if s := d.named[name]; s != nil {
			out = out.then(s.Overlay)
			continue
		}
		d.Fail("E2101", t, i18n.F("前面没有情景 %q", "there is no scenario %q above", name), policy.Suggest(name, d.names()))
	}
	return out
}

func (d *decoder) names() []string {
	var out []string
	for name := range d.named {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (d *decoder) frontier(t policy.Tree) Frontier {
	f := d.Table(t, "name", "goals", "most")
	out := Frontier{Name: d.Text(d.Must(f, t, "name")), Goals: d.Words(d.Must(f, t, "goals"), nil), Where: t.Where()}
	for _, g := range d.Items(listed(f["goals"])) {
		out.Places = append(out.Places, g.Where())
	}
	if n := len(out.Goals); n < 2 || n > 3 {
		d.Fail("E2102", t, i18n.F("权衡要写两个或三个目标，现有 %d 个", "a trade-off is between two or three goals, here are %d", n), i18n.Text{})
	}
	out.Most = d.Number(f["most"], 0, mostPoints)
	return out
}

// mostPoints bounds the points of a frontier that are asked for.
const mostPoints = 1000

// listed gives the items of a list, and a list of a single value.
func listed(t policy.Tree) policy.Tree {
	if t.Is(policy.List) {
		return t
	}
	return policy.Tree{}
}

// mostRepeats bounds how often one run is repeated, mostSeed a seed.
const (
	mostRepeats = 1000
	mostSeed    = 1 << 30
)

func (d *decoder) across(f map[string]policy.Tree) Across {
	a := Across{Inputs: d.Words(f["inputs"], nil), Policies: d.Words(f["policies"], nil), Repeats: 1}
	if t, ok := f["repeats"]; ok {
		a.Repeats = d.Number(t, 1, mostRepeats)
	}
	o := d.Table(f["options"], "solver", "seed", "gap")
	a.Solvers = d.Words(o["solver"], nil)
	for _, t := range d.values(o["seed"]) {
		a.Seeds = append(a.Seeds, d.Number(t, 0, mostSeed))
	}
	for _, t := range d.values(o["gap"]) {
		a.Gaps = append(a.Gaps, d.amount(t))
	}
	return a
}

// values are the items of a list; a single value is a list of one.
func (d *decoder) values(t policy.Tree) []policy.Tree {
	if t.Is(policy.Scalar) {
		return []policy.Tree{t}
	}
	return d.Items(t)
}
