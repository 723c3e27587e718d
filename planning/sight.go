package planning

import (
	"cmp"
	"math"
	"slices"

	"cadre/constraints"
	"cadre/mip"
	"cadre/posting"
)

// sight knows the batches of a model: which stays are of use while some batches are open, and what the model looks like to whoever
// sees no further than one of them.
type sight struct {
	enc   *constraints.Encoding
	stays [][]int // by cadre who can keep his seat, and last period: the column of the stay, None where there is none
	from  []uint8 // by choice: the batch in which it begins, 0 for stays
	rank  []int32 // by choice: how many are cheaper for its cadre, or on its post, in its batch, whichever is fewer
	free  []bool  // by cadre: he cannot keep his seat to the end, so that what is to come is open in every stage
}

func newSight(enc *constraints.Encoding) *sight {
	s := &sight{enc: enc, from: make([]uint8, enc.Model.Choices), free: make([]bool, len(slices.Concat(enc.ByUnit()...)))}
	for j := range enc.Model.Choices {
		sp, _ := enc.SpellAt(mip.Col(j))
		if !sp.Stay {
			s.from[j] = uint8(sp.From)
			s.free[sp.Cadre] = enc.Begins(j) == 0
		} else if enc.StaysOn(sp.Cadre) {
			s.stay(sp.Cadre, sp.To, j)
		}
	}
	s.order()
	return s
}

// order ranks the spells of each cadre, and on each post, that begin in a batch, by what the levels charge for them, the last one
// after all others.
func (s *sight) order() {
	m := s.enc.Model
	last := len(m.Levels) - 1
	gravest, cost := make([]float64, len(m.Columns)), make([]float64, len(m.Columns))
	for k := range m.Levels {
		into := gravest
		if k == last {
			into = cost
		}
		for _, t := range m.Levels[k].Terms {
			into[t.Col] += t.Coef
		}
	}
	list := make([]int, 0, len(s.from))
	for j, t := range s.from {
		if t > 0 {
			list = append(list, j)
		}
	}
	slices.SortFunc(list, func(i, j int) int {
		return cmp.Or(cmp.Compare(gravest[i], gravest[j]), cmp.Compare(cost[i], cost[j]), cmp.Compare(scattered(i), scattered(j)), i-j)
	})
	s.rank = make([]int32, len(s.from))
	cheaper := map[[3]int]int32{}
	for _, j := range list {
		sp, _ := s.enc.SpellAt(mip.Col(j))
		of, on := [3]int{0, sp.Cadre, sp.From}, [3]int{1, sp.Post, sp.From}
		s.rank[j] = min(cheaper[of], cheaper[on])
		cheaper[of]++
		cheaper[on]++
	}
	s.promote()
}

// promote ranks first what may spare something that the first level counts, such as a seat that must not be empty.
func (s *sight) promote() {
	m := s.enc.Model
	if len(m.Levels) == 0 {
		return
	}
	counts := make([]bool, len(m.Columns))
	for _, t := range m.Levels[0].Terms {
		counts[t.Col] = int(t.Col) >= m.Choices
	}
	for i := range m.Rows {
		if terms := m.Rows[i].Terms; slices.ContainsFunc(terms, func(t mip.Term) bool { return counts[t.Col] }) {
			for _, t := range terms {
				if int(t.Col) < m.Choices {
					s.rank[t.Col] = 0
				}
			}
		}
	}
}

// scattered orders columns that cost the same without a pattern, or all cadres would be left with the same few posts.
func scattered(j int) uint64 { return uint64(j+1) * 0x9e3779b97f4a7c15 }

// thin closes the spells that rank last, but for those of the values, where more than so many may begin.
func (s *sight) thin(columns []mip.Column, values []float64, most int) {
	var count []int // by rank
	for j, t := range s.from {
		if t == 0 || columns[j].Lower == columns[j].Upper {
			continue
		}
		for int(s.rank[j]) >= len(count) {
			count = append(count, 0)
		}
		count[s.rank[j]]++
	}
	limit, n := 0, 0
	for limit < len(count) && (limit == 0 || n+count[limit] <= most) {
		n += count[limit]
		limit++
	}
	for j, t := range s.from {
		if t > 0 && int(s.rank[j]) >= limit && columns[j].Lower < columns[j].Upper && (values == nil || values[j] < 0.5) {
			columns[j].Lower, columns[j].Upper = 0, 0
		}
	}
}

