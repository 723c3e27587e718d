package ruletest

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// Case is one example worked by hand: tables, a policy of the clauses needed, a plan (plan.csv, or plan.json where dates
// and order matter; none: nobody moves), and what a person wrote down about it.
type Case struct {
	Kind, Name string
	Comment    string // the reasoning
	Instance   *posting.Instance
	Policy     *policy.Policy
	Plan       *posting.Plan
	Want       Want
}

// Want is what a person expects of a plan. A finding is one line, by the part of the report:
//
//	violated CLAUSE SUBJECTS MEASURED LIMIT UNIT [@PERIOD]        missed likewise
//	waived CLAUSE SUBJECTS MEASURED LIMIT UNIT [@PERIOD] by GROUND
//	unverifiable CLAUSE SUBJECTS [@PERIOD]
//	level NAME VALUE
//	metric NAME VALUE
//
// Subjects are divided by commas, a dash stands for none; period 1 is not written. Levels that are not written are 0;
// metrics that are not written are not looked at.
type Want struct {
	Findings []string // sorted
	Levels   map[string]float64
	Metrics  map[string]float64
}

// Load reads a case file. Its tables are read as a planner's would be, through the workbook's CSV reader, in dir.
func Load(path, dir string) (*Case, error) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		return nil, err
	}
	if err := unpack(a, dir); err != nil {
		return nil, err
	}
	c := &Case{Kind: filepath.Base(filepath.Dir(path)), Name: strings.TrimSuffix(filepath.Base(path), ".txtar"),
		Comment: strings.TrimSpace(string(a.Comment))}
	if err := c.read(dir); err != nil {
		return nil, fmt.Errorf("%s/%s: %w", c.Kind, c.Name, err)
	}
	if c.Want, err = readWant(filepath.Join(dir, "want")); err != nil {
		return nil, fmt.Errorf("%s/%s: %w", c.Kind, c.Name, err)
	}
	return c, nil
}

// unpack writes the tables to dir/input, everything else to dir.
func unpack(a *txtar.Archive, dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "input"), 0o777); err != nil {
		return err
	}
	for _, f := range a.Files {
		to := filepath.Join(dir, f.Name)
		if filepath.Ext(f.Name) == ".csv" && f.Name != "plan.csv" {
			to = filepath.Join(dir, "input", f.Name)
		}
		if err := os.WriteFile(to, f.Data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

func (c *Case) read(dir string) error {
	pol, ps, err := policy.Read(filepath.Join(dir, "policy.yaml"), policy.Options{})
	if err != nil {
		return err
	}
	if pol == nil {
		return fmt.Errorf("policy.yaml: %v", ps.List)
	}
	in, problems, err := workbook.Read(filepath.Join(dir, "input"), workbook.Options{Date: pol.Calendar.Date})
	if err == nil && in == nil {
		err = fmt.Errorf("tables: %v", problems.All())
	}
	if err != nil {
		return err
	}
	c.Instance, c.Policy, c.Plan = in, pol, &posting.Plan{}
	for _, name := range planFiles {
		if err := c.readPlan(dir, name); err != nil {
			return err
		}
	}
	return nil
}

// planFiles are the forms in which a case may bring its plan.
var planFiles = []string{"plan.csv", "plan.json"}

func (c *Case) readPlan(dir, name string) error {
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	plan, problems, err := workbook.ReadPlan(path, c.Instance)
	if err == nil && plan == nil {
		err = fmt.Errorf("%s: %v", name, problems.All())
	}
	c.Plan = plan
	return err
}

func readWant(path string) (Want, error) {
	w := Want{Levels: map[string]float64{}, Metrics: map[string]float64{}}
	numbers := map[string]map[string]float64{"level": w.Levels, "metric": w.Metrics}
	data, err := os.ReadFile(path)
	if err != nil {
		return w, err
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
		case numbers[f[0]] != nil && len(f) == 3:
			if numbers[f[0]][f[1]], err = strconv.ParseFloat(f[2], 64); err != nil {
				return w, fmt.Errorf("want: %q: %w", line, err)
			}
		case numbers[f[0]] != nil || len(f) < 3:
			return w, fmt.Errorf("want: %q is neither a finding nor a level nor a metric", line)
		default:
			w.Findings = append(w.Findings, strings.Join(f, " "))
		}
	}
	slices.Sort(w.Findings)
	return w, nil
}

// Violated tells whether the plan is expected to break a binding clause.
func (w Want) Violated() bool {
	return slices.ContainsFunc(w.Findings, func(line string) bool { return strings.HasPrefix(line, "violated ") })
}

// Lines are the findings of a report in the form of a case's, sorted.
func Lines(r posting.AuditReport) []string {
	var out []string
	parts := []struct {
		name string
		list []posting.Finding
	}{{"violated", r.Violated}, {"missed", r.Missed}, {"waived", r.Waived}, {"unverifiable", r.Unverifiable}}
	for _, part := range parts {
		for _, f := range part.list {
			out = append(out, line(part.name, f))
		}
	}
	slices.Sort(out)
	return out
}

func line(part string, f posting.Finding) string {
	words := []string{part, f.Clause, "-"}
	if len(f.Subjects) > 0 {
		words[2] = strings.Join(f.Subjects, ",")
	}
	if part != "unverifiable" {
		words = append(words, strconv.FormatFloat(f.Measured, 'g', -1, 64), strconv.FormatFloat(f.Limit, 'g', -1, 64), f.Unit)
	}
	if f.Period != 1 {
		words = append(words, fmt.Sprintf("@%d", f.Period))
	}
	if part == "waived" {
		words = append(words, "by", f.Exception)
	}
	return strings.Join(words, " ")
}

// LevelDifferences compares level values with those expected.
func (w Want) LevelDifferences(values map[string]float64) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(w.Levels)) {
		if _, ok := values[name]; !ok {
			errs = append(errs, fmt.Errorf("the policy has no level %s", name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if values[name] != w.Levels[name] {
			errs = append(errs, fmt.Errorf("level %s: got %g, want %g", name, values[name], w.Levels[name]))
		}
	}
	return errors.Join(errs...)
}

// MetricDifferences compares the metrics of a report with those expected. A clause that is reported only and kept has no
// metric of its breach.
func (w Want) MetricDifferences(metrics map[string]float64) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(w.Metrics)) {
		got, given := metrics[name]
		if got != w.Metrics[name] || !given && !strings.HasSuffix(name, Breach) {
			errs = append(errs, fmt.Errorf("metric %s: got %g (given: %t), want %g", name, got, given, w.Metrics[name]))
		}
	}
	return errors.Join(errs...)
}

// Breach is the suffix of the metric in which the breach of a clause that is reported only is given.
const Breach = ".breach"

// Reported tells whether a clause that is reported only is expected to be broken.
func (w Want) Reported() bool {
	for name, v := range w.Metrics {
		if strings.HasSuffix(name, Breach) && v != 0 {
			return true
		}
	}
	return false
}
