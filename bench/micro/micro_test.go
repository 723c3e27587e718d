package micro

import (
	"bytes"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"cadre/audit"
	"cadre/constraints"
	"cadre/generate"
	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/native"
	"cadre/workbook"
)

var update = flag.Bool("update", false, "write best.csv anew")

// input is a generated input, read back.
func input(tb testing.TB, kind generate.Kind, size int, seed uint64) (dir string, x *posting.Index, pol *policy.Policy) {
	tb.Helper()
	dir = tb.TempDir()
	o := generate.Defaults(kind)
	o.Size, o.Seed = size, seed
	if _, err := generate.Write(dir, kind, o); err != nil {
		tb.Fatal(err)
	}
	pol, faults, err := policy.Read(book(kind, dir), policy.Options{})
	if err != nil || pol == nil {
		tb.Fatal(err, faults)
	}
	in, problems, err := workbook.Read(dir, workbook.Options{Date: pol.Calendar.Date})
	if err != nil || in == nil {
		tb.Fatal(err, problems)
	}
	return dir, posting.NewIndex(in, pol.Calendar), pol
}

// book is the policy: for a county the one of this package, whose clauses no other change touches.
func book(kind generate.Kind, dir string) string {
	if kind == generate.KindCounty {
		return "policy.yaml"
	}
	return filepath.Join(dir, "policy.yaml")
}

// solved plans an input to proven optimality, or as far as the work goes.
func solved(tb testing.TB, x *posting.Index, pol *policy.Policy) *planning.Outcome {
	tb.Helper()
	out, err := planning.Run(context.Background(), x, pol, planning.Options{Backend: native.New(), Params: solver.Params{Threads: 1, Seed: 1}, Lang: i18n.En})
	if err != nil || out.Plan == nil {
		tb.Fatal(err)
	}
	return out
}

func BenchmarkReadCSV(b *testing.B) {
	dir, _, pol := input(b, generate.KindPrefecture, 1000, 1)
	benchmarkRead(b, dir, pol)
}

func BenchmarkReadXLSX(b *testing.B) {
	dir, _, pol := input(b, generate.KindCounty, 300, 1)
	benchmarkRead(b, filepath.Join(dir, "county.xlsx"), pol)
}

