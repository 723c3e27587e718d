package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
	"cadre/solver"
)

// longList is how many names the summary prints of a list before it refers to the papers.
const longList = 12

// Summary prints what a person at a terminal wants to know first: how many move and on what grounds, shares, open
// seats, who is due and not placed, decisions and exceptions with their cost, what is to verify, and the gap in words.
func Summary(w io.Writer, o *planning.Outcome, opt Options) error {
	p := newPapers(o, opt)
	t := &text{p: p}
	t.line(i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", p.title(), pageOne))
	t.line(i18n.F("%[1]s，基准日 %[2]s", "%[1]s, plan date %[2]s", p.pol.Name, p.x.Calendar.Date.String()))
	t.round()
	t.moved()
	t.years()
	if p.aud.Whole() {
		t.shares()
	}
	t.choices()
	if p.aud.Who != Person {
		t.open()
	}
	t.overdue()
	if p.aud.Whole() {
		t.decisions()
	}
	t.verify()
	if p.aud.office() && len(p.x.Opinions) > 0 {
		t.head(i18n.F("意见和答复：%s", "opinions and answers: %s", p.opinionText()))
	}
	if n := len(planning.Reminders(p.x)); p.aud.office() && n > 0 {
		t.head(i18n.F("跟踪提醒：以往各轮有 %d 项到期或者尚未落实，见 plan.xlsx", "reminders: %d things of earlier rounds are due or owed, see plan.xlsx", n))
	}
	if p.aud.Whole() {
		t.quality()
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

// text is the summary under construction.
type text struct {
	p *papers
	b strings.Builder
}

func (t *text) line(s i18n.Text) { t.b.WriteString(t.p.say(s) + "\n") }

func (t *text) head(s i18n.Text) { t.b.WriteString("\n" + t.p.say(s) + "\n") }

func (t *text) item(s i18n.Text) { t.b.WriteString("  " + t.p.say(s) + "\n") }

// items prints a list, cut where it is long.
func (t *text) items(all []i18n.Text) {
	for i, s := range all {
		if i == longList && len(all) > longList+1 {
			t.item(i18n.F("……另有 %d 项，见 plan.xlsx", "... and %d more, see plan.xlsx", len(all)-i))
			return
		}
		t.item(s)
	}
}

func (t *text) moved() {
	t.head(i18n.F("调整情况：%s", "moves: %s", t.p.movedText()))
	for _, g := range t.p.groundCounts() {
		t.item(i18n.F("%[1]s：%[2]d 人", "%[1]s: %[2]d", g.text, g.n))
	}
}

// movedText counts the changes by kind.
func (p *papers) movedText() string {
	seen := p.seen()
	if len(seen) == 0 {
		return p.say(p.nobody())
	}
	n := map[posting.Move]int{}
	for _, m := range seen {
		n[m.Move]++
	}
	var parts []string
	for _, k := range moveKinds {
		if n[k] > 0 {
			parts = append(parts, p.say(i18n.F("%[1]s %[2]d 人", "%[1]s %[2]d", moveWords[k], n[k])))
		}
	}
	people := "people"
	if len(seen) == 1 {
		people = "person"
	}
	return p.say(i18n.F("共涉及 %[1]d 人（%[2]s）", "%[1]d %[3]s (%[2]s)", len(seen), p.list(parts), people))
}

// nobody says that nothing changes for those whom the audience sees: others may well move.
func (p *papers) nobody() i18n.Text {
	switch p.aud.Who {
	case Person:
		return i18n.T("本人本批不作调整", "no change for this person in this batch")
	case OneUnit:
		return i18n.T("本单位本批没有调整", "nobody moves from or to this unit in this batch")
	}
	return i18n.T("本批没有调整", "nobody moves in this batch")
}

// years prints the numbers of the batches, where there are several.
func (t *text) years() {
	if t.p.x.Calendar.Periods < 2 || !t.p.aud.Whole() {
		return
	}
	t.head(i18n.T("分年度安排（以后各批只供参考）：", "year by year (later batches are advisory):"))
	for at := 1; at <= t.p.x.Calendar.Periods; at++ {
		n := t.p.batch(at)
		t.item(i18n.F("第 %[1]d 批（%[2]s 起）：到期应交流 %[3]d 人，拟调整 %[4]d 人，应交流未能安排 %[5]d 人", "batch %[1]d (from %[2]s): %[3]d become due, %[4]d moves, %[5]d due and not placed",
			at, t.p.x.Calendar.Start(at).String(), n.due, n.moves, n.overdue))
	}
}

type counted struct {
	text i18n.Text
	n    int
}

// leavesLast orders those who leave behind those who move.
func leavesLast(m change) int {
	if m.to == posting.None {
		return 1
	}
	return 0
}

// groundCounts count the people who change by ground: clauses in order of the policy, then the others as they come. One
// person may have several grounds.
func (p *papers) groundCounts() []counted {
	n, order := map[i18n.Text]int{}, []i18n.Text{}
	note := func(g i18n.Text) {
		if _, ok := n[g]; !ok {
			n[g], order = 0, append(order, g)
		}
	}
	for i := range p.pol.Clauses {
		note(p.pol.Clauses[i].Name)
	}
	seen := p.seen()
	slices.SortStableFunc(seen, func(a, b change) int { return leavesLast(a) - leavesLast(b) })
	for _, m := range seen {
		had := map[i18n.Text]bool{}
		for _, g := range m.Grounds {
			if c := p.groundClass(g); !had[c] {
				had[c] = true
				note(c)
				n[c]++
			}
		}
	}
	var out []counted
	for _, g := range order {
		if n[g] > 0 {
			out = append(out, counted{g, n[g]})
		}
	}
	return out
}

func (t *text) shares() {
	shares := t.p.shares()
	if len(shares) == 0 {
		return
	}
	t.head(i18n.T("比例要求：", "shares asked and reached:"))
	for _, s := range shares {
		t.item(i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", s.Name, shareFacts(s)))
	}
}

// shareFacts says what a share asks for and what is reached.
func shareFacts(s share) i18n.Text {
	reached := i18n.T("已达到", "reached")
	if s.Short > 0 {
		reached = i18n.F("尚缺 %d 人", "short by %d", s.Short)
	}
	line := i18n.F("符合条件 %[1]d 人，要求 %[2]s 即 %[3]d 人，落实 %[4]d 人（年内已交流 %[5]d 人），%[6]s",
		"of %[1]d eligible %[2]s asked, that is %[3]d; %[4]d move (%[5]d of them earlier this year), %[6]s",
		s.Eligible, shareText(s.Ratio("share")), s.Asked, s.Moved, s.Earlier, reached)
	if s.Pinned > 0 {
		line = i18n.F("%[1]s；因组织决定留任 %[2]d 人", "%[1]s; %[2]d kept in place by recorded decisions", line, s.Pinned)
	}
	return line
}

func (t *text) open() {
	open := t.p.open()
	t.head(i18n.F("待补岗位：%d 个", "seats that stay open: %d", len(open)))
	var all []i18n.Text
	for _, g := range t.p.openByWay() {
		all = append(all, i18n.F("%[1]s %[2]d 个：%[3]s", "%[1]s %[2]d: %[3]s", g.text, len(g.names), t.cut(g.names)))
	}
	t.items(all)
}

// cut lists names, cut where there are many.
func (t *text) cut(names []string) string {
	if len(names) <= longList {
		return t.p.join(names)
	}
	return t.p.say(i18n.F("%[1]s 等", "%[1]s and others", t.p.join(names[:longList])))
}

type group struct {
	text  i18n.Text
	names []string
}

// openByWay groups the open seats by the way in which they could be filled, in the order of the first seat of each.
func (p *papers) openByWay() []group {
	var out []group
	at := map[string]int{}
	for _, u := range p.open() {
		i, ok := at[u.How]
		if !ok {
			i, at[u.How] = len(out), len(out)
			out = append(out, group{text: fillWord(u.How)})
		}
		out[i].names = append(out[i].names, p.subject(u.Post))
	}
	return out
}

func (t *text) overdue() {
	var all []i18n.Text
	for _, f := range t.p.overdue() {
		all = append(all, i18n.T(f.Text, f.Text))
	}
	t.head(i18n.F("应交流未能安排：%d 人", "due and not placed: %d", len(all)))
	t.items(all)
	for _, u := range t.p.plan.Unplaced {
		if c := t.p.x.CadreAt(u.Cadre); c != posting.None && t.p.seesCadre(c) {
			t.item(i18n.F("待安排：%[1]s，%[2]s", "to be placed: %[1]s, %[2]s", t.p.subject(u.Cadre), t.p.join(u.Reasons)))
		}
	}
}

func (t *text) decisions() {
	t.head(i18n.F("组织决定：%s", "recorded decisions: %s", t.p.pinText()))
	if cost := t.p.pinCost(); cost != "" {
		t.item(i18n.F("对比例的影响（因组织决定留任的符合条件人员）：%s", "cost to the shares (eligible people whom decisions keep in place): %s", cost))
	}
	t.line(i18n.F("经批准的例外：登记 %[1]d 条，用到 %[2]d 条", "approved exceptions: %[1]d recorded, %[2]d used", t.p.count("exceptions_recorded"), t.p.count("exceptions_used")))
	if n := len(t.p.favours()); n > 0 {
		t.line(i18n.F("政策依据待说明：%d 项", "ground in policy to be stated: %d", n))
	}
}

// pinText counts the recorded decisions by kind.
func (p *papers) pinText() string {
	return p.say(i18n.F("不动 %[1]d 人，必动 %[2]d 人，定岗 %[3]d 人，不宜到有关岗位 %[4]d 人", "%[1]d stay, %[2]d must move, %[3]d fixed on a post, %[4]d unsuited for some post",
		p.count("pins_stay"), p.count("pins_move"), p.count("pins_fixed"), p.count("pins_unsuited")))
}

// pinCost says for each share how many eligible people decisions keep in place; "" where none.
func (p *papers) pinCost() string {
	var out []string
	for _, s := range p.shares() {
		if s.Pinned > 0 {
			out = append(out, p.say(i18n.F("%[1]s %[2]d 人", "%[1]s %[2]d", s.Name, s.Pinned)))
		}
	}
	return p.list(out)
}

func (t *text) verify() {
	t.head(i18n.F("需核实事项：%d 项", "to verify: %d", len(t.p.findings(t.p.plan.Audit.Unverifiable))))
}

func (t *text) quality() {
	t.line(i18n.F("方案质量：%s", "quality: %s", gapText(t.p.plan)))
	if why, ok := limitWords[t.p.plan.Limit]; ok {
		t.item(why)
	}
	for _, l := range t.p.plan.Levels {
		if l.Status != string(solver.Optimal) {
			t.item(t.p.unproven(l))
		}
	}
	t.line(i18n.F("核对：违反 %d 项", "audit: %d violations", len(t.p.plan.Audit.Violated)))
}

// keyNumbers are the numbers of the first sheet and of the head of the page.
func (p *papers) keyNumbers() [][2]string {
	var out [][2]string
	add := func(k i18n.Text, v string) { out = append(out, [2]string{p.say(k), v}) }
	if line := p.roundText(); line != "" {
		add(i18n.T("轮次", "round"), line)
	}
	add(i18n.T("调整情况", "moves"), p.movedText())
	if p.aud.Whole() {
		for _, s := range p.shares() {
			add(s.Name, p.say(shareFacts(s)))
		}
	}
	var ways []string
	for _, g := range p.openByWay() {
		ways = append(ways, p.say(i18n.F("%[1]s %[2]d 个", "%[1]s %[2]d", g.text, len(g.names))))
	}
	for _, c := range p.choices() {
		add(c.text, p.say(c.reached))
	}
	if p.aud.Who != Person {
		add(i18n.T("待补岗位", "open seats"), p.countOf(len(p.open()), ways))
	}
	add(i18n.T("应交流未能安排", "due, not placed"), fmt.Sprint(len(p.overdue())))
	if p.aud.Whole() {
		add(i18n.T("组织决定", "recorded decisions"), p.pinText())
		add(i18n.T("经批准的例外", "approved exceptions"), p.say(i18n.F("登记 %[1]d 条，用到 %[2]d 条", "%[1]d recorded, %[2]d used", p.count("exceptions_recorded"), p.count("exceptions_used"))))
	}
	if p.aud.office() && len(p.x.Opinions) > 0 {
		add(i18n.T("意见和答复", "opinions and answers"), p.say(p.opinionText()))
	}
	add(i18n.T("需核实事项", "to verify"), fmt.Sprint(len(p.findings(p.plan.Audit.Unverifiable))))
	return out
}

func (p *papers) countOf(n int, parts []string) string {
	if len(parts) == 0 {
		return fmt.Sprint(n)
	}
	return p.say(i18n.F("%[1]d（%[2]s）", "%[1]d (%[2]s)", n, p.list(parts)))
}
