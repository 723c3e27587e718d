package native

import (
	"context"
	"slices"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native/assign"
)

// A column for the largest burden of a group, with a row per member, is a ladder in disguise: its relaxation sees little, since each member
// spreads over many columns. Restated with a step for each height (see solver.Ladder) it is what links are for.

// mostRungs is how many terms ladders may add: more take longer to weigh than they are worth.
const mostRungs = 8 << 20

// ladders finds the columns of a model that are the largest of many burdens, and the rows that their ladders make needless. Ladders that
// share a row of the assignment are nested: heights do not know them, and all depends on the relaxation.
func ladders(m *mip.Model, p *problem, least int) (list []solver.Ladder, needless []int) {
	var all []*solver.Needs
	for z := range p.n {
		if p.cost[z] <= 0 || p.cols.start[z+1]-p.cols.start[z] < least || p.integer[z] && p.upper[z]-p.lower[z] < 2 {
			continue
		}
		if len(list) == maxCaps {
			return nil, nil
		}
		rows, _ := p.cols.vec(z)
		n := solver.NeedsIn(m, z, ints(rows))
		if l, ok := p.ladder(n, z); ok && len(n.Rows) >= least {
			list, needless, all = append(list, l), append(needless, n.Rows...), append(all, n)
		}
	}
	nested, size := p.shared(all), 0
	for k := range list {
		list[k].Nested = nested
		size += all[k].Size(nested)
	}
	if size > mostRungs {
		return nil, nil
	}
	return list, needless
}

func ints(list []int32) []int {
	out := make([]int, len(list))
	for e, v := range list {
		out[e] = int(v)
	}
	return out
}

// shared says whether columns that need something of different columns stand in one row of the assignment.
func (p *problem) shared(all []*solver.Needs) bool {
	if len(all) < 2 {
		return false
	}
	t := assign.Detect(p.view())
	left, right := make([]int, len(t.Left)), make([]int, len(t.Right))
	taken := func(owner []int, at int32, by int) bool {
		if at < 0 || owner[at] == by {
			return false
		}
		before := owner[at]
		owner[at] = by
		return before > 0
	}
	for k, n := range all {
		for _, j := range n.Columns {
			if taken(left, t.LeftOf[j], k+1) || taken(right, t.RightOf[j], k+1) {
				return true
			}
		}
	}
	return false
}

// ladder has a step for each need of column z, false where columns need more together than one by one, or no partition holds them.
func (p *problem) ladder(n *solver.Needs, z int) (l solver.Ladder, ok bool) {
	if l = (solver.Ladder{Column: z, At: n.Heights()}); !n.Whole || len(l.At) == 0 {
		return l, false
	}
	for _, i := range n.Rows {
		k := p.partitionOf(i, z)
		if k < 0 {
			return l, false
		}
		l.Partitions = append(l.Partitions, k)
	}
	slices.Sort(l.Partitions)
	l.Partitions = slices.Compact(l.Partitions)
	return l, true
}

// partitionOf is a row that takes at most one of the columns of row i but z, -1 where there is none.
func (p *problem) partitionOf(i, z int) int {
	idx, _ := p.rows.vec(i)
	for _, j := range idx {
		if int(j) == z {
			continue
		}
		rows, _ := p.cols.vec(int(j))
		for _, k := range rows {
			if p.takesOne(int(k)) && p.holds(int(k), idx, z) {
				return int(k)
			}
		}
		return -1
	}
	return -1
}

// takesOne says whether a row is a sum of binary columns that is at most one.
func (p *problem) takesOne(i int) bool {
	idx, val := p.rows.vec(i)
	for e, j := range idx {
		if val[e] != 1 || !p.integer[j] || p.lower[j] < 0 {
			return false
		}
	}
	return p.rowUp[i] <= 1
}

// holds says whether row k has all columns of a list but z.
func (p *problem) holds(k int, list []int32, z int) bool {
	idx, _ := p.rows.vec(k)
	in := make(map[int32]bool, len(idx))
	for _, j := range idx {
		in[j] = true
	}
	return !slices.ContainsFunc(list, func(j int32) bool { return int(j) != z && !in[j] })
}

// restated solves the model of a run with its ladders in the place of the rows that they make needless.
func (n Native) restated(ctx context.Context, given *run, list []solver.Ladder, needless []int) (solver.Result, bool) {
	m, par := given.m, given.par
	full, ok := solver.Restate(m, list)
	if !ok {
		return solver.Result{}, false
	}
	without := *full
	without.Rows = slices.Clone(full.Rows)
	for _, i := range needless {
		without.Rows[i] = mip.Constraint{Name: full.Rows[i].Name, Lower: -mip.Inf, Upper: mip.Inf}
	}
	if par.Warm = nil; len(par.Start) == len(m.Columns) {
		par.Start = solver.Steps(m, list, par.Start)
	}
	r := n.run(ctx, &without, par)
	r.mt = given.mt
	r.ladders, r.steps = list, solver.Implications(m, list)
	res := r.answer(&without)
	if res.Values != nil {
		res.Values = res.Values[:len(m.Columns)]
	}
	if res.Proof == nil && res.Multipliers != nil {
		res.Proof = solver.NewProof(res.Multipliers)
		res.Proof.Ladders = list
	}
	if res.Multipliers = res.Multipliers[:min(len(res.Multipliers), len(m.Rows))]; res.Warm != nil {
		res.Warm = &solver.Warm{Multipliers: res.Multipliers, Proof: res.Proof}
	}
	return res, true
}
