package planning

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"cadre/constraints"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
)

// A plan of several batches begins from one made batch by batch: few columns are open at a time, where a relaxation of all of
// them takes longer than the whole start and leads to a worse point.

// Numbers of the start.
const (
	// batchColumns: smaller models are solved as a whole in no time.
	batchColumns = 10_000
	// batchShare is the part of the time that the start may take: a quarter ended three moves higher, seven tenths no lower, for
	// five years x 220.
	batchShare = 0.5
	// batchAlone is that part where the whole is too large to be solved: then only its bounds are left to find, and batchBeside where they are
	// sought beside the start.
	batchAlone  = 0.6
	batchBeside = 0.75
	// batchFinish is the part that bettering the result may take.
	batchFinish = 0.1
	// batchProof is the part that the certificate may take more than it has elsewhere, as a quotient: its trees are long.
	batchProof = 15
	// batchPatience is the part of what is left of it that one stage may take, as a quotient, and batchLeast the part of all that it
	// may take however little is left: stages of less come to nothing.
	batchPatience = 8
	batchLeast    = 50
	// stageColumns is how many spells are open in a stage at most: the cheapest for each cadre and on each post. The relaxation of a batch
	// of 60,000 takes some twenty seconds at 3,000 cadres, on a core; with 350,000 it had none after twenty-five.
	stageColumns = 60_000
	// wholeColumns: of more spells no relaxation of the whole comes to its end in time (five years x 1,000 are 220,000: none in half a
	// minute), and what a search of it holds in memory is better spent on the start.
	wholeColumns = 100_000
	// batchGap is the least gap that ends the search of a stage, which is finer than what is asked of the whole by batchFiner.
	batchGap   = 0.001
	batchFiner = 4
	// batchGroup is the part of the people who choose anew at first in all batches, batchGrow by how much it changes.
	batchGroup = 0.25
	batchGrow  = 1.25
)

// batches makes plans with few batches open at a time. The nil one does nothing.
type batches struct {
	enc      *constraints.Encoding
	backend  solver.Solver
	params   solver.Params // of a stage
	asked    solver.Params // of the whole
	deadline time.Time     // zero: none
	values   []float64     // nil before the first stage
	clocked  bool          // whether a clock ended a stage, or kept it from beginning
	units    [][]int       // people by unit, see regroup
	rand     *rand.Rand
	group    float64 // people whom regroup lets go
	sight    *sight
	ahead    *ahead // nil but while the start betters its plan on one thread of several, and after it
}

// newBatches is nil where there is one batch, where the model has fewer choices than the least worth it, or where there is a start.
func newBatches(enc *constraints.Encoding, o Options, least int) *batches {
	if enc.Periods() < 2 || enc.Model.Choices < least || o.Params.Start != nil || len(o.Memories) > 0 {
		return nil
	}
	b := &batches{enc: enc, backend: o.Backend, params: o.Params, asked: o.Params, sight: newSight(enc)}
	b.params.Gap, b.params.Progress, b.params.Bare = max(batchGap, o.Params.Gap/batchFiner), nil, true
	b.asked.Progress = inTurn(o.Params.Progress)
	return b
}

// within gives what follows a part of all time.
func (b *batches) within(share float64) {
	if b.params.Time > 0 {
		b.deadline = time.Now().Add(part(b.params.Time, share))
	}
}

func part(d time.Duration, share float64) time.Duration { return time.Duration(float64(d) * share) }

// start is a plan made one batch after another, and then bettered in every two batches at a time while the others stay. Without a
// limit every three have a turn then, and so on; else three batches and the people of some units, in all batches, by turns until
// its part of the time is over. Nil where none was found.
func (b *batches) start(ctx context.Context) []float64 {
	if b == nil {
		return nil
	}
	switch {
	case !b.large():
		b.within(batchShare)
	case b.twoThreads():
		b.within(batchBeside)
	default:
		b.within(batchAlone)
	}
	if b.first(ctx); b.values == nil {
		return nil
	}
	b.lookAhead(ctx)
	b.better(ctx)
	b.join()
	return b.values
}

