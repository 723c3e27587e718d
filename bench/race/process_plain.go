//go:build !unix

package race

import (
	"os"
	"os/exec"
)

// MemoryOf is 0 where the system does not tell.
func MemoryOf(*os.ProcessState) float64 { return 0 }

// Used: the system does not tell what a process has used.
func Used() (float64, bool) { return 0, false }

// alone does nothing where there are no groups of processes: children of a killed one may go on.
func alone(*exec.Cmd) {}
