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
}

// parts are the logs of a release in the order of the report. Further *.jsonl follow by name.
var parts = []Part{
	{"quick.jsonl", "Quick race", "make bench-quick", "300 cadres with 20 s, 1,000 with 30 s, one seed, one thread: readings, not medians."},
	{"races.jsonl", "Races, one thread", "make bench-races", "Five seeds up to 300 cadres, so that medians are over five pairs; one above."},
	{"threads.jsonl", "Races, two threads", "make bench-threads", "The same models on both cores."},
	{"literature.jsonl", "Assignment problems of the literature", "make bench-literature", "Generalised assignment (Cattrysse; Chu and Beasley) and one linear assignment, to gap 0, through `cadre solve`; best known values beside ours."},
	{"awkward.jsonl", "Awkward models", "make bench-awkward", "Small models without any assignment (bench/models/awkward.go): what is infeasible or unbounded is so by construction."},
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
		fmt.Fprintf(&b, "| | |\n|---|---|\n| date | %s |\n| machine | %s, %d cores, %s, %s; load %s when the runs began |\n| built with | %s |\n\n",
			m.Date, m.CPU, m.Cores, m.Memory, m.System, m.Load, m.Go)
	}
	if s.Notes != "" {
		b.WriteString(s.Notes + "\n\n")
	}
	s.wins(&b)
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
	if l.Cut > 0 {
		fmt.Fprintf(b, "%d runs of the log were cut short and are left out.\n\n", l.Cut)
	}
	if err := race.Tables(b, l.Runs, l.Known); err != nil {
		return err
	}
	b.WriteString("\n")
	return nil
}

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
