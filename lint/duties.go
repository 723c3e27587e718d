package lint

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// owing is the people due under one clause in period 1.
type owing struct {
	due, nowhere []int                    // all of them; those without a destination
	abroad       map[*policy.Clause][]int // those who could rotate inside the unit, were it not that they owe another area
	outranked    map[*policy.Clause][]int // those whom a goal before the duty's keeps in place
}

// duties looks at those who are due to move: without any destination, or with none that a goal before their own allows.
func (l *linter) duties() {
	byClause := map[*policy.Clause]*owing{}
	for c := range l.x.Cadres {
		for _, k := range l.enc.Owes(c, 1) {
			if byClause[k] == nil {
				byClause[k] = &owing{abroad: map[*policy.Clause][]int{}, outranked: map[*policy.Clause][]int{}}
			}
			byClause[k].add(l, k, c)
		}
	}
	for i := range l.pol.Clauses {
		if o := byClause[&l.pol.Clauses[i]]; o != nil {
			l.owed(&l.pol.Clauses[i], o)
		}
	}
}

func (o *owing) add(l *linter, k *policy.Clause, c int) {
	o.due = append(o.due, c)
	ways := l.ways(c)
	if len(ways) == 0 {
		o.nowhere = append(o.nowhere, c)
	} else if by := l.outranker(k, c, ways); by != nil {
		o.outranked[by] = append(o.outranked[by], c)
	} else if by := l.confined(c); by != nil {
		o.abroad[by] = append(o.abroad[by], c)
	}
}

// area is the kind under which a move inside the unit, which ends a duty to leave the post, is none.
const area = "area_limit"

// confined is the area clause that refuses cadre c a post of his own unit, nil where none does.
func (l *linter) confined(c int) *policy.Clause {
	home := l.x.Posts[l.x.Seat(c)].Unit
	for q := range l.x.Posts {
		if l.x.Posts[q].Unit != home || q == l.x.Seat(c) {
			continue
		}
		if by := l.byID[l.enc.Excluded(c, q)]; by != nil && by.Kind == area {
			return by
		}
	}
	return nil
}

// owed reports the people due under a clause who cannot move, or not without breaking a goal that goes before.
func (l *linter) owed(k *policy.Clause, o *owing) {
	if entry := l.clause(k); entry != nil {
		entry.Due = len(o.due)
	}
	if n := len(o.nowhere); n > 0 {
		l.find(Finding{Code: "L202", Severity: Shortfall, Clause: k.Shown(), Subjects: l.ids(o.nowhere), Measured: len(o.due) - n, Limit: len(o.due),
			Text: i18n.F("%[1]s %[2]s：应交流 %[3]d 人，其中 %[4]d 人没有符合条件的去向（%[5]s）", "%[1]s %[2]s: of %[3]d people due, no lawful destination for %[4]d (%[5]s)", k.Shown(), k.Name, len(o.due), n, l.causes(o.nowhere)),
			Hint: i18n.T("列为应交流未能安排，或者登记例外，或者放宽所列条款", "list them as overdue and not placed, record exceptions, or relax the clauses named")})
	}
	for i := range l.pol.Clauses {
		by := &l.pol.Clauses[i]
		if n := len(o.abroad[by]); n > 0 {
			l.find(Finding{Code: "L106", Severity: Note, Clause: k.Shown(), Against: by.Shown(), Subjects: l.ids(o.abroad[by]), Measured: n, Limit: len(o.due),
				Text: i18n.F("%[1]s %[2]s：应交流 %[3]d 人，其中 %[4]d 人不能以内部轮岗代替，须到其他地区（%[5]s %[6]s）", "%[1]s %[2]s: of %[3]d people due, rotation inside the unit will not do for %[4]d: they owe another area (%[5]s %[6]s)", k.Shown(), k.Name, len(o.due), n, by.Shown(), by.Name),
				Hint: i18n.T("在其他地区安排去向", "find their destinations in other areas")})
		}
		if n := len(o.outranked[by]); n > 0 {
			l.find(Finding{Code: "L203", Severity: Shortfall, Clause: k.Shown(), Against: by.Shown(), Subjects: l.ids(o.outranked[by]), Measured: len(o.due) - n, Limit: len(o.due),
				Text: i18n.F("%[1]s %[2]s：应交流 %[3]d 人，其中 %[4]d 人一调整就违反排在前面的目标（%[5]s %[6]s）", "%[1]s %[2]s: of %[3]d people due, %[4]d cannot move without breaking a goal that goes before (%[5]s %[6]s)", k.Shown(), k.Name, len(o.due), n, by.Shown(), by.Name),
				Hint: i18n.F("按现在的目标顺序不调整；要调整的，登记 %[1]s 的例外，或者改变目标顺序", "by the order of goals they stay; to move them record exceptions to %[1]s, or reorder the goals", by.Shown())})
		}
	}
}

