package report

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
	"cadre/workbook"
)

// The sheets that go from round to round: what awaits an answer, what fell due, the follow-up sheet of this round to be
// filled in, and the ledger to be carried on. The last two have the headings under which the tables are read back.

// heads are the headings of a table of the input, by field id.
func heads(id string) map[string]i18n.Text {
	out := map[string]i18n.Text{}
	for _, t := range workbook.Tables() {
		if t.ID != id {
			continue
		}
		for _, h := range t.Columns {
			out[h.ID] = i18n.T(h.Zh, h.ID)
		}
	}
	return out
}

// answers is 意见答复: every opinion on a change of the plan that differs or tells of difficulties, with what was answered, and
// below them what was said of moves that the plan does not make.
func (p *papers) answers() *table {
	t := p.table("answers", i18n.T("意见答复", "Answers"), colID, colName, colTo, col{i18n.T("意见来源", "from"), 10}, col{i18n.T("意见", "stance"), 9},
		col{i18n.T("困难类别", "difficulty"), 10}, col{i18n.T("理由", "ground"), 44}, col{i18n.T("组织答复", "answer"), 44}, col{i18n.T("状态", "state"), 16})
	for i := range p.x.Opinions {
		o := &p.x.Opinions[i]
		c := p.x.CadreAt(o.Cadre)
		if c == posting.None || !planning.Differs(o) {
			continue
		}
		tn, state := p.answered(o, c)
		t.add(tn, o.Cadre, p.x.Cadres[c].Name, p.post(p.x.PostAt(o.Post)), p.say(wordOr(sourceWords, o.From)), p.say(wordOr(stanceWords, o.Stance)), o.Difficulty, o.Ground, o.Answer, p.say(state))
	}
	return t
}

// answered is the state of one difference.
func (p *papers) answered(o *posting.Opinion, c int) (tone, i18n.Text) {
	i := p.changeOf[c]
	switch {
	case i == posting.None || !planning.Speaks(o, p.changes[i].Assignment):
		return plain, i18n.T("与本方案安排无关", "not about this plan")
	case o.Answer == "":
		return alarm, i18n.T("待答复", "awaits an answer")
	}
	return plain, i18n.T("已答复", "answered")
}

// reminders is 跟踪提醒: what the follow-up sheets of earlier rounds show to be due or owed.
func (p *papers) reminders() *table {
	t := p.table("reminders", i18n.T("跟踪提醒", "Reminders"), colID, colName, col{i18n.T("任职岗位", "post taken"), 30}, col{i18n.T("任职时间", "since"), 11},
		col{i18n.T("事项", "what"), 40}, col{i18n.T("到期时间", "due"), 11}, colNote)
	for _, r := range planning.Reminders(p.x) {
		if !p.seesCadre(r.Cadre) {
			continue
		}
		tn := plain
		if r.Owed {
			tn = alarm
		}
		t.add(tn, r.Row.Cadre, p.x.Cadres[r.Cadre].Name, p.post(p.x.PostAt(r.Row.Post)), dotted(r.Row.Date), p.say(r.What), dotted(r.Since), r.Row.Note)
	}
	return t
}

// followUps is 跟踪台账 of this round, to be filled in.
func (p *papers) followUps() *table {
	h := heads("followups")
	t := p.table("followups", i18n.T("跟踪台账", "followups"), col{h["round"], 9}, col{h["cadre"], 10}, colName, col{h["post"], 10}, col{i18n.T("岗位", "post name"), 28}, col{h["date"], 10})
	t.note = p.say(i18n.T("逐项落实后填写；下一轮把本表放进输入，其中到期和未落实的事项会列入提醒", "to be filled in as things happen; put the sheet among the next round's tables, and what is due or owed is listed"))
	flags := p.words([]i18n.Text{i18n.T("是", "yes"), i18n.T("否", "no")})
	grades := []string{"优秀", "称职", "基本称职", "不称职"}
	for _, c := range []struct {
		id    string
		words []string
	}{{"reported", nil}, {"housing", flags}, {"spouse_job", flags}, {"school", flags}, {"family_moved", flags}, {"medical", flags}, {"allowance", flags}, {"promised", nil},
		{"half_year", grades}, {"one_year", grades}, {"midterm", grades}, {"final", grades}, {"returns_to", nil}, {"remind", nil}, {"note", nil}} {
		t.columns = append(t.columns, column{head: p.say(h[c.id]), width: 10, open: true, words: c.words})
	}
	for _, f := range planning.FollowUpSheet(p.x, p.plan) {
		c := p.x.CadreAt(f.Cadre)
		t.add(plain, f.Round, f.Cadre, p.x.Cadres[c].Name, f.Post, p.post(p.x.PostAt(f.Post)), dotted(f.Date),
			"", "", "", "", "", "", "", "", "", "", "", "", f.ReturnsTo, dotted(f.Remind), "")
	}
	return t
}

// ledger is 台账 to be carried to the next round: facts in months, no points.
func (p *papers) ledger() *table {
	h := heads("ledger")
	ids := []string{"year", "hardship_months", "far_months", "apart_months", "care_months", "overdue_months", "unmet_wishes"}
	t := p.table("ledger", i18n.T("台账", "ledger"), col{h["cadre"], 10}, colName)
	t.note = p.say(i18n.T("含本轮；作为下一轮输入的台账表。同一人各行相加", "this round included; the ledger of the next round's tables. Rows of one person add up"))
	for _, id := range ids {
		t.columns = append(t.columns, column{head: p.say(h[id]), width: 13})
	}
	for _, r := range planning.NextLedger(&planning.Outcome{Index: p.x, Policy: p.pol, Plan: p.plan, Briefing: p.brief}) {
		t.add(plain, r.Cadre, p.x.Cadres[p.x.CadreAt(r.Cadre)].Name, r.Year, r.Hardship, r.Far, r.Apart, r.Care, r.Overdue, r.Unmet)
	}
	return t
}

// records are the sheets of this file that have something to say to the office.
func (p *papers) records() []*table {
	out := []*table{p.answers(), p.reminders(), p.followUps(), p.ledger()}
	return slices.DeleteFunc(out, func(t *table) bool { return len(t.rows) == 0 })
}

var sourceWords = map[posting.OpinionSource]i18n.Text{posting.SendingUnit: i18n.T("转出单位", "sending unit"), posting.ReceivingUnit: i18n.T("转入单位", "receiving unit"),
	posting.Interview: i18n.T("谈话", "talk")}

var stanceWords = map[posting.Stance]i18n.Text{posting.Agrees: i18n.T("同意", "agrees"), posting.Differs: i18n.T("不同意", "differs"),
	posting.Difficulties: i18n.T("有困难", "difficulties"), posting.NotAsked: i18n.T("未征求", "not asked")}

// opinionText says how far the opinions on the plan have come.
func (p *papers) opinionText() i18n.Text {
	o := p.plan.Opinions
	return i18n.F("涉及 %[1]d 项调整，未征求意见 %[2]d 项；不同意见和困难 %[3]d 条，其中待答复 %[4]d 条", "of %[1]d moves nobody was asked about %[2]d; %[3]d differ or have difficulties, %[4]d of these await an answer",
		o.Moves, o.NotAsked, o.Differences, len(o.Open))
}
