package workbook

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// place is a cell, a row (col 0), or a whole sheet or file (row 0). Rows and columns count from 1 as a spreadsheet
// program shows them.
type place struct {
	sheet    *sheet
	name     string // where there is no sheet
	row, col int
}

// String prints 岗位!F17, 岗位!17, 岗位; for what an edit wrote, the place of the edit.
func (p place) String() string {
	if where := p.edit(); where != "" {
		return where
	}
	name := p.name
	if p.sheet != nil {
		name = p.sheet.name
	}
	if p.row == 0 {
		return name
	}
	return name + "!" + columnName(p.col) + strconv.Itoa(p.row)
}

// edit is the place of the edit that wrote the cell, or that added its row, "" where none did.
func (p place) edit() string {
	if p.sheet == nil || p.row == 0 {
		return ""
	}
	if where := p.sheet.edited[[2]int{p.row, p.col}]; where != "" {
		return where
	}
	return p.sheet.edited[[2]int{p.row, 0}]
}

func (p place) rank() [3]int {
	if p.sheet == nil {
		return [3]int{-1, p.row, p.col}
	}
	return [3]int{p.sheet.rank, p.row, p.col}
}

// columnName is the letter of a column, "" for 0.
func columnName(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return ""
	}
	return name
}

// sheet is one table as it stands in the source: text only.
type sheet struct {
	name  string // 岗位, or posts.csv
	rank  int    // place of the table in the order of reading
	title bool   // title rows may stand above the heading (xlsx)
	rows  []row  // without blank rows

	refused bool // could not be read as a whole: reported, and not looked at

	edited map[[2]int]string // by row and column, the place of the edit that wrote the cell; column 0: that added the row
}

// row is one row that is not blank; n is its number in the source.
type row struct {
	n     int
	cells []string
}

func (s *sheet) at(row, col int) place { return place{sheet: s, row: row, col: col} }
