//go:build unix

package race

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// MemoryOf is the most memory that any of the process and its children held, in MB, and at least what the process that started
// it had held until then.
func MemoryOf(s *os.ProcessState) float64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // bytes there, kilobytes elsewhere
		return float64(u.Maxrss) / (1 << 20)
	}
	return float64(u.Maxrss) / (1 << 10)
}

// Used is the seconds of a core that this process has used, its children not counted; false where the system does not tell.
func Used() (float64, bool) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, false
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds(), true
}

// alone puts the process into a group of its own, so that its children end with it where it is killed.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