// better betters the plan of the start.
func (b *batches) better(ctx context.Context) {
	n := b.enc.Periods()
	if !b.large() {
		b.inSets(ctx, 2)
	}
	if b.deadline.IsZero() {
		for size := 3; size < n; size++ {
			b.inSets(ctx, size)
		}
		return
	}
	b.clocked = true // how far the rest comes is up to the clock
	for sets := subsets(n, min(3, n)); b.timely() && ctx.Err() == nil; sets = append(sets[1:], sets[0]) {
		if b.regroup(ctx); !b.large() {
			b.stage(ctx, b.begins(sets[0]))
		}
	}
}

// first makes a plan one batch after another, each seeing no further than itself; where that leads nowhere, each with all that is asked
// of later ones.
func (b *batches) first(ctx context.Context) {
	for t := 1; t <= b.enc.Periods() && (t == 1 || b.values != nil); t++ {
		b.batch(ctx, t)
	}
	if b.values == nil || b.enc.Model.Violation(b.values, mip.FeasTol) != "" {
		b.closed(ctx)
	}
}

// closed makes a plan one batch after another, each with all that is asked of later ones while nobody can move in them.
func (b *batches) closed(ctx context.Context) {
	b.values = nil
	for t := 1; t <= b.enc.Periods() && (t == 1 || b.values != nil); t++ {
		b.stage(ctx, b.begins([]int{t}))
	}
}

// inSets betters the plan in every so many batches at a time.
func (b *batches) inSets(ctx context.Context, size int) {
	for _, set := range subsets(b.enc.Periods(), size) {
		b.stage(ctx, b.begins(set))
	}
}

// timely says whether a part of the time is set and not over.
func (b *batches) timely() bool {
	return !b.deadline.IsZero() && time.Now().Before(b.deadline) && !b.ahead.proven()
}

// whole solves the whole model. One that is far too large for any backend keeps the plan of the start, and gets bounds.
func (b *batches) whole(ctx context.Context, m *mip.Model, o Options, p solver.Params) (lexico.Result, error) {
	warm := b.warm()
	if b != nil && b.values != nil && b.large() {
		res, err := lexico.Bound(ctx, m, b.bounder(), p, warm, nil)
		if b.clocked && res.Limit == solver.LimitWork {
			res.Limit = solver.LimitTime // which ended the search of the start
		}
		return res, err
	}
	if warm == nil {
		warm = recall(ctx, m, o)
	}
	return lexico.Resolve(ctx, m, o.Backend, p, warm)
}

// bounder is what bounds the whole model.
func (b *batches) bounder() solver.Solver {
	if b.large() {
		return solver.Bounder{Solver: b.backend, Most: stageColumns}
	}
	return b.backend
}

// large says whether the model is too large to be solved as a whole.
func (b *batches) large() bool { return b.enc.Model.Choices > wholeColumns }

// leave keeps the time of the finish and of the certificate.
func (b *batches) leave(p solver.Params) solver.Params {
	if b != nil && p.Time > 0 {
		p.Time = max(p.Time-part(b.params.Time, batchFinish)-b.params.Time/batchProof, 1)
	}
	return p
}

// finish betters what was found, where time ended the search, in every two batches at a time and in some units, until that gains
// nothing: a level's solve leaves the levels after it as bad as they happen to be. Bounds hold as before.
func (b *batches) finish(ctx context.Context, res *lexico.Result) {
	if b == nil {
		return
	}
	if res.Values != nil && res.Limit == solver.LimitTime {
		b.within(batchFinish)
		b.values = res.Values
		for before := []float64(nil); before == nil || lexico.Better(b.enc.Model, b.values, before); {
			before = b.values
			if b.regroup(ctx); !b.large() {
				b.inSets(ctx, 2)
			}
		}
		res.Adopt(b.enc.Model, b.values)
	}
	res.Deterministic = res.Deterministic && !b.clocked
}

// subsets lists the sets of so many of the numbers 1 to n, those with the least last one first.
func subsets(n, size int) [][]int {
	if size == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for last := size; last <= n; last++ {
		for _, s := range subsets(last-1, size-1) {
			out = append(out, append(slices.Clip(s), last))
		}
	}
	return out
}

