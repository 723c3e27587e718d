package workbook

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"cadre/internal/i18n"
)

// loadCSV reads the CSV files of a folder.
func (s *Source) loadCSV(ps *Problems) (*shelf, error) {
	found := newShelf()
	for _, path := range s.Files {
		base := filepath.Base(path)
		sh := found.claim(stem(path), base, ps)
		if sh == nil {
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, i18n.E("表不能读取：%s", "cannot read a table: %s", err)
		}
		if info.Size() > maxCSVBytes {
			sh.refused = true
			ps.add("E1003", sh.at(0, 0), i18n.F("文件超过 %d MB，不读取", "is larger than %d MB and is not read", maxCSVBytes>>20))
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, i18n.E("表不能读取：%s", "cannot read a table: %s", err)
		}
		sh.readCSV(data, ps)
	}
	return found, nil
}

// readCSV fills the sheet from UTF-8 (with or without a byte order mark) or GB 18030 text.
func (s *sheet) readCSV(data []byte, ps *Problems) {
	data, err := decodeText(data)
	if err != nil {
		s.refused = true
		ps.add("E1004", s.at(0, 0), i18n.T("既不是 UTF-8 也不是 GBK/GB18030 编码；请另存为 CSV UTF-8", "is neither UTF-8 nor GBK/GB18030; save it as CSV UTF-8"))
		return
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	breaks := 0 // line breaks inside cells so far: a spreadsheet program counts rows without them
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			s.reportCSV(err, breaks, ps)
			return
		}
		line, _ := r.FieldPos(0)
		n := line - breaks
		breaks += strings.Count(strings.Join(cells, ""), "\n")
		if !s.add(n, cells, ps) {
			return
		}
	}
}

func (s *sheet) reportCSV(err error, breaks int, ps *Problems) {
	s.refused = true
	row := 0
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		row, err = bad.StartLine-breaks, bad.Err
	}
	ps.add("E1004", s.at(row, 0), i18n.F("CSV 格式有误，从这里起无法读取：%s（检查引号）", "is broken CSV and cannot be read from here on: %s (look at the quotation marks)", err))
}

// add appends a row unless it is blank; false where a limit is passed.
func (s *sheet) add(n int, cells []string, ps *Problems) bool {
	last := len(cells)
	for last > 0 && strings.TrimSpace(cells[last-1]) == "" {
		last--
	}
	if last == 0 {
		return true
	}
	if last > MaxColumns {
		ps.add("E1005", s.at(n, 0), i18n.F("超过 %d 列，不读取", "has more than %d columns and is not read", MaxColumns))
		s.refused = true
		return false
	}
	if most := s.mostRows(); len(s.rows) == most+headingDepth {
		ps.add("E1003", s.at(n, 0), i18n.F("超过 %d 行，不读取；请只保留有关人员和岗位", "has more than %d rows and is not read; keep only the people and posts concerned", most))
		s.refused = true
		return false
	}
	s.rows = append(s.rows, row{n, cells[:last]})
	return true
}

func (s *sheet) mostRows() int {
	if s.title {
		return MaxSheetRows
	}
	return MaxRows
}

func decodeText(data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(data) {
		return data, nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return nil, err
	}
	if bytes.ContainsRune(out, utf8.RuneError) {
		return nil, errors.New("not GB 18030")
	}
	return out, nil
}
