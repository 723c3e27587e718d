package native

import (
	"math"
	"slices"
)

// pricer computes the bound of worths where some options are closed: the sum of the worths and, for each limit, the least that
// open options that fit into it cost less what their choices are worth (Fisher, Jaikumar and Van Wassenhove, Management Science 32,
// 1986). A choice that asks for one and has one option left takes it: then it has no worth. All of it is
// in integers, in units of worths.
type pricer struct {
	k      *knapsacks
	open   []bool    // by option
	left   []int32   // by choice: open options
	asks   []bool    // by choice: one has to be taken
	worth  []int64   // by choice
	bound  int64     // never where what is forced does not fit
	base   int64     // the bound, without the knapsacks into which what is forced does not fit
	least  []int64   // by limit: its knapsack
	room   []int     // by limit: what is left by what is forced
	items  [][]int32 // by limit: open options below their worth that fit
	tables []table   // by limit
	takes  []int32   // by choice: how often it is taken
	taken  []bool    // by option
	free   []int32   // options in no limit
	in     [][]int32 // by limit: its options
	work   int64     // cells
}

// table is the least by items and room: forward of the first items, backward of the others.
type table struct{ forward, backward [][]int64 }

func newPricer(k *knapsacks) *pricer {
	b := &pricer{k: k, open: make([]bool, len(k.of)), taken: make([]bool, len(k.of)), asks: make([]bool, len(k.row)), left: make([]int32, len(k.row)), worth: make([]int64, len(k.row)),
		takes: make([]int32, len(k.row)), least: make([]int64, len(k.room)), room: make([]int, len(k.room)), items: make([][]int32, len(k.room)),
		in: make([][]int32, len(k.room)), tables: make([]table, len(k.room))}
	for o, i := range k.limit {
		if i < 0 {
			b.free = append(b.free, int32(o))
		} else {
			b.in[i] = append(b.in[i], int32(o))
		}
	}
	return b
}

// forced says whether a choice has to take its only open option.
func (b *pricer) forced(c int32) bool { return b.left[c] == 1 && b.asks[c] }

// never is the bound where nothing is left.
const never = math.MaxInt64 / 4

// price computes the bound of the present worths.
func (b *pricer) price() int64 {
	k := b.k
	clear(b.takes)
	clear(b.taken)
	copy(b.room, k.room)
	b.base = 0
	for c := range k.row {
		switch {
		case b.left[c] == 0 && k.atMost[c]: // it takes nothing
			b.worth[c] = 0
			continue
		case !b.forced(int32(c)):
			b.base += b.worth[c]
			continue
		}
		o := b.sole(int32(c))
		b.take(o)
		b.base += k.cost[o]
		if i := k.limit[o]; i >= 0 {
			b.room[i] -= k.weight[o]
		}
	}
	for _, o := range b.free {
		if d := b.less(o); d < 0 && b.open[o] && !b.forced(k.of[o]) {
			b.take(o)
			b.base += d
		}
	}
	fits := true
	for i, room := range b.room {
		if room < 0 {
			fits = false
			continue
		}
		b.pack(i)
		b.base += b.least[i]
	}
	if b.bound = b.base; !fits {
		b.bound = never
	}
	return b.bound
}

// sole is the open option of a choice that has but one.
func (b *pricer) sole(c int32) int32 {
	return b.k.first[c] + int32(slices.Index(b.open[b.k.first[c]:b.k.first[c+1]], true))
}

// enter opens all options but those that are closed, and begins with worths.
func (b *pricer) enter(closed marks, worth []int32) {
	clear(b.left)
	for o := range b.open {
		if b.open[o] = !closed.has(o); b.open[o] {
			b.left[b.k.of[o]]++
		}
	}
	for c, v := range worth {
		b.worth[c], b.asks[c] = int64(v), !b.k.atMost[c] || closed.has(len(b.open)+c)
	}
}

// close closes an open option, only all others of its choice.
func (b *pricer) close(o int32) {
	b.open[o] = false
	b.left[b.k.of[o]]--
}

func (b *pricer) only(o int32) {
	c := b.k.of[o]
	for a := b.k.first[c]; a < b.k.first[c+1]; a++ {
		if a != o && b.open[a] {
			b.close(a)
		}
	}
}

// settled says whether a choice has nothing to choose from, undecided how many options those have that do.
func (b *pricer) settled(c int32) bool { return b.left[c] == 0 || b.forced(c) }

func (b *pricer) undecided() int {
	n := 0
	for c, left := range b.left {
		if !b.settled(int32(c)) {
			n += int(left)
		}
	}
	return n
}

// amiss is the sum of the squares of what choices are taken too much or too little.
func (b *pricer) amiss() int64 {
	sum := int64(0)
	for c := range b.worth {
		g := b.miss(c)
		sum += g * g
	}
	return sum
}

// miss is by how often a choice should be taken more; 0 where its worth cannot help that.
func (b *pricer) miss(c int) int64 {
	g := int64(1 - b.takes[c])
	if b.settled(int32(c)) || g > 0 && b.k.atMost[c] && b.worth[c] == 0 {
		return 0
	}
	return g
}

// step changes the worths by a length times what is amiss. Those of choices that allow nothing are not above zero.
func (b *pricer) step(length float64) {
	for c := range b.worth {
		if g := b.miss(c); g != 0 {
			b.worth[c] = b.k.worthy(c, b.worth[c]+int64(math.Round(length*float64(g))))
		}
	}
}

