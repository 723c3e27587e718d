package native

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// gapData holds the generalised assignment instances of the literature: gap/ in the folder that CADRE_DATA names.
var gapData = filepath.Join(os.Getenv("CADRE_DATA"), "gap")

// readGAP reads an instance of the OR-Library: agents and jobs, then costs, loads and capacities.
// Cattrysse are stated as maximisation and are negated.
func readGAP(path string) (*mip.Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	var agents, jobs int
	if _, err := fmt.Fscan(in, &agents, &jobs); err != nil {
		return nil, err
	}
	cost, load, room := make([]float64, agents*jobs), make([]float64, agents*jobs), make([]float64, agents)
	for _, list := range [][]float64{cost, load, room} {
		for k := range list {
			if _, err := fmt.Fscan(in, &list[k]); err != nil {
				return nil, err
			}
		}
	}
	return gapModel(agents, jobs, cost, load, room), nil
}

func gapModel(agents, jobs int, cost, load, room []float64) *mip.Model {
	m, l := &mip.Model{}, mip.Level{Name: "cost", Scale: 1}
	rows := make([]mip.Constraint, agents+jobs)
	for a := range agents {
		rows[a] = mip.Constraint{Name: fmt.Sprintf("agent_%d", a), Lower: -mip.Inf, Upper: room[a]}
		for j := range jobs {
			k := a*jobs + j
			x := m.AddColumn(mip.Column{Name: fmt.Sprintf("x_%d_%d", a, j), Upper: 1, Integer: true})
			l.Terms = append(l.Terms, mip.Term{Col: x, Coef: cost[k]})
			rows[a].Terms = append(rows[a].Terms, mip.Term{Col: x, Coef: load[k]})
			job := &rows[agents+j]
			*job = mip.Constraint{Name: fmt.Sprintf("job_%d", j), Lower: 1, Upper: 1, Terms: append(job.Terms, mip.Term{Col: x, Coef: 1})}
		}
	}
	for _, r := range rows {
		m.AddRow(r)
	}
	m.AddLevel(l)
	return m
}

// knownGAP lists the instances with the best value known.
func knownGAP(tb testing.TB) (paths []string, best []float64) {
	if os.Getenv("CADRE_DATA") == "" {
		tb.Skip("CADRE_DATA names no folder with gap/, the generalised assignment instances")
	}
	f, err := os.Open(filepath.Join(gapData, "known_values.csv"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range rows[1:] {
		v, err := strconv.ParseFloat(r[4], 64)
		if err != nil {
			tb.Fatal(err)
		}
		paths, best = append(paths, r[0]), append(best, v)
	}
	return paths, best
}

// TestGAP solves the sixty instances of Cattrysse to proven optimality.
func TestGAP(t *testing.T) {
	paths, best := knownGAP(t)
	for k, path := range paths[:60] {
		m, err := readGAP(filepath.Join(gapData, path))
		if err != nil {
			t.Fatal(err)
		}
		res, _ := New().Solve(context.Background(), m, solver.Params{})
		if res.Status != solver.Optimal || res.Objective != best[k] {
			t.Errorf("%s: %s %g, want %g", path, res.Status, res.Objective, best[k])
		}
	}
}

// BenchmarkGAP measures every instance, a minute at most for each.
func BenchmarkGAP(b *testing.B) {
	paths, best := knownGAP(b)
	for k, path := range paths {
		b.Run(path, func(b *testing.B) {
			m, err := readGAP(filepath.Join(gapData, path))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				res, _ := New().Solve(context.Background(), m, solver.Params{Time: limitOf(time.Minute)})
				b.ReportMetric(res.Objective-best[k], "above")
				b.ReportMetric(res.Objective-res.Bound, "gap")
				b.ReportMetric(float64(res.Nodes), "nodes")
			}
		})
	}
}
