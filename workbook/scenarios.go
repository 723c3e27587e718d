package workbook

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"cadre/internal/i18n"
)

// ScenarioSheet is the sheet that holds scenarios, one change a row.
const ScenarioSheet = "情景"

// ScenarioRow is one change of one scenario: a cell of a table, a parameter or key of a clause, a key of the policy.
type ScenarioRow struct {
	Scenario, Table, Key, Field, Value, Action string
	Where, ValueWhere                          string
}

func scenarioTable() table[ScenarioRow] {
	return table[ScenarioRow]{
		TableInfo: TableInfo{ID: "scenarios", Zh: ScenarioSheet, Required: true},
		fresh:     func() ScenarioRow { return ScenarioRow{} },
		columns: []column[ScenarioRow]{
			text("scenario", "情景", func(r *ScenarioRow) *string { return &r.Scenario }).alias("情景名称", "方案").filled(),
			text("table", "对象", func(r *ScenarioRow) *string { return &r.Table }).alias("表").filled(),
			text("key", "编号", func(r *ScenarioRow) *string { return &r.Key }).alias("对象编号", "条款").present(),
			text("field", "项目", func(r *ScenarioRow) *string { return &r.Field }).alias("列", "参数").present(),
			text("value", "值", func(r *ScenarioRow) *string { return &r.Value }).alias("取值").present(),
			text("action", "操作", func(r *ScenarioRow) *string { return &r.Action }),
		},
	}
}

// ReadScenarios reads the sheet 情景 of a workbook (or its first sheet with these headings), or a CSV file. The error is a
// file that cannot be read.
func ReadScenarios(path string) ([]ScenarioRow, *Problems, error) {
	ps := &Problems{}
	s := &sheet{name: filepath.Base(path)}
	if isBook(path) {
		if err := s.openScenarios(path, ps); err != nil {
			return nil, nil, i18n.E("读取情景：%s", "read scenarios: %s", err)
		}
	} else {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, i18n.E("读取情景：%s", "read scenarios: %s", err)
		}
		s.readCSV(data, ps)
	}
	rows := readTable(scenarioTable(), s, ps)
	for i := range rows.items {
		rows.items[i].Where, rows.items[i].ValueWhere = rows.cell(i, "scenario").String(), rows.cell(i, "value").String()
	}
	return rows.items, ps, nil
}

func (s *sheet) openScenarios(path string, ps *Problems) error {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return err
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		if strings.TrimSpace(name) == ScenarioSheet {
			s.name, s.title = name, true
			return s.readXLSX(f, name, ps)
		}
	}
	ps.add("E1806", place{name: s.name}, i18n.F("没有 %s 工作表", "has no sheet %s", ScenarioSheet))
	s.refused = true
	return nil
}
