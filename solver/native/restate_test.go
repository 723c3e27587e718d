package native

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
)

// randomBurdens adds, to a random assignment, a column or two for the largest burden of a group, with a row for each of its members.
func randomBurdens(r *rand.Rand, m *mip.Model) {
	groups := 1 + r.IntN(2)
	rows := make([][]mip.Constraint, groups)
	for i := range 3 { // the cadres' rows
		row := mip.Constraint{Name: fmt.Sprint("burden", i), Lower: -mip.Inf, Upper: -float64(r.IntN(2))}
		for _, e := range m.Rows[i].Terms {
			row.Terms = append(row.Terms, mip.Term{Col: e.Col, Coef: float64(r.IntN(7))})
		}
		g := r.IntN(groups)
		rows[g] = append(rows[g], row)
	}
	for g, list := range rows {
		z := m.AddColumn(mip.Column{Name: fmt.Sprint("most", g), Upper: 9, Integer: r.IntN(2) == 0})
		if r.IntN(4) == 0 {
			m.Columns[z].Lower = float64(4 + r.IntN(5))
		}
		m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: z, Coef: float64(1 + r.IntN(5))})
		for _, row := range list {
			row.Terms = append(row.Terms, mip.Term{Col: z, Coef: -1})
			m.AddRow(row)
		}
	}
}

// leastBurdens is the optimum of a model whose columns are binary but for the last ones, which are as large as rows ask for.
func leastBurdens(m *mip.Model) float64 {
	x, n := make([]float64, len(m.Columns)), len(m.Columns)
	for n > 0 && m.Columns[n-1].Upper == 9 {
		n--
	}
	best := math.Inf(1)
	var try func(j int)
	try = func(j int) {
		if j < n {
			for v := m.Columns[j].Lower; v <= m.Columns[j].Upper; v++ {
				x[j] = v
				try(j + 1)
			}
			return
		}
		for k := n; k < len(x); k++ {
			x[k] = m.Columns[k].Lower
		}
		for i := range m.Rows {
			if last := m.Rows[i].Terms; len(last) > 0 && int(last[len(last)-1].Col) >= n {
				need := -m.Rows[i].Upper
				for _, e := range last[:len(last)-1] {
					need += e.Coef * x[e.Col]
				}
				z := &x[last[len(last)-1].Col]
				*z = math.Max(*z, need)
			}
		}
		if v := m.Levels[0].Value(x); v < best && m.Violation(x, 1e-9) == "" {
			best = v
		}
	}
	try(0)
	return best
}

// TestRestatedAgainstEnumeration: models with columns for the largest burden, restated as ladders, have the optimum that trying all points finds,
// and what is handed over proves it in exact arithmetic.
func TestRestatedAgainstEnumeration(t *testing.T) {
	restated, nested, infeasible, short := 0, 0, 0, 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 41))
		m := randomAssignment(r)
		randomBurdens(r, m)
		if r.IntN(3) == 0 { // a pin: what it bears is then the base of its column, whose rows say more than needs
			m.Columns[r.IntN(4)].Lower = 1
		}
		if list, _ := ladders(m, newProblem(m), 1); len(list) > 0 {
			restated++
			if list[0].Nested {
				nested++
			}
		}
		want := leastBurdens(m)
		got, _ := Native{leastPairs: 1, leastRows: 1}.Solve(context.Background(), m, solver.Params{})
		if math.IsInf(want, 1) {
			if infeasible++; got.Status != solver.Infeasible || !math.IsInf(proven(t, m, got), 1) {
				t.Fatalf("seed %d: %+v, want infeasible, and proven", seed, got)
			}
			continue
		}
		if got.Status != solver.Optimal || math.Abs(got.Objective-want) > 1e-6 || len(got.Values) != len(m.Columns) {
			t.Fatalf("seed %d: %s %g with %d values, want %g", seed, got.Status, got.Objective, len(got.Values), want)
		}
		if v := m.Violation(got.Values, 1e-9); v != "" {
			t.Fatalf("seed %d: %s", seed, v)
		}
		switch bound := proven(t, m, got); {
		case bound > want+1e-6:
			t.Fatalf("seed %d: %g is proven, the optimum is %g", seed, bound, want)
		case bound < want-1e-3:
			short++ // what presolve settles alone may take a relaxation to prove
		}
	}
	if restated < 80 || nested < 10 || infeasible < 10 || short > 15 {
		t.Errorf("%d restated, %d of them nested, %d infeasible, %d proofs that fall short", restated, nested, infeasible, short)
	}
}

