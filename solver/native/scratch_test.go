package native

import (
	"context"
	"fmt"
	"math"
	"os"
	"strconv"
	"syscall"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native/assign"
	"time"
)

func num(name string, d float64) float64 {
	if v, err := strconv.ParseFloat(os.Getenv(name), 64); err == nil {
		return v
	}
	return d
}

func cpu() float64 {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return float64(r.Utime.Sec) + float64(r.Utime.Usec)/1e6
}

func TestScratch(t *testing.T) {
	f, err := os.Open(os.Getenv("MODEL"))
	if err != nil {
		t.Skip()
	}
	m, err := mip.ReadMPS(f)
	if err != nil {
		t.Fatal(err)
	}
	r := &run{p: newProblem(m), leastPairs: structuredPairs}
	r.par = solver.Params{Seed: 1}
	r.mt = newMeter(context.Background(), r.par)
	r.value = math.Inf(1)
	pre, _ := presolve(r.p)
	s := r.structure(pre)
	b := cpu()
	s.d = assign.NewDriver(s.in, nil, s.seed, r.mt.spent)
	s.lift()
	s.converge()
	fmt.Println("converged", cpu()-b)
	s.reduceCosts()
	s.value = num("V", 0)
	q := s.without(s.room())
	whole, _ := presolve(q)
	b = cpu()
	fmt.Println("bound", s.below, "cols", whole.n, "rows", whole.m)
	mt := r.mt.child(math.MaxInt64)
	mt.deadline = time.Now().Add(time.Duration(num("T", 30)) * time.Second)
	opt := options{gap: num("GAP", 0), seed: 1, maxNodes: int64(num("NODES", 1e9))}
	last := 0.0
	opt.found = func(y []float64, v float64) { fmt.Printf("  found %.0f at %.1f\n", v, cpu()-b) }
	opt.report = func(ph string, v, bd float64, n int64) {
		if cpu()-b > last+num("EVERY", 2) {
			last = cpu() - b
			fmt.Printf("  %.1f nodes %d bound %.2f value %.0f\n", last, n, bd, v)
		}
	}
	x := newSearch(whole.problem, opt, mt)
	x.depth, x.value = maxDepth, s.value
	x.run()
	fmt.Printf("end %.1f pivots %d nodes %d bound %.2f value %.2f stopped %v\n", cpu()-b, mt.work, x.nodes+x.below, x.bound(), x.value, x.stopped)
}

func TestRins(t *testing.T) {
	f, err := os.Open(os.Getenv("MODEL"))
	if err != nil {
		t.Skip()
	}
	m, _ := mip.ReadMPS(f)
	r := &run{p: newProblem(m), leastPairs: structuredPairs}
	r.par = solver.Params{Seed: 1, Gap: num("GAP", 0)}
	r.mt = newMeter(context.Background(), r.par)
	r.value = math.Inf(1)
	pre, _ := presolve(r.p)
	s := r.structure(pre)
	b := cpu()
	s.d = assign.NewDriver(s.in, nil, s.seed, r.mt.spent)
	s.lift()
	s.first()
	s.converge()
	s.whole = true
	s.anneal(annealRuns)
	fmt.Printf("anneal %.2f value %.0f bound %.2f\n", cpu()-b, s.value, s.below)
	for round := range int(num("ROUNDS", 3)) {
		q := s.without(math.Min(s.room(), s.enough()))
		whole, _ := presolve(q)
		y := newSearch(whole.problem, options{seed: 1}, r.mt)
		y.lp = newSimplex(y.p, y.mt, 1)
		st := y.relax(y.lo, y.hi)
		x := whole.restore(y.lp.point(nil))
		fmt.Printf(" lp %.2f status %v cols %d bound %.2f\n", cpu()-b, st, whole.n, y.lpBound(y.lo, y.hi))
		w := *q
		w.lower, w.upper = append([]float64(nil), q.lower...), append([]float64(nil), q.upper...)
		fixed := map[int32]bool{}
		for j := range x {
			if i := s.in.LeftOf[j]; i >= 0 && s.x[j] > .5 && x[j] > num("AGREE", .9) {
				fixed[i] = true
			}
		}
		for j := range x {
			if i := s.in.LeftOf[j]; i >= 0 && fixed[i] {
				w.lower[j], w.upper[j] = s.x[j], s.x[j]
			}
		}
		z, ok := presolve(&w)
		fmt.Println(" fixed lefts", len(fixed), "cols", z.n, ok)
		mt := r.mt.child(int64(num("WORK", 20000)))
		opt := options{gap: num("GAP", 0) * finer, seed: 1, maxNodes: int64(num("NODES", 500))}
		opt.found = func(y []float64, v float64) {
			fmt.Printf("  found %.0f at %.2f\n", v, cpu()-b)
			s.offer(z.restore(y))
		}
		v := newSearch(z.problem, opt, mt)
		v.depth, v.value = maxDepth, s.value
		v.run()
		fmt.Printf(" end %.2f nodes %d bound %.2f stopped %v value %.0f\n", cpu()-b, v.nodes, v.bound(), v.stopped, s.value)
		_ = round
	}
}

func TestSolve(t *testing.T) {
	f, err := os.Open(os.Getenv("MODEL"))
	if err != nil {
		t.Skip()
	}
	m, _ := mip.ReadMPS(f)
	b := cpu()
	last := ""
	res, _ := New().Solve(context.Background(), m, solver.Params{Seed: 1, Gap: num("GAP", 1e-4), Time: time.Duration(num("T", 30)) * time.Second,
		Progress: func(p solver.Progress) {
			if p.Phase != last {
				fmt.Printf("%.2f %s %.0f %.2f\n", cpu()-b, p.Phase, p.Incumbent, p.Bound)
			}
			last = p.Phase
		}})
	n := 0
	leaf := 0
	if res.Proof != nil {
		for i := range res.Proof.Nodes {
			n += len(res.Proof.Nodes[i].Columns)
			if res.Proof.Nodes[i].Kind == solver.KindLeaf {
				leaf++
			}
		}
		fmt.Println("proof", len(res.Proof.Nodes), "leaves", leaf, "columns", n, "bound", res.Proof.Bound(m))
	}
	fmt.Printf("%.2f %v %.2f %.2f\n", cpu()-b, res.Status, res.Objective, res.Bound)
}
