//go:build !unix

package race

import "os"

// MemoryOf is 0 where the system does not tell.
func MemoryOf(*os.ProcessState) float64 { return 0 }
