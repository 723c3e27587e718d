package race

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Tables prints, as Markdown, every run; then the times to proven gaps; then per group of seeds and runs the medians, with the
// ratio of the best peer to the first one; then, where known values are there, the gap to them.
func Tables(out io.Writer, all []Run, known map[string]Value) error {
	w := &table{w: out}
	rows(w, all)
	times(w, all)
	groups := groupsOf(all)
	if len(groups) > 0 {
		w.text(medianText)
		w.line("models", "gap asked", "limit", "threads", "solver", "runs", "reached", "gap", "seconds", "core seconds", "ratio", "ratio of cores")
		w.rule(12)
	}
	for _, g := range groups {
		g.print(w, all)
	}
	levels(w, groups, all)
	if len(known) > 0 {
		printKnown(w, all, known)
	}
	return w.err
}

const medianText = "\nMedians. Reached: runs that ended with a checked point within the gap asked. Ratio: what the best other solver took " +
	"over what this one took until its point was written, and in seconds of a core, pair by pair in the same run; who did not " +
	"reach the gap counts as the limit, in seconds of a core as what it used (>= and <=). A median of fewer than five runs is marked with *: on a noisy machine it is one " +
	"reading, not a figure.\n\n"

// Rows prints, as Markdown, every run and nothing more: what there is to say of many small models.
func Rows(out io.Writer, all []Run) error {
	w := &table{w: out}
	rows(w, all)
	return w.err
}

// Known prints, as Markdown, only the comparison with known values.
func Known(out io.Writer, all []Run, known map[string]Value) error {
	w := &table{w: out}
	printKnown(w, all, known)
	return w.err
}

func rows(w *table, all []Run) {
	w.line("model", "solver", "status", "objective", "bound", "gap", "points per cadre", "seconds", "to the point", "core seconds", "MB", "remark")
	w.rule(12)
	for k := range all {
		r := &all[k]
		w.line(r.Model, r.Solver, r.Status, show(r.Objective), show(r.Bound), percent(r.gap()), perCadre(r), clock(r.Seconds), clock(r.Answer),
			clock(r.CPU), megabytes(r.Memory), remark(r))
	}
}

// times prints how long each run took to a first plan and to proven gaps.
func times(w *table, all []Run) {
	w.text("\nSeconds to the first plan and to a proven gap of 1 %, 0.1 % and 0.01 %; >= where the limit came first. Integral: the mean gap " +
		"over the limit, 1 where there was none: smaller is better.\n\n")
	w.line("model", "solver", "first plan", "1 %", "0.1 %", "0.01 %", "integral")
	w.rule(7)
	for k := range all {
		r := &all[k]
		if r.Status == Missing {
			continue
		}
		w.line(r.Model, r.Solver, r.reached(r.First), r.reached(r.To1), r.reached(r.To01), r.reached(r.To001), fraction(r.Integral))
	}
}

func (r *Run) reached(at *float64) string {
	if at == nil {
		return fmt.Sprintf(">= %g", r.Limit)
	}
	return clock(*at)
}

func fraction(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", *v)
}

func megabytes(v float64) string {
	if v == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", v)
}

// group is what is compared: models that differ in the seed only, under one gap and limit.
type group struct {
	models      string
	asked, most float64
	threads     int
	core        bool
}

var seedSuffix = regexp.MustCompile(`-s\d+$`)

func (r *Run) group() group {
	return group{seedSuffix.ReplaceAllString(r.Model, "-s*"), r.Asked, r.Limit, r.Threads, r.Core}
}

