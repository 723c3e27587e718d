package native

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestExcerpt: every point of an excerpt, pasted, has in the whole the objective that the excerpt gives it, and breaks a row of the
// excerpt exactly where what stands for broken rows would be needed.
func TestExcerpt(t *testing.T) {
	points, broken := 0, 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 31))
		p := newProblem(randomAssignment(r))
		x := make([]float64, p.n)
		for j := range x {
			x[j] = p.lower[j] + float64(r.IntN(int(p.upper[j]-p.lower[j])+1))
		}
		e := newExcerpter(p, x)
		var cols []int32
		for _, j := range r.Perm(p.n)[:min(4, p.n)] {
			cols = append(cols, int32(j))
		}
		const dear = 1000
		q := e.cut(cols, dear)
		if got, want := q.objective(q.now), p.objective(x)+dear*float64(q.n-len(cols)); got != want {
			t.Fatalf("seed %d: present point %g, want %g", seed, got, want)
		}
		if !q.feasible(q.now) {
			t.Fatalf("seed %d: the present point is none of the excerpt", seed)
		}
		boxes(q, len(cols), func(y []float64) {
			holds, objective := q.feasible(y), q.objective(y)
			f := newExcerpter(p, x)
			f.paste(q, y)
			for _, i := range q.row {
				if p.rowHolds(int(i), f.x) != (f.misses(i) == 0) || holds && f.misses(i) != 0 {
					t.Fatalf("seed %d: row %d misses %g", seed, i, f.misses(i))
				}
			}
			if points++; !holds {
				broken++
			}
			if got := p.objective(f.x); got != objective || f.value != got {
				t.Fatalf("seed %d: excerpt %g, point %g, kept %g", seed, objective, got, f.value)
			}
			if fresh := newExcerpter(p, f.x); fresh.breaks != f.breaks {
				t.Fatalf("seed %d: %d broken rows, kept %d", seed, fresh.breaks, f.breaks)
			}
		})
	}
	if points-broken < 20 || broken < 20 {
		t.Errorf("%d points, %d of them broken", points, broken)
	}
}

// boxes calls do with every point of the first n columns of an excerpt, nothing missing from rows.
func boxes(q *excerpt, n int, do func(y []float64)) {
	y := make([]float64, q.n)
	var set func(k int)
	set = func(k int) {
		if k == n {
			do(y)
			return
		}
		for v := q.lower[k]; v <= q.upper[k]; v++ {
			y[k] = v
			set(k + 1)
		}
	}
	set(0)
}

// TestMend: around a point that breaks rows clusters find one that breaks none, where there is any.
func TestMend(t *testing.T) {
	mended := 0
	for seed := range uint64(150) {
		m := randomAssignment(rand.New(rand.NewPCG(seed, 33)))
		s := structuredOf(m)
		if s == nil {
			continue
		}
		s.reduceCostsAtZero()
		v := s.vicinity(append([]float64(nil), s.p.lower...), math.Inf(1))
		if v.e.breaks == 0 {
			continue
		}
		v.mend()
		if want := enumerate(m); math.IsInf(want, 1) != (v.e.breaks > 0) {
			t.Errorf("seed %d: %d broken rows, optimum %g", seed, v.e.breaks, want)
		}
		if v.e.breaks == 0 {
			mended++
		}
	}
	if mended < 10 {
		t.Errorf("only %d mended", mended)
	}
}
