package workbook

import (
	"archive/zip"
	"path/filepath"

	"github.com/xuri/excelize/v2"

	"cadre/internal/i18n"
)

// load finds the tables and reads them as text.
func (s *Source) load(ps *Problems) (*shelf, error) {
	if s.xlsx {
		return s.loadXLSX(ps)
	}
	return s.loadCSV(ps)
}

// loadXLSX reads the sheets of a workbook. Values are taken raw: dates as serial numbers, formulas as last computed.
func (s *Source) loadXLSX(ps *Problems) (*shelf, error) {
	if part := oversized(s.Files[0]); part != "" {
		ps.add("E1003", place{name: filepath.Base(s.Files[0])}, i18n.F("解压后超过 %d MB，不读取；最大的部分是 %s", "unpacks to more than %d MB and is not read; its largest part is %s", maxUnzipped>>20, part))
		return refusedShelf(), nil
	}
	f, err := excelize.OpenFile(s.Files[0], excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return nil, i18n.E("工作簿不能读取：%s", "cannot read the workbook: %s", err)
	}
	defer f.Close()
	found := newShelf()
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		ps.add("E1006", place{}, i18n.T("工作簿使用 1904 日期系统；请在选项中改为 1900 日期系统后另存", "the workbook counts dates from 1904; switch to the 1900 date system and save it again"))
	}
	for _, name := range f.GetSheetList() {
		if found.rank(name) < 0 && blankSheet(f, name) {
			continue // a new workbook has empty sheets
		}
		sh := found.claim(name, name, ps)
		if sh == nil {
			continue
		}
		sh.title = true
		if err := sh.readXLSX(f, name, ps); err != nil {
			return nil, i18n.E("工作表 %s 不能读取：%s", "cannot read sheet %s: %s", name, err)
		}
	}
	return found, nil
}

// oversized names the largest part of a workbook that unpacks to more than maxUnzipped, "" for any other file.
func oversized(path string) string {
	z, err := zip.OpenReader(path)
	if err != nil {
		return "" // whatever it is, opening it as a workbook will tell
	}
	defer z.Close()
	var sum, most uint64
	name := ""
	for _, part := range z.File {
		size := min(part.UncompressedSize64, maxUnzipped+1) // a header may claim anything: no overflow
		if sum += size; size > most {
			most, name = size, part.Name
		}
	}
	if sum <= maxUnzipped {
		return ""
	}
	return name
}

// blankSheet tells whether the rows where a table would begin are empty.
func blankSheet(f *excelize.File, name string) bool {
	rows, err := f.Rows(name)
	if err != nil {
		return false
	}
	defer rows.Close()
	for n := 0; n < headingDepth && rows.Next(); n++ {
		if cells, err := rows.Columns(); err != nil || len(cells) > 0 {
			return false
		}
	}
	return true
}

// readXLSX streams the rows of a sheet.
func (s *sheet) readXLSX(f *excelize.File, name string, ps *Problems) error {
	rows, err := f.Rows(name)
	if err != nil {
		return err
	}
	cells := 0
	for n := 1; rows.Next(); n++ {
		values, err := rows.Columns()
		if err != nil {
			return err
		}
		cells += len(values)
		if !s.add(n, values, ps) {
			return rows.Close()
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	return s.fillMerged(f, name, cells, ps)
}

// fillMerged repeats the value of cells merged downwards in each of their rows, in their first column: so a unit
// written once beside its posts belongs to all of them.
func (s *sheet) fillMerged(f *excelize.File, name string, cells int, ps *Problems) error {
	if cells > maxMergeCells {
		ps.add("N1002", s.at(0, 0), i18n.T("工作表很大，未检查合并单元格", "is large; it was not searched for merged cells"))
		return nil
	}
	merged, err := f.GetMergeCells(name)
	if err != nil {
		return err
	}
	index := make(map[int]int, len(s.rows))
	for i, r := range s.rows {
		index[r.n] = i
	}
	for _, m := range merged {
		col, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		_, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		i, ok := index[top]
		if !ok || col > len(s.rows[i].cells) {
			continue
		}
		s.fillDown(s.rows[i].cells[col-1], col, i+1, bottom)
	}
	return nil
}

// fillDown writes a value into a column of the rows from position i on, down to row number bottom.
func (s *sheet) fillDown(value string, col, i, bottom int) {
	for ; i < len(s.rows) && s.rows[i].n <= bottom; i++ {
		r := &s.rows[i]
		for len(r.cells) < col {
			r.cells = append(r.cells, "")
		}
		r.cells[col-1] = value
	}
}
