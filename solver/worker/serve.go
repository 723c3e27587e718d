package worker

import (
	"bufio"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Serve answers one request on in and out with the engine. It returns an error where the parent cannot be heard or
// told; a failure of the engine is told to the parent.
func Serve(in io.Reader, out io.Writer, engine Engine) error {
	enc := gob.NewEncoder(out)
	if err := enc.Encode(message{Greeting: greeting}); err != nil {
		return err
	}
	buffered := bufio.NewReader(in)
	var req request
	if err := gob.NewDecoder(buffered).Decode(&req); err != nil {
		return fmt.Errorf("read the request: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, buffered) // ends when the parent closes the pipe, or is gone
		cancel()
	}()
	var tellErr error
	tell := func(m message) {
		if err := enc.Encode(m); err != nil && tellErr == nil {
			tellErr = err
			cancel()
		}
	}
	outcome, err := engine(ctx, req.job(tell))
	if err != nil {
		tell(message{Error: i18n.Of(err)})
	} else {
		tell(message{Result: &outcome})
	}
	return tellErr
}

func (r *request) job(tell func(message)) Job {
	p := r.Params
	p.Progress = func(p solver.Progress) { tell(message{Progress: &p}) }
	return Job{
		Model:       &mip.Model{Columns: r.Columns, Rows: r.Rows, Levels: r.Levels},
		Params:      p,
		Memory:      r.Memory,
		Solution:    func(x []float64) { tell(message{Solution: x}) },
		Multipliers: func(y []float64) { tell(message{Multipliers: y}) },
	}
}

// Main serves on stdin and stdout and returns the exit code. Ctrl-C on a terminal reaches the worker too; it leaves
// the answer to the parent, which then closes stdin. A worker whose engine does not stop when the parent is gone
// ends itself.
func Main(engine Engine) int {
	signal.Ignore(os.Interrupt)
	in := &watchdog{Reader: os.Stdin, bark: func() { time.AfterFunc(2*stopGrace, func() { os.Exit(1) }) }}
	if err := Serve(in, os.Stdout, engine); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// watchdog calls bark once reading has failed or ended.
type watchdog struct {
	io.Reader
	bark func()
}

func (w *watchdog) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil {
		w.bark()
	}
	return n, err
}

// Intercept serves and exits where the process was started as a worker by the name of one of the engines; else it
// does nothing. Tests of packages that start workers call it first thing in TestMain.
func Intercept(engines map[string]Engine) {
	if len(os.Args) != 3 || os.Args[1] != Verb {
		return
	}
	if engine, ok := engines[os.Args[2]]; ok {
		os.Exit(Main(engine))
	}
}
