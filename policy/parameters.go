package policy

import (
	"maps"
	"slices"
	"strconv"

	"cadre/internal/i18n"
	"cadre/posting"
)

// reader decodes a parameter of one type; the place of the parameter among the kinds is `kind.name`.
type reader func(d *decoder, p Parameter, name string, n *node) any

// readers are the types that a parameter can have.
var readers = map[string]reader{
	"int": func(d *decoder, _ Parameter, name string, n *node) any {
		return d.number(n, least[name], mostNumber)
	},
	"years": func(d *decoder, _ Parameter, _ string, n *node) any { return d.years(n) },
	"ratio": func(d *decoder, _ Parameter, _ string, n *node) any { return d.share(n) },
	"flag":  func(d *decoder, _ Parameter, _ string, n *node) any { return d.flag(n) },
	"enum":  func(d *decoder, p Parameter, _ string, n *node) any { return d.word(n, p.Values) },
	"list": func(d *decoder, p Parameter, _ string, n *node) any {
		return append([]string{}, d.words(n, p.Values)...)
	},
	"table": func(d *decoder, p Parameter, name string, n *node) any { return d.rows(n, p.Columns, cells[name]) },
}

// mostNumber bounds minutes, months, people and points: far above any in use, and small enough for exact sums.
const mostNumber = 100_000

// least are the smallest values of numbers that cannot be 0: steps are divisors.
var least = map[string]int{"commute.step_minutes": 1, "tie_order.step_months": 1, "hardship_balance.step": 1, "hardship_balance.top": 1,
	"secondment.months": 1, "secondment.most_months": 1, "support_mission.months": 1, "support_mission.most_months": 1}

// cell tells what a cell of a table may hold, in words for the person who has to mend it.
type cell struct {
	want  i18n.Text
	holds func(string) bool
}

// cells are the columns of every table parameter.
var cells = map[string]map[string]cell{
	"near_retirement.table": {
		"sex":         oneOf("男", "女"),
		"level_from":  oneOf(posting.LevelNames[:]...),
		"age":         wholeNumber(1, 100),
		"to_age":      wholeNumber(1, 100),
		"from":        {i18n.T("2026-01 形式的年月", "a month of the form 2026-01"), func(w string) bool { return validMonth(w, new(posting.Month)) }},
		"step_months": wholeNumber(1, 1200),
	},
	"secondment.ages": {"level_from": oneOf(posting.LevelNames[:]...), "age": wholeNumber(1, 100)},
	"hardship_balance.tiers": {
		"share":  {i18n.T("0 至 100% 的比例", "a share of 0 to 100 %"), func(w string) bool { r, ok := parseShare(w); return ok && r.Num >= 0 && r.Num <= r.Den }},
		"weight": wholeNumber(1, 1000),
	},
	"staff_type.allowed": {"from": oneOf(staffNames...), "to": oneOf(staffNames...)},
}

func oneOf(words ...string) cell {
	shown := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
	return cell{i18n.F("下列之一：%s", "one of: %s", listed(shown)), func(w string) bool { return slices.Contains(words, w) }}
}

func wholeNumber(least, most int) cell {
	return cell{i18n.F("%d 至 %d 的整数", "a whole number of %d to %d", least, most), func(w string) bool {
		i, err := strconv.Atoi(w)
		return err == nil && i >= least && i <= most
	}}
}

// parameters decodes the parameters that a clause, or a row of its thresholds, gives by the schema of its kind.
func (d *decoder) parameters(n *node, k *Kind) map[string]any {
	names := slices.Sorted(maps.Keys(k.Parameters))
	f, out := d.table(n, names...), map[string]any{}
	for _, name := range names {
		if value, given := f[name]; given {
			out[name] = readers[k.Parameters[name].Type](d, k.Parameters[name], k.Name+"."+name, value)
		}
	}
	return out
}

