package assign

import (
	"math"
	"slices"
	"sort"
	"sync"
)

// Instance is a problem with its assignment laid out for search. Every column is in one of five places: a pair (left
// and right), a left's or a right's own column, a cover's column, or loose. Read only once made.
type Instance struct {
	P           *Problem
	Left, Right []int32 // rows
	LeftOf      []int32 // by column, -1 none
	RightOf     []int32
	Start       []int32 // choices of left i: Start[i] to Start[i+1], pairs first, up to Own[i]
	Own         []int32
	Col         []int32 // column of a choice
	To          []int32 // right of a choice, -1 none
	OnlyStart   []int32 // own columns of right k: Only[OnlyStart[k]:OnlyStart[k+1]]
	Only        []int32
	Side        []int32 // rows that the relaxation weighs
	IsSide      []bool  // by row
	Covers      []Cover
	Loose       []int32
	Threads     int     // that evaluations may use; results are the same for any number
	Large       bool    // so many lefts that no search is ever long enough
	top         float64 // largest absolute cost
}

const largeLefts = 1500 // lefts beyond which an instance is large

// Cover is a row over columns outside the assignment, with ones and a lower side, that the relaxation keeps: at least
// Need of the columns. No column lies in two covers.
type Cover struct {
	Row  int32
	Cols []int32
	Need float64
}

// NewInstance lays out a structure. Linear in the matrix.
func NewInstance(s *Structure) *Instance {
	p := s.P
	in := &Instance{P: p, Left: s.Left, Right: s.Right, LeftOf: s.LeftOf, RightOf: s.RightOf, IsSide: make([]bool, p.M),
		Large: len(s.Left) > largeLefts}
	in.layChoices()
	in.layOnly()
	in.layCovers(s.Side)
	for _, c := range p.Cost {
		in.top = max(in.top, math.Abs(c))
	}
	return in
}

// layChoices sorts the columns of the lefts, pairs before own ones.
func (in *Instance) layChoices() {
	nl := len(in.Left)
	in.Start, in.Own = make([]int32, nl+1), make([]int32, nl)
	pairs := make([]int32, nl)
	for j, i := range in.LeftOf {
		if i < 0 {
			continue
		}
		in.Start[i+1]++
		if in.RightOf[j] >= 0 {
			pairs[i]++
		}
	}
	for i := range nl {
		in.Start[i+1] += in.Start[i]
		in.Own[i] = in.Start[i] + pairs[i]
	}
	in.Col, in.To = make([]int32, in.Start[nl]), make([]int32, in.Start[nl])
	next := append([]int32(nil), in.Start[:nl]...)
	own := append([]int32(nil), in.Own...)
	for j, i := range in.LeftOf {
		if i < 0 {
			continue
		}
		at := &next[i]
		if in.RightOf[j] < 0 {
			at = &own[i]
		}
		in.Col[*at], in.To[*at] = int32(j), in.RightOf[j]
		*at++
	}
	for i := range nl {
		in.sortByRight(in.Start[i], in.Own[i])
	}
}

// sortByRight sorts a left's pairs by their rights, so that an instance does not depend on the order of the model's columns.
func (in *Instance) sortByRight(from, to int32) {
	for c := from + 1; c < to; c++ {
		if in.To[c-1] > in.To[c] {
			sort.Stable(byRight{in.Col[from:to], in.To[from:to]})
			return
		}
	}
}

type byRight struct{ col, to []int32 }

func (b byRight) Len() int           { return len(b.to) }
func (b byRight) Less(x, y int) bool { return b.to[x] < b.to[y] }
func (b byRight) Swap(x, y int) {
	b.to[x], b.to[y] = b.to[y], b.to[x]
	b.col[x], b.col[y] = b.col[y], b.col[x]
}

