package certify_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/native"
)

// knapsack is max 5a + 4b + 3c with 2a + 3b + c <= 5, 4a + b + 2c <= 11, 3a + 4b + 2c <= 8 over integers in [0, 3],
// stated as a minimum: the relaxation gives -13 at (2, 0, 1), which is the optimum.
func knapsack() *mip.Model {
	m := &mip.Model{}
	for _, name := range []string{"a", "b", "c"} {
		m.AddColumn(mip.Column{Name: name, Upper: 3, Integer: true})
	}
	row := func(name string, upper float64, coefs ...float64) {
		r := mip.Constraint{Name: name, Lower: -mip.Inf, Upper: upper}
		for j, c := range coefs {
			r.Terms = append(r.Terms, mip.Term{Col: mip.Col(j), Coef: c})
		}
		m.AddRow(r)
	}
	row("r1", 5, 2, 3, 1)
	row("r2", 11, 4, 1, 2)
	row("r3", 8, 3, 4, 2)
	m.AddLevel(mip.Level{Name: "profit", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: -5}, {Col: 1, Coef: -4}, {Col: 2, Coef: -3}}})
	return m
}

// odd has relaxation 1.5 and optimum 2: three of x + y >= 1, y + z >= 1, z + x >= 1.
func odd() *mip.Model {
	m := &mip.Model{}
	for _, name := range []string{"x", "y", "z"} {
		m.AddColumn(mip.Column{Name: name, Upper: 1, Integer: true})
	}
	for _, pair := range [][2]mip.Col{{0, 1}, {1, 2}, {0, 2}} {
		m.AddRow(mip.Constraint{Name: "edge", Lower: 1, Upper: mip.Inf, Terms: []mip.Term{{Col: pair[0], Coef: 1}, {Col: pair[1], Coef: 1}}})
	}
	m.AddLevel(mip.Level{Name: "count", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: 1}, {Col: 2, Coef: 1}}})
	return m
}

func build(t *testing.T, m *mip.Model, x []float64, limits certify.Limits) certify.Built {
	t.Helper()
	b, err := certify.Build(context.Background(), m, x, nil, native.Native{}, limits)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func verify(t *testing.T, m *mip.Model, x []float64, b certify.Built) {
	t.Helper()
	got, err := certify.Verify(m, x, b.Certificate)
	if err != nil {
		t.Fatal(err)
	}
	for k, l := range got {
		if l.Bound != b.Levels[k].Bound || l.Value != b.Levels[k].Value {
			t.Errorf("level %s: verified %g, built %g", l.Name, l.Bound, b.Levels[k].Bound)
		}
	}
}

func TestBuildSmall(t *testing.T) {
	cases := []struct {
		name   string
		model  *mip.Model
		x      []float64
		limits certify.Limits
		bound  float64
	}{
		{"the relaxation suffices", knapsack(), []float64{2, 0, 1}, certify.Limits{}, -13},
		{"a worse point has the same bound", knapsack(), []float64{0, 0, 0}, certify.Limits{}, -13},
		{"rounded up to the next integer", odd(), []float64{1, 1, 0}, certify.Limits{}, 2},
		{"a wide gap needs no multipliers", odd(), []float64{1, 1, 0}, certify.Limits{Gap: 1}, 0},
		{"a cut tree is complete", odd(), []float64{1, 1, 1}, certify.Limits{Work: 1}, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := build(t, c.model, c.x, c.limits)
			if got := b.Levels[0].Bound; got != c.bound {
				t.Errorf("bound %g, want %g", got, c.bound)
			}
			verify(t, c.model, c.x, b)
		})
	}
}

// TestBuildBranches: with weights 3, 5, 4 the relaxation of odd gives 6 at (1/2, 1/2, 1/2), the optimum is 7.
func TestBuildBranches(t *testing.T) {
	m := odd()
	for j, c := range []float64{3, 5, 4} {
		m.Levels[0].Terms[j].Coef = c
	}
	x := []float64{1, 0, 1}
	b := build(t, m, x, certify.Limits{})
	if b.Levels[0].Bound != 7 || b.Levels[0].Leaves < 2 {
		t.Errorf("bound %g with %d leaves, want 7 with several", b.Levels[0].Bound, b.Levels[0].Leaves)
	}
	verify(t, m, x, b)
	b = build(t, m, x, certify.Limits{Work: 1})
	if b.Levels[0].Bound != 6 || !b.Deterministic || !b.Spent {
		t.Errorf("the root alone proves %g, want 6, deterministically, by work; spent: %t", b.Levels[0].Bound, b.Spent)
	}
	verify(t, m, x, b)
	b, err := certify.Build(context.Background(), m, x, nil, nil, certify.Limits{})
	if err != nil || b.Levels[0].Bound >= 6 || b.Spent {
		t.Errorf("with nothing to prove by, the bound is %g, spent: %t, %v", b.Levels[0].Bound, b.Spent, err)
	}
}

