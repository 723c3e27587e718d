package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// shareCounts are columns for how many people have moved, on which the shares of later periods rest: each spell stands in one row of
// a count instead of in the rows of every period. Sums of binary columns are whole by themselves, so they need not be stated to be: what
// a solver rounds of them, its proof would have to show.
type shareCounts struct {
	b       *builder
	clause  *policy.Clause
	cohorts map[string][]*cohort // by unit
}

// cohort are the members of a group who are eligible in the same periods.
type cohort struct {
	no      int
	members []int
	in      []bool          // by period
	moved   map[int]mip.Col // by period: the column that counts those who begin on another post in it
}

// newShareCounts divides the members of the groups of each period, in official order.
func newShareCounts(b *builder, c *policy.Clause, groups [][]*shareGroup) *shareCounts {
	s := &shareCounts{b: b, clause: c, cohorts: map[string][]*cohort{}}
	eligible := map[string][][]bool{}
	for t, list := range groups {
		for _, g := range list {
			if eligible[g.unit] == nil {
				eligible[g.unit] = make([][]bool, len(b.Cadres))
			}
			for _, i := range g.members {
				if eligible[g.unit][i] == nil {
					eligible[g.unit][i] = make([]bool, b.H+1)
				}
				eligible[g.unit][i][t] = true
			}
		}
	}
	for unit, periods := range eligible {
		s.cohorts[unit] = cohortsOf(periods)
	}
	return s
}

// cohortsOf gathers people by the periods in which they are eligible, in order of their first member.
func cohortsOf(eligible [][]bool) []*cohort {
	var out []*cohort
	at := map[string]*cohort{}
	for i, in := range eligible {
		if in == nil {
			continue
		}
		key := make([]byte, len(in))
		for t, yes := range in {
			key[t] = byte(count(yes))
		}
		h := at[string(key)]
		if h == nil {
			h = &cohort{no: len(out) + 1, in: in, moved: map[int]mip.Col{}}
			at[string(key)], out = h, append(out, h)
		}
		h.members = append(h.members, i)
	}
	return out
}

// before are the counts of the members eligible in one of some periods who begin on another post in periods 1 to last.
func (s *shareCounts) before(unit string, periods []int, last int) []mip.Term {
	var out []mip.Term
	for _, h := range s.cohorts[unit] {
		if !h.eligible(periods) {
			continue
		}
		for t := 1; t <= last; t++ {
			if col := s.moved(unit, h, t); col != posting.None {
				out = append(out, mip.Term{Col: col, Coef: 1})
			}
		}
	}
	return out
}

func (h *cohort) eligible(periods []int) bool {
	for _, t := range periods {
		if h.in[t] {
			return true
		}
	}
	return false
}

// moved is the column that counts those of a cohort who begin on another post in t, None where nobody can.
func (s *shareCounts) moved(unit string, h *cohort, t int) mip.Col {
	if col, known := h.moved[t]; known {
		return col
	}
	var terms []mip.Term
	most := 0
	for _, i := range h.members {
		begin := s.b.moving(i, t, anywhere)
		terms, most = append(terms, begin...), most+int(count(len(begin) > 0))
	}
	h.moved[t] = s.sum(name("moved", s.clause.ID, unit, h.no, t), unit, terms, most)
	return h.moved[t]
}

// sum is a column that is the sum of terms, at most so much; None where there are none.
func (s *shareCounts) sum(name, unit string, terms []mip.Term, most int) mip.Col {
	if len(terms) == 0 {
		return posting.None
	}
	col := s.b.column(name, float64(most), s.clause.Shown(), subjectsOf(unit))
	s.b.m.Columns[col].Integer = false
	s.b.row(s.clause, name, subjectsOf(unit), append(merge(terms), mip.Term{Col: col, Coef: -1}), 0, 0)
	return col
}

// counted is the count of the members' moves in t that count, as a term; none where nobody can make one.
func (s *shareCounts) counted(g *shareGroup, t int) []mip.Term {
	terms := s.b.countedMoves(s.clause, g.members, t)
	if col := s.sum(name("counted", s.clause.ID, g.unit, t), g.unit, terms, len(g.members)); col != posting.None {
		return []mip.Term{{Col: col, Coef: 1}}
	}
	return nil
}