// groupsOf lists the groups in order of appearance, those that more than one peer or run is in.
func groupsOf(all []Run) []group {
	var out []group
	for k := range all {
		if g := all[k].group(); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

// runs are those of the group by solver, and the names of the solvers in order.
func (g group) runs(all []Run) (runs map[string][]*Run, peers []string) {
	runs = map[string][]*Run{}
	for k := range all {
		r := &all[k]
		if r.group() != g || r.Status == Missing {
			continue
		}
		if !slices.Contains(peers, r.Solver) {
			peers = append(peers, r.Solver)
		}
		runs[r.Solver] = append(runs[r.Solver], r)
	}
	slices.Sort(peers)
	return runs, peers
}

func (g group) print(w *table, all []Run) {
	runs, peers := g.runs(all)
	for _, p := range peers {
		var gaps, times, cores []float64
		reached := 0
		for _, r := range runs[p] {
			gaps, times, cores = append(gaps, r.gap()), append(times, r.Answer), append(cores, r.CPU)
			if r.Done() {
				reached++
			}
		}
		w.line(g.models, percent(g.asked), g.limit(), strconv.Itoa(g.threads), p, strconv.Itoa(len(times)), strconv.Itoa(reached),
			percent(median(gaps)), clock(median(times))+few(len(times)), clock(median(cores))+few(len(times)), ratios(p, runs, wall)+few(len(times)), ratios(p, runs, core)+few(len(times)))
	}
}

// limit is the limit of a run with the clock that it is on.
func (g group) limit() string {
	if g.core {
		return fmt.Sprintf("%g s of a core", g.most)
	}
	return fmt.Sprintf("%g s", g.most)
}

// leastRuns is from how many runs on a median is a figure.
const leastRuns = 5

func few(runs int) string {
	if runs < leastRuns {
		return " *"
	}
	return ""
}

// cost is what a run took to reach something, and whether it did.
type cost func(r *Run) (float64, bool)

// wall and core are the two costs of a run to the gap asked. Who did not reach it counts as the limit, or as what he took where
// that was more; in seconds of a core as what he used, which a busy machine may have kept below the limit.
func wall(r *Run) (float64, bool) {
	if !r.Done() {
		return max(r.Answer, r.Limit), false
	}
	return max(r.Answer, leastTime), true
}

func core(r *Run) (float64, bool) { return max(r.CPU, leastTime), r.Done() }

// to is the cost in wall time of what a run reached on its way.
func to(at func(*Run) *float64) cost {
	return func(r *Run) (float64, bool) {
		if t := at(r); t != nil && r.Fault == "" {
			return max(*t, leastTime), true
		}
		return r.Limit, false
	}
}

// marks are what the tables ask of the way.
var marks = []cost{to(func(r *Run) *float64 { return r.First }), to(func(r *Run) *float64 { return r.To1 }),
	to(func(r *Run) *float64 { return r.To01 }), to(func(r *Run) *float64 { return r.To001 })}

// levels prints, per group of seeds and runs, the median times to marks on the way, with the ratio of the best other solver to each at
// the two smallest gaps.
func levels(w *table, groups []group, all []Run) {
	if len(groups) == 0 {
		return
	}
	w.text("\nMedian seconds to the first plan and to proven gaps, >= the limit where most runs did not get there. Ratios as above, to the gap at the head of the column.\n\n")
	w.line("models", "limit", "threads", "solver", "runs", "first plan", "1 %", "0.1 %", "0.01 %", "ratio to 0.1 %", "ratio to 0.01 %")
	w.rule(11)
	for _, g := range groups {
		runs, peers := g.runs(all)
		for _, p := range peers {
			star := few(len(runs[p]))
			cells := []string{g.models, g.limit(), strconv.Itoa(g.threads), p, strconv.Itoa(len(runs[p]))}
			for _, m := range marks {
				cells = append(cells, middle(runs[p], m, g.most)+star)
			}
			w.line(append(cells, ratios(p, runs, marks[2])+star, ratios(p, runs, marks[3])+star)...)
		}
	}
}

// middle is the median time to a mark; runs that did not get there are later than all others.
func middle(runs []*Run, m cost, limit float64) string {
	var list []float64
	for _, r := range runs {
		t, ok := m(r)
		if !ok {
			t = math.Inf(1)
		}
		list = append(list, t)
	}
	if v := median(list); !math.IsInf(v, 1) {
		return clock(v)
	}
	return fmt.Sprintf(">= %g", limit)
}

// leastTime keeps ratios finite: no clock here tells less than a hundredth of a second from another.
const leastTime = 0.01

// ratios is the median over the runs of p of the best other peer's cost over p's, for the same model and seed. Where
// nobody else reached the gap, the cheapest of their failures stands for the best (>=), where p failed, its own (<=).
func ratios(p string, runs map[string][]*Run, of cost) string {
	var list []float64
	missed, beaten := 0, 0
	for _, mine := range runs[p] {
		best, least := math.Inf(1), math.Inf(1)
		for other, theirs := range runs {
			for _, r := range theirs {
				if other == p || r.Model != mine.Model || r.Seed != mine.Seed {
					continue
				}
				c, done := of(r)
				least = min(least, c)
				if done {
					best = min(best, c)
				}
			}
		}
		own, done := of(mine)
		if math.IsInf(least, 1) || !done && math.IsInf(best, 1) {
			continue // nobody to compare with, or nobody got there
		}
		if !done {
			missed++
		}
		if math.IsInf(best, 1) {
			best, beaten = least, beaten+1
		}
		list = append(list, best/own)
	}
	if len(list) == 0 {
		return "-"
	}
	return sign(missed, beaten) + strconv.FormatFloat(median(list), 'f', 2, 64)
}

// sign says on which side of the true ratio the number lies.
func sign(missed, beaten int) string {
	switch {
	case missed > 0 && beaten > 0:
		return "about "
	case missed > 0:
		return "<= "
	case beaten > 0:
		return ">= "
	}
	return ""
}

// median is the middle value, of an even number the mean of the two in the middle.
func median(list []float64) float64 {
	s := slices.Sorted(slices.Values(list))
	n := len(s)
	if n == 0 {
		return math.NaN()
	}
	if n%2 == 1 || math.IsInf(s[n/2], 1) {
		return s[n/2]
	}
	return (s[n/2-1] + s[n/2]) / 2
}

// Value is what the literature knows of an instance.
type Value struct{ Bound, Best float64 }

// ReadKnown reads a CSV with the columns path, agents, jobs, best_bound_min, best_value_min; "" gives none.
func ReadKnown(path string) (map[string]Value, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	out := map[string]Value{}
	for k, row := range rows[min(1, len(rows)):] {
		if len(row) != 5 {
			return nil, fmt.Errorf("%s: line %d has %d fields, expected 5", path, k+2, len(row))
		}
		bound, berr := strconv.ParseFloat(row[3], 64)
		best, verr := strconv.ParseFloat(row[4], 64)
		if berr != nil || verr != nil {
			return nil, fmt.Errorf("%s: line %d: %q or %q is no number", path, k+2, row[3], row[4])
		}
		out[filepath.Base(row[0])] = Value{bound, best}
	}
	return out, nil
}

// printKnown compares with the literature: how far the value is above the best known, and whether it was proven.
func printKnown(w *table, all []Run, known map[string]Value) {
	w.text("\nAgainst the best known values.\n\n")
	w.line("model", "solver", "status", "limit", "best known", "value", "above", "bound", "gap", "to the point", "core seconds")
	w.rule(11)
	for k := range all {
		r := &all[k]
		v, ok := known[r.Model]
		if !ok {
			continue
		}
		above := "-"
		if r.Objective != nil {
			above = percent((*r.Objective - v.Best) / math.Max(1, math.Abs(v.Best)))
		}
		g := r.group()
		w.line(r.Model, r.Solver, r.Status, g.limit(), show(&v.Best), show(r.Objective), above, show(r.Bound), percent(r.gap()), clock(r.Answer), clock(r.CPU))
	}
}

// table writes Markdown and keeps the first error.
type table struct {
	w   io.Writer
	err error
}

func (t *table) text(s string) {
	if t.err == nil {
		_, t.err = io.WriteString(t.w, s)
	}
}

func (t *table) line(cells ...string) { t.text("| " + strings.Join(cells, " | ") + " |\n") }

func (t *table) rule(columns int) { t.text(strings.Repeat("|---", columns) + "|\n") }

func show(v *float64) string {
	if v == nil || math.Abs(*v) >= infinite {
		return "-"
	}
	if *v == math.Trunc(*v) {
		return strconv.FormatFloat(*v, 'f', 0, 64)
	}
	return strconv.FormatFloat(*v, 'f', 2, 64)
}

func percent(gap float64) string {
	if math.IsInf(gap, 0) || math.IsNaN(gap) {
		return "-"
	}
	return fmt.Sprintf("%.4f %%", 100*gap)
}

func perCadre(r *Run) string {
	if r.Cadres == 0 || r.Objective == nil || r.Bound == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", math.Max(0, *r.Objective-*r.Bound)/float64(r.Cadres))
}

func clock(s float64) string { return fmt.Sprintf("%.1f", s) }

// remark is the fault, else that the point was checked.
func remark(r *Run) string {
	switch {
	case r.Fault != "":
		return mark(r) + r.Fault
	case r.Checked:
		return "point checked"
	}
	return ""
}

// mark tells a fault from a peer that is not there.
func mark(r *Run) string {
	if r.Status == Missing {
		return ""
	}
	return "FAULT: "
}

// Winners names, for each model and seed in order, the solver that was first to the gap asked, "" where none reached it. Missing
// peers have no part in it.
func Winners(all []Run) []string {
	return best(all, func(r *Run) (float64, bool) { return r.Answer, r.Done() })
}

// Closest names likewise the solver with the smallest mean gap over the limit, which says who was ahead where nobody arrived.
func Closest(all []Run) []string {
	return best(all, func(r *Run) (float64, bool) {
		if r.Integral == nil || *r.Integral >= 1 || r.Fault != "" { // 1: it had no gap at all
			return 0, false
		}
		return *r.Integral, true
	})
}

// best names for each model, seed and limit the solver of least cost among those that have one.
func best(all []Run, cost func(*Run) (float64, bool)) []string {
	type heat struct {
		model string
		seed  int
		group group
	}
	var order []heat
	names, least := map[heat]string{}, map[heat]float64{}
	for k := range all {
		r := &all[k]
		if r.Status == Missing {
			continue
		}
		h := heat{r.Model, r.Seed, r.group()}
		if _, known := names[h]; !known {
			order, names[h], least[h] = append(order, h), "", math.Inf(1)
		}
		if c, ok := cost(r); ok && c < least[h] {
			names[h], least[h] = r.Solver, c
		}
	}
	out := make([]string, len(order))
	for i, h := range order {
		out[i] = names[h]
	}
	return out
}
