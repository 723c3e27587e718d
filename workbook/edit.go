package workbook

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// Action is what an edit does to a row.
type Action string

const (
	SetRow  Action = "set"  // the row is there: some of its cells change
	AddRow  Action = "add"  // the row is not there yet
	PutRow  Action = "put"  // set where the row is there, else add
	DropRow Action = "drop" // the row is deleted
)

// Edit is a change of the tables as somebody would make it in the workbook: cells of one row, by headings. What it says
// is read and checked like every other cell, and told with its own place where it is wrong.
type Edit struct {
	Table  string // id, name or alias
	Action Action
	Key    string // of the row, in the table's key column
	Like   string // of a row whose cells a new row takes over, "" none
	Cells  []Cell
	Where  string // place of the edit itself
}

// Cell is one value of an edit. A value that begins with + or - changes a number by that much, and adds to a list.
type Cell struct{ Field, Value, Where string }

// keyColumns name the column by which a row is found. Tables that are not listed can only be added to.
var keyColumns = map[string]string{"cadres": "id", "arrivals": "id", "posts": "id", "units": "id", "places": "id", "departures": "cadre", "exceptions": "no", "previous": "cadre"}

// Edited is Read after edits, made one after another, with the cells where values stand then (see Where). The files are
// read once and never changed: many goroutines may ask. The hash is that of the edited content, as if the files had been
// edited.
func (s *Source) Edited(edits []Edit, o Options) (*posting.Instance, policy.Places, *Problems, error) {
	ps := &Problems{}
	found, err := s.open(ps)
	if err != nil {
		return nil, nil, nil, err
	}
	e := editor{shelf: found, sheets: map[string]*sheet{}, keys: map[string]map[string]int{}, ps: ps}
	for i := range edits {
		e.edit(&edits[i])
	}
	in, d := s.decode(e.edited(), o, ps)
	return in, whereIn(d.spots()), ps, nil
}

// editor makes edits on copies of the sheets that they touch.
type editor struct {
	shelf  *shelf
	sheets map[string]*sheet         // copies, by table id
	keys   map[string]map[string]int // by table id: positions of rows by their keys, as far as known
	ps     *Problems
}

// edited is the shelf with the copies in place.
func (e *editor) edited() *shelf {
	out := &shelf{tables: e.shelf.tables, sheets: map[string]*sheet{}}
	for id, s := range e.shelf.sheets {
		out.sheets[id] = s
	}
	for id, s := range e.sheets {
		out.sheets[id] = s
	}
	return out
}

func (e *editor) edit(x *Edit) {
	rank := e.shelf.rank(x.Table)
	if rank < 0 {
		e.ps.add("E1801", place{name: x.Where}, e.unknownTable(x.Table))
		return
	}
	doc := &e.shelf.tables[rank]
	t := editedTable{editor: e, doc: doc, sheet: e.open(doc, rank), known: headingsOf(doc)}
	if t.top = t.sheet.headingRow(func(key string) bool { return t.known[key] != nil }); t.top < 0 {
		return // reported when the table is read
	}
	t.apply(x)
}

func (e *editor) unknownTable(name string) i18n.Text {
	var names []string
	for _, t := range e.shelf.tables {
		names = append(names, t.names()...)
	}
	text := i18n.F("没有表 %s", "there is no table %s", quote(name))
	if n := nearest(name, names); n != "" {
		text = i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", text, n)
	}
	return text
}

// open is the copy of a table's sheet; a table that the input lacks begins with its key column.
func (e *editor) open(doc *TableDoc, rank int) *sheet {
	if s := e.sheets[doc.ID]; s != nil {
		return s
	}
	s := &sheet{name: doc.Zh, rank: rank, rows: []row{{n: 1, cells: []string{doc.Columns[0].ID}}}}
	if old := e.shelf.sheets[doc.ID]; old != nil {
		c := *old
		s = &c
		s.rows = slices.Clone(old.rows)
	}
	s.edited = map[[2]int]string{}
	e.sheets[doc.ID] = s
	return s
}

// headingsOf finds columns by the keys of all their accepted headings.
func headingsOf(doc *TableDoc) map[string]*Heading {
	known := map[string]*Heading{}
	for i := range doc.Columns {
		for _, name := range doc.Columns[i].accepted() {
			known[headingKey(name)] = &doc.Columns[i]
		}
	}
	return known
}

// editedTable is one sheet while an edit is made in it.
type editedTable struct {
	*editor
	doc   *TableDoc
	sheet *sheet
	known map[string]*Heading
	top   int // position of the row of headings
}

