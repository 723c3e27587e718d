package scenario

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"cadre/explain"
	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
)

// Sweep makes the runs of a file. Equal runs (the same content, policy, date and options) are made once.
type Sweep struct {
	Cases   []Case
	World   func(c *Case) (*World, error)           // the input and policy of a run
	Options func(c *Case) (planning.Options, error) // how it is solved
	Store   *Store
	Workers int // runs at a time, at least 1
	// Conflict is how long the requirements that clash are looked for where there is no plan.
	Conflict time.Duration
	Progress func(Progress) // nil none; called from one goroutine at a time
}

// Progress is news of a sweep.
type Progress struct {
	Done, Total int
	Reused      int           // of those done: kept from an earlier start
	Left        time.Duration // expected; 0 where nothing can be said yet
	Name        string        // of the run that has just ended
}

// Run is a case with what came of it.
type Run struct {
	Case
	Key    string
	Says   []i18n.Text       // what the overlay changes, in words
	Added  *posting.Instance // cadres and posts that the world without overlay does not have
	Record *Record
	Digest *Digest // nil where there is no plan
	world  *World
}

// ErrInterrupted is returned where the context ended before all runs did. What has ended is kept in the store.
var ErrInterrupted = errors.New("interrupted")

// Prepare lays every overlay over its world and gathers all problems, each once. Runs are nil where one is an error.
func (s *Sweep) Prepare() ([]*Run, []policy.Problem, error) {
	var runs []*Run
	var problems []policy.Problem
	told := map[policy.Problem]bool{}
	bad := false
	for i := range s.Cases {
		r, found, err := s.prepare(&s.Cases[i])
		if err != nil {
			return nil, nil, err
		}
		bad = bad || r.Key == ""
		for _, p := range found {
			if !told[p] {
				told[p] = true
				problems = append(problems, p)
			}
		}
		runs = append(runs, r)
	}
	if bad {
		return nil, problems, nil
	}
	return runs, problems, nil
}

func (s *Sweep) prepare(c *Case) (*Run, []policy.Problem, error) {
	w, err := s.World(c)
	if err != nil {
		return nil, nil, err
	}
	a, err := w.Apply(c.Scenario.Overlay)
	if err != nil || a.bad() {
		return &Run{Case: *c}, a.problems(), err
	}
	o, err := s.options(c, w)
	if err != nil {
		return nil, nil, err
	}
	base, _ := w.Base() // Apply has asked for it
	return &Run{Case: *c, Key: key(a, o), Says: differences(base, a, &c.Scenario.Overlay), Added: w.added(a), world: w}, a.Problems, nil
}

// options are how a run is solved, and of which process it is a part.
func (s *Sweep) options(c *Case, w *World) (planning.Options, error) {
	o, err := s.Options(c)
	o.Process = w.Process
	return o, err
}

// key names all that a plan follows from.
func key(a *Applied, o planning.Options) string {
	p := o.Params
	h := sha256.New()
	fmt.Fprintln(h, planning.Engine, a.Index.Hash, a.Policy.Hash, a.Policy.Calendar, o.Backend.Name(), p.Time, p.Work, p.Gap, p.AbsGap, p.Seed, o.Lang, o.Process)
	return hex.EncodeToString(h.Sum(nil))[:keyLength]
}

// keyLength is enough hexadecimal digits that a million runs never meet.
const keyLength = 24

// Run makes the runs that the store does not hold yet: the base of each input first, then the others, Workers at a time.
// The error joins what went wrong in single runs; the others are kept.
func (s *Sweep) Run(ctx context.Context, runs []*Run) error {
	first := map[string]*Run{} // by key: the run that is made
	var todo []*Run
	for _, r := range runs {
		if first[r.Key] == nil {
			first[r.Key] = r
			todo = append(todo, r)
		}
	}
	t := &tally{sweep: s, total: len(todo), began: time.Now()}
	err := t.all(ctx, todo)
	for _, r := range runs {
		r.Record, r.Digest = first[r.Key].Record, first[r.Key].Digest
	}
	return err
}

// tally counts the runs of a sweep while they are made.
type tally struct {
	sweep       *Sweep
	total       int
	began       time.Time
	mu          sync.Mutex
	done, kept  int
	errs        []error
	interrupted bool
}

func (t *tally) all(ctx context.Context, todo []*Run) error {
	queue := make(chan *Run)
	var workers sync.WaitGroup
	for range max(t.sweep.Workers, 1) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for r := range queue {
				t.one(ctx, r)
			}
		}()
	}
	for _, r := range todo {
		queue <- r
	}
	close(queue)
	workers.Wait()
	if t.interrupted {
		t.errs = append(t.errs, ErrInterrupted)
	}
	return errors.Join(t.errs...)
}

func (t *tally) one(ctx context.Context, r *Run) {
	kept := t.sweep.load(r)
	var err error
	if !kept {
		err = t.sweep.make(ctx, r)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case errors.Is(err, ErrInterrupted):
		t.interrupted = true
		return
	case err != nil:
		t.errs = append(t.errs, fmt.Errorf("%s: %w", r.Name, err))
	}
	t.done++
	if kept {
		t.kept++
	}
	t.news(r)
}

func (t *tally) news(r *Run) {
	if t.sweep.Progress == nil {
		return
	}
	p := Progress{Done: t.done, Total: t.total, Reused: t.kept, Name: r.Name}
	if made := t.done - t.kept; made > 0 {
		p.Left = time.Since(t.began) / time.Duration(made) * time.Duration(t.total-t.done)
	}
	t.sweep.Progress(p)
}

// load takes a run from the store.
func (s *Sweep) load(r *Run) bool {
	record, ok := s.Store.Load(r.Key)
	if !ok {
		return false
	}
	if record.Planned {
		plan, err := s.Store.Plan(r.Key)
		a, err2 := r.world.Apply(r.Scenario.Overlay)
		if err != nil || err2 != nil {
			return false
		}
		r.Digest = digest(plan, a.Policy)
	}
	r.Record = record
	return true
}

// make plans a run and stores it. What an interruption cut short is not stored.
func (s *Sweep) make(ctx context.Context, r *Run) error {
	if ctx.Err() != nil {
		return ErrInterrupted
	}
	o, err := s.options(&r.Case, r.world)
	if err != nil {
		return err
	}
	a, err := r.world.Apply(r.Scenario.Overlay)
	if err != nil {
		return err
	}
	out, err := planning.Run(ctx, a.Index, a.Policy, o)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ErrInterrupted
	}
	if out.Plan != nil {
		r.Digest = digest(out.Plan, a.Policy)
	}
	r.Record = &Record{Key: r.Key, Status: string(out.Status), Limit: string(out.Limit), Planned: out.Plan != nil}
	if out.Status == solver.Infeasible && s.Conflict > 0 {
		if r.Record.Conflict, err = explain.Conflict(ctx, out.Index, out.Policy, explain.Options{Backend: o.Backend, Time: s.Conflict}); err != nil {
			return err
		}
	}
	return s.Store.Save(r.Record, out)
}