// suits reports a value of an enum that does not go with the modality of the clause.
func (d *decoder) suits(n *node, c *Clause, k *Kind) {
	for _, name := range slices.Sorted(maps.Keys(k.Parameters)) {
		value := c.Text(name)
		with, limited := k.Parameters[name].With[value]
		if limited && c.Modality != "" && !slices.Contains(with, c.Modality) {
			d.ps.add("E2015", n.at, i18n.F("条款 %[1]s：%[2]s 为 %[3]s 时刚性程度不能是 %[4]s，可选：%[5]s", "the clause %[1]s: with %[2]s %[3]s the modality cannot be %[4]s, but: %[5]s",
				c.ID, name, value, c.Modality, listed(with)))
		}
	}
}

// complete reports required parameters that are missing: at the table of parameters of the clause or row, or at itself.
func (d *decoder) complete(given map[string]any, owner *node, k *Kind) {
	at := owner.at
	if n := owner.get("parameters"); n != nil && n.shape == table {
		at = n.at
	}
	for _, name := range slices.Sorted(maps.Keys(k.Parameters)) {
		if _, ok := given[name]; !ok && k.Parameters[name].Required {
			d.ps.add("E2026", at, i18n.F("%[1]s 缺少参数 %[2]q（%[3]s）", "%[1]s lacks the parameter %[2]q (%[3]s)", k.Name, name, k.Parameters[name].Text))
		}
	}
	d.ordered(given, at)
}

// triple are the years of one threshold in their order: from which a move is allowed, possible, due.
var triple = []string{"min_years", "candidate_years", "must_years"}

// ordered reports years of one triple that contradict each other.
func (d *decoder) ordered(given map[string]any, at place) {
	lower := ""
	for _, name := range triple {
		months, ok := given[name].(int)
		if !ok {
			continue
		}
		if lower != "" && months < given[lower].(int) {
			d.ps.add("E2036", at, i18n.F("%[1]s 小于 %[2]s", "%[1]s lies below %[2]s", name, lower))
		}
		lower = name
	}
}

// maxYears bounds spans of years, such as a whole working life.
const maxYears = 100

// years reads years, also 1.5, in months. Years that are no whole number of months are faults.
func (d *decoder) years(n *node) int {
	hundredths := d.decimal(n, 2, maxYears)
	if hundredths*12%100 != 0 {
		d.ps.add("E2005", n.at, i18n.F("%s 年不是整月数", "%s years are no whole number of months", n.text))
	}
	return int(hundredths * 12 / 100)
}

// share reads a share of 0 to 100 %.
func (d *decoder) share(n *node) Ratio {
	w := d.text(n)
	r, ok := parseShare(w)
	switch {
	case n.shape != scalar:
		return Ratio{0, 1}
	case !ok:
		d.ps.add("E2005", n.at, i18n.F("%q 不是比例，应当写作 25%%、1/4 或者 0.25", "%q is not a share such as 25%%, 1/4 or 0.25", w))
		return Ratio{0, 1}
	case r.Num < 0 || r.Num > r.Den:
		d.ps.add("E2012", n.at, i18n.F("比例 %s 超出 0 至 100%%", "the share %s lies outside 0 to 100 %%", w))
		return Ratio{0, 1}
	}
	return r
}

// rows reads a list of rows; every row has every column, a blank cell is "".
func (d *decoder) rows(n *node, columns []string, columnCells map[string]cell) []Row {
	var out []Row
	for _, item := range d.shaped(n, list).items {
		f, row := d.table(item, columns...), Row{}
		for _, col := range columns {
			at := item.at
			if c, given := f[col]; given {
				row[col], at = d.text(c), c.at
			} else {
				row[col] = ""
			}
			if c := columnCells[col]; c.holds != nil && !c.holds(row[col]) {
				d.ps.add("E2005", at, i18n.F("%[1]s 列的 %[2]q 应当是%[3]s", "column %[1]s: %[2]q is not %[3]s", col, row[col], c.want))
			}
		}
		out = append(out, row)
	}
	return out
}

// Stated are the parameters as a file states them: years in years, shares as text.
func (c *Clause) Stated() map[string]any {
	out := map[string]any{}
	for name, v := range c.Params {
		switch v := v.(type) {
		case Ratio:
			out[name] = v.String()
		case int:
			out[name] = v
			if Kinds()[c.Kind].Parameters[name].Type == "years" {
				out[name] = float64(v) / 12
			}
		default:
			out[name] = v
		}
	}
	return out
}
