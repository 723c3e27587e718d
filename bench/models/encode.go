package main

import (
	"fmt"

	"cadre/mip"
)

// Prices in points and limits of the side rows. The limits bind a little: that is what makes the models hard.
const (
	emptyPrice   = 250 // a cadre without a post, and a post without a cadre, each above the own ideal
	apartPrice   = 60  // a couple in regions that are not near
	nearPoints   = 25  // regions nearer than this are near
	missingPrice = 30  // a cadre of quality missing in a region
	goodQuality  = 7
	longMoveRate = 40 // percent of long-serving cadres who must change unit
	youngRate    = 20 // percent of the young who must serve in hard regions
	hardFrom     = 2  // hardship of a hard region
	unitInflow   = 4  // newcomers per unit
	lodgeRate    = 60 // people housed per region, in percent of its posts
	budgetRate   = 7  // thousand yuan per cadre
)

// encoder collects columns and rows of one model. A column x.i.p says that cadre i serves on post p.
type encoder struct {
	*world
	m     *mip.Model
	cost  []mip.Term
	x     [][]mip.Col // by cadre and choice
	none  []mip.Col   // by cadre: no post
	empty []mip.Col   // by post: vacant
}

// encode states the model with one of the kinds of fairness. All data are integers, every column but the couples'
// flows is binary. The zero of the objective is what every cadre and every post would cost at the own ideal.
// Time and memory are linear in the pairs, with level rows in pairs x levels.
func encode(w *world, fairness string) *mip.Model {
	e := &encoder{world: w, m: &mip.Model{}}
	e.assignment(fairness)
	e.unitCaps()
	e.lodging()
	e.budget()
	e.floors()
	e.quality()
	e.kinApart()
	for n, couple := range w.couples {
		e.couple(n, couple)
	}
	switch fairness {
	case minMax:
		e.caps()
	case largest:
		e.largest()
	}
	e.m.AddLevel(mip.Level{Name: "cost", Unit: "points", Scale: 1, Terms: e.cost})
	return e.m
}

// column adds a column in [0, 1] with its price.
func (e *encoder) column(name string, price int, integer bool) mip.Col {
	j := e.m.AddColumn(mip.Column{Name: name, Upper: 1, Integer: integer})
	if price != 0 {
		e.cost = append(e.cost, mip.Term{Col: j, Coef: float64(price)})
	}
	return j
}

func (e *encoder) row(name string, lower, upper float64, terms []mip.Term) {
	e.m.AddRow(mip.Constraint{Name: name, Lower: lower, Upper: upper, Terms: terms})
}

// sum are the columns of all choices that keep gives a coefficient other than 0.
func (e *encoder) sum(keep func(i int, ch *choice) int) []mip.Term {
	return e.sums(1, func(int) int { return 0 }, keep)[0]
}

// sums are the columns of all choices, grouped by what group says, with the coefficients that keep gives.
func (e *encoder) sums(groups int, group func(p int) int, keep func(i int, ch *choice) int) [][]mip.Term {
	out := make([][]mip.Term, groups)
	for i := range e.choices {
		for k := range e.choices[i] {
			ch := &e.choices[i][k]
			if coef := keep(i, ch); coef != 0 {
				g := group(ch.post)
				out[g] = append(out[g], mip.Term{Col: e.x[i][k], Coef: float64(coef)})
			}
		}
	}
	return out
}

// assignment states one post or none for each cadre, one cadre or none for each post, and prices both sides above
// their own ideals: the regrets of cadre and post add up.
func (e *encoder) assignment(fairness string) {
	regret := e.regrets(fairness)
	byPost := make([][]mip.Term, len(e.posts))
	e.x = make([][]mip.Col, len(e.choices))
	for i, list := range e.choices {
		var terms []mip.Term
		for k, ch := range list {
			j := e.column(fmt.Sprintf("x.%d.%d", i, ch.post), regret[i][k], true)
			e.x[i] = append(e.x[i], j)
			terms = append(terms, mip.Term{Col: j, Coef: 1})
			byPost[ch.post] = append(byPost[ch.post], mip.Term{Col: j, Coef: 1})
		}
		e.none = append(e.none, e.column(fmt.Sprintf("none.%d", i), emptyPrice, true))
		e.row(fmt.Sprintf("cadre.%d", i), 1, 1, append(terms, mip.Term{Col: e.none[i], Coef: 1}))
	}
	for p, terms := range byPost {
		e.empty = append(e.empty, e.column(fmt.Sprintf("empty.%d", p), emptyPrice, true))
		e.row(fmt.Sprintf("post.%d", p), 1, 1, append(terms, mip.Term{Col: e.empty[p], Coef: 1}))
	}
}

