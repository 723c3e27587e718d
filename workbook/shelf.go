package workbook

import (
	"slices"

	"cadre/internal/i18n"
)

// shelf holds the tables found in an input.
type shelf struct {
	tables []TableDoc        // all that there may be
	sheets map[string]*sheet // found, by table id
}

func newShelf() *shelf { return &shelf{Tables(), map[string]*sheet{}} }

// refusedShelf has every required table, none of them to be read: nothing more is said about them.
func refusedShelf() *shelf {
	s := newShelf()
	for rank, t := range s.tables {
		if t.Required {
			s.sheets[t.ID] = &sheet{name: t.ID, rank: rank, refused: true}
		}
	}
	return s
}

// names are all accepted names of a table.
func (t *TableInfo) names() []string { return append([]string{t.Zh, t.ID}, t.Aliases...) }

// rank is the position of the table that a sheet or file name stands for, -1 for none.
func (s *shelf) rank(name string) int {
	key := headingKey(name)
	return slices.IndexFunc(s.tables, func(t TableDoc) bool {
		return slices.ContainsFunc(t.names(), func(n string) bool { return headingKey(n) == key })
	})
}

// claim enters the table that a sheet or file name stands for. It returns nil, with a problem, where the name is
// unknown or the table was claimed before.
func (s *shelf) claim(name, cited string, ps *Problems) *sheet {
	rank := s.rank(name)
	if rank < 0 {
		ps.add("W1001", place{name: cited}, s.unknown(name))
		return nil
	}
	id := s.tables[rank].ID
	if old := s.sheets[id]; old != nil {
		ps.add("E1002", place{name: cited}, i18n.F("与 %s 是同一张表；请只留一张", "is the same table as %s; keep one", old.name))
		return nil
	}
	s.sheets[id] = &sheet{name: cited, rank: rank}
	return s.sheets[id]
}

func (s *shelf) unknown(name string) i18n.Text {
	var names []string
	for _, t := range s.tables {
		names = append(names, t.names()...)
	}
	text := i18n.T("不是已知的表，不读取", "is no known table and is not read")
	if n := nearest(name, names); n != "" {
		text = i18n.F("%s；最接近的表名是 %s", "%s; did you mean %s?", text, n)
	}
	return text
}
