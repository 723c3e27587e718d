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
	"regexp"
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

func cbcPeer(ctx context.Context) peer {
	p := peer{name: "cbc", claims: cbcClaims, point: cbcPoint}
	path, err := exec.LookPath("cbc")
	if err != nil {
		p.missing = "not installed; Debian: coinor-cbc"
		return p
	}
	text, err := exec.CommandContext(ctx, path, "-quit").Output()
	if err != nil {
		p.missing = err.Error()
		return p
	}
	if v := regexp.MustCompile(`Version:\s*(\S+)`).FindStringSubmatch(string(text)); v != nil {
		p.version = v[1]
	}
	p.command = func(j job, solution string) []string {
		return []string{path, j.path, "-timeMode", "elapsed", "-sec", fmt.Sprint(j.time.Seconds()), "-ratioGap", fmt.Sprint(j.gap),
			"-randomCbcSeed", strconv.Itoa(j.seed), "-solve", "-solution", solution}
	}
	return p
}

var (
	cbcResult = regexp.MustCompile(`(?m)^Result - (.*)$`)
	cbcValue  = regexp.MustCompile(`(?m)^Objective value:\s+(\S+)`)
	cbcBound  = regexp.MustCompile(`(?m)^Lower bound:\s+(\S+)`)
	cbcBest   = regexp.MustCompile(`best possible (\S+)`)
)

// cbcClaims reads the summary that CBC prints. A proof of optimality names no bound: there the value is the bound.
// Where the summary has none, the last "best possible" of the log stands.
func cbcClaims(stdout string) (claim, error) {
	result := cbcResult.FindStringSubmatch(stdout)
	if result == nil {
		return claim{}, errors.New("cbc printed no result")
	}
	c := claim{Objective: number(cbcValue.FindStringSubmatch(stdout)), Bound: number(cbcBound.FindStringSubmatch(stdout))}
	if all := cbcBest.FindAllStringSubmatch(stdout, -1); c.Bound == nil && len(all) > 0 {
		c.Bound = number(all[len(all)-1])
	}
	switch text := strings.TrimSpace(result[1]); {
	case strings.Contains(text, "infeasible"):
		return claim{Status: "infeasible"}, nil
	case text == "Optimal solution found":
		c.Status, c.Bound = "optimal", c.Objective
	case strings.HasPrefix(text, "Optimal solution found"):
		c.Status = "optimal"
	case c.Objective == nil || strings.Contains(stdout, "No feasible solution found"):
		c.Status, c.Objective = "no-solution", nil
	default:
		c.Status = "feasible"
	}
	return c, nil
}

// number is the first group as a number, nil where there is none or it is as good as infinite.
func number(match []string) *float64 {
	const none = 1e50
	if match == nil {
		return nil
	}
	v, err := strconv.ParseFloat(match[1], 64)
	if err != nil || v > none || v < -none {
		return nil
	}
	return &v
}

// cbcPoint reads lines of index, name, value and reduced cost; a broken bound or row has ** before it.
func cbcPoint(solution string) (map[string]float64, error) {
	return readPoint(solution, func(f []string) (string, string, bool) {
		if f[0] == "**" {
			f = f[1:]
		}
		if len(f) != 4 {
			return "", "", false // the heading
		}
		return f[1], f[2], true
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
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	started := time.Now()
	err = cmd.Run() // exit codes tell of infeasible models too; what counts is the answer
	r.Seconds = time.Since(started).Seconds()
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
