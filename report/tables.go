package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// toneOf is the colour in which a change is shown.
func toneOf(m change) tone {
	switch {
	case m.to == posting.None:
		return leaving
	case m.from == posting.None:
		return coming
	}
	return moving
}

// nominations is 拟任免建议名单: the sheet that goes to meetings and comes back with decisions. Its name and the headings that
// `cadre audit` and the second round read are the same in both languages.
func (p *papers) nominations() *table {
	cols := []col{{i18n.T("编号", "编号"), 10}, colName, colPost, colTo, {i18n.T("拟任岗位编号", "拟任岗位编号"), 13}}
	if p.x.Calendar.Periods > 1 {
		cols = append(cols, col{i18n.T("批次", "period"), 7})
	}
	cols = append(cols, col{i18n.T("拟免职务", "posts given up"), 30}, col{i18n.T("任免理由", "grounds"), 44},
		col{i18n.T("决定", "决定"), 14}, col{i18n.T("阶段", "阶段"), 12}, col{i18n.T("备注", "备注"), 24})
	t := p.table("nominations", i18n.T(workbook.PlanSheet, workbook.PlanSheet), cols...)
	t.note = p.say(i18n.T("", "nominations; headings that are read back: 编号 id, 拟任岗位编号 proposed post id, 决定 decision, 阶段 stage, 备注 remarks"))
	last := len(t.columns)
	for _, j := range []int{last - 3, last - 2, last - 1} {
		t.columns[j].open = true
	}
	t.columns[last-3].words, t.columns[last-2].words = p.words(workbook.DecisionWords), p.words(workbook.StageWords)
	t.shades = map[int]bool{last - 3: true}
	standing := p.standing()
	for _, m := range p.put() {
		cells := []any{m.Cadre, p.x.Cadres[m.c].Name, p.post(m.from), p.destination(m), m.To}
		if p.x.Calendar.Periods > 1 {
			cells = append(cells, m.Period)
		}
		word, stage, remark := p.decided(standing[m.Cadre])
		t.add(toneOf(m), append(cells, p.posts(m.Remove), p.grounds(m), word, stage, remark)...)
	}
	return t
}

// destination is where a change leads, or that its cadre leaves.
func (p *papers) destination(m change) string {
	switch {
	case m.Move == posting.MoveStay:
		return p.say(moveWords[posting.MoveStay])
	case m.to != posting.None && !m.gives():
		return p.say(i18n.F("挂职：%[1]s（%[2]s，保留原职）", "seconded: %[1]s (%[2]s, keeps the present post)", p.post(m.to), p.until(m)))
	case m.to != posting.None && m.Move == posting.MoveSupport:
		return p.say(i18n.F("援派：%[1]s（%[2]s）", "support mission: %[1]s (%[2]s)", p.post(m.to), p.until(m)))
	case m.to != posting.None:
		return p.post(m.to)
	}
	if class := p.x.LeaveClass(m.c); class != "" {
		return p.say(i18n.F("离任（%s）", "leaves (%s)", planning.LeaveText(class)))
	}
	return p.say(moveWords[posting.MoveLeave])
}

// until is the end of a secondment or mission in words.
func (p *papers) until(m change) i18n.Text {
	if !m.Until.Known() {
		return i18n.T("期限未定", "no end set")
	}
	return i18n.F("至%s", "to %s", dotted(m.Until))
}

// moves is 干部交流方案: each change with its ground and the facts on the person.
func (p *papers) moves() *table {
	t := p.table("moves", i18n.T("干部交流方案", "Moves"), col{i18n.T("次序", "order"), 7}, colID, colName, colAge, colLevel, colPost, colTenure, colTo,
		col{i18n.T("方式", "kind"), 13}, col{i18n.T("时间", "date"), 12}, col{i18n.T("依据", "grounds"), 42}, col{i18n.T("有关情况", "facts"), 28})
	t.note = p.say(i18n.T("次序：先腾后补；同一次序的可以同日进行", "order: a seat empties before it is filled; equal numbers may take effect on one day"))
	for _, m := range p.seen() {
		who := &p.x.Cadres[m.c]
		t.add(toneOf(m), m.Order, m.Cadre, who.Name, p.age(m.c), p.level(who.Level), p.post(m.from), p.tenure(m.c), p.destination(m),
			p.say(moveWords[m.Move]), dotted(m.Date), p.grounds(m), p.facts(m))
	}
	return t
}

