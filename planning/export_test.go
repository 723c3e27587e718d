package planning

import (
	"context"

	"cadre/constraints"
	"cadre/solver/lexico"
)

// ByBatch is the start of batches, and Finish their finish, for tests.
func ByBatch(ctx context.Context, enc *constraints.Encoding, o Options, least int) ([]float64, bool) {
	b := newBatches(enc, o, least)
	return b.start(ctx), b != nil && b.clocked
}

func Finish(ctx context.Context, enc *constraints.Encoding, o Options, res *lexico.Result) {
	newBatches(enc, o, 0).finish(ctx, res)
}
