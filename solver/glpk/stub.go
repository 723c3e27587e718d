//go:build !cgo

package glpk

import (
	"context"
	"errors"

	"cadre/solver"
	"cadre/solver/worker"
)

const missing = "this binary was built without cgo; build with CGO_ENABLED=1 and GLPK installed (Debian: libglpk-dev)"

func available() solver.Availability {
	return solver.Availability{Name: Name, Reason: missing}
}

// Engine tells that GLPK is missing.
func Engine(context.Context, worker.Job) (worker.Outcome, error) {
	return worker.Outcome{}, errors.New(missing)
}