// ladderedOf is the search of a model whose links are ladders, nil where they are not.
func ladderedOf(m *mip.Model) *structured {
	s := structuredOf(m)
	if s == nil || len(s.links) == 0 {
		return nil
	}
	if s.h = s.heights(); s.h == nil {
		return nil
	}
	return s
}

// TestHeightBoxes: what boxes of heights prove together is never above the optimum, and at the end it is the optimum. No point is known while
// they are searched, so that nothing hides a bound.
func TestHeightBoxes(t *testing.T) {
	tried, tables := 0, 0
	for seed := uint64(0); seed < 120; seed++ {
		r := rand.New(rand.NewPCG(seed, 43))
		m := randomAssignment(r)
		randomLadder(r, m)
		want := enumerate(m)
		s := ladderedOf(m)
		if s == nil || math.IsInf(want, 1) {
			continue
		}
		tried++
		s.r.m = m
		s.recordAll()
		s.relax(nil)
		s.reduceCosts()
		s.h.learn(s.y)
		b := &boxQueue{s: s, h: s.h, floor: math.Inf(1)}
		b.put(&box{bound: s.bound, proof: s.proof, spans: s.h.whole()})
		provenByBoxes(t, seed, b, want)
		tables += len(s.h.tables)
	}
	if tried < 20 || tables < 2*tried {
		t.Errorf("%d tried, %d tables", tried, tables)
	}
}

// standApart adds a cadre who bears nothing, with a post for which nobody else is a candidate.
func standApart(r *rand.Rand, m *mip.Model) {
	var col [3]mip.Col
	for k, name := range []string{"apart", "stay apart", "vacant apart"} {
		col[k] = m.AddColumn(mip.Column{Name: name, Upper: 1, Integer: true})
		m.Levels[0].Terms = append(m.Levels[0].Terms, mip.Term{Col: col[k], Coef: float64(r.IntN(9) - 4)})
	}
	for _, own := range col[1:] {
		m.AddRow(mip.Constraint{Lower: 1, Upper: 1, Terms: []mip.Term{{Col: col[0], Coef: 1}, {Col: own, Coef: 1}}})
	}
}

// TestEqualSteps: steps that ask for each other are no ladder, and what they shut is not taken for what another one shuts.
func TestEqualSteps(t *testing.T) {
	tied := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 59))
		m := randomAssignment(r)
		randomLadder(r, m)
		for i := range m.Rows {
			if m.Rows[i].Name == "ladder1" {
				back := m.Rows[i]
				back.Terms = []mip.Term{{Col: back.Terms[0].Col, Coef: -1}, {Col: back.Terms[1].Col, Coef: 1}}
				m.AddRow(back)
				break
			}
		}
		if s := structuredOf(m); s != nil && len(s.links) > 1 {
			if tied++; s.heights() != nil {
				t.Fatalf("seed %d: taken for a ladder", seed)
			}
		}
		want := enumerate(m)
		got, _ := eager.Solve(context.Background(), m, solver.Params{})
		if math.IsInf(want, 1) != (got.Status == solver.Infeasible) || !math.IsInf(want, 1) && (got.Objective != want || got.Bound > want) {
			t.Fatalf("seed %d: %s %g of %g, want %g", seed, got.Status, got.Objective, got.Bound, want)
		}
	}
	if tied < 5 {
		t.Errorf("steps ask for each other %d times", tied)
	}
}

