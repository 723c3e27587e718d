package planning

import (
	"context"
	"time"

	"cadre/solver/lexico"
)

// stopTime is how long the certificate may take after an interruption where the backend handed nothing over for it: people who stop
// a run wait that long, and root relaxations of a county's models take no longer.
const stopTime = 2 * time.Second

// Unhurried is the context of the certificate: ctx, or where that is done and no bound can be proven without relaxations, one that
// ends soon.
func Unhurried(ctx context.Context, res *lexico.Result) (context.Context, context.CancelFunc) {
	if ctx.Err() == nil {
		return ctx, func() {}
	}
	for _, proofs := range res.Proofs() {
		if len(proofs) > 0 {
			return ctx, func() {}
		}
	}
	return context.WithTimeout(context.WithoutCancel(ctx), stopTime)
}
