package policy

import "cadre/internal/i18n"

// resolve follows `include`: it returns the file laid over the included book, or the file itself where it includes
// nothing. Every node keeps the place where it was written.
func (d *decoder) resolve(root *node) *node {
	root = d.shaped(root, table)
	d.uniqueIDs(root)
	include := root.get("include")
	if include == nil || include.shape == blank {
		return root
	}
	if d.text(include) != builtinName {
		d.ps.add("E2009", include.at, i18n.F("不能 include %[1]q，只支持 %[2]s", "%[1]q cannot be included, only %[2]s", include.text, builtinName))
	}
	return d.overlay(parse("builtin.yaml", builtinSource, d.ps), root)
}

// uniqueIDs reports clauses of one file that have one id.
func (d *decoder) uniqueIDs(root *node) {
	first := map[string]place{}
	for _, c := range d.shapedQuietly(root.get("clauses")) {
		id := c.get("id")
		if id == nil || id.shape != scalar {
			continue
		}
		if at, twice := first[id.text]; twice {
			d.ps.add("E2007", id.at, i18n.F("条款 %[1]q 重复，第一次在 %[2]s", "the clause %[1]q stands twice, first in %[2]s", id.text, at))
			continue
		}
		first[id.text] = id.at
	}
}

// shapedQuietly lists the items of a list; other shapes are reported when the value is decoded.
func (d *decoder) shapedQuietly(n *node) []*node {
	if n == nil || n.shape != list {
		return nil
	}
	return n.items
}

// overlay lays a file over the book it includes: a key of the file replaces the book's, but the horizon is laid over
// key by key, levels take the texts that they do not state, and clauses are merged by id.
func (d *decoder) overlay(base, file *node) *node {
	stated := &node{shape: table, at: file.at}
	for _, p := range file.pairs {
		if p.value.shape != blank { // `clauses:` with nothing below it states no clause
			stated.pairs = append(stated.pairs, p)
		}
	}
	out := mergeTables(base, stated)
	for i, p := range out.pairs {
		b, f := base.get(p.key.text), stated.get(p.key.text)
		if b == nil || f == nil || b.shape != f.shape {
			continue
		}
		switch p.key.text {
		case "horizon":
			out.pairs[i].value = mergeTables(b, f)
		case "levels":
			out.pairs[i].value = d.mergeLevels(b, f)
		case "clauses":
			out.pairs[i].value = d.mergeClauses(b, f)
		}
	}
	return out
}

// mergeTables is the union of two tables, where a key of the second replaces that of the first. Doubled keys of the
// second are kept, to be reported when the table is read.
func mergeTables(base, over *node) *node {
	out := &node{shape: table, at: over.at}
	for _, p := range base.pairs {
		if over.get(p.key.text) == nil {
			out.pairs = append(out.pairs, p)
		}
	}
	out.pairs = append(out.pairs, over.pairs...)
	return out
}

// mergeLevels lets a file reorder the levels by name alone: a bare word, or a table that states only some keys, takes
// the rest from the included level of that name.
func (d *decoder) mergeLevels(base, over *node) *node {
	byName, names := map[string]*node{}, []string{}
	for _, l := range base.items {
		name := l.get("name").text
		byName[name], names = l, append(names, name)
	}
	out := &node{shape: list, at: over.at}
	for _, l := range over.items {
		included := byName[nameText(l.get("name"))]
		if l.shape == scalar {
			included = byName[l.text]
		}
		switch {
		case l.shape == scalar && included == nil:
			d.word(l, names)
		case l.shape == scalar:
			out.items = append(out.items, &node{shape: table, pairs: included.pairs, at: l.at})
		case included != nil:
			out.items = append(out.items, mergeTables(included, l))
		default:
			out.items = append(out.items, l)
		}
	}
	return out
}

func nameText(n *node) string {
	if n == nil {
		return ""
	}
	return n.text
}

// mergeClauses lays each clause over the included one of its id, in the book's order; new ids follow.
func (d *decoder) mergeClauses(base, over *node) *node {
	out := &node{shape: list, at: over.at}
	position, ids := map[string]int{}, []string{}
	for i, c := range base.items {
		id := c.get("id").text
		position[id], ids = i, append(ids, id)
		out.items = append(out.items, c)
	}
	for _, c := range over.items {
		id := nameText(c.get("id"))
		i, inherited := position[id]
		switch {
		case inherited:
			out.items[i] = d.mergeClause(out.items[i], c)
		case id != "" && c.get("kind") == nil: // most often a misspelt id
			d.ps.add("E2006", c.get("id").at, i18n.F("沿用的政策中没有条款 %[1]q，新条款要写 kind", "there is no included clause %[1]q, and a new one has to state its kind", id), suggestion(id, ids))
		default:
			out.items = append(out.items, c)
		}
	}
	return out
}

// mergeClause lays a clause over the inherited one, key by key, and its parameters name by name. Where the modality
// changes, an inherited weight or level that the new modality has no use for is left behind.
func (d *decoder) mergeClause(base, over *node) *node {
	out := mergeTables(base, over)
	if k := over.get("kind"); k != nil && k.text != base.get("kind").text {
		d.ps.add("E2028", k.at, i18n.F("条款沿用的规则类型是 %[1]s，不能改为 %[2]q", "the inherited clause is of kind %[1]s, not %[2]q", base.get("kind").text, k.text))
		out.set("kind", base.get("kind"))
	}
	if bp, op := base.get("parameters"), over.get("parameters"); bp != nil && op != nil && op.shape == table {
		out.set("parameters", mergeTables(bp, op))
	}
	m, kind := Modality(nameText(out.get("modality"))), out.get("kind").text
	if m != Weighted && over.get("weight") == nil {
		out.set("weight", &node{at: over.at})
	}
	if !counts(kind, m) && over.get("level") == nil {
		out.set("level", &node{at: over.at})
	}
	return out
}

// set replaces the value of a key that the table has.
func (n *node) set(key string, value *node) {
	for i := range n.pairs {
		if n.pairs[i].key.text == key {
			n.pairs[i].value = value
		}
	}
}
