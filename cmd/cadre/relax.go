package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/lexico"
)

// gives is one row that would have to give for an infeasible model to have a solution.
type gives struct {
	Row   string  `json:"row"`
	Below float64 `json:"below"` // its activity lies so far below its lower side
	Above float64 `json:"above"` // or above its upper side
}

// relaxed finds, for an infeasible model, how little rows would have to give in all: the sum of what they lack or exceed is
// least, proven where least is true. Nil where bounds and integrality alone exclude any solution, or time ran out.
func (o solveOptions) relaxed(cmd *cobra.Command, m *mip.Model, backend solver.Solver, left time.Duration) (all []gives, least bool, err error) {
	e := solver.NewElastic(m, func(mip.Row) float64 { return 1 })
	r, err := lexico.Solve(cmd.Context(), e.Model, backend, solver.Params{Time: left, Gap: o.gap, Threads: o.threads, Seed: o.seed})
	if err != nil || r.Values == nil {
		return nil, false, err
	}
	for _, g := range e.Gives(r.Values) {
		all = append(all, gives{m.Rows[g.Row].Name, g.Below, g.Above})
	}
	return all, r.Status == solver.Optimal, nil
}

func printGives(w io.Writer, all []gives, least bool, lang i18n.Lang) {
	head := i18n.F("须放宽 %d 条约束：", "%d rows would have to give:", len(all))
	if least {
		head = i18n.F("至少须放宽 %d 条约束（总量最小）：", "%d rows would have to give, and no less in all:", len(all))
	}
	fmt.Fprintln(w, head.In(lang))
	for _, g := range all {
		if g.Below > 0 {
			fmt.Fprintln(w, " ", i18n.F("%s：低于下限 %s", "%s: %s below its lower side", g.Row, plain(g.Below)).In(lang))
		} else {
			fmt.Fprintln(w, " ", i18n.F("%s：高于上限 %s", "%s: %s above its upper side", g.Row, plain(g.Above)).In(lang))
		}
	}
}
