// Package results draws up what a release was measured at, from the logs of its runs and from nothing else: no figure is typed by
// hand, and each names the command that makes it.
package results

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cadre/bench/race"
	"cadre/bench/scale"
)

// Part is one log with what it is and the target that makes it.
type Part struct {
	File, Title, Target, About string
	Brief                      bool // of many small models: known values where there are some, else every run, and no medians
}

// parts are the logs of a release in the order of the report. Further *.jsonl follow by name.
var parts = []Part{
	{"quick.jsonl", "Quick race", "make bench-quick", "300 cadres with 20 s, 1,000 with 30 s, one seed, one thread: readings, not medians.", false},
	{"races.jsonl", "Races, one thread", "make bench-races", "Five seeds up to 300 cadres, so that medians are over five pairs; one above.", false},
	{"short-300.jsonl", "Reduced selection: 300 cadres", "make bench-short", "Convex and min-max fairness, to a gap of 0.01 %, one thread.", false},
	{"asked.jsonl", "300 cadres, asked for 0.1 % and no more", "make bench-asked", "Convex fairness, one thread: what a planner's question takes who asks for 0.1 %.", false},
	{"short-1000.jsonl", "Reduced selection: 1,000 cadres and more", "make bench-short", "To a gap of 0.01 %, one thread; 3000k60 and 10000k60 with 60 candidates each.", false},
	{"again.jsonl", "The same again", "make bench-again", "A part of the above, run once more.", true},
	{"threads.jsonl", "Races, two threads", "make bench-threads", "The same models on both cores.", false},
	{"literature.jsonl", "Assignment problems of the literature", "make bench-literature", "Generalised assignment (Cattrysse; Chu and Beasley) and one linear assignment, to gap 0, through `cadre solve`; best known values beside ours.", true},
	{"awkward.jsonl", "Awkward models", "make bench-awkward", "Small models without any assignment (bench/models/awkward.go): what is infeasible or unbounded is so by construction.", true},
}

// Section is one release.
type Section struct {
	Title   string
	Machine *race.Machine
	Notes   string
	Logs    []Log
	Scale   []scale.Point
	Micro   string
}

// Log is a race that was read back.
type Log struct {
	Part
	Runs  []race.Run
	Cut   int
	Known map[string]race.Value
}

// Read gathers the results of a folder; what is not there is left out, a folder without any is an error.
func Read(dir, title, notes string) (*Section, error) {
	s := &Section{Title: title}
	if notes != "" {
		text, err := os.ReadFile(notes)
		if err != nil {
			return nil, err
		}
		s.Notes = strings.TrimSpace(string(text))
	}
	if err := optional(readJSON(filepath.Join(dir, "machine.json"), &s.Machine)); err != nil {
		return nil, err
	}
	if err := optional(readJSON(filepath.Join(dir, "scale", "scale.json"), &s.Scale)); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(dir, "micro.txt"))
	if s.Micro = strings.TrimSpace(string(text)); optional(err) != nil {
		return nil, err
	}
	if err := s.logs(dir); err != nil {
		return nil, err
	}
	if len(s.Logs) == 0 && s.Scale == nil && s.Micro == "" {
		return nil, fmt.Errorf("%s holds no results", dir)
	}
	return s, nil
}

func (s *Section) logs(dir string) error {
	found, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		return err
	}
	all := slices.Clone(parts)
	for _, path := range found {
		name := filepath.Base(path)
		if !slices.ContainsFunc(all, func(p Part) bool { return p.File == name }) {
			all = append(all, Part{File: name, Title: strings.TrimSuffix(name, ".jsonl")})
		}
	}
	known, err := race.ReadKnown(existing(filepath.Join(dir, "known.csv")))
	if err != nil {
		return err
	}
	for _, p := range all {
		runs, cut, err := race.ReadLog(filepath.Join(dir, p.File))
		if optional(err) != nil {
			return err
		}
		if len(runs) == 0 {
			continue
		}
		race.Contradictions(runs)
		s.Logs = append(s.Logs, Log{p, runs, cut, knownOf(runs, known)})
	}
	return nil
}

// knownOf are the known values of models that were run.
func knownOf(runs []race.Run, known map[string]race.Value) map[string]race.Value {
	out := map[string]race.Value{}
	for _, r := range runs {
		if v, ok := known[r.Model]; ok {
			out[r.Model] = v
		}
	}
	return out
}

