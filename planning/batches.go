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
	// batchPatience is the part of what is left of it that one stage may take, as a quotient.
	batchPatience = 8
	// batchGap is the least gap that ends the search of a stage, which is finer than what is asked of the whole by batchFiner.
	batchGap   = 0.001
	batchFiner = 4
)

// batches makes a start batch by batch.
type batches struct {
	enc      *constraints.Encoding
	backend  solver.Solver
	params   solver.Params // of a stage
	deadline time.Time     // zero: none
	values   []float64     // nil before the first stage
	clocked  bool
}

// byBatch is a plan made one batch after another, and then bettered in some batches at a time while the others stay: in every two,
// then in every three, and so on. Nil where there is one batch, where the model has fewer choices than the least worth it or where no such plan was
// found. It is clocked where time ended it or a part of it.
func byBatch(ctx context.Context, enc *constraints.Encoding, o Options, least int) (values []float64, clocked bool) {
	n := enc.Periods()
	if n < 2 || enc.Model.Choices < least || o.Params.Start != nil {
		return o.Params.Start, false
	}
	b := &batches{enc: enc, backend: o.Backend, params: o.Params}
	b.params.Gap, b.params.Progress = max(batchGap, o.Params.Gap/batchFiner), nil
	if o.Params.Time > 0 {
		b.deadline = time.Now().Add(o.Params.Time / batchShare)
	}
	for t := 1; t <= n && (t == 1 || b.values != nil); t++ {
		b.stage(ctx, []int{t})
	}
	for size := 2; size < n && b.values != nil; size++ {
		for _, set := range subsets(n, size) {
			b.stage(ctx, set)
		}
	}
	return b.values, b.clocked
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