func (p *papers) age(c int) any {
	if years, known := p.x.Age(c, 1); known {
		return years
	}
	return ""
}

// facts are what planners ask about a move: the fields of work, the way from home before and after, and for how long the
// seat stays open between the two.
func (p *papers) facts(m change) string {
	var out []string
	if f := p.x.Cadres[m.c].Fields; len(f) > 0 {
		out = append(out, p.say(i18n.F("熟悉：%s", "knows: %s", p.list(f))))
	}
	if way := p.way(m); way != (i18n.Text{}) {
		out = append(out, p.say(way))
	}
	if days := p.vacantDays(m); days > 0 {
		out = append(out, p.say(i18n.F("岗位空缺%d天", "seat open for %d days", days)))
	}
	return p.join(out)
}

// way is the way from home, where it is known and changes.
func (p *papers) way(m change) i18n.Text {
	after, known := p.x.HomeMinutes(m.c, m.to)
	if m.to == posting.None || !known {
		return i18n.Text{}
	}
	if m.from != posting.None {
		if before, known := p.x.HomeMinutes(m.c, m.from); known && before == after {
			return i18n.Text{}
		} else if known {
			return i18n.F("离家车程：%d→%d分钟", "way from home: %d→%d min", before, after)
		}
	}
	return i18n.F("离家车程：%d分钟", "way from home: %d min", after)
}

// vacantDays are the days from the month in which the seat is given up to that in which it is taken, 0 where nobody gives
// it up in the plan or a date is missing.
func (p *papers) vacantDays(m change) int {
	i := p.changeOf[m.c]
	if i == posting.None {
		return 0
	}
	n := p.next(i)
	if n == posting.None || !p.changes[n].Date.Known() || !m.Date.Known() {
		return 0
	}
	return int(day(m.Date).Sub(day(p.changes[n].Date)).Hours() / 24)
}

// day is the first of a month.
func day(m posting.Month) time.Time {
	return time.Date(m.Year(), time.Month(m.Of()), 1, 0, 0, 0, 0, time.UTC)
}

// chainTable is the moves that hang together, one line each.
func (p *papers) chainTable() *table {
	t := p.table("chains", i18n.T("连锁调整", "Chains"), col{i18n.T("序号", "no."), 7}, col{i18n.T("连锁关系", "chain"), 150})
	t.note = p.say(i18n.T("甲→乙岗→丙岗→空缺：箭头左边的人接右边的岗位，岗位后面是腾出该岗位的人", "a person, the seat he takes, who leaves it and for which seat, and so on to a vacancy"))
	for i, line := range p.chains() {
		t.add(plain, i+1, line)
	}
	return t
}

// openSeats is 腾空岗位及建议补充方式.
func (p *papers) openSeats() *table {
	t := p.table("open", i18n.T("腾空岗位及建议补充方式", "Open seats"), col{i18n.T("岗位编号", "post id"), 12}, col{i18n.T("待补岗位", "seat"), 32}, colLevel,
		col{i18n.T("原任", "held before by"), 14}, col{i18n.T("建议补充方式", "how to fill"), 26}, col{i18n.T("说明", "why"), 44})
	for _, u := range p.open() {
		q := p.x.PostAt(u.Post)
		if q == posting.None {
			continue
		}
		t.add(plain, u.Post, p.post(q), p.level(p.x.Posts[q].Level), p.heldBefore(q), p.say(fillWord(u.How)), p.join(u.Reasons))
	}
	return t
}

