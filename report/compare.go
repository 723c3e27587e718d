package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
	"cadre/scenario"
)

// compared is a comparison prepared for printing: what the audience may see, with the names of each input.
type compared struct {
	*papers // of the first input
	c       *scenario.Comparison
	folders []string  // of the plans, "" none
	names   []*papers // by run: of its input
}

func newCompared(c *scenario.Comparison, folders []string, opt Options) *compared {
	out := &compared{c: c, folders: folders}
	for i, r := range c.Runs {
		if r.Base == i {
			out.names = append(out.names, newPapers(&planning.Outcome{Index: c.Indexes[i], Policy: c.Policies[i]}, opt))
			continue
		}
		out.names = append(out.names, out.names[r.Base])
	}
	out.papers = out.names[0]
	return out
}

// numerals count plans as meetings do: 方案一, 方案二, up to 方案九十九.
var numerals = [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// label is how a run is named in a heading: 基准方案, 方案一, 方案二.
func (k *compared) label(i int) string {
	r := k.c.Runs[i]
	if r.Base == i {
		return k.say(i18n.T("基准方案", "base plan"))
	}
	n := i - r.Base
	zh := numerals[min(n%10, 9)]
	switch {
	case n >= 100:
		zh = fmt.Sprint(n)
	case n >= 20:
		zh = numerals[n/10] + "十" + zh
	case n >= 10:
		zh = "十" + zh
	}
	return k.say(i18n.F("方案%[1]s", "plan %[2]d", zh, n))
}

// title is the label with the scenario's name.
func (k *compared) title(i int) string {
	return k.say(i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", k.label(i), k.c.Runs[i].Name))
}

// place is the post by which a person is compared, in words: the post's name, or that nobody is placed there.
func (k *compared) place(i int, post string, move posting.Move) string {
	if post == "" {
		if move == posting.MoveLeave {
			return k.say(moveWords[posting.MoveLeave])
		}
		return k.say(i18n.T("待安排", "not placed"))
	}
	if q := k.names[i].x.PostAt(post); q != posting.None {
		return k.names[i].post(q)
	}
	for j := range k.c.Runs[i].Added.Posts {
		if q := &k.c.Runs[i].Added.Posts[j]; q.ID == post {
			return k.names[i].unit(k.names[i].x.UnitAt(q.Unit)) + q.Name
		}
	}
	return post
}

// person is a cadre's name.
func (k *compared) person(i int, id string) string {
	if c := k.names[i].x.CadreAt(id); c != posting.None {
		return k.names[i].x.Cadres[c].Name
	}
	for j := range k.c.Runs[i].Added.Cadres {
		if p := &k.c.Runs[i].Added.Cadres[j]; p.ID == id {
			return p.Name
		}
	}
	return id
}

// seesChange tells whether the audience may see a change: a unit sees those who serve there now or would in either plan.
func (k *compared) seesChange(ch *scenario.Change) bool {
	p := k.names[ch.Run]
	switch p.aud.Who {
	case Person:
		return ch.Cadre == p.aud.ID
	case OneUnit:
		return slices.ContainsFunc([]string{ch.Seat, ch.From, ch.To}, func(post string) bool { return k.unitOf(ch.Run, post) == p.aud.ID })
	}
	return true
}

// unitOf is the id of a post's unit.
func (k *compared) unitOf(i int, post string) string {
	if q := k.names[i].x.PostAt(post); q != posting.None {
		return k.names[i].x.Posts[q].Unit
	}
	for j := range k.c.Runs[i].Added.Posts {
		if q := &k.c.Runs[i].Added.Posts[j]; q.ID == post {
			return q.Unit
		}
	}
	return ""
}

// changes are those of a run that the audience sees.
func (k *compared) changes(i int) []scenario.Change {
	var out []scenario.Change
	for _, ch := range k.c.Changes {
		if ch.Run == i && k.seesChange(&ch) {
			out = append(out, ch)
		}
	}
	return out
}

// units are the names of the units that a run's changes touch, in official order.
func (k *compared) units(i int) []string {
	touched := map[string]bool{}
	for _, ch := range k.changes(i) {
		touched[k.unitOf(i, ch.From)], touched[k.unitOf(i, ch.To)] = true, true
	}
	var out []string
	for _, u := range k.names[i].x.Units {
		if touched[u.ID] {
			out = append(out, u.Name)
		}
	}
	return out
}

// kind of a change: does somebody move who stayed, stay who moved, or go elsewhere?
func kindOf(ch *scenario.Change) i18n.Text {
	switch {
	case ch.FromMove == posting.MoveStay && ch.From != "":
		return i18n.T("新增调整", "moves now")
	case ch.ToMove == posting.MoveStay && ch.To != "":
		return i18n.T("不再调整", "stays now")
	}
	return i18n.T("去向不同", "goes elsewhere")
}

// state says how a run ended.
func (k *compared) state(i int) i18n.Text {
	r := k.c.Runs[i]
	switch {
	case r.Digest != nil && r.Digest.Proven:
		return i18n.T("已证明在允许差距之内", "proven within the gap asked")
	case r.Digest != nil:
		return i18n.F("差距 %s", "gap %s", percent(r.Digest.Gap))
	case r.Record.Status == "infeasible":
		return infeasib
	}
	return i18n.T("限定时间内没有得出方案", "no plan in the time given")
}

// moved is how many people a run moves, -1 without a plan.
func (k *compared) moved(i int) int {
	if d := k.c.Runs[i].Digest; d != nil {
		return int(d.Metrics["moves"])
	}
	return -1
}

// missed are the requirements that a run does not meet, in words.
func (k *compared) missed(i int) []string {
	if k.c.Runs[i].Digest == nil {
		return nil
	}
	var out []string
	for _, m := range k.c.Runs[i].Digest.Missed {
		out = append(out, k.say(i18n.F("%[1]s %[2]s", "%[1]s %[2]s", k.names[i].clauseName(m.Clause), figure(m.Amount))))
	}
	return out
}

// figurePlaces is one over the last place that figure prints.
const figurePlaces = 1000

// figure prints a number without needless places.
func figure(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.3f", v), "0"), ".")
}

// signed prints a difference with its sign.
func signed(v float64) string {
	if v > 0 {
		return "+" + figure(v)
	}
	return figure(v)
}

// headline says in one paragraph what a scenario asks and what follows: the page for the meeting.
func (k *compared) headline(i int) []i18n.Text {
	r, base := k.c.Runs[i], k.c.Runs[k.c.Runs[i].Base]
	var out []i18n.Text
	if len(r.Says) > 0 {
		out = append(out, i18n.F("%s。", "%s.", sentence(r.Says)))
	}
	switch {
	case r.Digest == nil:
		return append(out, i18n.F("%s。", "%s.", k.state(i)), k.conflict(i))
	case base.Digest == nil:
		return append(out, i18n.F("调整 %d 人。", "%d people move.", k.moved(i)))
	}
	before, after := k.moved(r.Base), k.moved(i)
	if before == after {
		out = append(out, i18n.F("调整人数不变，仍为 %d 人。", "people moved: %d, as before.", after))
	} else {
		out = append(out, i18n.F("调整人数由 %[1]d 人变为 %[2]d 人（%[3]s）。", "people moved: from %[1]d to %[2]d (%[3]s).", before, after, signed(float64(after-before))))
	}
	if changes := k.changes(i); len(changes) > 0 {
		units := k.units(i)
		out = append(out, i18n.F("与基准方案去向不同的 %[1]d 人，涉及 %[2]d 个单位：%[3]s。", "%[1]d people are placed otherwise than in the base plan; %[2]d units affected: %[3]s.", len(changes), len(units), k.brief(units)))
	} else {
		out = append(out, i18n.T("人员安排与基准方案相同。", "Nobody is placed otherwise than in the base plan."))
	}
	return append(out, k.shift(i)...)
}

// shift names the goals that the scenario makes better or worse, but for the number of moves, which has been told.
func (k *compared) shift(i int) []i18n.Text {
	r := k.c.Runs[i]
	base := k.c.Runs[r.Base].Digest
	var better, worse []string
	for _, m := range k.c.Metrics {
		a, b := base.Metrics[m.Name], r.Digest.Metrics[m.Name]
		if a == b || m.Name == "moves" || !k.goal(m.Name) {
			continue
		}
		line := k.say(i18n.F("%[1]s %[2]s→%[3]s", "%[1]s %[2]s→%[3]s", m.Text, figure(a), figure(b)))
		if b < a {
			better = append(better, line)
		} else {
			worse = append(worse, line)
		}
	}
	var out []i18n.Text
	if len(better) > 0 {
		out = append(out, i18n.F("改善：%s。", "better: %s.", k.list(better)))
	}
	if len(worse) > 0 {
		out = append(out, i18n.F("代价：%s。", "at the cost of: %s.", k.list(worse)))
	}
	return out
}

// goal tells whether a metric is one of the ordered goals that people count; what is weighed has points, which are for
// the analyst.
func (k *compared) goal(name string) bool {
	for _, l := range k.pol.Levels {
		if l.Name == name {
			return l.Unit != "point" || k.aud.Who == Analyst
		}
	}
	return false
}

// conflict names the requirements that clash.
func (k *compared) conflict(i int) i18n.Text {
	c := k.c.Runs[i].Record.Conflict
	if c == nil || len(c.Groups) == 0 {
		return i18n.Text{}
	}
	var out []string
	for _, g := range c.Groups {
		out = append(out, k.names[i].groupText(g))
	}
	return i18n.F("互相冲突的要求：%s。", "requirements that clash: %s.", k.join(out))
}

// brief lists words, cut where there are many.
func (k *compared) brief(words []string) string {
	if len(words) <= longList {
		return k.list(words)
	}
	return k.say(i18n.F("%[1]s 等", "%[1]s and others", k.list(words[:longList])))
}

// sentence strings clauses of a sentence together.
func sentence(ts []i18n.Text) i18n.Text {
	out := ts[0]
	for _, t := range ts[1:] {
		out = i18n.F("%[1]s；%[2]s", "%[1]s; %[2]s", out, t)
	}
	return out
}
