package native

import (
	"testing"

	"cadre/solver/solvertest"
)

func TestConformance(t *testing.T) { solvertest.Run(t, New()) }

func TestMultipliers(t *testing.T) { solvertest.CheckMultipliers(t, New()) }
