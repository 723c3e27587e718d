package policy

import "cadre/internal/i18n"

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
		name := levelName(l)
		byName[name], names = l, append(names, name)
	}
	out := &node{shape: list, at: over.at}
	for _, l := range over.items {
		included := byName[levelName(l)]
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

// levelName is the name of a level, which may be written as a bare word.
func levelName(l *node) string {
	if l.shape == scalar {
		return l.text
	}
	return nameText(l.get("name"))
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
		id := nameText(c.get("id"))
		position[id], ids = i, append(ids, id)
		out.items = append(out.items, c)
	}
	for _, c := range over.items {
		id := nameText(c.get("id"))
		i, inherited := position[id]
		switch {
		case inherited && id != "":
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
	if k, b := over.get("kind"), base.get("kind"); k != nil && b != nil && k.text != b.text {
		d.ps.add("E2028", k.at, i18n.F("条款沿用的规则类型是 %[1]s，不能改为 %[2]q", "the inherited clause is of kind %[1]s, not %[2]q", b.text, k.text))
		out.set("kind", b)
	}
	if bp, op := base.get("parameters"), over.get("parameters"); bp != nil && op != nil && bp.shape == table && op.shape == table {
		out.set("parameters", mergeTables(bp, op))
	}
	if rows, op := base.get("thresholds"), over.get("parameters"); rows != nil && op != nil && over.get("thresholds") == nil {
		d.useless(rows, op)
	}
	m, kind := Modality(nameText(out.get("modality"))), nameText(out.get("kind"))
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
