//go:build windows && (amd64 || arm64) && !static

package highs

import "golang.org/x/sys/windows"

// load maps the library into the process; libraries that it needs may stand beside it.
func load(path string) (uintptr, error) {
	handle, err := windows.LoadLibraryEx(path, 0, windows.LOAD_WITH_ALTERED_SEARCH_PATH)
	return uintptr(handle), err
}

// symbol is the address of a function of the library.
func symbol(handle uintptr, name string) (uintptr, error) {
	return windows.GetProcAddress(windows.Handle(handle), name)
}
