package policy

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"cadre/internal/i18n"
	"cadre/posting"
)

// thresholdKeys are the keys of a row of thresholds beside those of a selector.
var thresholdKeys = []string{"to", "name", "from", "until", "parameters", "citation"}

// thresholds divides a clause into its rows: each is a clause of its own, for the people (or, in kinds that read only
// `to`, the posts) of the clause whom the row's conditions select, with the parameters that the row states and the
// clause's for the rest. A row may narrow the destinations as well, by `to`. Whom no row selects, the clause does not bind.
func (d *decoder) thresholds(n *node, c Clause, k *Kind) []Clause {
	if len(k.Selects) == 0 {
		d.ps.add("E2029", n.at, i18n.F("规则类型 %s 不区分对象，不能分档", "the kind %s selects nobody, so that thresholds cannot divide it", k.Name))
		return nil
	}
	before, items := len(d.ps.List), d.items(n)
	if len(items) == 0 && n.shape == list {
		d.ps.add("E2004", n.at, i18n.T("thresholds 没有一行；请删去该键", "thresholds hold no row: leave the key out"))
	}
	var rows []*node
	var out []Clause
	for i, row := range items {
		if d.shaped(row, table); row.shape == table {
			rows, out = append(rows, row), append(out, d.threshold(row, i+1, c, k))
		}
	}
	if len(d.ps.List) == before { // what a faulty row selects is not known
		d.apart(rows, out)
	}
	return out
}

// threshold reads row i, counted from 1.
func (d *decoder) threshold(n *node, i int, c Clause, k *Kind) Clause {
	f := d.table(n, append(slices.Clone(selectorKeys), thresholdKeys...)...)
	out := c
	out.ID, out.Of, out.Where = fmt.Sprintf("%s.%d", c.ID, i), c.ID, n.at.String()
	if name := f["name"]; name != nil {
		out.Name = d.texts(name)
	}
	if source := f["citation"]; source != nil {
		out.Citation = d.citation(source)
	}
	s := out.divided(k)
	*s = d.narrowed(n, s, d.conditions(n, f, k))
	if to := f["to"]; to != nil {
		d.unread(map[string]*node{"to": to}, k)
		out.To = d.narrowed(to, &out.To, d.conditions(to, d.table(to, selectorKeys...), k))
	}
	from, until := d.period(f)
	out.From, out.Until = max(c.From, from), sooner(c.Until, until)
	if out.From.Known() && out.Until.Known() && out.Until < out.From && (!from.Known() || !until.Known() || from <= until) {
		d.ps.add("E2035", n.at, i18n.F("该行的时间在条款 %s 的起止时间之外", "the row's months lie outside those of the clause %s", c.ID))
	}
	out.Params = maps.Clone(c.Params)
	maps.Copy(out.Params, d.parameters(f["parameters"], k))
	d.complete(out.Params, n, k)
	d.suits(n, &out, k)
	d.method(n, &out)
	return out
}

// divided is the selector that the rows of thresholds narrow.
func (c *Clause) divided(k *Kind) *Selector {
	if k.Reads("for") {
		return &c.For
	}
	return &c.To
}

// sooner is the earlier of two last months, open where neither is known.
func sooner(a, b posting.Month) posting.Month {
	if a.Known() && b.Known() {
		return min(a, b)
	}
	return cmp.Or(a, b)
}

// useless reports a parameter that a file states anew although every row of the thresholds that it inherits states it as
// well: it would have no effect.
func (d *decoder) useless(rows, parameters *node) {
	for _, p := range parameters.pairs {
		states := func(row *node) bool {
			own := row.get("parameters")
			return own != nil && own.get(p.key.text) != nil && own.get(p.key.text).shape != blank
		}
		if len(rows.items) > 0 && p.value.shape != blank && !slices.ContainsFunc(rows.items, func(row *node) bool { return !states(row) }) {
			d.ps.add("E2037", p.key.at, i18n.F("沿用的 thresholds 每一行都另写了参数 %[1]q（%[2]s），此处的值不起作用", "every inherited row of thresholds states the parameter %[1]q itself (%[2]s), so that this one has no effect", p.key.text, rows.items[0].at),
				i18n.T("改写 thresholds；不再分档的写 thresholds: ~", "restate thresholds, or write thresholds: ~ to have none"))
		}
	}
}

// apart reports rows that hold at one time for one person. Rows that only the tables can tell apart are left to Validate.
func (d *decoder) apart(rows []*node, out []Clause) {
	for j := range out {
		for i := range j {
			a, b := &out[i], &out[j]
			if a.together(b) && a.meets(b) == posting.Yes {
				d.ps.add("E2034", rows[j].at, i18n.F("与 %[1]s 的一行（%[2]s）时间重叠，又适用于同样的对象", "holds at the same time and for the same people as the row at %[1]s (%[2]s)", a.Where, a.ID), divide)
			}
		}
	}
}

// divide is what to do about rows that overlap.
var divide = i18n.T("用 from、until 分开时间，或者用条件分开对象", "divide them by from and until, or by conditions")

// meets tells whether both clauses can speak of one pair: No where none can be selected by both, Yes where some could, Blank
// where only the tables tell.
func (c *Clause) meets(o *Clause) posting.Tri {
	a, b := c.For.meets(&o.For), c.To.meets(&o.To)
	switch {
	case a == posting.No || b == posting.No:
		return posting.No
	case a == posting.Blank || b == posting.Blank:
		return posting.Blank
	}
	return posting.Yes
}

// Apart tells whether it is certain, whatever the tables, that no person and post is selected by both clauses.
func (c *Clause) Apart(o *Clause) bool { return c.meets(o) == posting.No }

// together tells whether two clauses are in force in one month.
func (c *Clause) together(o *Clause) bool {
	before := func(a, b posting.Month) bool { return a.Known() && b.Known() && a < b }
	return !before(c.Until, o.From) && !before(o.Until, c.From)
}
