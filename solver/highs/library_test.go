//go:build cgo && linux && (amd64 || arm64) && !static

package highs

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// compile makes a shared library of C text and has CADRE_HIGHS name its folder.
func compile(t *testing.T, text string) {
	t.Helper()
	dir := t.TempDir()
	source := filepath.Join(dir, "fake.c")
	if err := os.WriteFile(source, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cc", "-shared", "-fPIC", "-o", filepath.Join(dir, fileName()), source).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Setenv(variable, dir)
}

// TestUnfit finds libraries that are none, too old, incomplete, or deadly: each is a reason in one line.
func TestUnfit(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"foreign", "int f(void) { return 1; }", "is not the library of HiGHS"},
		{"old", "int Highs_versionMajor(void) { return 1; } int Highs_versionMinor(void) { return 10; }", "is HiGHS 1.10; needed is 1.15 or a later 1"},
		{"next", "int Highs_versionMajor(void) { return 2; } int Highs_versionMinor(void) { return 20; }", "is HiGHS 2.20; needed is 1.15"},
		{"incomplete", "int Highs_versionMajor(void) { return 1; } int Highs_versionMinor(void) { return 15; }", "undefined symbol: Highs_version"},
		{"deadly", "#include <stdlib.h>\n__attribute__((constructor)) static void start(void) { abort(); }", "the worker process ended without an answer"},
	} {
		compile(t, tc.text)
		a := Solver{}.Available()
		if a.Available || !strings.Contains(a.Reason, tc.want) || strings.Contains(a.Reason, "\n") {
			t.Errorf("%s: got %+v, want %q", tc.name, a, tc.want)
		}
	}
}

// TestHang has a library that never returns: the worker is killed, and the start is what is left.
func TestHang(t *testing.T) {
	compile(t, "#include <unistd.h>\nint Highs_versionMajor(void) { for (;;) pause(); }\nint Highs_versionMinor(void) { return 15; }")
	m := &mip.Model{
		Columns: []mip.Column{{Name: "x", Upper: 5, Integer: true}},
		Levels:  []mip.Level{{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1}}}},
	}
	r, err := Solver{}.Solve(t.Context(), m, solver.Params{Time: 100 * time.Millisecond, Start: []float64{4}})
	if err != nil || r.Status != solver.Feasible || r.Limit != solver.LimitTime || r.Objective != 4 || r.Bound != 0 {
		t.Errorf("got %+v, %v", r, err)
	}
}
