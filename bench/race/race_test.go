package race

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadre/mip"
)

func ptr(v float64) *float64 { return &v }

// knapsack is max 3x + 2y, x + y <= 1, as a minimum.
func knapsack() *mip.Model {
	m := &mip.Model{}
	x := m.AddColumn(mip.Column{Name: "x", Upper: 1, Integer: true})
	y := m.AddColumn(mip.Column{Name: "y", Upper: 1, Integer: true})
	m.AddRow(mip.Constraint{Name: "room", Lower: -mip.Inf, Upper: 1, Terms: []mip.Term{{Col: x, Coef: 1}, {Col: y, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: x, Coef: -3}, {Col: y, Coef: -2}}})
	return m
}

func TestSubstitute(t *testing.T) {
	for _, c := range []struct {
		name    string
		point   map[string]float64
		claimed float64
		fault   string
	}{
		{"sound", map[string]float64{"x": 1}, -3, ""},
		{"nearly an integer", map[string]float64{"x": 0.999999}, -3, ""},
		{"row broken", map[string]float64{"x": 1, "y": 1}, -5, "breaks"},
		{"bound broken", map[string]float64{"x": -1}, 3, "breaks"},
		{"fractional", map[string]float64{"x": 0.5, "y": 0.5}, -2.5, "breaks"},
		{"value flattered", map[string]float64{"y": 1}, -3, "claims"},
		{"unknown column", map[string]float64{"z": 1}, 0, "does not have"},
	} {
		var r Run
		r.substitute(knapsack(), c.claimed, func() (map[string]float64, error) { return c.point, nil })
		if got := r.Fault; (got == "") != (c.fault == "") || !strings.Contains(got, c.fault) {
			t.Errorf("%s: fault %q, want %q", c.name, got, c.fault)
		}
	}
	var r Run
	r.substitute(knapsack(), 0, func() (map[string]float64, error) { return nil, errors.New("no file") })
	if r.Fault == "" || r.Objective != nil {
		t.Error("a claim without a point is taken")
	}
}

func TestContradictions(t *testing.T) {
	all := []Run{
		{Model: "a", Solver: "p", Objective: ptr(100), Checked: true, Bound: ptr(99)},
		{Model: "a", Solver: "q", Objective: ptr(103), Checked: true, Bound: ptr(101)},
		{Model: "a", Solver: "r", Status: "infeasible"},
		{Model: "b", Solver: "q", Objective: ptr(103), Checked: true, Bound: ptr(101)},
	}
	Contradictions(all)
	for k, want := range []bool{false, true, true, false} {
		if got := all[k].Fault != ""; got != want {
			t.Errorf("%d: fault %q, want one: %t", k, all[k].Fault, want)
		}
	}
}

func TestCBC(t *testing.T) {
	for _, c := range []struct {
		text             string
		status           string
		objective, bound *float64
	}{
		{"Result - Optimal solution found\n\nObjective value:                2430.0\n", "optimal", ptr(2430), ptr(2430)},
		{"Result - Optimal solution found (within gap tolerance)\n\nObjective value: 2431.0\nLower bound:  2428.5\n", "optimal", ptr(2431), ptr(2428.5)},
		{"Result - Stopped on time limit\n\nObjective value: 2431.0\nLower bound:  2420\n", "feasible", ptr(2431), ptr(2420)},
		{"best possible 11 (1 seconds)\nbest possible 12 (2 seconds)\nResult - Stopped on time limit\n\nNo feasible solution found\n", "no-solution", nil, ptr(12)},
		{"best possible -1.797e+308 (1 seconds)\nResult - Stopped on time limit\n\nNo feasible solution found\n", "no-solution", nil, nil},
		{"Problem is unbounded - 0.00 seconds\n", "unbounded", nil, nil},
		{"Result - Problem proven infeasible\n\nNo feasible solution found\n", "infeasible", nil, nil},
	} {
		got, err := cbcClaims(c.text)
		if err != nil || got.Status != c.status || show(got.Objective) != show(c.objective) || show(got.Bound) != show(c.bound) {
			t.Errorf("%q: %s %s %s, %v", c.text, got.Status, show(got.Objective), show(got.Bound), err)
		}
	}
	if _, err := cbcClaims("segmentation fault"); err == nil {
		t.Error("a crash is taken for an answer")
	}
}

