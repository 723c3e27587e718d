//go:build !linux

package race

import "os/exec"

// watch sees nothing where the system does not tell of running processes.
func watch(*exec.Cmd) (stop func() float64) { return func() float64 { return 0 } }
