package native

import (
	"cmp"
	"math"
	"slices"
)

// enumeration lets some choices choose anew, depth first. What is to be chosen yet costs at least what the choices are worth, and
// for each limit the least, over the choices that fit into it, of their cost less their worth: a knapsack problem, in a table by
// depth and room (the Lagrangian bound of the generalised assignment problem with the rows of choice relaxed; Fisher, Jaikumar
// and Van Wassenhove, Management Science 32, 1986). The worths are multipliers, and any make a bound.
type enumeration struct {
	c     *choices
	free  []int32         // by depth: the choice
	alts  [][]alternative // by depth
	rooms []room
	left  []int     // by room: units that are left now
	worth []float64 // by depth
	rest  []float64 // by depth: what the choices from there on are worth
	at    []int32   // by depth: the option
	best  []int32   // options of the best point found, nil none
	below float64   // their cost, which others must be below by a step
	step  float64
	nodes int
	work  int64

	differ bool // the point that is there already is none
}

// room is a limit as an enumeration sees it: its weights rounded down to units, so that whatever fits, fits here.
type room struct {
	limit int32
	least [][]float64 // by depth, by units that are left
}

// alternative is an option within an enumeration; the first of its limits counts as its room.
type alternative struct {
	option int32
	room   int
	units  int
	cost   float64
}

const (
	enumerateAscend = 3       // steps of the ascent of the worths
	ascendSlower    = 0.7     // factor of the steps after one that brought nothing
	cellsMost       = 4 << 20 // of all tables
	cellsWork       = 100_000 // cells that are as long as a pivot, about
	nodesWork       = 2_000   // nodes that are
)

// letGo lays out an enumeration: as many of the users of some limits as the size says.
func (c *choices) letGo(step float64) *enumeration {
	e := &enumeration{c: c, step: step}
	gone, seen := make([]bool, len(c.worth)), make([]bool, len(c.most))
	units := 0
	for picked := 0; len(e.free) < int(c.size) && picked < len(c.most) && units*len(e.free) < cellsMost; {
		i := int32(c.rand.IntN(len(c.most)))
		if seen[i] {
			continue
		}
		seen[i] = true
		picked++
		units += c.units(i)
		e.rooms = append(e.rooms, room{limit: i})
		for _, at := range c.rand.Perm(len(c.users[i])) {
			k := c.of[c.option[c.users[i][at]]]
			if len(e.free) < int(c.size) && !gone[k] {
				gone[k] = true
				e.free = append(e.free, k)
			}
		}
	}
	return e
}

// all lets everything go.
func (c *choices) all(step float64) *enumeration {
	e := &enumeration{c: c, step: step}
	for k := range c.worth {
		e.free = append(e.free, int32(k))
	}
	for i := range c.most {
		e.rooms = append(e.rooms, room{limit: int32(i)})
	}
	return e
}

// open empties the limits of what is let go, and lays out tables and alternatives. below is set to what is there.
func (e *enumeration) open() {
	for _, k := range e.free {
		e.below += e.c.cost[e.c.at[k]]
		e.c.load(e.c.at[k], -1)
	}
	e.tables()
	e.order()
	n := len(e.free)
	e.worth, e.rest, e.at = make([]float64, n), make([]float64, n+1), make([]int32, n)
	for d, k := range e.free {
		e.worth[d] = e.c.worth[k]
	}
}

// close leaves the best point found, or the one that was there.
func (e *enumeration) close() {
	for _, o := range e.best {
		e.c.choose(o)
	}
	for _, k := range e.free {
		e.c.load(e.c.at[k], 1)
	}
}

// tables takes the memory of the tables.
func (e *enumeration) tables() {
	c, n, size := e.c, len(e.free)+1, 0
	for _, r := range e.rooms {
		e.left = append(e.left, int((c.most[r.limit]-c.act[r.limit])/c.unit[r.limit]+exactTol))
		size += n * (e.left[len(e.left)-1] + 1)
	}
	if cap(c.cells) < size {
		c.cells = make([]float64, size)
	}
	cells := c.cells[:size]
	for r := range e.rooms {
		e.rooms[r].least = make([][]float64, n)
		for d := range n {
			e.rooms[r].least[d], cells = cells[:e.left[r]+1], cells[e.left[r]+1:]
		}
		clear(e.rooms[r].least[n-1])
	}
}