func TestHiGHS(t *testing.T) {
	const log = "Solving report\n  Model             m\n  Status            %\n  Primal bound      2430\n  Dual bound        2419.5\n"
	for _, c := range []struct{ word, status string }{{"Optimal", "optimal"}, {"Time limit reached", "feasible"}, {"Infeasible", "infeasible"}} {
		got, err := highsClaims(strings.Replace(log, "%", c.word, 1))
		if err != nil || got.Status != c.status || c.status != "infeasible" && (*got.Objective != 2430 || *got.Bound != 2419.5) {
			t.Errorf("%s: %+v, %v", c.word, got, err)
		}
	}
	got, err := highsClaims("  Status            Time limit reached\n  Primal bound      inf\n  Dual bound        -inf\n")
	if err != nil || got.Status != "no-solution" || got.Objective != nil || got.Bound != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPoints(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	read := func(text string, f func(string, *mip.Model) (map[string]float64, error)) map[string]float64 {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := f(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	got := read("Optimal - objective value 2430.00000000\n     18 x.0.91                   1     60\n**   19 x.1.2  0.5  3\n", cbcPoint)
	if len(got) != 2 || got["x.0.91"] != 1 || got["x.1.2"] != 0.5 {
		t.Error(got)
	}
	got = read("# Primal solution values\nFeasible\nObjective 3\n# Columns 2\nx.1.1 1\nx.1.2 0\n# Rows 1\nr 5\n# Dual solution values\n", highsPoint)
	if len(got) != 2 || got["x.1.1"] != 1 {
		t.Error(got)
	}
	got = read("x.0.91 1\nmissing.2 3\n", plainPoint)
	if len(got) != 2 || got["missing.2"] != 3 {
		t.Error(got)
	}
}

// TestRatios: the best other peer that reached the gap counts, in the same run; who did not reach it counts with the limit.
func TestRatios(t *testing.T) {
	o := func(peer string, seed int, bound, seconds float64) Run {
		return Run{Model: "m-s1", Solver: peer, Seed: seed, Objective: ptr(100), Bound: ptr(bound), Asked: 0.01, Limit: 60, Answer: seconds, CPU: seconds / 2}
	}
	for _, c := range []struct {
		all  []Run
		want string
	}{
		{[]Run{o("a", 1, 100, 2), o("b", 1, 100, 8), o("c", 1, 100, 4)}, "2.00"},
		{[]Run{o("a", 1, 100, 2), o("b", 1, 90, 60)}, ">= 30.00"},
		{[]Run{o("a", 1, 90, 60), o("b", 1, 100, 6)}, "<= 0.10"},
		{[]Run{o("a", 1, 90, 61), o("b", 1, 90, 61)}, "-"},
		{[]Run{o("a", 1, 100, 2), o("b", 2, 100, 8)}, "-"},
		{[]Run{o("a", 1, 100, 2), o("b", 1, 100, 8), o("a", 2, 100, 2), o("b", 2, 100, 2), o("a", 3, 100, 4), o("b", 3, 100, 8)}, "2.00"},
	} {
		runs := map[string][]*Run{}
		for k := range c.all {
			runs[c.all[k].Solver] = append(runs[c.all[k].Solver], &c.all[k])
		}
		for _, cost := range []cost{wall, core} {
			if got := ratios("a", runs, cost); got != c.want {
				t.Errorf("%+v: %s, want %s", c.all, got, c.want)
			}
		}
	}
}

// TestMissingPeerIsNamed: a binary that is not there leaves every peer named, none dropped, and its run says why.
func TestMissingPeerIsNamed(t *testing.T) {
	t.Setenv("CADRE_PEERS", t.TempDir())
	names := []string{"native", "highs", "scip", "highspy", "cp-sat", "timefold", "nobody=/no/such/program"}
	peers := Peers(t.Context(), names, filepath.Join(t.TempDir(), "none"))
	for i := range peers {
		r := peers[i].Measure(t.Context(), Job{Path: "m.mps", Time: time.Second}, knapsack())
		if peers[i].Missing == "" || r.Status != Missing || r.Fault == "" || r.Solver == "" {
			t.Errorf("%s: %+v", names[i], r)
		}
	}
	if p := ourPeer("cadre", "scip", []backend{{Name: "native", Available: true}}); p.Missing == "" {
		t.Error("an unknown backend is not missing")
	}
}

// TestTables: every run has its line, and known values are compared.
func TestTables(t *testing.T) {
	var b strings.Builder
	all := []Run{
		{Model: "gap1-0", Solver: "native", Status: "feasible", Objective: ptr(264), Bound: ptr(260), Asked: 1e-3, Limit: 60, Seconds: 1},
		{Model: "gap1-0", Solver: "cbc", Status: "killed", Asked: 1e-3, Limit: 60, Seconds: 90},
	}
	if err := Tables(&b, all, map[string]Value{"gap1-0": {261, 261}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| gap1-0 | cbc | killed | - |", "1.5152 %", "1.1494 %"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
