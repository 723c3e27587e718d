package main

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

// printTables prints, as Markdown, every run; then per group of seeds and runs the medians, with the ratio of the best
// peer to the first one; then, where known values are there, the gap to them.
func printTables(out io.Writer, all []outcome, known map[string]value) error {
	w := &table{w: out}
	w.line("model", "peer", "status", "objective", "bound", "gap", "points per cadre", "seconds", "to the point", "core seconds", "remark")
	w.rule(11)
	for k := range all {
		r := &all[k]
		w.line(r.Model, r.Peer, r.Status, show(r.Objective), show(r.Bound), percent(r.gap()), perCadre(r), seconds(r.Seconds), seconds(r.Answer), seconds(r.CPU), remark(r))
	}
	groups := groupsOf(all)
	if len(groups) > 0 {
		w.text("\nMedians. Reached: runs that ended with a checked point within the gap asked. Ratio: what the best other peer took " +
			"over what this one took until its point was written, and in seconds of a core, in the same run; a run that did not " +
			"reach the gap counts as it ended (>= and <=).\n\n")
		w.line("models", "gap asked", "limit", "peer", "runs", "reached", "gap", "seconds", "core seconds", "ratio", "ratio of cores")
		w.rule(11)
	}
	for _, g := range groups {
		g.print(w, all)
	}
	if len(known) > 0 {
		printKnown(w, all, known)
	}
	return w.err
}

// group is what is compared: models that differ in the seed only, under one gap and limit.
type group struct {
	models      string
	asked, most float64
}

var seedSuffix = regexp.MustCompile(`-s\d+$`)

func (r *outcome) group() group {
	return group{seedSuffix.ReplaceAllString(r.Model, "-s*"), r.Asked, r.Limit}
}

// groupsOf lists the groups in order of appearance, those that more than one peer or run is in.
func groupsOf(all []outcome) []group {
	var out []group
	for k := range all {
		if g := all[k].group(); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

func (g group) print(w *table, all []outcome) {
	var peers []string
	runs := map[string][]*outcome{}
	for k := range all {
		r := &all[k]
		if r.group() != g {
			continue
		}
		if !slices.Contains(peers, r.Peer) {
			peers = append(peers, r.Peer)
		}
		runs[r.Peer] = append(runs[r.Peer], r)
	}
	slices.Sort(peers)
	for _, p := range peers {
		var gaps, times, cores []float64
		reached := 0
		for _, r := range runs[p] {
			gaps, times, cores = append(gaps, r.gap()), append(times, r.Answer), append(cores, r.CPU)
			if r.done() {
				reached++
			}
		}
		w.line(g.models, percent(g.asked), fmt.Sprintf("%g s", g.most), p, strconv.Itoa(len(times)), strconv.Itoa(reached),
			percent(median(gaps)), seconds(median(times)), seconds(median(cores)), ratios(p, runs, wall), ratios(p, runs, core))
	}
}

// wall and core are the two costs of a run.
func wall(r *outcome) float64 { return r.Answer }
func core(r *outcome) float64 { return r.CPU }

// ratios is the median over the runs of p of the best other peer's cost over p's, for the same model and seed. Where
// nobody else reached the gap, the cheapest of their failures stands for the best (>=), where p failed, its own (<=).
func ratios(p string, runs map[string][]*outcome, cost func(*outcome) float64) string {
	var list []float64
	missed, beaten := 0, 0
	for _, mine := range runs[p] {
		best, least := math.Inf(1), math.Inf(1)
		for other, theirs := range runs {
			for _, r := range theirs {
				if other == p || r.Model != mine.Model || r.Seed != mine.Seed {
					continue
				}
				least = min(least, cost(r))
				if r.done() {
					best = min(best, cost(r))
				}
			}
		}
		if math.IsInf(least, 1) || !mine.done() && math.IsInf(best, 1) {
			continue // nobody to compare with, or nobody reached the gap
		}
		if !mine.done() {
			missed++
		}
		if math.IsInf(best, 1) {
			best, beaten = least, beaten+1
		}
		list = append(list, best/cost(mine))
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

// value is what the literature knows of an instance.
type value struct{ bound, best float64 }

// readKnown reads a CSV with the columns path, agents, jobs, best_bound_min, best_value_min; "" gives none.
func readKnown(path string) (map[string]value, error) {
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
	out := map[string]value{}
	for k, row := range rows[min(1, len(rows)):] {
		if len(row) != 5 {
			return nil, fmt.Errorf("%s: line %d has %d fields, expected 5", path, k+2, len(row))
		}
		bound, berr := strconv.ParseFloat(row[3], 64)
		best, verr := strconv.ParseFloat(row[4], 64)
		if berr != nil || verr != nil {
			return nil, fmt.Errorf("%s: line %d: %q or %q is no number", path, k+2, row[3], row[4])
		}
		out[filepath.Base(row[0])] = value{bound, best}
	}
	return out, nil
}

// printKnown compares with the literature: how far the value is above the best known, and whether it was proven.
func printKnown(w *table, all []outcome, known map[string]value) {
	w.text("\nAgainst the best known values.\n\n")
	w.line("model", "peer", "best known", "value", "above", "proven gap", "seconds")
	w.rule(7)
	for k := range all {
		r := &all[k]
		v, ok := known[r.Model]
		if !ok {
			continue
		}
		above := "-"
		if r.Objective != nil {
			above = percent((*r.Objective - v.best) / math.Max(1, math.Abs(v.best)))
		}
		w.line(r.Model, r.Peer, show(&v.best), show(r.Objective), above, percent(r.gap()), seconds(r.Seconds))
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
	if v == nil {
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

func perCadre(r *outcome) string {
	if r.Cadres == 0 || r.Objective == nil || r.Bound == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", math.Max(0, *r.Objective-*r.Bound)/float64(r.Cadres))
}

func seconds(s float64) string { return fmt.Sprintf("%.1f", s) }

// remark is the fault, else that the point was checked.
func remark(r *outcome) string {
	switch {
	case r.Fault != "":
		return "FAULT: " + r.Fault
	case r.Objective != nil:
		return "point checked"
	}
	return ""
}
