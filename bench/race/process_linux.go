package race

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Bounds of the time between two looks at a process: short at first, so that quick runs are seen too.
const (
	firstLook = 5 * time.Millisecond
	mostLook  = 200 * time.Millisecond
)

// watch looks at a running process and its descendants until stop is called, which hands back the most memory that any of
// them held, in MB, 0 where none was seen. What the system says after the end will not do: a process starts with the peak of
// the one that started it, which here is that of the model read.
func watch(cmd *exec.Cmd) (stop func() float64) {
	done, most := make(chan struct{}), make(chan float64)
	go func() {
		peak, wait := 0.0, firstLook
		for {
			peak = max(peak, peakOf(cmd.Process.Pid))
			select {
			case <-done:
				most <- peak
				return
			case <-time.After(wait):
				wait = min(mostLook, wait*3/2)
			}
		}
	}()
	return func() float64 { close(done); return <-most }
}

// peakOf is the largest peak of a process and its descendants, in MB.
func peakOf(pid int) float64 {
	const kilobytes = 1 << 10
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	peak := 0.0
	if f := strings.Fields(field(filepath.Join(dir, "status"), "VmHWM")); len(f) > 0 {
		if v, err := strconv.ParseFloat(f[0], 64); err == nil {
			peak = v / kilobytes
		}
	}
	tasks, _ := filepath.Glob(filepath.Join(dir, "task", "*", "children"))
	for _, task := range tasks {
		text, err := os.ReadFile(task)
		if err != nil {
			continue // it has ended
		}
		for _, child := range strings.Fields(string(text)) {
			if n, err := strconv.Atoi(child); err == nil {
				peak = max(peak, peakOf(n))
			}
		}
	}
	return peak
}
