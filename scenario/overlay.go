package scenario

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/workbook"
)

// policyKeys are laid over the policy, in the form of a policy file; tableKeys hold rows of the tables; the verbs are
// short for edits that planners ask for every day.
var (
	policyKeys = []string{"plan_date", "horizon", "regime", "levels", "clauses"}
	tableKeys  = []string{"set", "add", "put", "drop"}
	verbKeys   = []string{"leave", "arrive", "open", "close", "freeze", "flats", "pin", "ban", "hold", "free"}
)

var overlayKeys = slices.Concat(policyKeys, tableKeys, verbKeys)

// overlay reads the overlay keys of a table.
func (d *decoder) overlay(t policy.Tree, f map[string]policy.Tree) Overlay {
	var out Overlay
	var over policy.Tree
	for _, key := range policyKeys {
		if v, ok := f[key]; ok {
			m := policy.Mapping(t.KeyWhere(key), key, v)
			if over.Blank() {
				over = m
			} else {
				over = over.With(m)
			}
		}
	}
	if !over.Blank() {
		out.Policy = []policy.Tree{over}
	}
	for _, key := range tableKeys {
		out.Edits = append(out.Edits, d.rows(workbook.Action(key), f[key])...)
	}
	for _, key := range verbKeys {
		for _, item := range d.values(f[key]) {
			out.Edits = append(out.Edits, verbs[key](d, item)...)
		}
	}
	return out
}

// rows reads edits by table: cadres: [{id: C001, disposition: 不动}], and of rows that are dropped only their keys.
func (d *decoder) rows(action workbook.Action, t policy.Tree) []Edit {
	var out []Edit
	if t.Blank() {
		return nil
	}
	d.Table(t, t.Keys()...)
	for _, table := range t.Keys() {
		for _, item := range d.Items(t.Key(table)) {
			out = append(out, Edit{Edit: d.row(action, table, item)})
		}
	}
	return out
}

func (d *decoder) row(action workbook.Action, table string, t policy.Tree) workbook.Edit {
	e := workbook.Edit{Table: table, Action: action, Where: t.Where()}
	if action == workbook.DropRow {
		e.Key = d.Text(t)
		return e
	}
	key := workbook.KeyColumn(table)
	d.Table(t, t.Keys()...)
	for _, field := range t.Keys() {
		value := d.cell(t.Key(field))
		switch {
		case workbook.SameHeading(table, field, key):
			e.Key = value
		case field == "like":
			e.Like = value
		default:
			e.Cells = append(e.Cells, workbook.Cell{Field: field, Value: value, Where: t.Key(field).Where()})
		}
	}
	if e.Key == "" && key != "" {
		d.Fail("E2003", t, i18n.F("缺少 %q", "%q is missing", key), i18n.Text{})
	}
	return e
}

// cell is the text of a cell; a list is written with the separator of the tables.
func (d *decoder) cell(t policy.Tree) string {
	if t.Is(policy.List) {
		return strings.Join(d.Words(t, nil), "；")
	}
	return d.Text(t)
}

// verbs are the daily edits.
var verbs = map[string]func(*decoder, policy.Tree) []Edit{
	"leave": (*decoder).leave,
	"arrive": func(d *decoder, t policy.Tree) []Edit {
		return []Edit{{Edit: d.row(workbook.AddRow, "arrivals", t)}}
	},
	"open": func(d *decoder, t policy.Tree) []Edit {
		return []Edit{{Edit: d.row(workbook.AddRow, "posts", t)}}
	},
	"close":  (*decoder).close,
	"freeze": func(d *decoder, t policy.Tree) []Edit { return d.fill(t, "冻结") },
	"flats":  (*decoder).flats,
	"pin":    (*decoder).pin,
	"ban":    (*decoder).ban,
	"hold":   (*decoder).hold,
	"free":   (*decoder).free,
}

