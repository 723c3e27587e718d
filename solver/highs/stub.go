//go:build !((linux || darwin || windows) && (amd64 || arm64)) || static

package highs

import (
	"context"
	"errors"

	"cadre/solver/worker"
)

var errStatic = errors.New("this binary loads no libraries at run time; build without the tag static, for 64-bit Linux, macOS or Windows")

func find() (string, error) { return "", errStatic }

// Engine tells that HiGHS cannot be loaded.
func Engine(context.Context, worker.Job) (worker.Outcome, error) {
	return worker.Outcome{}, errStatic
}
