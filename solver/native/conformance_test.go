package native

import (
	"testing"

	"cadre/solver/solvertest"
)

func TestConformance(t *testing.T) { solvertest.Run(t, New()) }
