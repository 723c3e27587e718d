//go:build !linux

package race

import (
	"os/exec"
	"time"
)

// CoreClock tells whether running processes can be timed in seconds of a core here.
const CoreClock = false

// watch sees nothing where the system does not tell of running processes.
func watch(*exec.Cmd, time.Time, float64, float64) *watched {
	w := &watched{done: make(chan struct{}), ended: make(chan struct{})}
	close(w.ended)
	return w
}
