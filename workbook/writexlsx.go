package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"cadre/internal/i18n"
	"cadre/posting"
)

// fixedTime stands in the document properties instead of the clock, so that equal content gives equal bytes.
const fixedTime = "2000-01-01T00:00:00Z"

const (
	narrowest, widest = 8, 40 // column widths in characters
	spareRows         = 500   // rows below the data that have drop-downs too
	dropDownLimit     = 255   // characters of a drop-down list that a workbook can hold
)

// WriteXLSX writes an instance as a workbook: one sheet for each table, with Chinese sheet names and headings (field
// ids where lang is English), frozen headings and drop-downs for code lists. The same instance gives the same bytes.
func WriteXLSX(path string, in *posting.Instance, lang i18n.Lang) error {
	f := excelize.NewFile()
	defer f.Close()
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6F0"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return i18n.E("工作簿不能写出：%s", "cannot write the workbook: %s", err)
	}
	for i, g := range grids(in) {
		if err := g.writeSheet(f, i, head, lang); err != nil {
			return i18n.E("工作表 %s 不能写出：%s", "cannot write sheet %s: %s", g.sheetName(lang), err)
		}
	}
	err = f.SetDocProps(&excelize.DocProperties{Created: fixedTime, Modified: fixedTime, Creator: "cadre", LastModifiedBy: "cadre"})
	if err != nil {
		return i18n.E("工作簿不能写出：%s", "cannot write the workbook: %s", err)
	}
	if err := f.SaveAs(path); err != nil {
		return i18n.E("工作簿不能写出：%s", "cannot write the workbook: %s", err)
	}
	return nil
}

func (g *grid) sheetName(lang i18n.Lang) string { return i18n.T(g.Zh, g.ID).In(lang) }

// writeSheet writes the i-th sheet; the first takes the place of the one that a new workbook has.
func (g *grid) writeSheet(f *excelize.File, i, head int, lang i18n.Lang) error {
	name := g.sheetName(lang)
	if i == 0 {
		if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
			return err
		}
	} else if _, err := f.NewSheet(name); err != nil {
		return err
	}
	top := make([]any, len(g.columns))
	for j, c := range g.columns {
		top[j] = i18n.T(c.Zh, c.ID).In(lang)
	}
	if err := f.SetSheetRow(name, "A1", &top); err != nil {
		return err
	}
	for r, row := range g.rows {
		cells := make([]any, len(row))
		for j, s := range row {
			cells[j] = cellValue(g.columns[j].Kind, s)
		}
		if err := f.SetSheetRow(name, "A"+strconv.Itoa(r+2), &cells); err != nil {
			return err
		}
	}
	return g.dress(f, name, head, top)
}

// cellValue is the typed value of a cell: numbers as numbers, months as rosters write them, blanks as no cell.
func cellValue(k Kind, s string) any {
	switch {
	case s == "":
		return nil
	case k == NumberKind:
		if n, err := strconv.Atoi(s); err == nil {
			return n
		}
	case k == MonthKind:
		return strings.Replace(s, "-", ".", 1)
	}
	return s
}

// dress freezes and styles the heading, sets widths and drop-downs.
func (g *grid) dress(f *excelize.File, name string, head int, top []any) error {
	if err := f.SetRowStyle(name, 1, 1, head); err != nil {
		return err
	}
	if err := f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for j, c := range g.columns {
		letter := columnName(j + 1)
		if err := f.SetColWidth(name, letter, letter, float64(g.columnWidth(j, fmt.Sprint(top[j])))); err != nil {
			return err
		}
		if len(c.Words) == 0 {
			continue
		}
		if err := g.dropDown(f, name, letter, c); err != nil {
			return err
		}
	}
	return nil
}

// dropDown offers the words of a code list; other text is warned about, not refused, since 定岗:P012 is such.
func (g *grid) dropDown(f *excelize.File, name, letter string, c Heading) error {
	if len([]rune(strings.Join(c.Words, ","))) > dropDownLimit {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%[1]s2:%[1]s%[2]d", letter, len(g.rows)+1+spareRows))
	if err := v.SetDropList(c.Words); err != nil {
		return err
	}
	v.SetError(excelize.DataValidationErrorStyleWarning, c.Zh, strings.Join(c.Words, "、"))
	return f.AddDataValidation(name, v)
}

func (g *grid) columnWidth(j int, heading string) int {
	w := narrowest
	w = max(w, displayWidth(heading)+2)
	for _, row := range g.rows {
		w = max(w, displayWidth(row[j])+2)
	}
	return min(w, widest)
}

// displayWidth counts Chinese and other wide characters as two.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