// batch goes on to batch t from the batches before it, seeing no further.
func (b *batches) batch(ctx context.Context, t int) {
	p := b.params
	if !b.deadline.IsZero() {
		p.Time = max(time.Until(b.deadline)/time.Duration(b.enc.Periods()-t+2), 1)
	}
	m, columns := b.sight.upTo(t, b.values)
	b.values, _ = b.solve(ctx, m, columns, nil, p)
	b.tell(nil)
}

// begins are the columns of spells that begin in some batches.
func (b *batches) begins(open []int) func(j int) bool {
	return func(j int) bool { return slices.Contains(open, b.enc.Begins(j)) }
}

// stage lets some of the spells go that begin in a batch; all others stay, which at first is at zero. Stays follow. It says whether
// it came to its end.
func (b *batches) stage(ctx context.Context, open func(j int) bool) (done bool) {
	p := b.params
	if !b.deadline.IsZero() {
		left := time.Until(b.deadline)
		if left <= 0 {
			b.clocked = true
			return false
		}
		if p.Time = min(left, max(left/batchPatience, b.params.Time/batchLeast)); b.values == nil {
			p.Time = left / 2 // without the first stage there is nothing
		}
	}
	columns := slices.Clone(b.enc.Model.Columns)
	for j := range b.enc.Model.Choices {
		if b.enc.Begins(j) > 0 && !open(j) {
			fix(&columns[j], b.values, j)
		}
	}
	b.sight.thin(columns, b.values, stageColumns)
	b.sight.close(columns, b.values)
	found, done := b.solve(ctx, b.enc.Model, columns, b.values, p)
	if found != nil {
		b.values = found
		b.ahead.learn(found)
	}
	b.tell(b.values)
	return done
}

// tell says that the start goes on, and where it has a plan what that is worth.
func (b *batches) tell(plan []float64) {
	n := len(b.enc.Model.Levels)
	if b.asked.Progress == nil || n == 0 {
		return
	}
	last := &b.enc.Model.Levels[n-1]
	news := solver.Progress{Phase: "batches", Level: last.Name, Incumbent: math.NaN(), Bound: math.Inf(-1)}
	if plan != nil {
		news.Incumbent = last.Value(plan)
	}
	b.asked.Progress(news)
}

// solve finds the best values of a model of which only some columns are free; nil where it finds none. It says whether it came to its
// end.
func (b *batches) solve(ctx context.Context, m *mip.Model, columns []mip.Column, start []float64, p solver.Params) ([]float64, bool) {
	core := solver.CoreOf(m, columns)
	fold := solver.NewFold(core.Model)
	if start != nil {
		p.Start = fold.Part(core.Part(start))
	}
	found, err := lexico.Solve(ctx, fold.Model, b.backend, p)
	b.clocked = b.clocked || err != nil || !found.Deterministic
	if err != nil || found.Values == nil {
		return nil, false
	}
	return core.Whole(fold.Whole(found.Values)), found.Limit != solver.LimitTime
}

// regroup lets the people of some units choose anew in all batches. More are let go next time where that came to its end, fewer where
// it did not.
func (b *batches) regroup(ctx context.Context) {
	if b.units == nil {
		b.units = b.enc.ByUnit()
		b.rand = rand.New(rand.NewPCG(uint64(b.params.Seed), uint64(len(b.units))))
		b.group = min(batchGroup, stageColumns/float64(b.enc.Model.Choices)) * float64(len(slices.Concat(b.units...)))
	}
	free := b.someUnits()
	if b.stage(ctx, func(j int) bool { return free[b.enc.Cadre(j)] }) {
		b.group *= batchGrow
	} else {
		b.group /= batchGrow
	}
}

// someUnits are the people of units that are drawn until they are enough, and whoever has no seat.
func (b *batches) someUnits() map[int]bool {
	free, n := map[int]bool{}, 0
	let := func(people []int) {
		n += len(people)
		for _, c := range people {
			free[c] = true
		}
	}
	let(b.units[0])
	for _, u := range b.rand.Perm(len(b.units) - 1) {
		if n >= int(b.group) {
			break
		}
		let(b.units[u+1])
	}
	return free
}

// fix holds a column at its value, at zero where there are no values.
func fix(c *mip.Column, values []float64, j int) {
	v := 0.0
	if values != nil {
		v = values[j]
	}
	c.Lower, c.Upper = v, v
}
