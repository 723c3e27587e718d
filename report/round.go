package report

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/posting"
	"cadre/workbook"
)

// words of the decision and stage columns in the language of the papers.
func (p *papers) words(ts []i18n.Text) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = p.say(t)
	}
	return out
}

// word is a decision or a stage in the language of the papers; one that is in no list stands for itself.
func (p *papers) word(ts []i18n.Text, zh string) string {
	for _, t := range ts {
		if t.Zh == zh {
			return p.say(t)
		}
	}
	if zh == string(posting.TakenBack) {
		return p.say(i18n.T("收回原决定", "earlier decision taken back"))
	}
	return zh
}

// standing are the decisions of earlier rounds that hold, by cadre; the whole-plan audiences see them.
func (p *papers) standing() map[string]posting.Decision {
	out := map[string]posting.Decision{}
	if p.plan == nil || !p.aud.Whole() {
		return out
	}
	for _, d := range p.plan.Process.Standing() {
		out[d.Cadre] = d
	}
	return out
}

// put are the lines of the sheet that goes to the meeting: all who change in this batch, and those who stay by a decision that
// stands, so that it can be taken back.
func (p *papers) put() []change {
	out := p.seen()
	standing := p.standing()
	for i := range p.plan.Assignments {
		a := &p.plan.Assignments[i]
		c := p.x.CadreAt(a.Cadre)
		if _, decided := standing[a.Cadre]; decided && a.Move == posting.MoveStay && c != posting.None {
			out = append(out, change{a, c, p.x.Seat(c), p.x.PostAt(a.To)})
		}
	}
	slices.SortStableFunc(out, func(a, b change) int { return a.c - b.c })
	return out
}

// decided is what the decision, stage and remarks columns say of a line beforehand.
func (p *papers) decided(d posting.Decision) (word, stage, remark string) {
	remark = d.To
	if d.Until.Known() {
		remark = dotted(d.Until)
	}
	return p.word(workbook.DecisionWords, string(d.Decision)), p.word(workbook.StageWords, string(d.Stage)), remark
}

// roundChange is a cadre whom this plan places otherwise than the plan before.
type roundChange struct {
	c, before, now int // before and now: posts; posting.None where he is not placed or leaves
}

// roundChanges compares with the plan before, in official order.
func (p *papers) roundChanges() []roundChange {
	var out []roundChange
	if p.plan == nil {
		return nil
	}
	for _, b := range p.plan.Process.Previous {
		c, before := p.x.CadreAt(b.Cadre), p.x.PostAt(b.To)
		if c == posting.None || !p.seesCadre(c) && !p.seesPost(before) {
			continue
		}
		if b.Period > 1 && p.aud.Who != Analyst {
			before = p.x.Seat(c)
		}
		if now := p.final[c]; now != before {
			out = append(out, roundChange{c, before, now})
		}
	}
	slices.SortFunc(out, func(a, b roundChange) int { return a.c - b.c })
	return out
}

// roundTable is 本轮变化: only what differs from the plan before, and why.
func (p *papers) roundTable() *table {
	t := p.table("round", i18n.T("本轮变化", "Changes of this round"), colID, colName, colPost, col{i18n.T("上一轮方案", "plan before"), 28},
		col{i18n.T("本轮方案", "this plan"), 28}, col{i18n.T("原因", "why"), 60})
	t.note = p.say(i18n.F("第 %d 轮；没有列出的人员与上一轮相同", "round %d; all others are placed as in the plan before", p.plan.Process.Round))
	why := newCauses(p)
	for _, ch := range p.roundChanges() {
		t.add(moving, p.x.Cadres[ch.c].ID, p.x.Cadres[ch.c].Name, p.post(p.x.Seat(ch.c)), p.placed(ch.c, ch.before), p.placed(ch.c, ch.now), p.say(why.of(ch)))
	}
	return t
}

// placed is a post as a line of comparison has it.
func (p *papers) placed(c, post int) string {
	switch {
	case post != posting.None && post == p.x.Seat(c):
		return p.say(moveWords[posting.MoveStay])
	case post != posting.None:
		return p.post(post)
	case p.x.Leaves(c) > 0:
		return p.say(moveWords[posting.MoveLeave])
	}
	return p.say(i18n.T("待安排", "not placed"))
}

// record is 全程纪实: what was decided in which round at which stage, never who said what.
func (p *papers) record() *table {
	t := p.table("record", i18n.T("全程纪实", "Record"), col{i18n.T("轮次", "round"), 7}, colID, colName, col{i18n.T("当时拟任岗位", "post then proposed"), 30},
		col{i18n.T("阶段", "stage"), 14}, col{i18n.T("决定", "decision"), 20}, col{i18n.T("岗位或者年月", "post or month"), 30})
	for _, r := range p.plan.Process.Rounds {
		for _, d := range r.Decisions {
			c := p.x.CadreAt(d.Cadre)
			if c == posting.None {
				continue
			}
			what := dotted(d.Until)
			if q := p.x.PostAt(d.To); q != posting.None {
				what = p.post(q)
			}
			t.add(plain, r.Round, d.Cadre, p.x.Cadres[c].Name, p.post(p.x.PostAt(d.Post)), p.word(workbook.StageWords, string(d.Stage)),
				p.word(workbook.DecisionWords, string(d.Decision)), what)
		}
	}
	return t
}

