package planning

import (
	"context"
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
	// batchShare is the part of the time that the start may take, as a quotient.
	batchShare = 3
	// batchFinish is the part that bettering the result may take, as a quotient.
	batchFinish = 10
	// batchPatience is the part of what is left of it that one stage may take, as a quotient.
	batchPatience = 8
	// batchGap is the least gap that ends the search of a stage, which is finer than what is asked of the whole by batchFiner.
	batchGap   = 0.001
	batchFiner = 4
)

// batches makes plans with few batches open at a time. The nil one does nothing.
type batches struct {
	enc      *constraints.Encoding
	backend  solver.Solver
	params   solver.Params // of a stage
	deadline time.Time     // zero: none
	values   []float64     // nil before the first stage
	clocked  bool          // whether a clock ended a stage, or kept it from beginning
}

// newBatches is nil where there is one batch, where the model has fewer choices than the least worth it, or where there is a start.
func newBatches(enc *constraints.Encoding, o Options, least int) *batches {
	if enc.Periods() < 2 || enc.Model.Choices < least || o.Params.Start != nil || len(o.Memories) > 0 {
		return nil
	}
	b := &batches{enc: enc, backend: o.Backend, params: o.Params}
	b.params.Gap, b.params.Progress = max(batchGap, o.Params.Gap/batchFiner), nil
	return b
}

// within gives what follows a part of all time.
func (b *batches) within(quotient int) {
	if b.params.Time > 0 {
		b.deadline = time.Now().Add(b.params.Time / time.Duration(quotient))
	}
}

// start is a plan made one batch after another, and then bettered in some batches at a time while the others stay: in every two,
// then in every three, and so on. Nil where none was found.
func (b *batches) start(ctx context.Context) []float64 {
	if b == nil {
		return nil
	}
	b.within(batchShare)
	n := b.enc.Periods()
	for t := 1; t <= n && (t == 1 || b.values != nil); t++ {
		b.stage(ctx, []int{t})
	}
	for size := 2; size < n && b.values != nil; size++ {
		for _, set := range subsets(n, size) {
			b.stage(ctx, set)
		}
	}
	return b.values
}

// leave keeps the time of the finish.
func (b *batches) leave(p solver.Params) solver.Params {
	if b != nil && p.Time > 0 {
		p.Time = max(p.Time-b.params.Time/batchFinish, 1)
	}
	return p
}

// finish betters what was found, where time ended the search, in every two batches at a time until that gains nothing: a level's
// solve leaves the levels after it as bad as they happen to be. Bounds hold as before.
func (b *batches) finish(ctx context.Context, res *lexico.Result) {
	if b == nil {
		return
	}
	if res.Values != nil && res.Limit == solver.LimitTime {
		b.within(batchFinish)
		b.values = res.Values
		for before := []float64(nil); before == nil || lexico.Better(b.enc.Model, b.values, before); {
			before = b.values
			for _, set := range subsets(b.enc.Periods(), 2) {
				b.stage(ctx, set)
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

// stage lets go the spells that begin in some batches; all others stay, which at first is at zero. Stays follow.
func (b *batches) stage(ctx context.Context, open []int) {
	p := b.params
	if !b.deadline.IsZero() {
		if p.Time = time.Until(b.deadline) / batchPatience; p.Time <= 0 {
			b.clocked = true
			return
		}
	}
	columns := slices.Clone(b.enc.Model.Columns)
	for j := range b.enc.Model.Choices {
		if from := b.enc.Begins(j); from > 0 && !slices.Contains(open, from) {
			fix(&columns[j], b.values, j)
		}
	}
	core := solver.CoreOf(b.enc.Model, columns)
	if b.values != nil {
		p.Start = core.Part(b.values)
	}
	found, err := lexico.Solve(ctx, core.Model, b.backend, p)
	b.clocked = b.clocked || err != nil || !found.Deterministic
	if err == nil && found.Values != nil {
		b.values = core.Whole(found.Values)
	}
}

// fix holds a column at its value, at zero where there are no values.
func fix(c *mip.Column, values []float64, j int) {
	v := 0.0
	if values != nil {
		v = values[j]
	}
	c.Lower, c.Upper = v, v
}
