package scenario

import (
	"fmt"
	"maps"
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
)

// differences says in words what an overlay changes: clause by clause from what to what; of the tables only how many
// rows of which, since a cell may hold what papers do not print.
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
	return append(out, rowsChanged(o)...)
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
	old, now := a.Stated(), b.Stated()
	for _, p := range slices.Sorted(maps.Keys(now)) {
		if was, is := shown(old[p]), shown(now[p]); was != is {
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

func shown(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// rowsChanged counts the edits of each table.
func rowsChanged(o *Overlay) []i18n.Text {
	n, order := map[string]int{}, []string{}
	for _, e := range o.Edits {
		if n[e.Table] == 0 {
			order = append(order, e.Table)
		}
		n[e.Table]++
	}
	var out []i18n.Text
	for _, table := range order {
		out = append(out, i18n.F("%[1]s表改动 %[2]d 处", "%[2]d changes in the table %[1]s", table, n[table]))
	}
	return out
}
