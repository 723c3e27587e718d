package certify_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/native"
)

// mixedModel is a random model with integer rows, of which some columns are continuous; half of these have bounds between integers.
func mixedModel(r *rand.Rand) *mip.Model {
	m := randomModel(r, false)
	m.Levels = m.Levels[:1]
	for j := range m.Columns {
		c := &m.Columns[j]
		if c.Integer = r.IntN(4) > 0; !c.Integer && r.IntN(2) == 0 {
			c.Lower, c.Upper = c.Lower-float64(r.IntN(4))/4, c.Upper+float64(r.IntN(4))/4
		}
	}
	return m
}

// randomCut sums up some rows with small weights over a small divisor, sides and bounds at random.
func randomCut(r *rand.Rand, m *mip.Model, before int) solver.Cut {
	c := solver.Cut{Divisor: int64(1 + r.IntN(6))}
	for i := range len(m.Rows) + before {
		if y := int64(r.IntN(7) - 3); y != 0 && r.IntN(2) == 0 {
			c.Rows, c.Y = append(c.Rows, i), append(c.Y, y)
			if r.IntN(4) == 0 {
				c.Other = append(c.Other, i)
			}
		}
	}
	for j := range m.Columns {
		if r.IntN(3) == 0 {
			c.Upper = append(c.Upper, j)
		}
	}
	return c
}

// thirds are the points of a mixed model on a grid of thirds for the continuous columns, and at their upper bounds: enough to catch a cut
// that cuts too deep.
func thirds(m *mip.Model) [][]float64 {
	all := [][]float64{{}}
	for _, c := range m.Columns {
		step := 1.0
		if !c.Integer {
			step = 1.0 / 3
		}
		var longer [][]float64
		for _, x := range all {
			for n := 0; c.Lower+float64(n)*step <= c.Upper+1e-9; n++ {
				longer = append(longer, append(slices.Clone(x), c.Lower+float64(n)*step))
			}
			if !c.Integer {
				longer = append(longer, append(slices.Clone(x), c.Upper))
			}
		}
		all = longer
	}
	return slices.DeleteFunc(all, func(x []float64) bool { return m.Violation(x, 1e-9) != "" })
}

// TestCutsAreValid: whatever weights, sides and bounds: what a cut proves alone is true of every point. Cuts of continuous
// columns, of slacks that are integers and of other cuts occur.
func TestCutsAreValid(t *testing.T) {
	taken, deep := 0, 0
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 31))
		m := mixedModel(r)
		all := thirds(m)
		whole := slices.DeleteFunc(slices.Clone(all), func(x []float64) bool { return certify.Feasible(m, x) != nil })
		if len(whole) == 0 {
			continue
		}
		least := m.Levels[0].Value(all[0])
		for _, x := range all {
			least = min(least, m.Levels[0].Value(x))
		}
		for range 8 {
			p := solver.NewProof(nil)
			for k := range 3 {
				c := randomCut(r, m, k)
				c.Upper = inSum(m, c)
				p.Cuts = append(p.Cuts, c)
			}
			weight := make([]float64, len(m.Rows)+3)
			weight[len(m.Rows)+r.IntN(3)] = float64(1+r.IntN(16)) / 4
			p.Weigh(0, weight)
			b, err := certify.Build(context.Background(), m, whole[r.IntN(len(whole))], [][]*solver.Proof{{p}}, nil, certify.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if got := b.Levels[0].Bound; got > least+1e-6 {
				t.Fatalf("seed %d: proven %g, and a point has %g:\n%+v\n%+v\n%+v", seed, got, least, *m, p.Cuts, b.Certificate.Levels[0])
			}
			for _, c := range b.Certificate.Levels[0].Cuts {
				taken++
				if c.Rows[len(c.Rows)-1] >= len(m.Rows) {
					deep++
				}
			}
		}
	}
	if taken < 60 || deep < 5 {
		t.Errorf("only %d cuts were of use, %d of them of other cuts", taken, deep)
	}
}

// inSum keeps of Upper the columns of the rows that are summed; rows of cuts are not looked into.
func inSum(m *mip.Model, c solver.Cut) []int {
	return slices.DeleteFunc(slices.Clone(c.Upper), func(j int) bool {
		for _, i := range c.Rows {
			if i < len(m.Rows) && slices.ContainsFunc(m.Rows[i].Terms, func(t mip.Term) bool { return int(t.Col) == j }) {
				return false
			}
		}
		return true
	})
}

// lodgings is a knapsack over families: at most 10 beds for families of 4, 4, 3 and 3; the relaxation houses ten, integers
// house ten with 4 + 3 + 3 as well, but of the two families of four only one with both of three.
func lodgings() *mip.Model {
	m := &mip.Model{}
	row := mip.Constraint{Name: "beds", Lower: -mip.Inf, Upper: 7}
	level := mip.Level{Name: "housed", Scale: 1}
	for j, size := range []float64{4, 4, 4} {
		m.AddColumn(mip.Column{Name: fmt.Sprint("family", j), Upper: 1, Integer: true})
		row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: size})
		level.Terms = append(level.Terms, mip.Term{Col: mip.Col(j), Coef: -1 - float64(j)})
	}
	m.AddRow(row)
	m.AddLevel(level)
	return m
}

