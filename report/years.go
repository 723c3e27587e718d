package report

import (
	"fmt"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
)

// years is 分年度安排: what the plan holds for each batch, in counts. Later batches are advisory: nobody's destination stands here.
func (p *papers) years() *table {
	cols := []col{{i18n.T("批次", "batch"), 7}, {i18n.T("起始", "from"), 10}, {i18n.T("应交流", "due"), 10}, {i18n.T("拟调整", "moves"), 10}, {i18n.T("应交流未能安排", "due, not placed"), 12},
		{i18n.T("离任", "leave"), 8}, {i18n.T("到任", "arrive"), 8}}
	shares := p.shares()
	for _, s := range shares {
		cols = append(cols, col{i18n.F("%s：要求/落实", "%s: asked / reached", s.Name), 22})
	}
	t := p.table("years", i18n.T("分年度安排", "Year by year"), append(cols, col{i18n.T("性质", "standing"), 16})...)
	t.note = p.say(i18n.T("第一批为正式建议；以后各批只供参考，届时按实际情况重新安排，这里只列人数", "the first batch is proposed; later ones are advisory and planned anew in their time: counts only"))
	for at := 1; at <= p.x.Calendar.Periods; at++ {
		n := p.batch(at)
		cells := []any{at, dotted(p.x.Calendar.Start(at)), n.due, n.moves, n.overdue, n.leave, n.arrive}
		for _, s := range shares {
			metric := func(name string) int { return p.count(fmt.Sprintf("%s.%s@%d", s.ID, name, at)) }
			cells = append(cells, fmt.Sprintf("%d/%d", metric("asked"), metric("moved")))
		}
		word, tn := i18n.T("供参考", "advisory"), plain
		if at == 1 {
			word, tn = i18n.T("正式建议", "proposed"), moving
		}
		t.add(tn, append(cells, p.say(word))...)
	}
	return t
}

// batchCounts are the numbers of one batch.
type batchCounts struct{ due, moves, overdue, leave, arrive int }

func (p *papers) batch(at int) batchCounts {
	var n batchCounts
	for _, a := range p.plan.Assignments {
		switch {
		case a.Move == posting.MoveStay || a.Period != at:
		case a.Move == posting.MoveLeave:
			n.leave++
		case a.Move == posting.MoveArrive:
			n.arrive++
		default:
			n.moves++
		}
	}
	for _, c := range p.brief.Coming {
		if c.Period == at {
			n.due++
		}
	}
	if at == 1 {
		n.due = len(p.brief.Due)
	}
	n.overdue = p.unplacedDue(at)
	return n
}

// unplacedDue counts those who are due in a batch and still in their seats after it.
func (p *papers) unplacedDue(at int) int {
	seen := map[string]bool{}
	for _, f := range p.plan.Audit.Missed {
		if c := p.clause(f.Clause); c != nil && c.Kind == "long_tenure" && f.Period == at && len(f.Subjects) > 0 {
			seen[f.Subjects[0]] = true
		}
	}
	return len(seen)
}

// coming is 各年到期名单: who becomes due in which later batch. It says nothing of where anybody goes.
func (p *papers) coming() *table {
	t := p.table("coming", i18n.T("各年到期名单", "Due in later years"), col{i18n.T("批次", "batch"), 7}, col{i18n.T("年度", "year"), 8}, colID, colName, colPost,
		col{i18n.T("届时任现职年限", "time in post then"), 16}, colClause)
	t.note = p.say(i18n.T("按现任职务推算，到该批次开始时应当交流的人员", "who is due to move at the start of that batch, as far as he still holds his present post"))
	for at := 2; at <= p.x.Calendar.Periods; at++ {
		for _, c := range p.brief.Coming {
			if c.Period == at && p.seesCadre(c.Cadre) {
				t.add(plain, at, fmt.Sprint(p.x.Calendar.Start(at).Year()), p.x.Cadres[c.Cadre].ID, p.x.Cadres[c.Cadre].Name, p.post(p.x.Seat(c.Cadre)), p.then(c), p.clauses(c.Clauses))
			}
		}
	}
	return t
}

// then is the time in post at the start of the batch.
func (p *papers) then(c planning.Coming) string {
	if !c.Known {
		return ""
	}
	return p.say(span(c.Months))
}

// openNow are the seats that nobody holds after the first batch, where later ones are not shown: those that a later batch fills
// stand as seats that stay open for now.
func (p *papers) openNow() []posting.Unfilled {
	how := map[string]posting.Unfilled{}
	for _, u := range p.plan.Unfilled {
		how[u.Post] = u
	}
	var out []posting.Unfilled
	for q := range p.x.Posts {
		post := &p.x.Posts[q]
		if post.Authority != p.pol.Authority || len(p.after(q)) > 0 {
			continue
		}
		u, ok := how[post.ID]
		if !ok {
			u = posting.Unfilled{Post: post.ID, How: "later", Reasons: []string{p.say(i18n.T("以后批次统筹安排", "to be arranged for in a later batch"))}}
		}
		out = append(out, u)
	}
	return out
}
