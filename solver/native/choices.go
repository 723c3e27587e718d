package native

import (
	"math"
	"math/rand/v2"
	"slices"
)

// choices is a problem that is nothing but choices under limits, and a point of it: every column is binary and stands in one row
// of choice, from which one column, or one at most, is taken; all other rows are limits on sums of weights, such as the room
// of an agent in a generalised assignment. Around such a point neighbourhoods are searched by enumeration (enumerate.go).
type choices struct {
	first   []int32   // by choice: its first option; one more at the end
	of      []int32   // by option: its choice
	col     []int32   // by option: its column, -1 where nothing is chosen
	cost    []float64 // by option
	price   []float64 // by option: its cost and that of its weights in the relaxation
	entry   []int32   // by option: its first entry; one more at the end
	limit   []int32   // by entry
	weight  []float64 // by entry
	option  []int32   // by entry
	most    []float64 // by limit
	unit    []float64 // by limit: see room
	nowhere int32     // the limit of options that have none, without weights; -1 where there are no such options
	regret  float64   // what the second likeliest option of a choice costs more than the likeliest, on average

	at    []int32   // by choice: its option
	act   []float64 // by limit: the sum of weights
	users [][]int32 // by limit: the entries of the options chosen
	place []int32   // by entry: where it stands among the users of its limit
	value float64   // the cost of the options chosen

	worth []float64 // by choice: see enumeration
	best  []int32   // the options of the best point
	least float64   // and their cost
	size  float64   // choices to let go
	fails int       // enumerations in a row without a better point
	kicks int       // enumerations that may still choose what is worse
	worse float64   // regrets by which, on average
	rand  *rand.Rand
	cells []float64 // memory of tables

	spent    int64   // work
	free     float64 // work before any share
	tired    int     // enumerations in a row without a better incumbent
	learned  bool    // the worths are good ones
	whole    bool    // all choices at once are still to be tried
	complete bool    // there is no better point
}

// layChoices reads the problem as choices, nil where it is something else. The rows of choice are n's.
func (s *search) layChoices(n *neighbours) *choices {
	if slices.Contains(n.of, -1) {
		return nil
	}
	c := &choices{size: lookSize, worse: stirWorse, rand: n.rand, nowhere: -1}
	number := slices.Repeat([]int32{-1}, s.p.m)
	for _, i := range n.links {
		if int(i) >= s.rows {
			continue // a cut tells points nothing new
		}
		_, val := s.p.rows.vec(int(i))
		if len(val) == 0 || slices.Min(val) < 0 || s.p.rowLo[i] > 0 || math.IsInf(s.p.rowUp[i], 1) {
			return nil
		}
		number[i] = int32(len(c.most))
		c.most, c.unit = append(c.most, s.p.rowUp[i]), append(c.unit, unitOf(val, s.p.rowUp[i]))
	}
	y := s.lp.multipliers(nil)
	for k, i := range n.rows {
		c.first = append(c.first, int32(len(c.of)))
		idx, _ := s.p.rows.vec(int(i))
		for _, j := range idx {
			c.add(s.p, int32(k), j, number, y)
		}
		if s.p.rowLo[i] < 1 {
			c.add(s.p, int32(k), -1, number, y)
		}
	}
	c.first, c.entry = append(c.first, int32(len(c.of))), append(c.entry, int32(len(c.weight)))
	c.place = make([]int32, len(c.weight))
	c.rate()
	c.free = math.Min(choiceWork*float64(len(c.worth)), choiceFirst)
	return c
}

// unitOf is one for whole weights, if a limit has not too many units, and so large that it has few enough for others.
func unitOf(weights []float64, most float64) float64 {
	broken := func(w float64) bool { return w != math.Trunc(w) }
	if most <= unitsMost && !slices.ContainsFunc(weights, broken) {
		return 1
	}
	return math.Max(most, 1) / unitsMost
}

// unitsMost is the number of units of a limit.
const unitsMost = 2000

// add is one more option of choice k.
func (c *choices) add(p *problem, k, j int32, number []int32, y []float64) {
	o := int32(len(c.of))
	c.of, c.col, c.entry = append(c.of, k), append(c.col, j), append(c.entry, int32(len(c.weight)))
	if j < 0 {
		c.cost, c.price = append(c.cost, 0), append(c.price, 0)
		c.freely(o)
		return
	}
	price := p.cost[j]
	rows, val := p.cols.vec(int(j))
	for e, i := range rows {
		if number[i] >= 0 {
			c.limit, c.weight, c.option = append(c.limit, number[i]), append(c.weight, val[e]), append(c.option, o)
			price -= y[i] * val[e]
		}
	}
	if int(c.entry[o]) == len(c.weight) {
		c.freely(o)
	}
	c.cost, c.price = append(c.cost, p.cost[j]), append(c.price, price)
}