// TestBuildFine: where there is nothing to branch on, multipliers become as fine as it takes: one of 1/99999, rounded to 2^-20, loses a
// twentieth.
func TestBuildFine(t *testing.T) {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "x", Upper: 10})
	m.AddRow(mip.Constraint{Name: "row", Lower: 99999, Upper: mip.Inf, Terms: []mip.Term{{Coef: 99999}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Coef: 1}}})
	b := build(t, m, []float64{1}, certify.Limits{})
	if b.Levels[0].Bound < 1-1e-6 {
		t.Errorf("bound %g, want 1", b.Levels[0].Bound)
	}
	verify(t, m, []float64{1}, b)
}

// TestBuildCoarse: a wide gap is met with multipliers that are no finer than it asks for.
func TestBuildCoarse(t *testing.T) {
	m := odd()
	for j, c := range []float64{3001, 5003, 4007} {
		m.Levels[0].Terms[j].Coef = c
	}
	x := []float64{1, 0, 1}
	fine, coarse := build(t, m, x, certify.Limits{Gap: 0.002}), build(t, m, x, certify.Limits{Gap: 0.2})
	verify(t, m, x, coarse)
	if b := coarse.Levels[0].Bound; b >= fine.Levels[0].Bound || b < 0.8*7008 {
		t.Errorf("bound %g with a gap of 0.2, %g with one of 0.002", b, fine.Levels[0].Bound)
	}
}

// TestBuildLevels: the second level is bounded among the points that keep the first one's value only.
func TestBuildLevels(t *testing.T) {
	m := odd()
	m.AddLevel(mip.Level{Name: "second", Scale: 1, Constant: 2, Terms: []mip.Term{{Col: 0, Coef: 7}, {Col: 1, Coef: 2}, {Col: 2, Coef: 4}}})
	for _, c := range []struct {
		x             []float64
		first, second float64
	}{{[]float64{0, 1, 1}, 2, 8}, {[]float64{1, 1, 1}, 2, 8}} {
		b := build(t, m, c.x, certify.Limits{})
		if b.Levels[0].Bound != c.first || b.Levels[1].Bound != c.second {
			t.Errorf("bounds %g, %g, want %g, %g", b.Levels[0].Bound, b.Levels[1].Bound, c.first, c.second)
		}
		verify(t, m, c.x, b)
	}
}

// TestBuildFractions: data that are no integers, columns without upper bounds.
func TestBuildFractions(t *testing.T) {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "x", Upper: mip.Inf})
	m.AddColumn(mip.Column{Name: "y", Upper: mip.Inf})
	m.AddRow(mip.Constraint{Name: "r", Lower: 1.1, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 0.3}, {Col: 1, Coef: 0.7}}})
	m.AddRow(mip.Constraint{Name: "s", Lower: 0.25, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: -1.0 / 3}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 0.9}, {Col: 1, Coef: 1.3}}})
	res, err := native.New().Solve(context.Background(), m, solver.Params{})
	if err != nil {
		t.Fatal(err)
	}
	x := []float64{res.Values[0] + 1e-6, res.Values[1] + 1e-6}
	b := build(t, m, x, certify.Limits{})
	if !b.Certified || math.Abs(b.Levels[0].Bound-res.Objective) > 1e-6 || b.Levels[0].Bound > b.Levels[0].Value {
		t.Errorf("certified %t, bound %g, want nearly %g", b.Certified, b.Levels[0].Bound, res.Objective)
	}
	verify(t, m, x, b)
}

func TestBuildUnbounded(t *testing.T) {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "x", Lower: -mip.Inf, Upper: mip.Inf})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1}}})
	if b := build(t, m, []float64{0}, certify.Limits{}); b.Certified || b.Certificate != nil || !math.IsInf(b.Levels[0].Bound, -1) {
		t.Errorf("certified %t with bound %g", b.Certified, b.Levels[0].Bound)
	}
}

func TestBuildRefusesBrokenPoints(t *testing.T) {
	for _, x := range [][]float64{{3, 3, 3}, {0.5, 0, 0}, {-1, 0, 0}, {math.NaN(), 0, 0}, {0, 0}} {
		if _, err := certify.Build(context.Background(), knapsack(), x, nil, native.Native{}, certify.Limits{}); err == nil {
			t.Errorf("%v was taken", x)
		}
	}
}

