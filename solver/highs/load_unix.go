//go:build (linux || darwin) && (amd64 || arm64) && !static

package highs

import "github.com/ebitengine/purego"

// load maps the library into the process.
func load(path string) (uintptr, error) {
	return purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
}

// symbol is the address of a function of the library.
func symbol(handle uintptr, name string) (uintptr, error) { return purego.Dlsym(handle, name) }