// TestCutByHand: 4a + 4b + 4c <= 7 over 4, rounded: a + b + c <= 1. With it one leaf proves -3, where the relaxation has
// -3 - 3/4 * 2.
func TestCutByHand(t *testing.T) {
	m := lodgings()
	x := []float64{0, 0, 1}
	p := solver.NewProof([]float64{0, 3}) // the cut alone
	p.Cuts = []solver.Cut{{Rows: []int{0}, Y: []int64{-1}, Divisor: 4}}
	b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if b.Levels[0].Bound != -3 || b.Levels[0].Leaves != 1 || len(b.Certificate.Levels[0].Cuts) != 1 {
		t.Fatalf("%+v with cuts %+v", b.Levels[0], b.Certificate.Levels[0].Cuts)
	}
	verify(t, m, x, b)
	var text bytes.Buffer
	if err := b.Certificate.Write(&text); err != nil {
		t.Fatal(err)
	}
	read, err := certify.Read(&text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := certify.Verify(m, x, read); err != nil {
		t.Error(err)
	}
	for name, forge := range map[string]func(c *certify.Cut){
		"multiplier": func(c *certify.Cut) { c.Y[0] = 1 }, "divisor": func(c *certify.Cut) { c.Divisor = 5 },
		"no divisor": func(c *certify.Cut) { c.Divisor = 0 }, "nothing to round": func(c *certify.Cut) { c.Divisor = 7 },
		"row": func(c *certify.Cut) { c.Rows[0] = 1 }, "side": func(c *certify.Cut) { c.Other = []int{0} },
		"foreign bound": func(c *certify.Cut) { c.Upper = []int{3} },
		"count":         func(c *certify.Cut) { c.Y = certify.Ints{-1, 1} },
	} {
		again, _ := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
		forge(&again.Certificate.Levels[0].Cuts[0])
		again.Certificate.Seal()
		if got, err := certify.Verify(m, x, again.Certificate); err == nil {
			t.Errorf("%s passes: %+v", name, got)
		}
	}
}

// TestCutOfFractions: 2z - 2c >= 1 with c from -1/2 on says nothing of z. Counted from where -1/2 is cut off after the point, to 0, it would say
// z >= 1 by rounding, which the point z = 0, c = -1/2 breaks.
func TestCutOfFractions(t *testing.T) {
	m := &mip.Model{}
	z, c := m.AddColumn(mip.Column{Name: "z", Upper: 10, Integer: true}), m.AddColumn(mip.Column{Name: "c", Lower: -0.5, Upper: 3})
	m.AddRow(mip.Constraint{Name: "apart", Lower: 1, Upper: mip.Inf, Terms: []mip.Term{{Col: z, Coef: 2}, {Col: c, Coef: -2}}})
	m.AddLevel(mip.Level{Name: "z", Scale: 1, Terms: []mip.Term{{Col: z, Coef: 1}}})
	x := []float64{0, -0.5}
	p := solver.NewProof([]float64{0, 1})
	p.Cuts = []solver.Cut{{Rows: []int{0}, Y: []int64{1}, Divisor: 2}}
	if bound := p.Bound(m); bound > 0 {
		t.Errorf("handed over as %g", bound)
	}
	b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, nil, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if b.Levels[0].Bound > 0 {
		t.Errorf("proven: %g", b.Levels[0].Bound)
	}
	b.Certificate.Levels[0].Cuts = []certify.Cut{{Rows: []int{0}, Y: certify.Ints{1}, Divisor: 2}}
	b.Certificate.Seal()
	if got, err := certify.Verify(m, x, b.Certificate); err == nil {
		t.Errorf("the cut passes: %+v", got)
	}
}

// TestCutsAreUsed: relaxations of a tree that was handed over have its cuts, so that it is finished with them.
func TestCutsAreUsed(t *testing.T) {
	m := lodgings()
	x := []float64{0, 0, 1}
	p := solver.NewProof([]float64{0, 0.01})
	p.Cuts = []solver.Cut{{Rows: []int{0}, Y: []int64{-1}, Divisor: 4}}
	b, err := certify.Build(context.Background(), m, x, [][]*solver.Proof{{p}}, native.Native{}, certify.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if b.Levels[0].Bound != -3 || b.Levels[0].Leaves != 1 {
		t.Errorf("%+v", b.Levels[0])
	}
	verify(t, m, x, b)
}

// TestRefuteWithCuts: 2x + 2y + 2z = 3 in integers has no solution, and no multipliers of the row say so; a cut of both its
// sides does.
func TestRefuteWithCuts(t *testing.T) {
	m := &mip.Model{}
	row := mip.Constraint{Name: "odd", Lower: 3, Upper: 3}
	for j := range 3 {
		m.AddColumn(mip.Column{Name: fmt.Sprint("x", j), Upper: 5, Integer: true})
		row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: 2})
	}
	m.AddRow(row)
	p := solver.NewProof(nil)
	p.Cuts = []solver.Cut{{Rows: []int{0}, Y: []int64{1}, Divisor: 2}} // x + y + z >= 2
	p.Exclude(0, []float64{-1, 2})
	c := certify.Refute(context.Background(), m, p, nil, certify.Limits{})
	if c == nil || len(c.Infeasible.Cuts) != 1 {
		t.Fatalf("%+v", c)
	}
	if err := certify.VerifyRefutation(m, c); err != nil {
		t.Error(err)
	}
	c.Infeasible.Cuts = nil
	c.Seal()
	if certify.VerifyRefutation(m, c) == nil {
		t.Error("without its cut the refutation still passes")
	}
}

func TestFractions(t *testing.T) {
	for _, c := range []struct {
		weights []float64
		y       []int64
		divisor int64
	}{
		{[]float64{1, -2}, []int64{1, -2}, 1},
		{[]float64{0.25, 1}, []int64{1, 4}, 4},
		{[]float64{1.0 / 3, -0.5}, []int64{2, -3}, 6},
		{[]float64{0.1234567, 1}, []int64{129454, 1 << 20}, 1 << 20},
	} {
		y, d := solver.Fractions(c.weights)
		if !slices.Equal(y, c.y) || d != c.divisor {
			t.Errorf("%v: %v / %d, want %v / %d", c.weights, y, d, c.y, c.divisor)
		}
	}
}
