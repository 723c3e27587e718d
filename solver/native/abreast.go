package native

import (
	"sync"
	"sync/atomic"
)

// abreast calls do for each k below n, so many at a time, and returns when all are done.
func abreast(threads, n int, do func(k int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range max(1, min(threads, n)) {
		group.Go(func() {
			for k := int(next.Add(1)); k <= n; k = int(next.Add(1)) {
				do(k - 1)
			}
		})
	}
	group.Wait()
}