// TestTables: what a table says of a box is what its multipliers prove within the bounds that branches on the ends of the box's ranges tell, and
// a column that steps pay for costs nothing beside them.
func TestTables(t *testing.T) {
	checked, free := 0, 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 53))
		m := randomAssignment(r)
		randomBurdens(r, m)
		standApart(r, m)
		list, needless := ladders(m, newProblem(m), 1)
		full, ok := solver.Restate(m, list)
		if len(list) == 0 || list[0].Nested || !ok {
			continue
		}
		for _, i := range needless {
			full.Rows[i] = mip.Constraint{Lower: -mip.Inf, Upper: mip.Inf}
		}
		s := ladderedOf(full)
		if s == nil {
			continue
		}
		s.relax(nil)
		h := s.h
		for _, g := range h.group {
			if int(g) == len(h.ladders) {
				free++
			}
		}
		tab := h.learn(s.y)
		for i := range h.price {
			idx, _ := s.p.rows.vec(int(i))
			for _, j := range idx {
				if s.p.cols.start[j+1]-s.p.cols.start[j] == 1 && math.Abs(tab.rc[j]) > 1e-9 {
					t.Errorf("seed %d: column %d costs %g beside its steps", seed, j, tab.rc[j])
				}
			}
		}
		for range 6 {
			box := h.whole()
			for g, list := range h.ladders {
				box[g].lo = r.IntN(len(list) + 1)
				box[g].hi = box[g].lo + r.IntN(len(list)+1-box[g].lo)
			}
			q := s.with(h.fixed(box))
			for i, g := range h.group {
				for c := s.in.Start[i]; int(g) < len(box) && c < s.in.Start[i+1]; c++ {
					if int(h.level[c]) > box[g].hi {
						q.upper[s.in.Col[c]] = 0
					}
				}
			}
			checked++
			got, want := h.bound(tab, box), q.safeBound(h.multipliers(tab, box), q.cost, q.lower, q.upper)
			if math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
				t.Fatalf("seed %d, %v: the table says %g, its multipliers prove %g", seed, box, got, want)
			}
		}
	}
	if checked < 50 || free < 8 {
		t.Errorf("%d boxes checked, %d lefts without a ladder", checked, free)
	}
}

// TestCloses: a box is divided where tables close one side, and what they say of that side is no less than the cutoff.
func TestCloses(t *testing.T) {
	closed := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 47))
		m := randomAssignment(r)
		randomLadder(r, m)
		s := ladderedOf(m)
		if s == nil {
			continue
		}
		s.relax(nil)
		h := s.h
		h.learn(s.y)
		whole := h.whole()
		_, bound := h.best(whole)
		for _, over := range []float64{1, 3, 8} {
			g, at := h.closes(whole, bound+over)
			if g < 0 {
				continue
			}
			closed++
			_, low := h.best(ranged(whole, g, span{0, at}))
			_, high := h.best(ranged(whole, g, span{at + 1, whole[g].hi}))
			if math.Max(low, high) < bound+over {
				t.Fatalf("seed %d: %g and %g on both sides, the cutoff is %g", seed, low, high, bound+over)
			}
		}
	}
	if closed < 20 {
		t.Errorf("%d closed", closed)
	}
}

// TestLargestBurden: with a row per cadre and burdens from 0 to 35 the largest one of each rank is proven to the asked gap, by a certificate
// that names ladders.
func TestLargestBurden(t *testing.T) {
	m := cadreCase{cadres: 75, minMax: true, seed: 3}.model()
	got, _ := New().Solve(context.Background(), m, solver.Params{Gap: 1e-3})
	if got.Status != solver.Optimal || len(got.Proof.Ladders) != 3 {
		t.Fatalf("%s, %d ladders", got.Status, len(got.Proof.Ladders))
	}
	if a, b := got.Proof.Bound(m), got.Proof.Expanded().Bound(m); len(got.Proof.Shared) == 0 || a != b {
		t.Errorf("%d shared multipliers: the proof says %g, and %g where each leaf has its own", len(got.Proof.Shared), a, b)
	}
	built, err := certify.Build(context.Background(), m, got.Values, [][]*solver.Proof{{got.Proof}}, nil, certify.Limits{Gap: 1e-3})
	if err != nil || !built.Certified || solver.RelGap(got.Objective, built.Levels[0].Bound) > 1e-3 {
		t.Fatalf("%v: %+v of %g", err, built.Levels, got.Objective)
	}
	if _, err := certify.Verify(m, got.Values, built.Certificate); err != nil {
		t.Fatal(err)
	}
	built.Certificate.Levels[0].Ladders[1].At[0]++
	if _, err := certify.Verify(m, got.Values, built.Certificate); err == nil {
		t.Error("another ladder is as good")
	}
}
