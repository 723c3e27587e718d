package report

import (
	"cadre/internal/i18n"
)

// table is a sheet of the workbook and a table of the page: the same rows on both papers.
type table struct {
	id      string // anchor on the page
	name    string // of the sheet, and heading on the page
	note    string // one line above the table, "" none
	columns []column
	rows    []row
	shades  map[int]bool // columns whose cells are coloured by what is chosen in them
}

type column struct {
	head  string
	width int      // characters of half width, as spreadsheets count them
	open  bool     // may be written in although the sheet is locked
	words []string // drop-down
}

// row is a line of cells, each a string or a number.
type row struct {
	cells []any
	tone  tone
}

// tone is the colour of a row.
type tone int

const (
	plain   tone = iota
	moving       // people who move
	coming       // arrivals
	leaving      // people who leave
	alarm        // what is short or not placed
	tones
)

func (t *table) add(tn tone, cells ...any) { t.rows = append(t.rows, row{cells, tn}) }

// col is a column of a table under construction.
type col struct {
	head  i18n.Text
	width int
}

func (p *papers) table(id string, name i18n.Text, cols ...col) *table {
	t := &table{id: id, name: p.say(name)}
	for _, c := range cols {
		t.columns = append(t.columns, column{head: p.say(c.head), width: c.width})
	}
	return t
}

// Columns that several tables have.
var (
	colID     = col{i18n.T("编号", "id"), 10}
	colName   = col{i18n.T("姓名", "name"), 10}
	colPost   = col{i18n.T("现任职务", "present post"), 28}
	colTo     = col{i18n.T("拟任职务", "proposed post"), 28}
	colLevel  = col{i18n.T("职务层次", "level"), 13}
	colTenure = col{i18n.T("任现职年限", "time in post"), 14}
	colAge    = col{i18n.T("年龄", "age"), 7}
	colUnit   = col{i18n.T("单位", "unit"), 24}
	colClause = col{i18n.T("依据条款", "clauses"), 44}
	colNote   = col{i18n.T("备注", "remarks"), 24}
)