// stay enters the column of a stay.
func (s *sight) stay(cadre, to, j int) {
	for len(s.stays) <= cadre {
		s.stays = append(s.stays, nil)
	}
	for len(s.stays[cadre]) <= to {
		s.stays[cadre] = append(s.stays[cadre], posting.None)
	}
	s.stays[cadre][to] = j
}

// close holds the stays that end where nobody begins anywhere else: all but the longest, that of the values, and those before a
// spell that may begin.
func (s *sight) close(columns []mip.Column, values []float64) {
	leaves := make([]uint32, len(s.stays))
	for j, t := range s.from {
		if c := s.enc.Cadre(j); t > 0 && c < len(leaves) && columns[j].Upper > 0 {
			leaves[c] |= 1 << t
		}
	}
	for c, stays := range s.stays {
		for to := 0; to < len(stays)-1; to++ {
			if j := stays[to]; j != posting.None && leaves[c]&(2<<to) == 0 && (values == nil || values[j] < 0.5) {
				columns[j].Lower, columns[j].Upper = 0, 0
			}
		}
	}
}

// upTo is the model to whoever sees batches 1 to t, with all before t as in values: spells of later batches are closed, what they could
// mend in a row does not bind yet, and stays cost what they cost until t.
func (s *sight) upTo(t int, values []float64) (*mip.Model, []mip.Column) {
	m := *s.enc.Model
	columns := slices.Clone(m.Columns)
	for j, from := range s.from {
		switch {
		case s.closed(j, t):
			columns[j].Lower, columns[j].Upper = 0, 0
		case from > 0 && int(from) < t:
			fix(&columns[j], values, j)
		}
	}
	s.thin(columns, nil, stageColumns)
	s.close(columns, nil)
	m.Rows = s.unbound(t)
	m.Levels = s.until(t)
	return &m, columns
}

// closed says whether column j is a spell that begins after t, of somebody who can keep his seat until then.
func (s *sight) closed(j, t int) bool {
	return j < len(s.from) && int(s.from[j]) > t && !s.free[s.enc.Cadre(j)]
}

// unbound are the rows without the sides that spells of batches after t could mend.
func (s *sight) unbound(t int) []mip.Constraint {
	rows := slices.Clone(s.enc.Model.Rows)
	for i := range rows {
		r := &rows[i]
		for _, e := range r.Terms {
			if !s.closed(int(e.Col), t) {
				continue
			}
			if e.Coef > 0 {
				r.Lower = math.Inf(-1)
			} else {
				r.Upper = math.Inf(1)
			}
		}
	}
	return rows
}

// until are the levels of the model without what stays cost after t. That makes a level of its own before the last one: of two people
// of whom one has to go now, better the one who would have to go next.
func (s *sight) until(t int) []mip.Level {
	m := s.enc.Model
	last := len(m.Levels) - 1
	if last < 0 {
		return nil
	}
	later := mip.Level{Name: laterLevel, Scale: 1}
	out := slices.Clone(m.Levels[:last])
	for k := range out {
		var rest []mip.Term
		out[k].Terms, rest = s.cut(out[k].Terms, t)
		later.Terms = append(later.Terms, rest...)
	}
	later.Terms = summed(later.Terms)
	return append(out, later, m.Levels[last])
}

// laterLevel is what stays cost after the last batch in sight.
const laterLevel = "later"

// cut divides the terms of a level into what counts until t and what stays cost after t.
func (s *sight) cut(terms []mip.Term, t int) (now, rest []mip.Term) {
	coef := map[mip.Col]float64{}
	for _, e := range terms {
		if s.shorter(e.Col, t) != e.Col {
			coef[s.shorter(e.Col, t)] = 0
		}
	}
	for _, e := range terms {
		if _, asked := coef[e.Col]; asked {
			coef[e.Col] = e.Coef
		}
	}
	for _, e := range terms {
		if k := s.shorter(e.Col, t); k != e.Col {
			rest = append(rest, mip.Term{Col: e.Col, Coef: e.Coef - coef[k]})
			e.Coef = coef[k]
		}
		if e.Coef != 0 {
			now = append(now, e)
		}
	}
	return now, rest
}

// shorter is the stay until t of whom a longer stay is about, the column itself where it is none.
func (s *sight) shorter(j mip.Col, t int) mip.Col {
	if int(j) >= len(s.from) || s.from[j] > 0 {
		return j
	}
	c := s.enc.Cadre(int(j))
	if c >= len(s.stays) || t >= len(s.stays[c]) || s.stays[c][t] == posting.None {
		return j
	}
	if to := slices.Index(s.stays[c], int(j)); to <= t {
		return j
	}
	return mip.Col(s.stays[c][t])
}
