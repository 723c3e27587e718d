package race

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cadre/mip"
)

// script is a peer that is a shell script; $6 is where it writes its point.
func script(t *testing.T, name, body string) Peer {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return foreignPeer(name, path)
}

func modelFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "knapsack.mps")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	if err := errors.Join(mip.WriteMPS(w, knapsack()), w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestLiars: wrong answers of every sort are flagged, crashes and hangs reported, and the honest one is left alone.
func TestLiars(t *testing.T) {
	honest := `echo 'x 1' > "$6"; echo '{"t": 0.5, "incumbent": -3, "bound": -5}'; echo '{"status": "optimal", "objective": -3, "bound": -3}'`
	c := Course{Models: []string{modelFile(t)}, Job: Job{Time: time.Second, Threads: 1}, Runs: 1, Peers: []Peer{
		script(t, "honest", honest),
		script(t, "flatters", `echo 'y 1' > "$6"; echo '{"status": "optimal", "objective": -3, "bound": -3}'`),
		script(t, "breaks", `printf 'x 1\ny 1\n' > "$6"; echo '{"status": "optimal", "objective": -5, "bound": -5}'`),
		script(t, "bounds", `echo '{"status": "no-solution", "objective": null, "bound": -2}'`),
		script(t, "denies", `echo '{"status": "infeasible", "objective": null, "bound": null}'`),
		script(t, "pointless", `echo '{"status": "optimal", "objective": -3, "bound": -3}'`),
		script(t, "crashes", `echo 'segmentation fault' >&2; exit 139`),
		script(t, "hushes", `exit 0`),
		script(t, "knows nothing", `echo '{"status": "no-solution", "objective": null, "bound": -1e20}'`),
	}}
	all, err := c.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"honest": "", "flatters": "claims -3", "breaks": "breaks the model", "bounds": "wrong bound", "denies": "claims infeasible",
		"knows nothing": "", "pointless": "no point", "crashes": "segmentation fault", "hushes": "no report"}
	for _, r := range all {
		fault, known := want[r.Solver]
		if !known || (r.Fault == "") != (fault == "") || !strings.Contains(r.Fault, fault) {
			t.Errorf("%s: fault %q, want %q", r.Solver, r.Fault, fault)
		}
		if (r.Solver == "honest") != (r.Checked && r.Done()) {
			t.Errorf("%s: checked %t, done %t", r.Solver, r.Checked, r.Done())
		}
		if r.Solver == "knows nothing" && r.Bound != nil {
			t.Errorf("a bound of %g", *r.Bound)
		}
		if crashed := r.Solver == "crashes" || r.Solver == "hushes"; crashed != (r.Status == Crashed) {
			t.Errorf("%s: status %s", r.Solver, r.Status)
		}
	}
	if r := all[0]; r.First == nil || *r.First != 0.5 || r.To1 == nil || len(r.Events) != 2 || r.Integral == nil {
		t.Errorf("what happened on the way: %+v", r)
	}
}

// TestFullDisk: a run that cannot be written ends the race with an error and the runs so far; earlier results stay as they are.
func TestFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	honest := script(t, "honest", `echo 'x 1' > "$6"; echo '{"status": "optimal", "objective": -3, "bound": -3}'`)
	log := filepath.Join(t.TempDir(), "runs.jsonl")
	c := Course{Models: []string{modelFile(t)}, Job: Job{Time: time.Second, Threads: 1}, Runs: 2, Peers: []Peer{honest}, Log: log}
	if _, err := c.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	before, _, err := ReadLog(log)
	if err != nil || len(before) != 2 {
		t.Fatal(before, err)
	}
	c.Log = "/dev/full"
	all, err := c.Run(t.Context())
	if !errors.Is(err, syscall.ENOSPC) || len(all) != 1 || !strings.Contains(err.Error(), "the runs before this one stand in") {
		t.Errorf("%d runs, %v", len(all), err)
	}
	if after, cut, err := ReadLog(log); err != nil || cut != 0 || len(after) != 2 {
		t.Errorf("earlier runs: %d, %d cut, %v", len(after), cut, err)
	}
}

