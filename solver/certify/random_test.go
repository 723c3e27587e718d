package certify_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"cadre/mip"
	"cadre/solver/certify"
)

// randomModel has up to five integer columns in small boxes, all row senses, and up to three levels. Quarters appear
// as coefficients where fractions are asked for.
func randomModel(r *rand.Rand, fractions bool) *mip.Model {
	m := &mip.Model{}
	n := 2 + r.IntN(4)
	coef := func() float64 {
		c := float64(r.IntN(13) - 6)
		if fractions {
			c /= 4
		}
		return c
	}
	terms := func() []mip.Term {
		var out []mip.Term
		for j := range n {
			if c := coef(); c != 0 && r.IntN(3) > 0 {
				out = append(out, mip.Term{Col: mip.Col(j), Coef: c})
			}
		}
		return out
	}
	for j := range n {
		lower := float64(-r.IntN(2))
		m.AddColumn(mip.Column{Name: fmt.Sprint("x", j), Lower: lower, Upper: lower + 1 + float64(r.IntN(2)), Integer: true})
	}
	for i := range 1 + r.IntN(4) {
		row := mip.Constraint{Name: fmt.Sprint("r", i), Lower: -mip.Inf, Upper: mip.Inf, Terms: terms()}
		switch side := coef(); r.IntN(4) {
		case 0:
			row.Lower = side
		case 1:
			row.Upper = side
		case 2:
			row.Lower, row.Upper = side, side+float64(r.IntN(4))
		default:
			row.Lower, row.Upper = -math.Abs(side)-1, math.Abs(side)+1
		}
		m.AddRow(row)
	}
	for k := range 1 + r.IntN(3) {
		m.AddLevel(mip.Level{Name: fmt.Sprint("f", k), Scale: 1, Constant: coef(), Terms: terms()})
	}
	return m
}

// points lists all feasible points.
func points(m *mip.Model) [][]float64 {
	all := [][]float64{{}}
	for _, c := range m.Columns {
		var longer [][]float64
		for _, x := range all {
			for v := c.Lower; v <= c.Upper; v++ {
				longer = append(longer, append(append([]float64{}, x...), v))
			}
		}
		all = longer
	}
	var out [][]float64
	for _, x := range all {
		if certify.Feasible(m, x) == nil {
			out = append(out, x)
		}
	}
	return out
}

// least is the true least value of level k among the points that keep x's values on the levels before.
func least(m *mip.Model, all [][]float64, x []float64, k int) float64 {
	best := math.Inf(1)
	for _, y := range all {
		keeps := true
		for i := range k {
			keeps = keeps && m.Levels[i].Value(y) <= m.Levels[i].Value(x)
		}
		if keeps {
			best = math.Min(best, m.Levels[k].Value(y))
		}
	}
	return best
}

// each calls f with random models that have a feasible point, all their points, and one of them.
func each(t *testing.T, models int, fractions bool, f func(r *rand.Rand, m *mip.Model, all [][]float64, x []float64)) {
	t.Helper()
	for seed := range models {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		m := randomModel(r, fractions)
		if all := points(m); len(all) > 0 {
			f(r, m, all, all[r.IntN(len(all))])
		}
	}
}

// TestBuildAgainstBruteForce: with integer data a complete tree proves exactly the least value; it never proves more.
func TestBuildAgainstBruteForce(t *testing.T) {
	for _, fractions := range []bool{false, true} {
		each(t, 400, fractions, func(r *rand.Rand, m *mip.Model, all [][]float64, x []float64) {
			b := build(t, m, x, certify.Limits{Work: 1 + r.Int64N(200)})
			whole := build(t, m, best(m, all), certify.Limits{})
			for k := range m.Levels {
				if want := least(m, all, x, k); b.Levels[k].Bound > want {
					t.Fatalf("%+v at %v: level %d has bound %g, least %g", m, x, k, b.Levels[k].Bound, want)
				}
				got, want := whole.Levels[k].Bound, least(m, all, best(m, all), k)
				if got > want || got < want-1e-5 || !fractions && got != want {
					t.Fatalf("%+v: level %d is proven down to %g, least %g", m, k, got, want)
				}
			}
			verify(t, m, x, b)
			verify(t, m, best(m, all), whole)
		})
	}
}

// best is a lexicographically least point.
func best(m *mip.Model, all [][]float64) []float64 {
	at := all[0]
	for _, x := range all[1:] {
		for k := range m.Levels {
			old, now := m.Levels[k].Value(at), m.Levels[k].Value(x)
			if now < old {
				at = x
			}
			if now != old {
				break
			}
		}
	}
	return at
}

// TestEveryNumberCounts changes each number of a certificate by one. As it stands every change is found; sealed again,
// whatever still passes proves no more than the truth.
func TestEveryNumberCounts(t *testing.T) {
	changed := 0
	each(t, 150, false, func(_ *rand.Rand, m *mip.Model, all [][]float64, x []float64) {
		var text bytes.Buffer
		if err := build(t, m, x, certify.Limits{Work: 20}).Certificate.Write(&text); err != nil {
			t.Fatal(err)
		}
		for n := 0; ; n++ {
			forged, ok := forge(t, text.Bytes(), n)
			if !ok {
				return
			}
			changed++
			c, err := certify.Read(bytes.NewReader(forged))
			if err != nil {
				continue
			}
			if _, err := certify.Verify(m, x, c); err == nil {
				t.Fatalf("number %d was changed and nobody noticed:\n%s\n%s", n, text.Bytes(), forged)
			}
			c.Seal()
			got, err := certify.Verify(m, x, c)
			for k := range got {
				if err == nil && got[k].Bound > least(m, all, x, k) {
					t.Fatalf("number %d was changed, and level %d proves %g:\n%s", n, k, got[k].Bound, forged)
				}
			}
		}
	})
	if changed < 1000 {
		t.Errorf("only %d numbers were changed", changed)
	}
}

// forge changes the n-th number of a JSON text by one in its last digit, decimal strings included.
func forge(t *testing.T, text []byte, n int) ([]byte, bool) {
	t.Helper()
	var whole any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&whole); err != nil {
		t.Fatal(err)
	}
	seen := 0
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range []string{"version", "gap", "levels", "value", "bound", "nodes", "branch", "split", "leaf",
				"column", "columns", "at", "low", "high", "zero", "some", "shift", "rows", "y", "over", "exact"} {
				if child, ok := v[key]; ok {
					v[key] = walk(child)
				}
			}
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
		case json.Number:
			if seen++; seen == n+1 {
				return json.Number(nudge(t, v.String()))
			}
		case string:
			if seen++; seen == n+1 {
				return nudge(t, v)
			}
		}
		return v
	}
	whole = walk(whole)
	out, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	return out, seen > n
}

// nudge changes the last digit by one.
func nudge(t *testing.T, s string) string {
	t.Helper()
	last := strings.LastIndexAny(s, "0123456789")
	if last < 0 {
		t.Fatalf("%q is no number", s)
	}
	digit := byte('1')
	if s[last] != '0' {
		digit = s[last] - 1
	}
	return s[:last] + string(digit) + s[last+1:]
}
