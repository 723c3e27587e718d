package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"cadre/internal/i18n"
	"cadre/posting"
	"cadre/scenario"
)

// mostColumns is how many plans stand side by side on the page; the workbook shows all.
const mostColumns = 8

// tables are the sheets of compare.xlsx that the audience sees.
func (k *compared) tables(plans int) []*table {
	out := []*table{k.overview(), k.people(plans), k.changeTable(), k.moving()}
	for _, f := range k.fronts() {
		if f.shown() {
			out = append(out, f.table())
		}
	}
	if k.aud.Whole() {
		out = append(out, k.metricTable(plans), k.gateTable(), k.unmet(plans), k.pairs(plans))
	}
	return out
}

// overview is 方案一览: each plan in one line.
func (k *compared) overview() *table {
	t := k.table("overview", i18n.T("方案一览", "Plans"), col{i18n.T("方案", "plan"), 12}, col{i18n.T("名称", "name"), 30}, col{i18n.T("改动", "what changes"), 60},
		col{i18n.T("结果", "outcome"), 26}, col{i18n.T("调整人数", "people moved"), 10}, col{i18n.T("与基准方案不同", "placed otherwise"), 12}, col{i18n.T("涉及单位", "units affected"), 10},
		col{i18n.T("未满足的要求", "requirements not met"), 60})
	for i, r := range k.c.Runs {
		cells := []any{k.label(i), r.Name, k.says(r), k.say(k.state(i)), "", "", "", ""}
		tn := plain
		switch {
		case r.Digest == nil:
			tn, cells[7] = alarm, k.say(k.conflict(i))
		default:
			cells[4], cells[5], cells[6], cells[7] = k.moved(i), len(k.changes(i)), len(k.units(i)), k.join(k.missed(i))
		}
		t.add(tn, cells...)
	}
	return t
}

// says is what a scenario changes, and what its author noted.
func (k *compared) says(r *scenario.Run) string {
	var out []string
	for _, s := range r.Says {
		out = append(out, k.say(s))
	}
	if note := k.say(r.Scenario.Note); note != "" {
		out = append(out, note)
	}
	return k.join(out)
}

// columns are the runs that stand side by side, at most so many.
func (k *compared) columns(most int) []int {
	var out []int
	for i := range k.c.Runs {
		if k.c.Runs[i].Digest != nil && len(out) < most {
			out = append(out, i)
		}
	}
	return out
}

// besides is a table whose last columns are the plans.
func (k *compared) besides(id string, name i18n.Text, plans, width int, cols ...col) (*table, []int) {
	runs := k.columns(plans)
	for _, i := range runs {
		cols = append(cols, col{i18n.T(k.title(i), k.title(i)), width})
	}
	t := k.table(id, name, cols...)
	if len(runs) < len(k.columns(math.MaxInt)) {
		t.note = k.say(i18n.F("只列前 %d 个方案，其余见 compare.xlsx", "the first %d plans; all others are in compare.xlsx", len(runs)))
	}
	return t, runs
}

// people is 逐人对比: everybody whom some plan places otherwise than the base, with his place in each plan.
func (k *compared) people(plans int) *table {
	t, runs := k.besides("people", i18n.T("逐人对比", "Person by person"), plans, 28, colID, colName, colPost)
	for _, id := range k.differing() {
		cells := []any{id.cadre, k.person(id.run, id.cadre), k.place(id.run, id.seat, posting.MoveStay)}
		for _, i := range runs {
			if k.c.Runs[i].Base != id.run {
				cells = append(cells, "")
				continue
			}
			cells = append(cells, k.against(i, id))
		}
		t.add(plain, cells...)
	}
	return t
}

// against is where a plan puts a cadre, in short where the base plan puts him there, too.
func (k *compared) against(i int, id differer) string {
	there := k.whereabouts(i, id.cadre)
	if i != id.run && there == k.whereabouts(id.run, id.cadre) {
		return k.say(i18n.T("同基准", "as base"))
	}
	return there
}

// differer is a cadre whom some plan of an input places otherwise.
type differer struct {
	run         int // base of the input
	cadre, seat string
}

// differing lists them in the order of Moving and then of changes, each once.
func (k *compared) differing() []differer {
	var out []differer
	had := map[differer]bool{}
	for _, ch := range k.c.Changes {
		d := differer{k.c.Runs[ch.Run].Base, ch.Cadre, ch.Seat}
		if !had[d] && k.seesChange(&ch) {
			had[d] = true
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b differer) int {
		return cmp.Or(cmp.Compare(a.run, b.run), cmp.Compare(k.rank(a), k.rank(b)))
	})
	return out
}

