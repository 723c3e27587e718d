//go:build unix

package race

import (
	"os"
	"runtime"
	"syscall"
)

// MemoryOf is the most memory that any of the process and its children held, in MB.
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
