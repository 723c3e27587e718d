package lint

import (
	"math"

	"cadre/constraints"
	"cadre/mip"
	"cadre/posting"
)

// model is the encoded model as the lint reads it: how large or small a row can become when no level counts anything.
type model struct {
	*mip.Model
	x       *posting.Index
	enc     *constraints.Encoding
	counted []bool // by column that is no spell: some level counts it
	spells  int
}

func newModel(x *posting.Index, enc *constraints.Encoding) *model {
	m := &model{Model: enc.Model, x: x, enc: enc, counted: make([]bool, len(enc.Model.Columns))}
	for j := range m.Columns {
		if _, ok := enc.SpellAt(mip.Col(j)); ok {
			m.spells = j + 1
		}
	}
	for k := range m.Levels {
		for _, t := range m.Levels[k].Terms {
			m.counted[t.Col] = true
		}
	}
	return m
}

// who is a cadre, by the spells of his main post or by his secondments, which go beside it.
type who struct {
	cadre  int
	second bool
}

// group is the spells of one sort that one cadre has in a row. Those that share a period exclude each other.
type group struct {
	highest, lowest float64 // coefficients, at least and at most 0
	positive        float64 // sum of those above 0
	negative        float64 // sum of those below 0
	from, to        int     // periods that all of them share; none where from > to
}

func (g *group) add(coef float64, sp constraints.Spell) {
	g.highest, g.lowest = max(g.highest, coef), min(g.lowest, coef)
	g.positive, g.negative = g.positive+max(0, coef), g.negative+min(0, coef)
	g.from, g.to = max(g.from, sp.From), min(g.to, sp.To)
}

// groups gathers the spells of terms by cadre and sort; the rest are other columns.
func (m *model) groups(terms []mip.Term) (map[who]*group, []mip.Term) {
	by, rest := map[who]*group{}, []mip.Term(nil)
	for _, t := range terms {
		sp, ok := m.enc.SpellAt(t.Col)
		if !ok {
			rest = append(rest, t)
			continue
		}
		w := who{sp.Cadre, sp.Second}
		if by[w] == nil {
			by[w] = &group{to: math.MaxInt}
		}
		by[w].add(t.Coef, sp)
	}
	return by, rest
}

// most is a bound on the largest value that terms can have in any plan where no counted column is used. Values are
// integers, so that sums are exact.
func (m *model) most(terms []mip.Term) float64 {
	by, rest := m.groups(terms)
	sum := 0.0
	for _, g := range by {
		if g.from <= g.to {
			sum += g.highest
		} else {
			sum += g.positive
		}
	}
	for _, t := range rest {
		if t.Coef > 0 && !m.counted[t.Col] {
			sum += t.Coef * m.Columns[t.Col].Upper
		} else if t.Coef < 0 {
			sum += t.Coef * m.Columns[t.Col].Lower
		}
	}
	return sum
}

// least is a bound on the smallest value likewise: a cadre who holds a post in a period through one of the spells of the
// row, whichever he takes, is counted.
func (m *model) least(terms []mip.Term) float64 {
	by, rest := m.groups(terms)
	coef := make(map[mip.Col]float64, len(terms))
	for _, t := range terms {
		coef[t.Col] = t.Coef
	}
	sum := 0.0
	for w, g := range by {
		switch {
		case g.negative == 0 && w.second: // nobody has to be seconded
		case g.negative == 0:
			sum += m.forced(w.cadre, coef)
		case g.from <= g.to:
			sum += g.lowest
		default:
			sum += g.negative
		}
	}
	for _, t := range rest {
		if t.Coef < 0 && !m.counted[t.Col] {
			sum += t.Coef * m.Columns[t.Col].Upper
		} else if t.Coef > 0 {
			sum += t.Coef * m.Columns[t.Col].Lower
		}
	}
	return sum
}

// forced is the least coefficient of a seated cadre's spells in a period in which all of them stand in the row, the
// largest over the periods; 0 where he can do without the row.
func (m *model) forced(c int, coef map[mip.Col]float64) float64 {
	best := 0.0
	for t := 1; m.x.Seat(c) != posting.None && t <= m.x.Last(c); t++ {
		smallest := math.Inf(1)
		for _, col := range m.enc.Spells(c) {
			if sp, _ := m.enc.SpellAt(col); !sp.Second && sp.From <= t && t <= sp.To {
				smallest = min(smallest, coef[col])
			}
		}
		if !math.IsInf(smallest, 1) {
			best = max(best, smallest)
		}
	}
	return best
}

// slack is how much counted columns can make up for: in a row that falls short (up), or one that is exceeded.
func (m *model) slack(terms []mip.Term, up bool) (amount float64, col mip.Col) {
	col = -1
	for _, t := range terms {
		if int(t.Col) < m.spells || !m.counted[t.Col] || (t.Coef > 0) != up {
			continue
		}
		amount += math.Abs(t.Coef) * m.Columns[t.Col].Upper
		if col < 0 {
			col = t.Col
		}
	}
	return amount, col
}