// order lists the alternatives, the best by price first, and begins with the choices whose second one is dearest.
func (e *enumeration) order() {
	c := e.c
	place := slices.Repeat([]int32{-1}, len(c.most))
	for r := range e.rooms {
		place[e.rooms[r].limit] = int32(r)
	}
	alts, regret := make(map[int32][]alternative, len(e.free)), make(map[int32]float64, len(e.free))
	for _, k := range e.free {
		var list []alternative
		for o := c.first[k]; o < c.first[k+1]; o++ {
			i := c.limit[c.entry[o]]
			if r := place[i]; r >= 0 && c.fits(o) {
				list = append(list, alternative{o, int(r), int(c.weight[c.entry[o]] / c.unit[i]), c.cost[o]})
			}
		}
		slices.SortStableFunc(list, func(a, b alternative) int { return cmp.Compare(c.price[a.option], c.price[b.option]) })
		if alts[k], regret[k] = list, math.Inf(1); len(list) > 1 {
			regret[k] = c.price[list[1].option] - c.price[list[0].option]
		}
	}
	slices.SortStableFunc(e.free, func(a, b int32) int { return cmp.Compare(regret[b], regret[a]) })
	for _, k := range e.free {
		e.alts = append(e.alts, alts[k])
	}
}

// run searches so many nodes at the most, and says whether that came to its end.
func (e *enumeration) run(nodes int) bool {
	bound := e.ascend(enumerateAscend)
	if bound > e.below-e.step {
		return true
	}
	e.nodes = nodes
	e.search(0, 0)
	e.work += int64(nodes-e.nodes) * (cellsWork / nodesWork)
	return e.nodes >= 0
}

// ascend raises the bound by better worths, leaves the tables of the best ones, and returns it.
func (e *enumeration) ascend(steps int) float64 {
	best, length := e.fill(), 1.0
	kept, bound := slices.Clone(e.worth), best
	takes := make([]int, len(e.free))
	for ; steps > 0 && best <= e.below-e.step; steps-- {
		norm := e.takes(takes)
		if norm == 0 {
			break
		}
		for d, k := range takes {
			e.worth[d] += length * (e.below - bound) / norm * float64(1-k)
		}
		if bound = e.fill(); bound > best {
			best = bound
			copy(kept, e.worth)
		} else {
			length *= ascendSlower
		}
	}
	if bound < best {
		copy(e.worth, kept)
		e.fill()
	}
	return best
}

// fill fills the tables and returns the bound.
func (e *enumeration) fill() float64 {
	for d := len(e.free) - 1; d >= 0; d-- {
		e.rest[d] = e.rest[d+1] + e.worth[d]
		for r := range e.rooms {
			copy(e.rooms[r].least[d], e.rooms[r].least[d+1])
			e.work += int64(len(e.rooms[r].least[d]))
		}
		for _, a := range e.alts[d] {
			here, next := e.rooms[a.room].least[d][a.units:], e.rooms[a.room].least[d+1]
			more := a.cost - e.worth[d]
			for u, v := range next[:len(here)] {
				here[u] = min(here[u], v+more)
			}
			e.work += int64(len(here))
		}
	}
	return e.bound(0, 0)
}

// bound is the least that points cost whose choices up to a depth cost so much.
func (e *enumeration) bound(d int, cost float64) float64 {
	sum := cost + e.rest[d]
	for r := range e.rooms {
		sum += e.rooms[r].least[d][e.left[r]]
	}
	return sum
}

// takes counts in how many rooms the knapsacks of the bound have a choice; it returns the sum of the squares of what is amiss.
func (e *enumeration) takes(count []int) float64 {
	clear(count)
	for r, room := range e.rooms {
		left := e.left[r]
		for d := range e.free {
			if a := e.taken(room, r, d, left); a != nil {
				left -= a.units
				count[d]++
			}
		}
	}
	sum := 0.0
	for _, k := range count {
		sum += float64((1 - k) * (1 - k))
	}
	return sum
}

// taken is the alternative of a depth that the knapsack of a room takes with so many units left, nil none.
func (e *enumeration) taken(room room, r, d, left int) *alternative {
	least := room.least[d][left]
	if least == room.least[d+1][left] {
		return nil
	}
	for k := range e.alts[d] {
		if a := &e.alts[d][k]; a.room == r && a.units <= left && room.least[d+1][left-a.units]+(a.cost-e.worth[d]) == least {
			return a
		}
	}
	return nil
}

// search goes on from a depth.
func (e *enumeration) search(d int, cost float64) {
	if d == len(e.free) {
		if !e.differ || e.differs() {
			e.best, e.below = append(e.best[:0], e.at...), cost
		}
		return
	}
	bound := e.bound(d+1, cost)
	for _, a := range e.alts[d] {
		left := e.left[a.room] - a.units
		if left < 0 {
			continue
		}
		least := e.rooms[a.room].least[d+1]
		if bound+a.cost+least[left]-least[left+a.units] > e.below-e.step {
			continue
		}
		if e.nodes--; e.nodes < 0 {
			return
		}
		if !e.c.fits(a.option) {
			continue
		}
		e.c.load(a.option, 1)
		e.left[a.room], e.at[d] = left, a.option
		e.search(d+1, cost+a.cost)
		e.left[a.room] += a.units
		e.c.load(a.option, -1)
	}
}

// differs says whether the point found is not the one that is there.
func (e *enumeration) differs() bool {
	for d, o := range e.at {
		if e.c.at[e.free[d]] != o {
			return true
		}
	}
	return false
}
