//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"os"
	"path/filepath"
	"testing"
)

// TestFind looks where the documentation says, in its order; the files stand for libraries.
func TestFind(t *testing.T) {
	t.Setenv(variable, "")
	t.Chdir(t.TempDir())
	if path, err := find(); err == nil {
		t.Fatalf("found %s where there is none", path)
	}
	place := func(dir string) string {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		path, err := filepath.Abs(filepath.Join(dir, fileName()))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	expect := func(want string) {
		t.Helper()
		if path, err := find(); err != nil || path != want {
			t.Errorf("found %s, %v, want %s", path, err, want)
		}
	}
	expect(place(folder))
	named := place("elsewhere")
	t.Setenv(variable, "elsewhere")
	expect(named)
	t.Setenv(variable, named)
	expect(named)
	t.Setenv(variable, "nowhere")
	if path, err := find(); err == nil {
		t.Errorf("%s is named and missing, but %s was found", "nowhere", path)
	}
}
