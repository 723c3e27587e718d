package lint

import (
	"fmt"
	"slices"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/policy"
)

// requirements looks at every row by itself: one that no plan can satisfy is a contradiction, or, where a level counts what
// is short, a shortfall of every plan. Each clause and set of subjects is reported once, in the first period.
func (l *linter) requirements() {
	seen := map[string]bool{}
	for r := range l.model.Rows {
		row := &l.model.Rows[r]
		f, ok := l.requirement(row)
		if key := fmt.Sprint(f.Clause, f.Subjects); ok && !seen[key] {
			seen[key] = true
			l.find(f)
		}
	}
}

// requirement is the finding of a row that cannot be satisfied.
func (l *linter) requirement(row *mip.Constraint) (Finding, bool) {
	if row.Lower > -mip.Inf {
		if most := l.model.most(row.Terms); most < row.Lower {
			return l.unreachable(row, most, row.Lower, true), true
		}
	}
	if row.Upper < mip.Inf && l.model.most(row.Terms) > row.Upper {
		if least := l.model.least(row.Terms); least > row.Upper {
			return l.unreachable(row, least, row.Upper, false), true
		}
	}
	return Finding{}, false
}

// unreachable words what is short (up) or too much. The clause that counts it speaks; where none does, the row's own.
func (l *linter) unreachable(row *mip.Constraint, reach, limit float64, up bool) Finding {
	short := int(limit - reach)
	if !up {
		short = -short
	}
	slack, col := l.model.slack(row.Terms, up)
	f := Finding{Code: "L201", Severity: Contradiction, Clause: row.Stamp.Clause, Subjects: row.Stamp.Subjects, Unit: l.unitOf(row.Stamp.Subjects),
		Measured: int(reach), Limit: int(limit)}
	if int(slack) >= short {
		f.Severity = Shortfall
		if c := l.enc.ChargedTo(col); c != nil {
			f.Clause = c.Shown()
		}
	}
	c := l.byID[f.Clause]
	if c == nil {
		f.Text = i18n.F("%[1]s：现有条款下没有任何安排", "%[1]s: no arrangement is left under the clauses in force", l.about(f.Subjects))
		f.Hint = i18n.T("放宽使其无处可去的条款，或者改变本批处置", "relax a clause that leaves no place, or change the recorded decision")
		return f
	}
	f.Text, f.Hint = l.unreachableWords(c, &f, up)
	return f
}

func (l *linter) unreachableWords(c *policy.Clause, f *Finding, up bool) (text, hint i18n.Text) {
	whom := i18n.Text{}
	if len(f.Subjects) > 0 {
		whom = i18n.F("，%s", ", %s", l.few(f.Subjects))
	}
	unit := policy.Kinds()[c.Kind].Unit
	switch {
	case c.Kind == "seats_filled":
		return i18n.F("%[1]s %[2]s%[3]s：没有一人可以任此岗位", "%[1]s %[2]s%[3]s: nobody can take this seat", c.Shown(), c.Name, whom),
			i18n.T("预留提拔或者调入，或者放宽使人选落空的条款", "reserve it for a promotion or an arrival, or relax a clause that leaves no candidate")
	case c.Kind == "keeps_post":
		return i18n.F("%[1]s %[2]s%[3]s：没有一个岗位可以安排", "%[1]s %[2]s%[3]s: there is no post for this person", c.Shown(), c.Name, whom),
			i18n.T("放宽使其无处可去的条款，或者改变本批处置", "relax a clause that leaves no post, or change the recorded decision")
	case c.Kind == "yearly_share":
		return i18n.F("%[1]s %[2]s%[3]s：还要交流 %[4]d 人，可以交流的只有 %[5]d 人（%[6]s）", "%[1]s %[2]s%[3]s: %[4]d more people are to move, only %[5]d can (%[6]s)", c.Shown(), c.Name, whom, f.Limit, f.Measured, l.standing(c, f.Unit)), l.lower(c, f)
	case up:
		return i18n.F("%[1]s %[2]s%[3]s：要求 %[4]d %[6]s，任何方案至多 %[5]d %[6]s", "%[1]s %[2]s%[3]s: asks for %[4]d (%[6]s), no plan reaches more than %[5]d", c.Shown(), c.Name, whom, f.Limit, f.Measured, unit), l.lower(c, f)
	}
	return i18n.F("%[1]s %[2]s%[3]s：至多 %[4]d %[6]s，任何方案至少 %[5]d %[6]s", "%[1]s %[2]s%[3]s: allows %[4]d (%[6]s), no plan stays below %[5]d", c.Shown(), c.Name, whom, f.Limit, f.Measured, unit),
		i18n.T("改变使其超过的处置，或者提高上限", "change the decision that exceeds it, or raise the ceiling")
}

// standing says how many are in a share, and why some of them cannot move.
func (l *linter) standing(c *policy.Clause, unit string) i18n.Text {
	for _, s := range l.asked {
		if s.Clause != c || s.Unit != unit || s.Period != 1 {
			continue
		}
		stuck := slices.DeleteFunc(slices.Clone(s.Members), func(c int) bool { return slices.Contains(s.Movable, c) })
		text := i18n.F("符合条件 %[1]d 人，本年度已交流 %[2]d 人", "%[1]d eligible, %[2]d moved earlier this year", len(s.Members), s.Earlier)
		if len(stuck) > 0 {
			text = i18n.F("%[1]s；不能交流的：%[2]s", "%[1]s; of those who cannot: %[2]s", text, l.causes(stuck))
		}
		return text
	}
	return i18n.Text{}
}

// lower says how far a floor has to come down to be reached.
func (l *linter) lower(c *policy.Clause, f *Finding) i18n.Text {
	if c.Kind == "yearly_share" {
		return l.lowerShare(c, f.Unit, f.Measured)
	}
	return i18n.F("降低要求 %d，或者增加人选", "ask for %d less, or find more candidates", f.Limit-f.Measured)
}

// lowerShare says which share `reach` moves suffice for, and whether rounding alone is at fault.
func (l *linter) lowerShare(c *policy.Clause, unit string, reach int) i18n.Text {
	for _, s := range l.asked {
		n := len(s.Members) + s.Earlier
		if s.Clause != c || s.Unit != unit || s.Period != 1 || n == 0 {
			continue
		}
		most, share := reach+s.Earlier, c.Ratio("share")
		if c.Text("rounding") == "up" && share.Num*int64(n)/share.Den <= int64(most) {
			return i18n.F("取整所致：rounding 改为 down 即可（%[1]s 的 %[2]d 人）", "rounding alone: rounding: down will do (%[1]s of %[2]d)", share.String(), n)
		}
		return i18n.F("比例降到 %[1]d%% 以下，或者增加可以交流的人", "lower the share to %[1]d%%, or make more people movable", 100*most/n)
	}
	return i18n.Text{}
}

// shares puts what each share asks for beside its clause, and reports those above the movable.
func (l *linter) shares() {
	for _, s := range l.asked {
		if s.Period != 1 {
			continue
		}
		if entry := l.clause(s.Clause); entry != nil {
			entry.Shares = append(entry.Shares, s)
		}
	}
}