// regrets are the prices of the choices: cost of the cadre above the cadre's cheapest choice, plus cost of the post
// above the post's cheapest.
func (e *encoder) regrets(fairness string) [][]int {
	const unset = 1 << 30
	own := func(ch *choice) int {
		if fairness == convex {
			return ch.cadreCost + squared(ch.burden)
		}
		return ch.cadreCost
	}
	best := make([]int, len(e.posts))
	for p := range best {
		best[p] = unset
	}
	for _, list := range e.choices {
		for _, ch := range list {
			best[ch.post] = min(best[ch.post], ch.postCost)
		}
	}
	out := make([][]int, len(e.choices))
	for i, list := range e.choices {
		ideal := unset
		for k := range list {
			ideal = min(ideal, own(&list[k]))
		}
		for k := range list {
			out[i] = append(out[i], own(&list[k])-ideal+list[k].postCost-best[list[k].post])
		}
	}
	return out
}

// unitCaps: a unit takes at most so many newcomers.
func (e *encoder) unitCaps() {
	in := e.sums(len(e.unitIn), e.unitOf, func(_ int, ch *choice) int { return ch.moves })
	for u, terms := range in {
		e.row(fmt.Sprintf("inflow.%d", u), -mip.Inf, unitInflow, terms)
	}
}

// lodging: a knapsack per region over the families that come from elsewhere.
func (e *encoder) lodging() {
	in := e.sums(len(e.regions), e.regionOf, func(_ int, ch *choice) int { return ch.lodge })
	for g, posts := range e.postsIn() {
		e.row(fmt.Sprintf("lodging.%d", g), -mip.Inf, float64(posts*lodgeRate/100), in[g])
	}
}

// postsIn counts the posts of each region.
func (e *encoder) postsIn() []int {
	out := make([]int, len(e.regions))
	for p := range e.posts {
		out[e.regionOf(p)]++
	}
	return out
}

// budget: one knapsack over all moves.
func (e *encoder) budget() {
	e.row("budget", -mip.Inf, float64(budgetRate*len(e.cadres)), e.sum(func(_ int, ch *choice) int { return ch.moveCost }))
}

// floors: shares that must be reached, per rank for those who served long, and for the young in hard regions.
func (e *encoder) floors() {
	for k := range ranks {
		long := 0
		for i := range e.cadres {
			if e.served(i, k) {
				long++
			}
		}
		e.row(fmt.Sprintf("rotate.%d", k), float64(long*longMoveRate/100), mip.Inf, e.sum(func(i int, ch *choice) int {
			if !e.served(i, k) {
				return 0
			}
			return ch.moves
		}))
	}
	young, hard := 0, 0
	for i := range e.cadres {
		if e.cadres[i].young {
			young++
		}
		if e.isHard(i) {
			hard++
		}
	}
	e.row("young", float64(young*hard*youngRate/100/len(e.posts)), mip.Inf, e.sum(func(i int, ch *choice) int {
		if e.cadres[i].young && e.isHard(ch.post) {
			return 1
		}
		return 0
	}))
}

func (e *encoder) served(i, rank int) bool {
	return e.cadres[i].rank == rank && e.cadres[i].tenure > longTenure
}

func (e *encoder) isHard(p int) bool { return e.regions[e.regionOf(p)].hardship >= hardFrom }

// quality: each region should have its share of good cadres; what is missing is paid for.
func (e *encoder) quality() {
	good := e.sums(len(e.regions), e.regionOf, func(i int, _ *choice) int {
		if e.cadres[i].quality >= goodQuality {
			return 1
		}
		return 0
	})
	for g, posts := range e.postsIn() {
		want := float64(posts / 3)
		missing := e.m.AddColumn(mip.Column{Name: fmt.Sprintf("missing.%d", g), Upper: want, Integer: true})
		e.cost = append(e.cost, mip.Term{Col: missing, Coef: missingPrice})
		e.row(fmt.Sprintf("quality.%d", g), want, mip.Inf, append(good[g], mip.Term{Col: missing, Coef: 1}))
	}
}