// ways are the columns by which cadre c moves in period 1.
func (l *linter) ways(c int) []mip.Col {
	var out []mip.Col
	for _, col := range l.enc.Spells(c) {
		if sp, _ := l.enc.SpellAt(col); !sp.Stay && !sp.Second && sp.From == 1 {
			out = append(out, col)
		}
	}
	return out
}

// outranker is a clause of a level before that of the duty which every way costs, nil where there is none.
func (l *linter) outranker(duty *policy.Clause, c int, ways []mip.Col) *policy.Clause {
	before := l.before(duty.Level)
	var common []*policy.Clause
	for i, col := range ways {
		sp, _ := l.enc.SpellAt(col)
		var costs []*policy.Clause
		for _, k := range l.enc.Costs(c, sp.Post, 1) {
			if k.Modality == policy.Level && before[k.Level] && (i == 0 || slices.Contains(common, k)) {
				costs = append(costs, k)
			}
		}
		if common = costs; len(common) == 0 {
			return nil
		}
	}
	return common[0]
}

// before are the levels that come before one.
func (l *linter) before(level string) map[string]bool {
	out := map[string]bool{}
	for _, spec := range l.pol.Levels {
		if spec.Name == level {
			break
		}
		out[spec.Name] = true
	}
	return out
}

// ids are the ids of cadres.
func (l *linter) ids(cadres []int) []string {
	out := make([]string, len(cadres))
	for i, c := range cadres {
		out[i] = l.x.Cadres[c].ID
	}
	return out
}

// causes counts why people have no destination: decided to stay, held, barred by a single clause, or by several together.
// Holds of every kind are one cause.
func (l *linter) causes(cadres []int) i18n.Text {
	var order []string
	counts := map[string]int{}
	name := map[string]i18n.Text{}
	add := func(id string, text i18n.Text) {
		if counts[id] == 0 {
			order = append(order, id)
		}
		counts[id]++
		name[id] = text
	}
	for _, c := range cadres {
		switch d := l.x.Cadres[c].Disposition; {
		case l.enc.Held(c, 1) || l.enc.Deferred(c):
			add(policy.Hold, i18n.T("暂不列入本批", "not in this batch"))
		case d == posting.Fixed && l.seconded(c):
			add("SECOND", i18n.T("定岗到挂职岗位，挂职不算交流", "fixed on a secondment seat, which is no exchange"))
		case d == posting.Stay || d == posting.Fixed:
			add("PIN", i18n.T("本批处置", "recorded decision"))
		default:
			l.barred(c, add)
		}
	}
	out := i18n.Text{}
	for _, id := range order {
		out = listed(out, i18n.F("%[1]s %[2]d 人", "%[1]s %[2]d", name[id], counts[id]))
	}
	return out
}

// seconded tells whether cadre c is fixed on a secondment seat.
func (l *linter) seconded(c int) bool {
	q := l.x.PostAt(l.x.Cadres[c].FixedPost)
	return q != posting.None && l.x.Posts[q].Term == posting.TermSecondment
}

// listed adds an item to a list in words.
func listed(list, item i18n.Text) i18n.Text {
	if list == (i18n.Text{}) {
		return item
	}
	return i18n.F("%[1]s，%[2]s", "%[1]s, %[2]s", list, item)
}

func (l *linter) barred(c int, add func(id string, text i18n.Text)) {
	if l.x.Leaves(c) > 0 {
		add("LEAVE", i18n.T("拟离任", "leaving"))
		return
	}
	if bars := l.enc.Bars(c, 1); len(bars) > 0 {
		add(bars[0].Shown(), i18n.F("%[1]s %[2]s", "%[1]s %[2]s", bars[0].Shown(), bars[0].Name))
		return
	}
	add("", i18n.T("几条合起来", "several clauses together"))
}
