//go:build !((linux || darwin || windows) && (amd64 || arm64)) || static

package highs

import "testing"

// TestStub shows that a binary that loads no libraries says so.
func TestStub(t *testing.T) {
	if a := (Solver{}).Available(); a.Available || a.Reason != errStatic.Error() {
		t.Errorf("got %+v", a)
	}
}
