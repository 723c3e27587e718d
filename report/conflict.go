package report

import (
	"io"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/solver"
)

// Conflict prints which clauses, decisions, posts and people cannot all be kept, in words.
func Conflict(w io.Writer, o *planning.Outcome, opt Options) error {
	p := newPapers(o, opt)
	t := &text{p: p}
	t.line(infeasib)
	switch {
	case o.Refuted:
		t.line(i18n.T("无任何可行安排，已经精确计算证明", "that no arrangement keeps them all is proven in exact arithmetic"))
	case o.Status == solver.Infeasible: // of a conflict by itself nobody asked
		t.line(i18n.T("无任何可行安排是求解器的结论，没有得到精确计算的证明", "that no arrangement keeps them all is what the solver says; it is not proven in exact arithmetic"))
	}
	if o.Conflict != nil {
		t.line(i18n.F("以下 %d 项放在一起，没有可行的安排：", "these %d together leave no possible arrangement:", len(o.Conflict.Groups)))
		for i, g := range o.Conflict.Groups {
			t.item(i18n.F("%[1]d. %[2]s", "%[1]d. %[2]s", i+1, p.groupText(g)))
		}
		t.line(minimality(o.Conflict.Minimal))
	}
	if n := o.Near; n != nil {
		t.line(i18n.F("最接近的安排须在以下 %d 处放宽：", "the nearest arrangement gives way in these %d places:", len(n.Broken)))
		for i, f := range n.Broken {
			t.item(i18n.F("%[1]d. %[2]s：%[3]s", "%[1]d. %[2]s: %[3]s", i+1, f.Clause, f.Text))
		}
		if n.Least {
			t.line(i18n.T("其余要求全部保持，且已证明放宽之处不能再少", "all other requirements are kept, and it is proven that no such arrangement gives way less often"))
		}
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

func minimality(minimal bool) i18n.Text {
	if minimal {
		return i18n.T("已逐项核对：放宽其中任何一项，其余各项即可同时满足", "each was tested: without any one of them the others can be kept")
	}
	return i18n.T("时间所限，没有逐项核对，其中可能有并非必要的项", "not every one was tested in the time given: some may not be needed")
}

// groupText is one member of a conflict: what it asks, how strictly, about whom.
func (p *papers) groupText(g planning.Group) string {
	var line i18n.Text
	switch c := p.clause(g.Clause); {
	case g.Clause == policy.Hold:
		line = heldBack
	case c == nil:
		line = p.goalCap(g.Clause)
	default:
		line = i18n.F("%[1]s %[2]s（%[3]s）", "%[1]s %[2]s (%[3]s)", g.Clause, c.Name, c.Modality.Text())
	}
	if len(g.Subjects) > 0 {
		line = i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", line, p.cut(g.Subjects))
	}
	return p.say(line)
}

// goalCap is a goal with the most that it may come to; anything else stands for itself.
func (p *papers) goalCap(name string) i18n.Text {
	for _, l := range p.pol.Levels {
		if l.Name == name && l.Capped {
			return i18n.F("目标“%[1]s”不得超过 %[2]s", "the goal %[1]s at most %[2]s", l.Text, figure(float64(l.Most)/float64(l.Scale())))
		}
	}
	return i18n.T(name, name)
}

// cut names subjects, the first of them where there are many.
func (p *papers) cut(ids []string) string {
	if len(ids) <= longList {
		return p.subjects(ids)
	}
	return p.say(i18n.F("%[1]s 等 %[2]d 个", "%[1]s and others, %[2]d in all", p.subjects(ids[:longList]), len(ids)))
}
