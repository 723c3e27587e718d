package workbook

import (
	"crypto/sha256"
	"slices"
	"strings"
	"unicode"

	"cadre/internal/i18n"
)

// headingDepth is how far down a sheet the row of headings may stand, below titles and notes.
const headingDepth = 5

// records are the rows of one table with the places they were read from.
type records[T any] struct {
	table table[T]
	sheet *sheet         // nil: the input has no such table
	items []T            // in the order of the source
	rows  []int          // row number of each item
	cols  map[string]int // column number by field id
}

// cell is the place of an item's value.
func (r *records[T]) cell(i int, id string) place { return r.sheet.at(r.rows[i], r.cols[id]) }

// readTable decodes a sheet row by row. Exact repetitions of a row are reported and left out.
func readTable[T any](t table[T], s *sheet, ps *Problems) *records[T] {
	r := &records[T]{table: t, sheet: s, cols: map[string]int{}}
	if s == nil || s.refused {
		return r
	}
	known := r.fields()
	top := s.headingRow(func(key string) bool { return known[key] != nil })
	if top < 0 {
		if t.Required || len(s.rows) > 0 {
			ps.add("E1103", s.at(0, 0), i18n.F("前 %d 行中没有列名；必需的列：%s", "has no headings in its first %d rows; required columns: %s",
				s.depth(), strings.Join(r.requiredHeadings(), "、")))
		}
		return r
	}
	r.bind(s.rows[top], known, ps)
	heads := headed(s.rows[top])
	seen := map[[sha256.Size]byte]int{}
	for _, row := range s.rows[top+1:] {
		sum := rowSum(row)
		if first, ok := seen[sum]; ok {
			ps.add("E1401", s.at(row.n, 0), i18n.F("与第 %[1]d 行完全重复；请删去其中一行", "repeats row %[1]d exactly; delete one of them", first))
			continue
		}
		seen[sum] = row.n
		r.reportStray(row, heads, ps)
		r.items = append(r.items, r.decode(row, ps))
		r.rows = append(r.rows, row.n)
	}
	if t.Required && !t.Open && len(r.items) == 0 { // an open table is a plan: without rows, nobody moves
		ps.add("E1104", s.at(0, 0), i18n.T("只有列名，没有数据行", "has headings but no rows"))
	}
	return r
}

func rowSum(r row) [sha256.Size]byte {
	cells := make([]string, len(r.cells))
	for i, c := range r.cells {
		cells[i] = strings.TrimSpace(c)
	}
	return sha256.Sum256([]byte(strings.TrimRight(strings.Join(cells, "\x1f"), "\x1f")))
}

func (r *records[T]) requiredHeadings() []string {
	var out []string
	for _, c := range r.table.columns {
		if c.Need != Optional {
			out = append(out, c.Zh)
		}
	}
	return out
}

// headingRow is the position of the row that holds the most known headings, the last of equals (merged headings repeat
// downwards), -1 where none holds any. In a CSV file it is the first row.
func (s *sheet) headingRow(known func(key string) bool) int {
	best, most := -1, 0
	for i, row := range s.rows[:min(s.depth(), len(s.rows))] {
		n := 0
		for _, c := range row.cells {
			if known(headingKey(c)) {
				n++
			}
		}
		if n > 0 && n >= most {
			best, most = i, n
		}
	}
	return best
}

// depth is the number of rows among which the headings are looked for.
func (s *sheet) depth() int {
	if s.title {
		return headingDepth
	}
	return 1
}

// fields maps the keys of all accepted headings to their columns.
func (r *records[T]) fields() map[string]*column[T] {
	known := map[string]*column[T]{}
	for i := range r.table.columns {
		for _, name := range r.table.columns[i].accepted() {
			known[headingKey(name)] = &r.table.columns[i]
		}
	}
	return known
}

