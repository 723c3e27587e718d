package report

import (
	"cmp"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
)

// papers is an outcome prepared for printing: for one language and audience, with people and posts as positions.
type papers struct {
	x     *posting.Index
	pol   *policy.Policy
	plan  *posting.Plan // nil for the lists
	brief *planning.Briefing
	lang  i18n.Lang
	aud   Audience

	near     bool     // only the first period is shown person by person: later ones are advisory, and for the analyst
	changes  []change // all that is not a stay, in official order, whoever may see them; where near holds, of the first period
	changeOf []int    // by cadre: position in changes, posting.None
	final    []int    // by cadre: main post at the end of the horizon, posting.None
}

// change is an assignment that is not a stay.
type change struct {
	*posting.Assignment
	c, from, to int
}

// gives tells whether the change gives up the post held: a secondment does not.
func (m *change) gives() bool { return m.Move != posting.MoveSecond }

func newPapers(o *planning.Outcome, opt Options) *papers {
	p := &papers{x: o.Index, pol: o.Policy, plan: o.Plan, brief: o.Briefing, lang: opt.Lang, aud: opt.Audience}
	if p.brief == nil {
		p.brief = &planning.Briefing{}
	}
	p.near = p.x.Calendar.Periods > 1 && p.aud.Who != Analyst
	p.final, p.changeOf = make([]int, len(p.x.Cadres)), make([]int, len(p.x.Cadres))
	for c := range p.final {
		p.final[c], p.changeOf[c] = p.x.Seat(c), posting.None
	}
	if p.plan != nil {
		p.collect()
	}
	return p
}

func (p *papers) collect() {
	for i := range p.plan.Assignments {
		a := &p.plan.Assignments[i]
		if c := p.x.CadreAt(a.Cadre); c != posting.None && a.Move != posting.MoveStay && !(p.near && a.Period > 1) {
			p.changes = append(p.changes, change{a, c, p.x.Seat(c), p.x.PostAt(a.To)})
		}
	}
	slices.SortStableFunc(p.changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.c, b.c), cmp.Compare(a.Period, b.Period)) })
	for i, m := range p.changes {
		p.changeOf[m.c] = i
		if m.gives() {
			p.final[m.c] = m.to
		}
	}
}

// seen are the changes that the audience sees.
func (p *papers) seen() []change {
	var out []change
	for _, m := range p.changes {
		if p.seesCadre(m.c) {
			out = append(out, m)
		}
	}
	return out
}

// title is what the papers call the plan: a draft until it is marked final.
func (p *papers) title() i18n.Text {
	if p.plan != nil && p.plan.Final {
		return settled
	}
	return proposal
}

func (p *papers) say(t i18n.Text) string { return t.In(p.lang) }

// join lists words as the language does.
func (p *papers) join(words []string) string {
	return strings.Join(words, p.say(i18n.T("；", "; ")))
}

// list separates short words, such as names.
func (p *papers) list(words []string) string {
	return strings.Join(words, p.say(i18n.T("、", ", ")))
}

// post is the full name of post q, its unit first; "" for none.
func (p *papers) post(q int) string {
	if q == posting.None {
		return ""
	}
	name, unit := p.x.Posts[q].Name, p.unit(p.x.UnitOf(q))
	if strings.HasPrefix(name, unit) {
		return name
	}
	return unit + name
}

func (p *papers) unit(u int) string {
	if u == posting.None {
		return ""
	}
	return p.x.Units[u].Name
}

// posts are the full names of posts by id.
func (p *papers) posts(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		if out[i] = p.post(p.x.PostAt(id)); out[i] == "" {
			out[i] = id
		}
	}
	return p.list(out)
}

// subject is the name of a cadre, post, unit or place; an unknown id stands for itself.
func (p *papers) subject(id string) string {
	if c := p.x.CadreAt(id); c != posting.None {
		return p.x.Cadres[c].Name
	}
	if q := p.x.PostAt(id); q != posting.None {
		return p.post(q)
	}
	if u := p.x.UnitAt(id); u != posting.None {
		return p.x.Units[u].Name
	}
	if l := p.x.PlaceAt(id); l != posting.None {
		return p.x.Places[l].Name
	}
	return id
}

func (p *papers) level(l posting.Level) string { return p.say(levelWords[l]) }

// tenure is the time in the main post on the plan date in words.
func (p *papers) tenure(c int) string {
	if months, known := p.x.Tenure(c, 1); known {
		return p.say(span(months))
	}
	if p.x.Cadres[c].Arrival() {
		return ""
	}
	return p.say(i18n.T("未填", "not given"))
}

