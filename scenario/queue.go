package scenario

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"cadre/internal/i18n"
	"cadre/solver/worker"
)

// Run makes the runs that the store does not hold yet, each after those near it. The error joins what went wrong in single
// runs; the others are kept.
func (s *Sweep) Run(ctx context.Context, runs []*Run) error {
	first := map[string]*Run{} // by key: the run that is made
	q := &queue{sweep: s, allowed: 1, began: time.Now(), open: map[string]bool{}}
	q.changed = sync.NewCond(&q.mu)
	for _, r := range runs {
		if first[r.Key] == nil {
			first[r.Key] = r
			q.todo, q.open[r.Key] = append(q.todo, r), true
		}
	}
	q.total = len(q.todo)
	err := q.all(ctx)
	for _, r := range runs {
		r.Record, r.Digest = first[r.Key].Record, first[r.Key].Digest
	}
	return err
}

// queue hands out the runs of a sweep, and counts what has ended.
type queue struct {
	sweep      *Sweep
	total      int
	began      time.Time
	mu         sync.Mutex
	changed    *sync.Cond
	todo       []*Run
	open       map[string]bool // keys of runs that have not ended
	running    int
	allowed    int  // at a time
	measured   bool // whether a run has shown how many these are
	done, kept int
	errs       []error
	stopped    bool // by an interruption
}

func (q *queue) all(ctx context.Context) error {
	var workers sync.WaitGroup
	for range q.sweep.most() {
		workers.Go(func() {
			for r := q.next(); r != nil; r = q.next() {
				q.one(ctx, r)
			}
		})
	}
	workers.Wait()
	if q.stopped {
		q.errs = append(q.errs, ErrInterrupted)
	}
	return errors.Join(q.errs...)
}

// most is how many runs can be made at a time, whatever memory they take.
func (s *Sweep) most() int {
	if s.Workers > 0 {
		return s.Workers
	}
	return max(1, runtime.NumCPU()/max(1, s.Threads))
}

// next waits for the first run that can be made: nil where none is left.
func (q *queue) next() *Run {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		if len(q.todo) == 0 || q.stopped {
			return nil
		}
		if q.running < q.allowed {
			if r := q.takeReady(); r != nil {
				q.running++
				return r
			}
		}
		q.changed.Wait()
	}
}

func (q *queue) takeReady() *Run {
	for i, r := range q.todo {
		if q.ready(r) {
			q.todo = append(q.todo[:i:i], q.todo[i+1:]...)
			return r
		}
	}
	return nil
}

func (q *queue) ready(r *Run) bool {
	for _, near := range r.near {
		if q.open[near.Key] {
			return false
		}
	}
	return true
}

func (q *queue) one(ctx context.Context, r *Run) {
	kept := q.sweep.load(r)
	var err error
	if !kept {
		err = q.sweep.make(ctx, r, func() { q.solved(r, false) })
	}
	q.solved(r, kept)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.running--
	defer q.changed.Broadcast()
	switch {
	case errors.Is(err, ErrInterrupted):
		q.stopped = true
		return
	case err != nil:
		q.errs = append(q.errs, i18n.E("%s：%s", "%s: %s", r.Name, err))
	}
	q.done++
	if kept {
		q.kept++
	}
	q.news(r)
}

// solved lets the runs begin that wait for r alone, which may be before its papers are written. The first that is made shows how
// many can be made at a time.
func (q *queue) solved(r *Run, kept bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.open, r.Key)
	if !kept && !q.measured {
		q.measured, q.allowed = true, q.sweep.room()
	}
	q.changed.Broadcast()
}

// room is how many runs can be made at a time, once one has been made: what it took is what the heap has come to.
func (s *Sweep) room() int {
	n := s.most()
	if free := worker.FreeMemory(); s.Workers == 0 && free > 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		n = min(n, 1+int(free/int64(m.HeapSys)))
	}
	return n
}

func (q *queue) news(r *Run) {
	if q.sweep.Progress == nil {
		return
	}
	p := Progress{Done: q.done, Total: q.total, Reused: q.kept, Name: r.Name}
	if made := q.done - q.kept; made > 0 {
		p.Left = time.Since(q.began) / time.Duration(made) * time.Duration(q.total-q.done)
	}
	q.sweep.Progress(p)
}
