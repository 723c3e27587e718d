package report

import "cadre/internal/i18n"

// choice is what came of the wishes of people, or of the rankings of units, under one clause.
type choice struct{ text, reached i18n.Text }

// choices are the shares of first choices on both sides, as markets report them; for those who see the plan as a whole.
func (p *papers) choices() []choice {
	var out []choice
	if !p.aud.Whole() {
		return nil
	}
	for i := range p.pol.Clauses {
		c := &p.pol.Clauses[i]
		n := func(name string) int { return p.count(c.ID + "." + name) }
		switch {
		case c.Kind == "wishes" && n("people") > 0:
			out = append(out, choice{c.Name, i18n.F("有志愿 %[1]d 人，第一志愿 %[2]d 人，前三志愿 %[3]d 人，未满足 %[4]d 人", "%[1]d people have wishes: %[2]d got their first, %[3]d one of their first three, %[4]d none",
				n("people"), n("first"), n("top3"), n("unmet"))})
		case c.Kind == "unit_preference" && n("posts") > 0:
			out = append(out, choice{c.Name, i18n.F("有排序并补充的岗位 %[1]d 个，首选到岗 %[2]d 个，前三到岗 %[3]d 个", "%[1]d ranked posts are taken: %[2]d by the first choice, %[3]d by one of the first three",
				n("posts"), n("first"), n("top3"))})
		}
	}
	return out
}

func (t *text) choices() {
	all := t.p.choices()
	if len(all) == 0 {
		return
	}
	t.head(i18n.T("双向选择：", "choices on both sides:"))
	for _, c := range all {
		t.item(i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", c.text, c.reached))
	}
}
