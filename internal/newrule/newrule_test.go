package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

func TestRegistriesAreUpToDate(t *testing.T) {
	if err := run(root, "pair", true, false, nil); err != nil {
		t.Error(err)
	}
}

func TestCheckNotices(t *testing.T) {
	dir := moduleCopy(t)
	page := filepath.Join(dir, "policy", "spec", "tie_order.md")
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	err := run(dir, "pair", true, false, nil)
	if err == nil || !strings.Contains(err.Error(), "constraints/registry.go") || !strings.Contains(err.Error(), "audit/registry.go") {
		t.Errorf("got %v", err)
	}
	if err := run(dir, "pair", false, true, nil); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, "pair", true, false, nil); err != nil {
		t.Error(err)
	}
}

// TestInventedKinds scaffolds a kind of either scope in a copy of the module: it builds, and the policy knows the kinds.
func TestInventedKinds(t *testing.T) {
	dir := moduleCopy(t)
	for kind, scope := range map[string]string{"zodiac_balance": "plan", "lucky_number": "pair"} {
		if err := run(dir, scope, false, false, []string{kind}); err != nil {
			t.Fatal(err)
		}
		s := subject{Kind: kind, Scope: scope}
		for _, file := range s.files() {
			if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
				t.Error(err)
			}
		}
		if err := run(dir, scope, false, false, []string{kind}); err == nil {
			t.Error("a kind was written over")
		}
	}
	for _, args := range [][]string{{"vet", "./policy", "./constraints", "./audit"}, {"test", "./policy", "-run", "TestKindsDecode"}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	for _, pkg := range []string{"constraints", "audit"} {
		src, err := os.ReadFile(filepath.Join(dir, pkg, "registry.go"))
		if err != nil || !strings.Contains(string(src), `"zodiac_balance":`) || !strings.Contains(string(src), "zodiacBalance{},") {
			t.Errorf("%s: %v\n%s", pkg, err, src)
		}
	}
}

// moduleCopy is a copy of what the rule kinds and their tests need of the module.
func moduleCopy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"go.mod", "go.sum", "posting", "mip", "policy", "constraints", "audit", "solver", "internal/i18n"} {
		err := filepath.WalkDir(filepath.Join(root, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			to := filepath.Join(dir, rel)
			if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
				return err
			}
			return os.WriteFile(to, data, 0o666)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		scope string
		args  []string
		want  string
	}{
		{"pair", []string{"Bad-Name"}, "no name for a kind"},
		{"pair", []string{"two__bars"}, "no name for a kind"},
		{"both", []string{"fine"}, "want pair or plan"},
		{"pair", []string{"tie_order"}, "exists already"},
		{"pair", nil, "want the name"},
		{"pair", []string{"one", "two"}, "want the name"},
	} {
		if err := run(root, c.scope, false, false, c.args); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: got %v, want %q", c.args, err, c.want)
		}
	}
}

// TestOneRegistry: the registry of one package can be written without the other's.
func TestOneRegistry(t *testing.T) {
	dir := moduleCopy(t)
	if err := os.Remove(filepath.Join(dir, "policy", "spec", "tie_order.md")); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, "pair", false, true, []string{"constraints"}); err != nil {
		t.Fatal(err)
	}
	err := run(dir, "pair", true, false, nil)
	if err == nil || strings.Contains(err.Error(), "constraints/registry.go") || !strings.Contains(err.Error(), "audit/registry.go") {
		t.Errorf("got %v, want the auditor's registry alone out of date", err)
	}
	if err := run(dir, "pair", false, true, []string{"mip"}); err == nil || !strings.Contains(err.Error(), "mip") {
		t.Errorf("a package without registry: got %v", err)
	}
}

func TestTypeName(t *testing.T) {
	for kind, want := range map[string]string{"fit": "fit", "minimum_term": "minimumTerm", "young_to_hard": "youngToHard"} {
		if got := typeName(kind); got != want {
			t.Errorf("%s: got %s, want %s", kind, got, want)
		}
	}
}