func (t *editedTable) apply(x *Edit) {
	at := place{name: x.Where}
	i := t.find(x.Key)
	switch {
	case keyColumns[t.doc.ID] == "" && x.Action != AddRow:
		t.ps.add("E1803", at, i18n.F("%s 表没有编号列，只能增加行", "rows of %[2]s have no key and can only be added", t.doc.Zh, t.doc.ID))
	case i < 0 && (x.Action == SetRow || x.Action == DropRow):
		t.unknownKey(at, x.Key)
	case i >= 0 && x.Action == AddRow:
		t.ps.add("E1804", at, i18n.F("%[1]s 表中已有 %[3]s", "%[2]s has a row %[3]s already", t.doc.Zh, t.doc.ID, quote(x.Key)))
	case x.Action == DropRow:
		t.sheet.rows = slices.Delete(t.sheet.rows, i, i+1)
		delete(t.keys, t.doc.ID) // positions have shifted
	case i < 0:
		t.fill(t.add(x), x.Cells)
	default:
		t.fill(i, x.Cells)
	}
}

// find is the position of the row with a key, the first of them; -1 where there is none.
func (t *editedTable) find(key string) int {
	col := t.column(keyColumns[t.doc.ID])
	if col < 0 || key == "" {
		return -1
	}
	rows := t.keys[t.doc.ID]
	if rows == nil {
		rows = map[string]int{}
		for i := len(t.sheet.rows) - 1; i > t.top; i-- {
			rows[fold(t.text(i, col))] = i
		}
		t.keys[t.doc.ID] = rows
	}
	if i, ok := rows[key]; ok {
		return i
	}
	return -1
}

// column is the position of a field's column, -1 where the sheet has none.
func (t *editedTable) column(id string) int {
	return slices.IndexFunc(t.sheet.rows[t.top].cells, func(c string) bool {
		h := t.known[headingKey(c)]
		return h != nil && h.ID == id
	})
}

// add appends a row with its key, a copy of another where the edit names one, and returns its position.
func (t *editedTable) add(x *Edit) int {
	last := t.sheet.rows[len(t.sheet.rows)-1]
	r := row{n: last.n + 1}
	if x.Like != "" {
		if i := t.find(x.Like); i >= 0 {
			r.cells = slices.Clone(t.sheet.rows[i].cells)
		} else {
			t.unknownKey(place{name: x.Where}, x.Like)
		}
	}
	t.sheet.edited[[2]int{r.n, 0}] = x.Where
	t.sheet.rows = append(t.sheet.rows, r)
	at := len(t.sheet.rows) - 1
	if rows := t.keys[t.doc.ID]; rows != nil {
		rows[x.Key] = at
	}
	if col := t.column("order"); x.Like != "" && col >= 0 { // a place of its own, behind all others
		t.put(at, col, "", x.Where)
	}
	if key := keyColumns[t.doc.ID]; key != "" {
		t.fill(at, []Cell{{key, x.Key, x.Where}})
	}
	return at
}

func (t *editedTable) fill(i int, cells []Cell) {
	for _, c := range cells {
		h := t.known[headingKey(c.Field)]
		if h == nil {
			t.unknownField(c)
			continue
		}
		col := t.column(h.ID)
		if col < 0 {
			col = t.widen(h)
		}
		value, ok := relative(h, t.text(i, col), c.Value)
		if !ok {
			t.ps.add("E1805", place{name: c.Where}, i18n.F("%[1]s 现在没有数值，不能写 %[2]s", "%[1]s has no number now that %[2]s could change", h.Name(), c.Value))
			continue
		}
		t.put(i, col, value, c.Where)
	}
}

// widen adds a column to the headings.
func (t *editedTable) widen(h *Heading) int {
	r := &t.sheet.rows[t.top]
	width := 0
	for _, s := range t.sheet.rows {
		width = max(width, len(s.cells))
	}
	cells := make([]string, width+1)
	copy(cells, r.cells)
	cells[width] = h.ID
	r.cells = cells
	return width
}

func (t *editedTable) text(i, col int) string {
	if cells := t.sheet.rows[i].cells; col < len(cells) {
		return strings.TrimSpace(cells[col])
	}
	return ""
}

// put writes a cell of a copied row.
func (t *editedTable) put(i, col int, value, where string) {
	r := &t.sheet.rows[i]
	cells := make([]string, max(len(r.cells), col+1))
	copy(cells, r.cells)
	cells[col] = value
	r.cells = cells
	t.sheet.edited[[2]int{r.n, col + 1}] = where
}

