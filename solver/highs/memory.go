//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"fmt"
	"os"
	"time"
)

// memoryEvery is how often the memory is looked at: a process fills some tens of megabytes in that time.
const memoryEvery = 50 * time.Millisecond

// watchMemory ends the process once it holds more than limit bytes (0: never), with a word to the parent: HiGHS has no
// limit of its own. It works where the system tells what a process holds, as Linux does.
func watchMemory(limit int64) {
	if limit <= 0 || resident() == 0 {
		return
	}
	check := func() {
		if held := resident(); held > limit {
			fmt.Fprintf(os.Stderr, "out of memory: %d MB held, %d MB allowed\n", held>>20, limit>>20)
			os.Exit(3)
		}
	}
	check()
	go func() {
		for range time.Tick(memoryEvery) {
			check()
		}
	}()
}

// resident is how many bytes of memory this process holds, 0 where the system does not say.
func resident() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int64
	if n, _ := fmt.Sscan(string(text), &size, &pages); n < 2 {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