// causes traces each change of a round to the decisions that it follows from: people hang together by the posts that one leaves and
// another takes, in either plan.
type causes struct {
	p       *papers
	decided map[int]posting.Decision // by cadre: what was decided in the last round
	posts   map[int][]int            // by cadre of a change: posts that it touches
	touched map[int][]int            // by post: cadres whose change touches it
}

func newCauses(p *papers) *causes {
	k := &causes{p: p, decided: map[int]posting.Decision{}, posts: map[int][]int{}, touched: map[int][]int{}}
	all := *p
	all.aud = Audience{Who: Analyst} // a cause is found whoever may see it; whether it is named is decided later
	for _, ch := range all.roundChanges() {
		k.touch(ch.c, ch.before, ch.now, p.x.Seat(ch.c))
	}
	if rounds := p.plan.Process.Rounds; len(rounds) > 0 {
		for _, d := range rounds[len(rounds)-1].Decisions {
			if c := p.x.CadreAt(d.Cadre); c != posting.None {
				k.decided[c] = d
				k.touch(c, p.x.PostAt(d.Post), p.x.PostAt(d.To))
			}
		}
	}
	return k
}

func (k *causes) touch(c int, posts ...int) {
	for _, q := range posts {
		if q != posting.None && !slices.Contains(k.posts[c], q) {
			k.posts[c] = append(k.posts[c], q)
			k.touched[q] = append(k.touched[q], c)
		}
	}
}

// of says why a cadre is placed otherwise.
func (k *causes) of(ch roundChange) i18n.Text {
	if d, ok := k.decided[ch.c]; ok {
		return k.decision(d)
	}
	near := k.nearest(ch.c)
	if len(near) == 0 {
		return k.ground(ch)
	}
	var names []string
	for _, c := range near {
		if k.p.seesCadre(c) {
			names = append(names, k.p.say(i18n.F("%[1]s（%[2]s）", "%[1]s (%[2]s)", k.p.x.Cadres[c].Name, k.p.word(workbook.DecisionWords, string(k.decided[c].Decision)))))
		}
	}
	if len(names) == 0 {
		return i18n.T("随其他人员的会议决定调整", "follows from decisions on others")
	}
	return i18n.F("随以下决定调整：%s", "follows from: %s", k.p.list(names))
}

// ground is why one is placed otherwise who has nothing to do with a decision: what he moves for now, or that nothing asks for
// his move any more.
func (k *causes) ground(ch roundChange) i18n.Text {
	i := k.p.changeOf[ch.c]
	if i == posting.None || k.p.changes[i].to == posting.None {
		return i18n.T("排序在前的目标已经落实，不再需要调整", "the goals are met without this move now")
	}
	return i18n.F("为落实要求：%s", "to meet a requirement: %s", k.p.grounds(k.p.changes[i]))
}

func (k *causes) decision(d posting.Decision) i18n.Text {
	word := k.p.word(workbook.DecisionWords, string(d.Decision))
	if d.Stage == "" {
		return i18n.F("会议决定：%s", "decision: %s", word)
	}
	return i18n.F("会议决定：%[1]s（%[2]s）", "decision: %[1]s (%[2]s)", word, k.p.word(workbook.StageWords, string(d.Stage)))
}

// nearest are the decided cadres nearest to c along shared posts, in official order: breadth first.
func (k *causes) nearest(c int) []int {
	seen, front := map[int]bool{c: true}, []int{c}
	for len(front) > 0 {
		var next, found []int
		for _, a := range front {
			for _, q := range k.posts[a] {
				for _, b := range k.touched[q] {
					if seen[b] {
						continue
					}
					seen[b] = true
					next = append(next, b)
					if _, ok := k.decided[b]; ok {
						found = append(found, b)
					}
				}
			}
		}
		if len(found) > 0 {
			slices.Sort(found)
			return found
		}
		front = next
	}
	return nil
}

// follows tells whether there is a plan before.
func (p *papers) follows() bool { return len(p.plan.Process.Previous) > 0 }

// roundText is the round in one line; "" in the first.
func (p *papers) roundText() string {
	if !p.follows() {
		return ""
	}
	n := map[posting.Word]int{}
	for _, d := range p.plan.Process.Standing() {
		n[d.Decision]++
	}
	var parts []string
	for _, w := range workbook.DecisionWords {
		if n[posting.Word(w.Zh)] > 0 {
			parts = append(parts, p.say(i18n.F("%[1]s %[2]d 人", "%[1]s %[2]d", w, n[posting.Word(w.Zh)])))
		}
	}
	if len(parts) == 0 {
		parts = []string{p.say(none)}
	}
	return p.say(i18n.F("第 %[1]d 轮；有效决定：%[2]s；与上一轮去向不同 %[3]d 人", "round %[1]d; decisions that stand: %[2]s; %[3]d people placed otherwise than before", p.plan.Process.Round, p.list(parts), len(p.roundChanges())))
}

// round prints what this round changes, and why.
func (t *text) round() {
	line := t.p.roundText()
	if line == "" {
		return
	}
	t.head(i18n.T(line, line))
	why := newCauses(t.p)
	var all []i18n.Text
	for _, ch := range t.p.roundChanges() {
		all = append(all, i18n.F("%[1]s：%[2]s→%[3]s；%[4]s", "%[1]s: %[2]s → %[3]s; %[4]s", t.p.x.Cadres[ch.c].Name, t.p.placed(ch.c, ch.before), t.p.placed(ch.c, ch.now), why.of(ch)))
	}
	t.items(all)
}
