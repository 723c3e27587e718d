//go:build cgo

package glpk

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	binding "github.com/lukpank/go-glpk/glpk"
	"pgregory.net/rapid"

	"cadre/mip"
	"cadre/solver"
)

// TestFilesMeanTheSame writes random models as MPS and LP, lets GLPK read and solve the files, and compares with our
// own answer: a reader by another hand must find the same model in them.
func TestFilesMeanTheSame(t *testing.T) {
	runtime.LockOSThread() // GLPK keeps its environment, and the memory of its objects, per thread
	defer runtime.UnlockOSThread()
	hook(0)
	dir := t.TempDir()
	formats := []struct {
		name  string
		write func(io.Writer, *mip.Model) error
		read  func(p *binding.Prob, path string) error
	}{
		{"model.mps", mip.WriteMPS, func(p *binding.Prob, path string) error { return p.ReadMPS(binding.MPS_FILE, nil, path) }},
		{"model.lp", mip.WriteLP, func(p *binding.Prob, path string) error { return p.ReadLP(nil, path) }},
	}
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		want, err := Solver{}.Solve(t.Context(), m, solver.Params{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range formats {
			path := filepath.Join(dir, f.name)
			if err := writeTo(path, func(w io.Writer) error { return f.write(w, m) }); err != nil {
				t.Fatal(err)
			}
			p := binding.New()
			if err := f.read(p, path); err != nil {
				t.Fatalf("%s: %v", f.name, err)
			}
			if got := solveRead(p); math.IsNaN(got) != math.IsNaN(want.Objective) || math.Abs(got-want.Objective) > 1e-6 {
				text, _ := os.ReadFile(path)
				t.Fatalf("%s: GLPK finds %v, we %v in\n%s", f.name, got, want.Objective, text)
			}
			p.Delete()
		}
	})
}

func writeTo(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		return err
	}
	return f.Close()
}

// solveRead returns the optimum of a model that GLPK has read, NaN where it is infeasible.
func solveRead(p *binding.Prob) float64 {
	params := binding.NewIocp()
	params.SetMsgLev(binding.MSG_OFF)
	params.SetPresolve(true)
	if err := p.Intopt(params); err != nil || p.MipStatus() != binding.OPT {
		return math.NaN()
	}
	return p.MipObjVal()
}

// randomModel draws a bounded model with rows of every sense, constants, and two levels, of which the first counts.
func randomModel(t *rapid.T) *mip.Model {
	m := &mip.Model{Name: "random"}
	for j := range rapid.IntRange(1, 4).Draw(t, "columns") {
		lower := float64(rapid.IntRange(-3, 2).Draw(t, "lower"))
		m.AddColumn(mip.Column{
			Name: fmt.Sprintf("e%d x", j), Lower: lower, Upper: lower + float64(rapid.IntRange(0, 4).Draw(t, "width")),
			Integer: rapid.Bool().Draw(t, "integer"),
		})
	}
	terms := func() []mip.Term {
		var ts []mip.Term
		for j := range m.Columns {
			ts = append(ts, mip.Term{Col: mip.Col(j), Coef: float64(rapid.IntRange(-4, 4).Draw(t, "coef"))})
		}
		return ts
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "rows") {
		side := float64(rapid.IntRange(-4, 8).Draw(t, "side"))
		r := mip.Constraint{Name: fmt.Sprintf("R%d", i), Lower: side, Upper: side + 3, Terms: terms()}
		switch rapid.IntRange(0, 3).Draw(t, "sense") {
		case 0:
			r.Lower = math.Inf(-1)
		case 1:
			r.Upper = mip.Inf
		case 2:
			r.Upper = side
		}
		m.AddRow(r)
	}
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: terms(), Constant: float64(rapid.IntRange(-2, 2).Draw(t, "constant"))})
	two := *m
	two.AddLevel(mip.Level{Name: "later", Scale: 10, Terms: terms()})
	return two.WithLevel(0)
}
