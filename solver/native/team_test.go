package native

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/certify"
)

// tightModel is an assignment with limits that few assignments keep, so that its tree is long.
func tightModel(r *rand.Rand, n, limits int) *mip.Model {
	m := wideModel(r, n, n+2)
	for q := range limits {
		row := mip.Constraint{Name: fmt.Sprint("limit", q), Lower: -mip.Inf, Upper: float64(15 * n)}
		for j := range m.Columns {
			row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: float64(1 + r.IntN(40))})
		}
		m.AddRow(row)
	}
	return m
}

// alone searches by branch and bound alone, with a team on so many threads, 0 none.
func alone(m *mip.Model, threads int, par solver.Params) (*search, *run) {
	r := Native{}.run(context.Background(), m, par)
	pre, _ := presolve(r.p)
	s := r.search(pre, pre.problem)
	s.depth, s.opt.threads = maxDepth, threads
	r.book, r.proof = newBook(r.p), &part{}
	s.record(newRecorder(r.book, pre), r.proof)
	s.run()
	return s, r
}

// TestTeam: a team finds the optimum and proves it, and comes to the same on any number of threads.
func TestTeam(t *testing.T) {
	teams, nodes := 0, int64(0)
	for seed := range uint64(10) {
		m := tightModel(rand.New(rand.NewPCG(seed, 83)), 13, 4)
		single, _ := alone(m, 0, solver.Params{})
		var first *search
		var proof *solver.Proof
		for threads := 1; threads <= 3; threads++ {
			s, r := alone(m, threads, solver.Params{})
			if math.IsInf(single.value, 1) || s.value != single.value || s.bound() != single.bound() {
				t.Fatalf("seed %d, %d threads: %g of at least %g, without a team %g of %g", seed, threads, s.value, s.bound(), single.value, single.bound())
			}
			res := r.finish(s.bound(), s.stopped)
			handed := r.state(m, res, r.mt)
			if bound := handed.Bound(m); bound < single.value-1+1e-6 || bound > single.value+1e-6 {
				t.Fatalf("seed %d, %d threads: the proof says %g, the optimum is %g", seed, threads, bound, single.value)
			}
			if first == nil {
				first, proof = s, handed
				teams, nodes = teams+len(s.team)/teamSize, nodes+s.nodes
			}
			if s.nodes != first.nodes || !slices.Equal(s.best, first.best) || !reflect.DeepEqual(handed, proof) {
				t.Fatalf("seed %d, %d threads: %d nodes instead of %d, or another point or proof", seed, threads, s.nodes, first.nodes)
			}
		}
	}
	if teams < 3 || nodes < 1000 {
		t.Errorf("%d teams, %d nodes", teams, nodes)
	}
}

// TestDebrief: all that an explorer found is taken over, above all the bounds of what it gave up.
func TestDebrief(t *testing.T) {
	s, _ := alone(tightModel(rand.New(rand.NewPCG(5, 83)), 13, 4), 0, solver.Params{})
	nodes, serial, room := s.nodes, s.serial, s.rec.book.room
	s.floor = math.Inf(1)
	for _, floor := range []float64{7, 5, 6} {
		e := s.explorer()
		e.brief(s, &node{})
		if e.value != s.value || e.nodes != s.nodes || len(e.open) != 0 {
			t.Fatalf("an explorer begins with %d open nodes, or does not know what is known", len(e.open))
		}
		e.floor, e.nodes, e.below = floor, e.nodes+3, 2
		e.prune(floor + 0.5)
		e.pseudo.add(1, 0, 4, 0.5)
		e.rec.weights([]float64{1, 1})
		e.open = append(e.open, &node{bound: 9, serial: 2}, &node{bound: 8, serial: 1})
		s.debrief(e)
	}
	if s.floor != 5 || s.nodes != nodes+9 || s.serial != serial+6 || s.rec.book.room != room-6 || s.pseudo.count[1][0] < 3 {
		t.Errorf("floor %g, %d nodes more, %d numbers kept, %g moves", s.floor, s.nodes-nodes, room-s.rec.book.room, s.pseudo.count[1][0])
	}
	for k, bound := 0, 8.0; k < 6; k++ {
		nd := s.pop()
		if nd == nil || nd.bound != bound {
			t.Fatalf("node %d is %+v", k, nd)
		}
		if k == 2 {
			bound = 9
		}
	}
}

// TestTeamStops: a team whose limit is reached leaves a bound, and a proof of it, which are the same on two threads.
func TestTeamStops(t *testing.T) {
	m := tightModel(rand.New(rand.NewPCG(5, 83)), 13, 4)
	whole, _ := alone(m, 0, solver.Params{})
	used := 0
	for work := int64(1000); work <= 8000; work += 1000 {
		var ends [2]*search
		var proofs [2]*solver.Proof
		for k := range ends {
			s, r := alone(m, 1+k, solver.Params{Work: work})
			if s.bound() > whole.value || s.stopped != (s.bound() < s.cutoff()) {
				t.Fatalf("%d: bound %g of %g, stopped %v", work, s.bound(), whole.value, s.stopped)
			}
			ends[k], proofs[k] = s, r.state(m, r.finish(s.bound(), s.stopped), newMeter(context.Background(), solver.Params{}))
			if bound := proofs[k].Bound(m); bound > whole.value+1e-6 {
				t.Fatalf("%d: the proof says %g, the optimum is %g", work, bound, whole.value)
			}
			if s.stopped && len(s.team) > 0 {
				used++
			}
		}
		if ends[0].nodes != ends[1].nodes || ends[0].bound() != ends[1].bound() || !slices.Equal(ends[0].best, ends[1].best) || !reflect.DeepEqual(proofs[0], proofs[1]) {
			t.Errorf("%d: another answer on two threads", work)
		}
	}
	if used < 4 {
		t.Errorf("a team was stopped %d times", used)
	}
}

// TestThreads: whole solves, annealing and certificates included, come to the same on one thread and on two.
func TestThreads(t *testing.T) {
	for seed := range uint64(3) {
		m := tightModel(rand.New(rand.NewPCG(seed, 84)), 24, 3)
		var ends [2]solver.Result
		for k := range ends {
			ends[k], _ = eager.Solve(context.Background(), m, solver.Params{Work: 60_000, Gap: 1e-3, Seed: 1, Threads: 1 + k})
			if ends[k].Values == nil {
				t.Fatalf("seed %d: %+v", seed, ends[k])
			}
			ends[k].Elapsed = 0
		}
		if !reflect.DeepEqual(ends[0], ends[1]) {
			t.Errorf("seed %d: %g of %g on one thread, %g of %g on two", seed, ends[0].Objective, ends[0].Bound, ends[1].Objective, ends[1].Bound)
		}
		built, err := certify.Build(context.Background(), m, ends[0].Values, [][]*solver.Proof{{ends[0].Proof, solver.NewProof(ends[0].Multipliers)}}, nil, certify.Limits{})
		if err != nil || !built.Certified {
			t.Fatalf("seed %d: certified %v, %v", seed, built.Certified, err)
		}
		if list, err := certify.Verify(m, ends[0].Values, built.Certificate); err != nil || list[0].Bound < ends[0].Bound-1e-6 || list[0].Bound > list[0].Value {
			t.Errorf("seed %d: %+v of a claimed bound of %g, %v", seed, list, ends[0].Bound, err)
		}
	}
}