func (p *papers) heldBefore(q int) string {
	var out []string
	for _, h := range p.x.Holders(q) {
		if p.seesCadre(h) {
			out = append(out, p.x.Cadres[h].Name)
		}
	}
	if len(p.x.Holders(q)) == 0 {
		return p.say(i18n.T("空缺", "vacant"))
	}
	return p.list(out)
}

// approvals is 报批与征求意见清单: what each appointment and removal asks for.
func (p *papers) approvals() *table {
	t := p.table("approvals", i18n.T("报批与征求意见清单", "Approvals"), colID, colName, col{i18n.T("任免", "act"), 8}, col{i18n.T("岗位", "post"), 32},
		col{i18n.T("任免程序", "procedure"), 34}, col{i18n.T("征求意见", "opinions to be asked"), 44})
	for _, m := range p.seen() {
		for _, act := range []struct {
			word i18n.Text
			ids  []string
		}{{i18n.T("拟任", "appoint"), m.Appoint}, {i18n.T("拟免", "remove"), m.Remove}} {
			for _, id := range act.ids {
				if q := p.x.PostAt(id); q != posting.None {
					t.add(plain, m.Cadre, p.x.Cadres[m.c].Name, p.say(act.word), p.post(q), p.procedure(q), p.opinions(m, q))
				}
			}
		}
	}
	return t
}

func (p *papers) procedure(q int) string {
	a := p.x.Posts[q].Approval
	if t, ok := procedures[a]; ok {
		return p.say(t)
	}
	if a == "" {
		return p.say(i18n.T("按干部管理权限办理", "by the authority over cadres"))
	}
	return string(a)
}

// opinions are those whose word is asked before the act.
func (p *papers) opinions(m change, q int) string {
	var out []string
	post := &p.x.Posts[q]
	if post.Nominated {
		out = append(out, p.say(i18n.T("由有关机关提名", "nomination by the organ concerned")))
	}
	if post.Approval == posting.ByDual {
		out = append(out, p.say(i18n.T("书面征求主管方、协管方意见", "written opinions of both managing sides")))
	}
	if post.Authority != p.pol.Authority && post.Authority != "" {
		out = append(out, p.say(i18n.F("岗位由%s管理，报其同意", "the post is under %s, whose consent is asked", post.Authority)))
	}
	if post.Audited && slices.Contains(m.Remove, post.ID) {
		out = append(out, p.say(i18n.T("离任审计", "audit on leaving")))
	}
	if a, b := m.from, m.to; a != posting.None && b != posting.None && p.x.UnitOf(a) != p.x.UnitOf(b) {
		out = append(out, p.say(i18n.T("听取调出、调入单位意见", "the units left and entered are heard")))
	}
	return p.join(out)
}

// shareTable is 比例要求落实情况.
func (p *papers) shareTable() *table {
	t := p.table("shares", i18n.T("比例要求落实情况", "Shares"), col{i18n.T("条款", "clause"), 9}, col{i18n.T("比例要求", "requirement"), 34}, col{i18n.T("比例", "share"), 8},
		col{i18n.T("符合条件人数", "eligible"), 13}, col{i18n.T("要求交流人数", "asked"), 13}, col{i18n.T("年内已交流", "earlier this year"), 12},
		col{i18n.T("已落实人数（含年内）", "reached (earlier included)"), 16}, col{i18n.T("尚缺", "short"), 8}, col{i18n.T("因组织决定留任", "kept by decisions"), 15},
		col{i18n.T("依据", "source"), 40})
	for _, s := range p.shares() {
		tn := plain
		if s.Short > 0 {
			tn = alarm
		}
		t.add(tn, s.ID, p.say(s.Name), shareText(s.Ratio("share")), s.Eligible, s.Asked, s.Earlier, s.Moved, s.Short, s.Pinned, p.say(s.Citation.Text))
	}
	return t
}

