package certify_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/native"
)

// open is a linear model with a point, of columns that are free, bounded on one side or boxed, with small integers or tenths. Its costs are
// multipliers of its rows, as a rule, so that it has an optimum.
func open(r *rand.Rand) (*mip.Model, []float64) {
	m, x := &mip.Model{}, []float64{}
	n, rows := 2+r.IntN(6), 2+r.IntN(6)
	for j := range n {
		x = append(x, float64(r.IntN(9)-4))
		c := mip.Column{Name: fmt.Sprint("x", j), Lower: -mip.Inf, Upper: mip.Inf}
		if r.IntN(2) == 0 {
			c.Lower = x[j] - float64(r.IntN(3))
		}
		if r.IntN(3) == 0 {
			c.Upper = x[j] + float64(r.IntN(3))
		}
		m.AddColumn(c)
	}
	cost := make([]int, n) // in tenths, as all coefficients
	for i := range rows {
		row := mip.Constraint{Name: fmt.Sprint("r", i), Lower: -mip.Inf, Upper: mip.Inf}
		y, sum := r.IntN(9)-4, 0
		for j := range n {
			c := r.IntN(19) - 9
			if r.IntN(3) > 0 {
				c *= 10
			}
			if r.IntN(2) == 0 && c != 0 {
				row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: float64(c) / 10})
				cost[j] += y * c
				sum += c * int(x[j])
			}
		}
		if y >= 0 {
			row.Lower = float64(sum-10*r.IntN(2)) / 10
		}
		if y <= 0 || r.IntN(4) == 0 {
			row.Upper = float64(sum+10*r.IntN(2)) / 10
		}
		m.AddRow(row)
	}
	level := mip.Level{Name: "cost", Scale: 1}
	for j, c := range m.Columns {
		if below, above := math.IsInf(c.Lower, -1), math.IsInf(c.Upper, 1); above && !below {
			cost[j] += r.IntN(30)
		} else if below && !above {
			cost[j] -= r.IntN(30)
		}
		level.Terms = append(level.Terms, mip.Term{Col: mip.Col(j), Coef: float64(cost[j]) / 10})
	}
	m.AddLevel(level)
	return m, x
}

// TestMended: linear models with columns that lack bounds are certified as near to their optimum as others are.
func TestMended(t *testing.T) {
	models, exact, forged := 0, 0, 0
	for seed := range uint64(1500) {
		m, x := open(rand.New(rand.NewPCG(seed, 38)))
		if err := certify.Feasible(m, x); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		found := native.Native{}.Relax(m).Solve(context.Background(), lowers(m), uppers(m), solver.Params{})
		if found.Status != solver.Optimal {
			continue
		}
		models++
		b := build(t, m, x, certify.Limits{})
		if !b.Certified {
			t.Errorf("seed %d: no bound, optimum %g", seed, found.Objective)
			continue
		}
		if got, within := b.Levels[0].Bound, 1e-6*math.Max(1, math.Abs(found.Objective)); math.Abs(got-found.Objective) > within {
			t.Errorf("seed %d: bound %g, optimum %g", seed, got, found.Objective)
		}
		c := reread(t, b.Certificate)
		if b.Certificate = c; c.Version == certify.Version {
			if exact++; exact%8 == 0 {
				forged += changes(t, m, x, c, found.Objective)
			}
		}
		verify(t, m, x, b)
	}
	if models < 1000 || exact < 100 || forged < 200 {
		t.Errorf("%d models, %d with denominators of their own, %d numbers changed", models, exact, forged)
	}
}

// changes changes each number of a certificate by one, and counts them: none passes, nor does it prove too much once it is sealed again.
func changes(t *testing.T, m *mip.Model, x []float64, c *certify.Certificate, optimum float64) (n int) {
	t.Helper()
	var text bytes.Buffer
	if err := c.Write(&text); err != nil {
		t.Fatal(err)
	}
	for ; ; n++ {
		forged, ok := forge(t, text.Bytes(), n)
		if !ok {
			return n
		}
		c, err := certify.Read(bytes.NewReader(forged))
		if err != nil {
			continue
		}
		if _, err := certify.Verify(m, x, c); err == nil {
			t.Fatalf("number %d was changed and nobody noticed:\n%s\n%s", n, text.Bytes(), forged)
		}
		c.Seal()
		if got, err := certify.Verify(m, x, c); err == nil && got[0].Bound > optimum+1e-6 {
			t.Fatalf("number %d was changed, and %g is believed of %g:\n%s", n, got[0].Bound, optimum, forged)
		}
	}
}