// TestCutLog: a line that a full disk cut is left out, said, and does not spoil the next.
func TestCutLog(t *testing.T) {
	log := filepath.Join(t.TempDir(), "runs.jsonl")
	for _, name := range []string{"a", "b"} {
		if err := Append(log, &Run{Model: name}); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(log, info.Size()-20); err != nil {
		t.Fatal(err)
	}
	if err := Append(log, &Run{Model: "c"}); err != nil {
		t.Fatal(err)
	}
	all, cut, err := ReadLog(log)
	if err != nil || cut != 1 || len(all) != 2 || all[0].Model != "a" || all[1].Model != "c" {
		t.Errorf("%+v, %d cut, %v", all, cut, err)
	}
	if err := os.WriteFile(log, []byte("no json\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := ReadLog(log); err == nil {
		t.Error("a file that is no log is taken")
	}
}

// TestCurve: times to gaps, censored ones among them, and the integral worked by hand: 1 for 2 s, 0.5 for 3 s, then 0.005 to the
// end of 10 s: (2 + 1.5 + 0.025) / 10.
func TestCurve(t *testing.T) {
	r := Run{Status: "feasible", Limit: 10, Answer: 9, Objective: ptr(100), Bound: ptr(99.5), Events: []Event{
		{At: 1, Bound: ptr(40)}, {At: 2, Incumbent: ptr(100), Bound: ptr(50)}, {At: 5, Bound: ptr(99.5)}, {At: 6}}}
	r.finish()
	if *r.First != 2 || *r.To1 != 5 || r.To01 != nil || r.To001 != nil || r.reached(r.To01) != ">= 10" {
		t.Errorf("first %v, 1 %% %v, 0.1 %% %v", r.First, r.To1, r.To01)
	}
	if want := 0.3525; *r.Integral < want-1e-9 || *r.Integral > want+1e-9 {
		t.Errorf("integral %g, want %g", *r.Integral, want)
	}
	if len(r.Events) != 3 {
		t.Errorf("events %+v", r.Events)
	}
}

func TestMaximised(t *testing.T) {
	log := filepath.Join(t.TempDir(), "runs.jsonl")
	for _, r := range []Run{{Model: "a", Checked: true, Objective: ptr(5), Bound: ptr(6), Maximise: true}, {Model: "a", Bound: ptr(4), Maximise: true}} {
		if err := Append(log, &r); err != nil {
			t.Fatal(err)
		}
	}
	all, _, err := ReadLog(log) // the sense has to stand in the log
	if err != nil {
		t.Fatal(err)
	}
	Contradictions(all)
	if all[0].Fault != "" || all[1].Fault == "" {
		t.Errorf("%q %q", all[0].Fault, all[1].Fault)
	}
}

// TestUnboundedIsHeldAgainstProof: who denies that there is a limit is flagged where ours have proven one, not where one is merely
// claimed.
func TestUnboundedIsHeldAgainstProof(t *testing.T) {
	yes := true
	for _, proven := range []bool{true, false} {
		all := []Run{{Model: "a", Status: "optimal", Objective: ptr(5), Bound: ptr(5), Checked: true}, {Model: "a", Status: "unbounded"}}
		if proven {
			all[0].Certified, all[0].Proven = &yes, ptr(5)
		}
		Contradictions(all)
		if (all[1].Fault != "") != proven || all[0].Fault != "" {
			t.Errorf("proven %t: %q %q", proven, all[0].Fault, all[1].Fault)
		}
	}
}

// TestUnreadable: every model that cannot be read is told before anything runs.
func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	paths := []string{modelFile(t), filepath.Join(dir, "bad.mps"), filepath.Join(dir, "worse.mps")}
	for _, p := range paths[1:] {
		if err := os.WriteFile(p, []byte("NAME x\nROWS\n N c\nCOLUMNS\n x c abc\nENDATA\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := Course{Models: paths, Job: Job{Time: time.Second}, Peers: []Peer{script(t, "never", "exit 1")}}
	all, err := c.Run(t.Context())
	var unreadable *UnreadableError
	if !errors.As(err, &unreadable) || len(all) != 0 || !strings.Contains(err.Error(), "bad.mps: line 5") || !strings.Contains(err.Error(), "worse.mps") {
		t.Errorf("%d runs, %v", len(all), err)
	}
}

// TestCertificateCounts: where the certificate proves more than the search claims, that is the bound, and the time is that of
// the certificate where only it reaches the gap asked.
func TestCertificateCounts(t *testing.T) {
	answer := `echo 'x 1' > "$6"; sleep 0.3; echo '{"status": "optimal", "objective": -3, "bound": %s, "claimed_bound": %s, "certified": true}'`
	for _, c := range []struct {
		proven, claimed string
		bound           float64
		late            bool
	}{{"-3", "-3.5", -3, true}, {"-3.5", "-3", -3, false}, {"-3", "-3", -3, false}} {
		p := script(t, "ours", fmt.Sprintf(answer, c.proven, c.claimed))
		r := p.Measure(t.Context(), Job{Path: modelFile(t), Time: 5 * time.Second, Gap: 1e-3}, knapsack())
		if r.Fault != "" || *r.Bound != c.bound || !r.Done() || (r.Answer == r.Seconds) != c.late {
			t.Errorf("%s proven, %s claimed: %+v", c.proven, c.claimed, r)
		}
	}
}

// TestKilledWithChildren: who goes on past limit and grace is killed with all that it started, and said.
func TestKilledWithChildren(t *testing.T) {
	pid := filepath.Join(t.TempDir(), "pid")
	p := script(t, "hangs", "sleep 60 & echo $! > "+pid+"; wait")
	r := p.Measure(t.Context(), Job{Path: modelFile(t), Time: time.Second, Grace: 200 * time.Millisecond}, knapsack())
	if r.Status != Killed || !strings.Contains(r.Fault, "past its limit") {
		t.Errorf("%+v", r)
	}
	text, err := os.ReadFile(pid)
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	for range 100 { // the orphan is reaped by somebody else
		state := field(fmt.Sprintf("/proc/%d/status", child), "State")
		if state == "" || strings.HasPrefix(state, "Z") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("a child of the killed peer goes on")
}

// TestMemoryIsThePeers: what the harness itself holds is not counted with a peer.
func TestMemoryIsThePeers(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells of running processes")
	}
	held := make([]byte, 256<<20)
	for i := 0; i < len(held); i += 4096 {
		held[i] = 1
	}
	p := script(t, "small", "sleep 0.2; exit 1")
	r := p.Measure(t.Context(), Job{Path: modelFile(t), Time: 5 * time.Second}, knapsack())
	if r.Memory <= 0 || r.Memory > 100 {
		t.Errorf("%g MB", r.Memory)
	}
	runtime.KeepAlive(held)
}

// TestCoreClock: on the core's clock a busy process is interrupted when it has used its limit, an idle one is left alone, and what
// happened is told in seconds of a core.
func TestCoreClock(t *testing.T) {
	if !CoreClock {
		t.Skip("only Linux tells of running processes")
	}
	const answer = `echo 'x 1' > "$6"; echo '{"status": "feasible", "objective": -3, "bound": -5}'`
	busy := script(t, "busy", `trap '`+strings.ReplaceAll(answer, "'", `'\''`)+`; exit 0' INT; echo '{"t": 0, "incumbent": -3, "bound": -9}'; while :; do :; done`)
	idle := script(t, "idle", "sleep 0.6; "+answer)
	deaf := script(t, "deaf", `trap '' INT; while :; do :; done`)
	job := Job{Path: modelFile(t), Time: 200 * time.Millisecond, Core: true, Threads: 1}
	r := busy.Measure(t.Context(), job, knapsack())
	if r.Status != "feasible" || !r.Checked || r.Answer < 0.15 || r.Answer > 5 || !r.Core || r.Limit != 0.2 {
		t.Errorf("busy: %+v", r)
	}
	job.Grace = 200 * time.Millisecond
	if r = deaf.Measure(t.Context(), job, knapsack()); r.Status != Killed {
		t.Errorf("deaf: %+v", r)
	}
	job.Time, job.Grace = time.Minute, 0
	if r = idle.Measure(t.Context(), job, knapsack()); r.Status != "feasible" || r.Answer > 0.3 || r.Seconds < 0.6 {
		t.Errorf("idle: %+v", r)
	}
}

func TestCore(t *testing.T) {
	w := &watched{}
	for _, m := range []moment{{1, 0.5}, {3, 1.5}, {4, 0}} {
		w.saw(m)
	}
	for wall, want := range map[float64]float64{0: 0, 0.5: 0.25, 1: 0.5, 2: 1, 3: 1.5, 3.5: 1.5, 9: 1.5} {
		if got := w.core(wall); got != want {
			t.Errorf("%g: %g, want %g", wall, got, want)
		}
	}
	if got := (&watched{}).core(2); got != 2 {
		t.Errorf("without a look %g", got)
	}
}

// TestUsed: the seconds of a core that this process has used grow with its work, not with the clock.
func TestUsed(t *testing.T) {
	before, ok := Used()
	if !ok {
		t.Skip("the system does not tell")
	}
	sum := 0.0
	for i := range 50_000_000 {
		sum += float64(i)
	}
	after, _ := Used()
	if after <= before || sum == 0 {
		t.Errorf("%g then %g", before, after)
	}
}

// TestFreeFormat: CBC gets the same model, and is told that it is free.
func TestFreeFormat(t *testing.T) {
	for in, want := range map[string]string{
		"* note\nNAME knapsack\nROWS\n N c\n":  "* note\nNAME knapsack FREE\nROWS\n N c\n",
		"NAME\nROWS\n":                         "NAME model FREE\nROWS\n",
		"NAME  a FREE\r\nROWS\n":               "NAME  a FREE\r\nROWS\n",
		"ROWS\n N c\n":                         "ROWS\n N c\n",
		"NAME x\nCOLUMNS\n NAME c 1\nENDATA\n": "NAME x FREE\nCOLUMNS\n NAME c 1\nENDATA\n",
	} {
		var b strings.Builder
		if err := copyFree(&b, bufio.NewReader(strings.NewReader(in))); err != nil || b.String() != want {
			t.Errorf("%q: %q, %v", in, b.String(), err)
		}
	}
}

func TestGlpsol(t *testing.T) {
	const log = "+  3132: >>>>>   2.436000000e+03 >=   2.419545455e+03   0.7% (123; 7)\n+ 11785: mip =   2.432000000e+03 >=   2.425e+03   0.3% (325; 367)\n"
	c, err := glpsolClaims(log + "TIME LIMIT EXCEEDED; SEARCH TERMINATED\nWriting MIP solution to 's'...\n")
	if err != nil || c.Status != "feasible" || *c.Objective != 2432 || *c.Bound != 2425 {
		t.Errorf("%+v %v", c, err)
	}
	if c, err := glpsolClaims(log + "INTEGER OPTIMAL SOLUTION FOUND\n"); err != nil || c.Status != "optimal" || *c.Bound != 2432 {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := glpsolClaims("glp_malloc: no memory available\n"); err == nil {
		t.Error("a crash is taken for an answer")
	}
	e := glpsolEvents([]line{{1.5, "+  131: mip =     not found yet >=              -inf        (1; 0)"}, {2.5, strings.TrimSpace(log[:70])}}, "")
	if len(e) != 2 || e[0].Incumbent != nil || e[1].At != 2.5 || *e[1].Incumbent != 2436 {
		t.Errorf("%+v", e)
	}
}

func TestProgress(t *testing.T) {
	e := cbcEvents([]line{{9, "Cbc0012I Integer solution of 2431 found by rounding after 5 iterations and 0 nodes (1.25 seconds)"},
		{9, "Cbc0010I After 100 nodes, 20 on tree, 2430 best solution, best possible 2428.3 (12.34 seconds)"}}, "")
	if len(e) != 2 || e[0].At != 1.25 || *e[0].Incumbent != 2431 || *e[1].Bound != 2428.3 {
		t.Errorf("%+v", e)
	}
	e = pythonEvents([]line{{1, "#Bound   0.38s best:inf   next:[-999188,51080] initial_domain"}, {1, "#1       0.62s best:2578  next:[2392,2577] main"},
		{1, `{"t": 0.7, "incumbent": 5, "bound": null}`}, {1, `{"status": "optimal", "objective": 5, "bound": 5}`}}, "")
	if len(e) != 3 || e[0].Incumbent != nil || *e[0].Bound != -999188 || e[1].At != 0.62 || *e[1].Incumbent != 2578 || e[2].At != 0.7 {
		t.Errorf("%+v", e)
	}
}

func TestCurvesAreDrawn(t *testing.T) {
	dir := t.TempDir()
	all := []Run{{Model: "m", Solver: "甲", Seed: 1, Answer: 3, Events: []Event{{1, ptr(10), ptr(5)}, {2, ptr(10), ptr(10)}}}}
	if err := WriteCurves(dir, all); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "gap-m.svg"))
	if err != nil || !strings.Contains(string(text), "甲") || !strings.Contains(string(text), "Noto Sans CJK SC") {
		t.Errorf("%v %.300s", err, text)
	}
}