// roster is 符合交流条件人员名册: who was due or eligible before anything was solved, and what the plan holds for them.
func (p *papers) roster() *table {
	t := p.table("roster", i18n.T("符合交流条件人员名册", "Eligible people"), colID, colName, colPost, colLevel, col{i18n.T("任现职时间", "in post since"), 12}, colTenure,
		col{i18n.T("类别", "list"), 10}, colClause, col{i18n.T("本批安排", "in this plan"), 34})
	due := map[int]bool{}
	for _, l := range p.brief.Due {
		due[l.Cadre] = true
	}
	for _, l := range inOrder(p.brief.Due, p.brief.May) {
		if !p.seesCadre(l.Cadre) {
			continue
		}
		who, list, tn := &p.x.Cadres[l.Cadre], i18n.T("可交流", "may move"), plain
		if due[l.Cadre] {
			list = i18n.T("应交流", "due")
		}
		if p.changeOf[l.Cadre] != posting.None {
			tn = moving
		}
		t.add(tn, who.ID, who.Name, p.post(p.x.Seat(l.Cadre)), p.level(who.Level), dotted(who.PostSince), p.tenure(l.Cadre), p.say(list),
			p.clauses(l.Clauses), p.outcome(l.Cadre))
	}
	return t
}

// outcome is what the plan holds for a cadre.
func (p *papers) outcome(c int) string {
	if i := p.changeOf[c]; i != posting.None {
		return p.destination(p.changes[i])
	}
	return p.say(i18n.T("本批留任", "stays in this batch"))
}

// dotted prints a month as rosters do: 2019.08.
func dotted(m posting.Month) string { return strings.Replace(m.String(), "-", ".", 1) }

// overdueTable is 应交流未能安排 and arrivals to be placed.
func (p *papers) overdueTable() *table {
	t := p.table("overdue", i18n.T("应交流未能安排", "Due, not placed"), colID, colName, colPost, colTenure, col{i18n.T("情况和原因", "what and why"), 80})
	for _, f := range p.overdue() {
		if c := p.x.CadreAt(f.Subjects[0]); c != posting.None {
			t.add(alarm, f.Subjects[0], p.x.Cadres[c].Name, p.post(p.x.Seat(c)), p.tenure(c), f.Text)
		}
	}
	for _, u := range p.plan.Unplaced {
		if c := p.x.CadreAt(u.Cadre); c != posting.None && p.seesCadre(c) {
			t.add(alarm, u.Cadre, p.x.Cadres[c].Name, p.say(i18n.T("拟调入，待安排", "arrival, to be placed")), "", p.join(u.Reasons))
		}
	}
	return t
}

// verify is 需核实事项: what the data could not decide.
func (p *papers) verify() *table {
	t := p.table("verify", i18n.T("需核实事项", "To verify"), col{i18n.T("序号", "no."), 7}, col{i18n.T("条款", "clause"), 9}, col{i18n.T("内容", "requirement"), 28},
		col{i18n.T("涉及", "about"), 40}, col{i18n.T("需核实的情况", "what could not be verified"), 76}, col{i18n.T("核实结果", "result"), 20})
	t.columns[5].open = true
	for i, f := range p.findings(p.plan.Audit.Unverifiable) {
		t.add(plain, i+1, f.Clause, p.say(p.clauseName(f.Clause)), p.subjects(f.Subjects), f.Text, "")
	}
	return t
}

func (p *papers) subjects(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = p.subject(id)
	}
	return p.list(out)
}