// TestBuildCancelled: with no time at all every level still has a finite bound and a certificate.
func TestBuildCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m, x := knapsack(), []float64{2, 0, 1}
	b, err := certify.Build(ctx, m, x, nil, native.Native{}, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if b.Deterministic || !b.Certified || b.Levels[0].Bound != -36 {
		t.Errorf("deterministic %t, certified %t, bound %g, want -36 by the column bounds", b.Deterministic, b.Certified, b.Levels[0].Bound)
	}
	verify(t, m, x, b)
}

func TestBuildBytes(t *testing.T) {
	m := odd()
	for j, c := range []float64{3, 5, 4} {
		m.Levels[0].Terms[j].Coef = c
	}
	b := build(t, m, []float64{1, 0, 1}, certify.Limits{Bytes: 300})
	if b.Levels[0].Leaves != 1 || !b.Spent {
		t.Errorf("%d leaves within 300 bytes, spent: %t", b.Levels[0].Leaves, b.Spent)
	}
	verify(t, m, []float64{1, 0, 1}, b)
}

// TestExact: what simplex codes leave beside integers is rounded, unless that breaks a row.
func TestExact(t *testing.T) {
	m := odd()
	m.AddColumn(mip.Column{Name: "flow", Upper: 1})
	if x := certify.Exact(m, []float64{1, 1, 0, 0.9999999999}); x[3] != 1 {
		t.Errorf("flow %g", x[3])
	}
	m.AddRow(mip.Constraint{Name: "flow", Lower: 0, Upper: 0.9999999999, Terms: []mip.Term{{Col: 3, Coef: 1}}})
	if x := certify.Exact(m, []float64{1, 1, 0, 0.9999999999}); x[3] != 0.9999999999 {
		t.Errorf("flow %g", x[3])
	}
}

// TestAsWritten: a row of decimals holds where it does on paper, and its points are certified: three times 0.1 is 0.3, though the sum of
// the binary forms is more. What breaks it on paper breaks it here.
func TestAsWritten(t *testing.T) {
	m := odd()
	tenths := mip.Constraint{Name: "tenths", Lower: -mip.Inf, Upper: 0.3, Terms: []mip.Term{{Col: 0, Coef: 0.1}, {Col: 1, Coef: 0.1}, {Col: 2, Coef: 0.1}}}
	m.AddRow(tenths)
	for j := range m.Levels[0].Terms {
		m.Levels[0].Terms[j].Coef = 1 - float64(2*j) // 1, -1, -3
	}
	x := []float64{1, 1, 1}
	b := build(t, m, x, certify.Limits{})
	if !b.Certified || b.Levels[0].Bound > b.Levels[0].Value {
		t.Fatalf("certified %t, bound %g of %g", b.Certified, b.Levels[0].Bound, b.Levels[0].Value)
	}
	verify(t, m, x, b)
	m.Rows[3].Upper = 0.2999999999
	if certify.Feasible(m, x) == nil {
		t.Error("0.3 passes 0.2999999999")
	}
	m.Rows[3].Lower, m.Rows[3].Upper = 0.3, 1
	if err := certify.Feasible(m, x); err != nil {
		t.Error(err)
	}
}

// byHand is a certificate of odd with weights 3, 5, 4: z = 0 forces x = y = 1 (8); else 4 + the least of x and y.
func byHand() (*mip.Model, []float64, string) {
	m := odd()
	for j, c := range []float64{3, 5, 4} {
		m.Levels[0].Terms[j].Coef = c
	}
	return m, []float64{1, 0, 1}, `{"version": 1, "model_sha256": "", "plan_sha256": "", "gap": 0, "levels": [
		{"name": "count", "value": 7, "bound": "7.0", "nodes": [
			{"branch": {"column": 2, "at": 0, "low": 1, "high": 2}},
			{"leaf": {"shift": 0, "rows": [1, 2], "y": [5, "3"], "bound": 8}},
			{"leaf": {"shift": 1, "rows": [0], "y": ["6"], "bound": 7}}]}], "digest": ""}`
}

func TestVerifyByHand(t *testing.T) {
	m, x, text := byHand()
	c, err := certify.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c.Seal()
	got, err := certify.Verify(m, x, c)
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Bound != 7 || got[0].Leaves != 2 {
		t.Errorf("%+v", got[0])
	}
}

