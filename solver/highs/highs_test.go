//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"os"
	"path/filepath"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/solvertest"
	"cadre/solver/worker"
)

// TestMain lets tests and their workers use the library that `make highs` fetched.
func TestMain(m *testing.M) {
	if os.Getenv(variable) == "" {
		if path, err := inside(filepath.Join("..", "..", folder)); err == nil {
			_ = os.Setenv(variable, path)
		}
	}
	worker.Intercept(map[string]worker.Engine{Name: Engine})
	os.Exit(m.Run())
}

// needLibrary skips where HiGHS is not installed: it is optional.
func needLibrary(t *testing.T) {
	t.Helper()
	if path, err := find(); err != nil {
		t.Skipf("HiGHS is optional and not installed (make highs): %v", err)
	} else if a := (Solver{}).Available(); !a.Available {
		t.Fatalf("HiGHS at %s does not work: %s", path, a.Reason)
	}
}

func TestConformance(t *testing.T) {
	needLibrary(t)
	solvertest.Run(t, Solver{})
}

// TestMemory gives HiGHS less than the process holds already: the answer names what ran out.
func TestMemory(t *testing.T) {
	needLibrary(t)
	m := &mip.Model{Columns: []mip.Column{{Name: "x", Upper: 1, Integer: true}}}
	r, err := Solver{Memory: 1 << 20}.Solve(t.Context(), m, solver.Params{})
	if err != nil || r.Status != solver.NoSolution || r.Limit != solver.LimitMemory {
		t.Errorf("got %+v, %v", r, err)
	}
}
