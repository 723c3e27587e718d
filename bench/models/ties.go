package main

import (
	"fmt"

	"cadre/mip"
)

// kinApart: two of kin never serve in one unit, one row per pair and unit that both can reach.
func (e *encoder) kinApart() {
	for n, kin := range e.kin {
		first, second := e.byUnit(kin[0]), e.byUnit(kin[1])
		for u := range e.unitIn {
			if len(first[u]) > 0 && len(second[u]) > 0 {
				e.row(fmt.Sprintf("kin.%d.%d", n, u), -mip.Inf, 1, append(first[u], second[u]...))
			}
		}
	}
}

// byUnit are the columns of cadre i by unit.
func (e *encoder) byUnit(i int) [][]mip.Term {
	out := make([][]mip.Term, len(e.unitIn))
	for k, ch := range e.choices[i] {
		u := e.posts[ch.post].unit
		out[u] = append(out[u], mip.Term{Col: e.x[i][k], Coef: 1})
	}
	return out
}

// couple prices spouses who serve in regions that are not near, in hull form: a flow for each near pair of regions, at
// most what either spouse serves there; the column apart takes what is left. A spouse without a post counts as near
// to all, by a flow of its own.
func (e *encoder) couple(n int, who [2]int) {
	apart := e.column(fmt.Sprintf("apart.%d", n), apartPrice, false)
	block := mip.Block{Name: fmt.Sprintf("couple.%d", n), Columns: []mip.Col{apart}}
	first, second := e.byRegion(who[0]), e.byRegion(who[1])
	left, right := make([][]mip.Term, len(first)), make([][]mip.Term, len(second))
	all := []mip.Term{{Col: apart, Coef: 1}}
	nowhere := len(e.regions)
	for a := range first {
		for b := range second {
			near := a == nowhere || b == nowhere || e.distance(a, b) < nearPoints
			if !near || len(first[a]) == 0 || len(second[b]) == 0 {
				continue
			}
			flow := mip.Term{Col: e.column(fmt.Sprintf("near.%d.%d.%d", n, a, b), 0, false), Coef: 1}
			left[a], right[b], all = append(left[a], flow), append(right[b], flow), append(all, flow)
			block.Columns = append(block.Columns, flow.Col)
		}
	}
	e.row(fmt.Sprintf("couple.%d", n), 1, mip.Inf, all)
	for side, states := range [][][]mip.Term{first, second} {
		flows := [][][]mip.Term{left, right}[side]
		for g, terms := range states {
			if len(flows[g]) > 0 {
				e.row(fmt.Sprintf("flow.%d.%d.%d", n, side, g), -mip.Inf, 0, append(negated(terms), flows[g]...))
			}
		}
	}
	e.m.Blocks = append(e.m.Blocks, block)
}

// byRegion are the columns of cadre i by region; last, the column of having no post.
func (e *encoder) byRegion(i int) [][]mip.Term {
	out := make([][]mip.Term, len(e.regions)+1)
	for k, ch := range e.choices[i] {
		g := e.regionOf(ch.post)
		out[g] = append(out[g], mip.Term{Col: e.x[i][k], Coef: 1})
	}
	out[len(e.regions)] = []mip.Term{{Col: e.none[i], Coef: 1}}
	return out
}

func negated(terms []mip.Term) []mip.Term {
	out := make([]mip.Term, len(terms))
	for k, t := range terms {
		out[k] = mip.Term{Col: t.Col, Coef: -t.Coef}
	}
	return out
}
