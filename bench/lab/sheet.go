package lab

import (
	"errors"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// XLSX writes a sheet of the headline and one for each table. The same page gives the same bytes.
func (p *Page) XLSX(path string) error {
	f := excelize.NewFile()
	defer f.Close()
	head := Table{Title: p.say("结论", "Summary"), Head: []string{p.Title}}
	for _, line := range p.Headline {
		head.Rows = append(head.Rows, []string{line})
	}
	for i, t := range append(append([]Table{head}, p.Tables...), p.Annex...) {
		if err := t.sheet(f, i); err != nil {
			return err
		}
	}
	const fixed = "2000-01-01T00:00:00Z" // instead of the clock, so that equal content gives equal bytes
	if err := f.SetDocProps(&excelize.DocProperties{Created: fixed, Modified: fixed, Creator: "cadre", LastModifiedBy: "cadre"}); err != nil {
		return err
	}
	return f.SaveAs(path)
}

// mostSheetName is how long the name of a sheet may be.
const mostSheetName = 31

func (t *Table) sheet(f *excelize.File, i int) error {
	name := t.Title
	if runes := []rune(name); len(runes) > mostSheetName {
		name = string(runes[:mostSheetName])
	}
	if i == 0 {
		if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
			return err
		}
	} else if _, err := f.NewSheet(name); err != nil {
		return err
	}
	for r, row := range append([][]string{t.Head}, t.Rows...) {
		cells := make([]any, len(row))
		for j, s := range row {
			cells[j] = s
			if v, err := strconv.ParseFloat(s, 64); err == nil {
				cells[j] = v
			}
		}
		if err := f.SetSheetRow(name, "A"+strconv.Itoa(r+1), &cells); err != nil {
			return err
		}
	}
	return t.style(f, name)
}

// Widths of columns in characters, by the longest text in them; what is longer is wrapped.
const (
	leastWidth = 8
	mostWidth  = 60
)

// style makes the head bold and fixed, and columns as wide as what stands in them.
func (t *Table) style(f *excelize.File, name string) error {
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	cells, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for j := range t.Head {
		col, err := excelize.ColumnNumberToName(j + 1)
		if err != nil {
			return err
		}
		width := leastWidth
		for _, row := range append([][]string{t.Head}, t.Rows...) {
			for line := range strings.SplitSeq(row[j], "\n") {
				width = max(width, wide(line)+2)
			}
		}
		if err := errors.Join(f.SetColWidth(name, col, col, float64(min(width, mostWidth))), f.SetColStyle(name, col, cells)); err != nil {
			return err
		}
	}
	return errors.Join(f.SetRowStyle(name, 1, 1, head), f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// wide is the width of a text in Latin letters: a Chinese character takes two.
func wide(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n
}