// clauses are the names of the clauses that list a cadre.
func (p *papers) clauses(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = p.say(p.clauseName(id))
		if id != policy.Hold {
			out[i] = id + " " + out[i]
		}
	}
	return p.join(out)
}

// grounds are the grounds of a change in words.
func (p *papers) grounds(m change) string {
	out := make([]string, len(m.Grounds))
	for i, g := range m.Grounds {
		out[i] = p.say(p.ground(g, m.c))
	}
	return p.join(out)
}

// count is a metric of the plan as a whole number.
func (p *papers) count(name string) int { return int(p.plan.Metrics[name]) }

// share is what a yearly_share clause asks for and what the plan reaches. Eligible and Moved count the moves already
// made this year (Earlier); Pinned are members whom recorded decisions keep in place.
type share struct {
	*policy.Clause
	Eligible, Asked, Earlier, Moved, Short, Pinned int
}

func (p *papers) shares() []share {
	var out []share
	for i := range p.pol.Clauses {
		c := &p.pol.Clauses[i]
		if _, measured := p.plan.Metrics[c.ID+".asked"]; c.Kind != "yearly_share" || !measured {
			continue
		}
		n := func(name string) int { return p.count(c.ID + "." + name) }
		out = append(out, share{c, n("eligible"), n("asked"), n("earlier"), n("moved"), n("short"), n("pinned")})
	}
	return out
}

// overdue are the findings on people due to move who are not moved, one for each person: the first.
func (p *papers) overdue() []posting.Finding {
	var out []posting.Finding
	seen := map[string]bool{}
	for _, f := range p.plan.Audit.Missed {
		c := p.clause(f.Clause)
		if c == nil || c.Kind != "long_tenure" || len(f.Subjects) == 0 || seen[f.Subjects[0]] || !p.seesFinding(&f) {
			continue
		}
		seen[f.Subjects[0]] = true
		out = append(out, f)
	}
	return out
}

func (p *papers) findings(all []posting.Finding) []posting.Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f posting.Finding) bool { return !p.seesFinding(&f) })
}

// chains are the lines of moves that hang together, each with two moves or more.
func (p *papers) chains() []string {
	followed, done := map[int]bool{}, map[int]bool{}
	for i := range p.changes {
		if n := p.next(i); n != posting.None {
			followed[n] = true
		}
	}
	var out []string
	for _, heads := range []bool{true, false} { // those whom nobody waits for, then what is left: cycles
		for i, m := range p.changes {
			if done[i] || heads && followed[i] || m.to == posting.None {
				continue
			}
			if line, n := p.chain(i, done); n > 1 {
				out = append(out, line)
			}
		}
	}
	return out
}

// next is the change that empties the seat of change i: that of the first holder who gives it up by then.
func (p *papers) next(i int) int {
	m := p.changes[i]
	if m.to == posting.None {
		return posting.None
	}
	for _, h := range p.x.Holders(m.to) {
		if n := p.changeOf[h]; n != posting.None && n != i && p.changes[n].gives() && p.changes[n].Period <= m.Period {
			return n
		}
	}
	return posting.None
}

// chain prints the line that begins with change i, and says how many people it names.
func (p *papers) chain(i int, done map[int]bool) (line string, n int) {
	var b strings.Builder
	here := map[int]bool{}
	for at := i; ; at = p.next(at) {
		m := p.changes[at]
		if n++; n > 1 {
			b.WriteString("→")
		}
		name := p.x.Cadres[m.c].Name
		if here[at] {
			b.WriteString(p.say(i18n.F("%s（循环调整，同日进行）", "%s (a cycle, on the same day)", name)))
			return b.String(), n
		}
		here[at], done[at] = true, true
		if m.to == posting.None {
			b.WriteString(p.say(i18n.F("%s离任", "%s leaves", name)))
			return b.String(), n
		}
		b.WriteString(name + "→" + p.post(m.to))
		if p.next(at) == posting.None {
			b.WriteString(p.say(i18n.T("→空缺", "→vacant")))
			return b.String(), n
		}
	}
}

// open are the seats that stay open and that the audience sees.
func (p *papers) open() []posting.Unfilled {
	all := p.plan.Unfilled
	if p.near {
		all = p.openNow()
	}
	return slices.DeleteFunc(slices.Clone(all), func(u posting.Unfilled) bool { return !p.seesPost(p.x.PostAt(u.Post)) })
}
