package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/report"
	"cadre/workbook"
)

// mark is the file by which a plan folder of ours is known.
const mark = "run.json"

// checkFolder refuses an output folder that is neither new, nor empty, nor ours. "" is no folder.
func checkFolder(dir string) error {
	if dir == "" {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return checkWritable(filepath.Dir(filepath.Clean(dir)))
	}
	if err != nil {
		return &exitError{code: exitUsage, err: err, hint: i18n.T("--out 应为文件夹", "--out names a folder")}
	}
	if _, err := os.Stat(filepath.Join(dir, mark)); err != nil {
		return &exitError{code: exitUsage, err: i18n.E("%s 不是空文件夹，其中也没有以前的结果", "%s is not empty and holds no earlier result", dir), hint: i18n.T("用 --out 写明另一个文件夹", "name another folder with --out")}
	}
	return nil
}

// checkWritable finds out, before any work is done, whether something can be made in a folder, or in the nearest one
// above it that exists.
func checkWritable(dir string) error {
	for !exists(dir) && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
	}
	probe, err := os.MkdirTemp(dir, ".cadre-")
	if err != nil {
		return &exitError{code: exitUsage, err: asNamed(err, dir), hint: i18n.T("用 --out 写明一个可以写入的文件夹", "name a folder with --out that can be written")}
	}
	return os.Remove(probe)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// writeFolder fills a temporary folder beside dir and puts it in the place of dir once it is whole.
func writeFolder(dir string, fill func(tmp string) error) (err error) {
	if err := checkFolder(dir); err != nil {
		return err
	}
	dir = filepath.Clean(dir)
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-")
	if err != nil {
		return &exitError{code: exitUsage, err: err, hint: i18n.T("检查该文件夹是否可以写入", "check that the folder can be written")}
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := fill(tmp); err != nil {
		return &exitError{code: exitUsage, err: i18n.E("写出结果：%s", "writing the results: %s", err), hint: i18n.T("原有文件没有改动；检查磁盘空间", "nothing was replaced; check the space on the disk")}
	}
	return replaceFolder(tmp, dir)
}

// replaceFolder puts a finished folder in the place of another, which is removed.
func replaceFolder(finished, dir string) error {
	old := finished + ".old"
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return &exitError{code: exitUsage, err: err}
	}
	if err := os.Rename(finished, dir); err != nil {
		return &exitError{code: exitUsage, err: errors.Join(err, os.Rename(old, dir))}
	}
	return os.RemoveAll(old)
}

// runInfo is run.json: all that may differ between equal runs.
type runInfo struct {
	Engine  string           `json:"engine"`
	Go      string           `json:"go"`
	System  string           `json:"system"`
	CPUs    int              `json:"cpus"`
	Solver  string           `json:"solver"`
	Limit   string           `json:"limit"`
	Phases  []planning.Phase `json:"phases"`
	Trace   []string         `json:"trace,omitempty"` // what a chain of solvers did
	Columns int              `json:"columns"`
	Rows    int              `json:"rows"`
}

func writePlanFolder(dir string, o *planning.Outcome, papers report.Options) error {
	return writeFolder(dir, func(tmp string) error { return fillPlanFolder(tmp, o, papers) })
}

// fillPlanFolder writes the papers of a plan into an empty folder.
func fillPlanFolder(dir string, o *planning.Outcome, papers report.Options) error {
	file := func(name string) string { return filepath.Join(dir, name) }
	plan, err := writePlan(file("plan.json"), o.Plan)
	if err != nil {
		return err
	}
	return inTurn(
		func() error { return report.WriteXLSX(file("plan.xlsx"), o, papers) },
		creating(file("report.html"), func(w io.Writer) error { return report.WriteHTML(w, o, papers) }),
		creating(file("model.mps.gz"), func(w io.Writer) error { return writeModel(w, o) }),
		creating(file("solution.txt"), func(w io.Writer) error { return writeSolution(w, fileNames(o.Model), o.Values) }),
		func() error { return writeCertificate(file("certificate.json"), o.Certificate, plan) },
		creating(file(mark), func(w io.Writer) error { return writeJSON(w, describeRun(o)) }),
	)
}

func describeRun(o *planning.Outcome) runInfo {
	info := runInfo{Engine: planning.Engine, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH,
		CPUs: runtime.NumCPU(), Limit: string(o.Limit), Phases: o.Clock, Trace: o.Trace, Columns: len(o.Model.Columns), Rows: len(o.Model.Rows)}
	if o.Plan != nil {
		info.Solver = o.Plan.Inputs.Solver
	}
	return info
}

// writeBundle keeps what is needed to find the fault of a withheld plan, beside where the plan would have been.
func writeBundle(out string, o *planning.Outcome) (string, error) {
	if out == "" {
		out = "cadre"
	}
	dir := filepath.Clean(out) + ".withheld"
	return dir, writeFolder(dir, func(tmp string) error {
		file := func(name string) string { return filepath.Join(tmp, name) }
		return inTurn(
			creating(file("withheld.json"), func(w io.Writer) error { return workbook.WritePlanJSON(w, o.Plan) }),
			creating(file("model.mps.gz"), func(w io.Writer) error { return writeModel(w, o) }),
			creating(file("solution.txt"), func(w io.Writer) error { return writeSolution(w, fileNames(o.Model), o.Values) }),
			creating(file(mark), func(w io.Writer) error { return writeJSON(w, describeRun(o)) }),
		)
	})
}

// fileBuffer is how many bytes are written at a time: most papers in one or two writes.
const fileBuffer = 1 << 17

// create writes a file through a buffer.
func create(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // a second Close does nothing; of a file that failed only the first error is told
	w := bufio.NewWriterSize(f, fileBuffer)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// inTurn ends at the first step that fails: on a full disk all others would fail alike.
func inTurn(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// atOnce takes steps that do not depend on each other; the error joins those of all.
func atOnce(steps ...func() error) error {
	var group sync.WaitGroup
	errs := make([]error, len(steps))
	for i, step := range steps {
		group.Go(func() { errs[i] = step() })
	}
	group.Wait()
	return errors.Join(errs...)
}

// creating is create as a step.
func creating(path string, write func(io.Writer) error) func() error {
	return func() error { return create(path, write) }
}

// writeModel writes the model of an outcome, as the run has kept it or anew.
func writeModel(w io.Writer, o *planning.Outcome) error {
	if o.ModelFile != nil {
		_, err := w.Write(o.ModelFile)
		return err
	}
	_, err := planning.NewModelFiles().Write(w, o.Model)
	return err
}

// ofOne tells what may be handed to a unit or a person: the other files of the folder are about everybody.
var ofOne = i18n.T("只可交出 plan.xlsx 和 report.html；其余文件涉及全体人员，由组织部门保存", "hand over plan.xlsx and report.html alone: the other files are about everybody, and stay with the office")

func whereThePapersLie(w io.Writer, dir string, papers report.Options) error {
	if dir == "" {
		return nil
	}
	_, err := fmt.Fprintln(w, i18n.F("文件在 %s：plan.xlsx（先看这里）、report.html、plan.json", "the papers lie in %s: plan.xlsx (read first), report.html, plan.json", dir).In(papers.Lang))
	if err == nil && !papers.Audience.Whole() {
		_, err = fmt.Fprintln(w, ofOne.In(papers.Lang))
	}
	return err
}

func writeFileJSON(path string, v any) error {
	return create(path, func(w io.Writer) error { return writeJSON(w, v) })
}