// set is an edit of one row with one cell after another.
func set(table, key string, t policy.Tree, cells ...string) workbook.Edit {
	e := workbook.Edit{Table: table, Action: workbook.SetRow, Key: key, Where: t.Where()}
	for i := 0; i+1 < len(cells); i += 2 {
		e.Cells = append(e.Cells, workbook.Cell{Field: cells[i], Value: cells[i+1], Where: t.Where()})
	}
	return e
}

// leave: {cadre: C001, month: 2026-05, class: 调出}.
func (d *decoder) leave(t policy.Tree) []Edit {
	e := d.row(workbook.PutRow, "departures", t)
	return []Edit{{Edit: e}}
}

// close: the seat is frozen, and whoever holds it has to move.
func (d *decoder) close(t policy.Tree) []Edit {
	out := d.fill(t, "冻结")
	for i := range out {
		out[i].Closes = out[i].Key
	}
	return out
}

// fill sets how the posts of a single value or of a list are filled.
func (d *decoder) fill(t policy.Tree, how string) []Edit {
	return []Edit{{Edit: set("posts", d.Text(t), t, "filling", how)}}
}

// flats: {place: L05, more: 4}, or {place: L05, total: 9}.
func (d *decoder) flats(t policy.Tree) []Edit {
	f := d.Table(t, "place", "more", "total")
	place, value := d.Text(d.Must(f, t, "place")), d.Text(f["total"])
	if more, ok := f["more"]; ok {
		if value = d.Text(more); !strings.HasPrefix(value, "-") && !strings.HasPrefix(value, "+") {
			value = "+" + value
		}
	}
	if value == "" {
		d.Fail("E2003", t, i18n.F("缺少 %q", "%q is missing", "more"), i18n.Text{})
	}
	return []Edit{{Edit: set("places", place, t, "lodging", value)}}
}

// pin: {cadre: C001, post: P002}; without a post the cadre stays; with `move: yes` he has to move.
func (d *decoder) pin(t policy.Tree) []Edit {
	if t.Is(policy.Scalar) {
		return []Edit{{Edit: set("cadres", d.Text(t), t, "disposition", "不动")}}
	}
	f := d.Table(t, "cadre", "post", "move", "table")
	value := "不动"
	if post := d.Text(f["post"]); post != "" {
		value = "定岗:" + post
	} else if d.Flag(f["move"]) {
		value = "必动"
	}
	return []Edit{{Edit: set(d.table(f), d.Text(d.Must(f, t, "cadre")), t, "disposition", value)}}
}

// table is the table in which a person stands: cadres unless the verb says arrivals.
func (d *decoder) table(f map[string]policy.Tree) string {
	if t := d.Word(f["table"], []string{"cadres", "arrivals"}); t != "" {
		return t
	}
	return "cadres"
}

// ban: {cadre: C001, from: [P002, U03]}.
func (d *decoder) ban(t policy.Tree) []Edit {
	f := d.Table(t, "cadre", "from", "table")
	from := d.Words(d.Must(f, t, "from"), nil)
	return []Edit{{Edit: set(d.table(f), d.Text(d.Must(f, t, "cadre")), t, "unsuited", "+"+strings.Join(from, "；"))}}
}

// hold: {cadre: C001, until: 2026-06}; without a month there is no end. The reason is asked for nowhere.
func (d *decoder) hold(t policy.Tree) []Edit {
	if t.Is(policy.Scalar) {
		return []Edit{{Edit: set("cadres", d.Text(t), t, "hold", "是", "hold_until", "")}}
	}
	f := d.Table(t, "cadre", "until")
	return []Edit{{Edit: set("cadres", d.Text(d.Must(f, t, "cadre")), t, "hold", "是", "hold_until", d.Text(f["until"]))}}
}

// free takes a recorded decision back.
func (d *decoder) free(t policy.Tree) []Edit {
	return []Edit{{Edit: set("cadres", d.Text(t), t, "disposition", "", "unsuited", "", "hold", "", "hold_until", "")}}
}