// TestVerifyFinds: forgeries that are sealed again must fall by what they prove.
func TestVerifyFinds(t *testing.T) {
	m, x, text := byHand()
	for _, c := range []struct{ name, old, new, message string }{
		{"level bound", `"7.0"`, `8`, "its tree proves 7"},
		{"level value", `"value": 7`, `"value": 6`, "states value 6"},
		{"level name", `"count"`, `"cost"`, "calls it cost"},
		{"leaf bound", `"bound": 8`, `"bound": 9`, "multipliers give 8"},
		{"multiplier", `[5, "3"]`, `[5, "2"]`, "multipliers give 7"},
		{"row", `"rows": [1, 2]`, `"rows": [0, 2]`, "multipliers give"},
		{"row that does not exist", `"rows": [1, 2]`, `"rows": [1, 3]`, "row 3"},
		{"shift", `"shift": 1`, `"shift": 0`, "multipliers give"},
		{"negative shift", `"shift": 1`, `"shift": -1`, "shift -1"},
		{"wrong side", `["6"]`, `["-6"]`, "give no bound"},
		{"branch value", `"at": 0`, `"at": 1`, "multipliers give"},
		{"branch column", `"column": 2`, `"column": 3`, "cannot be branched on"},
		{"lost child", `"low": 1`, `"low": 2`, ""},
		{"cycle", `"low": 1`, `"low": 0`, "child"},
		{"false ray", `"bound": 8}`, `"ray": true, "bound": 8}`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			forged := strings.Replace(text, c.old, c.new, 1)
			if forged == text {
				t.Fatal("nothing was forged")
			}
			cert, err := certify.Read(strings.NewReader(forged))
			if err != nil {
				t.Fatal(err)
			}
			cert.Seal()
			if _, err = certify.Verify(m, x, cert); err == nil || !strings.Contains(err.Error(), c.message) {
				t.Errorf("error %v, want %q", err, c.message)
			}
			inChinese(t, err)
		})
	}
}

// TestVerifyDepth: a tree that is a single deep chain is refused, not walked.
func TestVerifyDepth(t *testing.T) {
	m, x, text := byHand()
	c, err := certify.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p := &c.Levels[0]
	leaf := p.Nodes[1].Leaf
	p.Nodes = nil
	for i := range 120_000 {
		p.Nodes = append(p.Nodes, certify.Node{Branch: &certify.Branch{Low: i + 1, High: i + 1}})
	}
	p.Nodes = append(p.Nodes, certify.Node{Leaf: leaf})
	if _, err := certify.Verify(m, x, c); err == nil || !strings.Contains(err.Error(), "deeper") {
		t.Errorf("error %v", err)
	}
}

func TestVerifyPoint(t *testing.T) {
	m, x, _ := byHand()
	b := build(t, m, x, certify.Limits{})
	for _, wrong := range [][]float64{{1, 0, 0}, {1, 1, 1}, {1, 0, 0.5}, {1, 0}} {
		if _, err := certify.Verify(m, wrong, b.Certificate); err == nil {
			t.Errorf("%v passes", wrong)
		} else {
			inChinese(t, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	_, _, text := byHand()
	for _, forged := range []string{"", "{", "null x", text + "{}", strings.Replace(text, `"version": 1`, `"version": 6`, 1), strings.Replace(text, `"version": 1`, `"version": 0`, 1),
		strings.Replace(text, `"gap"`, `"gasp"`, 1), strings.Replace(text, `["6"]`, `[6.5]`, 1), strings.Replace(text, `["6"]`, `[6,]`, 1),
		strings.Replace(text, `["6"]`, `["99999999999999999999"]`, 1), strings.Replace(text, `"7.0"`, `"1e9999999"`, 1)} {
		if _, err := certify.Read(strings.NewReader(forged)); err == nil {
			t.Errorf("read %.60q", forged)
		} else {
			inChinese(t, err)
		}
	}
}

// TestReadNewer: what a later cadre wrote is told from what is none, whatever is new in it.
func TestReadNewer(t *testing.T) {
	for text, newer := range map[string]bool{`{"version":6}`: true, `{"version":9,"proofs":[]}`: true, `{"version":6,"levels":{}}`: true, `{"version":0}`: false, `{"version":5,"proofs":[]}`: false} {
		if _, err := certify.Read(strings.NewReader(text)); err == nil || errors.Is(err, certify.ErrNewer) != newer {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// inChinese: words of our own between the words in which the certificate itself is written.
func inChinese(t *testing.T, err error) {
	t.Helper()
	if words := i18n.Of(err); words.Zh == words.En || regexp.MustCompile(`[a-z]+ [a-z]+ [a-z]+`).MatchString(words.Zh) {
		t.Errorf("no Chinese: %s", words.Zh)
	}
}

// TestWriteRead: what is written reads back the same, whatever the formatting between.
func TestWriteRead(t *testing.T) {
	m, x, _ := byHand()
	b := build(t, m, x, certify.Limits{})
	var first, second bytes.Buffer
	if err := b.Certificate.Write(&first); err != nil {
		t.Fatal(err)
	}
	c, err := certify.Read(&first)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Write(&second); err != nil {
		t.Fatal(err)
	}
	if _, err := certify.Verify(m, x, c); err != nil {
		t.Error(err)
	}
	again := build(t, m, x, certify.Limits{})
	first.Reset()
	if err := again.Certificate.Write(&first); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two equal runs wrote different certificates")
	}
}
