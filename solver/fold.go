package solver

import (
	"cmp"
	"math"
	"slices"

	"cadre/mip"
)

// Fold is a model without what says the same twice. Where most columns of a model of several periods are fixed, periods in which
// nothing begins repeat one another row by row. A relaxation would carry each of them.
type Fold struct {
	Model   *mip.Model
	columns []int  // of the whole model, by column of the fold
	at      []int  // by column of the whole model: the column that it follows, nothing where it is zero
	flip    []bool // by column of the whole model: it is 1 less that column
	led     []bool // by column of the whole model: another one is 1 less it, so that it stays
	uses    []int  // by column of the whole model: the rows of the fold in which it stands
}

// NewFold leaves out, of a model that it does not change, binary columns that are one less another (x + y = 1), slacks that nothing
// asks for, and rows that another one or the bounds of columns imply. Rows that differ in columns of their own only, such as two
// slacks, of equal bounds, say the same: these are put equal, which loses nothing where all levels that count them like the same side.
// Every point of the fold stands for one of the whole, of equal levels; integer data stay integer. Time and memory are linear, as a rule.
func NewFold(m *mip.Model) *Fold {
	n := len(m.Columns)
	f := &Fold{at: make([]int, n), flip: make([]bool, n), led: make([]bool, n), uses: make([]int, n)}
	for j := range f.at {
		f.at[j] = j
	}
	f.pair(m)
	rows := f.rows(m)
	f.drop(m, rows)
	f.build(m, f.twins(m, rows))
	return f
}

// pair finds the columns that are one less another. The latter stays for good, so that no chains arise.
func (f *Fold) pair(m *mip.Model) {
	for i := range m.Rows {
		x, y, ok := complements(m, &m.Rows[i])
		switch {
		case !ok || f.flip[x] || f.flip[y]:
			continue
		case f.led[y]:
			x, y = y, x
		}
		if !f.led[y] {
			f.at[y], f.flip[y], f.led[x] = x, true, true
		}
	}
}

// complements are the two columns of a row that says x + y = 1, both binary; false where it says anything else.
func complements(m *mip.Model, r *mip.Constraint) (x, y int, ok bool) {
	if len(r.Terms) != 2 || r.Lower != r.Upper || r.Terms[0].Coef != r.Lower || r.Terms[1].Coef != r.Lower || r.Lower == 0 {
		return 0, 0, false
	}
	x, y = int(r.Terms[0].Col), int(r.Terms[1].Col)
	return x, y, x != y && binary(&m.Columns[x]) && binary(&m.Columns[y])
}

func binary(c *mip.Column) bool { return c.Integer && c.Lower == 0 && c.Upper == 1 }

// rows are those of m by the columns that are kept; those that the bounds of columns imply are left out.
func (f *Fold) rows(m *mip.Model) []mip.Constraint {
	var out []mip.Constraint
	place := make([]int, len(m.Columns))
	for _, r := range m.Rows {
		var share float64
		r.Terms, share = f.mapped(r.Terms, place)
		r.Lower, r.Upper = r.Lower-share, r.Upper-share
		if least, most, _ := activity(m, r.Terms); least < r.Lower || most > r.Upper {
			out = append(out, r)
		}
	}
	return out
}

// mapped are terms by the columns that are kept, each once, and the constant that comes of it. place is zero by column, before and
// after.
func (f *Fold) mapped(terms []mip.Term, place []int) (out []mip.Term, share float64) {
	if !slices.ContainsFunc(terms, func(t mip.Term) bool { return f.at[t.Col] != int(t.Col) }) {
		return terms, 0
	}
	for _, t := range terms {
		j := f.at[t.Col]
		if j == nothing {
			continue
		}
		if f.flip[t.Col] {
			share, t.Coef = share+t.Coef, -t.Coef
		}
		if k := place[j]; k > 0 {
			out[k-1].Coef += t.Coef
			continue
		}
		out = append(out, mip.Term{Col: mip.Col(j), Coef: t.Coef})
		place[j] = len(out)
	}
	for _, t := range out {
		place[t.Col] = 0
	}
	return slices.DeleteFunc(out, func(t mip.Term) bool { return t.Coef == 0 }), share
}

// nothing is followed by columns that stay at zero.
const nothing = -1

// drop leaves out slacks that only make their row harder, and that no level likes.
func (f *Fold) drop(m *mip.Model, rows []mip.Constraint) {
	for i := range rows {
		for _, t := range rows[i].Terms {
			f.uses[t.Col]++
		}
	}
	liked := make([]bool, len(m.Columns))
	for k := range m.Levels {
		for _, t := range m.Levels[k].Terms {
			liked[t.Col] = liked[t.Col] || t.Coef < 0
		}
	}
	for i := range rows {
		r := &rows[i]
		idle := func(t mip.Term) bool {
			harder := t.Coef > 0 && math.IsInf(r.Lower, -1) || t.Coef < 0 && math.IsInf(r.Upper, 1)
			return harder && f.own(t.Col) && !liked[t.Col] && m.Columns[t.Col].Lower == 0
		}
		if !slices.ContainsFunc(r.Terms, idle) {
			continue
		}
		kept := make([]mip.Term, 0, len(r.Terms))
		for _, t := range r.Terms {
			if idle(t) {
				f.at[t.Col] = nothing
			} else {
				kept = append(kept, t)
			}
		}
		r.Terms = kept
	}
}

