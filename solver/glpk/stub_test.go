//go:build !cgo

package glpk

import "testing"

// TestStub shows that a binary without GLPK says so.
func TestStub(t *testing.T) {
	if a := (Solver{}).Available(); a.Available || a.Reason == "" {
		t.Errorf("got %+v", a)
	}
}