// existing is the path where there is such a file, else "".
func existing(path string) string {
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

func optional(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func readJSON(path string, v any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// Write writes the section as Markdown.
func (s *Section) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n", s.Title)
	if m := s.Machine; m != nil {
		fmt.Fprintf(&b, "| | |\n|---|---|\n| date | %s |\n| machine | %s, %d cores, %s, %s; load %s when the runs began |\n| built with | %s, commit %s |\n",
			m.Date, m.CPU, m.Cores, m.Memory, m.System, m.Load, m.Go, cmp.Or(m.Commit, "not told"))
		fmt.Fprintf(&b, "| solvers | %s |\n\n", strings.Join(s.solvers(), ", "))
	}
	if s.Notes != "" {
		b.WriteString(s.Notes + "\n\n")
	}
	s.wins(&b)
	s.again(&b)
	for i := range s.Logs {
		if err := s.Logs[i].write(&b); err != nil {
			return err
		}
	}
	if s.Scale != nil {
		b.WriteString("### Scaling\n\n`make bench-scale`\n\n")
		if err := scale.Table(&b, s.Scale); err != nil {
			return err
		}
		b.WriteString("\n")
	}
	if s.Micro != "" {
		fmt.Fprintf(&b, "### Micro-benchmarks\n\n`make bench-micro`; compare two with benchstat.\n\n```\n%s\n```\n", s.Micro)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (l *Log) write(b *strings.Builder) error {
	fmt.Fprintf(b, "### %s\n\n", l.Title)
	if l.Target != "" {
		fmt.Fprintf(b, "`%s`. %s\n\n", l.Target, l.About)
	}
	if line := l.load(); line != "" {
		b.WriteString(line + "\n\n")
	}
	if l.Cut > 0 {
		fmt.Fprintf(b, "%d runs of the log were cut short and are left out.\n\n", l.Cut)
	}
	print := func() error { return race.Tables(b, l.Runs, l.Known) }
	switch {
	case l.Brief && len(l.Known) > 0:
		print = func() error { return race.Known(b, l.Runs, l.Known) }
	case l.Brief:
		print = func() error { return race.Rows(b, l.Runs) }
	}
	if err := print(); err != nil {
		return err
	}
	b.WriteString("\n")
	return nil
}

// solvers lists who ran, with versions, and who was asked for and is not there.
func (s *Section) solvers() []string {
	names := map[string]string{}
	for _, l := range s.Logs {
		for _, r := range l.Runs {
			switch {
			case r.Status == race.Missing && names[r.Solver] == "":
				names[r.Solver] = "missing"
			case r.Status != race.Missing:
				names[r.Solver] = r.Version
			}
		}
	}
	var out []string
	for _, n := range slices.Sorted(maps.Keys(names)) {
		out = append(out, strings.TrimSpace(n+" "+names[n]))
	}
	return out
}

// load says how busy the machine was, and how much of a core the runs got: what a reader has to know of wall times.
func (l *Log) load() string {
	var loads, shares []float64
	for _, r := range l.Runs {
		if r.Load > 0 {
			loads = append(loads, r.Load)
		}
		if r.Seconds >= leastShare {
			shares = append(shares, r.CPU/r.Seconds)
		}
	}
	if len(loads) == 0 || len(shares) == 0 {
		return ""
	}
	slices.Sort(loads)
	slices.Sort(shares)
	return fmt.Sprintf("Load of the machine at the end of each run: %.1f to %.1f, median %.1f; of a core a run of more than %g s got %.0f %% (median; least %.0f %%).",
		loads[0], loads[len(loads)-1], loads[len(loads)/2], leastShare, 100*shares[len(shares)/2], 100*shares[0])
}

// leastShare is from how many seconds on the share of a core that a run got means something.
const leastShare = 2.0

// wins says of each race on how many models which solver was first to the gap asked, and which had the smallest mean gap: where
// another one wins, it says so.
func (s *Section) wins(b *strings.Builder) {
	for i := range s.Logs {
		if l := &s.Logs[i]; l.contested() {
			fmt.Fprintf(b, "- %s: first to the gap asked: %s; smallest mean gap over the limit: %s.\n", l.Title, tally(race.Winners(l.Runs)), tally(race.Closest(l.Runs)))
		}
	}
	b.WriteString("\n")
}

// tally counts names, the most frequent first.
func tally(names []string) string {
	count := map[string]int{}
	for _, n := range names {
		if n == "" {
			n = "nobody"
		}
		count[n]++
	}
	order := slices.SortedFunc(maps.Keys(count), func(x, y string) int {
		return cmp.Or(cmp.Compare(count[y], count[x]), cmp.Compare(x, y))
	})
	var out []string
	for _, n := range order {
		out = append(out, fmt.Sprintf("%s %d", n, count[n]))
	}
	return strings.Join(out, ", ")
}

func (l *Log) contested() bool {
	for _, r := range l.Runs {
		if r.Solver != l.Runs[0].Solver {
			return true
		}
	}
	return false
}

// Place puts the section into a text that has others: in the place of the one with its title, else above all, below the
// head of the text.
func (s *Section) Place(old string) (string, error) {
	var b strings.Builder
	if err := s.Write(&b); err != nil {
		return "", err
	}
	from, to := "<!-- results: "+s.Title+" -->\n", "<!-- end: "+s.Title+" -->\n"
	section := from + b.String() + to
	if i, j := strings.Index(old, from), strings.Index(old, to); i >= 0 && j > i {
		return old[:i] + section + old[j+len(to):], nil
	}
	if i := strings.Index(old, "<!-- results: "); i >= 0 {
		return old[:i] + section + "\n" + old[i:], nil
	}
	if i := strings.Index(old, "\n## "); i >= 0 {
		return old[:i+1] + section + "\n" + old[i+1:], nil
	}
	return old + "\n" + section, nil
}