// reread writes and reads a certificate.
func reread(t *testing.T, c *certify.Certificate) *certify.Certificate {
	t.Helper()
	var text bytes.Buffer
	if err := c.Write(&text); err != nil {
		t.Fatal(err)
	}
	out, err := certify.Read(&text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func lowers(m *mip.Model) (out []float64) {
	for _, c := range m.Columns {
		out = append(out, c.Lower)
	}
	return out
}

func uppers(m *mip.Model) (out []float64) {
	for _, c := range m.Columns {
		out = append(out, c.Upper)
	}
	return out
}

// threefold is a free column of which three are at least one: no multiplier but a third says anything.
func threefold() *mip.Model {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "x", Lower: -mip.Inf, Upper: mip.Inf})
	m.AddRow(mip.Constraint{Name: "r", Lower: 1, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 3}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1}}})
	return m
}

// TestExactLeaf: what is stated over a denominator of its own is checked like all else.
func TestExactLeaf(t *testing.T) {
	const leaf = `{"leaf": {"shift": 0, "rows": [0], "y": [], "over": 3, "exact": [1], "bound": "1/3"}}`
	const text = `{"version": 5, "gap": 0, "levels": [{"name": "cost", "value": 1, "bound": "1/3", "nodes": [` + leaf + `]}]}`
	for _, c := range []struct{ name, old, new, message string }{
		{"as it is", "", "", ""},
		{"not shortened", `"over": 3, "exact": [1]`, `"over": "30000000000000000000000000", "exact": ["10000000000000000000000000"]`, ""},
		{"the bound", `"1/3"}}`, `"2/3"}}`, "multipliers give 1/3"},
		{"the level's bound", `"bound": "1/3", "nodes"`, `"bound": "2/3", "nodes"`, "proves 1/3"},
		{"another multiplier", `[1]`, `[2]`, "no bound"},
		{"another denominator", `"over": 3`, `"over": 4`, "no bound"},
		{"over nothing", `"over": 3`, `"over": 0`, "positive integer"},
		{"over less than nothing", `"over": 3`, `"over": -3`, "positive integer"},
		{"over a fraction", `"over": 3`, `"over": "3/2"`, "positive integer"},
		{"over none", `"over": 3, `, ``, "positive integer"},
		{"a fraction", `[1]`, `["1/2"]`, "one integer for each row"},
		{"too many", `[1]`, `[1, 1]`, "one integer for each row"},
		{"none", `"exact": [1]`, `"exact": []`, "one integer for each row"},
		{"both", `"y": []`, `"y": [1]`, "stand alone"},
		{"a shift", `"shift": 0`, `"shift": 1`, "stand alone"},
		{"limits", `"over": 3`, `"limits": [0], "over": 3`, "stand alone"},
		{"shared", `"over": 3`, `"of": [0], "over": 3`, "stand alone"},
		{"no such fraction", `"1/3"}}`, `"1/0"}}`, "cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cert, err := certify.Read(strings.NewReader(strings.Replace(text, c.old, c.new, 1)))
			if err == nil {
				cert.Seal()
				_, err = certify.Verify(threefold(), []float64{1}, cert)
			}
			if (err == nil) != (c.message == "") || err != nil && !strings.Contains(err.Error(), c.message) {
				t.Errorf("error %v, want %q", err, c.message)
			}
		})
	}
}

// TestFreeColumn: the multipliers of a free column's rows go together exactly, or there is no bound but that of the boxes.
func TestFreeColumn(t *testing.T) {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "x", Upper: 3})
	m.AddColumn(mip.Column{Name: "z", Lower: -mip.Inf, Upper: mip.Inf})
	m.AddRow(mip.Constraint{Lower: -8, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: -7}, {Col: 1, Coef: 8}}})
	m.AddRow(mip.Constraint{Lower: 0, Upper: 0, Terms: []mip.Term{{Col: 1, Coef: 2}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: -5}}})
	x := []float64{1, 0}
	b := build(t, m, x, certify.Limits{})
	if got := b.Levels[0].Bound; got > -40.0/7 || got < -40.0/7-1e-9 {
		t.Errorf("bound %g, want %g", got, -40.0/7)
	}
	verify(t, m, x, b)
	if b.Spent {
		t.Error("one relaxation is not all the work that was allowed")
	}
}