// relative is the new text of a cell: the value itself, or the present number changed by it, or the present list with
// it at the end.
func relative(h *Heading, now, value string) (string, bool) {
	sign := strings.HasPrefix(value, "+") || strings.HasPrefix(value, "-")
	switch {
	case sign && h.Kind == NumberKind:
		a, err := strconv.Atoi(fold(now))
		b, err2 := strconv.Atoi(value)
		return strconv.Itoa(a + b), err == nil && err2 == nil
	case strings.HasPrefix(value, "+") && (h.Kind == ListKind || h.Kind == RefsKind):
		return strings.TrimPrefix(now+"；"+value[1:], "；"), true
	}
	return value, true
}

func (t *editedTable) unknownKey(at place, key string) {
	var keys []string
	col := t.column(keyColumns[t.doc.ID])
	for i := t.top + 1; i < len(t.sheet.rows) && col >= 0; i++ {
		keys = append(keys, fold(t.text(i, col)))
	}
	text := i18n.F("%[1]s 表中没有 %[3]s", "%[2]s has no row %[3]s", t.doc.Zh, t.doc.ID, quote(key))
	if n := nearest(key, keys); n != "" {
		text = i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", text, n)
	}
	t.ps.add("E1803", at, text)
}

func (t *editedTable) unknownField(c Cell) {
	var names []string
	for _, h := range t.doc.Columns {
		names = append(names, h.accepted()...)
	}
	text := i18n.F("%[1]s 表没有列 %[3]s", "%[2]s has no column %[3]s", t.doc.Zh, t.doc.ID, quote(c.Field))
	if n := nearest(c.Field, names); n != "" {
		text = i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", text, n)
	}
	t.ps.add("E1802", place{name: c.Where}, text)
}

// editCodes are the codes of faults in edits.
func editCodes() []Code {
	return []Code{
		{"E1801", i18n.T("没有这张表", "no such table"),
			i18n.T("情景要修改的表不存在。", "A scenario changes a table that does not exist."), i18n.T("改用提示的表名。", "Use the name that is suggested.")},
		{"E1802", i18n.T("没有这一列", "no such column"),
			i18n.T("情景要修改的列不存在。", "A scenario changes a column that does not exist."), i18n.T("改用提示的列名。", "Use the heading that is suggested.")},
		{"E1803", i18n.T("没有这一行", "no such row"),
			i18n.T("情景要修改的干部、岗位等不在表中。", "A scenario changes a cadre, post or other row that is not in the table."), i18n.T("改正编号。", "Mend the id.")},
		{"E1804", i18n.T("该行已经存在", "the row is there already"),
			i18n.T("情景要增加的编号已在表中。", "A scenario adds a row whose id is in the table."), i18n.T("换一个编号，或者改为修改。", "Use another id, or set the row instead.")},
		{"E1805", i18n.T("没有可以增减的数值", "no number to change"),
			i18n.T("写了 +4 之类的增减，而该格现在是空白。", "A change such as +4 meets a blank cell."), i18n.T("直接写新的数值。", "Write the new number itself.")},
		{"E1806", i18n.T("没有情景工作表", "no sheet of scenarios"),
			i18n.T("工作簿里没有 情景 工作表。", "The workbook has no sheet 情景."), i18n.T("补上该表，或者改用 YAML 文件。", "Add the sheet, or use a YAML file.")},
	}
}

// KeyColumn is the field by which rows of a table are found, "" where there is none or no such table.
func KeyColumn(table string) string {
	s := newShelf()
	if rank := s.rank(table); rank >= 0 {
		return keyColumns[s.tables[rank].ID]
	}
	return ""
}

// SameHeading tells whether a heading of a table stands for a field.
func SameHeading(table, heading, field string) bool {
	s := newShelf()
	rank := s.rank(table)
	if rank < 0 {
		return false
	}
	h := headingsOf(&s.tables[rank])[headingKey(heading)]
	return h != nil && h.ID == field
}

// TableName is the name of a table, FieldName that of one of its columns, as people know them; "" where there is none.
func TableName(table string) i18n.Text {
	s := newShelf()
	if rank := s.rank(table); rank >= 0 {
		return i18n.T(s.tables[rank].Zh, s.tables[rank].ID)
	}
	return i18n.Text{}
}

// FieldName: see TableName.
func FieldName(table, heading string) i18n.Text {
	s := newShelf()
	if rank := s.rank(table); rank >= 0 {
		if h := headingsOf(&s.tables[rank])[headingKey(heading)]; h != nil {
			return h.Name()
		}
	}
	return i18n.Text{}
}

// IsTable tells whether a path names a workbook or a CSV file.
func IsTable(path string) bool { return isBook(path) || strings.EqualFold(filepath.Ext(path), ".csv") }