func benchmarkRead(b *testing.B, path string, pol *policy.Policy) {
	b.ReportAllocs()
	for b.Loop() {
		if in, _, err := workbook.Read(path, workbook.Options{Date: pol.Calendar.Date}); err != nil || in == nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	for _, s := range []struct {
		kind generate.Kind
		size int
	}{{generate.KindCounty, 300}, {generate.KindPrefecture, 1000}} {
		b.Run(fmt.Sprintf("%s-%d", s.kind, s.size), func(b *testing.B) {
			_, x, pol := input(b, s.kind, s.size, 1)
			b.ReportAllocs()
			columns := 0
			for b.Loop() {
				columns = len(constraints.Encode(x, pol).Model.Columns)
			}
			b.ReportMetric(float64(columns), "columns")
		})
	}
}

func BenchmarkAudit(b *testing.B) {
	_, x, pol := input(b, generate.KindCounty, 300, 1)
	plan := solved(b, x, pol).Plan
	b.ReportAllocs()
	for b.Loop() {
		if report, err := audit.Judge(x, pol, plan, i18n.En); err != nil || len(report.Violated) > 0 {
			b.Fatal(err, report.Violated)
		}
	}
}

func BenchmarkMPS(b *testing.B) {
	_, x, pol := input(b, generate.KindCounty, 300, 1)
	m := constraints.Encode(x, pol).Model
	var text bytes.Buffer
	if err := mip.WriteMPS(&text, m); err != nil {
		b.Fatal(err)
	}
	b.Run("write", func(b *testing.B) {
		b.SetBytes(int64(text.Len()))
		for b.Loop() {
			var w bytes.Buffer
			if err := mip.WriteMPS(&w, m); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(text.Len()))
		for b.Loop() {
			if _, err := mip.ReadMPS(bytes.NewReader(text.Bytes())); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSolve: a bare assignment, which is the oracle at the bottom of every plan, then plans of counties.
func BenchmarkSolve(b *testing.B) {
	b.Run("assignment-60", func(b *testing.B) {
		m := assignment(60)
		var r solver.Result
		for b.Loop() {
			var err error
			if r, err = native.New().Solve(context.Background(), m, solver.Params{Threads: 1, Seed: 1}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(100*solver.RelGap(r.Objective, r.Bound), "gap-%")
		b.ReportMetric(r.Objective, "objective")
	})
	for _, size := range []int{100, 200} {
		b.Run(fmt.Sprintf("county-%d", size), func(b *testing.B) {
			_, x, pol := input(b, generate.KindCounty, size, 1)
			var plan *posting.Plan
			for b.Loop() {
				plan = solved(b, x, pol).Plan
			}
			b.ReportMetric(100*plan.Gap, "gap-%")
			b.ReportMetric(plan.Objective, "objective")
		})
	}
}

// assignment is n people on n posts with prices that follow from the positions alone.
func assignment(n int) *mip.Model {
	m := &mip.Model{Name: "assignment"}
	rows, columns := make([][]mip.Term, n), make([][]mip.Term, n)
	var cost []mip.Term
	for i := range n {
		for j := range n {
			c := m.AddColumn(mip.Column{Name: fmt.Sprintf("x.%d.%d", i, j), Upper: 1, Integer: true})
			cost = append(cost, mip.Term{Col: c, Coef: float64((i*7919 + j*104729 + i*j*31) % 997)})
			rows[i], columns[j] = append(rows[i], mip.Term{Col: c, Coef: 1}), append(columns[j], mip.Term{Col: c, Coef: 1})
		}
	}
	for i := range n {
		m.AddRow(mip.Constraint{Name: fmt.Sprintf("cadre.%d", i), Lower: 1, Upper: 1, Terms: rows[i]})
		m.AddRow(mip.Constraint{Name: fmt.Sprintf("post.%d", i), Lower: 1, Upper: 1, Terms: columns[i]})
	}
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: cost})
	return m
}

// TestObjectives holds the goals of small instances against the best known, one by one in their order: a worse one fails, and a
// better one asks to be written down.
func TestObjectives(t *testing.T) {
	var rows [][]string
	for seed := range uint64(4) {
		_, x, pol := input(t, generate.KindCounty, generate.LeastCounty, seed+1)
		plan := solved(t, x, pol).Plan
		for _, l := range plan.Levels {
			rows = append(rows, []string{fmt.Sprintf("county-%d-s%d", generate.LeastCounty, seed+1), l.Name, strconv.FormatFloat(l.Value, 'f', -1, 64)})
		}
	}
	if *update {
		writeBest(t, rows)
		return
	}
	best := readBest(t)
	if len(best) != len(rows) {
		t.Fatalf("best.csv has %d goals, %d were reached", len(best), len(rows))
	}
	for i, row := range rows {
		if row[0] != best[i][0] || row[1] != best[i][1] {
			t.Fatalf("best.csv has %v where %v was reached", best[i], row)
		}
		if row[2] == best[i][2] {
			continue
		}
		now, _ := strconv.ParseFloat(row[2], 64)
		then, err := strconv.ParseFloat(best[i][2], 64)
		if err != nil {
			t.Fatal(err)
		}
		if now > then {
			t.Errorf("%s: the goal %s is %g, it was %g", row[0], row[1], now, then)
		} else {
			t.Errorf("%s: the goal %s is %g, better than the %g of best.csv; write it down with -update", row[0], row[1], now, then)
		}
	}
}

func readBest(t *testing.T) [][]string {
	t.Helper()
	f, err := os.Open("best.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func writeBest(t *testing.T, rows [][]string) {
	t.Helper()
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("best.csv", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
