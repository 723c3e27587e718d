package planning

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
)

// ahead searches the whole model, level by level, on one thread while the start betters its plan on another one. The relaxation of a
// level of five years x 220 takes four seconds, which the start cannot spare; what it proves of a level holds whatever better plan the
// start ends with. Nil does nothing.
type ahead struct {
	best  atomic.Pointer[[]float64] // the plan of the start
	ended chan struct{}
	found lexico.Result // once ended; no values where it came to nothing
}

// aheadColumns: more spells are not searched ahead, only bounded row by row; a search of 220,000 takes half a gigabyte.
const aheadColumns = 300_000

// twoThreads says whether there is a thread for it, and a clock: without one plans are the same for any number of threads.
func (b *batches) twoThreads() bool { return b.asked.Threads > 1 && b.params.Time > 0 }

// lookAhead begins it, where there are two threads and a plan that breaks no row.
func (b *batches) lookAhead(ctx context.Context) {
	if !b.twoThreads() || b.enc.Model.Violation(b.values, mip.FeasTol) != "" {
		return
	}
	b.ahead = &ahead{ended: make(chan struct{})}
	b.ahead.learn(b.values)
	p := b.asked
	p.Start, p.Time, p.Threads = b.values, max(time.Until(b.deadline), 1), 1
	go func(a *ahead) {
		defer close(a.ended)
		if found, err := lexico.Bound(ctx, b.enc.Model, solver.Bounder{Solver: b.backend, Most: aheadColumns}, p, nil, func() []float64 { return *a.best.Load() }); err == nil {
			a.found = found
		}
	}(b.ahead)
}

// learn takes a better plan of the start.
func (a *ahead) learn(x []float64) {
	if a != nil {
		a.best.Store(&x)
	}
}

// proven says whether nothing is left to better or to prove.
func (a *ahead) proven() bool {
	if a == nil {
		return false
	}
	select {
	case <-a.ended:
		return a.found.Status == solver.Optimal
	default:
		return false
	}
}

// join waits for what was found ahead, which may be a better plan.
func (b *batches) join() {
	if b.ahead == nil {
		return
	}
	<-b.ahead.ended
	if x := b.ahead.found.Values; x != nil && lexico.Better(b.enc.Model, x, b.values) {
		b.values = x
	}
}

// warm is what was proven ahead, nil where nothing was looked for.
func (b *batches) warm() *lexico.Warm {
	if b == nil || b.ahead == nil || b.ahead.found.Warm == nil {
		return nil
	}
	w := *b.ahead.found.Warm
	w.Values, w.Counted = b.values, true
	return &w
}

// inTurn has several threads tell their news one after another; nil where nobody listens.
func inTurn(tell func(solver.Progress)) func(solver.Progress) {
	if tell == nil {
		return nil
	}
	var turn sync.Mutex
	return func(news solver.Progress) {
		turn.Lock()
		defer turn.Unlock()
		tell(news)
	}
}
