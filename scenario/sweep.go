package scenario

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"cadre/constraints"
	"cadre/explain"
	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
)

// Sweep makes the runs of a file. Equal runs (the same content, policy, date and options) are made once. A run begins from
// what the runs near it came to, and so waits for them: what comes of it does not depend on how many are made at a time.
type Sweep struct {
	Cases   []Case
	World   func(c *Case) (*World, error)           // the input and policy of a run; it and Options from many goroutines
	Options func(c *Case) (planning.Options, error) // how it is solved
	Store   *Store
	// Workers is how many runs are made at a time, once the first shows how much memory one takes; 0: as many as processors
	// and memory allow.
	Workers int
	Threads int // that one run uses; 0 counts as 1
	// Conflict is how long the requirements that clash are looked for where there is no plan.
	Conflict time.Duration
	Progress func(Progress) // nil none; called from one goroutine at a time
	encoder  constraints.Encoder
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
	policy *policy.Policy // as the overlay makes it, until the run is made
	near   []*Run
}

// ErrInterrupted is returned where the context ended before all runs did. What has ended is kept in the store.
var ErrInterrupted = i18n.E("人工中断", "interrupted")

// Prepare lays every overlay over its world and gathers all problems, each once. Runs are nil where one is an error.
func (s *Sweep) Prepare() ([]*Run, []policy.Problem, error) {
	runs, found := make([]*Run, len(s.Cases)), make([][]policy.Problem, len(s.Cases))
	err := s.each(func(i int) (err error) {
		runs[i], found[i], err = s.prepare(&s.Cases[i])
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	var problems []policy.Problem
	told := map[policy.Problem]bool{}
	bad := false
	for i, r := range runs {
		bad = bad || r.Key == ""
		for _, p := range found[i] {
			if !told[p] {
				told[p] = true
				problems = append(problems, p)
			}
		}
	}
	if bad {
		return nil, problems, nil
	}
	relate(runs)
	return runs, problems, nil
}

// each does something for all cases, as many at a time as there are processors; the error is the first of them.
func (s *Sweep) each(do func(i int) error) error {
	errs := make([]error, len(s.Cases))
	var workers sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(errs); i = int(next.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	workers.Wait()
	return cmp.Or(errs...)
}

// prepare lays the overlay of a case over its world. Without error the key is that of the content.
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
	return &Run{Case: *c, Key: content(a, o), Says: differences(base, a, &c.Scenario.Overlay), Added: w.added(a), world: w, policy: a.Policy}, a.Problems, nil
}

// options are how a run is solved, and of which process it is a part.
func (s *Sweep) options(c *Case, w *World) (planning.Options, error) {
	o, err := s.Options(c)
	o.Process, o.Encoder = w.Process, &s.encoder
	return o, err
}

// content names all that a plan follows from, but for the runs near it.
func content(a *Applied, o planning.Options) string {
	p := o.Params
	return hashed(planning.Engine, a.Index.Hash, a.Policy.Hash, a.Policy.Calendar, o.Backend.Name(), p.Time, p.Work, p.Gap, p.AbsGap, p.Seed, o.Lang, o.Process)
}

// hashed is a name for some values.
func hashed(values ...any) string {
	h := sha256.New()
	fmt.Fprintln(h, values...)
	return hex.EncodeToString(h.Sum(nil))[:keyLength]
}

// keyLength is enough hexadecimal digits that a million runs never meet.
const keyLength = 24

// relate finds the runs near each run, and gives it a key that names them too. Runs of equal content are one: the first.
func relate(runs []*Run) {
	first := map[string]*Run{}
	for _, r := range runs {
		if f := first[r.Key]; f != nil {
			r.Key, r.near = f.Key, f.near
			continue
		}
		first[r.Key] = r
		var keys []string
		for _, i := range r.Near {
			r.near, keys = append(r.near, runs[i]), append(keys, runs[i].Key)
		}
		r.beginFrom(keys)
	}
}

// beginFrom adds to the key of a run those of the runs near it.
func (r *Run) beginFrom(keys []string) {
	if len(keys) > 0 {
		r.Key = hashed(r.Key, keys)
	}
}

// load takes a run from the store.
func (s *Sweep) load(r *Run) bool {
	record, ok := s.Store.Load(r.Key)
	if !ok {
		return false
	}
	if record.Planned {
		plan, err := s.Store.Plan(r.Key)
		if err != nil {
			return false
		}
		r.Digest = digest(plan, r.policy)
	}
	r.Record, r.policy = record, nil
	return true
}

// make plans a run and stores it; solved is called once the runs near it can begin, before the papers are written. What an
// interruption cut short is not stored.
func (s *Sweep) make(ctx context.Context, r *Run, solved func()) error {
	if ctx.Err() != nil {
		return ErrInterrupted
	}
	o, err := s.options(&r.Case, r.world)
	if err != nil {
		return err
	}
	for _, near := range r.near {
		if m := s.Store.Memory(near.Key); m != nil {
			o.Memories = append(o.Memories, m)
		}
	}
	x, err := r.world.index(r.Scenario.Overlay, r.policy.Calendar)
	if err != nil {
		return err
	}
	out, err := planning.Run(ctx, x, r.policy, o)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ErrInterrupted
	}
	if err := s.Store.Remember(r.Key, out.Memory()); err != nil {
		return err
	}
	solved()
	if out.Plan != nil {
		r.Digest = digest(out.Plan, r.policy)
	}
	r.policy = nil
	r.Record = &Record{Key: r.Key, Status: string(out.Status), Limit: string(out.Limit), Planned: out.Plan != nil}
	if out.Status == solver.Infeasible && s.Conflict > 0 {
		if r.Record.Conflict, err = explain.Conflict(ctx, out.Index, out.Policy, explain.Options{Backend: o.Backend, Time: s.Conflict}); err != nil && !errors.Is(err, explain.ErrLate) {
			return err
		}
	}
	return s.Store.Save(r.Record, out)
}
