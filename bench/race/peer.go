package race

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"cadre/mip"
)

// Grace is how long past its limit a peer may go on before it is killed: reading a large file, presolve and the last
// LP honour no clock in some of them.
const Grace = 30 * time.Second

// Job is one run to make. Where Core is set, Time and Grace are seconds of a core: solvers are told a limit on their clock that is
// as much longer as the machine is busy, and are interrupted when they have used theirs.
type Job struct {
	Path    string
	Time    time.Duration
	Core    bool
	Grace   time.Duration // past Time, before the process is killed; 0 is Grace
	Gap     float64
	Threads int
	Seed    int

	core time.Duration // the limit in seconds of a core, 0 where that of the wall counts
}

// claim is what a peer says about a job. Objective and Bound are nil where it names none.
type claim struct {
	Status    string
	Objective *float64
	Bound     *float64

	Claimed   *float64 `json:"claimed_bound"` // ours say beside it what the search claims: what all others say
	Certified *bool    // whether Bound was proven anew in exact arithmetic; nil: it does not say
}

// Peer is one competitor. Missing is the reason why it cannot run here, "" where it can.
type Peer struct {
	Name, Version, Missing string

	command func(j Job, solution string) []string
	claims  func(stdout string) (claim, error)
	point   func(solution string, m *mip.Model) (map[string]float64, error)
	events  func(out []line, solution string) []Event  // nil: it tells nothing on the way
	counts  bool                                       // on the core's clock its events are in seconds of a core already
	ready   func(model, folder string) (string, error) // before the clock starts: the file that it reads, nil the model
}

// line is one line of output and when it came.
type line struct {
	at   float64
	text string
}

// capture keeps output with the times at which its lines came.
type capture struct {
	mu      sync.Mutex
	started time.Time
	lines   []line
	rest    []byte
}

func (c *capture) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rest = append(c.rest, p...)
	for {
		i := bytes.IndexByte(c.rest, '\n')
		if i < 0 {
			return len(p), nil
		}
		c.lines = append(c.lines, line{time.Since(c.started).Seconds(), string(c.rest[:i])})
		c.rest = c.rest[i+1:]
	}
}

func (c *capture) text() string {
	var b strings.Builder
	for _, l := range c.lines {
		b.WriteString(l.text + "\n")
	}
	return b.String() + string(c.rest)
}

// Measure makes one run and checks what comes back.
func (p *Peer) Measure(ctx context.Context, j Job, m *mip.Model) Run {
	r := Run{Model: modelName(j.Path), Solver: p.Name, Version: p.Version, Seed: j.Seed, Threads: j.Threads,
		Limit: j.Time.Seconds(), Asked: j.Gap, Cadres: cadresOf(m), Maximise: m.Levels[0].Negated, Core: j.Core}
	if p.Missing != "" {
		r.Status, r.Fault = Missing, p.Missing
		return r
	}
	folder, err := os.MkdirTemp("", "race")
	if err != nil {
		r.Status, r.Fault = Crashed, err.Error()
		return r
	}
	defer os.RemoveAll(folder)
	p.measure(ctx, j, m, &r, filepath.Join(folder, "solution.txt"))
	r.finish()
	return r
}

func modelName(path string) string {
	return strings.TrimSuffix(strings.TrimSuffix(filepath.Base(path), ".gz"), ".mps")
}

func (p *Peer) measure(ctx context.Context, j Job, m *mip.Model, r *Run, solution string) {
	if j.Grace == 0 {
		j.Grace = Grace
	}
	if p.ready != nil {
		var err error
		if j.Path, err = p.ready(j.Path, filepath.Dir(solution)); err != nil {
			r.Status, r.Fault = Crashed, err.Error()
			return
		}
	}
	if j.Core {
		j.core, j.Time = j.Time, time.Duration(float64(j.Time)*slower(busy(), runtime.NumCPU()))
	}
	ctx, cancel := context.WithTimeout(ctx, j.Time+j.Grace)
	defer cancel()
	out, stderr, seen, err := p.call(ctx, j, r, solution)
	if p.events != nil {
		r.Events = p.events(out.lines, solution)
	}
	if j.Core {
		r.inCore(seen, p.counts)
	}
	if ctx.Err() != nil || seen.killed {
		r.Status, r.Fault = Killed, fmt.Sprintf("it went on for %g s past its limit", j.Grace.Seconds())
		return
	}
	c, claimErr := p.claims(out.text())
	if claimErr != nil {
		r.Status, r.Fault = Crashed, firstLine(errors.Join(err, claimErr), stderr)
		return
	}
	if c.Bound != nil && math.Abs(*c.Bound) >= infinite {
		c.Bound = nil
	}
	r.Status, r.Bound, r.Certified = c.Status, c.Bound, c.Certified
	if c.Claimed != nil {
		r.Claimed, r.Proven, r.Bound = c.Claimed, c.Bound, c.Claimed
	}
	if c.Objective != nil {
		r.substitute(m, *c.Objective, func() (map[string]float64, error) { return p.point(solution, m) })
	}
	r.closest()
}

// slower is by how much a wall clock has to run longer than that of a core, so that the core's limit is the one that binds.
func slower(load float64, cores int) float64 {
	const spare, most = 1.5, 30
	return min(most, spare*max(1, (load+1)/float64(cores)))
}

// call runs the program of a peer and takes the clock. Exit codes tell of infeasible models too: what counts is the answer.
func (p *Peer) call(ctx context.Context, j Job, r *Run, solution string) (out *capture, stderr string, seen *watched, err error) {
	words := p.command(j, solution)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = filepath.Dir(solution) // some leave files where they run
	cmd.WaitDelay = time.Second
	alone(cmd)
	var said bytes.Buffer
	out = &capture{started: time.Now()}
	cmd.Stdout, cmd.Stderr = out, &said
	seen = &watched{}
	if err = cmd.Start(); err == nil {
		limit, grace := j.core.Seconds(), j.Grace.Seconds()
		if p.counts && limit > 0 { // it keeps its own limit, and may lose its answer where it is interrupted besides
			limit, grace = limit+grace/2, grace/2
		}
		seen = watch(cmd, out.started, limit, grace)
		err = cmd.Wait()
		seen.stop()
	}
	r.Memory = seen.peak
	r.Seconds = time.Since(out.started).Seconds()
	r.Answer, r.Load = r.Seconds, busy()
	if s := cmd.ProcessState; s != nil {
		r.CPU = (s.UserTime() + s.SystemTime()).Seconds()
		if r.Memory == 0 {
			r.Memory = MemoryOf(s)
		}
	}
	if info, err := os.Stat(solution); err == nil {
		r.Answer = max(0, min(r.Seconds, info.ModTime().Sub(out.started).Seconds())) // file systems keep coarser time
	}
	return out, said.String(), seen, err
}

func firstLine(err error, stderr string) string {
	said := strings.ReplaceAll(err.Error(), "\n", "; ")
	if lines := strings.Split(strings.TrimSpace(stderr), "\n"); lines[len(lines)-1] != "" {
		said += ": " + lines[len(lines)-1]
	}
	return said
}

// readPoint reads one column a line.
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

// plainPoint reads lines of name and value.
func plainPoint(solution string, _ *mip.Model) (map[string]float64, error) {
	return readPoint(solution, func(f []string) (string, string, bool) {
		if len(f) != 2 {
			return "", "", false
		}
		return f[0], f[1], true
	})
}
