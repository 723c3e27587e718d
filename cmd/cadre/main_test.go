package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cadre/solver/worker"
)

// update rewrites the expected files inside the scripts: go test ./cmd/cadre -update. Read the difference afterwards.
var update = flag.Bool("update", false, "rewrite the expected files of the scripts")

// TestMain lets the test binary answer as `cadre`, and as the worker process that `cadre` starts.
func TestMain(m *testing.M) {
	worker.Intercept(engines())
	testscript.Main(m, map[string]func(){
		"cadre": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the whole program as a person does: every verb, its results, its errors and its exit codes. Each
// script finds a copy of testdata/tiny (two townships, five people) in its folder, the example county at $COUNTY, and the example
// policies below $POLICIES.
func TestScripts(t *testing.T) {
	county, err := filepath.Abs("../../examples/county")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"edit":  edit,
			"book":  book,
			"same":  same,

			"same-tree": sameTree,
			"digest":    digest,
			"moves":     moves,
			"shift":     shift,
			"decide":    decide,
			"cell":      cell,
			"forge":     forge,
			"reformat":  reformat,
			"halfway":   halfway,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("COUNTY", county)
			env.Setenv("POLICIES", filepath.Join(filepath.Dir(county), "policies"))
			env.Setenv("YEARS", filepath.Join(filepath.Dir(county), "five-years"))
			env.Setenv("LC_ALL", "en_US.UTF-8")
			return os.CopyFS(filepath.Join(env.WorkDir, "tiny"), os.DirFS("testdata/tiny"))
		},
	})
}

// exits runs a command that must end with the code: exits CODE COMMAND [ARGS]. What it printed can be matched with
// stdout and stderr.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGS]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var e *exec.ExitError
		if !errors.As(err, &e) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = e.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
