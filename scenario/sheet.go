package scenario

import (
	"path/filepath"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/workbook"
)

// Words of the column 对象 that name no table: a clause of the policy, or the policy itself.
var (
	clauseWords = []string{"条款", "clauses", "clause"}
	policyWords = []string{"政策", "policy"}
)

// actions are the words of the column 操作; a blank one sets.
var actions = map[string]workbook.Action{"": workbook.SetRow, "修改": workbook.SetRow, "增加": workbook.AddRow, "删除": workbook.DropRow,
	"set": workbook.SetRow, "add": workbook.AddRow, "put": workbook.PutRow, "drop": workbook.DropRow}

// readSheet reads scenarios that stand in a sheet, one change a row: the same overlays as in YAML, without grids and
// gates. Scenarios keep the order of their first rows.
func readSheet(path string) (*File, *policy.Problems, error) {
	rows, found, err := workbook.ReadScenarios(path)
	if err != nil {
		return nil, nil, err
	}
	ps := &policy.Problems{List: found.All()}
	file := &File{Base: defaultBase, Across: Across{Repeats: 1}, Dir: filepath.Dir(path)}
	at := map[string]int{}
	for _, r := range rows {
		if r.Scenario == file.Base {
			ps.Add(fault("E2007", r.Where, i18n.F("情景 %q 重复", "the scenario %q stands twice", r.Scenario)))
		}
		i, known := at[r.Scenario]
		if !known {
			i = len(file.Scenarios)
			at[r.Scenario] = i
			file.Scenarios = append(file.Scenarios, Scenario{Name: r.Scenario, Where: r.Where})
		}
		s := &file.Scenarios[i]
		s.Overlay = s.Overlay.then(rowOverlay(r, s, ps))
	}
	if ps.HasErrors() {
		return nil, ps, nil
	}
	return file, ps, nil
}

// rowOverlay is the change that a row states. Rows that add cells to a row added just before join it.
func rowOverlay(r workbook.ScenarioRow, s *Scenario, ps *policy.Problems) Overlay {
	value := policy.Value(r.Value, r.ValueWhere)
	switch object := strings.TrimSpace(r.Table); {
	case slices.Contains(clauseWords, object):
		return Overlay{Policy: []policy.Tree{clauseTree(policy.Value(r.Key, r.Where), policy.Value(r.Field, r.Where), value)}}
	case slices.Contains(policyWords, object):
		return Overlay{Policy: []policy.Tree{policy.Mapping(r.Where, r.Field, value)}}
	}
	action, known := actions[strings.ToLower(strings.TrimSpace(r.Action))]
	if !known {
		ps.Add(fault("E2105", r.Where, i18n.F("没有操作 %q，只有修改、增加、删除", "there is no action %q, only set, add, put and drop", r.Action)))
		return Overlay{}
	}
	if r.Action == "" && workbook.TableName(r.Table).En == "departures" {
		action = workbook.PutRow // few leave: their rows are mostly new
	}
	e := workbook.Edit{Table: r.Table, Action: action, Key: r.Key, Where: r.Where}
	if r.Field != "" {
		e.Cells = []workbook.Cell{{Field: r.Field, Value: r.Value, Where: r.ValueWhere}}
	}
	if n := len(s.Edits); n > 0 && action != workbook.DropRow {
		if last := &s.Edits[n-1].Edit; last.Table == e.Table && last.Key == e.Key && last.Action == action {
			last.Cells = append(last.Cells, e.Cells...)
			return Overlay{}
		}
	}
	return Overlay{Edits: []Edit{{Edit: e}}}
}

func fault(code, where string, text i18n.Text) policy.Problem {
	return policy.Problem{Code: code, Severity: policy.Error, Where: where, Text: text}
}
