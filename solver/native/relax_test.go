package native

import (
	"context"
	"math"
	"testing"

	"cadre/mip"
	"cadre/solver"
)

// covering is min 3x + 5y + 4z with every two of them at least 1, in [0, 1]: the relaxation is 6 at one half each, with
// multipliers 2, 3, 1, the only ones.
func covering() *mip.Model {
	m := &mip.Model{}
	level := mip.Level{Scale: 1}
	for j, c := range []float64{3, 5, 4} {
		m.AddColumn(mip.Column{Upper: 1, Integer: true})
		level.Terms = append(level.Terms, mip.Term{Col: mip.Col(j), Coef: c})
	}
	for _, pair := range [][2]mip.Col{{0, 1}, {1, 2}, {0, 2}} {
		m.AddRow(mip.Constraint{Lower: 1, Upper: mip.Inf, Terms: []mip.Term{{Col: pair[0], Coef: 1}, {Col: pair[1], Coef: 1}}})
	}
	m.AddLevel(level)
	return m
}

func TestRelaxMultipliers(t *testing.T) {
	got := Native{}.Relax(covering()).Solve(context.Background(), []float64{0, 0, 0}, []float64{1, 1, 1}, solver.Params{})
	if got.Status != solver.Optimal || math.Abs(got.Objective-6) > 1e-9 {
		t.Fatalf("%s, objective %g, want 6", got.Status, got.Objective)
	}
	for i, want := range []float64{2, 3, 1} {
		if math.Abs(got.Duals[i]-want) > 1e-9 || math.Abs(got.Values[i]-0.5) > 1e-9 {
			t.Errorf("row %d has multiplier %g, want %g; column %g, want 0.5", i, got.Duals[i], want, got.Values[i])
		}
	}
}

// TestRelaxAgain: bounds change from call to call, and infeasible ones give a ray over the model's own rows.
func TestRelaxAgain(t *testing.T) {
	r := Native{}.Relax(covering())
	ctx, none := context.Background(), solver.Params{}
	for range 2 {
		low := r.Solve(ctx, []float64{0, 0, 0}, []float64{1, 1, 0}, none)
		if low.Status != solver.Optimal || math.Abs(low.Objective-8) > 1e-9 {
			t.Fatalf("without z: %s, objective %g, want 8", low.Status, low.Objective)
		}
		broken := r.Solve(ctx, []float64{0, 0, 0}, []float64{1, 0, 0}, none)
		if broken.Status != solver.Infeasible {
			t.Fatalf("without y and z: %s", broken.Status)
		}
		if y := broken.Ray; len(y) != 3 || y[1] <= 0 {
			t.Errorf("ray %v does not weigh the row of y and z", y)
		}
	}
}

func TestRelaxEndings(t *testing.T) {
	m := covering()
	m.Columns[0].Lower = math.Inf(-1)
	m.Rows = m.Rows[1:2]
	got := Native{}.Relax(m).Solve(context.Background(), []float64{math.Inf(-1), 0, 0}, []float64{1, 1, 1}, solver.Params{})
	if got.Status != solver.Unbounded {
		t.Errorf("no lower bound on a column of positive cost: %s", got.Status)
	}
}
