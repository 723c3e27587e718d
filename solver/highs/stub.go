//go:build !((linux || darwin || windows) && (amd64 || arm64)) || static

package highs

import (
	"context"

	"cadre/internal/i18n"
	"cadre/solver/worker"
)

var errStatic = i18n.E("本程序不在运行时加载库；编译时不用 static 标签，限 64 位的 Linux、macOS、Windows", "this binary loads no libraries at run time; build without the tag static, for 64-bit Linux, macOS or Windows")

func find() (string, error) { return "", errStatic }

// Engine tells that HiGHS cannot be loaded.
func Engine(context.Context, worker.Job) (worker.Outcome, error) {
	return worker.Outcome{}, errStatic
}
