package worker

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// How long a worker may take before it is killed.
const (
	grace     = time.Second     // past its deadline
	stopGrace = 2 * time.Second // after being told to stop: enough to solve a root relaxation once more, for the certificate
)

// guard is set in a worker's environment: a worker never starts workers. Without it a test binary that forgets
// Intercept would run its tests as a worker, which start workers, without end.
const guard = "CADRE_WORKER"

// Process says how to start a worker.
type Process struct {
	Name   string // the engine, also the name in results
	Path   string // program, "" our own
	Memory int64  // bytes the engine may allocate, 0: most of what the machine has free
}

// Solve lets a worker minimise the only level of m. It returns within a second of p.Time, two of ctx being done, with
// the best solution so far; at once where nobody needs an answer any more ([solver.ErrOvertaken]). A worker that fails is an error that says how.
func (w Process) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	started := time.Now()
	tally := newTally(m, p, w.Name)
	if result, done := tally.trivial(ctx); done {
		result.Elapsed = time.Since(started)
		return result, nil
	}
	run, err := w.start()
	if err != nil {
		return solver.Result{}, i18n.E("%s：启动工作进程：%s", "%s: start the worker process: %s", w.Name, err)
	}
	defer run.end()
	outcome := tally.stopped(solver.LimitTime)
	if limited := p.Time > 0; limited {
		p.Time -= time.Since(started)
	}
	if p.Time >= 0 {
		go run.send(strip(m, p, w.memory()))
		if outcome, err = run.follow(ctx, p, tally); err != nil {
			return solver.Result{}, i18n.E("%s：%s", "%s: %s", w.Name, err)
		}
	}
	result := tally.settle(outcome)
	result.Elapsed = time.Since(started)
	return result, nil
}

func (w Process) memory() int64 {
	if w.Memory > 0 {
		return w.Memory
	}
	return FreeMemory()
}

// run is one running worker.
type run struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	heard  chan message // closed when the worker has said its last
	garble error        // why reading ended, valid once heard is closed
	stderr head
}

func (w Process) start() (*run, error) {
	if os.Getenv(guard) != "" {
		return nil, errors.New("a worker does not start workers; a test binary must call worker.Intercept in TestMain")
	}
	path := w.Path
	if path == "" {
		var err error
		if path, err = os.Executable(); err != nil {
			return nil, err
		}
	}
	r := &run{cmd: exec.Command(path, Verb, w.Name), heard: make(chan message, 16)}
	r.cmd.Env = append(os.Environ(), guard+"=1")
	r.cmd.Stderr = &r.stderr
	stdin, err := r.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	r.stdin = stdin
	stdout, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	go r.listen(stdout)
	return r, nil
}

// send writes the request. An error needs no word here: the worker is gone, and listen will tell.
func (r *run) send(req request) {
	buffered := bufio.NewWriter(r.stdin)
	if gob.NewEncoder(buffered).Encode(req) == nil {
		_ = buffered.Flush()
	}
}

func (r *run) listen(stdout io.Reader) {
	defer close(r.heard)
	dec := gob.NewDecoder(bufio.NewReader(stdout))
	for {
		var m message
		if err := dec.Decode(&m); err != nil {
			r.garble = err
			return
		}
		r.heard <- m
	}
}

// end kills a worker that still runs and frees its pipes. It returns how the process ended.
func (r *run) end() error {
	_ = r.stdin.Close()
	_ = r.cmd.Process.Kill()
	for range r.heard { // let listen finish: Wait closes the pipe it reads
	}
	return r.cmd.Wait()
}

// follow listens until the worker's result, its death, or the end of its time.
func (r *run) follow(ctx context.Context, p solver.Params, tally *tally) (Outcome, error) {
	var deadline <-chan time.Time
	if p.Time > 0 {
		deadline = time.After(p.Time + grace)
	}
	stopped, limit := ctx.Done(), solver.LimitTime
	greeted := false
	for {
		select {
		case m, alive := <-r.heard:
			switch {
			case !alive:
				return r.died(greeted, limit, tally)
			case !greeted && m.Greeting != greeting:
				return Outcome{}, i18n.E("所启动的程序不是工作进程", "the program that was started as a worker is none")
			case m.Error.En != "":
				return Outcome{}, &i18n.Error{Text: m.Error}
			case m.Result != nil:
				return *m.Result, nil
			}
			greeted = true
			tally.hear(m)
		case <-stopped:
			if stopped, limit = nil, solver.LimitInterrupted; errors.Is(context.Cause(ctx), solver.ErrOvertaken) {
				return tally.stopped(limit), nil
			}
			_ = r.stdin.Close()
			deadline = time.After(stopGrace)
		case <-deadline:
			return tally.stopped(limit), nil
		}
	}
}

// died explains a worker that ended without a result.
func (r *run) died(greeted bool, limit solver.Limit, tally *tally) (Outcome, error) {
	ended := r.cmd.Wait()
	said := strings.TrimSpace(r.stderr.String())
	killed := ended != nil && strings.Contains(ended.Error(), "signal: killed")
	switch {
	case killed || strings.Contains(strings.ToLower(said), "memory"):
		return tally.stopped(solver.LimitMemory), nil // the system kills only where memory runs out
	case limit == solver.LimitInterrupted:
		return tally.stopped(limit), nil
	case !greeted && said == "":
		said = "it does not speak our protocol"
	case said == "":
		said = "it said nothing"
	}
	if ended == nil {
		ended = r.garble
	}
	return Outcome{}, i18n.E("工作进程没有给出结果就结束了（%s）：%s；可换用另一个 --solver", "the worker process ended without an answer (%s): %s; another --solver may have one", ended, cause(said))
}

// cause is what a program says before the traces of its stacks.
func cause(said string) string {
	for _, trace := range []string{"\nPC=", "\n\n", "\ngoroutine "} {
		said, _, _ = strings.Cut(said, trace)
	}
	return said
}

// head keeps the first few kilobytes of what a worker writes to stderr: the cause comes before the traces.
type head struct{ strings.Builder }

func (h *head) Write(p []byte) (int, error) {
	const most = 2000
	h.Builder.Write(p[:min(len(p), max(0, most-h.Len()))])
	return len(p), nil
}
