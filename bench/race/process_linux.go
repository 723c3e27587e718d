package race

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// CoreClock tells whether running processes can be timed in seconds of a core here.
const CoreClock = true

// Bounds of the time between two looks at a process: short at first, so that quick runs are seen too.
const (
	firstLook = 5 * time.Millisecond
	mostLook  = 200 * time.Millisecond
)

// watch looks at a running process and its descendants until the watch is stopped. What the system says after the end will not do
// for memory: a process starts with the peak of the one that started it, which here is that of the model read. Where limit is not
// 0, the process is interrupted once all have used so many seconds of a core, and killed, with all that it started, after grace more.
func watch(cmd *exec.Cmd, started time.Time, limit, grace float64) *watched {
	w := &watched{done: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		asked := false
		for wait := firstLook; ; wait = min(mostLook, wait*3/2) {
			peak, used := usage(cmd.Process.Pid)
			w.peak = max(w.peak, peak)
			w.saw(moment{time.Since(started).Seconds(), used})
			switch {
			case limit <= 0:
			case used >= limit+grace && !w.killed:
				w.killed = true
				_ = cmd.Cancel()
			case used >= limit && !asked:
				asked = true
				_ = cmd.Process.Signal(os.Interrupt)
			}
			select {
			case <-w.done:
				return
			case <-time.After(wait):
			}
		}
	}()
	return w
}

// usage is the largest peak of memory of a process and its descendants, in MB, and the seconds of a core that all of them, and
// those that have ended, have used.
func usage(pid int) (peak, seconds float64) {
	const kilobytes = 1 << 10
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	if f := strings.Fields(field(filepath.Join(dir, "status"), "VmHWM")); len(f) > 0 {
		if v, err := strconv.ParseFloat(f[0], 64); err == nil {
			peak = v / kilobytes
		}
	}
	seconds = ticksOf(filepath.Join(dir, "stat"))
	tasks, _ := filepath.Glob(filepath.Join(dir, "task", "*", "children"))
	for _, task := range tasks {
		text, err := os.ReadFile(task)
		if err != nil {
			continue // it has ended
		}
		for _, child := range strings.Fields(string(text)) {
			if n, err := strconv.Atoi(child); err == nil {
				p, s := usage(n)
				peak, seconds = max(peak, p), seconds+s
			}
		}
	}
	return peak, seconds
}

// ticksOf adds up utime, stime, cutime and cstime of a stat file: fields 14 to 17, after a name that may hold spaces.
func ticksOf(path string) float64 {
	const perSecond = 100 // USER_HZ, the same on every Linux
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	const first, last = 14 - 3, 17 - 3
	if len(fields) <= last {
		return 0
	}
	sum := 0.0
	for _, f := range fields[first : last+1] {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return 0
		}
		sum += v
	}
	return sum / perSecond
}
