package planning_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"cadre/generate"
	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/native"
	"cadre/workbook"
)

// counted is native, counting solves.
type counted struct {
	native.Native
	solves int
}

func (c *counted) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	c.solves++
	return c.Native.Solve(ctx, m, p)
}

// county is a generated instance under its policy, with an edit of the instance.
func county(tb testing.TB, size int, edit func(in *posting.Instance)) (*posting.Index, *policy.Policy) {
	tb.Helper()
	dir := tb.TempDir()
	o := generate.Defaults(generate.KindCounty)
	o.Size, o.Seed = size, 3
	if _, err := generate.Write(dir, generate.KindCounty, o); err != nil {
		tb.Fatal(err)
	}
	pol, faults, err := policy.Read(filepath.Join(dir, "policy.yaml"), policy.Options{})
	if err != nil || pol == nil {
		tb.Fatal(err, faults)
	}
	in, problems, err := workbook.Read(dir, workbook.Options{Date: pol.Calendar.Date})
	if err != nil || in == nil {
		tb.Fatal(err, problems)
	}
	if edit != nil {
		edit(in)
	}
	return posting.NewIndex(in, pol.Calendar), pol
}

func run(tb testing.TB, x *posting.Index, pol *policy.Policy, b solver.Solver, memories ...*planning.Memory) *planning.Outcome {
	tb.Helper()
	out, err := planning.Run(context.Background(), x, pol, planning.Options{Backend: b, Params: solver.Params{Seed: 1}, Lang: i18n.En, Memories: memories})
	if err != nil || out.Plan == nil {
		tb.Fatal(err)
	}
	return out
}

// hold has somebody who moved in the plan stay where he is.
func hold(p *posting.Plan) func(in *posting.Instance) {
	return func(in *posting.Instance) {
		for _, a := range p.Assignments {
			for c := range in.Cadres {
				if cadre := &in.Cadres[c]; a.Move == posting.MoveTransfer && cadre.ID == a.Cadre && cadre.Disposition == posting.Normal {
					cadre.Disposition = posting.Stay
					return
				}
			}
		}
	}
}

// TestMemory: planning the same again takes no solve and gives the same plan; after a change the levels are those of a run afresh.
func TestMemory(t *testing.T) {
	x, pol := county(t, 100, nil)
	first := run(t, x, pol, native.New())
	again := &counted{}
	second := run(t, x, pol, again, first.Memory())
	if again.solves != 0 || !reflect.DeepEqual(first.Plan.Assignments, second.Plan.Assignments) || !second.Plan.Certified {
		t.Errorf("%d solves; certified %t", again.solves, second.Plan.Certified)
	}
	y, pol := county(t, 100, hold(first.Plan))
	cold, warm := &counted{}, &counted{}
	want, got := run(t, y, pol, cold), run(t, y, pol, warm, first.Memory())
	for k, l := range want.Plan.Levels {
		if got.Plan.Levels[k].Value != l.Value || got.Plan.Levels[k].Bound != l.Bound {
			t.Errorf("level %s: %+v, afresh %+v", l.Name, got.Plan.Levels[k], l)
		}
	}
	if reflect.DeepEqual(first.Values, want.Values) {
		t.Error("the change changes nothing")
	}
	if warm.solves > cold.solves+1 { // afresh the opening may prove a level whose old proof draws on what has changed
		t.Errorf("%d solves, %d afresh", warm.solves, cold.solves)
	}
}

// TestMemoryKept: a memory that was written and read again says the same, and is much smaller than the model.
func TestMemoryKept(t *testing.T) {
	x, pol := county(t, 100, nil)
	first := run(t, x, pol, native.New())
	var file bytes.Buffer
	if err := gob.NewEncoder(&file).Encode(first.Memory()); err != nil {
		t.Fatal(err)
	}
	if size := file.Len(); size > 1<<20 {
		t.Errorf("%d bytes", size)
	}
	read := &planning.Memory{}
	if err := gob.NewDecoder(&file).Decode(read); err != nil {
		t.Fatal(err)
	}
	again := &counted{}
	if got := run(t, x, pol, again, read); again.solves != 0 || !reflect.DeepEqual(first.Plan.Assignments, got.Plan.Assignments) {
		t.Errorf("%d solves", again.solves)
	}
}

// TestMemories: the best of the plans that still hold is taken up, whatever the order; one that does not hold harms nothing.
func TestMemories(t *testing.T) {
	x, pol := county(t, 100, nil)
	best := run(t, x, pol, native.New())
	y, held := county(t, 100, hold(best.Plan))
	other := run(t, y, held, native.New())
	if reflect.DeepEqual(best.Values, other.Values) {
		t.Fatal("the change changes nothing")
	}
	for _, memories := range [][]*planning.Memory{{best.Memory(), other.Memory()}, {other.Memory(), best.Memory()}} {
		again := &counted{}
		if got := run(t, x, pol, again, memories...); again.solves != 0 || !reflect.DeepEqual(best.Plan.Assignments, got.Plan.Assignments) {
			t.Errorf("%d solves", again.solves)
		}
	}
}

// BenchmarkMemory plans a county again, of which one person now stays: from the plan before, and afresh.
func BenchmarkMemory(b *testing.B) {
	x, pol := county(b, 220, nil)
	first := run(b, x, pol, native.New())
	for name, last := range map[string][]*planning.Memory{"afresh": nil, "again": {first.Memory()}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				y, pol := county(b, 220, hold(first.Plan))
				b.StartTimer()
				run(b, y, pol, native.New(), last...)
			}
		})
	}
}

// varying is native as a backend whose answers depend on the number of threads.
type varying struct {
	native.Native
	threads []int
}

func (v *varying) Support() solver.Support {
	s := v.Native.Support()
	s.Threads, s.Varies = true, true
	return s
}

func (v *varying) Solve(ctx context.Context, m *mip.Model, p solver.Params) (solver.Result, error) {
	v.threads = append(v.threads, p.Threads)
	return v.Native.Solve(ctx, m, p)
}

// TestSamePlanForAnyThreads: a backend that answers otherwise with several threads is asked with one.
func TestSamePlanForAnyThreads(t *testing.T) {
	x, pol := county(t, 100, nil)
	v := &varying{}
	if _, err := planning.Run(t.Context(), x, pol, planning.Options{Backend: v, Params: solver.Params{Threads: 2}, Lang: i18n.En}); err != nil {
		t.Fatal(err)
	}
	if len(v.threads) == 0 || slices.Max(v.threads) != 1 {
		t.Errorf("asked with %v threads", v.threads)
	}
}