// own says whether a column stands in one row only, and nothing follows it.
func (f *Fold) own(j mip.Col) bool { return f.uses[j] == 1 && !f.led[j] && f.at[j] == int(j) }

// twins leaves out rows that an earlier one implies, and has their own columns follow those of that one.
func (f *Fold) twins(m *mip.Model, rows []mip.Constraint) []mip.Constraint {
	first, coef := map[uint64]int{}, make([]float64, len(m.Columns))
	out := rows[:0:0]
	for i := range rows {
		r := &rows[i]
		h := f.hash(r)
		k, known := first[h]
		if !known {
			first[h] = len(out)
		} else if f.implied(m, r, &out[k], coef) {
			continue
		}
		out = append(out, *r)
	}
	return out
}

// hash is of the columns that are not the row's own; it does not depend on their order.
func (f *Fold) hash(r *mip.Constraint) uint64 {
	h := uint64(0)
	for _, t := range r.Terms {
		if !f.own(t.Col) {
			h += mixed(uint64(t.Col) ^ mixed(math.Float64bits(t.Coef)))
		}
	}
	return h
}

// mixed spreads the bits of a word (the finaliser of SplitMix64: Steele, Lea and Flood, OOPSLA 2014).
func mixed(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// implied says whether a row says no more than another one: has the same columns but its own ones, and has none of these and wider
// sides, or the same sides and as many of the same kinds, which then follow. coef is zero by column, before and after.
func (f *Fold) implied(m *mip.Model, r, by *mip.Constraint, coef []float64) bool {
	var mine, theirs []mip.Term
	shared := 0
	for _, t := range by.Terms {
		if f.own(t.Col) {
			theirs = append(theirs, t)
		} else {
			coef[t.Col] = t.Coef
			shared++
		}
	}
	for _, t := range r.Terms {
		if f.own(t.Col) {
			mine = append(mine, t)
		} else if coef[t.Col] == t.Coef {
			shared--
		}
	}
	for _, t := range by.Terms {
		coef[t.Col] = 0
	}
	switch {
	case shared != 0 || len(r.Terms)-len(mine) != len(by.Terms)-len(theirs):
		return false
	case len(mine) == 0:
		least, most, _ := activity(m, theirs)
		return r.Lower <= by.Lower-most && r.Upper >= by.Upper-least
	}
	return r.Lower == by.Lower && r.Upper == by.Upper && f.follow(m, mine, theirs)
}

// follow has the own columns of a row follow those of another, where they are of the same kinds.
func (f *Fold) follow(m *mip.Model, mine, theirs []mip.Term) bool {
	if len(mine) != len(theirs) {
		return false
	}
	byKind(m, mine)
	byKind(m, theirs)
	for e := range mine {
		if kindOf(m, mine[e]) != kindOf(m, theirs[e]) {
			return false
		}
	}
	for e := range mine {
		f.at[mine[e].Col] = int(theirs[e].Col)
	}
	return true
}

// kind is what makes one own column as good as another.
type kind struct {
	coef, lower, upper float64
	integer            bool
}

func kindOf(m *mip.Model, t mip.Term) kind {
	c := &m.Columns[t.Col]
	return kind{t.Coef, c.Lower, c.Upper, c.Integer}
}

func byKind(m *mip.Model, terms []mip.Term) {
	slices.SortStableFunc(terms, func(a, b mip.Term) int {
		x, y := kindOf(m, a), kindOf(m, b)
		return cmp.Or(cmp.Compare(x.coef, y.coef), cmp.Compare(x.lower, y.lower), cmp.Compare(x.upper, y.upper))
	})
}

// build makes the model of what is kept.
func (f *Fold) build(m *mip.Model, rows []mip.Constraint) {
	f.Model = &mip.Model{Name: m.Name}
	to := make([]mip.Col, len(m.Columns))
	for j := range m.Columns {
		if f.at[j] != j {
			continue
		}
		f.columns = append(f.columns, j)
		to[j] = f.Model.AddColumn(m.Columns[j])
		if j < m.Choices {
			f.Model.Choices++
		}
	}
	place := make([]int, len(m.Columns))
	for _, r := range rows {
		r.Terms = renumber(r.Terms, to)
		f.Model.AddRow(r)
	}
	for _, l := range m.Levels {
		var share float64
		l.Terms, share = f.mapped(l.Terms, place)
		l.Constant += share
		l.Terms = renumber(l.Terms, to)
		f.Model.AddLevel(l)
	}
}

func renumber(terms []mip.Term, to []mip.Col) []mip.Term {
	out := make([]mip.Term, len(terms))
	for e, t := range terms {
		out[e] = mip.Term{Col: to[t.Col], Coef: t.Coef}
	}
	return out
}

// Whole is the point of the whole model that a point of the fold stands for.
func (f *Fold) Whole(x []float64) []float64 {
	out := make([]float64, len(f.at))
	for e, j := range f.columns {
		out[j] = x[e]
	}
	for j, k := range f.at {
		switch {
		case f.flip[j]:
			out[j] = 1 - out[k]
		case k != j && k != nothing:
			out[j] = out[k]
		}
	}
	return out
}

// Part is a point of the whole model, as far as the fold has its columns.
func (f *Fold) Part(x []float64) []float64 { return picked(x, f.columns) }
