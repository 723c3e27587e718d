package race

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cadre/mip"
)

// Ours are our own backends; Others whom a user would pick instead, in the order of rows.
var (
	Ours   = []string{"native", "glpk", "highs"}
	Others = []string{"cbc", "glpsol", "highspy", "highs-cli", "cp-sat", "scip", "timefold"}
)

// Peers lists the peers asked for, those that cannot run with the reason. A name with = is a program of the caller's:
// NAME=PROGRAM is called as PROGRAM MODEL SECONDS GAP THREADS SEED SOLUTION and answers as `cadre solve --json` does.
func Peers(ctx context.Context, names []string, binary string) []Peer {
	own, ownErr := ownSolvers(ctx, binary)
	folder := FindFolder()
	python := pythonPeers(ctx, folder)
	var out []Peer
	for _, name := range names {
		p, known := python[name]
		label, path, foreign := strings.Cut(name, "=")
		switch {
		case foreign:
			p = foreignPeer(label, path)
		case known:
		case name == "cbc":
			p = cbcPeer(ctx)
		case name == "glpsol":
			p = glpsolPeer(ctx)
		case name == "highs-cli":
			p = highsPeer(ctx)
		case name == "timefold":
			p = timefoldPeer(ctx, folder)
		case ownErr != nil:
			p = Peer{Name: name, Missing: ownErr.Error()}
		default:
			p = ourPeer(binary, name, own)
		}
		out = append(out, p)
	}
	return out
}

func foreignPeer(name, path string) Peer {
	p := Peer{Name: name, claims: lastJSON, point: plainPoint, events: pythonEvents}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if _, err := os.Stat(path); err != nil {
		p.Missing = err.Error()
	}
	p.command = func(j Job, solution string) []string {
		return []string{path, j.Path, fmt.Sprint(j.Time.Seconds()), fmt.Sprint(j.Gap), fmt.Sprint(j.Threads), fmt.Sprint(j.Seed), solution}
	}
	return p
}

// Course says what is raced and how.
type Course struct {
	Models []string // paths
	Peers  []Peer
	Job    Job               // limit, gap, threads; the seed is the number of the run
	Runs   int               // per model and peer
	Log    string            // file to which every run is appended at once, "" none
	Tell   func(r *Run)      // called after every run, nil nobody
	JobOf  func(string) *Job // another job for a model, nil or nil for the same
}

// Run makes the runs and flags contradictions. An error ends it; the runs made so far are handed back with it, and stand in
// the log. Runs go round the peers, starting with another one each time, so that neighbours on the machine disturb all
// alike; a missing peer has one row per model.
func (c *Course) Run(ctx context.Context) ([]Run, error) {
	if err := c.readable(); err != nil {
		return nil, err
	}
	var all []Run
	for _, path := range c.Models {
		m, err := ReadModel(path)
		if err != nil {
			return all, err
		}
		runs, err := c.model(ctx, path, m)
		all = append(all, runs...)
		if err != nil {
			return all, err
		}
	}
	Contradictions(all)
	return all, nil
}

// readable reads every model before the first run, so that one that cannot be read is told at once, not after hours.
func (c *Course) readable() error {
	var faults []error
	for _, path := range c.Models {
		if _, err := ReadModel(path); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return &UnreadableError{errors.Join(faults...)}
	}
	return nil
}

// UnreadableError says which models cannot be raced, and why.
type UnreadableError struct{ error }

func (e *UnreadableError) Unwrap() error { return e.error }

func (c *Course) model(ctx context.Context, path string, m *mip.Model) ([]Run, error) {
	var all []Run
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	for k := range max(1, c.Runs) {
		for i := range c.Peers {
			p := &c.Peers[(i+k)%len(c.Peers)]
			if p.Missing != "" && k > 0 {
				continue
			}
			j := c.Job
			if c.JobOf != nil {
				if own := c.JobOf(modelName(path)); own != nil {
					j = *own
				}
			}
			j.Path, j.Seed = abs, k+1
			r := p.Measure(ctx, j, m)
			if ctx.Err() != nil {
				return all, ctx.Err()
			}
			all = append(all, r)
			if c.Tell != nil {
				c.Tell(&r)
			}
			if err := Append(c.Log, &r); err != nil {
				return all, fmt.Errorf("%w; the runs before this one stand in %s", err, c.Log)
			}
		}
	}
	return all, nil
}

// Models lists the models of a folder whose names match one of the patterns, in order of their names; a folder without any is
// an error.
func Models(dir string, patterns []string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".mps") && !strings.HasSuffix(name, ".mps.gz") {
			continue
		}
		for _, pattern := range patterns {
			match, err := filepath.Match(pattern, modelName(name))
			if err != nil {
				return nil, err
			}
			if match {
				out = append(out, filepath.Join(dir, name))
				break
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s holds no MPS model that matches %s", dir, strings.Join(patterns, ","))
	}
	slices.Sort(out)
	return out, nil
}

// ReadModel reads an MPS file with one objective.
func ReadModel(path string) (*mip.Model, error) {
	in, err := openModel(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	m, err := mip.ReadMPS(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(m.Levels) != 1 {
		return nil, fmt.Errorf("%s: has %d objectives, a race needs one", path, len(m.Levels))
	}
	return m, nil
}

// openModel opens a file for reading, unpacked where its name ends in .gz.
func openModel(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	in, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return unpacked{in, f}, nil
}

// unpacked closes the file below with the stream.
type unpacked struct {
	io.Reader
	io.Closer
}

// Append adds a run to a log, one line of JSON; "" is no log. What stands there is never touched: where the disk is full the
// last line may be cut, and [ReadLog] leaves it out.
func Append(path string, r *Run) error {
	if path == "" {
		return nil
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(append(rowEnd(f), append(line, '\n')...))
	return errors.Join(err, f.Close())
}

// rowEnd ends a line that was cut.
func rowEnd(f *os.File) []byte {
	info, err := f.Stat()
	last := []byte{'\n'}
	if err != nil || info.Size() == 0 {
		return nil
	}
	if _, err := f.ReadAt(last, info.Size()-1); err != nil || last[0] == '\n' {
		return nil
	}
	return []byte{'\n'}
}

// ReadLog reads the runs of a log. cut is the number of lines left out since they end before their run does, as a full disk or
// a kill leaves them.
func ReadLog(path string) (all []Run, cut int, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, 0, err
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		if strings.TrimSpace(line) == "" {
			continue
		}
		var r Run
		switch err := json.NewDecoder(strings.NewReader(strings.TrimSpace(line))).Decode(&r); {
		case errors.Is(err, io.ErrUnexpectedEOF):
			cut++
		case err != nil:
			return nil, cut, fmt.Errorf("%s: line %d: %w", path, n, err)
		default:
			all = append(all, r)
		}
	}
	return all, cut, nil
}
