package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// differences says in words what an overlay changes: clause by clause from what to what; of the tables which rows.
func differences(base, now *Applied, o *Overlay) []i18n.Text {
	var out []i18n.Text
	if a, b := base.Policy.Calendar, now.Policy.Calendar; a.Date != b.Date {
		out = append(out, i18n.F("方案基准日由 %[1]s 改为 %[2]s", "plan date from %[1]s to %[2]s", a.Date.String(), b.Date.String()))
	}
	if a, b := base.Policy.Calendar, now.Policy.Calendar; a.Periods != b.Periods {
		out = append(out, i18n.F("批次由 %[1]d 个改为 %[2]d 个", "batches from %[1]d to %[2]d", a.Periods, b.Periods))
	}
	if a, b := goals(base.Policy), goals(now.Policy); !slices.Equal(a, b) {
		out = append(out, i18n.T("目标的先后次序有调整", "the order of the goals changes"))
	}
	for i := range now.Policy.Clauses {
		c := &now.Policy.Clauses[i]
		if old := clauseOf(base.Policy, c.ID); old == nil {
			out = append(out, i18n.F("增加条款 %[1]s（%[2]s）", "clause %[1]s (%[2]s) is added", c.Shown(), c.Name))
		} else if c.Shown() == c.ID { // what is held back is not told
			out = append(out, clauseDifferences(old, c)...)
		}
	}
	return append(out, rowsChanged(base.Index, o)...)
}

func goals(p *policy.Policy) []string {
	out := make([]string, len(p.Levels))
	for i, l := range p.Levels {
		out[i] = l.Name
	}
	return out
}

func clauseOf(p *policy.Policy, id string) *policy.Clause {
	for i := range p.Clauses {
		if p.Clauses[i].ID == id {
			return &p.Clauses[i]
		}
	}
	return nil
}

func clauseDifferences(a, b *policy.Clause) []i18n.Text {
	name := i18n.F("%[1]s（%[2]s）", "%[1]s (%[2]s)", b.Name, b.ID)
	var out []i18n.Text
	switch {
	case a.Off && !b.Off:
		out = append(out, i18n.F("%s启用", "%s is switched on", name))
	case !a.Off && b.Off:
		return []i18n.Text{i18n.F("%s停用", "%s is switched off", name)}
	}
	if a.Modality != b.Modality {
		out = append(out, i18n.F("%[1]s由“%[2]s”改为“%[3]s”", "%[1]s from %[4]s to %[5]s", name, a.Modality.Word(), b.Modality.Word(), a.Modality, b.Modality))
	}
	if a.Weight != b.Weight && b.Weight > 0 && a.Weight > 0 {
		out = append(out, i18n.F("%s的权重有调整", "%s: its weight changes", name))
	}
	for _, p := range slices.Sorted(maps.Keys(b.Params)) {
		if was, is := shown(a.Kind, p, a.Params[p]), shown(b.Kind, p, b.Params[p]); was != is {
			out = append(out, parameterChange(name, b.Kind, p, was, is))
		}
	}
	return out
}

// parameterChange is "yearly share (R12): share from 25 % to 40 %".
func parameterChange(name i18n.Text, kind, parameter, was, is string) i18n.Text {
	what := policy.Kinds()[kind].Parameters[parameter].Text
	if was == "" {
		return i18n.F("%[1]s：%[2]s定为 %[3]s", "%[1]s: %[2]s set to %[3]s", name, what, is)
	}
	return i18n.F("%[1]s：%[2]s由 %[3]s 改为 %[4]s", "%[1]s: %[2]s from %[3]s to %[4]s", name, what, was, is)
}

// shown is a parameter as planners write it: 25% or 1/3, years in years.
func shown(kind, parameter string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case policy.Ratio:
		if v.Den > 0 && 1000*v.Num%v.Den == 0 {
			return strconv.FormatFloat(float64(1000*v.Num/v.Den)/10, 'f', -1, 64) + "%"
		}
		return v.String()
	case int:
		if policy.Kinds()[kind].Parameters[parameter].Type == "years" {
			return strconv.FormatFloat(float64(v)/12, 'f', -1, 64)
		}
	}
	return fmt.Sprint(v)
}

// rowsChanged tells of each table how many rows change, and of posts, units and places which: what changes about people, papers
// may not print.
func rowsChanged(x *posting.Index, o *Overlay) []i18n.Text {
	var order []string
	edits := map[string][]*Edit{}
	for i := range o.Edits {
		e := &o.Edits[i]
		table := workbook.TableName(e.Table).En
		if edits[table] == nil {
			order = append(order, table)
		}
		edits[table] = append(edits[table], e)
	}
	var out []i18n.Text
	for _, table := range order {
		out = append(out, tableChange(x, table, edits[table]))
	}
	return out
}

// tableChange is "places: 2 rows (lodging): Lupu, Weiwan".
func tableChange(x *posting.Index, table string, edits []*Edit) i18n.Text {
	var keys, names []string
	var fields []i18n.Text
	for _, e := range edits {
		if e.Key == "" || !slices.Contains(keys, e.Key) {
			keys = append(keys, e.Key)
			names = append(names, named(x, table, e.Key))
		}
		for _, c := range e.Cells {
			if f := workbook.FieldName(table, c.Field); e.Action == workbook.SetRow && f != (i18n.Text{}) && !slices.Contains(fields, f) {
				fields = append(fields, f)
			}
		}
	}
	name := workbook.TableName(table)
	if slices.Contains(names, "") || len(fields) == 0 {
		return i18n.F("“%[1]s”表改动 %[2]d 行", "rows of the table %[1]s that change: %[2]d", name, len(keys))
	}
	return i18n.F("“%[1]s”表改动 %[2]d 行（%[3]s）：%[4]s", "rows of the table %[1]s that change (%[3]s): %[5]s",
		name, len(keys), inOne(fields), strings.Join(names, "、"), strings.Join(names, ", "))
}

// named is the name of a post, unit or place, "" of anything else.
func named(x *posting.Index, table, key string) string {
	switch p, u, z := x.PostAt(key), x.UnitAt(key), x.PlaceAt(key); {
	case table == "posts" && x.UnitOf(p) != posting.None:
		unit := x.Units[x.UnitOf(p)].Name
		return unit + strings.TrimPrefix(x.Posts[p].Name, unit)
	case table == "units" && u != posting.None:
		return x.Units[u].Name
	case table == "places" && z != posting.None:
		return x.Places[z].Name
	}
	return ""
}

func inOne(all []i18n.Text) i18n.Text {
	out := all[0]
	for _, t := range all[1:] {
		out = i18n.F("%[1]s、%[2]s", "%[1]s, %[2]s", out, t)
	}
	return out
}
