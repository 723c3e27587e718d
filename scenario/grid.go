package scenario

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/workbook"
)

func (d *decoder) grid(t policy.Tree, file *File) Grid {
	f := d.Table(t, slices.Concat([]string{"name", "note", "with", "vary"}, overlayKeys)...)
	g := Grid{Name: d.name(f, t, file), Note: d.Texts(f["note"]), Where: t.Where()}
	g.Fixed = d.with(f["with"]).then(d.overlay(t, f))
	for _, v := range d.Items(d.Must(f, t, "vary")) {
		dim := d.dimension(v)
		if len(dim.Values) == 0 {
			d.Fail("E2003", v, i18n.T("没有可取的值", "there are no values to take"), i18n.Text{})
		}
		g.Vary = append(g.Vary, dim)
	}
	return g
}

// clauseKeys are the keys of a clause that a dimension can vary; any other word is the name of a parameter.
var clauseKeys = []string{"off", "modality", "weight", "level", "from", "until"}

// dimension reads one of
//
//	{clause: R12, parameter: share, values: [25%, 40%]}       also a key of the clause: off, modality, weight, level
//	{policy: plan_date, values: [2026-01, 2026-07]}           a key of the policy
//	{table: places, key: L05, field: lodging, values: [2, 4]} a cell
//	{scenarios: [A, B]}                                       overlays that stand above; a blank is none
func (d *decoder) dimension(t policy.Tree) Dimension {
	switch {
	case !t.Key("clause").Blank():
		f := d.Table(t, "clause", "parameter", "values")
		id, name := d.Text(f["clause"]), d.Text(d.Must(f, t, "parameter"))
		return d.choices(id+"."+name, d.Must(f, t, "values"), func(v policy.Tree) Overlay {
			return Overlay{Policy: []policy.Tree{clauseTree(f["clause"], f["parameter"], v)}}
		})
	case !t.Key("policy").Blank():
		f := d.Table(t, "policy", "values")
		key := d.Word(f["policy"], policyKeys)
		return d.choices(key, d.Must(f, t, "values"), func(v policy.Tree) Overlay {
			return Overlay{Policy: []policy.Tree{policy.Mapping(f["policy"].Where(), key, v)}}
		})
	case !t.Key("scenarios").Blank():
		f := d.Table(t, "scenarios")
		return d.choices("", f["scenarios"], func(v policy.Tree) Overlay { return d.with(v) })
	}
	f := d.Table(t, "table", "key", "field", "values")
	table, key, field := d.Text(d.Must(f, t, "table")), d.Text(d.Must(f, t, "key")), d.Text(d.Must(f, t, "field"))
	return d.choices(key+"."+field, d.Must(f, t, "values"), func(v policy.Tree) Overlay {
		e := workbook.Edit{Table: table, Action: workbook.SetRow, Key: key, Where: t.Where(), Cells: []workbook.Cell{{Field: field, Value: d.cell(v), Where: v.Where()}}}
		return Overlay{Edits: []Edit{{Edit: e}}}
	})
}

// clauseTree is the overlay that gives one clause one parameter, or one key, a value.
func clauseTree(clause, name, value policy.Tree) policy.Tree {
	key, where := name.Text(), name.Where()
	body := policy.Mapping(where, key, value)
	if !slices.Contains(clauseKeys, key) {
		body = policy.Mapping(where, "parameters", body)
	}
	row := policy.Mapping(clause.Where(), "id", clause).With(body)
	return policy.Mapping(clause.Where(), "clauses", policy.Listing(clause.Where(), row))
}

func (d *decoder) choices(name string, values policy.Tree, overlay func(policy.Tree) Overlay) Dimension {
	dim := Dimension{Name: name}
	for _, v := range d.values(values) {
		dim.Values = append(dim.Values, Choice{strings.TrimSpace(d.cell(v)), overlay(v)})
	}
	return dim
}

// size is the number of combinations; mostCount where it is larger.
func (g *Grid) size() int {
	n := 1
	for _, dim := range g.Vary {
		n = product(n, len(dim.Values))
	}
	return n
}

// mostCount bounds counts of runs, so that they can be multiplied.
const mostCount = 1 << 40

func product(a, b int) int {
	if b > 0 && a > mostCount/b {
		return mostCount
	}
	return a * b
}

// scenarios are the combinations, the last dimension varying first; the first of them stands at position first among all.
func (g *Grid) scenarios(first int) []Scenario {
	out := []Scenario{{Note: g.Note, Overlay: g.Fixed, Where: g.Where}}
	for _, dim := range g.Vary {
		var next []Scenario
		for _, s := range out {
			for _, c := range dim.Values {
				n := s
				n.Name, n.Overlay = joined(s.Name, dim.Name, c.Name), s.Overlay.then(c.Overlay)
				next = append(next, n)
			}
		}
		out = next
	}
	for i := range out {
		out[i].Name, out[i].near = g.Name+"："+out[i].Name, g.near(first, i)
	}
	return out
}

// near are the combinations that differ from combination i in one dimension, by one value before; the base for the first.
func (g *Grid) near(first, i int) []int {
	var out []int
	stride := 1
	for _, dim := range slices.Backward(g.Vary) {
		if i/stride%len(dim.Values) > 0 {
			out = append(out, first+i-stride)
		}
		stride *= len(dim.Values)
	}
	if out == nil {
		return []int{0}
	}
	return out
}

// joined names a combination: R12.share=30% L05.lodging=4.
func joined(before, dimension, value string) string {
	word := value
	if dimension != "" {
		word = dimension + "=" + value
	}
	return strings.TrimSpace(before + " " + word)
}
