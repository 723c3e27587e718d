package main

import (
	"fmt"

	"cadre/mip"
)

// Kinds of fairness.
const (
	convex  = "convex"  // the square of each cadre's burden, as a cost of the pair
	largest = "largest" // the largest burden within each rank as a column, with a row per cadre
	minMax  = "minmax"  // the largest burden within each rank, priced per step of a ladder of levels
)

// Scales of fairness in points.
const (
	squareScale = 100 // burden^2 / squareScale: 0 to some 77 points
	levelStep   = 5   // burden between two levels of the ladder
	levelPrice  = 1   // price of a level, per levelPriceOf cadres of the rank
	levelPer    = 4
)

// squared is the convex cost of a burden, rounded down.
func squared(burden int) int { return burden * burden / squareScale }

// caps states min-max fairness per rank: a column reach.k.l says that somebody of rank k bears l or more. One row per
// cadre and level: the choices that bear l or more are at most reach.k.l; where the next level has the same choices,
// its row says more and this one is left out. So are levels below what a rank cannot avoid.
func (e *encoder) caps() {
	for k := range ranks {
		members, floor, top := e.ladder(k)
		below := mip.Col(-1)
		for l := floor + levelStep; l <= top; l += levelStep {
			reach := e.column(fmt.Sprintf("reach.%d.%d", k, l), levelPrice*max(1, len(members)/levelPer), true)
			if below >= 0 {
				e.row(fmt.Sprintf("ladder.%d.%d", k, l), 0, mip.Inf, []mip.Term{{Col: below, Coef: 1}, {Col: reach, Coef: -1}})
			}
			below = reach
			for _, i := range members {
				if terms := e.bearing(i, l); len(terms) > len(e.bearing(i, l+levelStep)) {
					e.row(fmt.Sprintf("level.%d.%d", i, l), -mip.Inf, 0, append(terms, mip.Term{Col: reach, Coef: -1}))
				}
			}
		}
	}
}

// largest states the same per unit of burden, as one would by hand: a column most.k is no less than what anybody of rank k bears.
func (e *encoder) largest() {
	for k := range ranks {
		members, _, top := e.ladder(k)
		most := e.column(fmt.Sprintf("most.%d", k), largestPrice(len(members)), false)
		e.m.Columns[most].Upper = float64(top)
		for _, i := range members {
			var terms []mip.Term
			for c, ch := range e.choices[i] {
				if ch.burden > 0 {
					terms = append(terms, mip.Term{Col: e.x[i][c], Coef: float64(ch.burden)})
				}
			}
			e.row(fmt.Sprintf("most.%d.%d", k, i), -mip.Inf, 0, append(terms, mip.Term{Col: most, Coef: -1}))
		}
	}
}

// largestPrice is the price of a unit of burden in a rank of so many.
func largestPrice(members int) int { return max(1, levelPrice*members/levelPer/levelStep) }

// ladder gives the cadres of a rank, the least cap that the rank can have if nobody minds anything else (rounded down
// to a level), and the highest burden.
func (e *encoder) ladder(rank int) (members []int, floor, top int) {
	for i, list := range e.choices {
		if e.cadres[i].rank != rank {
			continue
		}
		members = append(members, i)
		least := list[0].burden
		for _, ch := range list {
			least, top = min(least, ch.burden), max(top, ch.burden)
		}
		floor = max(floor, least/levelStep*levelStep)
	}
	return members, floor, top
}

// bearing are the columns of cadre i whose burden is l or more.
func (e *encoder) bearing(i, l int) []mip.Term {
	var terms []mip.Term
	for k, ch := range e.choices[i] {
		if ch.burden >= l {
			terms = append(terms, mip.Term{Col: e.x[i][k], Coef: 1})
		}
	}
	return terms
}
