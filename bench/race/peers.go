package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"cadre/mip"
)

// grace is how long past its limit a peer may go on before it is killed: reading a large file, presolve and the last
// LP honour no clock in some of them.
const grace = 30 * time.Second

// job is one run to make.
type job struct {
	path string
	time time.Duration
	gap  float64
	seed int
}

// claim is what a peer says about a job. Objective and Bound are nil where it names none.
type claim struct {
	Status    string
	Objective *float64
	Bound     *float64
}

// peer is one competitor.
type peer struct {
	name, version, missing string
	command                func(j job, solution string) []string
	claims                 func(stdout string) (claim, error)
	point                  func(solution string) (map[string]float64, error)
}

// peersOf lists the peers asked for, those that cannot run with the reason.
func peersOf(ctx context.Context, o options) []peer {
	own, ownErr := ownSolvers(ctx, o.cadre)
	var out []peer
	for name := range strings.SplitSeq(o.peers, ",") {
		switch {
		case name == "cbc":
			out = append(out, cbcPeer(ctx))
		case name == "highs-cli":
			out = append(out, highsPeer(ctx))
		case ownErr != nil:
			out = append(out, peer{name: name, missing: ownErr.Error()})
		default:
			out = append(out, cadrePeer(o.cadre, name, own))
		}
	}
	return out
}

// backend is a line of `cadre solvers --json`.
type backend struct {
	Name, Version, Reason string
	Available             bool
}

func ownSolvers(ctx context.Context, binary string) ([]backend, error) {
	text, err := exec.CommandContext(ctx, binary, "solvers", "--json").Output()
	if err != nil {
		return nil, fmt.Errorf("%s solvers: %w", binary, err)
	}
	var list []backend
	return list, json.Unmarshal(text, &list)
}

func cadrePeer(binary, name string, own []backend) peer {
	p := peer{name: name, claims: cadreClaims, point: cadrePoint, missing: "not a backend of " + filepath.Base(binary)}
	for _, b := range own {
		if b.Name == name {
			p.version, p.missing = b.Version, b.Reason
		}
	}
	p.command = func(j job, solution string) []string {
		return []string{binary, "solve", j.path, "--solver", name, "--time", j.time.String(), "--threads", "1", "--json",
			"--gap", fmt.Sprint(j.gap), "--seed", strconv.Itoa(j.seed), "--out", solution}
	}
	return p
}

func cadreClaims(stdout string) (claim, error) {
	var c claim
	return c, json.Unmarshal([]byte(stdout), &c)
}

// cadrePoint reads lines of name and value.
func cadrePoint(solution string) (map[string]float64, error) {
	return readPoint(solution, func(f []string) (string, string, bool) {
		if len(f) != 2 {
			return "", "", false
		}
		return f[0], f[1], true
	})
}

func readPoint(path string, split func(fields []string) (name, value string, ok bool)) (map[string]float64, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		name, value, ok := split(fields)
		if !ok {
			continue
		}
		if out[name], err = strconv.ParseFloat(value, 64); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return out, nil
}

// measure makes the run and checks what comes back.
func (p peer) measure(ctx context.Context, j job, m *mip.Model) outcome {
	r := outcome{
		Model: strings.TrimSuffix(filepath.Base(j.path), ".mps"), Peer: p.name, Version: p.version, Seed: j.seed,
		Limit: j.time.Seconds(), Asked: j.gap, Cadres: cadresOf(m),
	}
	folder, err := os.MkdirTemp("", "race")
	if err != nil {
		r.Fault = err.Error()
		return r
	}
	defer os.RemoveAll(folder)
	solution := filepath.Join(folder, "solution.txt")
	ctx, cancel := context.WithTimeout(ctx, j.time+grace)
	defer cancel()
	words := p.command(j, solution)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = folder // HiGHS leaves a log where it runs
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	started := time.Now()
	err = cmd.Run() // exit codes tell of infeasible models too; what counts is the answer
	r.Seconds = time.Since(started).Seconds()
	r.Answer = r.Seconds
	if s := cmd.ProcessState; s != nil {
		r.CPU = (s.UserTime() + s.SystemTime()).Seconds()
	}
	if info, err := os.Stat(solution); err == nil {
		r.Answer = min(r.Seconds, info.ModTime().Sub(started).Seconds())
	}
	if ctx.Err() != nil {
		r.Status = "killed"
		return r
	}
	c, claimErr := p.claims(stdout.String())
	if claimErr != nil {
		r.Fault = firstLine(errors.Join(err, claimErr), stderr.String())
		return r
	}
	r.Status, r.Bound = c.Status, c.Bound
	if c.Objective != nil {
		r.substitute(m, *c.Objective, func() (map[string]float64, error) { return p.point(solution) })
	}
	return r
}

func firstLine(err error, stderr string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(stderr), "\n")
	return strings.TrimSpace(strings.ReplaceAll(err.Error(), "\n", "; ") + " " + line)
}
