package workbook

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// directory knows all ids and names, by table. A table that is missing or has no column of ids has no entry: nothing
// can be said about references to it.
type directory map[string]*entries

type entries struct {
	zh     string // the table's name
	ids    map[string]bool
	sorted []string          // for the nearest id
	byName map[string]string // the first id of a name
}

func (d *data) directory() directory {
	dir := directory{}
	enter(dir, "cadres", d.cadres, func(c *person) (string, string) { return c.ID, c.Name })
	if dir["cadres"] != nil {
		enter(dir, "cadres", d.arrivals, func(c *person) (string, string) { return c.ID, c.Name })
	}
	enter(dir, "posts", d.posts, func(p *posting.Post) (string, string) { return p.ID, p.Name })
	enter(dir, "units", d.units, func(u *posting.Unit) (string, string) { return u.ID, u.Name })
	enter(dir, "places", d.localities, func(p *posting.Place) (string, string) { return p.ID, p.Name })
	for _, e := range dir {
		e.sorted = sortedKeys(e.ids)
	}
	return dir
}

func enter[T any](dir directory, table string, r *records[T], names func(*T) (id, name string)) {
	if r.cols["id"] == 0 || r.table.Required && r.sheet == nil {
		return
	}
	if dir[table] == nil {
		dir[table] = &entries{zh: r.table.Zh, ids: map[string]bool{}, byName: map[string]string{}}
	}
	e := dir[table]
	for i := range r.items {
		id, name := names(&r.items[i])
		if id == "" {
			continue
		}
		e.ids[id] = true
		if e.byName[name] == "" {
			e.byName[name] = id
		}
	}
}

// checkReferences reports every id that stands in no table it may stand for.
func (d *data) checkReferences(ps *Problems) {
	dir := d.directory()
	checkRefs(dir, d.cadres, ps)
	checkRefs(dir, d.posts, ps)
	checkRefs(dir, d.units, ps)
	checkRefs(dir, d.localities, ps)
	checkRefs(dir, d.arrivals, ps)
	checkRefs(dir, d.departures, ps)
	checkRefs(dir, d.ties, ps)
	checkRefs(dir, d.history, ps)
	checkRefs(dir, d.exceptions, ps)
	checkRefs(dir, d.documents, ps)
	checkRefs(dir, d.done, ps)
	checkRefs(dir, d.trips, ps)
	checkRefs(dir, d.ledger, ps)
	checkRefs(dir, d.followUps, ps)
	checkRefs(dir, d.previous, ps)
	checkRefs(dir, d.opinions, ps)
	checkRefs(dir, d.wishes, ps)
	checkRefs(dir, d.ratings, ps)
	checkRefs(dir, d.tests, ps)
}

func checkRefs[T any](dir directory, r *records[T], ps *Problems) {
	if r.table.record {
		r.forget(dir, ps)
	}
	for _, c := range r.table.columns {
		if c.ids == nil || r.cols[c.ID] == 0 || !dir.knows(c.Refs) {
			continue
		}
		for i := range r.items {
			for _, id := range c.ids(&r.items[i]) {
				if (c.OrWord == "" || id != c.OrWord) && !dir.has(c.Refs, id) {
					ps.add("E1301", r.cell(i, c.ID), dir.unknown(&c.Heading, id, ps))
				}
			}
		}
	}
}

// forget leaves out the rows of people who are in no table any more, and blanks what names another thing that is gone. Each id
// is reported once, since it may be a slip of the pen as well.
func (r *records[T]) forget(dir directory, ps *Problems) {
	for _, c := range r.table.columns {
		if c.ids == nil || r.cols[c.ID] == 0 || !dir.knows(c.Refs) {
			continue
		}
		told := map[string]bool{}
		gone := func(i int) bool {
			ids := c.ids(&r.items[i])
			if len(ids) == 0 || dir.has(c.Refs, ids[0]) {
				return false
			}
			if !told[ids[0]] {
				told[ids[0]] = true
				ps.add("W1301", r.cell(i, c.ID), i18n.F("%s；不计入", "%s; left out", dir.unknown(&c.Heading, ids[0], ps)))
			}
			return true
		}
		if c.Need == NeedsValue {
			r.keep(func(i int) bool { return !gone(i) })
			continue
		}
		for i := range r.items {
			if gone(i) {
				c.set(&r.items[i], "")
			}
		}
	}
}

// keep leaves only the rows that `stays` accepts.
func (r *records[T]) keep(stays func(i int) bool) {
	n := 0
	for i := range r.items {
		if stays(i) {
			r.items[n], r.rows[n] = r.items[i], r.rows[i]
			n++
		}
	}
	r.items, r.rows = r.items[:n], r.rows[:n]
}

// knows tells whether all tables can be looked up.
func (dir directory) knows(tables []string) bool {
	return !slices.ContainsFunc(tables, func(t string) bool { return dir[t] == nil })
}

func (dir directory) has(tables []string, id string) bool {
	return slices.ContainsFunc(tables, func(t string) bool { return dir[t].ids[id] })
}

// unknown words the problem: with the id that belongs to the text where the text is a name, else the nearest id.
func (dir directory) unknown(h *Heading, id string, ps *Problems) i18n.Text {
	shown := quote(id)
	if h.Secret {
		shown = `"…"`
	}
	text := i18n.F("%[1]s %[2]s 不在 %[3]s 表中", "%[1]s %[2]s is no id of %[4]s", h.Name(), shown, dir.names(h.Refs), strings.Join(h.Refs, "/"))
	if ps.full() {
		return text
	}
	best := ""
	for _, t := range h.Refs {
		if named := dir[t].byName[id]; named != "" {
			return i18n.F("%s；引用要用编号，该名称的编号是 %s", "%s; write ids, the id of that name is %s", text, named)
		}
		if best == "" {
			best = nearest(id, dir[t].sorted)
		}
	}
	if best == "" {
		return text
	}
	return i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", text, best)
}

// names lists tables in Chinese.
func (dir directory) names(tables []string) string {
	zh := make([]string, len(tables))
	for i, t := range tables {
		zh[i] = dir[t].zh
	}
	return strings.Join(zh, "/")
}
