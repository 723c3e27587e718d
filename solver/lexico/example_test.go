//go:build cgo

package lexico_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/glpk"
	"cadre/solver/lexico"
	"cadre/solver/worker"
)

func TestMain(m *testing.M) {
	worker.Intercept(map[string]worker.Engine{glpk.Name: glpk.Engine})
	os.Exit(m.Run())
}

// Two people and one seat: first as few as can be stay without a seat, then the cheaper one sits.
func ExampleSolve() {
	m := &mip.Model{}
	for _, name := range []string{"甲.sits", "乙.sits", "甲.waits", "乙.waits"} {
		m.AddColumn(mip.Column{Name: name, Upper: 1, Integer: true})
	}
	one := func(a, b mip.Col) []mip.Term { return []mip.Term{{Col: a, Coef: 1}, {Col: b, Coef: 1}} }
	m.AddRow(mip.Constraint{Name: "甲", Lower: 1, Upper: 1, Terms: one(0, 2)})
	m.AddRow(mip.Constraint{Name: "乙", Lower: 1, Upper: 1, Terms: one(1, 3)})
	m.AddRow(mip.Constraint{Name: "seat", Upper: 1, Terms: one(0, 1)})
	m.AddLevel(mip.Level{Name: "waiting", Scale: 1, Terms: one(2, 3)})
	m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: []mip.Term{{Col: 0, Coef: 7}, {Col: 1, Coef: 5}}})

	r, err := lexico.Solve(context.Background(), m, glpk.Solver{}, solver.Params{})
	if err != nil {
		fmt.Println(err)
	}
	for _, l := range r.Levels {
		fmt.Printf("%s %g, bound %g, %s\n", l.Name, l.Value, l.Bound, l.Status)
	}
	// Output:
	// waiting 1, bound 1, optimal
	// cost 5, bound 5, optimal
}
