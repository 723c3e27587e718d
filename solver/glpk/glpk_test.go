package glpk

import (
	"os"
	"testing"

	"cadre/solver/solvertest"
	"cadre/solver/worker"
)

func TestMain(m *testing.M) {
	worker.Intercept(map[string]worker.Engine{Name: Engine})
	os.Exit(m.Run())
}

func TestConformance(t *testing.T) {
	solvertest.Run(t, Solver{})
}