// worthy is a worth within what a choice can have.
func (k *knapsacks) worthy(c int, v int64) int64 {
	if k.atMost[c] {
		v = min(v, 0)
	}
	return max(-worthMost, min(worthMost, v))
}

// kept are worths to be kept: what is too much only weakens what they prove.
func (b *pricer) kept(worth []int64) []int32 {
	out := make([]int32, len(worth))
	for c, v := range worth {
		out[c] = int32(max(math.MinInt32, min(math.MaxInt32, v)))
	}
	return out
}

// mass is by limit what its open options cost less than they are worth, in all, and one unit.
func (b *pricer) mass() []int64 {
	mass := slices.Repeat([]int64{1}, len(b.room))
	for o, i := range b.k.limit {
		if c := b.k.of[o]; i >= 0 && b.open[o] && !b.forced(c) {
			mass[i] += max(0, -b.less(int32(o)))
		}
	}
	return mass
}

func (b *pricer) take(o int32) {
	b.taken[o] = true
	b.takes[b.k.of[o]]++
}

// less is what an option costs less the worth of its choice.
func (b *pricer) less(o int32) int64 { return b.k.cost[o] - b.worth[b.k.of[o]] }

// pack solves the knapsack of a limit.
func (b *pricer) pack(i int) {
	k, items, mass := b.k, b.items[i][:0], 0
	for _, o := range b.in[i] {
		if c := k.of[o]; b.open[o] && k.cost[o] < b.worth[c] && k.weight[o] <= b.room[i] && !b.forced(c) {
			items = append(items, o)
			mass += k.weight[o]
		}
	}
	b.items[i] = items
	b.work += int64(len(b.in[i]))
	if mass <= b.room[i] {
		b.least[i] = 0
		for _, o := range items {
			b.least[i] += b.less(o)
			b.take(o)
		}
		return
	}
	t := b.fill(b.tables[i].forward, i, func(t int) int { return t })
	b.tables[i].forward = t
	room := b.room[i]
	b.least[i] = t[len(items)][room]
	for e := len(items) - 1; e >= 0; e-- {
		if t[e][room] != t[e+1][room] {
			room -= k.weight[items[e]]
			b.take(items[e])
		}
	}
}

// fill fills a table of the items of a limit in an order: row t is about the first t of them.
func (b *pricer) fill(t [][]int64, i int, at func(int) int) [][]int64 {
	items, room := b.items[i], b.room[i]
	for len(t) <= len(items) {
		t = append(t, make([]int64, b.k.room[i]+1))
	}
	clear(t[0])
	for e := range items {
		o := items[at(e)]
		w, d := b.k.weight[o], b.less(o)
		from, to := t[e][:room+1], t[e+1][:room+1]
		copy(to[:w], from[:w])
		low, high := from[:room+1-w], from[w:]
		out := to[w:]
		low, high = low[:len(out)], high[:len(out)]
		for u := range out {
			v := high[u]
			if x := low[u] + d; x < v {
				v = x
			}
			out[u] = v
		}
	}
	b.work += int64(len(items)) * int64(room+1)
	return t
}

// rises computes by how much the bound rises for each open option if it is taken (in) and if it is not (out); one of them is zero. What is
// forced, and what does not fit, cannot be left out, or taken. It is about the worths of the last price.
func (b *pricer) rises(in, out []int64) {
	clear(in)
	clear(out)
	k := b.k
	for _, o := range b.free {
		if d := b.less(o); d < 0 {
			out[o] = -d
		} else {
			in[o] = d
		}
	}
	for i := range b.room {
		b.risesIn(i, in, out)
	}
	for c := range k.row {
		if b.forced(int32(c)) {
			o := b.sole(int32(c))
			in[o], out[o] = 0, never
		}
	}
}

func (b *pricer) risesIn(i int, in, out []int64) {
	k, items, room, least := b.k, b.items[i], b.room[i], b.least[i]
	mass := 0
	for _, o := range items {
		mass += k.weight[o]
	}
	tight := mass > room
	if !tight {
		b.tables[i].forward = b.fill(b.tables[i].forward, i, func(t int) int { return t })
	}
	all := b.tables[i].forward[len(items)]
	for _, o := range b.in[i] {
		switch {
		case !b.open[o]:
		case k.weight[o] > room:
			in[o] = never
		case b.less(o) >= 0:
			in[o] = b.less(o) + all[room-k.weight[o]] - least
		case !tight:
			out[o] = -b.less(o)
		}
	}
	if !tight {
		return
	}
	n := len(items)
	b.tables[i].backward = b.fill(b.tables[i].backward, i, func(t int) int { return n - 1 - t })
	for e, o := range items {
		f, g := b.tables[i].forward[e], b.tables[i].backward[n-1-e]
		if b.taken[o] {
			out[o] = without(f, g, room) - least
		} else {
			in[o] = b.less(o) + without(f, g, room-k.weight[o]) - least
		}
	}
	b.work += int64(n) * int64(room+1)
}

// without is the least of two parts of a knapsack together.
func without(f, g []int64, room int) int64 {
	best := int64(0)
	for u := range room + 1 {
		best = min(best, f[u]+g[room-u])
	}
	return best
}
