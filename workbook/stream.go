package workbook

import (
	"bufio"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"cadre/internal/i18n"
	"cadre/posting"
)

// TableWriter appends instances, part after part, to the CSV tables of one folder: an input of any size is written in the
// memory of its largest part. The parts number on, and refer to each other as they like. The same parts give the same
// bytes, and one part those of [WriteCSV]. Close it, also after an error.
type TableWriter struct {
	dir   string
	files map[string]*tableFile
}

type tableFile struct {
	file *os.File
	buf  *bufio.Writer
	csv  *csv.Writer
}

// NewTableWriter writes into an existing or new folder, where it replaces tables of the same names.
func NewTableWriter(dir string) (*TableWriter, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, i18n.E("表不能写出：%s", "cannot write the tables: %s", err)
	}
	return &TableWriter{dir: dir, files: map[string]*tableFile{}}, nil
}

// Append writes the rows of one part.
func (w *TableWriter) Append(in *posting.Instance) error {
	for _, g := range grids(in) {
		if err := w.append(&g); err != nil {
			return i18n.E("表 %s 不能写出：%s", "cannot write table %s: %s", g.ID, err)
		}
	}
	return nil
}

func (w *TableWriter) append(g *grid) error {
	t := w.files[g.ID]
	if t == nil {
		f, err := os.Create(filepath.Join(w.dir, g.ID+".csv"))
		if err != nil {
			return err
		}
		buf := bufio.NewWriterSize(f, 1<<16)
		t = &tableFile{f, buf, csv.NewWriter(buf)}
		w.files[g.ID] = t
		if err := t.csv.Write(g.headings()); err != nil {
			return err
		}
	}
	return t.csv.WriteAll(g.rows)
}

// Close writes out what is buffered and closes every table.
func (w *TableWriter) Close() error {
	var all []error
	ids := []string{}
	for id := range w.files {
		ids = append(ids, id)
	}
	slices.Sort(ids) // the same error first, whatever the map says
	for _, id := range ids {
		t := w.files[id]
		t.csv.Flush()
		if err := errors.Join(t.csv.Error(), t.buf.Flush(), t.file.Close()); err != nil {
			all = append(all, i18n.E("表 %s 不能写出：%s", "cannot write table %s: %s", id, err))
		}
	}
	return errors.Join(all...)
}