// layOnly sorts the rights' own columns.
func (in *Instance) layOnly() {
	nr := len(in.Right)
	in.OnlyStart = make([]int32, nr+1)
	for j, k := range in.RightOf {
		if k >= 0 && in.LeftOf[j] < 0 {
			in.OnlyStart[k+1]++
		}
	}
	for k := range nr {
		in.OnlyStart[k+1] += in.OnlyStart[k]
	}
	in.Only = make([]int32, in.OnlyStart[nr])
	next := append([]int32(nil), in.OnlyStart[:nr]...)
	for j, k := range in.RightOf {
		if k >= 0 && in.LeftOf[j] < 0 {
			in.Only[next[k]] = int32(j)
			next[k]++
		}
	}
}

// layCovers divides the side rows into covers and rows to weigh.
func (in *Instance) layCovers(side []int32) {
	p := in.P
	taken := make([]bool, p.N)
	for _, i := range side {
		if c, ok := in.coverOf(i, taken); ok {
			in.Covers = append(in.Covers, c)
			continue
		}
		in.Side = append(in.Side, i)
		in.IsSide[i] = true
	}
	for j := range p.N {
		if in.LeftOf[j] < 0 && in.RightOf[j] < 0 && !taken[j] {
			in.Loose = append(in.Loose, int32(j))
		}
	}
}

func (in *Instance) coverOf(i int32, taken []bool) (Cover, bool) {
	p := in.P
	idx, val := p.Rows.Vec(int(i))
	if math.IsInf(p.RowLo[i], -1) || !math.IsInf(p.RowUp[i], 1) || len(idx) < 2 {
		return Cover{}, false
	}
	room := 0.0
	for e, j := range idx {
		if val[e] != 1 || in.LeftOf[j] >= 0 || in.RightOf[j] >= 0 || taken[j] || p.Lower[j] != 0 || math.IsInf(p.Upper[j], 1) {
			return Cover{}, false
		}
		room += p.Upper[j]
	}
	if room < p.RowLo[i] {
		return Cover{}, false
	}
	for _, j := range idx {
		taken[j] = true
	}
	return Cover{i, idx, p.RowLo[i]}, true
}

// loosened is the instance with its rights among the rows to weigh; its pairs are own columns of the lefts, and covers stay
// what they are.
func (in *Instance) loosened() *Instance {
	p := in.P
	o := &Instance{P: p, Left: in.Left, LeftOf: in.LeftOf, RightOf: slices.Repeat([]int32{-1}, p.N), IsSide: slices.Clone(in.IsSide),
		Covers: in.Covers, Side: slices.Concat(in.Side, in.Right), Large: in.Large, Threads: in.Threads, top: in.top}
	o.layChoices()
	o.layOnly()
	slices.Sort(o.Side)
	for _, i := range in.Right {
		o.IsSide[i] = true
	}
	covered := make([]bool, p.N)
	for _, c := range in.Covers {
		for _, j := range c.Cols {
			covered[j] = true
		}
	}
	for j := range p.N {
		if o.LeftOf[j] < 0 && !covered[j] {
			o.Loose = append(o.Loose, int32(j))
		}
	}
	return o
}

// narrow makes pairs of the own columns of a loosened instance, so that working sets are for them.
func (in *Instance) narrow() { copy(in.Own, in.Start[1:]) }

// slackL says whether left i may stay without a column.
func (in *Instance) slackL(i int) bool { return in.P.RowLo[in.Left[i]] < 1 }

func (in *Instance) slackR(k int) bool { return in.P.RowLo[in.Right[k]] < 1 }

// Links are the columns outside the assignment and the covers that stand in more than one row. Where there are none, an
// assignment decides what all others are.
func (in *Instance) Links() []int32 {
	var list []int32
	for _, j := range in.Loose {
		if in.P.Cols.Start[j+1]-in.P.Cols.Start[j] > 1 {
			list = append(list, j)
		}
	}
	return list
}

// parts calls f for each part of 0..n-1, side by side where several threads may be used. What f does for one part must not depend on others.
func (in *Instance) parts(n int, f func(part, from, to int)) {
	k := max(1, min(in.Threads, mostParts))
	if !in.Large || k == 1 {
		f(0, 0, n)
		return
	}
	var group sync.WaitGroup
	for part := range k {
		group.Go(func() { f(part, part*n/k, (part+1)*n/k) })
	}
	group.Wait()
}

const mostParts = 16