// bind finds the column of each heading and reports unknown, doubled and missing ones.
func (r *records[T]) bind(top row, known map[string]*column[T], ps *Problems) {
	for i, cell := range top.cells {
		key := headingKey(cell)
		if key == "" {
			continue
		}
		c := known[key]
		switch {
		case c == nil:
			r.unknownHeading(top.n, i+1, cell, ps)
		case r.cols[c.ID] != 0:
			ps.add("E1102", r.sheet.at(top.n, i+1), i18n.F("列 %s 在 %s 列已经有了；请只留一列", "column %s stands in column %s already; keep one",
				c.Name(), columnName(r.cols[c.ID])))
		default:
			r.cols[c.ID] = i + 1
		}
	}
	for _, c := range r.table.columns {
		if c.Need != Optional && r.cols[c.ID] == 0 {
			ps.add("E1101", r.sheet.at(top.n, 0), i18n.F("缺少必需的列 %s；可用的列名：%s", "required column %s is missing; accepted headings: %s",
				c.Name(), strings.Join(c.accepted(), "、")))
		}
	}
}

func (r *records[T]) unknownHeading(row, col int, cell string, ps *Problems) {
	if r.table.Open || ps.full() {
		return
	}
	var names []string
	for _, c := range r.table.columns {
		names = append(names, c.accepted()...)
	}
	text := i18n.F("未识别的列 %s，不读取", "column %s is not known and not read", quote(cell))
	if n := nearest(cell, names); n != "" {
		text = i18n.F("%s；最接近的列名是 %s", "%s; did you mean %s?", text, n)
	}
	ps.add("W1101", r.sheet.at(row, col), text)
}

// headed tells of each column whether it has a heading.
func headed(top row) []bool {
	out := make([]bool, len(top.cells))
	for i, cell := range top.cells {
		out[i] = headingKey(cell) != ""
	}
	return out
}

func (r *records[T]) reportStray(row row, headed []bool, ps *Problems) {
	for i, cell := range row.cells {
		if stray := i >= len(headed) || !headed[i]; stray && !r.table.Open && strings.TrimSpace(cell) != "" {
			ps.add("W1102", r.sheet.at(row.n, i+1), i18n.T("单元格上方没有列名，不读取", "stands under no heading and is not read"))
			return
		}
	}
}

func (r *records[T]) decode(row row, ps *Problems) T {
	rec := r.table.fresh()
	present := map[string]bool{}
	for i := range r.table.columns {
		c := &r.table.columns[i]
		col := r.cols[c.ID]
		if col == 0 {
			continue
		}
		value := ""
		if col <= len(row.cells) {
			value = c.clean(row.cells[col-1])
		}
		present[c.ID] = value != ""
		c.read(&rec, value, r.sheet.at(row.n, col), ps)
	}
	if r.table.finish != nil {
		r.table.finish(&rec, func(id string) bool { return present[id] })
	}
	return rec
}

// clean trims a cell; where wording does not matter it folds full-width forms too.
func (c *column[T]) clean(s string) string {
	switch c.Kind {
	case TextKind:
		return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
	case ListKind:
		return strings.TrimSpace(s)
	}
	return fold(s)
}

// cellErrors are what a formula shows that could not be computed.
var cellErrors = []string{"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}

func (c *column[T]) read(rec *T, value string, at place, ps *Problems) {
	if value == "" {
		if c.Need == NeedsValue {
			ps.add("E1201", at, i18n.F("%s 不能为空", "%s must not be blank", c.Name()))
		}
		return
	}
	if slices.Contains(cellErrors, value) {
		ps.add("E1210", at, i18n.F("%s 的公式出错：%s", "%s holds a formula that failed: %s", c.Name(), value))
		return
	}
	f := c.set(rec, value)
	if f == nil {
		return
	}
	if c.Secret {
		ps.add(f.code, at, i18n.F("%s 的内容%s", "%s: its content %s", c.Name(), f.text))
		return
	}
	ps.add(f.code, at, i18n.F("%s %s %s", "%s %s %s", c.Name(), quote(value), f.text))
}
