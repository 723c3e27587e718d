//go:build !cgo

package glpk

import (
	"context"
	"errors"

	"cadre/solver"
	"cadre/solver/worker"
)

const (
	missing   = "this binary was built without cgo; build with CGO_ENABLED=1 and GLPK installed (Debian: libglpk-dev)"
	missingZh = "本程序编译时未用 cgo；安装 GLPK（Debian：libglpk-dev）后以 CGO_ENABLED=1 编译"
)

func available() solver.Availability {
	return solver.Availability{Name: Name, Reason: missing, ReasonZh: missingZh}
}

// Engine tells that GLPK is missing.
func Engine(context.Context, worker.Job) (worker.Outcome, error) {
	return worker.Outcome{}, errors.New(missing)
}