// rank is the place of a cadre in the official order; those whom a scenario brings in come last.
func (k *compared) rank(d differer) int {
	if c := k.names[d.run].x.CadreAt(d.cadre); c != posting.None {
		return c
	}
	return len(k.names[d.run].x.Cadres)
}

// whereabouts is where a plan puts a cadre, "stays" where he stays.
func (k *compared) whereabouts(i int, cadre string) string {
	for _, m := range k.c.Moves(k.c.Runs[i]) {
		if m.Cadre == cadre {
			return k.place(i, m.To, m.Move)
		}
	}
	if c := k.names[i].x.CadreAt(cadre); c != posting.None && k.names[i].x.Cadres[c].Arrival() {
		return k.say(i18n.T("待安排", "not placed"))
	}
	return k.say(moveWords[posting.MoveStay])
}

// changeTable is 变化清单: before and after, plan by plan.
func (k *compared) changeTable() *table {
	t := k.table("changes", i18n.T("变化清单", "Changes"), col{i18n.T("方案", "plan"), 30}, colID, colName, colPost, col{i18n.T("基准方案", "base plan"), 28},
		col{i18n.T("本方案", "this plan"), 28}, col{i18n.T("变化", "change"), 12})
	tones := map[i18n.Text]tone{i18n.T("新增调整", "moves now"): moving, i18n.T("不再调整", "stays now"): leaving}
	for _, ch := range k.c.Changes {
		if !k.seesChange(&ch) {
			continue
		}
		kind := kindOf(&ch)
		t.add(tones[kind], k.title(ch.Run), ch.Cadre, k.person(ch.Run, ch.Cadre), k.place(ch.Run, ch.Seat, posting.MoveStay),
			k.place(ch.Run, ch.From, ch.FromMove), k.place(ch.Run, ch.To, ch.ToMove), k.say(kind))
	}
	return t
}

// moving is who moves in all plans, and who in some.
func (k *compared) moving() *table {
	t := k.table("moving", i18n.T("各方案调整人员", "Who moves"), colID, colName, colPost, col{i18n.T("在几个方案中调整", "plans"), 12}, col{i18n.T("范围", "in"), 14}, col{i18n.T("方案", "which"), 60})
	for _, m := range k.c.Moving {
		seat := k.seatOf(m)
		if ch := (scenario.Change{Run: m.Base, Cadre: m.Cadre, Seat: seat}); !k.seesChange(&ch) {
			continue
		}
		scope, tn, which := i18n.T("所有方案", "all"), moving, ""
		if len(m.In) < m.Of {
			scope, tn, which = i18n.T("部分方案", "some"), plain, k.labels(m.In)
		}
		t.add(tn, m.Cadre, k.person(m.Base, m.Cadre), k.place(m.Base, seat, posting.MoveStay), fmt.Sprintf("%d/%d", len(m.In), m.Of), k.say(scope), which)
	}
	return t
}

// seatOf is the present post of one who moves.
func (k *compared) seatOf(m scenario.Moving) string {
	if c := k.names[m.Base].x.CadreAt(m.Cadre); c != posting.None {
		return k.names[m.Base].x.Cadres[c].Post
	}
	return ""
}

func (k *compared) labels(runs []int) string {
	var out []string
	for _, i := range runs {
		out = append(out, k.label(i))
	}
	return k.brief(out)
}

// directions say which way a metric is better.
var directions = map[scenario.Direction]i18n.Text{scenario.Lower: i18n.T("越少越好", "less is better"), scenario.Higher: i18n.T("越多越好", "more is better"), scenario.Either: i18n.T("—", "—")}

// metricTable is 指标对比. Points are for the analyst.
func (k *compared) metricTable(plans int) *table {
	t, runs := k.besides("metrics", i18n.T("指标对比", "Metrics"), plans, 16, col{i18n.T("指标", "metric"), 34}, col{i18n.T("方向", "better"), 12})
	for _, m := range k.c.Metrics {
		if k.points(m.Name) {
			continue
		}
		cells := []any{k.metric(m), k.say(directions[m.Direction])}
		for _, i := range runs {
			cells = append(cells, k.value(i, m.Name))
		}
		t.add(plain, cells...)
	}
	return t
}

