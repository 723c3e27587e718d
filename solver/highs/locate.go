//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"cadre/internal/i18n"
)

// Where the library is looked for.
const (
	variable = "CADRE_HIGHS" // environment variable that names the library or its folder
	folder   = ".highs"      // filled by `make highs`
)

// fileName is the library's name on this system.
func fileName() string {
	switch runtime.GOOS {
	case "windows":
		return "highs.dll"
	case "darwin":
		return "libhighs.dylib"
	}
	return "libhighs.so"
}

// find returns the path of the library: the one that CADRE_HIGHS names, or else that of the first .highs among the
// working directory, the executable's folder and the folder above it.
func find() (string, error) {
	if named := os.Getenv(variable); named != "" {
		path, err := inside(named)
		if err != nil {
			return "", i18n.E("%s 所指的库不存在：%s", "%s names a library that is not there: %s", variable, err)
		}
		return path, nil
	}
	var looked []string
	for _, dir := range folders() {
		if path, err := inside(dir); err == nil {
			return path, nil
		}
		looked = append(looked, dir)
	}
	return "", i18n.E("%s 不在 %s 中；运行 make highs，或把 %s 设为它的路径", "%s is not in %s; run `make highs`, or set %s to its path", fileName(), strings.Join(looked, ", "), variable)
}

// inside returns the absolute path of the library, given its own path or that of its folder.
func inside(path string) (string, error) {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		path = filepath.Join(path, fileName())
		_, err = os.Stat(path)
	}
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

func folders() []string {
	dirs := []string{folder}
	if exe, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(exe); err == nil {
			exe = real
		}
		beside := filepath.Dir(exe)
		dirs = append(dirs, filepath.Join(beside, folder), filepath.Join(filepath.Dir(beside), folder))
	}
	return dirs
}
