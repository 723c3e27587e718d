package certify

import "math"

// gains are pseudo-costs: how much the bound rose, per unit of distance, when a column was rounded down (0) or up (1).
type gains struct {
	sum   [2][]float64
	count [2][]int
	all   [2]float64
	times [2]int
}

func newGains(n int) gains {
	var g gains
	for side := range 2 {
		g.sum[side], g.count[side] = make([]float64, n), make([]int, n)
	}
	return g
}

func side(up bool) int {
	if up {
		return 1
	}
	return 0
}

// distance is how far the candidate must move to its next integer.
func (c candidate) distance(up bool) float64 {
	if up {
		return math.Ceil(c.value) - c.value
	}
	return c.value - math.Floor(c.value)
}

func (g *gains) note(c candidate, up bool, gain float64) {
	s := side(up)
	unit := math.Max(gain, 0) / c.distance(up)
	g.sum[s][c.column] += unit
	g.count[s][c.column]++
	g.all[s] += unit
	g.times[s]++
}

// expect is the gain to expect: the column's own mean, or that of all columns where it has none.
func (g *gains) expect(c candidate, up bool) float64 {
	s := side(up)
	mean := 1.0
	switch {
	case g.count[s][c.column] > 0:
		mean = g.sum[s][c.column] / float64(g.count[s][c.column])
	case g.times[s] > 0:
		mean = g.all[s] / float64(g.times[s])
	}
	return mean * c.distance(up)
}

// leastGain keeps products of gains apart where one side gains nothing.
const leastGain = 1e-6

// choose takes the candidate with the largest product of expected gains, the first of equals.
func (g *grower) choose(all []candidate) candidate {
	best, at := -1.0, candidate{}
	for _, c := range all {
		product := math.Max(g.gains.expect(c, false), leastGain) * math.Max(g.gains.expect(c, true), leastGain)
		if product > best {
			best, at = product, c
		}
	}
	return at
}