// points tells whether a metric is counted in points, which only the analyst sees.
func (k *compared) points(name string) bool {
	for _, l := range k.pol.Levels {
		if l.Name == name && l.Unit == "point" {
			return k.aud.Who != Analyst
		}
	}
	return false
}

// metric is the metric in words, with its name where both differ.
func (k *compared) metric(m scenario.Metric) string {
	if m.Text == (i18n.Text{}) {
		return m.Name
	}
	return k.say(i18n.F("%[1]s（%[2]s）", "%[1]s (%[2]s)", m.Text, m.Name))
}

// value is a metric of a run, and how it differs from the base's.
func (k *compared) value(i int, metric string) string {
	r := k.c.Runs[i]
	v := r.Digest.Metrics[metric]
	base := k.c.Runs[r.Base].Digest
	if base == nil || r.Base == i || base.Metrics[metric] == v {
		return figure(v)
	}
	return fmt.Sprintf("%s (%s)", figure(v), signed(v-base.Metrics[metric]))
}

// gateTable is 门槛.
func (k *compared) gateTable() *table {
	t := k.table("gates", i18n.T("门槛", "Gates"), col{i18n.T("门槛", "gate"), 44}, col{i18n.T("方案", "plan"), 36}, col{i18n.T("数值", "value"), 12}, col{i18n.T("基准方案", "base plan"), 12},
		col{i18n.T("结论", "verdict"), 10})
	for _, v := range k.c.Verdicts {
		tn, word := plain, i18n.T("通过", "pass")
		if !v.Pass {
			tn, word = alarm, i18n.T("未通过", "fail")
		}
		t.add(tn, k.say(k.gate(&k.c.File.Gates[v.Gate])), k.title(v.Run), figure(v.Value), figure(v.Base), k.say(word))
	}
	return t
}

// gate says a gate in words.
func (k *compared) gate(g *scenario.Gate) i18n.Text {
	name := g.Metric
	for _, m := range k.c.Metrics {
		if m.Name == g.Metric {
			name = k.metric(m)
		}
	}
	switch g.Test {
	case scenario.AtMost:
		return i18n.F("%[1]s不超过 %[2]s", "%[1]s at most %[2]s", name, figure(g.Limit))
	case scenario.AtLeast:
		return i18n.F("%[1]s不少于 %[2]s", "%[1]s at least %[2]s", name, figure(g.Limit))
	case scenario.Falls:
		return i18n.F("%s须低于基准方案", "%s has to fall", name)
	case scenario.Rises:
		return i18n.F("%s须高于基准方案", "%s has to rise", name)
	case scenario.NotAbove:
		return i18n.F("%s不得高于基准方案", "%s must not rise", name)
	}
	return i18n.F("%s不得低于基准方案", "%s must not fall", name)
}

// unmet is 未满足的要求, clause by clause.
func (k *compared) unmet(plans int) *table {
	t, runs := k.besides("unmet", i18n.T("未满足的要求", "Requirements not met"), plans, 16, col{i18n.T("条款", "clause"), 9}, col{i18n.T("内容", "requirement"), 34})
	var ids []string
	amount := map[string]map[int]float64{}
	for _, i := range runs {
		for _, m := range k.c.Runs[i].Digest.Missed {
			if amount[m.Clause] == nil {
				amount[m.Clause] = map[int]float64{}
				ids = append(ids, m.Clause)
			}
			amount[m.Clause][i] = m.Amount
		}
	}
	for _, id := range ids {
		cells := []any{id, k.say(k.clauseName(id))}
		for _, i := range runs {
			cells = append(cells, figure(amount[id][i]))
		}
		t.add(plain, cells...)
	}
	return t
}

// pairs is 两两差异: how many people any two plans place differently.
func (k *compared) pairs(plans int) *table {
	t, runs := k.besides("pairs", i18n.T("两两差异人数", "Differences of any two"), plans, 14, col{i18n.T("方案", "plan"), 34})
	for _, i := range runs {
		cells := []any{k.title(i)}
		for _, j := range runs {
			if k.c.Runs[i].Base != k.c.Runs[j].Base {
				cells = append(cells, "")
				continue
			}
			cells = append(cells, fmt.Sprint(len(k.c.Between(i, j))))
		}
		t.add(plain, cells...)
	}
	return t
}