// waivers is the clauses from which recorded decisions and approved exceptions exempt somebody, and what awaits a ground.
// Weighed considerations, which nobody needs an exemption from, are left to the analyst.
func (p *papers) waivers() *table {
	t := p.table("waivers", i18n.T("组织决定和例外", "Decisions and exceptions"), col{i18n.T("条款", "clause"), 9}, col{i18n.T("内容", "requirement"), 28},
		col{i18n.T("涉及", "about"), 40}, col{i18n.T("依据", "by"), 24}, col{i18n.T("说明", "what"), 76})
	for _, f := range p.findings(p.plan.Audit.Waived) {
		if c := p.clause(f.Clause); c != nil && c.Modality == policy.Weighted && p.aud.Who != Analyst {
			continue
		}
		by := i18n.T("按组织决定安排", "by recorded decision")
		if f.Exception != "pin" {
			by = i18n.F("经批准的例外（%s）", "approved exception (%s)", f.Exception)
		}
		t.add(plain, f.Clause, p.say(p.clauseName(f.Clause)), p.subjects(f.Subjects), p.say(by), f.Text)
	}
	for _, f := range p.favours() {
		t.add(alarm, f.Clause, p.say(p.clauseName(f.Clause)), p.subjects(f.Subjects), p.say(i18n.T("待补书面说明", "a written ground is awaited")), f.Text)
	}
	return t
}

// favours are moves whose ground in policy is to be stated; none for audiences that may not see them.
func (p *papers) favours() []posting.Finding {
	var out []posting.Finding
	for _, f := range p.findings(p.plan.Audit.Missed) {
		if c := p.clause(f.Clause); c != nil && c.Kind == favour {
			out = append(out, f)
		}
	}
	return out
}

// annex is 技术附件: the ordered goals with value and bound. It names nobody.
func (p *papers) annex() *table {
	t := p.table("annex", i18n.T("技术附件", "Technical annex"), col{i18n.T("次序", "order"), 7}, col{i18n.T("目标", "goal"), 44}, col{i18n.T("数值", "value"), 14}, col{i18n.T("界限", "bound"), 14},
		col{i18n.T("差距", "gap"), 12}, col{i18n.T("单位", "unit"), 10}, col{i18n.T("状态", "status"), 24})
	t.note = p.say(i18n.F("%[1]s；%[2]s", "%[1]s; %[2]s", gapText(p.plan), p.plan.Inputs.Solver))
	for i, l := range p.plan.Levels {
		t.add(plain, i+1, p.goal(l.Name), l.Value, l.Bound, percent(l.GapRel), p.say(wordOr(unitWords, l.Unit)), p.say(wordOr(statusWords, l.Status)))
	}
	for _, kv := range [][2]string{{"engine", p.plan.Inputs.Engine}, {"seed", fmt.Sprint(p.plan.Inputs.Seed)}, {"instance_sha256", short(p.plan.Inputs.Instance)},
		{"policy_sha256", short(p.plan.Inputs.Policy)}, {"model_sha256", short(p.plan.Inputs.Model)}} {
		t.add(plain, "", kv[0], kv[1], "", "", "", "")
	}
	return t
}

// short is the beginning of a hash, enough to compare by eye; plan.json has the whole.
func short(hash string) string { return hash[:min(len(hash), 12)] }

func (p *papers) goal(name string) string {
	for _, l := range p.pol.Levels {
		if l.Name == name && l.Text != (i18n.Text{}) {
			return p.say(l.Text)
		}
	}
	return name
}

// weighed is the analyst's sheet: weights, and each weighed consideration that speaks against a move.
func (p *papers) weighed() *table {
	t := p.table("weighed", i18n.T("计分明细", "Points"), col{i18n.T("条款", "clause"), 9}, col{i18n.T("内容", "requirement"), 34}, col{i18n.T("权重", "weight"), 10},
		col{i18n.T("涉及", "about"), 40}, col{i18n.T("量值", "measured"), 10}, col{i18n.T("限值", "limit"), 10}, col{i18n.T("说明", "what"), 76})
	for _, f := range p.plan.Audit.Missed {
		if c := p.clause(f.Clause); c != nil && c.Weight > 0 {
			t.add(plain, f.Clause, p.say(c.Name), float64(c.Weight)/1000, p.subjects(f.Subjects), f.Measured, f.Limit, f.Text)
		}
	}
	return t
}
