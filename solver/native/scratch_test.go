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
