package main

import (
	"math/rand/v2"
	"slices"
)

// Counts of the invented world, per cadre where they are divisors.
const (
	minCadres   = 20
	unitSize    = 12 // posts per unit
	regionUnits = 5  // units per region, at least minRegions regions
	minRegions  = 4
	couplesPer  = 40 // one couple for so many cadres
	kinPer      = 30 // one pair of kin for so many cadres
	fields      = 3  // specialities; a cadre knows two of them
	span        = 60 // regions lie on a square of this side; a unit of length is a point
)

// rankShares are the cumulative shares of the ranks in percent, principals first.
var rankShares = [...]int{15, 50, 100}

const ranks = len(rankShares)

type cadre struct {
	rank    int
	fields  [fields]bool
	home    int // region
	tenure  int // years on the post held, 0..12
	history int // burden borne so far, 0..60
	quality int // 1..9
	family  int // people who move along, 1..4
	young   bool
}

type post struct {
	rank, field, unit int
	demand            int // quality asked, 1..9
}

type region struct {
	x, y     int
	hardship int // 0..6
}

// world is one drawn instance: cadre i holds post i now.
type world struct {
	size    size
	cadres  []cadre
	posts   []post
	unitIn  []int // region of each unit
	regions []region
	couples [][2]int
	kin     [][2]int
	choices [][]choice // per cadre, by post
}

// choice is one admitted pair, with the costs of both sides in points above nothing in particular.
type choice struct {
	post                   int
	cadreCost, postCost    int
	burden                 int // history and hardship of the post
	moves, moveCost, lodge int // 1 where the unit changes; thousand yuan; people to house
}

// newWorld draws an instance. The same size and seed give the same world.
func newWorld(s size, seed uint64) *world {
	r := rand.New(rand.NewPCG(seed, uint64(s.cadres)))
	w := &world{size: s}
	units := max(minRegions, s.cadres/unitSize)
	w.drawRegions(r, max(minRegions, units/regionUnits))
	for u := range units {
		w.unitIn = append(w.unitIn, u%len(w.regions))
	}
	w.drawPeople(r, units)
	w.drawTies(r)
	w.choices = make([][]choice, s.cadres)
	thinned := newThinner(s)
	for i := range w.cadres {
		if w.choices[i] = w.choicesOf(r, i); s.keep > 0 {
			w.choices[i] = thinned.take(i, w.choices[i])
		}
	}
	thinned.addTo(w.choices)
	return w
}

func (w *world) drawRegions(r *rand.Rand, n int) {
	for range n {
		hard := max(0, r.IntN(12)-5) // half of the regions bear no hardship
		w.regions = append(w.regions, region{x: r.IntN(span), y: r.IntN(span), hardship: hard})
	}
	if !slices.ContainsFunc(w.regions, func(g region) bool { return g.hardship > 0 }) {
		w.regions[0].hardship = hardFrom // without hardship all posts burden alike, and fairness says nothing
	}
}

func (w *world) drawPeople(r *rand.Rand, units int) {
	for i := range w.size.cadres {
		p := post{rank: rankAt(r.IntN(100)), field: r.IntN(fields), unit: i % units, demand: 1 + r.IntN(9)}
		c := cadre{
			rank: p.rank, home: r.IntN(len(w.regions)), tenure: r.IntN(13), history: r.IntN(41),
			quality: 1 + r.IntN(9), family: 1 + r.IntN(4), young: r.IntN(4) == 0,
		}
		c.fields[p.field] = true
		c.fields[(p.field+1+r.IntN(fields-1))%fields] = true
		w.posts, w.cadres = append(w.posts, p), append(w.cadres, c)
	}
}

func rankAt(percent int) int {
	for k, share := range rankShares {
		if percent < share {
			return k
		}
	}
	return ranks - 1
}

// drawTies pairs people who occur once at most: couples first, then kin.
func (w *world) drawTies(r *rand.Rand) {
	order := r.Perm(len(w.cadres))
	take := func(n int) (ties [][2]int) {
		for range n {
			ties = append(ties, [2]int{order[0], order[1]})
			order = order[2:]
		}
		return ties
	}
	w.couples = take(len(w.cadres) / couplesPer)
	w.kin = take(len(w.cadres) / kinPer)
}

// regionOf is the region of a post.
func (w *world) regionOf(p int) int { return w.unitIn[w.posts[p].unit] }

func (w *world) unitOf(p int) int { return w.posts[p].unit }

// distance is the rectilinear distance of two regions.
func (w *world) distance(a, b int) int {
	p, q := w.regions[a], w.regions[b]
	return abs(p.x-q.x) + abs(p.y-q.y)
}

func abs(v int) int { return max(v, -v) }

// choicesOf lists the posts that cadre i may take: the one held, and those of the rank and a known field, of which
// some nine in ten are open to the cadre (avoidance of home places, terms, and what else the data would say).
func (w *world) choicesOf(r *rand.Rand, i int) []choice {
	const openIn, openOf = 9, 10
	c := &w.cadres[i]
	var out []choice
	for p := range w.posts {
		closed := r.IntN(openOf) >= openIn
		if p != i && (closed || w.posts[p].rank != c.rank || !c.fields[w.posts[p].field]) {
			continue
		}
		out = append(out, w.price(i, p, r.IntN(10)))
	}
	return out
}

// price is what the pair costs either side, with a little noise for everything not modelled.
func (w *world) price(i, p, noise int) choice {
	c, at := &w.cadres[i], w.regionOf(p)
	ch := choice{post: p, burden: c.history + 8*w.regions[at].hardship}
	ch.cadreCost = w.distance(c.home, at)/2 + noise
	ch.postCost = 4 * max(0, w.posts[p].demand-c.quality)
	if w.posts[p].unit != w.posts[i].unit {
		ch.moves, ch.moveCost = 1, 5+w.distance(w.regionOf(i), at)/4
		ch.cadreCost += 5
	}
	if at != w.regionOf(i) {
		ch.lodge = c.family
	}
	if ch.moves == 0 && c.tenure > longTenure { // staying beyond the term
		ch.postCost += 6 * (c.tenure - longTenure)
	}
	return ch
}

// longTenure is the term in years after which a cadre should move.
const longTenure = 5
