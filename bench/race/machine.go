package race

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// Machine says where and when something was measured.
type Machine struct {
	Date   string `json:"date"`
	Go     string `json:"go"`
	System string `json:"system"`
	CPU    string `json:"cpu"` // "" where the system does not tell
	Cores  int    `json:"cores"`
	Memory string `json:"memory"`
	Load   string `json:"load"`             // of the last one, five and fifteen minutes when it was asked
	Commit string `json:"commit,omitempty"` // of the source, "" not told
}

// ThisMachine describes the machine as far as it tells.
func ThisMachine() Machine {
	return Machine{Date: time.Now().Format("2006-01-02 15:04"), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH,
		CPU: field("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), Memory: field("/proc/meminfo", "MemTotal"), Load: load()}
}

// field is the value of a line such as `name : value`.
func field(path, name string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// busy is the load of the machine over the last minute, 0 where it does not tell.
func busy() float64 {
	first, _, _ := strings.Cut(load(), " ")
	v, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return 0
	}
	return v
}

func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if f := strings.Fields(string(text)); err == nil && len(f) >= 3 {
		return strings.Join(f[:3], " ")
	}
	return ""
}
