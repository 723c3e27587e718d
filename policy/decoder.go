package policy

import (
	"slices"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// decoder turns nodes into values. Every fault is recorded in ps, and a harmless value stands in, so that one fault
// hides no other.
type decoder struct{ ps *Problems }

// table reads a table by its keys: keys that are unknown or stand twice are faults. A key without a value counts as
// not given, which is how an override takes back what it inherits.
func (d *decoder) table(n *node, known ...string) map[string]*node {
	out, seen := map[string]*node{}, map[string]bool{}
	for _, p := range d.shaped(n, table).pairs {
		key := p.key.text
		switch {
		case seen[key]:
			d.ps.add("E2007", p.key.at, i18n.F("键名 %q 重复", "the key %q stands twice", key))
		case !slices.Contains(known, key):
			d.ps.add("E2002", p.key.at, i18n.F("没有键名 %[1]q", "there is no key %[1]q", key), suggestion(key, known))
		case p.value.shape != blank:
			out[key] = p.value
		}
		seen[key] = true
	}
	return out
}

// must finds a required key; where it is missing, the fault stands at the table and a blank takes its place.
func (d *decoder) must(f map[string]*node, owner *node, key string) *node {
	if n, ok := f[key]; ok {
		return n
	}
	d.ps.add("E2003", owner.at, i18n.F("缺少 %q", "%q is missing", key))
	return &node{at: owner.at}
}

// shaped returns the node where it has the shape, else an empty node of that shape. A blank is an empty table or
// list, and has been reported where one was required.
func (d *decoder) shaped(n *node, want shape) *node {
	if n == nil || n.shape == blank {
		return &node{shape: want}
	}
	if n.shape != want {
		d.ps.add("E2004", n.at, i18n.F("应当是%[1]s，实际是%[2]s", "want %[1]s, found %[2]s", shapeNames[want], shapeNames[n.shape]))
		return &node{shape: want, at: n.at}
	}
	return n
}

// text reads a single value, "" where blank or faulty.
func (d *decoder) text(n *node) string { return d.shaped(n, scalar).text }

// texts reads a text in both languages: a table of zh and en, or one value for both.
func (d *decoder) texts(n *node) i18n.Text {
	if n != nil && n.shape == scalar {
		return i18n.T(n.text, n.text)
	}
	f := d.table(n, "zh", "en")
	return i18n.T(d.text(f["zh"]), d.text(f["en"]))
}

// word reads one of the allowed words; no list allows any.
func (d *decoder) word(n *node, allowed []string) string {
	w := d.text(n)
	if n == nil || n.shape != scalar || len(allowed) == 0 || slices.Contains(allowed, w) {
		return w
	}
	d.ps.add("E2006", n.at, i18n.F("%[1]q 不在可选值之内：%[2]s", "%[1]q is none of: %[2]s", w, listed(allowed)), suggestion(w, allowed))
	return ""
}

// items are the values of a list, none of them blank; a single value is a list of one.
func (d *decoder) items(n *node) []*node {
	if n != nil && n.shape == scalar {
		return []*node{n}
	}
	items := d.shaped(n, list).items
	for _, item := range items {
		if item.shape == blank {
			d.ps.add("E2004", item.at, i18n.T("列表中有空值", "the list holds an empty value"))
		}
	}
	return items
}

// words reads a list of allowed words, none twice; a single value is a list of one.
func (d *decoder) words(n *node, allowed []string) []string {
	var out []string
	for _, item := range d.items(n) {
		if w := d.word(item, allowed); d.isNew(item, slices.Contains(out, w)) && w != "" {
			out = append(out, w)
		}
	}
	return out
}

// numbers reads a list of whole numbers of least..most, none twice.
func (d *decoder) numbers(n *node, least, most int) []int {
	var out []int
	for _, item := range d.items(n) {
		before := len(d.ps.List)
		if i := d.number(item, least, most); item.shape == scalar && len(d.ps.List) == before && d.isNew(item, slices.Contains(out, i)) {
			out = append(out, i)
		}
	}
	return out
}

// isNew reports a value that stands twice in a list.
func (d *decoder) isNew(n *node, twice bool) bool {
	if twice {
		d.ps.add("E2007", n.at, i18n.F("%q 在列表中重复", "%q stands twice in the list", n.text))
	}
	return !twice
}

var yes, no = []string{"yes", "true", "是"}, []string{"no", "false", "否"}

// flag reads yes or no, false where blank.
func (d *decoder) flag(n *node) bool {
	w := d.text(n)
	if n != nil && n.shape == scalar && !slices.Contains(yes, w) && !slices.Contains(no, w) {
		d.ps.add("E2005", n.at, i18n.F("%q 不是 yes 或者 no", "%q is neither yes nor no", w))
	}
	return slices.Contains(yes, w)
}

// number reads a whole number of least..most.
func (d *decoder) number(n *node, least, most int) int {
	if n == nil || n.shape == blank {
		return least
	}
	w := d.text(n)
	i, err := strconv.Atoi(w)
	switch {
	case n.shape != scalar:
		return least
	case err != nil:
		d.ps.add("E2005", n.at, i18n.F("%q 不是整数", "%q is not a whole number", w))
		return least
	case i < least || i > most:
		d.ps.add("E2011", n.at, i18n.F("%[1]d 超出范围 %[2]d 至 %[3]d", "%[1]d lies outside %[2]d to %[3]d", i, least, most))
		return least
	}
	return i
}

// decimal reads a number of the given exact decimal places as a whole number of its last place, of 0..most.
func (d *decoder) decimal(n *node, places int, most int64) int64 {
	w := d.text(n)
	if n == nil || n.shape != scalar {
		return 0
	}
	r, ok := parseShare(w)
	if !ok || strings.ContainsAny(w, "%/") {
		d.ps.add("E2005", n.at, i18n.F("%q 不是数字", "%q is not a number", w))
		return 0
	}
	scale := int64(1)
	for range places {
		scale *= 10
	}
	switch {
	case r.Num < 0 || r.Num > most*r.Den:
		d.ps.add("E2011", n.at, i18n.F("%[1]s 超出范围 0 至 %[2]d", "%[1]s lies outside 0 to %[2]d", w, most))
		return 0
	case scale%r.Den != 0:
		d.ps.add("E2005", n.at, i18n.F("%[1]s 的小数位超过 %[2]d 位", "%[1]s has more than %[2]d decimal places", w, places))
		return 0
	}
	return r.Num * (scale / r.Den)
}

// month reads 2026-01, not known where blank.
func (d *decoder) month(n *node) posting.Month {
	var m posting.Month
	if w := d.text(n); w != "" && !validMonth(w, &m) {
		d.ps.add("E2005", n.at, i18n.F("%q 不是年月，应当写作 2026-01", "%q is not a month of the form 2026-01", w))
	}
	return m
}

// validMonth is stricter than UnmarshalText: the form 2026-01 alone, of the years in which cadres live.
func validMonth(w string, m *posting.Month) bool {
	if len(w) != len("2026-01") || m.UnmarshalText([]byte(w)) != nil || m.String() != w {
		*m = 0
		return false
	}
	return m.Year() >= 1900
}
