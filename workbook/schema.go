package workbook

import (
	"cadre/internal/i18n"
	"cadre/posting"
)

// Need says how much of a column has to be there.
type Need int8

const (
	Optional    Need = iota
	NeedsColumn      // the column must exist, its cells may be blank (blank means not known)
	NeedsValue       // every row must have a value
)

// Kind is how the text of a column's cells is read.
type Kind string

const (
	TextKind   Kind = "text"
	KeyKind    Kind = "key" // an id that other rows refer to
	MonthKind  Kind = "month"
	NumberKind Kind = "number"
	FlagKind   Kind = "yes/no"
	CodeKind   Kind = "code"
	ListKind   Kind = "list"
	RefKind    Kind = "id"
	RefsKind   Kind = "ids"
)

// Heading describes a column apart from the record type it belongs to.
type Heading struct {
	ID      string   // field id, the heading of CSV files that we write
	Zh      string   // Chinese heading, with its unit in brackets
	Aliases []string // further accepted headings, ids of the national data standard among them
	Need    Need
	Kind    Kind
	Words   []string // the code list, in order
	Refs    []string // tables whose ids may stand here
	OrWord  string   // a word accepted in place of an id (外地, *), "" none
	Secret  bool     // the cell's text is never repeated in a message
	About   i18n.Text
}

// Name is the heading in both languages, as messages cite it.
func (h *Heading) Name() i18n.Text { return i18n.T(bracketed.ReplaceAllString(h.Zh, ""), h.ID) }

// accepted lists all headings under which the column is found.
func (h *Heading) accepted() []string { return append([]string{h.Zh, h.ID}, h.Aliases...) }

// TableInfo describes a table apart from its record type.
type TableInfo struct {
	ID       string // csv file name without .csv
	Zh       string // sheet name
	Aliases  []string
	Required bool
	Open     bool // any further column is accepted in silence
	About    i18n.Text
}

// column is a heading with the way from cell to record and back. A blank cell calls nothing: the record keeps what
// the table's fresh function gave it.
type column[T any] struct {
	Heading
	set func(*T, string) *fault // reads a folded, non-blank text
	get func(*T) string         // the text that set reads back; "" for blank
	ids func(*T) []string       // what the record refers to through this column

	month func(*T) posting.Month // the value of a month column
	past  bool                   // it cannot lie after the plan date
}

// table is the declaration of one table of records T.
type table[T any] struct {
	TableInfo
	columns []column[T]
	fresh   func() T                             // a record of blanks
	finish  func(r *T, has func(id string) bool) // fills what blanks stand for; nil: nothing
	record  bool                                 // rows are kept from round to round, and outlive the people and posts that they name
}

// fault is what is wrong with one value.
type fault struct {
	code string
	text i18n.Text
}

func (c column[T]) alias(names ...string) column[T] { c.Aliases = names; return c }
func (c column[T]) say(zh, en string) column[T]     { c.About = i18n.T(zh, en); return c }
func (c column[T]) present() column[T]              { c.Need = NeedsColumn; return c }
func (c column[T]) filled() column[T]               { c.Need = NeedsValue; return c }
func (c column[T]) ago() column[T]                  { c.past = true; return c }
func (c column[T]) private() column[T]              { c.Secret = true; return c }

// or names a word that may stand in place of an id.
func (c column[T]) or(word string) column[T] { c.OrWord = word; return c }

// headings lists the columns without their record type.
func (t *table[T]) headings() []Heading {
	out := make([]Heading, len(t.columns))
	for i := range t.columns {
		out[i] = t.columns[i].Heading
	}
	return out
}