// TestSpent: what cut a tree is told from what ended it.
func TestSpent(t *testing.T) {
	m := odd()
	for j, c := range []float64{3, 5, 4} {
		m.Levels[0].Terms[j].Coef = c
	}
	for work, want := range map[int64]bool{1: true, 1000: false} {
		if b := build(t, m, []float64{1, 0, 1}, certify.Limits{Work: work}); b.Spent != want {
			t.Errorf("%d relaxations: spent %t", work, b.Spent)
		}
	}
}

// TestRefuteFree: that free columns cannot do what their rows ask for is proven exactly: x + 3y is at least 1 and 7x + 21y at most 6.
func TestRefuteFree(t *testing.T) {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "x", Lower: -mip.Inf, Upper: mip.Inf})
	m.AddColumn(mip.Column{Name: "y", Lower: -mip.Inf, Upper: mip.Inf})
	m.AddRow(mip.Constraint{Lower: 1, Upper: mip.Inf, Terms: []mip.Term{{Col: 0, Coef: 1}, {Col: 1, Coef: 3}}})
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 6, Terms: []mip.Term{{Col: 0, Coef: 7}, {Col: 1, Coef: 21}}})
	c := certify.Refute(context.Background(), m, nil, native.Native{}, certify.Limits{})
	if c == nil {
		t.Fatal("not refuted")
	}
	if err := certify.VerifyRefutation(m, reread(t, c)); err != nil {
		t.Error(err)
	}
}

// TestInsists: a relaxation that opens a lodging by less than a millionth looks integral, and its bound is far from the optimum.
func TestInsists(t *testing.T) {
	m := &mip.Model{}
	m.AddColumn(mip.Column{Name: "open", Upper: 1, Integer: true})
	m.AddColumn(mip.Column{Name: "rooms", Lower: 0.4, Upper: 9})
	m.AddRow(mip.Constraint{Lower: -mip.Inf, Upper: 0, Terms: []mip.Term{{Col: 0, Coef: -1e6}, {Col: 1, Coef: 1}}})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 1.5}, {Col: 1, Coef: 0.1}}})
	x := []float64{1, 0.4}
	b := build(t, m, x, certify.Limits{})
	if got := b.Levels[0].Bound; got > 1.54 || got < 1.54-1e-6 {
		t.Errorf("bound %g, want 1.54", got)
	}
	verify(t, m, x, b)
}

// TestMendedTrees: the same with integers among the columns: the trees of such models reach their optimum.
func TestMendedTrees(t *testing.T) {
	models, branched := 0, 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 40))
		m, x := open(r)
		for j := range m.Columns {
			m.Columns[j].Integer = r.IntN(2) == 0
		}
		found, err := native.Native{}.Solve(context.Background(), m, solver.Params{Work: 20_000})
		if err != nil || found.Status != solver.Optimal {
			continue
		}
		models++
		b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{found.Proof}}, native.Native{}, certify.Limits{Work: 500})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !b.Certified {
			t.Errorf("seed %d: no bound, optimum %g", seed, found.Objective)
			continue
		}
		// A point may break rows by the solver's tolerance, which lowers its value by more than that.
		unit := math.Max(1, math.Abs(found.Objective))
		if got := b.Levels[0].Bound; got > found.Objective+1e-4*unit || got < found.Objective-1e-6*unit && !b.Spent {
			t.Errorf("seed %d: bound %g, optimum %g", seed, got, found.Objective)
		}
		if b.Levels[0].Leaves > 1 {
			branched++
		}
		b.Certificate = reread(t, b.Certificate)
		verify(t, m, x, b)
	}
	if models < 150 || branched < 50 {
		t.Errorf("%d models, %d with branches", models, branched)
	}
}
