package workbook

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// Source is an input that was found but not read yet, and after Read the memory of what was read and where it stands.
type Source struct {
	Name  string   // of the workbook or folder, without ending
	Files []string // the workbook, or the CSV files in sorted order
	xlsx  bool
	where map[string]map[string]spot // by table, by id
	tests []RuleTest

	once         sync.Once // guards what is read from the files
	found        *shelf
	loadErr      error
	loadProblems Problems
}

// Options is what the reader may use beside the tables.
type Options struct {
	Date posting.Month // the plan date; not known: checks against it are left out
}

// ErrNoPolicy is returned where no policy was named and none lies beside the input (exit 2).
var ErrNoPolicy = i18n.E("输入旁没有 policy.yaml；用 --policy 写明", "no policy.yaml beside the input; name one with --policy")

// Open finds out what the input is: an .xlsx file, a folder with CSV tables directly in it, or a folder with exactly
// one .xlsx directly in it and no CSV. Anything else is an error (exit 1).
func Open(path string) (*Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, i18n.E("打不开输入：%s", "cannot open the input: %s", err)
	}
	if !info.IsDir() {
		if !isBook(path) {
			return nil, i18n.E("%s 既不是 .xlsx 工作簿，也不是 CSV 表的文件夹", "%s is neither an .xlsx workbook nor a folder of CSV tables", path)
		}
		return &Source{Name: stem(path), Files: []string{path}, xlsx: true}, nil
	}
	return openFolder(path)
}

func openFolder(path string) (*Source, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, i18n.E("打不开输入：%s", "cannot open the input: %s", err)
	}
	var books, tables []string
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$"): // hidden files and locks of office programs
		case isBook(name):
			books = append(books, filepath.Join(path, name))
		case strings.EqualFold(filepath.Ext(name), ".csv"):
			tables = append(tables, filepath.Join(path, name))
		}
	}
	switch {
	case len(books) > 0 && len(tables) > 0:
		return nil, i18n.E("%s 中既有 CSV 表又有工作簿；只留一种，或写明工作簿", "%s holds both CSV tables and a workbook; keep one of them, or name the workbook", path)
	case len(books) > 1:
		return nil, i18n.E("%s 中有 %d 个工作簿；写明要读的一个", "%s holds %d workbooks; name the one to read", path, len(books))
	case len(books) == 1:
		return &Source{Name: stem(books[0]), Files: books, xlsx: true}, nil
	case len(tables) > 0:
		slices.Sort(tables)
		return &Source{Name: folderName(path), Files: tables}, nil
	}
	return nil, i18n.E("%s 中既没有 CSV 表，也没有 .xlsx 工作簿", "%s holds neither CSV tables nor an .xlsx workbook", path)
}

func isBook(path string) bool { return strings.EqualFold(filepath.Ext(path), ".xlsx") }

func stem(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// folderName names a folder of tables; one that is only called csv is named after the folder that holds it.
func folderName(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if strings.EqualFold(filepath.Base(path), "csv") {
		path = filepath.Dir(path)
	}
	return filepath.Base(path)
}

// Read is Open and Source.Read in one.
func Read(path string, o Options) (*posting.Instance, *Problems, error) {
	s, err := Open(path)
	if err != nil {
		return nil, nil, err
	}
	return s.Read(o)
}

// Read reads and checks all tables. The error is for what cannot be read (exit 1). Everything that is wrong with the
// content is in the problems; where they include an error the instance is nil (exit 2). Time and memory are linear in
// the input, which is bounded by the limits of limits.go.
func (s *Source) Read(o Options) (*posting.Instance, *Problems, error) {
	ps := &Problems{}
	found, err := s.open(ps)
	if err != nil {
		return nil, nil, err
	}
	in, d := s.decode(found, o, ps)
	s.where, s.tests = d.spots(), d.tests.items
	return in, ps, nil
}

// open reads the files, the first time only.
func (s *Source) open(ps *Problems) (*shelf, error) {
	s.once.Do(func() { s.found, s.loadErr = s.load(&s.loadProblems) })
	ps.adopt(&s.loadProblems)
	return s.found, s.loadErr
}

// decode decodes and checks the tables; the instance is nil where something is wrong.
func (s *Source) decode(found *shelf, o Options, ps *Problems) (*posting.Instance, *data) {
	d := readTables(found, ps)
	d.check(o.Date, ps)
	if ps.Errors() > 0 {
		return nil, d
	}
	in := d.instance()
	in.Name, in.Hash = s.Name, Hash(in)
	return in, d
}

// Where tells the cell of a value by table (cadres, posts, units, places, exceptions, tests), id and column (its field id), such
// as 干部!A17, after Read: the row alone where the table has no such column, "" where there is no such row. Arrivals are
// found among the cadres.
func (s *Source) Where(table, id, column string) string { return whereIn(s.where)(table, id, column) }

// whereIn tells the cells of the values of some rows.
func whereIn(rows map[string]map[string]spot) policy.Places {
	return func(table, id, column string) string {
		at, ok := rows[table][id]
		if !ok {
			return ""
		}
		return at.sheet.at(at.row, at.cols[column]).String()
	}
}

// PolicyPath is the policy of an input: the flag's value, else policy.yaml in the input where that is a folder, else
// policy.yaml in the folder that holds the input; ErrNoPolicy where there is none.
func PolicyPath(input, flag string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	const name = "policy.yaml"
	holder := filepath.Dir(input)
	if info, err := os.Stat(input); err == nil && info.IsDir() {
		if inside := filepath.Join(input, name); isFile(inside) {
			return inside, nil
		}
		holder = filepath.Join(input, "..")
	}
	if beside := filepath.Join(holder, name); isFile(beside) {
		return beside, nil
	}
	return "", ErrNoPolicy
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}
