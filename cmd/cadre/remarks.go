package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"cadre/internal/i18n"
	"cadre/mip"
)

// mostNamed is how many names one remark lists; the rest is counted.
const mostNamed = 5

// remark prints what of a model is legal and mostly a slip: no columns, columns in no row, bounds of integer columns that
// are none, columns and rows that exclude themselves, numbers that no solver keeps.
func remark(w io.Writer, m *mip.Model, lang i18n.Lang) {
	warn := func(text i18n.Text, names []string) {
		if len(names) > 0 {
			fmt.Fprintln(w, "warning:", i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", text, listed(names)).In(lang))
		}
	}
	if len(m.Columns) == 0 {
		fmt.Fprintln(w, "warning:", i18n.T("模型没有变量", "the model has no columns").In(lang))
	}
	remarkRounded(w, m, lang)
	used := inRow(m)
	warn(i18n.T("不在任何约束中的变量", "columns in no row"), pick(m, func(j int, _ *mip.Column) bool { return !used[j] }))
	warn(i18n.T("整数变量的界不是整数，向内取整", "integer columns with fractional bounds, which count as rounded inwards"),
		pick(m, func(_ int, c *mip.Column) bool { return c.Integer && (fractional(c.Lower) || fractional(c.Upper)) }))
	warn(i18n.T("上下界之间没有任何值的变量", "columns with no value between their bounds"), pick(m, func(_ int, c *mip.Column) bool { return impossible(c) }))
	warn(i18n.T("没有任何项却不成立的约束", "rows without terms that do not hold"), emptyRows(m))
	warn(i18n.F("数值超过 %[1]g，或系数相差超过 %[1]g 倍，浮点计算不可靠的约束和目标", "rows and objectives with numbers above %[1]g, or with coefficients that differ by more than that factor, which no floating-point solver keeps", tooFar), tooWide(m))
}

// remarkRounded prints that numbers of the file have more digits than are kept: what is solved and certified is the model with the numbers that they were
// read as.
func remarkRounded(w io.Writer, m *mip.Model, lang i18n.Lang) {
	if r := m.Rounded; r.Count > 0 {
		fmt.Fprintln(w, "warning:", i18n.F("位数超过浮点数所能保留的数，按读作的数计算：%[1]d 个，第一个在第 %[2]d 行：%.40[3]s 读作 %[4]s",
			"numbers with more digits than floating point keeps, which count as what they are read as: %[1]d, the first on line %[2]d: %.40[3]s is read as %[4]s", r.Count, r.Line, r.Text, plain(r.Value)).In(lang))
	}
}

// tooFar: numbers have 16 digits, and solvers keep a row within 1e-6 or more of its largest term; what is smaller by a factor of 1e12 or
// more lies below what a few thousand operations leave of the last digits.
const tooFar = 1e12

// tooWide names the rows and objectives with numbers too far apart, or too large.
func tooWide(m *mip.Model) []string {
	var out []string
	look := func(name string, terms []mip.Term, sides ...float64) {
		least, most, side := math.Inf(1), 0.0, 0.0
		for _, t := range terms {
			if v := math.Abs(t.Coef); v > 0 {
				least, most = math.Min(least, v), math.Max(most, v)
			}
		}
		for _, v := range sides {
			if !math.IsInf(v, 0) {
				side = math.Max(side, math.Abs(v))
			}
		}
		if most > tooFar || side > tooFar || most > tooFar*least {
			out = append(out, name)
		}
	}
	for k := range m.Levels {
		look(m.Levels[k].Name, m.Levels[k].Terms)
	}
	for i := range m.Rows {
		look(m.Rows[i].Name, m.Rows[i].Terms, m.Rows[i].Lower, m.Rows[i].Upper)
	}
	return out
}

// pick names the columns that keep accepts.
func pick(m *mip.Model, keep func(j int, c *mip.Column) bool) []string {
	var out []string
	for j := range m.Columns {
		if keep(j, &m.Columns[j]) {
			out = append(out, m.Columns[j].Name)
		}
	}
	return out
}

func inRow(m *mip.Model) []bool {
	out := make([]bool, len(m.Columns))
	for i := range m.Rows {
		for _, t := range m.Rows[i].Terms {
			out[t.Col] = true
		}
	}
	return out
}

func fractional(v float64) bool { return !math.IsInf(v, 0) && v != math.Trunc(v) }

func impossible(c *mip.Column) bool {
	return c.Lower > c.Upper || c.Integer && math.Ceil(c.Lower) > math.Floor(c.Upper)
}

func emptyRows(m *mip.Model) []string {
	var out []string
	for i := range m.Rows {
		if r := &m.Rows[i]; len(r.Terms) == 0 && (r.Lower > 0 || r.Upper < 0) {
			out = append(out, r.Name)
		}
	}
	return out
}

// listed is a list of names, shortened.
func listed(names []string) i18n.Text {
	if more := len(names) - mostNamed; more > 0 {
		head := strings.Join(names[:mostNamed], ", ")
		return i18n.F("%[1]s 等 %[2]d 个", "%[1]s and %[3]d more", head, len(names), more)
	}
	all := strings.Join(names, ", ")
	return i18n.T(all, all)
}

// lowering names the columns without a bound on the side that lowers the last level: why it may fall for ever.
func lowering(m *mip.Model) []string {
	if len(m.Levels) == 0 {
		return nil
	}
	var out []string
	for _, t := range m.Levels[len(m.Levels)-1].Terms {
		if c := &m.Columns[t.Col]; t.Coef > 0 && math.IsInf(c.Lower, -1) || t.Coef < 0 && math.IsInf(c.Upper, 1) {
			out = append(out, c.Name)
		}
	}
	return out
}