// freely puts an option that needs no room into a limit of its kind.
func (c *choices) freely(o int32) {
	if c.nowhere < 0 {
		c.nowhere = int32(len(c.most))
		c.most, c.unit = append(c.most, 0), append(c.unit, 1)
	}
	c.limit, c.weight, c.option = append(c.limit, c.nowhere), append(c.weight, 0), append(c.option, o)
}

// rate gives each choice the price of its likeliest option as its worth, and finds out what others cost more.
func (c *choices) rate() {
	c.worth = make([]float64, len(c.first)-1)
	for k := range c.worth {
		prices := slices.Sorted(slices.Values(c.price[c.first[k]:c.first[k+1]]))
		c.worth[k] = prices[0]
		c.regret += (prices[min(1, len(prices)-1)] - prices[0]) / float64(len(c.worth))
	}
}

// learn raises the worths for all choices together, and returns the work that it took.
func (c *choices) learn(step float64) int64 {
	c.learned = true
	if !c.handy() {
		return 0
	}
	e := c.all(step)
	e.open()
	e.ascend(learnSteps)
	for d, k := range e.free {
		c.worth[k] = e.worth[d]
	}
	e.close()
	return e.work / cellsWork
}

// handy says whether tables for all choices together are of a handy size.
func (c *choices) handy() bool {
	units := 0
	for i := range c.most {
		units += c.units(int32(i))
	}
	return units*len(c.worth) <= cellsMost
}

// units is the size of a limit in tables.
func (c *choices) units(i int32) int { return int(c.most[i]/c.unit[i]+exactTol) + 1 }

// set begins anew at a point.
func (c *choices) set(x []float64) {
	c.best, c.least = slices.Repeat([]int32{-1}, len(c.worth)), 0
	for o, j := range c.col {
		if k := c.of[o]; j >= 0 && x[j] > 0.5 || j < 0 && c.best[k] < 0 {
			c.best[k] = int32(o)
		}
	}
	for _, o := range c.best {
		c.least += c.cost[o]
	}
	c.whole = true
	c.back()
}

// back goes back to the best point.
func (c *choices) back() {
	c.at, c.value = slices.Clone(c.best), c.least
	c.act, c.users = make([]float64, len(c.most)), make([][]int32, len(c.most))
	for _, o := range c.at {
		c.load(o, 1)
		c.join(o)
	}
}

// load adds the weights of an option, times a sign.
func (c *choices) load(o int32, sign float64) {
	for e := c.entry[o]; e < c.entry[o+1]; e++ {
		c.act[c.limit[e]] += sign * c.weight[e]
	}
}

// fits says whether the limits have room for an option.
func (c *choices) fits(o int32) bool {
	for e := c.entry[o]; e < c.entry[o+1]; e++ {
		i := c.limit[e]
		if c.act[i]+c.weight[e] > c.most[i]+exactTol*math.Max(1, c.most[i]) {
			return false
		}
	}
	return true
}

// join makes an option one of the users of its limits.
func (c *choices) join(o int32) {
	for e := c.entry[o]; e < c.entry[o+1]; e++ {
		i := c.limit[e]
		c.place[e] = int32(len(c.users[i]))
		c.users[i] = append(c.users[i], e)
	}
}

// leave is the opposite of join.
func (c *choices) leave(o int32) {
	for e := c.entry[o]; e < c.entry[o+1]; e++ {
		u := c.users[c.limit[e]]
		last := u[len(u)-1]
		u[c.place[e]], c.place[last] = last, c.place[e]
		c.users[c.limit[e]] = u[:len(u)-1]
	}
}

// choose makes an option the chosen one of its choice; the sums of weights are the caller's.
func (c *choices) choose(o int32) {
	k := c.of[o]
	c.leave(c.at[k])
	c.join(o)
	c.value += c.cost[o] - c.cost[c.at[k]]
	c.at[k] = o
}

// point is the best point as one of the problem.
func (c *choices) point(x []float64) []float64 {
	clear(x)
	for _, o := range c.best {
		if j := c.col[o]; j >= 0 {
			x[j] = 1
		}
	}
	return x
}
