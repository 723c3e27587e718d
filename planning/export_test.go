package planning

import (
	"context"

	"cadre/constraints"
	"cadre/mip"
	"cadre/solver/lexico"
)

// ByBatch is the start of batches, and Finish their finish, for tests.
func ByBatch(ctx context.Context, enc *constraints.Encoding, o Options, least int) ([]float64, bool) {
	b := newBatches(enc, o, least)
	return b.start(ctx), b != nil && b.clocked
}

// Ahead is ByBatch with what was proven beside it, nil where nothing was looked for.
func Ahead(ctx context.Context, enc *constraints.Encoding, o Options) ([]float64, *lexico.Warm) {
	b := newBatches(enc, o, 0)
	x := b.start(ctx)
	return x, b.warm()
}

func Finish(ctx context.Context, enc *constraints.Encoding, o Options, res *lexico.Result) {
	newBatches(enc, o, 0).finish(ctx, res)
}

// Sight is how stages see a model, for tests.
type Sight struct{ s *sight }

func NewSight(enc *constraints.Encoding) Sight { return Sight{newSight(enc)} }

func (s Sight) UpTo(t int, values []float64) (*mip.Model, []mip.Column) { return s.s.upTo(t, values) }

func (s Sight) Thin(columns []mip.Column, values []float64, most int) {
	s.s.thin(columns, values, most)
}

// Starts are the plans made with one batch in sight, and with all of them.
func Starts(ctx context.Context, enc *constraints.Encoding, o Options) (first, closed []float64) {
	b := newBatches(enc, o, 0)
	b.first(ctx)
	first = b.values
	b.closed(ctx)
	return first, b.values
}
