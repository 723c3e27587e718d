// Command race solves the same MPS files with our engines and with others, one thread each, one after the other, and
// prints a table of status, objective, bound, gap and seconds. Every point returned is checked by substitution, every
// bound against every checked point; a peer that cannot run here is named with the reason.
//
//	go run ./bench/race --models DIR --time 60s --gap 1e-3 --runs 3
//	go run ./bench/race --models DIR --match 'n300*' --peers native,cbc --log runs.jsonl
//	go run ./bench/race --from runs.jsonl            tables of runs made earlier
//
// Seconds are wall time of the whole process, from opening the file to the answer. Runs go round the peers, starting
// with another one each time, so that neighbours on the machine disturb all alike.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cadre/mip"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

type options struct {
	models, match, peers, cadre string
	log, from, known            string
	time                        time.Duration
	gap                         float64
	runs                        int
}

func parse(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("race", flag.ContinueOnError)
	f.StringVar(&o.models, "models", "", "folder of MPS files")
	f.StringVar(&o.match, "match", "*", "pattern of the file names without .mps; several with commas")
	f.StringVar(&o.peers, "peers", "native,glpk,highs,cbc", "who runs, ours first")
	f.StringVar(&o.cadre, "cadre", "bin/cadre", "our binary")
	f.StringVar(&o.log, "log", "", "file to append one JSON line per run to")
	f.StringVar(&o.from, "from", "", "print the tables of such a file, run nothing")
	f.StringVar(&o.known, "known", "", "CSV of best known bounds and values, as of the generalised assignment instances")
	f.DurationVar(&o.time, "time", time.Minute, "limit of one run")
	f.Float64Var(&o.gap, "gap", 1e-3, "relative gap at which a run may stop")
	f.IntVar(&o.runs, "runs", 1, "runs per model and peer; the seed is the number of the run")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	switch {
	case o.models == "" && o.from == "":
		return o, errors.New("--models names no folder")
	case o.time <= 0 || o.runs < 1 || !(o.gap >= 0):
		return o, errors.New("--time and --runs must be positive, --gap a number from 0 up")
	}
	if strings.ContainsRune(o.cadre, filepath.Separator) { // else it is looked up on the path
		var err error
		if o.cadre, err = filepath.Abs(o.cadre); err != nil {
			return o, err
		}
	}
	return o, nil
}

func run(args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	known, err := readKnown(o.known)
	if err != nil {
		return err
	}
	var all []outcome
	if o.from != "" {
		all, err = readLog(o.from)
	} else {
		all, err = race(o, out)
	}
	if err != nil {
		return err
	}
	contradictions(all)
	return printTables(out, all, known)
}

// race runs every peer on every model.
func race(o options, out io.Writer) ([]outcome, error) {
	ctx := context.Background()
	var here []peer
	for _, p := range peersOf(ctx, o) {
		if p.missing != "" {
			fmt.Fprintf(out, "Not in the race: %s (%s).\n", p.name, p.missing)
			continue
		}
		fmt.Fprintf(out, "In the race: %s %s.\n", p.name, p.version)
		here = append(here, p)
	}
	paths, err := modelsOf(o)
	if err != nil || len(here) == 0 {
		return nil, errors.Join(err, missingAll(here))
	}
	var all []outcome
	for _, path := range paths {
		if path, err = filepath.Abs(path); err != nil {
			return nil, err
		}
		m, err := readModel(path)
		if err != nil {
			return nil, err
		}
		for k := range o.runs {
			for i := range here {
				p := here[(i+k)%len(here)]
				r := p.measure(ctx, job{path: path, time: o.time, gap: o.gap, seed: k + 1}, m)
				fmt.Fprintf(os.Stderr, "%s\n", r.line())
				all = append(all, r)
				if err := appendLog(o.log, r); err != nil {
					return nil, err
				}
			}
		}
	}
	return all, nil
}

func missingAll(here []peer) error {
	if len(here) == 0 {
		return errors.New("no peer can run here")
	}
	return nil
}

// modelsOf lists the files that match, in order of their names.
func modelsOf(o options) ([]string, error) {
	var out []string
	for pattern := range strings.SplitSeq(o.match, ",") {
		found, err := filepath.Glob(filepath.Join(o.models, pattern+".mps"))
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s holds no %s.mps; write models with: go run ./bench/models --out %s", o.models, o.match, o.models)
	}
	return out, nil
}

func readModel(path string) (*mip.Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := mip.ReadMPS(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(m.Levels) != 1 {
		return nil, fmt.Errorf("%s: has %d objectives, a race needs one", path, len(m.Levels))
	}
	return m, nil
}

func appendLog(path string, r outcome) error {
	if path == "" {
		return nil
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Close())
}

func readLog(path string) ([]outcome, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []outcome
	for in := json.NewDecoder(f); ; {
		var r outcome
		switch err := in.Decode(&r); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, r)
	}
}
