package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"cadre/posting"
	"cadre/workbook"
)

// edit replaces a text that must be in a file, wherever it stands: edit FILE OLD NEW.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, args[1], args[2])), 0o666))
}

// book puts the CSV tables of a folder, as they are, into a workbook: book DIR FILE.xlsx.
func book(ts *testscript.TestScript, _ bool, args []string) {
	f := excelize.NewFile()
	defer f.Close()
	tables, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*.csv"))
	ts.Check(err)
	for _, path := range tables {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		_, err := f.NewSheet(name)
		ts.Check(err)
		rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(path))).ReadAll()
		ts.Check(err)
		for i, row := range rows {
			ts.Check(f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row))
		}
	}
	ts.Check(f.DeleteSheet("Sheet1"))
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// same compares two plan folders byte by byte, all but run.json: same A B.
func same(ts *testscript.TestScript, _ bool, args []string) {
	a, b := folder(ts, args[0]), folder(ts, args[1])
	if !slices.Equal(a, b) {
		ts.Fatalf("%v in %s, %v in %s", a, args[0], b, args[1])
	}
	for _, name := range a {
		if name != mark && ts.ReadFile(filepath.Join(args[0], name)) != ts.ReadFile(filepath.Join(args[1], name)) {
			ts.Fatalf("%s differs", name)
		}
	}
}

// decide fills in the sheet of a meeting: decide FILE.xlsx CADRE WORD [STAGE [REMARK]]. The words - delete and reverse instead
// delete the row, and turn the rows around.
func decide(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	rows, err := f.GetRows(workbook.PlanSheet)
	ts.Check(err)
	const head = 3
	columns := map[string]int{}
	for j, h := range rows[head-1] {
		columns[h] = j + 1
	}
	put := func(row int, values ...string) {
		for j, names := range [][2]string{{"决定", "decision"}, {"阶段", "stage"}, {"备注", "remarks"}} {
			if j < len(values) {
				cell, err := excelize.CoordinatesToCellName(max(columns[names[0]], columns[names[1]]), row)
				ts.Check(err)
				ts.Check(f.SetCellStr(workbook.PlanSheet, cell, values[j]))
			}
		}
	}
	found := false
	for i := head; i < len(rows); i++ {
		if rows[i][0] != args[1] {
			continue
		}
		if found = true; args[2] == "delete" {
			ts.Check(f.RemoveRow(workbook.PlanSheet, i+1))
			break
		}
		put(i+1, args[2:]...)
	}
	if !found && args[1] == "reverse" {
		found = true
		for i, j := head, len(rows)-1; i < len(rows); i, j = i+1, j-1 {
			row := append(rows[j], make([]string, len(columns)-len(rows[j]))...)
			ts.Check(f.SetSheetRow(workbook.PlanSheet, fmt.Sprintf("A%d", i+1), &row))
		}
	}
	if !found {
		ts.Fatalf("%s has no row of %s", args[0], args[1])
	}
	ts.Check(f.Save())
}

// cell writes one cell of the sheet of a meeting: cell FILE.xlsx CELL VALUE.
func cell(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	ts.Check(f.SetCellStr(workbook.PlanSheet, args[1], args[2]))
	ts.Check(f.Save())
}

// sameTree compares two folders with all that is below them, all but files called run.json: same-tree A B.
func sameTree(ts *testscript.TestScript, _ bool, args []string) {
	a, b := tree(ts, args[0]), tree(ts, args[1])
	if !slices.Equal(a, b) {
		ts.Fatalf("%v in %s, %v in %s", a, args[0], b, args[1])
	}
	for _, path := range a {
		if filepath.Base(path) != mark && ts.ReadFile(filepath.Join(args[0], path)) != ts.ReadFile(filepath.Join(args[1], path)) {
			ts.Fatalf("%s differs", path)
		}
	}
}

// tree lists the files below a folder.
func tree(ts *testscript.TestScript, dir string) []string {
	var files []string
	ts.Check(fs.WalkDir(os.DirFS(ts.MkAbs(dir)), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	return files
}

func folder(ts *testscript.TestScript, dir string) []string {
	entries, err := os.ReadDir(ts.MkAbs(dir))
	ts.Check(err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func readPlan(ts *testscript.TestScript, path string) *posting.Plan {
	p := &posting.Plan{}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(path)), p))
	return p
}

// digest writes what must be equal among all plans that are best: digest PLAN.json FILE. Equal values may have several
// plans, so people and posts are left out.
func digest(ts *testscript.TestScript, _ bool, args []string) {
	p := readPlan(ts, args[0])
	var b bytes.Buffer
	fmt.Fprintf(&b, "status %s\nobjective %g\nbound %g\ngap %g\n", p.Status, p.Objective, p.Bound, p.Gap)
	for k, l := range p.Levels {
		fmt.Fprintf(&b, "level %s %g %g %s, to the auditor %g\n", l.Name, l.Value, l.Bound, l.Status, p.Audit.Levels[k].Value)
	}
	fmt.Fprintf(&b, "violated %d\n", len(p.Audit.Violated))
	for _, f := range p.Audit.Violated {
		fmt.Fprintf(&b, "violated %s %v\n", f.Clause, f.Subjects)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

// moves writes who goes where: moves PLAN.json FILE.
func moves(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	for _, a := range readPlan(ts, args[0]).Assignments {
		if a.Move != posting.MoveStay {
			fmt.Fprintf(&b, "%s %s -> %s %s %v\n", a.Cadre, a.From, a.To, a.Move, a.Grounds)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

// shift writes a plan in which everybody who takes a seat takes that of the next mover: shift PLAN.json FILE.
func shift(ts *testscript.TestScript, _ bool, args []string) {
	p := readPlan(ts, args[0])
	var movers []int
	for i, a := range p.Assignments {
		if a.Move != posting.MoveStay && a.To != "" {
			movers = append(movers, i)
		}
	}
	first := p.Assignments[movers[0]].To
	for k, i := range movers {
		if k+1 < len(movers) {
			p.Assignments[i].To = p.Assignments[movers[k+1]].To
		} else {
			p.Assignments[i].To = first
		}
	}
	text, err := json.Marshal(p)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), text, 0o666))
}
