package worker

import (
	"bufio"
	"fmt"
	"os"
)

// FreeMemory is how many bytes further programs may take: four fifths of what the system says is available, 0 (no limit)
// where it does not say. The rest is for the other programs of the machine.
func FreeMemory() int64 {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var kb int64
		if n, _ := fmt.Sscanf(lines.Text(), "MemAvailable: %d kB", &kb); n == 1 {
			return kb * 1024 / 5 * 4
		}
	}
	return 0
}
