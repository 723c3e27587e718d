package report

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// check is a clause with how often it was kept, missed and so on.
type check struct {
	clause                                       string
	kept, missed, waived, unverifiable, violated int
}

// checks is the audit, a line for each clause.
func (p *papers) checks() *table {
	t := p.table("checks", i18n.T("逐条核对", "Checks"), col{i18n.T("条款", "clause"), 9}, col{i18n.T("内容", "requirement"), 40}, col{i18n.T("性质", "strictness"), 12},
		col{i18n.T("符合", "kept"), 10}, col{i18n.T("未达到", "missed"), 10}, col{i18n.T("例外或组织决定", "waived"), 15}, col{i18n.T("待核实", "to verify"), 10}, col{i18n.T("违反", "violated"), 10})
	for _, k := range tally(&p.plan.Audit) {
		word, c := "", p.clause(k.clause)
		if c != nil && c.Kind == favour && !p.aud.office() {
			continue
		}
		if c != nil && k.clause != policy.Hold { // holds of every kind share one line
			word = p.say(c.Modality.Text())
		}
		tn := plain
		if k.violated > 0 {
			tn = alarm
		}
		t.add(tn, k.clause, p.say(p.clauseName(k.clause)), word, k.kept, k.missed, k.waived, k.unverifiable, k.violated)
	}
	return t
}

// tally counts an audit by clause, in the order in which the audit names them.
func tally(a *posting.AuditReport) []*check {
	var out []*check
	by := map[string]*check{}
	at := func(id string) *check {
		if by[id] == nil {
			by[id] = &check{clause: id}
			out = append(out, by[id])
		}
		return by[id]
	}
	for _, s := range a.Satisfied {
		at(s.Clause).kept = s.Count
	}
	for _, f := range a.Violated {
		at(f.Clause).violated++
	}
	for _, f := range a.Missed {
		at(f.Clause).missed++
	}
	for _, f := range a.Waived {
		at(f.Clause).waived++
	}
	for _, f := range a.Unverifiable {
		at(f.Clause).unverifiable++
	}
	return out
}

// balanceGroups are the groups by which the office checks who goes to hard places, as the audit's metrics name them.
var balanceGroups = []struct {
	id   string
	name i18n.Text
}{
	{"women", i18n.T("女", "women")}, {"men", i18n.T("男", "men")}, {"sex_unknown", i18n.T("性别未填", "sex not given")},
	{"minority", i18n.T("少数民族", "minorities")}, {"han", i18n.T("汉族", "Han")}, {"ethnicity_unknown", i18n.T("民族未填", "ethnicity not given")},
	{"age_to_35", i18n.T("35岁及以下", "35 and below")}, {"age_36_to_45", i18n.T("36至45岁", "36 to 45")}, {"age_46_to_55", i18n.T("46至55岁", "46 to 55")},
	{"age_from_56", i18n.T("56岁及以上", "56 and above")}, {"age_unknown", i18n.T("年龄未填", "age not given")},
}

// balance is the office's check on who is sent to hard places: counts by group, no names.
func (p *papers) balance() *table {
	t := p.table("balance", i18n.T("艰苦地区调整结构核对", "Hard places by group"), col{i18n.T("类别", "group"), 18}, col{i18n.T("调整人数", "moved"), 12},
		col{i18n.T("其中到艰苦边远地区", "of these to hard places"), 20}, col{i18n.T("占比", "share"), 10})
	for _, g := range balanceGroups {
		moved, hard := p.count("office_moved_"+g.id), p.count("office_hard_"+g.id)
		if moved > 0 {
			t.add(plain, p.say(g.name), moved, hard, shareText(policy.Ratio{Num: int64((100*hard + moved/2) / moved), Den: 100}))
		}
	}
	return t
}
